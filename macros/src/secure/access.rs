//! Who may call: exactly one access, of roles and scopes that exist, that some callers meet and others do not.
//! Here the names of the rule book become bits.

use super::{
    attribute::{Access as Written, Attribute},
    check::check_reason,
    model::{Access, Requirement},
    predicate::{Grant, Predicate},
};
use crate::{errors::Errors, keys, rule_book::BookSource};
use portcullis_policy::{
    Mask, Predicate as Meaning, RuleBookFile, TooLarge,
    suggest::{closest, list},
};
use proc_macro2::Ident;
use quote::ToTokens;
use syn::LitStr;

/// The access, if one is stated and sound.
pub(super) fn check(attribute: &Attribute, handler: &Ident, book: &BookSource, errors: &mut Errors) -> Option<Access> {
    let Some(((name, access), others)) = attribute.access.split_first() else {
        // A term that does not parse may have been the access: one mistake is one error.
        if errors.is_empty() {
            let message = format!("no access is stated: say who may call with {}", keys::ways_of_access());
            // An attribute without a word in it has nowhere for the caret.
            let guilty = if attribute.tokens.is_empty() { handler.to_token_stream() } else { attribute.tokens.clone() };
            errors.at(guilty, message);
        }
        return None;
    };
    for (other_name, other) in others {
        errors.at(other_name, two_accesses(name, access, other, book));
        resolve_access(other, book, errors);
    }
    let resolved = resolve_access(access, book, errors);
    // Of two, neither is the last word; and a name that is unknown means nothing.
    if let (true, Written::Allow(predicate)) = (others.is_empty(), access)
        && (resolved.is_some() || predicate.first().is_none())
    {
        check_meaning(name, predicate, "allow", book, errors);
    }
    resolved
}

/// The first role or scope that any access names.
pub(super) fn first_name(attribute: &Attribute) -> Option<&LitStr> {
    attribute.access.iter().find_map(|(_, access)| match access {
        Written::Allow(predicate) => predicate.first().map(|(_, name)| name),
        Written::Public(_) | Written::Authenticated => None,
    })
}

fn two_accesses(name: &Ident, first: &Written, second: &Written, book: &BookSource) -> String {
    let states = format!("an endpoint has one access, and `{name}` states it already");
    let (Written::Allow(first), Written::Allow(second)) = (first, second) else {
        return format!("{states}; keep one of them");
    };
    let terms = [first.meaning(), second.meaning()];
    let both = Meaning::All(terms.to_vec());
    // Where one is met by whoever meets the other, both together are the other, and the remedy must not be the next mistake.
    let needless =
        both.redundant(&book.hierarchy()).into_iter().find_map(|way| if let [index] = *way { Some(index) } else { None });
    let [first, second] = &terms;
    match needless {
        Some(_) if first == second => format!("{states}; keep one of them"),
        Some(0) => format!("{states}; keep `{second}` if both are needed, or `{first}` for either"),
        Some(_) => format!("{states}; keep `{first}` if both are needed, or `{second}` for either"),
        None => format!("{states}; write `allow({both})` if both are needed, or `any` for either"),
    }
}

fn resolve_access(access: &Written, book: &BookSource, errors: &mut Errors) -> Option<Access> {
    match access {
        Written::Public(None) => Some(Access::Public(None)),
        Written::Public(Some(reason)) => {
            check_reason(reason, "say why anybody may call, as in `public = \"load balancers probe it\"`", errors);
            Some(Access::Public(Some(reason.value())))
        }
        Written::Authenticated => Some(Access::Authenticated),
        Written::Allow(predicate) => with_bits(predicate, book, errors).map(Access::Allow),
    }
}

/// What the predicate of another attribute asks for, if its names are declared and it can be meant. Unlike the access of an endpoint it may
/// say `authenticated` and no more.
pub(crate) fn requirement(
    word: &'static str,
    name: &Ident,
    predicate: &Predicate,
    book: &BookSource,
    errors: &mut Errors,
) -> Option<Requirement> {
    let resolved = with_bits(predicate, book, errors);
    if !predicate.is_authenticated() && (resolved.is_some() || predicate.first().is_none()) {
        check_meaning(name, predicate, word, book, errors);
    }
    resolved
}

fn with_bits(predicate: &Predicate, book: &BookSource, errors: &mut Errors) -> Option<Requirement> {
    match book {
        BookSource::Found { file, .. } => resolve(predicate, file, errors),
        BookSource::Missing => {
            let (table, first) = predicate.first()?;
            errors.at(first, no_rule_book(table, &first.value()));
            None
        }
        // Reported already, with everything that is wrong with it.
        BookSource::Broken { .. } => None,
    }
}

fn no_rule_book(grant: Grant, name: &str) -> String {
    let (table, line) = match grant {
        Grant::Role => ("[roles]", format!("{} = []", toml_key(name))),
        Grant::Scope => ("[scopes]", format!("{} = \"What it permits\"", toml_key(name))),
    };
    format!(
        "there is no `security.toml` to declare `{name}`; create one beside the `Cargo.toml` of the workspace, with these lines:\n\
         {table}\n{line}"
    )
}

/// A name as a key of TOML, quoted where it must be.
fn toml_key(name: &str) -> String {
    let bare = !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_');
    if bare { name.to_owned() } else { format!("{name:?}") }
}

/// The requirement with bits for names, or nothing if a name is unknown.
fn resolve(predicate: &Predicate, file: &RuleBookFile, errors: &mut Errors) -> Option<Requirement> {
    match predicate {
        Predicate::Authenticated(_) => Some(Requirement::Authenticated),
        Predicate::Role(name) => grant(Grant::Role, name, file, errors).map(|mask| Requirement::Role(name.value(), mask)),
        Predicate::Scope(name) => grant(Grant::Scope, name, file, errors).map(|mask| Requirement::Scope(name.value(), mask)),
        Predicate::Any(_, terms) => resolve_all(terms, file, errors).map(Requirement::Any),
        Predicate::All(_, terms) => resolve_all(terms, file, errors).map(Requirement::All),
        Predicate::Not(_, term) => resolve(term, file, errors).map(|term| Requirement::Not(Box::new(term))),
    }
}

fn resolve_all(terms: &[Predicate], file: &RuleBookFile, errors: &mut Errors) -> Option<Vec<Requirement>> {
    // Collected first, so that every unknown name is reported and not only the first.
    let resolved: Vec<Option<Requirement>> = terms.iter().map(|term| resolve(term, file, errors)).collect();
    resolved.into_iter().collect()
}

fn grant(grant: Grant, literal: &LitStr, file: &RuleBookFile, errors: &mut Errors) -> Option<Mask> {
    let name = literal.value();
    let (mask, declared, what): (_, Vec<&str>, _) = match grant {
        Grant::Role => (file.role(&name), file.role_names().collect(), "role"),
        Grant::Scope => (file.scope(&name), file.scope_names().collect(), "scope"),
    };
    if mask.is_none() {
        let other = match grant {
            Grant::Role if file.scope(&name).is_some() => Some("scope"),
            Grant::Scope if file.role(&name).is_some() => Some("role"),
            _ => None,
        };
        let remedy = match (other, closest(&name, declared.iter().copied())) {
            (Some(other), _) => format!("it is a {other}, so write `{other} = {name:?}`"),
            (None, Some(near)) => {
                format!("did you mean `{near}`? `security.toml` declares {}", list(declared.iter().copied()))
            }
            (None, None) if declared.is_empty() => format!("`security.toml` declares no {what}s; add it there under `[{what}s]`"),
            (None, None) => format!(
                "`security.toml` declares {}; use one of them, or add it there under `[{what}s]`",
                list(declared.iter().copied())
            ),
        };
        errors.at(literal, format!("unknown {what} `{name}`: {remedy}"));
    }
    mask
}

/// A requirement that nobody can have meant: that nobody or everybody meets, or of which a part decides nothing or opens unsaid.
fn check_meaning(name: &Ident, predicate: &Predicate, word: &'static str, book: &BookSource, errors: &mut Errors) {
    match predicate.meaning().mistakes_within(word, &book.hierarchy()) {
        Ok(mistakes) => mistakes.iter().for_each(|mistake| errors.at(predicate.guilty(&mistake.way), &mistake.message)),
        Err(TooLarge) => {
            errors.at(name, "this names more than 16 different roles and scopes; declare a role that includes some of them");
        }
    }
}
