//! `Valid<…>`: the extractors whose input has kept the rules of its type before the handler sees it.
//! Refusals name every broken rule by its place in the input as it was sent, and never repeat what was sent.

mod body;
mod bounds;
mod check;
mod codes;
mod cookie;
mod document;
mod duplicates;
mod encoded;
mod fault;
mod form;
mod header;
mod json;
mod keys;
mod media_type;
#[cfg(feature = "multipart")]
pub(crate) mod multipart;
mod named;
mod names;
mod path;
mod pointer;
mod query;
mod read;
mod report;
#[cfg(test)]
pub(crate) mod tests;
mod word;
mod wrapped;

pub(crate) use self::fault::{GENERIC, plain};
pub use self::{bounds::InputBounds, cookie::Cookie, header::Header};
pub(crate) use self::{header::name as header_name, named::fields_of};

use std::ops::Deref;

/// Input that keeps the rules of its type: `Valid<Json<T>>`, `Valid<Form<T>>`, `Valid<Query<T>>`, `Valid<Path<T>>`,
/// `Valid<Header<T>>`, `Valid<Cookie<T>>`, with [`Header`] and [`Cookie`] of this crate, and with the feature `multipart` its
/// `Valid<Multipart<T>>`.
///
/// `T` is any type that implements `serde`'s `Deserialize` and [garde](https://docs.rs/garde)'s `Validate` with a context that
/// has a default. `garde` needs to be among your own dependencies, since its derive names it.
///
/// ```
/// use axum::{Json, body::Body, extract::{FromRequest, Request}};
/// use garde::Validate;
/// use portcullis::{Denial, Valid};
/// use serde::Deserialize;
///
/// #[derive(Deserialize, Validate)]
/// #[serde(rename_all = "camelCase", deny_unknown_fields)]
/// struct NewUser {
///     #[garde(length(chars, min = 3, max = 50), alphanumeric)]
///     user_name: String,
///     #[garde(range(max = 150))]
///     age: u8,
/// }
///
/// async fn create_user(Valid(Json(user)): Valid<Json<NewUser>>) -> String {
///     format!("{} is {}", user.user_name, user.age)
/// }
///
/// # fn post(body: &'static str) -> Request {
/// #     Request::post("/users").header("content-type", "application/json").body(Body::from(body)).unwrap()
/// # }
/// # tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(async {
/// let good = post(r#"{"userName": "alice", "age": 42}"#);
/// let user = Valid::<Json<NewUser>>::from_request(good, &()).await.unwrap();
/// assert_eq!(create_user(user).await, "alice is 42");
///
/// let bad = post(r#"{"userName": "al!", "age": 200}"#);
/// let Err(Denial::InvalidInput(errors)) = Valid::<Json<NewUser>>::from_request(bad, &()).await else { panic!() };
/// let shown: Vec<_> = errors.iter().map(|error| (error.pointer.as_str(), error.detail.as_str())).collect();
/// assert_eq!(shown, [("#/age", "greater than 150"), ("#/userName", "not alphanumeric")]);
/// # });
/// ```
///
/// # Refusals
///
/// | the input | status | |
/// | --- | --- | --- |
/// | has another media type, or two, or another charset than UTF-8 | 415 | before the body is read |
/// | is larger than the endpoint takes | 413 | |
/// | is not JSON, has a bad `%` escape or a NUL behind one, is not UTF-8 | 400 | |
/// | nests deeper or has more parts than its [`InputBounds`] | 400 | as soon as that is seen |
/// | has a key or a name twice | 422 | every one, up to a hundred: `duplicate` |
/// | is not a `T` | 422 | the first place: `type`, `required`, `unknown_field` or `duplicate` |
/// | breaks a rule | 422 | every one, up to a hundred: `length`, `range`, `email` and so on, by the rule; `rule` for one of your own |
///
/// A parameter of a path or a query that is not of its type is a 422 as well. Every error says in which [part](crate::RequestPart) of the
/// request it is.
///
/// # Numbers
///
/// A number of JSON is read as what it is written as: `1.0` is no integer, `"1"` no number, and an integer of more than 64 bits is refused,
/// since programs do not agree on what it is (RFC 7493 §2.2). Take such a one as text.
///
/// # Pointers
///
/// An error points to its place in the names of the wire: `#/address/postCode`. What serde knows, it knows by those names. garde
/// knows Rust's names, and they are matched with the declared ones by their letters, which covers every `rename_all`. Where the
/// name on the wire cannot be told, the error points to the parent: a `#[serde(rename = "zip")]` of a field with other letters
/// (call the field `zip`); the keys of a map, which are the client's; a field that is flattened into another struct; what is in
/// an enum that is tagged internally or not at all. An index into a set counts in the order of the set.
///
/// # What is never repeated
///
/// No part of the input is in an error: not the value, nor the name of an unknown field, nor the text of an error of your own
/// `Deserialize`, which may quote it. The text of a rule is garde's or, for `custom` rules, your own: do not put the value there,
/// nor take a bound from another field of the input (`range(max = self.limit)`), which garde puts there.
///
/// # By hand
///
/// The field is public so that a handler can destructure it. Whoever writes `Valid(…)` as an expression, as a test of a handler
/// does, claims that the input keeps its rules; nothing checks the claim.
#[derive(Clone, Copy, Debug)]
pub struct Valid<E>(pub E);

impl<E> Deref for Valid<E> {
    type Target = E;

    fn deref(&self) -> &E {
        &self.0
    }
}
