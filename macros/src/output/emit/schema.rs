//! The JSON schema: schemars' own derive on the same copy, which is told of the rules by its attributes.
//! Without a schema, nothing of this is there.

use super::{numbers, rule_name, text};
use crate::{
    input::{Named, rules_in_schema},
    output::{
        generics,
        model::{Declaration, Declared, Described, Rule},
        types,
    },
    schema::{self as copy, says},
};
use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::{Attribute, Data, DeriveInput, Member, parse_quote, visit_mut::VisitMut};

/// Whether the derive of the schema reads an attribute, beside those of serde.
pub(super) fn is_for_schema(attribute: &Attribute) -> bool {
    ["schemars", "doc", "deprecated"].iter().any(|name| attribute.path().is_ident(name))
}

fn attributes(all: &[Attribute]) -> impl Iterator<Item = &Attribute> {
    all.iter().filter(|attribute| is_for_schema(attribute))
}

impl Declared<'_> {
    /// Expands to:
    /// ```text
    /// #[derive(JsonSchema)]
    /// #[schemars(crate = "…")]
    /// ```
    pub(super) fn derive_schema(&self) -> TokenStream {
        let own = attributes(&self.item.attrs);
        let krate =
            (!says(&self.item.attrs, &["crate"])).then(|| quote!(#[schemars(crate = "__portcullis::__private::schemars")]));
        quote! {
            #[derive(__portcullis::__private::schemars::JsonSchema)]
            #krate
            #(#own)*
        }
    }

    /// Expands to:
    /// ```text
    /// #[allow(dead_code)]
    /// const _: () = {
    ///     type __This = NewUser;
    ///     #[derive(JsonSchema)]
    ///     struct __Schema { … }
    ///     impl Written for NewUser { … }
    /// };
    /// ```
    pub(super) fn schema_beside_input(&self, of_schema: &[TokenStream], serde: &[TokenStream]) -> TokenStream {
        let DeriveInput { ident, generics, attrs, .. } = self.item;
        let (_, arguments, _) = generics.split_for_impl();
        let mut item = self.item.clone();
        item.vis = syn::Visibility::Inherited;
        Named(&parse_quote!(#ident #arguments)).visit_data_mut(&mut item.data);
        let both: Vec<TokenStream> = of_schema.iter().zip(serde).map(|(schema, serde)| quote!(#schema #serde)).collect();
        let is_read = |attribute: &Attribute| attribute.path().is_ident("serde") || is_for_schema(attribute);
        let copy = super::copy::copy(&item, &format_ident!("__Schema"), is_read, &both);
        let this = copy::this(ident, generics);
        let name = copy::name(ident, self.serde.word("rename").is_some(), attrs);
        let derive = self.derive_schema();
        let default = self.default();
        let has_default = default.is_some().then(|| quote!(default));
        let serde = self.serde.without("default", has_default);
        let with_bounds = copy::described(&quote!(__portcullis), generics);
        let (all, arguments, clause) = with_bounds.split_for_impl();
        let schemars = quote!(__portcullis::__private::schemars);
        quote! {
            #[allow(dead_code, unused_imports, clippy::all, reason = "of this copy only the schema counts")]
            const _: () = {
                #this
                #derive
                #name
                #serde
                #copy
                #default
                #[automatically_derived]
                impl #all __portcullis::answer::Written for #ident #arguments #clause {
                    fn written(generator: &mut #schemars::SchemaGenerator) -> #schemars::Schema {
                        <__Schema #arguments as #schemars::JsonSchema>::json_schema(generator)
                    }
                }
            };
        }
    }

    /// `Default` for the copy, where serde takes it from the type or from a function.
    fn default(&self) -> Option<TokenStream> {
        self.serde.word("default")?;
        let (Data::Struct(data), (_, arguments, _)) = (&self.item.data, self.item.generics.split_for_impl()) else { return None };
        let made = match self.serde.text("default") {
            Some(path) => {
                let path: syn::ExprPath = path.parse().ok()?;
                quote!(#path())
            }
            None => quote!(<__This #arguments as ::core::default::Default>::default()),
        };
        let members: Vec<Member> = data.fields.members().collect();
        Some(copy::default(&self.item.generics, &members, &made))
    }

    /// Expands to:
    /// ```text
    /// #[schemars(transform = __portcullis::answer::note_visible::<__Rule0>)]
    /// #[schemars(schema_with = "__schema0")]
    /// ```
    /// The functions that these name are added to the rules.
    pub(super) fn schema_of_field(&self, index: usize, field: &Declaration<'_>, rules: &mut TokenStream) -> TokenStream {
        if self.described == Described::Elsewhere {
            return TokenStream::new();
        }
        let (own, answer, rule) = (attributes(&field.field.attrs), quote!(__portcullis::answer), rule_name(index));
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
        let kept = match &field.rule {
            Rule::Serde | Rule::Open | Rule::Visible { .. } => self.rules_of_input(field),
            Rule::Masked(_) | Rule::VisibleOrMasked { .. } => None,
        };
        let kept = kept.map(|told| quote!(#[schemars(transform = #told)]));
        quote!(#(#own)* #kept #note #with)
    }

    /// What the rules of `Input` say of a field that is written as it is, at least for some.
    fn rules_of_input(&self, field: &Declaration<'_>) -> Option<TokenStream> {
        if self.described != Described::BesideInput || field.serde.any_of(&["serialize_with", "with"]).is_some() {
            return None;
        }
        let DeriveInput { ident, generics, .. } = self.item;
        let (_, arguments, _) = generics.split_for_impl();
        rules_in_schema(field.field, &parse_quote!(#ident #arguments), &quote!(__portcullis))
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
            Rule::VisibleOrMasked { mask: shown, .. } => {
                let whole = match self.rules_of_input(field) {
                    Some(told) => quote!({
                        let mut schema = #whole;
                        __portcullis::__private::schemars::transform::Transform::transform(&mut #told, &mut schema);
                        schema
                    }),
                    None => whole,
                };
                let shown = numbers(*shown);
                quote!(__portcullis::answer::whole_or_mask::<#shown>(#whole, #mask))
            }
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
        (self.described == Described::Here).then(|| {
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
