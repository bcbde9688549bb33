//! What a handler says of itself for the OpenAPI document: its doc comment, and questions to the compiler about its types.
//! Only under the feature `openapi`, so that who wants no document builds nothing for it.

use super::{
    super::arguments::{bare, elements, words},
    Arguments, Emitter, Function,
};
use proc_macro2::TokenStream;
use quote::{ToTokens, quote};
use std::collections::BTreeSet;
use syn::{Expr, GenericArgument, GenericParam, Meta, PathArguments, ReturnType, Type};

impl Emitter<'_> {
    /// Expands to:
    /// ```text
    /// #[allow(deprecated)]
    /// const DESCRIPTION: &'static Description = {
    ///     use …::openapi::{AnyAnswer as _, …};
    ///     fn types(sketch: &mut Sketch<'_>) {
    ///         (&Input::<Valid<Json<NewUser>>>::OF).describe(sketch);
    ///         (&Answer::<Json<User>>::OF).describe(sketch, Outcome::Success);
    ///     }
    ///     &Description::new(concat!(" Creates a user.", "\n"), false, types)
    /// };
    /// ```
    ///
    /// What a type says is asked by methods, of which the compiler prefers those that know more.
    pub(super) fn description(&self, function: &Function, arguments: &Arguments<'_>) -> TokenStream {
        let krate = &self.krate;
        let openapi = quote!(#krate::__private::openapi);
        let docs = function.attributes.iter().filter_map(|attribute| match &attribute.meta {
            Meta::NameValue(doc) if doc.path.is_ident("doc") => Some(&doc.value),
            _ => None,
        });
        let docs: Vec<&Expr> = docs.collect();
        let deprecated = function.attributes.iter().any(|attribute| attribute.path().is_ident("deprecated"));
        let hidden = Hidden::of(function);
        let inputs = arguments.all().flat_map(|argument| elements(&argument.ty)).filter(|ty| !hidden.is_in(ty));
        let inputs: Vec<TokenStream> = inputs.map(|ty| quote!((&#openapi::Input::<#ty>::OF).describe(sketch);)).collect();
        let answers: Vec<TokenStream> = answers(&function.signature.output, &hidden, krate)
            .into_iter()
            .map(|(ty, outcome)| quote!((&#openapi::Answer::<#ty>::OF).describe(sketch, #openapi::Outcome::#outcome);))
            .collect();
        let questions = (!inputs.is_empty()).then(|| quote!(use #openapi::{AnyInput as _, OutlinedInput as _};));
        quote! {
            #[allow(deprecated, unused_imports, reason = "the handler itself is told of what is deprecated, and not each question is asked of each type")]
            const DESCRIPTION: &'static #openapi::Description = {
                fn types(sketch: &mut #openapi::Sketch<'_>) {
                    #questions
                    use #openapi::{AnyAnswer as _, OutlinedAnswer as _};
                    #(#inputs)*
                    #(#answers)*
                }
                &#openapi::Description::new(::core::concat!(#(#docs, "\n"),*), #deprecated, types)
            };
        }
    }
}

/// The types of the answer, with how the handler fared. What is hidden can be any response.
fn answers<'a>(output: &'a ReturnType, hidden: &Hidden, krate: &TokenStream) -> Vec<(TokenStream, TokenStream)> {
    let mut answers = Vec::new();
    let ReturnType::Type(_, whole) = output else {
        return vec![(quote!(()), quote!(Success))];
    };
    let mut add = |ty: &'a Type, outcome: TokenStream| {
        let ty = if hidden.is_in(ty) { quote!(#krate::__private::Response) } else { ty.to_token_stream() };
        answers.push((ty, outcome));
    };
    // A `Result` in the `Ok` of another one is how a handler has errors of two types.
    let mut rest: &Type = whole;
    while let Some((ok, error)) = both(rest) {
        add(error, quote!(Failure));
        rest = ok;
    }
    add(rest, quote!(Success));
    answers
}

/// The two types of a `Result` that is written out.
fn both(ty: &Type) -> Option<(&Type, &Type)> {
    let Type::Path(path) = bare(ty) else { return None };
    let last = path.path.segments.last().filter(|last| last.ident == "Result")?;
    let PathArguments::AngleBracketed(arguments) = &last.arguments else { return None };
    let mut types = arguments.args.iter().filter_map(|argument| match argument {
        GenericArgument::Type(ty) => Some(ty),
        _ => None,
    });
    types.next().zip(types.next())
}

/// The words that stand for types which only the handler knows: its generic parameters and lifetimes, and `impl`.
pub(super) struct Hidden(BTreeSet<String>);

impl Hidden {
    pub(super) fn of(function: &Function) -> Self {
        let mut names = BTreeSet::from(["impl".to_owned()]);
        names.extend(function.signature.generics.params.iter().map(|parameter| match parameter {
            GenericParam::Lifetime(lifetime) => lifetime.lifetime.ident.to_string(),
            GenericParam::Type(ty) => ty.ident.to_string(),
            GenericParam::Const(constant) => constant.ident.to_string(),
        }));
        Self(names)
    }

    pub(super) fn is_in(&self, ty: &Type) -> bool {
        let mut found = BTreeSet::new();
        words(ty.to_token_stream(), &mut found);
        !found.is_disjoint(&self.0)
    }
}
