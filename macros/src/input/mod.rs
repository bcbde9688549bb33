//! `#[derive(Input)]`: parse, check, emit, in this order.
//! A pure function of tokens: the rules stay garde's and the reading serde's, each by a derive of its own on a copy of the type.

mod bounds;
mod check;
mod emit;
mod fit;
mod keys;
mod model;
mod names;
mod own;
mod parse;
mod rules;
mod schema;
#[cfg(test)]
mod tests;
mod types;
mod values;

use crate::errors::Errors;
use proc_macro2::TokenStream;

/// Expands `#[derive(Input)]` on the item.
pub(crate) fn derive(item: TokenStream) -> TokenStream {
    let mut errors = Errors::default();
    let item = match syn::parse2(item) {
        Ok(item) => item,
        Err(error) => return error.to_compile_error(),
    };
    let Some(container) = parse::container(item, &mut errors) else {
        return quote::quote!(#errors);
    };
    check::check(&container, &mut errors);
    emit::emit(&container, &errors)
}
