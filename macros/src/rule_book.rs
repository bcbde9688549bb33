//! `rule_book!()`: writes the roles, scopes and house rules of `security.toml` into the program.

mod rules;
mod source;
#[cfg(test)]
mod tests;

pub(crate) use source::{BookSource, find};

use crate::{errors::Errors, secure::words};
use portcullis_policy::Mask;
use proc_macro2::{Literal, TokenStream};
use quote::{ToTokens, quote};
use syn::{
    Token,
    parse::{ParseStream, Parser},
};

/// Expands `rule_book!(input)`.
///
/// Expands to:
/// ```text
/// {
///     static BOOK: RuleBook = RuleBook::new(HASH, &[Role::new("admin", …), …], &[Scope::new("reports:read", …), …])
///         .rules(&[Rule { … }, …]);
///     &BOOK
/// }
/// ```
pub(crate) fn expand(input: TokenStream, book: &BookSource) -> TokenStream {
    let mut errors = Errors::default();
    let krate = krate.parse2(input).unwrap_or_else(|error| {
        errors.push(error);
        None
    });
    let krate = krate.map_or_else(|| quote!(::portcullis), syn::Path::into_token_stream);
    match book {
        BookSource::Found { .. } => {}
        BookSource::Missing => errors.at(
            TokenStream::new(),
            "there is no `security.toml`; create one beside the `Cargo.toml` of the workspace; an empty file is a valid start",
        ),
        BookSource::Broken { messages } => messages.iter().for_each(|message| errors.at(TokenStream::new(), message)),
    }
    let tie = book.path().map(|path| {
        quote!(
            const _: &[::core::primitive::u8] = ::core::include_bytes!(#path);
        )
    });
    let book = constant(book, &krate);
    quote! {{
        #errors
        #tie
        static BOOK: #krate::RuleBook = #book;
        &BOOK
    }}
}

/// Nothing, or `crate = path`.
fn krate(input: ParseStream<'_>) -> syn::Result<Option<syn::Path>> {
    if input.is_empty() {
        return Ok(None);
    }
    let path = input
        .parse::<Token![crate]>()
        .and_then(|_| input.parse::<Token![=]>())
        .and_then(|_| input.call(syn::Path::parse_mod_style));
    let path = path.map_err(|error| {
        syn::Error::new(
            error.span(),
            "`rule_book!` takes nothing, or the path of the `portcullis` crate: `rule_book!(crate = path)`",
        )
    })?;
    input.parse::<Option<Token![,]>>()?;
    Ok(Some(path))
}

/// `RuleBook::new(…)`, empty where there is no sound file, so that one mistake is one error.
fn constant(book: &BookSource, krate: &TokenStream) -> TokenStream {
    let BookSource::Found { file, .. } = book else {
        return quote!(#krate::RuleBook::new(0, &[], &[]));
    };
    let hash = Literal::u64_unsuffixed(file.hash());
    let mask = |mask: Option<Mask>| {
        let words = words(mask.unwrap_or_default());
        quote!(#krate::Mask::from_words(#words))
    };
    let roles = file.role_names().map(|name| {
        let (grant, held_by) = (mask(file.role_grant(name)), mask(file.role(name)));
        quote!(#krate::Role::new(#name, #grant, #held_by))
    });
    let scopes = file.scope_names().map(|name| {
        let (meaning, grant) = (file.scope_meaning(name).unwrap_or_default(), mask(file.scope(name)));
        quote!(#krate::Scope::new(#name, #meaning, #grant))
    });
    let rules = file.rules().iter().map(|rule| rules::constant(rule, krate));
    let rules = (!file.rules().is_empty()).then(|| quote!(.rules(&[#(#rules),*])));
    quote!(#krate::RuleBook::new(#hash, &[#(#roles),*], &[#(#scopes),*]) #rules)
}
