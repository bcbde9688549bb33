//! `#[derive(Input)]`: parse, check, emit, in this order.
//! A pure function of tokens: the rules stay garde's and the reading serde's, each by a derive of its own on a copy of the type.

mod bounds;
mod check;
mod ecma;
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
pub(crate) use parse::Named;
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

/// What the rules of a field say in the schema of a type that is an output as well; what is wrong with them is told by `Input`.
pub(crate) fn rules_in_schema(field: &syn::Field, this: &syn::Type, krate: &TokenStream) -> Option<TokenStream> {
    schema::of_output(&parse::field(field.clone(), this, &mut Errors::default()), krate)
}
