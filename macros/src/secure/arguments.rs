//! The types of the arguments, taken apart as far as they are written out.
//! What an alias hides the compiler finds, by type; what is written gets its caret on the smallest part.

use portcullis_policy::Input;
use proc_macro2::TokenStream;
use quote::{ToTokens, quote};
use std::collections::BTreeSet;
use syn::{GenericArgument, Generics, Ident, PathArguments, Type};

/// The innermost types: through tuples, `Option` and `Result`.
pub(super) fn innermost(ty: &Type) -> Vec<&Type> {
    let mut left = elements(ty);
    let mut found = Vec::new();
    while let Some(ty) = left.pop() {
        match wrapped(ty) {
            Some(inner) => left.extend(elements(inner)),
            None => found.push(ty),
        }
    }
    found.reverse();
    found
}

/// The types whose input the compiler is to judge: the elements of tuples, whole, and what they wrap if that is more than one type.
///
/// Whole, since an alias may be called `Option`, too, and only the compiler knows what it stands for.
pub(super) fn inputs(ty: &Type) -> Vec<&Type> {
    let mut left = elements(ty);
    let mut found = Vec::new();
    while let Some(ty) = left.pop() {
        found.push(ty);
        if let Some(inner) = wrapped(ty) {
            let inside = elements(inner);
            if inside.len() != 1 || inside.iter().any(|ty| wrapped(ty).is_some()) {
                left.extend(inside);
            }
        }
    }
    found.reverse();
    found
}

/// The types themselves: the elements of tuples, and everything else whole. Also those that may want a principal, since
/// `Option<Principal>` does not.
pub(super) fn elements(ty: &Type) -> Vec<&Type> {
    match ty {
        Type::Group(inner) => elements(&inner.elem),
        Type::Paren(inner) => elements(&inner.elem),
        Type::Tuple(tuple) => tuple.elems.iter().flat_map(elements).collect(),
        _ => vec![ty],
    }
}

/// The `T` of `Option<T>` and `Result<T, E>`.
fn wrapped(ty: &Type) -> Option<&Type> {
    parameter_of(ty, "Option").or_else(|| parameter_of(ty, "Result"))
}

/// The `T` of `wrapper<T>`, under any path.
pub(super) fn parameter_of<'a>(ty: &'a Type, wrapper: &str) -> Option<&'a Type> {
    let Type::Path(path) = bare(ty) else { return None };
    let last = path.path.segments.last().filter(|last| last.ident == wrapper)?;
    let PathArguments::AngleBracketed(arguments) = &last.arguments else { return None };
    match arguments.args.first() {
        Some(GenericArgument::Type(inner)) => Some(inner),
        _ => None,
    }
}

/// The type without the invisible delimiters of a `macro_rules!`, and without parentheses.
pub(super) fn bare(ty: &Type) -> &Type {
    match ty {
        Type::Group(inner) => bare(&inner.elem),
        Type::Paren(inner) => bare(&inner.elem),
        _ => ty,
    }
}

/// What the body is validated as, where the type is written out.
pub(super) fn validated_input(ty: &Type) -> Option<Input> {
    let inner = parameter_of(ty, "Valid")?;
    let kinds = [("Json", Input::Json), ("Form", Input::Form), ("Multipart", Input::Multipart)];
    kinds.into_iter().find_map(|(wrapper, input)| parameter_of(inner, wrapper).map(|_| input))
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
        Some(own) => elements(&own.ty).into_iter().find_map(|ty| bare_parameter(ty, generics)),
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

#[cfg(test)]
mod tests {
    use super::{elements, innermost, inputs, validated_input};
    use portcullis_policy::Input;
    use quote::ToTokens;
    use syn::Type;

    fn texts(types: Vec<&Type>) -> Vec<String> {
        types.into_iter().map(|ty| ty.to_token_stream().to_string().replace(' ', "")).collect()
    }

    #[test]
    fn types_are_taken_apart_as_far_as_they_are_written_out() {
        let ty = syn::parse_str("(State<(A, B)>, (Option<Json<C>>), Result<(D, Option<E>), R>, ())").unwrap();
        assert_eq!(texts(elements(&ty)), ["State<(A,B)>", "Option<Json<C>>", "Result<(D,Option<E>),R>"]);
        assert_eq!(texts(inputs(&ty)), ["State<(A,B)>", "Option<Json<C>>", "D", "Option<E>", "Result<(D,Option<E>),R>"]);
        assert_eq!(texts(innermost(&ty)), ["State<(A,B)>", "Json<C>", "D", "E"]);
    }

    #[test]
    fn a_wrapper_in_a_wrapper_is_judged_by_itself() {
        let ty = syn::parse_str("Result<Option<Json<A>>, R>").unwrap();
        assert_eq!(texts(inputs(&ty)), ["Option<Json<A>>", "Result<Option<Json<A>>,R>"]);
    }

    #[test]
    fn validated_input_is_found_under_any_path() {
        let input = |text| validated_input(&syn::parse_str(text).unwrap());
        for text in ["Valid<Json<A>>", "portcullis::Valid<axum::extract::Json<A>>", "(Valid<(Json<A>)>)"] {
            assert_eq!(input(text), Some(Input::Json), "{text}");
        }
        assert_eq!(input("Valid<axum::Form<A>>"), Some(Input::Form));
        assert_eq!(input("Valid<portcullis::multipart::Multipart<A>>"), Some(Input::Multipart));
        for text in
            ["Json<A>", "Valid<Query<A>>", "Valid<A>", "Valid", "Option<Valid<Json<A>>>", "(Valid<Json<A>>,)", "Json<Valid<A>>"]
        {
            assert_eq!(input(text), None, "{text}");
        }
    }
}
