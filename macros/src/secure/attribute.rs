//! The arguments of `#[secure]` as they are written, each with its tokens, so that every message has a place.
//! A term that does not parse is reported and left out; the ones after it are read all the same.

mod step_up;
mod term;

pub(super) use step_up::StepUp;

use super::predicate::Predicate;
use crate::{
    errors::Errors,
    keys::{self, Key},
};
use portcullis_policy::Part;
use proc_macro2::{Ident, TokenStream, TokenTree};
use quote::{ToTokens, quote};
use syn::{
    Expr, LitStr, Path, Token,
    ext::IdentExt,
    parse::{ParseStream, Parser},
};
use term::Term;

/// What was written.
#[derive(Default)]
pub(crate) struct Attribute {
    /// All of it, for errors about the whole.
    pub(super) tokens: TokenStream,
    /// Every access that is stated, each under its key; one is right.
    pub(super) access: Vec<(Ident, Access)>,
    pub(super) when: Option<(Ident, Expr)>,
    pub(super) rates: Vec<LitStr>,
    pub(super) body: Option<LitStr>,
    pub(super) timeout: Option<LitStr>,
    pub(super) step_up: Option<StepUp>,
    pub(super) audit: Option<LitStr>,
    pub(super) unvalidated: Option<LitStr>,
    /// Every route that is named; one at most is right.
    pub(super) routes: Vec<Route>,
    pub(super) krate: Option<Path>,
    seen: Vec<Key>,
}

/// A method and a path.
pub(super) struct Route {
    pub(super) key: Ident,
    /// In upper case.
    pub(super) method: String,
    pub(super) path: LitStr,
}

/// Who may call, as it is written.
pub(super) enum Access {
    Public(Option<LitStr>),
    Authenticated,
    /// `role`, `scope` and `allow`.
    Allow(Predicate),
}

/// What is inside the parentheses of `#[secure(…)]`.
pub(crate) fn parse(tokens: TokenStream, errors: &mut Errors) -> Attribute {
    let mut attribute = Attribute { tokens: tokens.clone(), ..Attribute::default() };
    each_term(tokens, errors, |input, errors| attribute.parse_term(input, errors));
    attribute
}

/// Calls `term` for each item of a list with commas. Where it reports an error, the rest of the item is skipped.
pub(crate) fn each_term(
    tokens: TokenStream,
    errors: &mut Errors,
    mut term: impl FnMut(ParseStream<'_>, &mut Errors) -> Option<()>,
) {
    let list = |input: ParseStream<'_>| {
        while !input.is_empty() {
            if term(input, errors).is_some()
                && !is_at_end(input)
                && let Ok(next) = input.fork().parse::<TokenTree>()
            {
                errors.at(next, "expected a comma here");
            }
            while !is_at_end(input) && input.parse::<TokenTree>().is_ok() {}
            let _ = input.parse::<Token![,]>();
        }
        Ok(())
    };
    if let Err(error) = list.parse2(tokens) {
        errors.push(error);
    }
}

fn is_at_end(input: ParseStream<'_>) -> bool {
    input.is_empty() || input.peek(Token![,])
}

/// Whether a term without a value is over: at its comma, or where that is missing before the next key.
pub(crate) fn is_over(input: ParseStream<'_>) -> bool {
    is_at_end(input) || input.peek(Ident::peek_any)
}

impl Attribute {
    /// The tokens that state a part of the policy, as few as show which: for most, the value.
    pub(super) fn stated(&self, part: Part) -> Option<TokenStream> {
        let text = |text: &Option<LitStr>| text.as_ref().map(LitStr::to_token_stream);
        match part {
            Part::Access => self.access.first().map(|(name, access)| match access {
                Access::Allow(Predicate::Role(value) | Predicate::Scope(value)) => value.to_token_stream(),
                Access::Public(_) | Access::Authenticated | Access::Allow(_) => name.to_token_stream(),
            }),
            Part::StepUp => self.step_up.as_ref().map(StepUp::to_token_stream),
            Part::Rate => Some(&self.rates).filter(|rates| !rates.is_empty()).map(|rates| quote!(#(#rates)*)),
            Part::Body => text(&self.body),
            Part::Timeout => text(&self.timeout),
            Part::Audit => text(&self.audit),
            Part::When => self.when.as_ref().map(|(name, _)| name.to_token_stream()),
            Part::Unvalidated => text(&self.unvalidated),
        }
    }

    /// One term: a key and its value.
    fn parse_term(&mut self, input: ParseStream<'_>, errors: &mut Errors) -> Option<()> {
        let Ok(name) = input.call(Ident::parse_any) else {
            let next: Option<TokenTree> = input.fork().parse().ok();
            errors.at(next, "expected a key of `#[secure]`, as in `role = \"admin\"`");
            return None;
        };
        let word = name.to_string();
        let Some(row) = keys::find(&word) else {
            errors.at(&name, keys::unknown(&word));
            return None;
        };
        let mut term = Term { row, name: &name, input, errors };
        let access = match row.key {
            Key::Public => Access::Public(if is_over(input) { None } else { Some(term.text()?) }),
            Key::Authenticated if is_over(input) => Access::Authenticated,
            Key::Authenticated => return term.is_misshapen(),
            Key::Role => Access::Allow(Predicate::Role(term.text()?)),
            Key::Scope => Access::Allow(Predicate::Scope(term.text()?)),
            Key::Allow => Access::Allow(term.predicate()?),
            Key::Route => {
                let path = term.text()?;
                self.routes.push(Route { method: row.method(), key: name, path });
                return Some(());
            }
            key => {
                let first = !self.seen.contains(&key);
                self.seen.push(key);
                if !first {
                    errors.at(&name, row.is_twice());
                    return None;
                }
                return self.parse_other(term);
            }
        };
        self.access.push((name, access));
        Some(())
    }

    /// A term that states no access.
    fn parse_other(&mut self, mut term: Term<'_>) -> Option<()> {
        match term.row.key {
            Key::When => self.when = Some((term.name.clone(), term.expression()?)),
            Key::Rate => self.rates = term.texts()?,
            Key::Body => self.body = Some(term.text()?),
            Key::Timeout => self.timeout = Some(term.text()?),
            Key::StepUp => self.step_up = Some(StepUp::parse(term)?),
            Key::Audit => self.audit = Some(term.text()?),
            Key::Unvalidated => self.unvalidated = Some(term.text()?),
            Key::Crate => self.krate = Some(term.path()?),
            Key::Public | Key::Authenticated | Key::Role | Key::Scope | Key::Allow | Key::Route => {}
        }
        Some(())
    }
}
