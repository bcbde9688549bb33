//! The types of fields, as far as they are written out: which surely hold no secret, and which parameters they mention.
//! What is not written out, the compiler finds by type.

use proc_macro2::{Ident, Span, TokenStream, TokenTree};
use quote::{ToTokens, quote};
use syn::{
    GenericArgument, Generics, Path, PathArguments, Type, TypePath,
    visit::{self, Visit},
};

/// Types of the standard library that serde writes, and that hold no more than their parameters do.
const KNOWN: &[&str] = &[
    "bool",
    "char",
    "str",
    "String",
    "u8",
    "u16",
    "u32",
    "u64",
    "u128",
    "usize",
    "i8",
    "i16",
    "i32",
    "i64",
    "i128",
    "isize",
    "f32",
    "f64",
    "Option",
    "Vec",
    "Box",
    "Cow",
    "HashMap",
    "BTreeMap",
    "HashSet",
    "BTreeSet",
    "VecDeque",
    "PhantomData",
];

/// Whether serde can write the field by itself: it holds no secret, whatever the names in it stand for. What is not known is left to the
/// compiler, which costs it an impl for each field.
pub(super) fn is_known(ty: &Type, generics: &Generics) -> bool {
    match ty {
        Type::Group(inner) => is_known(&inner.elem, generics),
        Type::Paren(inner) => is_known(&inner.elem, generics),
        Type::Reference(inner) => is_known(&inner.elem, generics),
        Type::Slice(inner) => is_known(&inner.elem, generics),
        Type::Tuple(tuple) => tuple.elems.iter().all(|ty| is_known(ty, generics)),
        Type::Path(TypePath { qself: None, path, .. }) => is_known_path(path, generics),
        _ => false,
    }
}

fn is_known_path(path: &Path, generics: &Generics) -> bool {
    let Some(last) = path.segments.last() else { return false };
    let is_parameter = path.get_ident().is_some_and(|name| generics.type_params().any(|parameter| parameter.ident == *name));
    if !is_parameter && KNOWN.iter().all(|known| last.ident != known) {
        return false;
    }
    match &last.arguments {
        PathArguments::None => true,
        PathArguments::AngleBracketed(arguments) => arguments.args.iter().all(|argument| match argument {
            GenericArgument::Type(ty) => is_known(ty, generics),
            GenericArgument::Lifetime(_) => true,
            _ => false,
        }),
        PathArguments::Parenthesized(_) => false,
    }
}

/// Whether the type calls something in it `Secret`, so that a message can go by it. Whether it is one, the compiler finds.
pub(super) fn says_secret(ty: &Type) -> bool {
    struct Finder(bool);
    impl<'ast> Visit<'ast> for Finder {
        fn visit_path_segment(&mut self, segment: &'ast syn::PathSegment) {
            self.0 |= segment.ident == "Secret";
            visit::visit_path_segment(self, segment);
        }
    }

    let mut finder = Finder(false);
    finder.visit_type(ty);
    finder.0
}

/// The place of a type, for a text that stands for it: its last name, which for a path is what it is called.
pub(super) fn place(ty: &Type) -> Span {
    match ty {
        Type::Group(inner) => place(&inner.elem),
        Type::Path(path) => path.path.segments.last().map_or_else(Span::call_site, |last| last.ident.span()),
        other => first(other.to_token_stream()),
    }
}

fn first(tokens: TokenStream) -> Span {
    tokens.into_iter().next().map_or_else(Span::call_site, |token: TokenTree| token.span())
}

/// The bounds that let serde write a field with parameters in its type, as serde itself would infer them.
pub(super) fn bounds(ty: &Type, generics: &Generics, traits: &TokenStream) -> Vec<TokenStream> {
    let mut finder = Finder { generics, found: Vec::new() };
    finder.visit_type(ty);
    finder.found.iter().map(|ty| quote!(#ty: #traits)).collect()
}

/// The parameters in a type, and the associated types of them.
struct Finder<'a> {
    generics: &'a Generics,
    found: Vec<TokenStream>,
}

impl<'ast> Visit<'ast> for Finder<'_> {
    fn visit_type_path(&mut self, path: &'ast TypePath) {
        let begins = |name: &Ident| self.generics.type_params().any(|parameter| parameter.ident == *name);
        let of_parameter = path.qself.is_some() || path.path.segments.first().is_some_and(|first| begins(&first.ident));
        if of_parameter {
            self.found.push(path.to_token_stream());
        } else if path.path.segments.last().is_none_or(|last| last.ident != "PhantomData") {
            visit::visit_type_path(self, path);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{bounds, is_known};
    use quote::quote;
    use syn::{Generics, Type};

    fn item() -> Generics {
        syn::parse_str("<'a, T: Clone + Into<U>, U = u8, const N: usize = 3>").unwrap()
    }

    #[test]
    fn what_surely_holds_no_secret() {
        for known in ["String", "std::string::String", "Option<&'a str>", "HashMap<String, Vec<(T, bool)>>", "Box<[T]>"] {
            assert!(is_known(&syn::parse_str(known).unwrap(), &item()), "{known}");
        }
        for unknown in ["Secret<String>", "Option<Secret<String>>", "<T as A>::B", "dyn A", "[u8; 4]", "fn() -> String", "Uuid"] {
            assert!(!is_known(&syn::parse_str(unknown).unwrap(), &item()), "{unknown}");
        }
    }

    #[test]
    fn bounds_are_those_that_serde_infers() {
        let of = |text: &str| {
            let ty: Type = syn::parse_str(text).unwrap();
            bounds(&ty, &item(), &quote!(S)).into_iter().map(|bound| bound.to_string().replace(' ', "")).collect::<Vec<_>>()
        };
        assert_eq!(of("Page<T, Option<U>>"), ["T:S", "U:S"]);
        assert_eq!(of("Page<T::Item>"), ["T::Item:S"]);
        assert_eq!(of("Page<<T as A>::B>"), ["<TasA>::B:S"]);
        assert_eq!(of("PhantomData<T>"), [""; 0]);
        assert_eq!(of("Secret<String>"), [""; 0]);
    }
}
