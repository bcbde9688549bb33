//! `#[secure]`: parse, check, emit, in this order.
//! The whole is a pure function of tokens and rule book.

mod access;
mod arguments;
mod attribute;
mod check;
mod condition;
mod emit;
mod function;
mod house;
mod model;
mod predicate;
mod route;
mod signature;
mod source_text;
#[cfg(test)]
pub(crate) mod tests;

pub(crate) use access::requirement;
#[cfg(test)]
pub(crate) use attribute::parse as parse_attribute;
pub(crate) use attribute::{each_term, is_over};
pub(crate) use emit::{requirement as emit_requirement, words};
pub(crate) use model::Requirement;
pub(crate) use predicate::{Predicate, parse_one};

use crate::{errors::Errors, rule_book::BookSource};
use emit::Emitter;
use model::Policy;
use proc_macro2::TokenStream;
use quote::{ToTokens, quote};
use syn::Path;

/// Expands `#[secure(attribute)] item`.
pub(crate) fn secure(attribute: TokenStream, item: TokenStream, book: &BookSource) -> TokenStream {
    let mut errors = Errors::default();
    let attribute = attribute::parse(attribute, &mut errors);
    let Some(mut function) = function::parse(item.clone(), &mut errors) else {
        return quote!(#errors #item);
    };
    if !signature::check(&mut function, &mut errors) {
        return quote!(#errors #item);
    }
    let mut policy = check::check(&attribute, &function, book, &mut errors);
    if let BookSource::Found { file, .. } = book
        && errors.is_empty()
    {
        house::check(&mut policy, &attribute, &function, file, &mut errors);
    }
    let variants = function.variants(&mut errors);

    // One mistake is one error: what is wrong becomes a handler that lets nobody pass, not a name that is missing elsewhere.
    let policy = if errors.is_empty() { policy } else { Policy { deferred: policy.deferred, ..Policy::deny_all() } };
    let emitter = Emitter {
        krate: attribute.krate.map_or_else(|| quote!(::portcullis), Path::into_token_stream),
        policy: &policy,
        rule_book: Some(book).filter(|_| errors.is_empty()),
        names_route: !attribute.routes.is_empty(),
        vet: errors.is_empty(),
        // The tests of the macros show what every feature has in common.
        describe: cfg!(all(feature = "openapi", not(test))) && errors.is_empty(),
    };
    let handlers = variants.iter().map(|variant| emitter.handler(variant));
    quote!(#errors #(#handlers)*)
}
