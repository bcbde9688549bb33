//! The types of the arguments, taken apart as far as they are written out.
//! What an alias hides the compiler finds, by type; what is written gets its caret on the smallest part.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};
use std::collections::BTreeSet;
use syn::{GenericArgument, Generics, Ident, PathArguments, Type};

/// The types that take input: through tuples, `Option` and `Result`.
pub(super) fn inputs(ty: &Type) -> Vec<&Type> {
    parts(ty, true)
}

/// The types that may want a principal. `Option<Principal>` is one that does not.
pub(super) fn callers(ty: &Type) -> Vec<&Type> {
    parts(ty, false)
}

fn parts(ty: &Type, through_wrappers: bool) -> Vec<&Type> {
    let mut found = Vec::new();
    let mut left = vec![ty];
    while let Some(ty) = left.pop() {
        match ty {
            Type::Group(inner) => left.push(&inner.elem),
            Type::Paren(inner) => left.push(&inner.elem),
            Type::Tuple(tuple) => left.extend(tuple.elems.iter().rev()),
            _ => match wrapped(ty) {
                Some(inner) if through_wrappers => left.push(inner),
                _ => found.push(ty),
            },
        }
    }
    found
}

/// The `T` of `Option<T>` and `Result<T, E>`.
fn wrapped(ty: &Type) -> Option<&Type> {
    let Type::Path(path) = ty else { return None };
    let last = path.path.segments.last().filter(|last| last.ident == "Option" || last.ident == "Result")?;
    let PathArguments::AngleBracketed(arguments) = &last.arguments else { return None };
    match arguments.args.first() {
        Some(GenericArgument::Type(inner)) => Some(inner),
        _ => None,
    }
}

/// The names of the generic parameters that are types and constants.
pub(super) fn parameters(generics: &Generics) -> Vec<&Ident> {
    let types = generics.type_params().map(|parameter| &parameter.ident);
    types.chain(generics.const_params().map(|parameter| &parameter.ident)).collect()
}

/// The generic parameter that the type is, or is an associated type of.
pub(super) fn bare_parameter<'a>(ty: &Type, generics: &'a Generics) -> Option<&'a Ident> {
    let Type::Path(path) = ty else { return None };
    match &path.qself {
        Some(own) => parts(&own.ty, false).into_iter().find_map(|ty| bare_parameter(ty, generics)),
        None => {
            let first = path.path.segments.first().filter(|_| path.path.leading_colon.is_none())?;
            generics.type_params().map(|parameter| &parameter.ident).find(|parameter| **parameter == first.ident)
        }
    }
}

/// The words of a type, in which its generic parameters are.
pub(super) fn words(tokens: TokenStream, found: &mut BTreeSet<String>) {
    for token in tokens {
        match token {
            proc_macro2::TokenTree::Ident(ident) => {
                found.insert(ident.to_string());
            }
            proc_macro2::TokenTree::Group(group) => words(group.stream(), found),
            proc_macro2::TokenTree::Punct(_) | proc_macro2::TokenTree::Literal(_) => {}
        }
    }
}

/// A tuple of the items, nested where there are more than the 16 that the traits of axum take in one.
pub(super) fn tuple(items: &[impl ToTokens]) -> TokenStream {
    const MOST: usize = 16;

    if items.len() <= MOST {
        return quote!((#(#items,)*));
    }
    let chunks: Vec<TokenStream> = items.chunks(MOST).map(|chunk| quote!((#(#chunk,)*))).collect();
    tuple(&chunks)
}
