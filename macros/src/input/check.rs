//! What is refused of what is written, each with what to write instead.
//! What only the compiler knows (what a type is behind its name) is asked of it by what is emitted.

use super::{
    bounds, fit,
    model::{Container, Data, Field, Kind, Serde, Shape, meta, says},
    types, values,
};
use crate::errors::Errors;
use syn::{Meta, spanned::Spanned};

/// Reports every mistake.
pub(super) fn check(container: &Container, errors: &mut Errors) {
    own_reading(&container.serde, errors);
    for attribute in &container.garde {
        if attribute.parse_args::<Meta>().is_ok_and(|meta| meta.path().is_ident("allow_unvalidated")) {
            errors
                .at(&attribute.meta, "an input has a rule for each field: write `#[garde(skip)]` on those that may be anything");
        }
    }
    container.fields().for_each(|field| self::field(field, errors));
    flattened(container, errors);
    for field in container.shapes().flat_map(|shape| bounds::of_parameters(shape, &container.generics)) {
        errors.at(
            field,
            format!(
                "nothing says how long a `{0}` may be, which is any type: write `#[garde(dive)]` and the bound `{0}: Input`, or say why \
                 nothing does with `#[input(unbounded = \"only numbers are put there\")]`",
                types::written(field)
            ),
        );
    }
}

/// What serde would do in the place of the reading that is checked.
fn own_reading(serde: &[Serde], errors: &mut Errors) {
    if let Some(found) = meta(serde, "remote") {
        errors.at(found, "`remote` reads another type than this one; derive `Input` on a type of your own with these fields");
    }
    if let Some(found) = meta(serde, "crate") {
        errors.at(found, "`Input` brings its own serde; say where with `#[input(crate = my_framework::portcullis)]`");
    }
}

fn field(field: &Field, errors: &mut Errors) {
    field.rules.iter().for_each(|rule| values::check(rule, errors));
    // What is left to ask is asked by what is emitted.
    let _ = fit::check(field, errors);
    if field.is_not_read() || !field.rules.is_empty() || !field.garde.is_empty() {
        return;
    }
    let rule = "say what it may be, as in `#[garde(length(max = 100))]`, `#[garde(range(min = 0))]` or `#[garde(dive)]`, or that it may be \
                anything with `#[garde(skip)]`";
    match &field.ident {
        Some(ident) => errors.at(ident, format!("`{ident}` has no rule: {rule}")),
        None => errors.push(syn::Error::new(field.ty.span(), format!("this field has no rule: {rule}"))),
    }
}

/// Where the fields of another type are among those of this one, serde has to know them all to tell those that nobody declares.
fn flattened(container: &Container, errors: &mut Errors) {
    let fields = container.fields().filter_map(|field| Some((field, meta(&field.serde, "flatten")?)));
    for (field, found) in fields {
        let ty = types::written(&field.ty);
        if !matches!(&container.data, Data::Struct(Shape { kind: Kind::Named, .. })) {
            errors.at(found, "`flatten` is for the fields of a struct; give the variant a struct of its own, or nest the field without `flatten`");
        } else if container.generics.type_params().next().is_some() {
            errors.at(found, "`flatten` is for a struct without type parameters; nest the field without `flatten`");
        } else if let Some(other) = OWN_READING.into_iter().find_map(|key| meta(&field.serde, key)) {
            errors.at(other, "what is flattened is read by its own `Input`; leave this out, or nest the field without `flatten`");
        } else if types::known(&field.ty).is_some() || types::Class::of(&field.ty) != types::Class::Unknown {
            errors.at(
                found,
                format!(
                    "`flatten` is for a struct that derives `Input`, and `{ty}` would take any field, or hide a mistake in one: write its \
                     fields out, or nest it without `flatten`"
                ),
            );
        }
    }
}

/// The keys with which a field is read in another way.
const OWN_READING: [&str; 4] = ["with", "deserialize_with", "default", "skip_deserializing"];

/// Whether another struct may have the fields of this type among its own.
pub(super) fn can_be_flattened(container: &Container) -> bool {
    const OTHERWISE: [&str; 5] = ["transparent", "from", "try_from", "tag", "untagged"];
    matches!(&container.data, Data::Struct(Shape { kind: Kind::Named, .. }))
        && !OTHERWISE.into_iter().any(|key| says(&container.serde, key))
        && !container.fields().any(|field| says(&field.serde, "flatten"))
}

/// Whether serde is to refuse the fields that are not declared, where it can and does not yet.
pub(super) fn denies_unknown_fields(container: &Container) -> bool {
    !["deny_unknown_fields", "transparent"].into_iter().any(|key| says(&container.serde, key))
}
