//! The rules, by garde: its derive reads a copy of the type that has the type's own name and vanishes after it was read,
//! so that the rules land on the type itself.

use super::{Emitter, at};
use crate::input::{
    bounds::{self, Suspect},
    model::{Container, Data, Field, Kind},
};
use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, quote, quote_spanned};
use syn::spanned::Spanned;

impl Emitter<'_> {
    /// The rules, by garde.
    pub(super) fn rules(&self) -> TokenStream {
        let (krate, Container { ident, garde, .. }) = (&self.krate, self.container);
        if matches!(&self.container.data, Data::Struct(shape) if shape.kind == Kind::Unit) {
            return self.no_rules();
        }
        let body = self.body(
            &TokenStream::new(),
            |_| TokenStream::new(),
            |field| {
                if field.is_not_read() && field.garde.is_empty() {
                    return quote!(#[garde(skip)]);
                }
                // Text is looked at even where nothing else is.
                let skips = matches!(field.rules.as_slice(), [rule] if rule.is("skip"));
                let (garde, text) = (field.garde.iter().filter(|_| !skips), self.text(field));
                quote!(#(#garde)* #text)
            },
        );
        let item = self.item(&ident.to_token_stream(), &body);
        quote! {
            #[derive(::garde::Validate)]
            #(#garde)*
            #[#krate::__private::vanish]
            #item
        }
    }

    /// The rule about what is not seen in text and yet changes it, for a field that may have text.
    fn text(&self, field: &Field) -> TokenStream {
        let (krate, ty) = (&self.krate, &field.ty);
        let allowed = field.own.allow.iter().map(|word| Ident::new(&word.to_string().to_uppercase(), Span::call_site()));
        quote! {
            #[garde(custom(|field: &#ty, _: &_| {
                use #krate::input::AnyField as _;
                #krate::input::Field(field).text(0 #(| #krate::input::allow::#allowed)*)
            }))]
        }
    }

    /// The impl of a type that nothing can be wrong with.
    pub(super) fn no_rules(&self) -> TokenStream {
        let (krate, ident) = (&self.krate, &self.container.ident);
        let (generics, types, bounds) = self.container.generics.split_for_impl();
        quote! {
            #[automatically_derived]
            impl #generics #krate::__private::garde::Validate for #ident #types #bounds {
                type Context = ();

                fn validate_into(
                    &self,
                    _: &Self::Context,
                    _: &mut dyn ::core::ops::FnMut() -> #krate::__private::garde::Path,
                    _: &mut #krate::__private::garde::Report,
                ) {}
            }
        }
    }

    /// Asks the compiler whether the types that no rule bounds are of a kind that needs a bound.
    pub(super) fn bounds(&self) -> TokenStream {
        let krate = &self.krate;
        let (generics, _, bounds) = self.container.generics.split_for_impl();
        let checks = self.container.fields().flat_map(bounds::unbounded).map(|Suspect { ty, in_map }| {
            let check = Ident::new(if in_map { "bounded_in_map" } else { "bounded" }, ty.span());
            let krate = at(krate, ty.span());
            quote_spanned!(ty.span()=> #krate::input::#check(&#krate::input::Length::<#ty>::OF.bound());)
        });
        quote! {
            fn __bounded #generics () #bounds {
                use #krate::input::AnyLength as _;
                #(#checks)*
            }
        }
    }
}
