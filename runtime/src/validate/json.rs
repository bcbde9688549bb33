//! `Valid<Json<T>>`: a body of JSON. Refused by its media type before it is read, then by its bounds and its syntax, its types, its rules.
//! It is parsed once, into a document, and `T` is read out of that.

mod tree;

use super::{InputBounds, Valid, body, check, duplicates, media_type};
use crate::{Denial, RequestPart};
use axum::{
    Json,
    extract::{FromRequest, Request},
};
use garde::Validate;
use serde::de::DeserializeOwned;

const PART: RequestPart = RequestPart::Body;

impl<T, S> FromRequest<S> for Valid<Json<T>>
where
    T: DeserializeOwned + Validate<Context: Default>,
    S: Send + Sync,
{
    type Rejection = Denial;

    async fn from_request(request: Request, state: &S) -> Result<Self, Self::Rejection> {
        if !media_type::is_json(request.headers()) {
            return Err(Denial::UnsupportedMediaType { expected: media_type::JSON });
        }
        let bounds = InputBounds::of(request.extensions());
        let body = body::read(request, state).await?;
        parse(&body, bounds).map(|value| Self(Json(value)))
    }
}

fn parse<T: DeserializeOwned + Validate<Context: Default>>(body: &[u8], bounds: InputBounds) -> Result<T, Denial> {
    let (document, repeats) = tree::read(body, bounds)?;
    if repeats {
        return Err(duplicates::denial::<T>(document, PART));
    }
    check::read(&document, PART)
}

/// The document of a text, for tests.
#[cfg(test)]
pub(super) fn document(text: &str) -> Option<super::document::Node<'_>> {
    tree::read(text.as_bytes(), InputBounds::default()).ok().map(|(document, _)| document)
}
