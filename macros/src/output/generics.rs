//! Types of fields outside of their item: in a function of its own, which has no `Self` and only the parameters that can be inferred.

use proc_macro2::{Group, Ident, TokenStream, TokenTree};
use quote::{ToTokens, quote};
use std::collections::BTreeSet;
use syn::{GenericParam, Generics, Type};

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
    rename_lifetimes(tokens, &|_| Some("static"))
}

/// The tokens with other names for the lifetimes that have one.
fn rename_lifetimes(tokens: TokenStream, rename: &impl Fn(&str) -> Option<&'static str>) -> TokenStream {
    let mut quoted = false;
    let replaced = tokens.into_iter().map(|token| {
        let after_quote = std::mem::replace(&mut quoted, is_quote(&token));
        match token {
            TokenTree::Ident(word) if after_quote => {
                let name = rename(&format!("'{word}")).map(|name| Ident::new(name, word.span()));
                TokenTree::Ident(name.unwrap_or(word))
            }
            TokenTree::Group(group) => {
                let mut inner = Group::new(group.delimiter(), rename_lifetimes(group.stream(), rename));
                inner.set_span(group.span());
                TokenTree::Group(inner)
            }
            other => other,
        }
    });
    replaced.collect()
}

/// The type, and the generics of a function that takes it by reference: those of the item that it mentions, with the bounds that are about
/// them alone. More could not be inferred. A lifetime without bounds has no name, which the lints want.
pub(super) fn argument(ty: TokenStream, item: &Generics) -> (TokenStream, Generics) {
    let mentioned = words(ty.clone());
    let (params, foreign): (Vec<GenericParam>, Vec<GenericParam>) =
        item.params.iter().cloned().partition(|parameter| mentioned.contains(&name(parameter)));
    let foreign: BTreeSet<String> = foreign.iter().map(name).collect();
    let is_own = |tokens: TokenStream| words(tokens).is_disjoint(&foreign);
    let params: Vec<GenericParam> = params.into_iter().map(|parameter| bare(parameter, is_own)).collect();
    let mut clause = item.where_clause.clone();
    if let Some(clause) = &mut clause {
        let predicates = std::mem::take(&mut clause.predicates);
        clause.predicates = predicates.into_iter().filter(|predicate| is_own(predicate.to_token_stream())).collect();
    }
    let bounds = params.iter().map(|parameter| match parameter {
        GenericParam::Type(parameter) => parameter.bounds.to_token_stream(),
        GenericParam::Lifetime(parameter) if parameter.bounds.is_empty() => TokenStream::new(),
        other => other.to_token_stream(),
    });
    let bound = words(bounds.chain([clause.to_token_stream()]).collect());
    let is_named = |parameter: &GenericParam| !matches!(parameter, GenericParam::Lifetime(_)) || bound.contains(&name(parameter));
    let ty = rename_lifetimes(ty, &|lifetime| {
        let is_elided = params.iter().any(|parameter| name(parameter) == lifetime && !is_named(parameter));
        is_elided.then_some("_")
    });
    let params = params.iter().filter(|parameter| is_named(parameter)).cloned().collect();
    (ty, Generics { params, where_clause: clause, ..item.clone() })
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
        let is_quote = is_quote(&token);
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

fn is_quote(token: &TokenTree) -> bool {
    matches!(token, TokenTree::Punct(quote) if quote.as_char() == '\'')
}

#[cfg(test)]
mod tests {
    use super::{alone, argument};
    use quote::{ToTokens, quote};
    use syn::{Generics, Type};

    fn item() -> Generics {
        syn::parse_str("<'a, 'b, T: Clone + Into<U> + 'b, U = u8, const N: usize = 3>").unwrap()
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
        let of = |ty| {
            let (ty, generics) = argument(ty, &item());
            format!("{} {}", ty.to_string().replace(' ', ""), generics.to_token_stream().to_string().replace(' ', ""))
        };
        assert_eq!(of(quote!(Option<T>)), "Option<T> <T:Clone>");
        assert_eq!(of(quote!(&'a (&'b T, U))), "&'_(&'bT,U) <'b,T:Clone+Into<U>+'b,U>");
        assert_eq!(of(quote!(&'a Cow<'a, str>)), "&'_Cow<'_,str> ");
        assert_eq!(of(quote!([u8; N])), "[u8;N] <constN:usize>");
        assert_eq!(of(quote!(String)), "String ");
    }
}
