//! What is written on a type that derives `Input`, as data.
//! Attributes of serde and garde are kept as they are, because their derives read them again.

use super::{own::Own, rules::Rule};
use proc_macro2::{Ident, TokenStream};
use syn::{Attribute, Fields, Generics, Meta, Type};

/// The type.
pub(super) struct Container {
    pub(super) ident: Ident,
    pub(super) generics: Generics,
    pub(super) own: Own,
    pub(super) docs: Vec<Attribute>,
    pub(super) serde: Vec<Serde>,
    /// `#[garde(…)]`, for garde.
    pub(super) garde: Vec<Attribute>,
    pub(super) data: Data,
}

/// What is in it.
pub(super) enum Data {
    Struct(Shape),
    Enum(Vec<Variant>),
}

/// A variant of an enum.
pub(super) struct Variant {
    pub(super) docs: Vec<Attribute>,
    pub(super) ident: Ident,
    pub(super) serde: Vec<Serde>,
    pub(super) shape: Shape,
}

/// The fields of a struct or of a variant.
pub(super) struct Shape {
    pub(super) kind: Kind,
    pub(super) fields: Vec<Field>,
}

/// How the fields are written.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Kind {
    Named,
    Tuple,
    Unit,
}

/// A field.
pub(super) struct Field {
    /// Its name, where the fields have names.
    pub(super) ident: Option<Ident>,
    pub(super) ty: Type,
    pub(super) serde: Vec<Serde>,
    pub(super) garde: Vec<Attribute>,
    /// The rules in `garde`, taken apart.
    pub(super) rules: Vec<Rule>,
    pub(super) own: Own,
    pub(super) docs: Vec<Attribute>,
}

/// An attribute of serde's, and what it says, as far as it can be told.
pub(super) struct Serde {
    pub(super) attribute: Attribute,
    pub(super) metas: Vec<Meta>,
}

impl Kind {
    /// The kind of the fields as they are written.
    pub(super) const fn of(fields: &Fields) -> Self {
        match fields {
            Fields::Named(_) => Self::Named,
            Fields::Unnamed(_) => Self::Tuple,
            Fields::Unit => Self::Unit,
        }
    }
}

impl Container {
    /// All fields, of all variants.
    pub(super) fn fields(&self) -> impl Iterator<Item = &Field> {
        self.shapes().flat_map(|shape| &shape.fields)
    }

    /// The struct's fields, or those of each variant.
    pub(super) fn shapes(&self) -> impl Iterator<Item = &Shape> {
        self.shapes_by_name().map(|(_, shape)| shape)
    }

    /// The struct's fields, or those of each variant and its name.
    pub(super) fn shapes_by_name(&self) -> impl Iterator<Item = (Option<&Ident>, &Shape)> {
        let (single, variants) = match &self.data {
            Data::Struct(shape) => (Some(shape), None),
            Data::Enum(variants) => (None, Some(variants)),
        };
        single
            .into_iter()
            .map(|shape| (None, shape))
            .chain(variants.into_iter().flatten().map(|variant| (Some(&variant.ident), &variant.shape)))
    }
}

impl Field {
    /// Whether no client can set it, because serde does not read it.
    pub(super) fn is_not_read(&self) -> bool {
        says(&self.serde, "skip") || says(&self.serde, "skip_deserializing")
    }
}

/// Whether one of the attributes has the key.
pub(super) fn says(serde: &[Serde], key: &str) -> bool {
    meta(serde, key).is_some()
}

/// What the attributes say under the key.
pub(super) fn meta<'a>(serde: &'a [Serde], key: &str) -> Option<&'a Meta> {
    serde.iter().flat_map(|serde| &serde.metas).find(|meta| meta.path().is_ident(key))
}

/// The attributes with each entry as `change` has it.
pub(super) fn changed(serde: &[Serde], change: impl Fn(&Meta) -> Option<TokenStream>) -> TokenStream {
    let metas = serde.iter().flat_map(|serde| &serde.metas).filter_map(change);
    quote::quote!(#[serde(#(#metas),*)])
}

/// The attributes, as they were.
pub(super) fn written(serde: &[Serde]) -> TokenStream {
    serde.iter().map(|serde| quote::ToTokens::to_token_stream(&serde.attribute)).collect()
}
