//! `Valid<Json<T>>`: a body of JSON. Refused by its media type before it is read, then by its syntax, its types, its rules.
//! A body that keeps them all is read straight into `T`, once.

use super::{Valid, body, check, document::Node, media_type};
use crate::Denial;
use axum::{
    Json,
    extract::{FromRequest, Request},
};
use garde::Validate;
use serde::de::DeserializeOwned;

/// A body is what an endpoint is about, so its errors do not say where it is.
const PART: &str = "";

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
        let body = body::read(request, state).await?;
        parse(&body).map(|value| Self(Json(value)))
    }
}

fn parse<T: DeserializeOwned + Validate<Context: Default>>(body: &[u8]) -> Result<T, Denial> {
    // All of it, and first: `serde_json` does not look into the strings that it skips.
    let text = str::from_utf8(body).map_err(|_| Denial::MalformedInput)?;
    match serde_json::from_str(text) {
        Ok(value) => check::rules(value, PART, || Node::from_json(text)),
        Err(_) => Err(match Node::from_json(text) {
            Some(document) => check::not_a::<T>(&document, PART),
            None => Denial::MalformedInput,
        }),
    }
}
