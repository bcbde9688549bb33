//! `Valid<Path<T>>`: the parameters of the path, read as axum's `Path` reads them.
//! A parameter that is not of its type is a 422 like any other input; a route that does not fit the type is a 500.

use super::{Valid, check, document::Node, fault::Fault, pointer::Segment};
use crate::{Denial, RequestPart};
use axum::extract::{FromRequestParts, Path, RawPathParams, path::ErrorKind, rejection::PathRejection};
use garde::Validate;
use http::request::Parts;
use serde::de::DeserializeOwned;

const PART: RequestPart = RequestPart::Path;

impl<T, S> FromRequestParts<S> for Valid<Path<T>>
where
    T: DeserializeOwned + Validate<Context: Default> + Send,
    S: Send + Sync,
{
    type Rejection = Denial;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Self::Rejection> {
        // The end of a text to much that a parameter may be handed on to, and in no path that means well.
        if parts.uri.path().contains("%00") {
            return Err(Denial::MalformedInput);
        }
        match Path::<T>::from_request_parts(parts, state).await {
            Ok(Path(value)) if value.validate().is_ok() => Ok(Self(Path(value))),
            Ok(_) => match RawPathParams::from_request_parts(parts, state).await {
                Ok(parameters) => Err(input::<T>(sole(&parameters), &parameters).unwrap_or(Denial::MalformedInput)),
                Err(_) => Err(Denial::MalformedInput),
            },
            Err(PathRejection::FailedToDeserializePathParams(failure)) => {
                match RawPathParams::from_request_parts(parts, state).await {
                    Ok(parameters) => Err(denial::<T>(failure.kind(), &parameters)),
                    // The one thing that makes this fail where there are parameters is an escape that is not UTF-8.
                    Err(_) => Err(Denial::MalformedInput),
                }
            }
            Err(_) => Err(Denial::Misconfigured("`Valid<Path<…>>` is extracted where the route has no parameters")),
        }
    }
}

/// The parameters as a document: the names are the route's, never the client's.
fn document(parameters: &RawPathParams) -> Node<'_> {
    Node::from_pairs(parameters.iter().map(|(name, value)| (name.into(), value.into())), true)
}

/// The name of the only parameter.
fn sole(parameters: &RawPathParams) -> Option<&str> {
    let mut names = parameters.iter().map(|(name, _)| name);
    names.next().filter(|_| names.next().is_none())
}

/// The denial for parameters that an input type refuses by its rules; `sole` is the name of the only one, which can be the input itself.
fn input<T: DeserializeOwned + Validate<Context: Default>>(sole: Option<&str>, parameters: &RawPathParams) -> Option<Denial> {
    check::broken_input::<T>(None, &document(parameters), PART).or_else(|| {
        let (_, value) = parameters.iter().next()?;
        check::broken_input::<T>(Some(sole?), &Node::Word(value.into()), PART)
    })
}

/// The denial for parameters that are not a `T`. What axum quotes of the path is left out.
fn denial<T: DeserializeOwned + Validate<Context: Default>>(kind: &ErrorKind, parameters: &RawPathParams) -> Denial {
    let name = |index: usize| parameters.iter().nth(index).map(|(name, _)| name);
    let sole = sole(parameters);
    let (name, fault) = match kind {
        // An input type that breaks its rules, whether it has a field of that name or is the parameter itself.
        ErrorKind::Message(_) | ErrorKind::DeserializeError { .. } if let Some(denial) = input::<T>(sole, parameters) => {
            return denial;
        }
        ErrorKind::WrongNumberOfParameters { .. } | ErrorKind::UnsupportedType { .. } => {
            return Denial::Misconfigured("the type in `Valid<Path<…>>` does not fit the parameters of the route");
        }
        ErrorKind::InvalidUtf8InPathParam { .. } => return Denial::MalformedInput,
        ErrorKind::ParseErrorAtKey { key, expected_type, .. } => (Some(key.as_str()), Fault::expected_type(expected_type)),
        ErrorKind::ParseErrorAtIndex { index, expected_type, .. } => (name(*index), Fault::expected_type(expected_type)),
        ErrorKind::ParseError { expected_type, .. } => (sole, Fault::expected_type(expected_type)),
        ErrorKind::DeserializeError { key, .. } => (Some(key.as_str()), Fault::generic()),
        // Without a name, or of a kind that axum will yet add: the type is asked once more.
        _ if sole.is_none() => return check::denial::<T>(&document(parameters), PART),
        _ => (sole, Fault::generic()),
    };
    let fault = match name {
        Some(name) => fault.within(Segment::Name(name.to_owned())),
        None => fault,
    };
    Denial::InvalidInput(vec![fault.into_error(PART)])
}
