//! What is read, by serde: its derive reads a copy of the type, and the impl of the type reads that and then checks the rules.

use super::{Emitter, at, lifetime};
use crate::input::{
    bounds, check,
    model::{Container, Field, changed, says, written},
    names, types,
};
use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, quote, quote_spanned};
use syn::{Generics, Meta, ext::IdentExt, parse_quote, spanned::Spanned};

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

    /// A field as serde sees it: the keys of a map are to be given once, and what is flattened has to be an input.
    fn field_on_the_wire(&self, field: &Field) -> TokenStream {
        let serde = written(&field.serde);
        let reader = if says(&field.serde, "flatten") {
            "flattened"
        } else if bounds::is_map(field) {
            "unique"
        } else if bounds::is_float(field) {
            "exact"
        } else {
            return serde;
        };
        // An `Option` that is read by a function has to be told what a missing one is.
        let has_default = says(&field.serde, "default") || says(&self.container.serde, "default");
        let default = (reader == "exact" && types::is_option(&field.ty) && !has_default).then(|| quote!(#[serde(default)]));
        let reader = format!("{}::input::{reader}", self.krate).replace(' ', "");
        quote!(#serde #default #[serde(deserialize_with = #reader)])
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
        let with_lifetime = lifetime(&with_bounds);
        let (generics, _, _) = with_lifetime.split_for_impl();
        let wire = types.as_turbofish();
        let (names, clean, shape, nested) = (self.names(), self.clean(), self.shape(), self.nested());
        // What is made by code of the user's out of another input gets none that breaks its rules, not even while errors are collected.
        let from = ["from", "try_from"].into_iter().any(|key| says(&self.container.serde, key));
        let read = Ident::new(if from { "read_from" } else { "read" }, Span::call_site());
        let flat = check::can_be_flattened(self.container).then(|| {
            // At the name of the type, which is where the compiler then points to one that can be flattened.
            quote_spanned! { ident.span() =>
                #[automatically_derived]
                impl #input_generics #krate::input::Flat for #ident #types #bounds {
                    const NAMES: &'static #krate::input::Names = __NAMES;
                }
            }
        });
        quote! {
            #names
            #flat

            #[automatically_derived]
            impl #generics #serde::Deserialize<'de> for #ident #types #bounds {
                fn deserialize<__D: #serde::Deserializer<'de>>(deserializer: __D) -> ::core::result::Result<Self, __D::Error> {
                    #krate::input::#read(deserializer, __NAMES, |deserializer| __Wire #wire::deserialize(deserializer), #clean)
                }
            }

            #[automatically_derived]
            impl #input_generics #krate::Input for #ident #types #bounds {
                type Shape = #krate::input::#shape;
            }

            #nested

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
        let flattened = self.container.fields().filter(|field| says(&field.serde, "flatten")).filter_map(|field| {
            let (rust, ty) = (field.ident.as_ref()?.unraw().to_string(), &field.ty);
            let krate = at(krate, ty.span());
            Some(quote_spanned!(ty.span()=> (#rust, <#ty as #krate::input::Flat>::NAMES)))
        });
        let names = |content: TokenStream, flattened: TokenStream, tag_within: bool| quote!(#krate::input::Names { fields: __FIELDS, content: #content, flattened: &[#flattened], tag_within: #tag_within });
        let none = quote!(::core::option::Option::None);
        let content = names::text(&self.container.serde, "content").map(|key| {
            let of_content = names(none.clone(), TokenStream::new(), false);
            quote!(::core::option::Option::Some((#key, &#of_content)))
        });
        let names = names(content.unwrap_or(none), quote!(#(#flattened),*), self.has_tag_within());
        quote! {
            const __FIELDS: &[(&str, &[&str])] = &[#(#fields),*];
            const __NAMES: &#krate::input::Names = &#names;
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
