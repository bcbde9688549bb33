//! `Valid<Json<T>>`: a body of JSON. Refused by its media type before it is read, then by its bounds and its syntax, its types, its rules.
//! A body that keeps them all is looked through once, and then read straight into `T`.

mod scan;

use super::{InputBounds, Valid, body, check, document::Node, duplicates, media_type};
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
    let repeats = scan::scan(body, bounds)?;
    if repeats {
        return Err(document(body).map_or(Denial::MalformedInput, |document| duplicates::denial::<T>(document, PART)));
    }
    match serde_json::from_slice(body) {
        Ok(value) => check::rules(value, PART, || document(body)),
        Err(_) => Err(document(body).map_or(Denial::MalformedInput, |document| check::not_a::<T>(&document, PART))),
    }
}

fn document(body: &[u8]) -> Option<Node<'_>> {
    Node::from_json(str::from_utf8(body).ok()?)
}
