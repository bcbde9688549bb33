//! The attributes of serde that a rule has to know about: what leaves a field out, what writes it in another way, what goes past it.
//! All others are handed on to serde as they are.

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, quote};
use syn::{Attribute, Expr, ExprLit, Lit, LitStr, Meta, Token, parse::Parser, punctuated::Punctuated};

/// What `#[serde(…)]` says, one after the other.
pub(super) struct Serde {
    metas: Vec<Meta>,
    /// What does not parse, for serde to complain about.
    rest: Vec<Attribute>,
}

impl Serde {
    pub(super) fn of(attributes: &[Attribute]) -> Self {
        let mut serde = Self { metas: Vec::new(), rest: Vec::new() };
        for attribute in attributes.iter().filter(|attribute| attribute.path().is_ident("serde")) {
            let parsed = match &attribute.meta {
                Meta::List(list) => Punctuated::<Meta, Token![,]>::parse_terminated.parse2(list.tokens.clone()).ok(),
                Meta::Path(_) | Meta::NameValue(_) => None,
            };
            match parsed {
                Some(metas) => serde.metas.extend(metas),
                None => serde.rest.push(attribute.clone()),
            }
        }
        serde
    }

    /// The word, if it is said.
    pub(super) fn word(&self, name: &str) -> Option<&Ident> {
        self.meta(name)?.path().get_ident()
    }

    /// The first of these words that is said.
    pub(super) fn any_of(&self, names: &[&str]) -> Option<&Ident> {
        names.iter().find_map(|name| self.word(name))
    }

    /// The text of `name = "text"`.
    pub(super) fn text(&self, name: &str) -> Option<&LitStr> {
        match self.meta(name)? {
            Meta::NameValue(pair) => match &pair.value {
                Expr::Lit(ExprLit { lit: Lit::Str(text), .. }) => Some(text),
                _ => None,
            },
            Meta::Path(_) | Meta::List(_) => None,
        }
    }

    fn meta(&self, name: &str) -> Option<&Meta> {
        self.metas.iter().find(|meta| meta.path().is_ident(name))
    }

    /// The attributes again, without those of a name, and with more.
    pub(super) fn without(&self, name: &str, more: impl IntoIterator<Item = TokenStream>) -> TokenStream {
        let kept = self.metas.iter().filter(|meta| !meta.path().is_ident(name)).map(ToTokens::to_token_stream);
        let all: Vec<TokenStream> = kept.chain(more).collect();
        let (list, rest) = ((!all.is_empty()).then(|| quote!(#[serde(#(#all),*)])), &self.rest);
        quote!(#list #(#rest)*)
    }
}
