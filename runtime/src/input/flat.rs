//! Inputs whose fields are those of another one: serde reads these out of what the outer one left, and the outer one refuses the rest.
//! What serde keeps for that has no places, so the name of the field in which something is wrong is noted on the way.

use super::{Input, Names, forward::as_it_is, scope};
use serde::{
    Deserialize, Deserializer,
    de::{DeserializeSeed, Error, MapAccess, Visitor},
};
use std::{cell::Cell, fmt};

/// A type whose fields can be those of another one.
#[diagnostic::on_unimplemented(
    message = "the fields of `{Self}` are not known, so those that nobody declares could not be told from them",
    label = "cannot be flattened",
    note = "`flatten` is for structs with named fields that derive `Input` and flatten none themselves; nest any other type without `flatten`"
)]
pub trait Flat: Input {
    /// What errors need to know of the names.
    const NAMES: &'static Names;
}

/// Reads the fields of such a type. That it is one is seen where its names are asked for, so that a mistake is told once.
///
/// # Errors
///
/// Those of the type.
pub fn flattened<'de, T: Deserialize<'de>, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    T::deserialize(Noting { inner: deserializer, declared: &[], name: &Cell::new(None) })
}

/// What is on the way to a name or a value, which notes the name.
#[derive(Clone, Copy)]
struct Noting<'n, T> {
    inner: T,
    declared: &'static [&'static str],
    name: &'n Cell<Option<&'static str>>,
}

impl<'n, T> Noting<'n, T> {
    fn with<U>(&self, inner: U) -> Noting<'n, U> {
        Noting { inner, declared: self.declared, name: self.name }
    }

    fn note(&self, name: &str) {
        self.name.set(self.declared.iter().copied().find(|declared| *declared == name));
    }
}

impl<'de, D: Deserializer<'de>> Deserializer<'de> for Noting<'_, D> {
    type Error = D::Error;

    as_it_is! {
        inner;
        deserialize_any() deserialize_enum(name: &'static str, variants: &'static [&'static str])
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, D::Error> {
        self.inner.deserialize_struct(name, fields, Noting { inner: visitor, declared: fields, name: self.name })
    }

    fn deserialize_identifier<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, D::Error> {
        let visitor = self.with(visitor);
        self.inner.deserialize_identifier(visitor)
    }

    fn is_human_readable(&self) -> bool {
        self.inner.is_human_readable()
    }
}

impl<'de, V: Visitor<'de>> Visitor<'de> for Noting<'_, V> {
    type Value = V::Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.inner.expecting(f)
    }

    fn visit_str<E: Error>(self, name: &str) -> Result<V::Value, E> {
        self.note(name);
        self.inner.visit_str(name)
    }

    fn visit_borrowed_str<E: Error>(self, name: &'de str) -> Result<V::Value, E> {
        self.note(name);
        self.inner.visit_borrowed_str(name)
    }

    fn visit_string<E: Error>(self, name: String) -> Result<V::Value, E> {
        self.note(&name);
        self.inner.visit_string(name)
    }

    fn visit_map<A: MapAccess<'de>>(self, pairs: A) -> Result<V::Value, A::Error> {
        let pairs = self.with(pairs);
        self.inner.visit_map(pairs)
    }
}

impl<'de, A: MapAccess<'de>> MapAccess<'de> for Noting<'_, A> {
    type Error = A::Error;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, A::Error> {
        let seed = self.with(seed);
        self.inner.next_key_seed(seed)
    }

    fn next_value_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<S::Value, A::Error> {
        self.inner.next_value_seed(seed).inspect_err(|_| scope::lose(self.name.get()))
    }
}

impl<'de, K: DeserializeSeed<'de>> DeserializeSeed<'de> for Noting<'_, K> {
    type Value = K::Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<K::Value, D::Error> {
        let deserializer = self.with(deserializer);
        self.inner.deserialize(deserializer)
    }
}
