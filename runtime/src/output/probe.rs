//! The schema of a type, if it has one: one without says nothing of itself, and is no mistake, since an answer can have it all the same.
//! A method of what is behind a reference is preferred to one of the reference, and so the second is for what has none of the first.

use super::mask::Maskable;
use schemars::{JsonSchema, Schema, SchemaGenerator};
use std::{fmt, marker::PhantomData};

/// A type, to be asked for its schema.
pub struct Probe<T>(PhantomData<fn() -> T>);

impl<T: 'static> Probe<T> {
    /// The type.
    pub const OF: &'static Self = &Self(PhantomData);
}

impl<T> fmt::Debug for Probe<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Probe")
    }
}

/// A type with a schema.
pub trait Described {
    /// Its schema.
    fn schema(&self, generator: &mut SchemaGenerator) -> Schema;
}

impl<T: JsonSchema> Described for Probe<T> {
    fn schema(&self, generator: &mut SchemaGenerator) -> Schema {
        generator.subschema_for::<T>()
    }
}

/// A type without.
pub trait Undescribed {
    /// Anything.
    fn schema(&self, _: &mut SchemaGenerator) -> Schema {
        Schema::default()
    }
}

impl<T> Undescribed for &Probe<T> {}

/// A type that can be masked.
pub trait Masked<Kind> {
    /// The schema of its mask.
    fn mask_schema(&self) -> Schema;
}

impl<T: Maskable<Kind>, Kind> Masked<Kind> for Probe<T> {
    fn mask_schema(&self) -> Schema {
        T::mask_schema()
    }
}

/// A type that cannot, which is told where it is masked.
pub trait Unmasked {
    /// Anything.
    fn mask_schema(&self) -> Schema {
        Schema::default()
    }
}

impl<T> Unmasked for &Probe<T> {}
