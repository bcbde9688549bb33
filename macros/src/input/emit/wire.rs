//! What is read, by serde: its derive reads a copy of the type, and the impl of the type reads that and then checks the rules.

use super::{Emitter, lifetime};
use crate::input::{
    bounds,
    model::{Container, Field, changed, says, written},
    names,
};
use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, quote};
use syn::{Generics, Meta, ext::IdentExt, parse_quote};

impl Emitter<'_> {
    /// What is read, by serde.
    pub(super) fn wire(&self) -> TokenStream {
        let (krate, Container { ident, serde, .. }) = (&self.krate, self.container);
        // Beside a tag in the object itself, serde takes any field for a variant without fields, unless it reads one with no fields in it.
        let unit = if self.has_tag_within() { quote!({}) } else { TokenStream::new() };
        let body = self.body(&unit, |variant| written(&variant.serde), |field| self.field_on_the_wire(field));
        let item = self.item(&quote!(__Wire), &body);
        let serde_crate = format!("{krate}::__private::serde").replace(' ', "");
        let remote = ident.to_string();
        let deny = self.deny_unknown_fields();
        // serde wants `Default` of the copy where that is asked for by a word, and of the type where it is asked for by a path.
        let default = |meta: &Meta| match meta {
            Meta::Path(path) if path.is_ident("default") => quote!(default = "::core::default::Default::default"),
            _ => meta.to_token_stream(),
        };
        let bound = self.bound().map(|bound| quote!(#[serde(bound(deserialize = #bound))]));
        let serde = changed(serde, |meta| Some(default(meta)));
        quote! {
            #[derive(#krate::__private::serde::Deserialize)]
            #[serde(crate = #serde_crate, remote = #remote)]
            #deny
            #bound
            #serde
            #item
        }
    }

    /// Whether it is an enum whose tag is among the fields of its variants.
    fn has_tag_within(&self) -> bool {
        says(&self.container.serde, "tag") && !says(&self.container.serde, "content")
    }

    /// A field as serde sees it: the keys of a map are to be given once.
    fn field_on_the_wire(&self, field: &Field) -> TokenStream {
        let serde = written(&field.serde);
        if !bounds::is_map(field) {
            return serde;
        }
        let unique = format!("{}::input::unique", self.krate).replace(' ', "");
        quote!(#serde #[serde(deserialize_with = #unique)])
    }

    /// The bound of the type parameters for serde, which must be the one that the impl has, unless the type says its own.
    fn bound(&self) -> Option<String> {
        if says(&self.container.serde, "bound") {
            return None;
        }
        let krate = &self.krate;
        let bounds = self.container.generics.type_params().map(|parameter| {
            let name = &parameter.ident;
            quote!(#name: #krate::__private::serde::de::DeserializeOwned,).to_string()
        });
        let bounds: String = bounds.collect();
        (!bounds.is_empty()).then_some(bounds)
    }

    /// The impls that read the wire and then check the rules.
    pub(super) fn reading(&self) -> TokenStream {
        let (krate, ident) = (&self.krate, &self.container.ident);
        let serde = quote!(#krate::__private::serde);
        let with_bounds = self.generics();
        let (input_generics, types, bounds) = with_bounds.split_for_impl();
        let (own_generics, _, own_bounds) = self.container.generics.split_for_impl();
        let with_lifetime = lifetime(&with_bounds);
        let (generics, _, _) = with_lifetime.split_for_impl();
        let wire = types.as_turbofish();
        let (names, clean) = (self.names(), self.clean());
        // What is made by code of the user's out of another input gets none that breaks its rules, not even while errors are collected.
        let from = ["from", "try_from"].into_iter().any(|key| says(&self.container.serde, key));
        let read = Ident::new(if from { "read_from" } else { "read" }, Span::call_site());
        quote! {
            #[automatically_derived]
            impl #generics #serde::Deserialize<'de> for #ident #types #bounds {
                fn deserialize<__D: #serde::Deserializer<'de>>(deserializer: __D) -> ::core::result::Result<Self, __D::Error> {
                    #names
                    #krate::input::#read(deserializer, &NAMES, |deserializer| __Wire #wire::deserialize(deserializer), #clean)
                }
            }

            #[automatically_derived]
            impl #input_generics #krate::Input for #ident #types #bounds {}

            #[automatically_derived]
            impl #own_generics #krate::input::fit::Nested for #ident #types #own_bounds {}

            #[automatically_derived]
            impl #input_generics #krate::input::Texts for #ident #types #bounds {
                fn each(&self, _: &mut dyn ::core::ops::FnMut(#krate::input::Leaf<'_>) -> #krate::input::Found) -> #krate::input::Found {
                    ::core::ops::ControlFlow::Continue(())
                }
            }
        }
    }

    /// What errors need to know of the names.
    fn names(&self) -> TokenStream {
        let krate = &self.krate;
        let fields = self.container.fields().filter_map(|field| {
            let rust = field.ident.as_ref()?.unraw().to_string();
            let wire = names::explicit(&field.serde);
            Some(quote!((#rust, &[#(#wire),*])))
        });
        let content = match names::text(&self.container.serde, "content") {
            Some(key) => {
                quote!(::core::option::Option::Some((#key, &#krate::input::Names {
                    fields: FIELDS,
                    content: ::core::option::Option::None,
                    tag_within: false,
                })))
            }
            None => quote!(::core::option::Option::None),
        };
        let tag_within = self.has_tag_within();
        quote! {
            const FIELDS: &[(&str, &[&str])] = &[#(#fields),*];
            static NAMES: #krate::input::Names = #krate::input::Names {
                fields: FIELDS,
                content: #content,
                tag_within: #tag_within,
            };
        }
    }

    /// The generics of the type, with the bound that reading it takes.
    fn generics(&self) -> Generics {
        let mut generics = self.container.generics.clone();
        let krate = &self.krate;
        let parameters: Vec<_> = generics.type_params().map(|parameter| parameter.ident.clone()).collect();
        for parameter in parameters {
            generics
                .make_where_clause()
                .predicates
                .push(parse_quote!(#parameter: #krate::__private::serde::de::DeserializeOwned));
        }
        generics
    }
}
