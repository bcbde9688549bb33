//! `Valid<Form<T>>`: an encoded form, in the body or, as HTML has it, in the query of a GET.
//! Refused by its media type before it is read, then by its bounds and its encoding, its types, its rules.

use super::{InputBounds, Valid, body, encoded, media_type, query};
use crate::{Denial, RequestPart};
use axum::{
    Form,
    extract::{FromRequest, Request},
};
use garde::Validate;
use http::Method;
use serde::de::DeserializeOwned;

const PART: RequestPart = RequestPart::Body;

impl<T, S> FromRequest<S> for Valid<Form<T>>
where
    T: DeserializeOwned + Validate<Context: Default>,
    S: Send + Sync,
{
    type Rejection = Denial;

    async fn from_request(request: Request, state: &S) -> Result<Self, Self::Rejection> {
        let bounds = InputBounds::of(request.extensions());
        if matches!(*request.method(), Method::GET | Method::HEAD) {
            return query::parse(request.uri(), bounds).map(|value| Self(Form(value)));
        }
        if !media_type::is_form(request.headers()) {
            return Err(Denial::UnsupportedMediaType { expected: media_type::FORM });
        }
        let body = body::read(request, state).await?;
        encoded::read(&body, bounds, PART).map(|value| Self(Form(value)))
    }
}
