//! Checks that are switched off by hand: of tokens that `jsonwebtoken` reads, and of TLS peers.

use crate::check::{
    catalogue::{PERMISSIVE_CORS, UNCHECKED_CERTIFICATE, UNCHECKED_TOKEN},
    inspect::{Called, Inspector},
};
use syn::{Expr, ExprCall, ExprMethodCall, Lit};

/// Fields of `jsonwebtoken::Validation` that a credential needs to be true.
const FIELDS: &[&str] = &["validate_exp", "validate_nbf", "validate_aud"];

/// `validation.validate_exp = false`.
pub(crate) fn switched_off(inspector: &mut Inspector<'_>, field: &str, value: &Expr) {
    if FIELDS.contains(&field)
        && let Expr::Lit(literal) = value
        && let Lit::Bool(value) = &literal.lit
        && !value.value
    {
        let message =
            format!("without `{field}`, a token that expired or was meant for another service is a credential here: leave it on");
        inspector.report(&UNCHECKED_TOKEN, value.span, message);
    }
}

pub(crate) fn method(inspector: &mut Inspector<'_>, call: &ExprMethodCall) {
    let name = call.method.to_string();
    let is_true =
        matches!(call.args.first(), Some(Expr::Lit(literal)) if matches!(&literal.lit, Lit::Bool(value) if value.value));
    match name.as_str() {
        "insecure_disable_signature_validation" => {
            let message =
                "without the signature, everybody writes their own token: verify it, or do not take it for a credential";
            inspector.report(&UNCHECKED_TOKEN, call.method.span(), message);
        }
        "danger_accept_invalid_certs" | "danger_accept_invalid_hostnames" if is_true => {
            let message = format!(
                "`{name}(true)` lets everybody on the way answer as the peer: add the certificate of the peer's authority instead"
            );
            inspector.report(&UNCHECKED_CERTIFICATE, call.method.span(), message);
        }
        _ => {}
    }
}

pub(crate) fn call(inspector: &mut Inspector<'_>, called: &Called, call: &ExprCall) {
    if called.resolved.is("jsonwebtoken", &["insecure_decode"]) {
        let message = "the claims of a token whose signature nobody checked are what the caller likes: verify it with its key";
        inspector.report(&UNCHECKED_TOKEN, syn::spanned::Spanned::span(&call.func), message);
    }
    if called.is_of("tower_http", &["CorsLayer"], &["permissive", "very_permissive"]) {
        let message = format!("`{}` lets the scripts of every site read the answers: name the origins that may", called.name);
        inspector.report(&PERMISSIVE_CORS, syn::spanned::Spanned::span(&call.func), message);
    }
}
