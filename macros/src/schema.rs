//! A copy of a type that exists for its schema alone, so that a type that is both read and written can have one of each.
//! In the copy the type itself is `__This`; the copy is `__Schema`.

use proc_macro2::{TokenStream, TokenTree};
use quote::{ToTokens, quote};
use syn::{Attribute, Generics, Ident, Member, Meta, parse_quote};

/// `type __This<T> = Page<T>;`
pub(crate) fn this(ident: &Ident, generics: &Generics) -> TokenStream {
    let bare = without_bounds(generics);
    let (_, arguments, _) = generics.split_for_impl();
    quote!(type __This #bare = #ident #arguments;)
}

/// The generics as a type alias has them.
fn without_bounds(generics: &Generics) -> Generics {
    let mut generics = generics.clone();
    for parameter in generics.type_params_mut() {
        parameter.bounds.clear();
        parameter.colon_token = None;
        parameter.default = None;
    }
    for parameter in generics.const_params_mut() {
        parameter.default = None;
    }
    for parameter in generics.lifetimes_mut() {
        parameter.bounds.clear();
        parameter.colon_token = None;
    }
    generics.where_clause = None;
    generics
}

/// The generics with what a schema needs of each parameter.
pub(crate) fn described(krate: &TokenStream, generics: &Generics) -> Generics {
    let mut generics = generics.clone();
    let names: Vec<Ident> = generics.type_params().map(|parameter| parameter.ident.clone()).collect();
    for name in names {
        generics.make_where_clause().predicates.push(parse_quote!(#name: #krate::__private::schemars::JsonSchema));
    }
    generics
}

/// The name of the type for the copy, unless its attributes say one.
pub(crate) fn name(ident: &Ident, renamed: bool, attributes: &[Attribute]) -> Option<TokenStream> {
    use syn::ext::IdentExt as _;

    let text = ident.unraw().to_string();
    (!renamed && !says(attributes, &["rename"])).then(|| quote!(#[schemars(rename = #text)]))
}

/// `Default` for the copy, from that of the type or what else makes it: schemars tells the defaults of fields out of it.
pub(crate) fn default(generics: &Generics, members: &[Member], made: &TokenStream) -> TokenStream {
    let (all, arguments, clause) = generics.split_for_impl();
    let names: Vec<Ident> = (0..members.len()).map(|index| quote::format_ident!("field_{index}")).collect();
    quote! {
        #[automatically_derived]
        impl #all ::core::default::Default for __Schema #arguments #clause {
            fn default() -> Self {
                let __This { #(#members: #names,)* }: __This #arguments = #made;
                Self { #(#members: #names,)* }
            }
        }
    }
}

/// Whether `#[schemars(…)]` says one of the words.
pub(crate) fn says(attributes: &[Attribute], words: &[&str]) -> bool {
    attributes.iter().filter(|attribute| attribute.path().is_ident("schemars")).any(|attribute| match &attribute.meta {
        Meta::List(list) => list
            .tokens
            .to_token_stream()
            .into_iter()
            .any(|token| matches!(&token, TokenTree::Ident(word) if words.iter().any(|other| word == other))),
        Meta::Path(_) | Meta::NameValue(_) => false,
    })
}
