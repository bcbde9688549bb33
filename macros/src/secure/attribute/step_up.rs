//! `step_up(max_age = "5 min", mfa)` as it is written: at least one of the two terms, each once.

use super::{each_term, is_over, term::Term};
use crate::keys;
use portcullis_policy::suggest;
use proc_macro2::{Ident, TokenStream, TokenTree};
use quote::ToTokens;
use syn::{LitStr, ext::IdentExt};

/// The terms of a step-up.
const TERMS: [&str; 2] = ["max_age", "mfa"];

/// What was written.
pub(in super::super) struct StepUp {
    pub(in super::super) key: Ident,
    pub(in super::super) max_age: Option<LitStr>,
    pub(in super::super) mfa: bool,
}

impl StepUp {
    /// `(max_age = "5 min", mfa)`
    pub(super) fn parse(mut term: Term<'_>) -> Option<Self> {
        let group = term.group()?;
        let Term { row, name, errors, .. } = term;
        let mut step_up = Self { key: name.clone(), max_age: None, mfa: false };
        let mut seen = Vec::new();
        each_term(group.stream(), errors, |input, errors| {
            let Ok(name) = input.call(Ident::parse_any) else {
                let next: Option<TokenTree> = input.fork().parse().ok();
                errors.at(next, row.is_written());
                return None;
            };
            let word = name.to_string();
            if !TERMS.contains(&word.as_str()) {
                let near = keys::did_you_mean(&word, TERMS);
                errors.at(name, format!("unknown term `{word}` of `step_up`: {near}the terms are {}", suggest::list(TERMS)));
                return None;
            }
            if seen.contains(&word) {
                errors.at(name, format!("`{word}` is stated twice; keep one"));
                return None;
            }
            let is_age = word == "max_age";
            seen.push(word);
            if is_age {
                step_up.max_age = Some(Term { row, name: &name, input, errors }.text()?);
            } else if is_over(input) {
                step_up.mfa = true;
            } else {
                errors.at(name, "`mfa` takes no value; write it alone");
                return None;
            }
            Some(())
        });
        Some(step_up)
    }
}

/// The age, if one is stated, and the key if not.
impl ToTokens for StepUp {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        match &self.max_age {
            Some(age) => age.to_tokens(tokens),
            None => self.key.to_tokens(tokens),
        }
    }
}
