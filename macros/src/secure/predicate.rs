//! Predicates over roles and scopes as they are written: `any(…)`, `all(…)`, `not(…)`, `role = "…"`, `scope = "…"`.
//! The syntax is that of `#[cfg]`, which every reader of Rust knows.

use super::attribute::each_term;
use crate::{errors::Errors, keys};
use portcullis_policy::predicate::Predicate as Meaning;
use proc_macro2::{Delimiter, Group, Ident, TokenTree};
use quote::ToTokens;
use syn::{LitStr, Token, ext::IdentExt, parse::ParseStream};

/// Predicates nest this deep; far more than anybody reads, and little enough for every stack.
const DEEPEST: usize = 32;

/// What a predicate asks for by name.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Grant {
    Role,
    Scope,
}

/// A predicate with its tokens.
pub(super) enum Predicate {
    Role(LitStr),
    Scope(LitStr),
    Any(Vec<Predicate>),
    All(Vec<Predicate>),
    Not(Box<Predicate>),
}

impl Predicate {
    /// The predicate without its tokens.
    pub(super) fn meaning(&self) -> Meaning {
        let all = |terms: &[Self]| terms.iter().map(Self::meaning).collect();
        match self {
            Self::Role(name) => Meaning::Role(name.value()),
            Self::Scope(name) => Meaning::Scope(name.value()),
            Self::Any(terms) => Meaning::Any(all(terms)),
            Self::All(terms) => Meaning::All(all(terms)),
            Self::Not(term) => Meaning::Not(Box::new(term.meaning())),
        }
    }

    /// The first role or scope that it names.
    pub(super) fn first(&self) -> Option<(Grant, &LitStr)> {
        match self {
            Self::Role(name) => Some((Grant::Role, name)),
            Self::Scope(name) => Some((Grant::Scope, name)),
            Self::Any(terms) | Self::All(terms) => terms.iter().find_map(Self::first),
            Self::Not(term) => term.first(),
        }
    }
}

/// The parentheses that come next, if they do.
pub(super) fn parenthesised(input: ParseStream<'_>) -> Option<Group> {
    let group = input.fork().parse::<Group>().ok().filter(|group| group.delimiter() == Delimiter::Parenthesis)?;
    input.parse::<Group>().ok()?;
    Some(group)
}

/// The text that comes next, if it does.
pub(super) fn literal(input: ParseStream<'_>) -> Option<LitStr> {
    input.fork().parse::<LitStr>().ok().filter(|text| text.suffix().is_empty())?;
    input.parse().ok()
}

/// The one predicate of `allow(…)`.
pub(super) fn parse_one(name: &Ident, group: &Group, errors: &mut Errors) -> Option<Predicate> {
    one(name, group, DEEPEST, errors)
}

fn one(name: &Ident, group: &Group, depth: usize, errors: &mut Errors) -> Option<Predicate> {
    let mut terms = list(group, depth, errors)?;
    if terms.len() == 1 {
        return terms.pop();
    }
    errors.at(group, format!("`{name}` takes exactly one predicate; join several with `any(…)` or `all(…)`"));
    None
}

/// The predicates inside a pair of parentheses, or nothing if one of them is wrong.
fn list(group: &Group, depth: usize, errors: &mut Errors) -> Option<Vec<Predicate>> {
    let (mut terms, mut count) = (Vec::new(), 0);
    each_term(group.stream(), errors, |input, errors| {
        count += 1;
        terms.push(parse(input, depth, errors)?);
        Some(())
    });
    (terms.len() == count).then_some(terms)
}

fn parse(input: ParseStream<'_>, depth: usize, errors: &mut Errors) -> Option<Predicate> {
    let next: Option<TokenTree> = input.fork().parse().ok();
    let Ok(name) = input.call(Ident::parse_any) else {
        errors.at(next, keys::a_predicate_is());
        return None;
    };
    let Some(depth) = depth.checked_sub(1) else {
        errors.at(name, format!("predicates nest at most {DEEPEST} deep; simplify this one"));
        return None;
    };
    let word = name.to_string();
    match word.as_str() {
        "role" => text(&name, input, errors).map(Predicate::Role),
        "scope" => text(&name, input, errors).map(Predicate::Scope),
        "any" | "all" | "not" => {
            let Some(group) = parenthesised(input) else {
                errors.at(&name, format!("`{name}` is written `{name}(…)`"));
                return None;
            };
            match word.as_str() {
                "any" => several(&name, &group, depth, errors).map(Predicate::Any),
                "all" => several(&name, &group, depth, errors).map(Predicate::All),
                _ => one(&name, &group, depth, errors).map(|term| Predicate::Not(Box::new(term))),
            }
        }
        _ => {
            errors.at(&name, keys::unknown_predicate(&word));
            None
        }
    }
}

/// The predicates of `any(…)` and `all(…)`, at least one.
fn several(name: &Ident, group: &Group, depth: usize, errors: &mut Errors) -> Option<Vec<Predicate>> {
    let terms = list(group, depth, errors)?;
    if terms.is_empty() {
        errors.at(group, format!("`{name}()` is empty; name at least one role or scope, as in `{name}(role = \"admin\")`"));
        return None;
    }
    Some(terms)
}

/// `= "name"`
fn text(name: &Ident, input: ParseStream<'_>, errors: &mut Errors) -> Option<LitStr> {
    let value = input.parse::<Token![=]>().ok().and_then(|_| literal(input));
    if value.is_none() {
        let next: Option<TokenTree> = if input.peek(Token![,]) { None } else { input.fork().parse().ok() };
        let guilty = next.map_or_else(|| name.to_token_stream(), TokenTree::into);
        errors.at(guilty, format!("`{name}` is written `{name} = \"…\"`"));
    }
    value
}
