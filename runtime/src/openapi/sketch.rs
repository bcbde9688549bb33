//! What the types of a handler say, collected: parameters, body, answers, and the refusals that reading them can end in.
//! Written by the probes, read when the operation is put together.

use super::schemas::{Contract, Schemas};
use schemars::JsonSchema;
use serde_json::Value;
use std::collections::BTreeSet;

/// Collects what the types of one handler say.
#[doc(hidden)]
#[derive(Debug)]
pub struct Sketch<'a> {
    schemas: &'a mut Schemas,
    pub(super) parameters: Vec<(Place, Value)>,
    pub(super) body: Option<Body>,
    pub(super) answers: Vec<Told>,
    /// The statuses of the refusals that the arguments can end in.
    pub(super) refusals: BTreeSet<u16>,
    /// Whether the handler asks who is calling and takes nobody for an answer.
    pub(super) may_ask_who: bool,
    /// Whether the handler wants the document.
    pub(super) wants_document: bool,
}

/// Where parameters are.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Place {
    Path,
    Query,
    Header,
    Cookie,
}

impl Place {
    /// The word of OpenAPI.
    pub(super) const fn word(self) -> &'static str {
        match self {
            Self::Path => "path",
            Self::Query => "query",
            Self::Header => "header",
            Self::Cookie => "cookie",
        }
    }
}

/// The body that a handler reads.
#[derive(Debug)]
pub(super) struct Body {
    pub(super) media_type: &'static str,
    pub(super) schema: Value,
    pub(super) required: bool,
}

/// An answer of a handler.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Told {
    pub(super) status: &'static str,
    /// The media type and the schema, unless there is no body, or nothing is known of it.
    pub(super) content: Option<(&'static str, Value)>,
    /// Whether an error can come as a problem.
    pub(super) is_problem: bool,
}

/// What `Json<T>` and its like know of `T`.
#[doc(hidden)]
pub trait SchemaOf<T> {
    #[doc(hidden)]
    fn of(sketch: &mut Sketch<'_>, contract: Contract) -> Value;
}

/// The types have schemas.
#[doc(hidden)]
#[derive(Debug)]
pub enum Known {}

impl<T: JsonSchema> SchemaOf<T> for Known {
    fn of(sketch: &mut Sketch<'_>, contract: Contract) -> Value {
        sketch.schemas.of::<T>(contract)
    }
}

/// Nothing is known of the types within.
#[doc(hidden)]
#[derive(Debug)]
pub enum Untold {}

impl<T> SchemaOf<T> for Untold {
    fn of(_: &mut Sketch<'_>, _: Contract) -> Value {
        Value::Object(serde_json::Map::new())
    }
}

impl<'a> Sketch<'a> {
    pub(super) fn new(schemas: &'a mut Schemas) -> Self {
        Self {
            schemas,
            parameters: Vec::new(),
            body: None,
            answers: Vec::new(),
            refusals: BTreeSet::new(),
            may_ask_who: false,
            wants_document: false,
        }
    }

    pub(super) fn schemas(&mut self) -> &mut Schemas {
        self.schemas
    }

    pub(super) fn refuses(&mut self, statuses: &[u16]) {
        self.refusals.extend(statuses);
    }

    /// There is one body, and the last argument reads it.
    pub(super) fn reads(&mut self, media_type: &'static str, schema: Value, required: bool) {
        self.refuses(&[408]);
        self.body = Some(Body { media_type, schema, required });
    }

    pub(super) fn answers(&mut self, status: &'static str, content: Option<(&'static str, Value)>) {
        self.tells(Told { status, content, is_problem: false });
    }

    /// The handler can answer with a problem, or with a bare status, of which the guard makes one.
    pub(super) fn answers_problem(&mut self, status: &'static str) {
        self.tells(Told { status, content: None, is_problem: true });
    }

    fn tells(&mut self, told: Told) {
        if !self.answers.contains(&told) {
            self.answers.push(told);
        }
    }
}
