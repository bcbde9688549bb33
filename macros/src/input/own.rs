//! `#[input(…)]`: what is ours to say about a type or a field.
//! The keys are in a table; here is how their values are read.

use super::keys::{self, Key, Row};
use crate::errors::Errors;
use proc_macro2::{Ident, TokenStream};
use quote::ToTokens;
use syn::{
    Attribute, Expr, ExprLit, ExprPath, Lit, LitStr, Path, Token,
    ext::IdentExt,
    parse::{Parse, ParseStream, Parser},
    punctuated::Punctuated,
    token::Paren,
};

/// What `#[input(…)]` says.
#[derive(Default)]
pub(super) struct Own {
    /// Where the `portcullis` crate is, if not at `::portcullis`.
    pub(super) krate: Option<Path>,
    /// Whether no JSON schema is wanted.
    pub(super) without_schema: bool,
    /// Why the field may be as long as a body is.
    pub(super) unbounded: Option<LitStr>,
    /// How long the keys of a map are at most.
    pub(super) keys: Option<Expr>,
    pub(super) sanitize: Vec<Step>,
    /// What the text of the field may have.
    pub(super) allow: Vec<Ident>,
}

/// A step of `sanitize(…)`.
pub(super) enum Step {
    Named(Ident),
    Custom(ExprPath),
}

/// `key`, `key = value` or `key(list)`, where the key may be a keyword.
struct Entry {
    key: Ident,
    value: Option<Expr>,
    list: Option<TokenStream>,
}

impl Parse for Entry {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let key = Ident::parse_any(input)?;
        if input.peek(Paren) {
            let content;
            syn::parenthesized!(content in input);
            return Ok(Self { key, value: None, list: Some(content.parse()?) });
        }
        let value = input.parse::<Option<Token![=]>>()?.map(|_| input.parse()).transpose()?;
        Ok(Self { key, value, list: None })
    }
}

impl Own {
    /// What the attributes say, on a field or on the type.
    pub(super) fn of(attributes: &[Attribute], of_field: bool, errors: &mut Errors) -> Self {
        let mut own = Self::default();
        for attribute in attributes.iter().filter(|attribute| attribute.path().is_ident("input")) {
            match attribute.parse_args_with(Punctuated::<Entry, Token![,]>::parse_terminated) {
                Ok(entries) => entries.into_iter().for_each(|entry| own.take(entry, of_field, errors)),
                Err(error) => errors.push(error),
            }
        }
        own
    }

    fn take(&mut self, entry: Entry, of_field: bool, errors: &mut Errors) {
        let word = entry.key.to_string();
        let Some(row) = keys::find(&word, of_field) else {
            errors.at(&entry.key, keys::unknown(&word, of_field));
            return;
        };
        match (row.key, entry.value, entry.list) {
            (Key::Unbounded, Some(Expr::Lit(ExprLit { lit: Lit::Str(reason), .. })), _) if !reason.value().trim().is_empty() => {
                self.unbounded = Some(reason);
            }
            (Key::Schema, Some(Expr::Lit(ExprLit { lit: Lit::Bool(wanted), .. })), _) => self.without_schema = !wanted.value,
            (Key::Crate, Some(Expr::Path(path)), _) => self.krate = Some(path.path),
            (Key::Keys, None, Some(list)) if longest(&list).is_some() => self.keys = longest(&list),
            (Key::Sanitize, None, Some(list)) if !list.is_empty() => self.sanitize.extend(steps(list, errors)),
            (Key::Allow, None, Some(list)) if !list.is_empty() => self.allow.extend(allowed(list, errors)),
            (_, value, list) => miswritten(row, &entry.key, value, list, errors),
        }
    }
}

/// The value of `max = …`.
fn longest(list: &TokenStream) -> Option<Expr> {
    let Entry { key, value, list: None } = syn::parse2(list.clone()).ok()? else { return None };
    value.filter(|_| key == "max")
}

fn miswritten(row: &Row, key: &Ident, value: Option<Expr>, list: Option<TokenStream>, errors: &mut Errors) {
    let value = value.map(Expr::into_token_stream).or(list).filter(|tokens| !tokens.is_empty());
    errors.at(value.unwrap_or_else(|| key.to_token_stream()), format!("`{}` is written `{}`", row.name, row.form));
}

fn entries(list: TokenStream, errors: &mut Errors) -> Punctuated<Entry, Token![,]> {
    Punctuated::<Entry, Token![,]>::parse_terminated.parse2(list).unwrap_or_else(|error| {
        errors.push(error);
        Punctuated::new()
    })
}

fn steps(list: TokenStream, errors: &mut Errors) -> Vec<Step> {
    let entries = entries(list, errors);
    let step = |entry: Entry| {
        let word = entry.key.to_string();
        match (entry.value, entry.list) {
            (Some(Expr::Path(path)), None) if word == "custom" => return Some(Step::Custom(path)),
            (None, None) if keys::STEPS.contains(&word.as_str()) => return Some(Step::Named(entry.key)),
            _ if word == "custom" => errors.at(&entry.key, "`custom` is written `custom = path`, of a `fn(&mut String)`"),
            _ if keys::STEPS.contains(&word.as_str()) => {
                errors.at(&entry.key, format!("`{word}` takes no value; write it alone"));
            }
            _ => errors.at(&entry.key, keys::unknown_word("step", &word, keys::STEPS)),
        }
        None
    };
    entries.into_iter().filter_map(step).collect()
}

fn allowed(list: TokenStream, errors: &mut Errors) -> Vec<Ident> {
    let entries = entries(list, errors);
    let word = |entry: Entry| {
        let word = entry.key.to_string();
        if entry.value.is_none() && entry.list.is_none() && keys::ALLOWED.contains(&word.as_str()) {
            return Some(entry.key);
        }
        errors.at(&entry.key, keys::unknown_word("kind of character", &word, keys::ALLOWED));
        None
    };
    entries.into_iter().filter_map(word).collect()
}
