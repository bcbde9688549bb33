//! Whether the types of a handler's arguments can be read where the handler is routed, asked before a request could be the one to find out.
//! The macros ask by type: an inherent method is preferred to a trait's, and the telling types have one.

#[cfg(feature = "validation")]
mod named;
mod path;
#[cfg(test)]
mod tests;

use portcullis_policy::{RoutePattern, suggest};
use serde::de::DeserializeOwned;
use std::{fmt, marker::PhantomData};

/// An argument of a handler, by its type.
#[doc(hidden)]
pub struct Fit<T>(PhantomData<fn() -> T>);

impl<T> Fit<T> {
    /// The argument.
    pub const OF: Self = Self(PhantomData);
}

impl<T> fmt::Debug for Fit<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Fit")
    }
}

impl<T: Fits> Fit<T> {
    /// Notes what keeps it from being read.
    pub fn look(&self, fitting: &mut Fitting<'_>) {
        fitting.problems.extend(T::misfit(fitting.route));
    }
}

/// An argument that nothing is known of.
#[doc(hidden)]
pub trait AnyFit {
    /// Notes nothing.
    fn look(&self, _: &mut Fitting<'_>) {}
}

impl<T> AnyFit for &Fit<T> {}

/// A handler that is looked at, at one of its routes.
#[doc(hidden)]
#[derive(Debug)]
pub struct Fitting<'r> {
    route: &'r RoutePattern,
    problems: Vec<String>,
}

impl<'r> Fitting<'r> {
    /// What is wrong at the route with the arguments that `look` asks.
    pub(crate) fn problems(route: &'r RoutePattern, look: fn(&mut Fitting<'_>)) -> Vec<String> {
        let mut fitting = Self { route, problems: Vec::new() };
        look(&mut fitting);
        fitting.problems
    }
}

/// An argument that is read out of the route, or out of what a type has names for.
#[doc(hidden)]
pub trait Fits {
    /// Why it never can be read at this route, if so.
    fn misfit(route: &RoutePattern) -> Option<String>;
}

impl<T: DeserializeOwned> Fits for axum::extract::Path<T> {
    fn misfit(route: &RoutePattern) -> Option<String> {
        let names = route.parameters();
        let list = || suggest::list(names.iter().map(String::as_str));
        if names.is_empty() {
            return Some(format!("reads a parameter of its path, and `{route}` has none; name it, as in `/users/{{id}}`"));
        }
        let has = || match names.len() {
            1 => format!("`{route}` has one parameter, {}", list()),
            count => format!("`{route}` has {count} parameters, {}", list()),
        };
        match path::ask::<T>(names)? {
            path::Misfit::Count(count) => {
                Some(format!("reads {count} of the parameters of its path, and {}; take as many as there are", has()))
            }
            path::Misfit::Missing(field) => {
                let remedy = "name one so, or let the field be an `Option`";
                Some(format!("reads the parameter `{field}` of its path, and {}; {remedy}", has()))
            }
            path::Misfit::Undeclared(name) => Some(format!(
                "refuses the parameter `{name}` of `{route}`; add a field of that name to the type in its `Path<…>`"
            )),
            path::Misfit::Unreadable => {
                Some(format!("reads its path as what no path can be, and {}; take a struct or a tuple of them", has()))
            }
        }
    }
}

#[cfg(feature = "validation")]
impl<T: Fits> Fits for crate::Valid<T> {
    fn misfit(route: &RoutePattern) -> Option<String> {
        T::misfit(route)
    }
}
