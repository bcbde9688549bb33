//! Secrets that the source holds. A message says what and where, and never repeats it.

use super::{
    routing::root,
    secret_names,
    shapes::{self, Shape},
};
use crate::check::{
    catalogue::{
        CREDENTIAL, DEFAULT_SECRET, EMBEDDED_KEY, HARD_CODED_KEY, PASSWORD_IN_URL, PRIVATE_KEY, SECRET_CONSTANT, SHORT_SECRET,
        TOKEN,
    },
    inspect::{Called, Inspector},
};
use proc_macro2::{Span, TokenStream, TokenTree};
use std::collections::HashMap;
use syn::{
    Expr, ExprCall, ExprMethodCall, File, ItemConst, ItemStatic, Lit, Local,
    ext::IdentExt,
    spanned::Spanned,
    visit::{self, Visit},
};

/// The least bytes of an HMAC secret: the length of the hash.
const LEAST_SECRET: usize = 32;

const REMEDY: &str =
    "read it from the environment or a file that only the service can read, and replace this one: it is known by now";

/// Any literal: what has the shape of a secret is one.
pub(crate) fn literal(inspector: &mut Inspector<'_>, literal: &Lit) {
    let Some(text) = text(literal) else { return };
    let (kind, what) = match shapes::find(&String::from_utf8_lossy(&text)) {
        Some(Shape::PrivateKey) => (&PRIVATE_KEY, "a private key".to_owned()),
        Some(Shape::Credential(service)) => (&CREDENTIAL, format!("a credential of {service}")),
        Some(Shape::Token) => (&TOKEN, "a JSON Web Token".to_owned()),
        Some(Shape::PasswordInUrl) => (&PASSWORD_IN_URL, "a password".to_owned()),
        None => return,
    };
    inspector.report(kind, literal.span(), format!("{what} is in this literal: {REMEDY}"));
}

/// The literals of a macro that takes something else than expressions.
pub(crate) fn in_tokens(inspector: &mut Inspector<'_>, tokens: &TokenStream) {
    let mut pending = vec![tokens.clone()];
    while let Some(tokens) = pending.pop() {
        for token in tokens {
            match token {
                TokenTree::Group(group) => pending.push(group.stream()),
                TokenTree::Literal(token) => literal(inspector, &Lit::new(token)),
                TokenTree::Ident(_) | TokenTree::Punct(_) => {}
            }
        }
    }
}

/// A constant, variable or field with its value.
pub(crate) fn named(inspector: &mut Inspector<'_>, name: &str, value: &Expr) {
    let Some(promise) = secret_names::promise(name) else { return };
    let Some((text, span)) = constant(value, None) else { return };
    let text = String::from_utf8_lossy(&text);
    // What has a shape of its own is reported as that.
    if secret_names::is_kept(promise, name, &text) && shapes::find(&text).is_none() {
        inspector.report(&SECRET_CONSTANT, span, format!("`{name}` is a literal: {REMEDY}"));
    }
}

/// `JwtKey::hs256("…")` and the like.
pub(crate) fn call(inspector: &mut Inspector<'_>, called: &Called, call: &ExprCall) {
    let Some(argument) = call.args.first() else { return };
    let takes_secret = called.is_of("portcullis", &["JwtKey", "SigningKey"], &["hs256"])
        || called.is_of("jsonwebtoken", &["EncodingKey", "DecodingKey"], &["from_secret", "from_base64_secret"])
        || called.is_of("hmac", &["Hmac"], &["new_from_slice"]);
    let signs = called.is_of("portcullis", &["SigningKey"], &["rs256_pem", "ps256_pem", "es256_pem", "eddsa_pem"])
        || called.is_of("jsonwebtoken", &["EncodingKey"], &["from_rsa_pem", "from_ec_pem", "from_ed_pem"]);
    if (takes_secret || signs)
        && let Some(how) = embedded(argument)
    {
        let message = format!(
            "`{how}!` compiles this key into the program, where everybody who has the program can read it: read it when the program starts"
        );
        inspector.report(&EMBEDDED_KEY, argument.span(), message);
    } else if takes_secret && let Some((secret, _)) = constant(argument, Some(&inspector.texts)) {
        let name = &called.name;
        if secret.len() < LEAST_SECRET {
            let message = format!(
                "this secret of `{name}` has {} bytes and is written in the source: make one of at least {LEAST_SECRET} with `openssl rand -hex 32`, \
                 and read it when the program starts",
                secret.len()
            );
            inspector.report(&SHORT_SECRET, argument.span(), message);
        } else {
            inspector.report(
                &HARD_CODED_KEY,
                argument.span(),
                format!("the secret of `{name}` is written in the source: {REMEDY}"),
            );
        }
    }
}

/// `env::var("SIGNING_KEY").unwrap_or("…")`.
pub(crate) fn method(inspector: &mut Inspector<'_>, call: &ExprMethodCall) {
    if !matches!(call.method.to_string().as_str(), "unwrap_or" | "unwrap_or_else" | "map_or" | "or" | "or_else") {
        return;
    }
    let Some(variable) = environment_variable(inspector, root(&call.receiver)) else { return };
    if secret_names::promise(&variable).is_none() {
        return;
    }
    let default = call.args.first().map(|argument| match argument {
        Expr::Closure(closure) => &*closure.body,
        argument => argument,
    });
    if let Some((text, span)) = default.and_then(|default| constant(default, Some(&inspector.texts)))
        && !text.is_empty()
    {
        let message = format!("where `{variable}` is not set, everybody who reads the source knows it: refuse to start instead");
        inspector.report(&DEFAULT_SECRET, span, message);
    }
}

/// The variable of `env::var("…")` and `option_env!("…")`.
fn environment_variable(inspector: &Inspector<'_>, expression: &Expr) -> Option<String> {
    match expression {
        Expr::Call(call) => {
            let called = inspector.called(&call.func)?;
            if !called.resolved.is("std", &["var", "var_os"]) {
                return None;
            }
            let (name, _) = constant(call.args.first()?, Some(&inspector.texts))?;
            String::from_utf8(name).ok()
        }
        Expr::Macro(item) if item.mac.path.is_ident("option_env") => {
            item.mac.parse_body::<syn::LitStr>().ok().map(|name| name.value())
        }
        _ => None,
    }
}

/// The macro that compiles a file or a variable in.
fn embedded(expression: &Expr) -> Option<String> {
    match root(expression) {
        Expr::Macro(item) => {
            let name = item.mac.path.segments.last()?.ident.unraw().to_string();
            ["include_str", "include_bytes", "env", "option_env"].contains(&name.as_str()).then_some(name)
        }
        _ => None,
    }
}

/// The bytes of an expression that is a literal behind conversions, or the name of one.
fn constant(expression: &Expr, texts: Option<&HashMap<String, Vec<u8>>>) -> Option<(Vec<u8>, Span)> {
    const CONVERSIONS: &[&str] = &[
        "as_bytes",
        "to_vec",
        "to_owned",
        "to_string",
        "into",
        "as_ref",
        "as_str",
        "clone",
        "into_bytes",
        "into_boxed_str",
        "into_string",
    ];

    match expression {
        Expr::Lit(literal) => Some((text(&literal.lit)?, literal.span())),
        Expr::Reference(inner) => constant(&inner.expr, texts),
        Expr::Paren(inner) => constant(&inner.expr, texts),
        Expr::Group(inner) => constant(&inner.expr, texts),
        Expr::MethodCall(call) if CONVERSIONS.contains(&call.method.to_string().as_str()) => constant(&call.receiver, texts),
        // `String::from("…")`, `Some("…")`, `Ok("…")`.
        Expr::Call(call) if call.args.len() == 1 => match &*call.func {
            Expr::Path(path)
                if path
                    .path
                    .segments
                    .last()
                    .is_some_and(|last| last.ident == "from" || last.ident == "Some" || last.ident == "Ok") =>
            {
                constant(call.args.first()?, texts)
            }
            _ => None,
        },
        Expr::Path(path) => {
            let name = path.path.get_ident()?.unraw().to_string();
            Some((texts?.get(&name)?.clone(), path.span()))
        }
        _ => None,
    }
}

fn text(literal: &Lit) -> Option<Vec<u8>> {
    match literal {
        Lit::Str(text) => Some(text.value().into_bytes()),
        Lit::ByteStr(bytes) => Some(bytes.value()),
        Lit::CStr(text) => Some(text.value().into_bytes()),
        _ => None,
    }
}

/// The constants and variables of a source that are text.
pub(crate) fn text_constants(file: &File) -> HashMap<String, Vec<u8>> {
    #[derive(Default)]
    struct Texts(HashMap<String, Vec<u8>>);

    impl Texts {
        fn add(&mut self, name: &syn::Ident, value: &Expr) {
            if let Some((text, _)) = constant(value, None) {
                self.0.insert(name.unraw().to_string(), text);
            }
        }
    }

    impl<'ast> Visit<'ast> for Texts {
        fn visit_item_const(&mut self, item: &'ast ItemConst) {
            self.add(&item.ident, &item.expr);
            visit::visit_item_const(self, item);
        }

        fn visit_item_static(&mut self, item: &'ast ItemStatic) {
            self.add(&item.ident, &item.expr);
            visit::visit_item_static(self, item);
        }

        fn visit_local(&mut self, local: &'ast Local) {
            if let (syn::Pat::Ident(name), Some(init)) = (&local.pat, &local.init) {
                self.add(&name.ident, &init.expr);
            }
            visit::visit_local(self, local);
        }
    }

    let mut texts = Texts::default();
    texts.visit_file(file);
    texts.0
}
