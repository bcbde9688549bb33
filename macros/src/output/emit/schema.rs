//! The JSON schema: schemars' own derive on the same copy, which is told of the rules by its attributes.
//! Without a schema, nothing of this is there.

use super::{numbers, rule_name, text};
use crate::output::{
    generics,
    model::{Declaration, Declared, Rule},
    types,
};
use proc_macro2::TokenStream;
use quote::{ToTokens, format_ident, quote};
use syn::{Attribute, Meta};

impl Declared<'_> {
    /// Whether the derive of the schema reads an attribute, beside those of serde.
    pub(super) fn is_for_schema(&self, attribute: &Attribute) -> bool {
        self.describe && ["schemars", "doc", "deprecated"].iter().any(|name| attribute.path().is_ident(name))
    }

    fn attributes<'a>(&self, all: &'a [Attribute]) -> impl Iterator<Item = &'a Attribute> {
        all.iter().filter(|attribute| self.is_for_schema(attribute))
    }

    /// Expands to:
    /// ```text
    /// #[derive(JsonSchema)]
    /// #[schemars(crate = "…")]
    /// ```
    pub(super) fn schema(&self) -> Option<TokenStream> {
        let own = self.attributes(&self.item.attrs);
        let krate =
            (!says(&self.item.attrs, &["crate"])).then(|| quote!(#[schemars(crate = "__portcullis::__private::schemars")]));
        self.describe.then(|| {
            quote! {
                #[derive(__portcullis::__private::schemars::JsonSchema)]
                #krate
                #(#own)*
            }
        })
    }

    /// Expands to:
    /// ```text
    /// #[schemars(transform = __portcullis::answer::note_visible::<__Rule0>)]
    /// #[schemars(schema_with = "__schema0")]
    /// ```
    /// The functions that these name are added to the rules.
    pub(super) fn schema_of_field(&self, index: usize, field: &Declaration<'_>, rules: &mut TokenStream) -> Option<TokenStream> {
        if !self.describe {
            return None;
        }
        let (own, answer, rule) = (self.attributes(&field.field.attrs), quote!(__portcullis::answer), rule_name(index));
        let note = match &field.rule {
            Rule::Serde | Rule::Open => None,
            // There is no field to tell it of, but those that it is flattened to.
            Rule::Visible { .. } if field.is_flat() => None,
            Rule::Visible { .. } => Some(quote!(#answer::note_visible::<#rule>)),
            Rule::Masked(mask) => {
                let mask = numbers(*mask);
                Some(quote!(#answer::note_masked::<#mask>))
            }
            Rule::VisibleOrMasked { mask, .. } => {
                let mask = numbers(*mask);
                Some(quote!(#answer::note_visible_or_masked::<#rule, #mask>))
            }
        };
        let note = note.map(|note| quote!(#[schemars(transform = #note)]));
        let with = (!says(&field.field.attrs, &["with", "schema_with"])).then(|| self.schema_with(index, field, rules)).flatten();
        let with = with.map(|with| quote!(#[schemars(#with)]));
        Some(quote!(#(#own)* #note #with))
    }

    /// Where the schema of a field is not what schemars makes of its type.
    fn schema_with(&self, index: usize, field: &Declaration<'_>, rules: &mut TokenStream) -> Option<TokenStream> {
        let ty = &field.field.ty;
        let place = types::place(ty);
        if let (Rule::Visible { .. }, true) = (&field.rule, field.is_flat()) {
            let rule = rule_name(index);
            let fields = text(&quote!(__portcullis::answer::Flattened<#rule, #ty>), place);
            return Some(quote!(with = #fields));
        }
        let alone = generics::alone(ty, &self.item.ident, &self.item.generics);
        let has_parameters = alone.is_none();
        let whole = quote!(__portcullis::answer::Probe::<__T>::OF.schema(generator));
        let mask = quote!(__portcullis::answer::Probe::<__T>::OF.mask_schema());
        let schema = match &field.rule {
            Rule::Masked(_) if has_parameters => quote!(__portcullis::answer::any_mask_schema(generator)),
            Rule::Masked(_) => mask,
            Rule::VisibleOrMasked { .. } if has_parameters => quote!(__portcullis::answer::any_schema(generator)),
            Rule::VisibleOrMasked { .. } => quote!(__portcullis::answer::whole_or_mask(#whole, #mask)),
            // What has a name and is written out may have no schema; of the rest schemars looks into the schema.
            Rule::Open | Rule::Visible { by_function: false, .. }
                if field.field.ident.is_some() && !has_parameters && !field.is_flat() =>
            {
                whole
            }
            Rule::Serde | Rule::Open | Rule::Visible { .. } => return None,
        };
        let function = format_ident!("__schema{index}");
        let name = text(&function, place);
        let alias = alone.map(|ty| quote!(type __T = #ty;));
        rules.extend(quote! {
            fn #function(
                generator: &mut __portcullis::__private::schemars::SchemaGenerator,
            ) -> __portcullis::__private::schemars::Schema {
                use __portcullis::answer::{Described as _, Masked as _, Undescribed as _, Unmasked as _};
                #alias
                #schema
            }
        });
        Some(quote!(schema_with = #name))
    }

    /// The schema of a type with mistakes, which allows everything.
    pub(super) fn no_schema(&self) -> Option<TokenStream> {
        let Self { item, krate, .. } = self;
        let (name, text) = (&item.ident, item.ident.to_string());
        let (generics, arguments, clause) = item.generics.split_for_impl();
        let schemars = quote!(#krate::__private::schemars);
        self.describe.then(|| {
            quote! {
                #[automatically_derived]
                impl #generics #schemars::JsonSchema for #name #arguments #clause {
                    fn schema_name() -> #krate::__private::Cow<'static, ::core::primitive::str> {
                        #krate::__private::Cow::Borrowed(#text)
                    }

                    fn json_schema(_: &mut #schemars::SchemaGenerator) -> #schemars::Schema {
                        ::core::default::Default::default()
                    }
                }
            }
        })
    }
}

/// Whether `#[schemars(…)]` says one of the words.
fn says(attributes: &[Attribute], words: &[&str]) -> bool {
    attributes.iter().filter(|attribute| attribute.path().is_ident("schemars")).any(|attribute| match &attribute.meta {
        Meta::List(list) => list
            .tokens
            .to_token_stream()
            .into_iter()
            .any(|token| matches!(&token, proc_macro2::TokenTree::Ident(word) if words.iter().any(|other| word == other))),
        Meta::Path(_) | Meta::NameValue(_) => false,
    })
}
