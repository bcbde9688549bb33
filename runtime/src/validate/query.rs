//! `Valid<Query<T>>`: the query of the URI, read as axum's `Query` reads it.
//! Every kind of error is the one that a body would get: 400 for a bad encoding, 422 for the rest.

use super::{InputBounds, Valid, encoded};
use crate::{Denial, RequestPart};
use axum::extract::{FromRequestParts, Query};
use garde::Validate;
use http::{Uri, request::Parts};
use serde::de::DeserializeOwned;

const PART: RequestPart = RequestPart::Query;

impl<T, S> FromRequestParts<S> for Valid<Query<T>>
where
    T: DeserializeOwned + Validate<Context: Default>,
    S: Send + Sync,
{
    type Rejection = Denial;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Self::Rejection> {
        parse(&parts.uri, InputBounds::of(&parts.extensions)).map(|value| Self(Query(value)))
    }
}

/// Reads and checks the query; a form that comes with a GET is in there, too.
pub(super) fn parse<T: DeserializeOwned + Validate<Context: Default>>(uri: &Uri, bounds: InputBounds) -> Result<T, Denial> {
    encoded::read(uri.query().unwrap_or_default().as_bytes(), bounds, PART)
}
