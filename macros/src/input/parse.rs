//! From tokens to the model: which attribute is whose, and what ours say.
//! Attributes of other macros are left out of it; they are on the user's own type.

use super::{
    model::{Container, Data, Field, Kind, Serde, Shape, Variant},
    own::Own,
    rules,
};
use crate::errors::Errors;
use syn::{
    Attribute, DeriveInput, Fields, GenericParam, Meta, Token, Type, parse_quote,
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
                        docs: for_schema(&variant.attrs),
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
    let own = Own::of(&attrs, false, errors);
    Some(Container {
        own,
        docs: for_schema(&attrs),
        serde: serde(&attrs, errors),
        garde: named(&attrs, "garde"),
        ident,
        generics,
        data,
    })
}

fn shape(fields: Fields, this: &Type, errors: &mut Errors) -> Shape {
    let kind = Kind::of(&fields);
    Shape { kind, fields: fields.into_iter().map(|field| self::field(field, this, errors)).collect() }
}

pub(super) fn field(field: syn::Field, this: &Type, errors: &mut Errors) -> Field {
    let syn::Field { attrs, ident, mut ty, .. } = field;
    Named(this).visit_type_mut(&mut ty);
    let garde = named(&attrs, "garde");
    Field {
        ident,
        ty,
        serde: serde(&attrs, errors),
        rules: rules::of(&garde, errors),
        garde,
        own: Own::of(&attrs, true, errors),
        docs: for_schema(&attrs),
    }
}

/// Puts the type's name for `Self`, which means another type in the copies of it.
pub(crate) struct Named<'a>(pub(crate) &'a Type);

impl VisitMut for Named<'_> {
    fn visit_type_mut(&mut self, ty: &mut Type) {
        match ty {
            Type::Path(path) if path.path.is_ident("Self") => *ty = self.0.clone(),
            _ => visit_mut::visit_type_mut(self, ty),
        }
    }
}

/// What a schema is made of beside the rules.
fn for_schema(attributes: &[Attribute]) -> Vec<Attribute> {
    named(attributes, "doc").into_iter().chain(named(attributes, "schemars")).collect()
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
