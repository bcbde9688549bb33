//! The extractors from the outside: requests in, values or denials out.
//! Here is what the tests share; each file below is about one thing.

mod inputs;
mod no_echo;
mod parameters;
mod refusals;
mod wire_names;

use super::Valid;
use crate::{Denial, Problem, RequestPart};
use axum::{
    Form, Json,
    body::Body,
    extract::{FromRequest, Query, Request},
};
use garde::Validate;
use serde::de::DeserializeOwned;

/// Whether the type is read out of a document, as it is for its errors.
pub(crate) fn reads_document<T: DeserializeOwned>(json: &str) -> bool {
    super::json::document(json).is_some_and(|document| T::deserialize(&document).is_ok())
}

pub(super) fn json_request(body: impl Into<Body>) -> Request {
    Request::post("/").header("content-type", "application/json").body(body.into()).unwrap()
}

pub(super) fn form_request(body: impl Into<Body>) -> Request {
    Request::post("/").header("content-type", "application/x-www-form-urlencoded").body(body.into()).unwrap()
}

pub(crate) async fn json<T: DeserializeOwned + Validate<Context: Default>>(body: impl Into<Body>) -> Result<T, Denial> {
    Valid::<Json<T>>::from_request(json_request(body), &()).await.map(|Valid(Json(value))| value)
}

pub(super) async fn form<T: DeserializeOwned + Validate<Context: Default> + Send>(body: impl Into<Body>) -> Result<T, Denial> {
    Valid::<Form<T>>::from_request(form_request(body), &()).await.map(|Valid(Form(value))| value)
}

pub(super) async fn query<T: DeserializeOwned + Validate<Context: Default>>(query: &str) -> Result<T, Denial> {
    let request = Request::get(format!("/?{query}")).body(Body::empty()).unwrap();
    Valid::<Query<T>>::from_request(request, &()).await.map(|Valid(Query(value))| value)
}

/// The pointers and codes of a 422, sorted.
pub(crate) fn places<T>(outcome: Result<T, Denial>) -> Vec<String> {
    let Err(Denial::InvalidInput(errors)) = outcome else {
        panic!("not a 422: {:?}", outcome.err());
    };
    let mut places: Vec<_> = errors.iter().map(|error| format!("{} {}", error.pointer, error.code)).collect();
    places.sort();
    places
}

/// The details of a 422, in order.
pub(crate) fn details<T>(outcome: Result<T, Denial>) -> Vec<String> {
    told(outcome).into_iter().map(|(_, detail)| detail).collect()
}

/// The parts of the request and the details of a 422, in order.
pub(super) fn told<T>(outcome: Result<T, Denial>) -> Vec<(RequestPart, String)> {
    let Err(Denial::InvalidInput(errors)) = outcome else {
        panic!("not a 422: {:?}", outcome.err());
    };
    errors.into_iter().map(|error| (error.part, error.detail)).collect()
}

/// Everything that a client or a log could see of a denial.
pub(super) fn shown(denial: &Denial) -> String {
    format!("{denial} {denial:?} {}", serde_json::to_string(&Problem::of(denial)).unwrap())
}
