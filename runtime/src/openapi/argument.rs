//! What the arguments of a handler read, found by type, so that no alias hides it.
//! Three tiers, of which the compiler takes the first that holds: types with schemas, types without, and what nobody knows.

use super::{
    schemas::Contract,
    serve::OpenApiDocument,
    sketch::{Known, Place, SchemaOf, Sketch, Untold},
};
use crate::Principal;
#[cfg(feature = "validation")]
use crate::{Cookie, Header};
use axum::{
    body::{Body, Bytes},
    extract::{Form, Json, Multipart, Path, Query, RawForm, Request},
};
use bytes::BytesMut;
use serde_json::json;
use std::{fmt, marker::PhantomData};

const JSON: &str = "application/json";
const FORM: &str = "application/x-www-form-urlencoded";
const MULTIPART: &str = "multipart/form-data";

/// An argument of a handler, by its type.
#[doc(hidden)]
pub struct Input<T>(PhantomData<fn() -> T>);

impl<T> Input<T> {
    /// The argument.
    pub const OF: Self = Self(PhantomData);
}

impl<T> fmt::Debug for Input<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Input")
    }
}

impl<T: Reads<Known>> Input<T> {
    /// Writes what it reads into the sketch.
    pub fn describe(&self, sketch: &mut Sketch<'_>) {
        T::read(sketch, true);
    }
}

/// An argument with types in it that have no schemas.
#[doc(hidden)]
pub trait OutlinedInput {
    /// Writes what it reads into the sketch.
    fn describe(&self, sketch: &mut Sketch<'_>);
}

impl<T: Reads<Untold>> OutlinedInput for Input<T> {
    fn describe(&self, sketch: &mut Sketch<'_>) {
        T::read(sketch, true);
    }
}

/// An argument that nothing is known of.
#[doc(hidden)]
pub trait AnyInput {
    /// Writes nothing.
    fn describe(&self, _: &mut Sketch<'_>) {}
}

impl<T> AnyInput for &Input<T> {}

/// An argument that something is known of. `K` says what of the types within it.
#[doc(hidden)]
pub trait Reads<K> {
    #[doc(hidden)]
    fn read(sketch: &mut Sketch<'_>, required: bool);
}

impl<K, T: Reads<K>> Reads<K> for Option<T> {
    fn read(sketch: &mut Sketch<'_>, _: bool) {
        T::read(sketch, false);
    }
}

impl<K, T: Reads<K>, Rejection> Reads<K> for Result<T, Rejection> {
    fn read(sketch: &mut Sketch<'_>, _: bool) {
        T::read(sketch, false);
    }
}

#[cfg(feature = "validation")]
impl<K, T: Reads<K>> Reads<K> for crate::Valid<T> {
    fn read(sketch: &mut Sketch<'_>, required: bool) {
        T::read(sketch, required);
        sketch.refuses(&[422]);
    }
}

impl<K: SchemaOf<T>, T> Reads<K> for Json<T> {
    fn read(sketch: &mut Sketch<'_>, required: bool) {
        let schema = K::of(sketch, Contract::Input);
        sketch.refuses(&[400, 415, 422]);
        sketch.reads(JSON, schema, required);
    }
}

impl<K: SchemaOf<T>, T> Reads<K> for Form<T> {
    fn read(sketch: &mut Sketch<'_>, required: bool) {
        let schema = K::of(sketch, Contract::Input);
        sketch.refuses(&[400, 415, 422]);
        sketch.reads(FORM, schema, required);
    }
}

#[cfg(feature = "multipart")]
impl<K: SchemaOf<T>, T> Reads<K> for crate::multipart::Multipart<T> {
    fn read(sketch: &mut Sketch<'_>, required: bool) {
        let schema = K::of(sketch, Contract::Input);
        sketch.refuses(&[400, 413, 415, 422]);
        sketch.reads(MULTIPART, schema, required);
    }
}

/// Arguments that read parameters.
macro_rules! parameters {
    ($($argument:ident: $place:ident;)*) => {$(
        impl<K: SchemaOf<T>, T> Reads<K> for $argument<T> {
            fn read(sketch: &mut Sketch<'_>, required: bool) {
                let schema = K::of(sketch, Contract::Input);
                sketch.refuses(&[400]);
                // What one of several schemas asks for is not asked for.
                sketch.parameters.push((Place::$place, if required { schema } else { json!({ "anyOf": [schema] }) }));
            }
        }
    )*};
}

parameters! {
    Path: Path;
    Query: Query;
}

#[cfg(feature = "validation")]
parameters! {
    Header: Header;
    Cookie: Cookie;
}

/// Who is calling is the policy's to say; who may be nobody is the handler's.
impl<K> Reads<K> for Principal {
    fn read(sketch: &mut Sketch<'_>, required: bool) {
        sketch.may_ask_who |= !required;
    }
}

impl<K> Reads<K> for OpenApiDocument {
    fn read(sketch: &mut Sketch<'_>, _: bool) {
        sketch.wants_document = true;
    }
}

/// Arguments that read the body as it is.
macro_rules! bodies {
    ($($argument:ty: $media_type:expr, $schema:tt, $refusals:expr;)*) => {$(
        impl<K> Reads<K> for $argument {
            fn read(sketch: &mut Sketch<'_>, _: bool) {
                sketch.refuses(&$refusals);
                sketch.reads($media_type, json!($schema), false);
            }
        }
    )*};
}

bodies! {
    Multipart: MULTIPART, { "type": "object" }, [400];
    String: "text/plain", { "type": "string" }, [400];
    RawForm: FORM, { "type": "object" }, [400, 415];
    Bytes: "*/*", {}, [];
    BytesMut: "*/*", {}, [];
    Body: "*/*", {}, [];
    Request: "*/*", {}, [];
}
