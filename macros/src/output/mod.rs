//! `#[derive(Output)]`: parse, check, emit, in this order.
//! The whole is a pure function of tokens and rule book.

mod attribute;
mod check;
mod emit;
mod generics;
mod keys;
mod model;
mod serde;
#[cfg(test)]
mod tests;
mod types;

use crate::{errors::Errors, rule_book::BookSource};
use proc_macro2::TokenStream;
use quote::quote;
use syn::DeriveInput;

/// Expands `#[derive(Output)] item`, with a JSON schema where `describe` says so.
pub(crate) fn output(item: TokenStream, book: &BookSource, describe: bool) -> TokenStream {
    let mut errors = Errors::default();
    let item: DeriveInput = match syn::parse2(item) {
        Ok(item) => item,
        Err(error) => return error.into_compile_error(),
    };
    let declared = check::check(&item, book, describe, &mut errors);
    let expansion = if errors.is_empty() { emit::emit(&declared, book) } else { emit::emit_nothing(&declared) };
    quote!(#errors #expansion)
}
