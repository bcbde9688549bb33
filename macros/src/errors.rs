//! The errors of an expansion, collected so that several mistakes are reported at once.
//! Each becomes a `compile_error!` whose caret is on the tokens that are wrong.

use proc_macro2::TokenStream;
use quote::ToTokens;
use std::fmt::Display;

/// What is wrong with the input of a macro.
#[derive(Debug, Default)]
pub(crate) struct Errors(Vec<syn::Error>);

impl Errors {
    /// Adds an error with its caret from the first of the tokens to the last, or on the whole attribute if there are none.
    pub(crate) fn at(&mut self, tokens: impl ToTokens, message: impl Display) {
        self.0.push(syn::Error::new_spanned(tokens.into_token_stream(), message));
    }

    /// Adds an error that has its place already.
    pub(crate) fn push(&mut self, error: syn::Error) {
        self.0.push(error);
    }

    /// How many there are, to tell whether what was just read has any.
    pub(crate) const fn count(&self) -> usize {
        self.0.len()
    }

    /// Whether nothing is wrong.
    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl ToTokens for Errors {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        tokens.extend(self.0.iter().map(syn::Error::to_compile_error));
    }
}
