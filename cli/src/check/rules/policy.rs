//! What a `#[secure(…)]` says that the compiler accepts and a reviewer should not.

use super::{literals, words};
use crate::{
    check::{
        attributes,
        catalogue::{
            CONDITIONAL_POLICY, EMPTY_WORDS, NEVER_ROUTED, PUBLIC_NOT_LISTED, PUBLIC_WITHOUT_RATE, PUBLIC_WITHOUT_REASON,
            UNVALIDATED,
        },
        inspect::Inspector,
        rule_books::PublicList,
    },
    policy_attribute::{PolicyAttribute, Term},
};
use portcullis_policy::pattern_matches_handler;
use syn::{Attribute, Ident, ext::IdentExt, spanned::Spanned};

/// A function, which may be a secured handler.
pub(crate) fn function(inspector: &mut Inspector<'_>, attributes: &[Attribute], name: &Ident) {
    let Some(secured) = inspector.function_attribute(attributes) else { return };
    let handler = name.unraw().to_string();
    if secured.conditional {
        conditional(inspector, &secured, &handler);
    }
    if !inspector.names.is_mentioned(&handler, inspector.in_test) {
        let message = format!("`{handler}` is secured, and nothing routes it: route it, or take it out");
        inspector.report(&NEVER_ROUTED, name.span(), message);
    }
    let attribute = PolicyAttribute::parse(secured.tokens.clone());
    for term in &attribute.terms {
        match term.key.unraw().to_string().as_str() {
            "public" => public(inspector, term, &attribute, &handler),
            "unvalidated" => {
                let message = format!(
                    "`{handler}` reads input that no rule has checked: take it as `Valid<…>`, or accept this with what checks it instead"
                );
                inspector.report(&UNVALIDATED, term.key.span(), message);
                reason(inspector, term);
            }
            "rate" => term.texts().iter().for_each(|text| literals::rate(inspector, text)),
            "body" => term.texts().iter().for_each(|text| literals::body(inspector, text)),
            "timeout" => term.texts().iter().for_each(|text| literals::timeout(inspector, text)),
            _ => {}
        }
    }
}

fn conditional(inspector: &mut Inspector<'_>, secured: &attributes::Secured<'_>, handler: &str) {
    let message = format!(
        "`{handler}` has no policy in the builds that this `cfg_attr` leaves out: write `#[secure(…)]` on it alone, and vary what it calls"
    );
    inspector.report(&CONDITIONAL_POLICY, secured.attribute.path().span(), message);
}

fn public(inspector: &mut Inspector<'_>, term: &Term, attribute: &PolicyAttribute, handler: &str) {
    let span = term.key.span();
    if term.text().is_none() {
        let message = format!("`{handler}` does not say why anybody may call it: write `public = \"why\"`");
        inspector.report(&PUBLIC_WITHOUT_REASON, span, message);
    }
    reason(inspector, term);
    let module = inspector.module_path();
    match &inspector.book.public {
        PublicList::Listed(endpoints) if endpoints.iter().any(|listed| pattern_matches_handler(listed, &module, handler)) => {}
        PublicList::Listed(_) => {
            let message = format!(
                "`{handler}` is public and not in `[require] public` of `security.toml`: list it there, where it is reviewed"
            );
            inspector.report(&PUBLIC_NOT_LISTED, span, message);
        }
        PublicList::None => {
            let message = format!(
                "`{handler}` is public and no list says which endpoints may be: write `public = [\"{handler}\"]` under `[require]` in \
                 `security.toml`"
            );
            inspector.report(&PUBLIC_NOT_LISTED, span, message);
        }
        // What is wrong with the file is said once, about the file.
        PublicList::Unknown => {}
    }
    if attribute.get("rate").is_none() && !inspector.book.has_default_rate {
        let message =
            format!("anybody may call `{handler}` as often as they like: write a rate, such as `rate = \"60/min per ip\"`");
        inspector.report(&PUBLIC_WITHOUT_RATE, span, message);
    }
}

/// The reason that a term gives.
fn reason(inspector: &mut Inspector<'_>, term: &Term) {
    if let Some(text) = term.text()
        && words::says_nothing(&text.value())
    {
        let message = format!("this reason tells a reviewer nothing: say why `{}` is right for this endpoint", term.key);
        inspector.report(&EMPTY_WORDS, text.span(), message);
    }
}
