//! The macros of Portcullis. Use them through the `portcullis` crate.
//! Each is a compiler in small: parse what is written, check what is meant, emit data and one call.
#![cfg_attr(
    test,
    allow(
        clippy::unwrap_used,
        clippy::expect_used,
        clippy::panic,
        clippy::indexing_slicing,
        reason = "a test that panics has failed, which is what it is for"
    )
)]

mod errors;
mod input;
mod keys;
mod output;
mod rule_book;
mod schema;
mod secure;

use proc_macro::TokenStream;

#[doc = include_str!("secure.md")]
#[proc_macro_attribute]
pub fn secure(attribute: TokenStream, item: TokenStream) -> TokenStream {
    secure::secure(attribute.into(), item.into(), &rule_book::find()).into()
}

#[doc = include_str!("output.md")]
#[proc_macro_derive(Output, attributes(visible, mask, output, serde, schemars))]
pub fn output(item: TokenStream) -> TokenStream {
    output::output(item.into(), &rule_book::find(), cfg!(feature = "openapi")).into()
}

#[doc = include_str!("input.md")]
#[proc_macro_derive(Input, attributes(garde, input, schemars, serde))]
pub fn input(item: TokenStream) -> TokenStream {
    input::derive(item.into()).into()
}

/// Of no use by hand: what it stands above is gone once the derives above it have read it.
#[doc(hidden)]
#[proc_macro_attribute]
pub fn vanish(_attribute: TokenStream, _item: TokenStream) -> TokenStream {
    TokenStream::new()
}

#[doc = include_str!("rule_book.md")]
#[proc_macro]
pub fn rule_book(input: TokenStream) -> TokenStream {
    rule_book::expand(input.into(), &rule_book::find()).into()
}
