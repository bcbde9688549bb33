//! What a handler answers with, found by type, in the same three tiers as its arguments.
//! A status that is a value and no type is `2XX` where the handler succeeds, and `default` where it does not; `crate::Status` is a type.

use super::{
    schemas::Contract,
    serve::OpenApiDocument,
    sketch::{Known, SchemaOf, Sketch, Untold},
};
use crate::Denial;
use axum::{
    body::{Body, Bytes},
    extract::Json,
    response::{AppendHeaders, Html, NoContent, Redirect, Response},
};
use bytes::BytesMut;
use http::{Extensions, HeaderMap, StatusCode};
use serde_json::{Value, json};
use std::{borrow::Cow, fmt, marker::PhantomData};

/// The answer of a handler, by its type.
#[doc(hidden)]
pub struct Answer<T>(PhantomData<fn() -> T>);

impl<T> Answer<T> {
    /// The answer.
    pub const OF: Self = Self(PhantomData);
}

impl<T> fmt::Debug for Answer<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Answer")
    }
}

/// What an answer says of how the handler fared.
#[doc(hidden)]
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Outcome {
    /// The answer of a handler that returns no `Result`, or its `Ok`.
    Success,
    /// The `Err` of a handler's `Result`.
    Failure,
}

impl<T: Gives<Known>> Answer<T> {
    /// Writes what it is into the sketch.
    pub fn describe(&self, sketch: &mut Sketch<'_>, outcome: Outcome) {
        T::give(sketch, Status::of(outcome));
    }
}

/// An answer with types in it that have no schemas.
#[doc(hidden)]
pub trait OutlinedAnswer {
    /// Writes what it is into the sketch.
    fn describe(&self, sketch: &mut Sketch<'_>, outcome: Outcome);
}

impl<T: Gives<Untold>> OutlinedAnswer for Answer<T> {
    fn describe(&self, sketch: &mut Sketch<'_>, outcome: Outcome) {
        T::give(sketch, Status::of(outcome));
    }
}

/// An answer that nothing is known of.
#[doc(hidden)]
pub trait AnyAnswer {
    /// Writes that it can be anything.
    fn describe(&self, sketch: &mut Sketch<'_>, outcome: Outcome);
}

impl<T> AnyAnswer for &Answer<T> {
    fn describe(&self, sketch: &mut Sketch<'_>, outcome: Outcome) {
        anything(sketch, Status::of(outcome));
    }
}

/// What is known of a status from the types.
#[doc(hidden)]
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Status {
    /// The one that the type of the body has by itself.
    Own,
    /// Some value, of a handler that succeeded.
    Chosen,
    /// The one that a type around the body says.
    Said(&'static str),
    /// The handler did not succeed.
    Failure,
}

impl Status {
    fn of(outcome: Outcome) -> Self {
        match outcome {
            Outcome::Success => Self::Own,
            Outcome::Failure => Self::Failure,
        }
    }

    fn or(self, own: &'static str) -> &'static str {
        match self {
            Self::Own => own,
            Self::Chosen => "2XX",
            Self::Said(code) => code,
            Self::Failure => "default",
        }
    }
}

/// An answer of which the status is not known, or nothing is.
pub(super) fn anything(sketch: &mut Sketch<'_>, status: Status) {
    if let Status::Said(code) = status {
        return sketch.answers(code, None);
    }
    if status != Status::Failure {
        sketch.answers("2XX", None);
    }
    sketch.answers("default", None);
}

/// An answer that something is known of. `K` says what of the types within it.
#[doc(hidden)]
pub trait Gives<K> {
    #[doc(hidden)]
    fn give(sketch: &mut Sketch<'_>, status: Status);
}

impl<K: SchemaOf<T>, T> Gives<K> for Json<T> {
    fn give(sketch: &mut Sketch<'_>, status: Status) {
        let schema = K::of(sketch, Contract::Output);
        sketch.answers(status.or("200"), Some(("application/json", schema)));
    }
}

/// The macro looks at an error that is written out by itself, since it may be of a type that nothing is known of.
impl<K, T: Gives<K>, E> Gives<K> for Result<T, E> {
    fn give(sketch: &mut Sketch<'_>, status: Status) {
        T::give(sketch, status);
    }
}

/// What stands before the body in a tuple.
#[doc(hidden)]
pub trait Part {
    /// Whether it chooses the status.
    const STATUS: bool = false;
}

impl Part for StatusCode {
    const STATUS: bool = true;
}
impl Part for HeaderMap {}
impl Part for Extensions {}
impl<I> Part for AppendHeaders<I> {}
impl<K, V, const N: usize> Part for [(K, V); N] {}

fn after<K, R: Gives<K>>(sketch: &mut Sketch<'_>, status: Status, chosen: bool) {
    match status {
        Status::Own if chosen => {
            R::give(sketch, Status::Chosen);
            sketch.answers("default", None);
        }
        status => R::give(sketch, status),
    }
}

impl<K, A: Part, R: Gives<K>> Gives<K> for (A, R) {
    fn give(sketch: &mut Sketch<'_>, status: Status) {
        after::<K, R>(sketch, status, A::STATUS);
    }
}

impl<K, A: Part, B: Part, R: Gives<K>> Gives<K> for (A, B, R) {
    fn give(sketch: &mut Sketch<'_>, status: Status) {
        after::<K, R>(sketch, status, A::STATUS || B::STATUS);
    }
}

impl<K, A: Part, B: Part, C: Part, R: Gives<K>> Gives<K> for (A, B, C, R) {
    fn give(sketch: &mut Sketch<'_>, status: Status) {
        after::<K, R>(sketch, status, A::STATUS || B::STATUS || C::STATUS);
    }
}

impl<const CODE: u16, R> crate::Status<CODE, R> {
    const DIGITS: [u8; 3] = [digit(Self::CODE, 100), digit(Self::CODE, 10), digit(Self::CODE, 1)];
    const TEXT: &str = match str::from_utf8(&Self::DIGITS) {
        Ok(text) => text,
        Err(_) => "default",
    };
}

const fn digit(code: StatusCode, place: u16) -> u8 {
    b'0'.saturating_add((code.as_u16() / place % 10) as u8)
}

impl<K, const CODE: u16, R: Gives<K>> Gives<K> for crate::Status<CODE, R> {
    fn give(sketch: &mut Sketch<'_>, _: Status) {
        R::give(sketch, Status::Said(Self::TEXT));
    }
}

/// Of a bare error the guard makes a problem.
impl<K> Gives<K> for StatusCode {
    fn give(sketch: &mut Sketch<'_>, status: Status) {
        if status != Status::Failure {
            sketch.answers("2XX", None);
        }
        sketch.answers_problem("default");
    }
}

impl<K> Gives<K> for () {
    fn give(sketch: &mut Sketch<'_>, status: Status) {
        match status {
            Status::Said(error) if error.starts_with(['4', '5']) => sketch.answers_problem(error),
            status => sketch.answers(status.or("200"), None),
        }
    }
}

impl<K> Gives<K> for Response {
    fn give(sketch: &mut Sketch<'_>, status: Status) {
        anything(sketch, status);
    }
}

/// A denial of the handler's own is a problem.
impl<K> Gives<K> for Denial {
    fn give(sketch: &mut Sketch<'_>, _: Status) {
        sketch.answers_problem("default");
    }
}

impl<K> Gives<K> for OpenApiDocument {
    fn give(sketch: &mut Sketch<'_>, _: Status) {
        sketch.answers("200", Some(("application/json", json!({ "type": "object" }))));
        sketch.answers("304", None);
    }
}

impl<K> Gives<K> for Redirect {
    fn give(sketch: &mut Sketch<'_>, status: Status) {
        sketch.answers(if status == Status::Own || status == Status::Chosen { "3XX" } else { status.or("3XX") }, None);
    }
}

macro_rules! bodies {
    ($(for[$($generics:tt)*] $answer:ty: $status:literal, $content:expr;)*) => {$(
        impl<$($generics)* K> Gives<K> for $answer {
            fn give(sketch: &mut Sketch<'_>, status: Status) {
                sketch.answers(status.or($status), $content);
            }
        }
    )*};
}

fn text(media_type: &'static str) -> Option<(&'static str, Value)> {
    Some((media_type, json!({ "type": "string" })))
}

/// JSON Schema describes no bytes; a media type without a schema does (OpenAPI 3.1, "Considerations for File Uploads").
fn bytes() -> Option<(&'static str, Value)> {
    Some(("application/octet-stream", json!({})))
}

bodies! {
    for[] NoContent: "204", None;
    for[T,] Html<T>: "200", text("text/html");
    for[] String: "200", text("text/plain");
    for['a,] &'a str: "200", text("text/plain");
    for['a,] Cow<'a, str>: "200", text("text/plain");
    for[] Box<str>: "200", text("text/plain");
    for[] Bytes: "200", bytes();
    for[] BytesMut: "200", bytes();
    for[] Vec<u8>: "200", bytes();
    for['a,] &'a [u8]: "200", bytes();
    for[] Body: "200", Some(("*/*", json!({})));
}
