//! `Valid<Form<T>>`: an encoded form, in the body or, as HTML has it, in the query of a GET.
//! Refused by its media type before it is read, then by its encoding, its types, its rules.

use super::{Valid, body, check, document::Node, encoded, media_type, query};
use crate::Denial;
use axum::{
    Form,
    body::{Body, Bytes},
    extract::{DefaultBodyLimit, FromRequest, Request},
};
use garde::Validate;
use http::{HeaderValue, Method, header::CONTENT_TYPE};
use serde::de::DeserializeOwned;

const PART: &str = " (in the form)";

impl<T, S> FromRequest<S> for Valid<Form<T>>
where
    T: DeserializeOwned + Validate<Context: Default>,
    S: Send + Sync,
{
    type Rejection = Denial;

    async fn from_request(request: Request, state: &S) -> Result<Self, Self::Rejection> {
        if matches!(*request.method(), Method::GET | Method::HEAD) {
            return query::parse(request.uri()).map(|value| Self(Form(value)));
        }
        if !media_type::is_form(request.headers()) {
            return Err(Denial::UnsupportedMediaType { expected: media_type::FORM });
        }
        let body = body::read(request, state).await?;
        if !encoded::is_well_formed(&body) {
            return Err(Denial::MalformedInput);
        }
        let document = || encoded::pairs(&body).map(|pairs| Node::from_pairs(pairs, false));
        match decode(body.clone()).await {
            Some(value) => check::rules(value, PART, document).map(|value| Self(Form(value))),
            None => Err(document().map_or(Denial::MalformedInput, |document| check::not_a::<T>(&document, PART))),
        }
    }
}

/// The form that axum's `Form` reads out of a body that is here already.
async fn decode<T: DeserializeOwned>(body: Bytes) -> Option<T> {
    let mut request = Request::new(Body::from(body));
    *request.method_mut() = Method::POST;
    request.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static(media_type::FORM));
    // Whoever let it come this far has bounded it.
    DefaultBodyLimit::disable().apply(&mut request);
    Form::from_request(request, &()).await.ok().map(|Form(value)| value)
}
