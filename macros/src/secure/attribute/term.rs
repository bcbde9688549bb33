//! A key with the input after it, and the shapes that its value can have.
//! What has another shape is answered with how the key is written.

use super::{
    super::predicate::{self, Predicate},
    each_term, is_at_end,
};
use crate::{errors::Errors, keys::Row};
use proc_macro2::{Group, Ident, TokenTree};
use quote::ToTokens;
use syn::{Expr, LitStr, Path, Token, parse::ParseStream, token};

/// A key, and the input after it.
pub(super) struct Term<'a> {
    pub(super) row: &'static Row,
    pub(super) name: &'a Ident,
    pub(super) input: ParseStream<'a>,
    pub(super) errors: &'a mut Errors,
}

impl Term<'_> {
    /// `= "text"`
    pub(super) fn text(&mut self) -> Option<LitStr> {
        self.equals()?;
        self.literal()
    }

    /// `= "text"` or `("text", "text")`
    pub(super) fn texts(&mut self) -> Option<Vec<LitStr>> {
        if !self.input.peek(token::Paren) {
            return self.text().map(|text| vec![text]);
        }
        let group = self.group()?;
        let mut texts = Vec::new();
        let Self { row, name, .. } = *self;
        each_term(group.stream(), self.errors, |input, errors| {
            texts.push(Term { row, name, input, errors }.literal()?);
            Some(())
        });
        Some(texts)
    }

    /// `(…)` with something in it.
    pub(super) fn group(&mut self) -> Option<Group> {
        let Some(group) = predicate::parenthesised(self.input) else { return self.is_misshapen() };
        if group.stream().is_empty() {
            self.errors.at(group, self.row.is_written());
            return None;
        }
        Some(group)
    }

    fn literal(&mut self) -> Option<LitStr> {
        match predicate::literal(self.input) {
            Some(text) => Some(text),
            None => self.is_misshapen(),
        }
    }

    /// `(predicate)`
    pub(super) fn predicate(&mut self) -> Option<Predicate> {
        match predicate::parenthesised(self.input) {
            Some(group) => predicate::parse_one(self.name, &group, self.errors),
            None => self.is_misshapen(),
        }
    }

    /// `= EXPR`
    pub(super) fn expression(&mut self) -> Option<Expr> {
        self.equals()?;
        match self.input.parse() {
            Ok(expression) => Some(expression),
            // The parser's own words are a list of tokens, and at the end of the attribute it has no place for them.
            Err(_) => self.is_misshapen(),
        }
    }

    /// `= path::to::portcullis`
    pub(super) fn path(&mut self) -> Option<Path> {
        self.equals()?;
        match self.input.fork().call(Path::parse_mod_style) {
            Ok(_) => self.input.call(Path::parse_mod_style).ok(),
            Err(_) => self.is_misshapen(),
        }
    }

    fn equals(&mut self) -> Option<()> {
        match self.input.parse::<Token![=]>() {
            Ok(_) => Some(()),
            Err(_) => self.is_misshapen(),
        }
    }

    /// Says how the key is written, at the token where it is not, or at the key if there is none.
    pub(super) fn is_misshapen<T>(&mut self) -> Option<T> {
        let next = if is_at_end(self.input) { None } else { self.input.fork().parse::<TokenTree>().ok() };
        let guilty = next.map_or_else(|| self.name.to_token_stream(), TokenTree::into);
        self.errors.at(guilty, self.row.is_written());
        None
    }
}
