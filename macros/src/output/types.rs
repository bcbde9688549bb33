//! The types of fields, as far as they are written out: which surely hold no secret, and which parameters they mention.
//! What is not written out, the compiler finds by type.

use proc_macro2::{Group, Ident, Span, TokenStream, TokenTree};
use quote::{ToTokens, quote};
use std::collections::BTreeSet;
use syn::{
    GenericArgument, GenericParam, Generics, Path, PathArguments, Type, TypePath,
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

/// The type with the name of the item for `Self`, which means nothing in a function.
pub(super) fn without_self(ty: &Type, item: &TokenStream) -> TokenStream {
    fn replace(tokens: TokenStream, item: &TokenStream) -> TokenStream {
        let replaced = tokens.into_iter().map(|token| match token {
            TokenTree::Ident(word) if word == "Self" => item.clone(),
            TokenTree::Group(group) => {
                let mut inner = Group::new(group.delimiter(), replace(group.stream(), item));
                inner.set_span(group.span());
                TokenTree::Group(inner).into()
            }
            other => other.into(),
        });
        replaced.collect()
    }

    replace(ty.to_token_stream(), item)
}

/// The type with `'static` for every lifetime, and the name of the item for `Self`, to be named outside of the item; nothing if it has
/// parameters of the item in it.
pub(super) fn alone(ty: &Type, name: &Ident, item: &Generics) -> Option<TokenStream> {
    let (_, arguments, _) = item.split_for_impl();
    let ty = forever(without_self(ty, &quote!(#name #arguments)));
    let mentioned = words(ty.clone());
    let is_mentioned = |name: &Ident| mentioned.contains(&name.to_string());
    let has_parameters = item.type_params().any(|parameter| is_mentioned(&parameter.ident))
        || item.const_params().any(|parameter| is_mentioned(&parameter.ident));
    (!has_parameters).then_some(ty)
}

fn forever(tokens: TokenStream) -> TokenStream {
    let mut quoted = false;
    let replaced = tokens.into_iter().map(|token| {
        let after_quote = std::mem::replace(&mut quoted, matches!(&token, TokenTree::Punct(quote) if quote.as_char() == '\''));
        match token {
            TokenTree::Ident(word) if after_quote => TokenTree::Ident(Ident::new("static", word.span())),
            TokenTree::Group(group) => {
                let mut inner = Group::new(group.delimiter(), forever(group.stream()));
                inner.set_span(group.span());
                TokenTree::Group(inner)
            }
            other => other,
        }
    });
    replaced.collect()
}

/// The generics of a function that takes the type by reference: those of the item that it mentions, with the bounds that are about them
/// alone. More could not be inferred.
pub(super) fn generics_of(ty: &TokenStream, item: &Generics) -> Generics {
    let mentioned = words(ty.clone());
    let (params, foreign): (Vec<GenericParam>, Vec<GenericParam>) =
        item.params.iter().cloned().partition(|parameter| mentioned.contains(&name(parameter)));
    let foreign: BTreeSet<String> = foreign.iter().map(name).collect();
    let is_own = |tokens: TokenStream| words(tokens).is_disjoint(&foreign);
    let mut generics = Generics { params: params.into_iter().map(|parameter| bare(parameter, is_own)).collect(), ..item.clone() };
    if let Some(clause) = &mut generics.where_clause {
        let predicates = std::mem::take(&mut clause.predicates);
        clause.predicates = predicates.into_iter().filter(|predicate| is_own(predicate.to_token_stream())).collect();
    }
    generics
}

/// The parameter without its default, and without the bounds that `keep` does not want.
fn bare(parameter: GenericParam, keep: impl Fn(TokenStream) -> bool) -> GenericParam {
    match parameter {
        GenericParam::Type(mut parameter) => {
            parameter.default = None;
            parameter.bounds = parameter.bounds.into_iter().filter(|bound| keep(bound.to_token_stream())).collect();
            GenericParam::Type(parameter)
        }
        GenericParam::Const(mut parameter) => {
            parameter.default = None;
            GenericParam::Const(parameter)
        }
        GenericParam::Lifetime(mut parameter) => {
            parameter.bounds = parameter.bounds.into_iter().filter(|bound| keep(bound.to_token_stream())).collect();
            GenericParam::Lifetime(parameter)
        }
    }
}

fn name(parameter: &GenericParam) -> String {
    match parameter {
        GenericParam::Type(parameter) => parameter.ident.to_string(),
        GenericParam::Const(parameter) => parameter.ident.to_string(),
        GenericParam::Lifetime(parameter) => parameter.lifetime.to_string(),
    }
}

/// The words in the tokens, those of lifetimes with their quote.
fn words(tokens: TokenStream) -> BTreeSet<String> {
    let (mut found, mut quoted) = (BTreeSet::new(), false);
    for token in tokens {
        let is_quote = matches!(&token, TokenTree::Punct(quote) if quote.as_char() == '\'');
        match token {
            TokenTree::Ident(word) if quoted => drop(found.insert(format!("'{word}"))),
            TokenTree::Ident(word) => drop(found.insert(word.to_string())),
            TokenTree::Group(group) => found.extend(words(group.stream())),
            TokenTree::Punct(_) | TokenTree::Literal(_) => {}
        }
        quoted = is_quote;
    }
    found
}

#[cfg(test)]
mod tests {
    use super::{alone, bounds, generics_of, is_known};
    use quote::{ToTokens, quote};
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

    #[test]
    fn a_type_without_parameters_can_be_named_outside() {
        let of = |text: &str| {
            let ty: Type = syn::parse_str(text).unwrap();
            alone(&ty, &syn::parse_str("Item").unwrap(), &item()).map(|ty| ty.to_string().replace(' ', ""))
        };
        assert_eq!(of("Option<&'a [Cow<'a, str>]>").unwrap(), "Option<&'static[Cow<'static,str>]>");
        assert_eq!(of("Vec<Self>"), None);
        assert_eq!((of("T"), of("[u8; N]"), of("Page<T::Id>")), (None, None, None));
        let ty: Type = syn::parse_str("Vec<Self>").unwrap();
        let lifetimes = syn::parse_str("<'b>").unwrap();
        assert_eq!(
            alone(&ty, &syn::parse_str("Item").unwrap(), &lifetimes).unwrap().to_string().replace(' ', ""),
            "Vec<Item<'static>>"
        );
    }

    #[test]
    fn a_function_has_the_parameters_that_can_be_inferred() {
        let of = |ty| generics_of(&ty, &item()).to_token_stream().to_string().replace(' ', "");
        assert_eq!(of(quote!(Option<T>)), "<T:Clone>");
        assert_eq!(of(quote!(&'a (T, U))), "<'a,T:Clone+Into<U>,U>");
        assert_eq!(of(quote!([u8; N])), "<constN:usize>");
        assert_eq!(of(quote!(String)), "");
    }
}
