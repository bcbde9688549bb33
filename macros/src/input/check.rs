//! What is refused of what is written, each with what to write instead.
//! What only the compiler knows (what a type is behind its name) is asked of it by what is emitted.

use super::{
    bounds, fit,
    model::{Container, Field, Serde, meta, says},
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
    if let Some(found) = meta(&field.serde, "flatten") {
        errors.at(
            found,
            "serde cannot refuse unknown fields where a field is flattened; write the fields of the inner type out, or nest it without \
             `flatten`",
        );
    }
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

/// Whether serde is to refuse the fields that are not declared, where it can and does not yet.
pub(super) fn denies_unknown_fields(container: &Container) -> bool {
    !["deny_unknown_fields", "transparent"].into_iter().any(|key| says(&container.serde, key))
}
