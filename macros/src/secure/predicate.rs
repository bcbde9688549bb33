//! Predicates over roles and scopes as they are written: `any(…)`, `all(…)`, `not(…)`, `role = "…"`, `scope = "…"`,
//! `authenticated`. The syntax is that of `#[cfg]`, which every reader of Rust knows.

use super::attribute::{each_term, is_over};
use crate::{errors::Errors, keys};
use portcullis_policy::predicate::Predicate as Meaning;
use proc_macro2::{Delimiter, Group, Ident, TokenTree};
use quote::ToTokens;
use syn::{LitStr, Token, ext::IdentExt, parse::ParseStream};

/// Predicates nest this deep; far more than anybody reads, and little enough for every stack.
const DEEPEST: usize = 32;

/// What a predicate asks for by name.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Grant {
    Role,
    Scope,
}

/// A predicate with its tokens.
pub(crate) enum Predicate {
    Authenticated(Ident),
    Role(LitStr),
    Scope(LitStr),
    Any(Ident, Vec<Predicate>),
    All(Ident, Vec<Predicate>),
    Not(Ident, Box<Predicate>),
}

impl Predicate {
    /// The predicate without its tokens.
    pub(super) fn meaning(&self) -> Meaning {
        let all = |terms: &[Self]| terms.iter().map(Self::meaning).collect();
        match self {
            Self::Authenticated(_) => Meaning::Authenticated,
            Self::Role(name) => Meaning::Role(name.value()),
            Self::Scope(name) => Meaning::Scope(name.value()),
            Self::Any(_, terms) => Meaning::Any(all(terms)),
            Self::All(_, terms) => Meaning::All(all(terms)),
            Self::Not(_, term) => Meaning::Not(Box::new(term.meaning())),
        }
    }

    /// The first role or scope that it names.
    pub(crate) fn first(&self) -> Option<(Grant, &LitStr)> {
        match self {
            Self::Authenticated(_) => None,
            Self::Role(name) => Some((Grant::Role, name)),
            Self::Scope(name) => Some((Grant::Scope, name)),
            Self::Any(_, terms) | Self::All(_, terms) => terms.iter().find_map(Self::first),
            Self::Not(_, term) => term.first(),
        }
    }

    /// Whether it asks for credentials and no more.
    pub(super) fn is_authenticated(&self) -> bool {
        match self {
            Self::Authenticated(_) => true,
            Self::Any(_, terms) | Self::All(_, terms) => terms.iter().all(Self::is_authenticated),
            Self::Role(_) | Self::Scope(_) | Self::Not(..) => false,
        }
    }

    /// The token to blame for the term at the end of the way: the name of a role or scope, or the word that a longer term begins with.
    pub(super) fn guilty(&self, way: &[usize]) -> &dyn ToTokens {
        let next = way.split_first().and_then(|(index, way)| match self {
            Self::Any(_, terms) | Self::All(_, terms) => terms.get(*index).map(|term| term.guilty(way)),
            Self::Not(_, term) => Some(term.guilty(way)),
            Self::Authenticated(_) | Self::Role(_) | Self::Scope(_) => None,
        });
        next.unwrap_or(match self {
            Self::Role(name) | Self::Scope(name) => name,
            Self::Authenticated(word) | Self::Any(word, _) | Self::All(word, _) | Self::Not(word, _) => word,
        })
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

/// The one predicate in the parentheses after a name, as of `allow(…)`.
pub(crate) fn parse_one(name: &Ident, group: &Group, errors: &mut Errors) -> Option<Predicate> {
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
    let (mut terms, before) = (Vec::new(), errors.count());
    each_term(group.stream(), errors, |input, errors| {
        terms.push(parse(input, depth, errors)?);
        Some(())
    });
    // Half a predicate, as after a missing comma, means something else.
    (errors.count() == before).then_some(terms)
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
        "authenticated" => alone(name, input, errors).map(Predicate::Authenticated),
        "any" | "all" | "not" => {
            let Some(group) = parenthesised(input) else {
                errors.at(&name, format!("`{name}` is written `{name}(…)`"));
                return None;
            };
            match word.as_str() {
                "any" => several(&name, &group, depth, errors).map(|terms| Predicate::Any(name, terms)),
                "all" => several(&name, &group, depth, errors).map(|terms| Predicate::All(name, terms)),
                _ => one(&name, &group, depth, errors).map(|term| Predicate::Not(name, Box::new(term))),
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

/// A word without a value.
fn alone(name: Ident, input: ParseStream<'_>, errors: &mut Errors) -> Option<Ident> {
    if is_over(input) {
        return Some(name);
    }
    let next: Option<TokenTree> = input.fork().parse().ok();
    errors.at(next, format!("`{name}` takes no value; write it alone"));
    None
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
