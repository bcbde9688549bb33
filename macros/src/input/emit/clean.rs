//! What is done to the texts of a value that was read, before its rules are checked.

use super::{Emitter, at};
use crate::input::{model::Shape, own::Step};
use proc_macro2::{Ident, Literal, TokenStream};
use quote::{ToTokens, format_ident, quote, quote_spanned};
use syn::spanned::Spanned;

impl Emitter<'_> {
    /// What is done to the texts of a value that was read.
    pub(super) fn clean(&self) -> TokenStream {
        let arms = self.container.shapes_by_name().filter_map(|(variant, shape)| self.clean_arm(variant, shape));
        let arms: Vec<TokenStream> = arms.collect();
        if arms.is_empty() {
            return quote!(|_| {});
        }
        quote! {
            |value: &mut Self| match value {
                #(#arms)*
                #[allow(unreachable_patterns, reason = "a struct has one arm")]
                _ => {}
            }
        }
    }

    fn clean_arm(&self, variant: Option<&Ident>, shape: &Shape) -> Option<TokenStream> {
        let mut bindings = Vec::new();
        let mut calls = Vec::new();
        for (index, field) in shape.fields.iter().enumerate().filter(|(_, field)| !field.own.sanitize.is_empty()) {
            let span = field.ty.span();
            let (krate, binding) = (at(&self.krate, span), format_ident!("field_{index}", span = span));
            let member = match &field.ident {
                Some(ident) => ident.to_token_stream(),
                None => Literal::usize_unsuffixed(index).to_token_stream(),
            };
            let steps = field.own.sanitize.iter().map(|step| match step {
                Step::Named(step) => quote!(#krate::input::sanitize::#step),
                Step::Custom(path) => path.to_token_stream(),
            });
            bindings.push(quote!(#member: #binding));
            calls.push(quote_spanned!(span=> #krate::input::sanitize::sanitize(#binding, &[#(#steps),*]);));
        }
        let variant = variant.map(|variant| quote!(::#variant));
        (!calls.is_empty()).then(|| quote!(Self #variant { #(#bindings,)* .. } => { #(#calls)* }))
    }
}
