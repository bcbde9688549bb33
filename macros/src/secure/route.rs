//! The route that an endpoint names: one method, one path, and a `Path<…>` that fits it as far as its type is written out.
//! Which fields a struct has no macro can see: that is asked when the router is secured.

use super::{
    arguments::{bare, innermost, parameter_of},
    attribute::Attribute,
    check::parse,
    function::Function,
    model::Route,
};
use crate::errors::Errors;
use portcullis_policy::{RoutePattern, suggest};
use syn::Type;

/// Types that axum reads from exactly one parameter.
const SINGLE: &[&str] = &[
    "bool", "char", "f32", "f64", "i8", "i16", "i32", "i64", "i128", "isize", "u8", "u16", "u32", "u64", "u128", "usize",
    "String",
];

/// The route, if one is named and sound.
pub(super) fn check(attribute: &Attribute, function: &Function, errors: &mut Errors) -> Option<Route> {
    let (first, others) = attribute.routes.split_first()?;
    for other in others {
        let message = format!(
            "an endpoint has one route, and `{} = {:?}` states it already; keep one of them, or write a handler for each",
            first.key,
            first.path.value()
        );
        errors.at(&other.key, message);
        parse::<RoutePattern>(&other.path, errors);
    }
    let path: RoutePattern = parse(&first.path, errors)?;
    for argument in function.arguments() {
        for ty in innermost(&argument.ty) {
            let ty = parameter_of(ty, "Valid").unwrap_or(ty);
            if let Some(inner) = parameter_of(ty, "Path") {
                check_path(&path, ty, inner, errors);
            }
        }
    }
    Some(Route { method: first.method.clone(), path })
}

/// Whether `Path<inner>` can be read from the parameters of the pattern.
fn check_path(path: &RoutePattern, ty: &Type, inner: &Type, errors: &mut Errors) {
    let names = suggest::list(path.parameters().iter().map(String::as_str));
    let count = path.parameters().len();
    if count == 0 {
        errors.at(
            ty,
            format!("`{path}` has no parameter to read; name it in the path, as in `/users/{{id}}`, or take the argument out"),
        );
    } else if let Some(length) = tuple(inner).filter(|length| *length != count) {
        let message = format!("`{path}` has {}, {names}, and this reads {length}; take as many as there are", parameters(count));
        errors.at(inner, message);
    } else if count > 1 && is_single(inner) {
        let remedy = format!("take a tuple of {count}, or a struct with a field for each");
        errors.at(inner, format!("`{path}` has {}, {names}, and this reads one; {remedy}", parameters(count)));
    }
}

fn parameters(count: usize) -> String {
    if count == 1 { "one parameter".to_owned() } else { format!("{count} parameters") }
}

/// The number of elements of a tuple that is written out. `()` reads nothing, and fits everything.
fn tuple(ty: &Type) -> Option<usize> {
    match bare(ty) {
        Type::Tuple(tuple) if !tuple.elems.is_empty() => Some(tuple.elems.len()),
        _ => None,
    }
}

/// Whether all that there is to say of a `Path<inner>` was said here.
pub(super) fn is_settled(inner: &Type) -> bool {
    tuple(inner).is_some() || is_single(inner)
}

fn is_single(ty: &Type) -> bool {
    match bare(ty) {
        Type::Path(path) => path.path.get_ident().is_some_and(|name| SINGLE.iter().any(|single| name == single)),
        _ => false,
    }
}
