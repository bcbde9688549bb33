//! From tokens to the model: which attribute is whose, and what ours say.
//! Attributes of other macros are left out of it; they are on the user's own type.

use super::{
    keys::{self, Key},
    model::{Container, Data, Field, Kind, Serde, Shape, Variant},
    rules,
};
use crate::errors::Errors;
use proc_macro2::Ident;
use quote::ToTokens;
use syn::{
    Attribute, DeriveInput, Expr, Fields, GenericParam, Lit, LitStr, Meta, Path, Token, Type, parse_quote,
    punctuated::Punctuated,
    visit_mut::{self, VisitMut},
};

/// The model of the item; `None` where there is nothing that an input could be.
pub(super) fn container(item: DeriveInput, errors: &mut Errors) -> Option<Container> {
    let DeriveInput { attrs, ident, generics, data, .. } = item;
    for parameter in &generics.params {
        if let GenericParam::Lifetime(lifetime) = parameter {
            errors.at(lifetime, "an input outlives the request that it was read from; own the data: `String` instead of `&str`");
        }
    }
    let (_, type_generics, _) = generics.split_for_impl();
    let this: Type = parse_quote!(#ident #type_generics);
    let data = match data {
        syn::Data::Struct(data) => Data::Struct(shape(data.fields, &this, errors)),
        syn::Data::Enum(data) => {
            let variants = data.variants.into_iter();
            Data::Enum(
                variants
                    .map(|variant| Variant {
                        ident: variant.ident,
                        serde: serde(&variant.attrs, errors),
                        shape: shape(variant.fields, &this, errors),
                    })
                    .collect(),
            )
        }
        syn::Data::Union(data) => {
            errors.at(data.union_token, "a union cannot be an input: nothing says which of its fields was sent; make it an enum");
            return None;
        }
    };
    let krate = own(&attrs, false, errors).into_iter().find_map(Own::into_path);
    Some(Container { krate, serde: serde(&attrs, errors), garde: named(&attrs, "garde"), ident, generics, data })
}

fn shape(fields: Fields, this: &Type, errors: &mut Errors) -> Shape {
    let kind = Kind::of(&fields);
    Shape { kind, fields: fields.into_iter().map(|field| self::field(field, this, errors)).collect() }
}

fn field(field: syn::Field, this: &Type, errors: &mut Errors) -> Field {
    let syn::Field { attrs, ident, mut ty, .. } = field;
    Named(this).visit_type_mut(&mut ty);
    let garde = named(&attrs, "garde");
    Field {
        ident,
        ty,
        serde: serde(&attrs, errors),
        rules: rules::of(&garde, errors),
        garde,
        unbounded: own(&attrs, true, errors).into_iter().find_map(Own::into_reason),
    }
}

/// Puts the type's name for `Self`, which means another type in the copies of it.
struct Named<'a>(&'a Type);

impl VisitMut for Named<'_> {
    fn visit_type_mut(&mut self, ty: &mut Type) {
        match ty {
            Type::Path(path) if path.path.is_ident("Self") => *ty = self.0.clone(),
            _ => visit_mut::visit_type_mut(self, ty),
        }
    }
}

/// The attributes of that name.
fn named(attributes: &[Attribute], name: &str) -> Vec<Attribute> {
    attributes.iter().filter(|attribute| attribute.path().is_ident(name)).cloned().collect()
}

fn serde(attributes: &[Attribute], errors: &mut Errors) -> Vec<Serde> {
    let read = |attribute: Attribute| {
        let metas = attribute.parse_args_with(Punctuated::<Meta, Token![,]>::parse_terminated);
        match metas {
            Ok(metas) => Some(Serde { attribute, metas: metas.into_iter().collect() }),
            // `crate = "…"` and its like are no metas, for their key is a keyword; serde knows them, and so does nobody else.
            Err(error) => {
                errors.push(error);
                None
            }
        }
    };
    named(attributes, "serde").into_iter().filter_map(read).collect()
}

/// An entry of `#[input(…)]`.
enum Own {
    Reason(LitStr),
    Crate(Path),
}

impl Own {
    fn into_reason(self) -> Option<LitStr> {
        match self {
            Self::Reason(reason) => Some(reason),
            Self::Crate(_) => None,
        }
    }

    fn into_path(self) -> Option<Path> {
        match self {
            Self::Crate(path) => Some(path),
            Self::Reason(_) => None,
        }
    }
}

/// What `#[input(…)]` says.
fn own(attributes: &[Attribute], of_field: bool, errors: &mut Errors) -> Vec<Own> {
    let mut found = Vec::new();
    for attribute in named(attributes, "input") {
        let entries = attribute.parse_args_with(Punctuated::<Entry, Token![,]>::parse_terminated);
        match entries {
            Ok(entries) => found.extend(entries.into_iter().filter_map(|entry| entry.check(of_field, errors))),
            Err(error) => errors.push(error),
        }
    }
    found
}

/// `key = value`, where the key may be a keyword.
struct Entry {
    key: Ident,
    value: Option<Expr>,
}

impl syn::parse::Parse for Entry {
    fn parse(input: syn::parse::ParseStream<'_>) -> syn::Result<Self> {
        let key = <Ident as syn::ext::IdentExt>::parse_any(input)?;
        let value = input.parse::<Option<Token![=]>>()?.map(|_| input.parse()).transpose()?;
        Ok(Self { key, value })
    }
}

impl Entry {
    fn check(self, of_field: bool, errors: &mut Errors) -> Option<Own> {
        let word = self.key.to_string();
        let Some(row) = keys::find(&word, of_field) else {
            errors.at(&self.key, keys::unknown(&word, of_field));
            return None;
        };
        match (row.key, self.value) {
            (Key::Unbounded, Some(Expr::Lit(syn::ExprLit { lit: Lit::Str(reason), .. })))
                if !reason.value().trim().is_empty() =>
            {
                Some(Own::Reason(reason))
            }
            (Key::Crate, Some(Expr::Path(path))) => Some(Own::Crate(path.path)),
            (_, value) => {
                let message = format!("`{}` is written `{}`", row.name, row.form);
                let guilty = value.map_or_else(|| self.key.to_token_stream(), Expr::into_token_stream);
                errors.at(guilty, message);
                None
            }
        }
    }
}
