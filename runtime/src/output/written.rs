//! The schema of a type that is read as well: its `JsonSchema` is that of `Input`, which asks here for the one of what is written.

use schemars::{Schema, SchemaGenerator};

/// A type whose answers have a schema of their own.
pub trait Written {
    /// That schema.
    fn written(generator: &mut SchemaGenerator) -> Schema;
}
