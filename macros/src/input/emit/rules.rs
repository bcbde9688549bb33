//! The rules, by garde: its derive reads a copy of the type that has the type's own name and vanishes after it was read,
//! so that the rules land on the type itself.

use super::{Emitter, at, moved};
use crate::{
    errors::Errors,
    input::{
        bounds::{self, Place, Suspect},
        fit::{self, Question},
        model::{Container, Data, Field, Kind},
    },
};
use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, quote, quote_spanned};
use std::ops::Range;
use syn::{Attribute, Path, spanned::Spanned};

/// How many types a type holds at most that are looked at behind an alias.
const PARTS: usize = 4;

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
                let keys = self.keys(field);
                quote!(#(#garde)* #keys #text)
            },
        );
        let item = self.item(&ident.to_token_stream(), &body);
        // On the wire, what is in a newtype is at its own place.
        let is_newtype =
            matches!(&self.container.data, Data::Struct(shape) if shape.kind == Kind::Tuple && shape.fields.len() == 1);
        let says_so = |attribute: &Attribute| attribute.parse_args::<Path>().is_ok_and(|path| path.is_ident("transparent"));
        let transparent = (is_newtype && !garde.iter().any(says_so)).then(|| quote!(#[garde(transparent)]));
        quote! {
            #[derive(::garde::Validate)]
            #transparent
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

    /// Asks the compiler whether the types that no rule bounds are of a kind that needs a bound, and whether each rule fits its type.
    pub(super) fn bounds(&self) -> TokenStream {
        let krate = &self.krate;
        let (generics, _, bounds) = self.container.generics.split_for_impl();
        let suspects = self.container.shapes().flat_map(|shape| {
            shape.fields.iter().flat_map(move |field| bounds::unbounded(field, shape, &self.container.generics))
        });
        let lengths = suspects.flat_map(|suspect| self.lengths(suspect));
        let questions = self.container.fields().flat_map(|field| fit::check(field, &mut Errors::default()));
        let fits = questions.map(|Question { rule, ty, check }| {
            let (span, check) = (rule.span(), Ident::new(check, rule.span()));
            // The compiler points to the type otherwise, and the rule is what does not fit.
            let (krate, ty) = (at(krate, span), moved(ty.to_token_stream(), span));
            quote_spanned!(span=> #krate::input::fit::#check::<#ty>();)
        });
        quote! {
            fn __bounded #generics () #bounds {
                use #krate::input::{AnyLength as _, AnyPart as _};
                #(#lengths)*
                #(#fits)*
            }
        }
    }

    fn lengths(&self, Suspect { ty, place }: Suspect<'_>) -> Vec<TokenStream> {
        let span = ty.span();
        let (krate, check) = (at(&self.krate, span), Ident::new(place.check(), span));
        let parts = |parts: Range<usize>| {
            let part = |part| quote_spanned!(span=> #krate::input::#check(&#krate::input::Part::<#ty, #part>::OF.bound()););
            parts.map(part).collect()
        };
        match place {
            Place::Parts => parts(0..PARTS),
            Place::PartsButKeys => parts(1..PARTS),
            _ => vec![quote_spanned!(span=> #krate::input::#check(&#krate::input::Length::<#ty>::OF.bound());)],
        }
    }

    /// The rule about the keys of a map.
    fn keys(&self, field: &Field) -> Option<TokenStream> {
        let (longest, krate, ty) = (field.own.keys.as_ref()?, &self.krate, &field.ty);
        let (span, krate) = (ty.span(), at(krate, ty.span()));
        Some(quote_spanned!(span=> #[garde(custom(|field: &#ty, _: &_| #krate::input::keys(field, #longest)))]))
    }
}
