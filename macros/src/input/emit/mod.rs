//! What the type becomes: garde's rules and serde's reading, each derived on a copy of the type, and the impl that joins the two.
//! Here is how a copy is written; what is on each is in the modules.

mod clean;
mod rules;
mod wire;

use super::{
    check,
    model::{Container, Data, Field, Kind, Shape, Variant, says},
};
use crate::errors::Errors;
use proc_macro2::{Group, Ident, Span, TokenStream, TokenTree};
use quote::{ToTokens, quote, quote_spanned};
use syn::{GenericParam, Generics, parse_quote};

/// Everything that the derive adds.
pub(super) fn emit(container: &Container, errors: &Errors) -> TokenStream {
    let emitter = Emitter {
        krate: container.own.krate.as_ref().map_or_else(|| quote!(::portcullis), ToTokens::to_token_stream),
        container,
    };
    if !errors.is_empty() {
        let refusing = emitter.refusing();
        return quote!(#errors const _: () = { #refusing };);
    }
    let schema = (cfg!(feature = "openapi") && !container.own.without_schema).then(|| emitter.schema());
    let parts = [Some(emitter.rules()), Some(emitter.wire()), Some(emitter.reading()), Some(emitter.bounds()), schema];
    let parts = parts.into_iter().flatten();
    quote! {
        #[allow(dead_code, unused_imports, clippy::all, reason = "the copies of the type are read by derives, and by nobody else")]
        const _: () = { #(#parts)* };
    }
}

pub(super) struct Emitter<'a> {
    pub(super) krate: TokenStream,
    pub(super) container: &'a Container,
}

impl Emitter<'_> {
    pub(super) fn deny_unknown_fields(&self) -> Option<TokenStream> {
        check::denies_unknown_fields(self.container).then(|| quote!(#[serde(deny_unknown_fields)]))
    }

    /// What it is read from: a newtype, and what is made from another type, is whatever that is.
    fn shape(&self) -> Ident {
        let Container { serde, data, .. } = self.container;
        let is_another = ["from", "try_from", "transparent"].into_iter().any(|key| says(serde, key));
        let shape = match data {
            _ if is_another => "AsAnother",
            Data::Struct(Shape { kind: Kind::Named, .. }) => "Fields",
            Data::Struct(Shape { kind: Kind::Tuple, fields }) if fields.len() == 1 => "AsAnother",
            _ => "NoFields",
        };
        Ident::new(shape, Span::call_site())
    }

    /// That `dive` goes into the type; at its name, which is where the compiler then points to one that fits.
    fn nested(&self) -> TokenStream {
        let (krate, ident) = (&self.krate, &self.container.ident);
        let (generics, types, bounds) = self.container.generics.split_for_impl();
        quote_spanned! { ident.span() =>
            #[automatically_derived]
            impl #generics #krate::input::fit::Nested for #ident #types #bounds {}
        }
    }

    /// The impls of a type with a mistake, which is reported already: it can be named everywhere, and there is never a value of it.
    fn refusing(&self) -> TokenStream {
        let (krate, ident) = (&self.krate, &self.container.ident);
        let with_lifetime = lifetime(&self.container.generics);
        let (generics, _, _) = with_lifetime.split_for_impl();
        let (input_generics, types, bounds) = self.container.generics.split_for_impl();
        let (serde, no_rules, nested) = (quote!(#krate::__private::serde), self.no_rules(), self.nested());
        quote! {
            #no_rules

            #[automatically_derived]
            impl #generics #serde::Deserialize<'de> for #ident #types #bounds {
                fn deserialize<__D: #serde::Deserializer<'de>>(_: __D) -> ::core::result::Result<Self, __D::Error> {
                    ::core::result::Result::Err(#serde::de::Error::custom("this type has a mistake"))
                }
            }

            #[automatically_derived]
            impl #input_generics #krate::Input for #ident #types #bounds {
                type Shape = #krate::input::AsAnother;
            }

            #nested
        }
    }

    /// A copy of the type under a name.
    pub(super) fn item(&self, name: &TokenStream, body: &TokenStream) -> TokenStream {
        let generics = &self.container.generics;
        let bounds = &generics.where_clause;
        match &self.container.data {
            Data::Struct(Shape { kind: Kind::Named, .. }) => quote!(struct #name #generics #bounds #body),
            Data::Struct(_) => quote!(struct #name #generics #body #bounds;),
            Data::Enum(_) => quote!(enum #name #generics #bounds { #body }),
        }
    }

    /// The fields, or the variants, with the attributes that are wanted; `unit` is what a variant without fields has behind its name.
    pub(super) fn body(
        &self,
        unit: &TokenStream,
        variant_attributes: impl Fn(&Variant) -> TokenStream,
        attributes: impl Fn(&Field) -> TokenStream,
    ) -> TokenStream {
        match &self.container.data {
            Data::Struct(shape) => fields(shape, &attributes),
            Data::Enum(variants) => variants
                .iter()
                .map(|variant| {
                    let (ident, serde) = (&variant.ident, variant_attributes(variant));
                    let fields = match variant.shape.kind == Kind::Unit && !says(&variant.serde, "other") {
                        true => unit.clone(),
                        false => fields(&variant.shape, &attributes),
                    };
                    quote!(#serde #ident #fields,)
                })
                .collect(),
        }
    }
}

fn fields(shape: &Shape, attributes: &impl Fn(&Field) -> TokenStream) -> TokenStream {
    let fields = shape.fields.iter().map(|field| {
        let (attributes, ty) = (attributes(field), &field.ty);
        match &field.ident {
            Some(ident) => quote!(#attributes #ident: #ty),
            None => quote!(#attributes #ty),
        }
    });
    match shape.kind {
        Kind::Named => quote!({ #(#fields,)* }),
        Kind::Tuple => quote!((#(#fields,)*)),
        Kind::Unit => TokenStream::new(),
    }
}

/// The path of the crate, as if it were written there: the compiler points to where all of an expression was written.
fn at(krate: &TokenStream, span: Span) -> TokenStream {
    let moved = |mut token: TokenTree| {
        token.set_span(span);
        token
    };
    krate.clone().into_iter().map(moved).collect()
}

/// The tokens, seen at another place and meaning what they mean at theirs.
fn moved(tokens: TokenStream, span: Span) -> TokenStream {
    let one = |mut token: TokenTree| {
        if let TokenTree::Group(group) = &token {
            token = Group::new(group.delimiter(), moved(group.stream(), span)).into();
        }
        token.set_span(token.span().located_at(span));
        token
    };
    tokens.into_iter().map(one).collect()
}

/// The generics with the lifetime of what is read from, in front.
fn lifetime(generics: &Generics) -> Generics {
    let mut generics = generics.clone();
    let lifetime: GenericParam = parse_quote!('de);
    generics.params.insert(0, lifetime);
    generics
}
