//! What the rules of a field say in its schema: whatever keeps the schema is accepted, as far as JSON Schema has words for it.
//! Patterns are of what every engine reads alike, with the `u` flag and without: no `\p{…}`, and no characters beyond the first plane.

mod facts;
mod patterns;
#[cfg(test)]
mod tests;

pub use facts::{Fact, Told, Unit};
pub use serde_json::Value as Number;

use super::Texts;
use crate::answer::Written;
use schemars::{JsonSchema, Schema, SchemaGenerator};
use std::{fmt, marker::PhantomData};

/// A type, to be asked what its schema needs to know.
pub struct Shape<T: ?Sized>(PhantomData<fn() -> Box<T>>);

impl<T: ?Sized> Shape<T> {
    /// The type.
    pub const OF: Self = Self(PhantomData);
}

impl<T: ?Sized> fmt::Debug for Shape<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Shape")
    }
}

impl<T: Texts + ?Sized> Shape<T> {
    /// What its text may have of what is refused else.
    #[must_use]
    pub const fn text(&self, allowed: u8) -> Option<u8> {
        Some(allowed)
    }
}

/// A type without text that is looked at.
pub trait AnyText {
    /// Nothing is said of its text.
    fn text(&self, _: u8) -> Option<u8> {
        None
    }
}

impl<T: ?Sized> AnyText for Shape<T> {}

impl<T: Written> Shape<T> {
    /// Its schema where it is written, or else that of `R`, which is of what is read.
    pub fn schema<R: JsonSchema>(&self, generator: &mut SchemaGenerator) -> Schema {
        if generator.contract().is_serialize() { T::written(generator) } else { R::json_schema(generator) }
    }
}

/// A type that is no output.
pub trait Unwritten {
    /// The schema of `R`.
    fn schema<R: JsonSchema>(&self, generator: &mut SchemaGenerator) -> Schema {
        R::json_schema(generator)
    }
}

impl<T> Unwritten for Shape<T> {}
