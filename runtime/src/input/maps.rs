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
