//! `Valid<Query<T>>`: the query of the URI, read as axum's `Query` reads it.
//! Every kind of error is the one that a body would get: 400 for a bad encoding, 422 for the rest.

use super::{Valid, check, document::Node, encoded};
use crate::Denial;
use axum::extract::{FromRequestParts, Query};
use garde::Validate;
use http::{Uri, request::Parts};
use serde::de::DeserializeOwned;

const PART: &str = " (in the query)";

impl<T, S> FromRequestParts<S> for Valid<Query<T>>
where
    T: DeserializeOwned + Validate<Context: Default>,
    S: Send + Sync,
{
    type Rejection = Denial;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Self::Rejection> {
        parse(&parts.uri).map(|value| Self(Query(value)))
    }
}

/// Reads and checks the query; a form that comes with a GET is in there, too.
pub(super) fn parse<T: DeserializeOwned + Validate<Context: Default>>(uri: &Uri) -> Result<T, Denial> {
    if !encoded::is_well_formed(uri.query().unwrap_or_default().as_bytes()) {
        return Err(Denial::MalformedInput);
    }
    match Query::<T>::try_from_uri(uri) {
        Ok(Query(value)) => check::rules(value, PART, || document(uri)),
        Err(_) => Err(document(uri).map_or(Denial::MalformedInput, |document| check::not_a::<T>(&document, PART))),
    }
}

fn document(uri: &Uri) -> Option<Node<'static>> {
    encoded::pairs(uri.query().unwrap_or_default().as_bytes()).map(|pairs| Node::from_pairs(pairs, false))
}
