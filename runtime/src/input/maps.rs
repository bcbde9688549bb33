//! Maps whose keys are given once: serde itself keeps the last of two values, where another reader may have looked at the first.
//! `Valid` finds repeated keys in JSON before this does, with their places; this is for who reads without it.

use serde::{
    Deserialize, Deserializer,
    de::{Error, MapAccess, Visitor},
};
use std::{
    collections::{BTreeMap, HashMap},
    fmt,
    hash::{BuildHasher, Hash},
    marker::PhantomData,
};

/// What is said of a key that is given again.
pub(super) const REPEATED: &str = "a key is given more than once";

/// What is said of keys that are too long, before how long they may be.
pub(crate) const TOO_LONG: &str = "has a key whose length is greater than ";

/// A map of std.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a map of the standard library",
    label = "cannot be told whether its keys repeat",
    note = "say how it is read with `#[serde(deserialize_with = \"…\")]`, or use `std::collections::{{BTreeMap, HashMap}}`"
)]
pub trait Map: Default {
    /// What it is asked with.
    type Key;
    /// What it answers.
    type Value;

    /// Adds a pair; whether the key is new.
    fn add(&mut self, key: Self::Key, value: Self::Value) -> bool;
}

impl<K: Ord, V> Map for BTreeMap<K, V> {
    type Key = K;
    type Value = V;

    fn add(&mut self, key: K, value: V) -> bool {
        self.insert(key, value).is_none()
    }
}

impl<K: Eq + Hash, V, S: BuildHasher + Default> Map for HashMap<K, V, S> {
    type Key = K;
    type Value = V;

    fn add(&mut self, key: K, value: V) -> bool {
        self.insert(key, value).is_none()
    }
}

/// A map whose keys are text.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a map of the standard library whose keys are text",
    label = "has no keys that could be too long",
    note = "`keys(max = …)` is for `BTreeMap` and `HashMap`, and for an `Option` and a `Box` of these"
)]
pub trait Keys {
    /// Whether each of them is so.
    fn all(&self, is: &dyn Fn(&str) -> bool) -> bool;
}

impl<K: AsRef<str>, V> Keys for BTreeMap<K, V> {
    fn all(&self, is: &dyn Fn(&str) -> bool) -> bool {
        self.keys().all(|key| is(key.as_ref()))
    }
}

impl<K: AsRef<str>, V, S> Keys for HashMap<K, V, S> {
    fn all(&self, is: &dyn Fn(&str) -> bool) -> bool {
        self.keys().all(|key| is(key.as_ref()))
    }
}

impl<M: Keys> Keys for Option<M> {
    fn all(&self, is: &dyn Fn(&str) -> bool) -> bool {
        self.as_ref().is_none_or(|map| map.all(is))
    }
}

impl<M: Keys + ?Sized> Keys for Box<M> {
    fn all(&self, is: &dyn Fn(&str) -> bool) -> bool {
        (**self).all(is)
    }
}

/// Refuses keys of more characters than that.
///
/// # Errors
///
/// One that says how many there may be, and not the key.
pub fn keys<M: Keys + ?Sized>(map: &M, max: usize) -> garde::Result {
    // As many bytes hold no more characters.
    match map.all(&|key| key.len() <= max || key.chars().count() <= max) {
        true => Ok(()),
        false => Err(garde::Error::new(format!("{TOO_LONG}{max}"))),
    }
}

/// Reads a map, and refuses one that gives a key twice.
///
/// # Errors
///
/// Those of the keys and values, and one that says that a key is given twice, and not which.
pub fn unique<'de, M, D>(deserializer: D) -> Result<M, D::Error>
where
    M: Map<Key: Deserialize<'de>, Value: Deserialize<'de>>,
    D: Deserializer<'de>,
{
    deserializer.deserialize_map(Pairs(PhantomData))
}

struct Pairs<M>(PhantomData<fn() -> M>);

impl<'de, M: Map<Key: Deserialize<'de>, Value: Deserialize<'de>>> Visitor<'de> for Pairs<M> {
    type Value = M;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a map")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut pairs: A) -> Result<M, A::Error> {
        let mut map = M::default();
        while let Some((key, value)) = pairs.next_entry()? {
            if !map.add(key, value) {
                return Err(A::Error::custom(REPEATED));
            }
        }
        Ok(map)
    }
}
