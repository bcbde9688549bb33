//! How a field gets into an answer: as it serializes itself, or where it holds a `Secret`, by what the field's rule lets out.
//! The kind is found by type, so that no alias hides a secret.

use crate::Secret;
use serde::{Serialize, Serializer};
use std::{
    collections::{BTreeMap, HashMap},
    sync::Arc,
};
use zeroize::Zeroize;

/// The kind of a type that serializes itself.
#[derive(Debug)]
pub enum Plain {}

/// The kind of a type that holds a secret, which a rule only shows.
#[derive(Debug)]
pub enum Holding {}

/// What can be part of an answer. `Kind` is found by the compiler, since each type has one.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be part of an answer",
    label = "cannot be serialized",
    note = "derive `Output` for it, or `serde::Serialize` if everybody may see all of it",
    note = "a `Secret` can be in an `Option`, a `Vec`, an array, a box or the values of a map, and needs a rule"
)]
pub trait Field<Kind> {
    /// Serializes all of it.
    #[doc(hidden)]
    fn write<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error>;

    /// Serializes all of it, for everybody.
    #[doc(hidden)]
    fn open<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error>
    where
        Kind: NeedsNoRule,
    {
        self.write(serializer)
    }
}

#[diagnostic::do_not_recommend]
impl<T: Serialize + ?Sized> Field<Plain> for T {
    fn write<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.serialize(serializer)
    }
}

#[diagnostic::do_not_recommend]
impl<T: Zeroize + Serialize> Field<Holding> for Secret<T> {
    fn write<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.expose().serialize(serializer)
    }
}

#[diagnostic::do_not_recommend]
impl<T: Field<Holding>> Field<Holding> for Option<T> {
    fn write<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Some(value) => serializer.serialize_some(&Whole(value)),
            None => serializer.serialize_none(),
        }
    }
}

#[diagnostic::do_not_recommend]
impl<T: Field<Holding>> Field<Holding> for [T] {
    fn write<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.iter().map(Whole))
    }
}

macro_rules! through {
    ($([$($generics:tt)*] $of:ty => $to:ty;)*) => {$(
        #[diagnostic::do_not_recommend]
        impl<$($generics)*> Field<Holding> for $of {
            fn write<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                <$to>::write(self, serializer)
            }
        }
    )*};
}

through! {
    [T: Field<Holding>] Vec<T> => [T];
    [T: Field<Holding>, const N: usize] [T; N] => [T];
    [T: Field<Holding> + ?Sized] Box<T> => T;
    [T: Field<Holding> + ?Sized] Arc<T> => T;
    [T: Field<Holding> + ?Sized] &T => T;
}

macro_rules! values_of {
    ($([$($generics:tt)*] $map:ty;)*) => {$(
        #[diagnostic::do_not_recommend]
        impl<$($generics)*> Field<Holding> for $map {
            fn write<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_map(self.iter().map(|(key, value)| (key, Whole(value))))
            }
        }
    )*};
}

values_of! {
    [K: Serialize, V: Field<Holding>] BTreeMap<K, V>;
    [K: Serialize, V: Field<Holding>, H] HashMap<K, V, H>;
}

/// All of a value, for serde.
struct Whole<'a, T: ?Sized>(&'a T);

impl<T: Field<Holding> + ?Sized> Serialize for Whole<'_, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.write(serializer)
    }
}

/// The kind of a field that everybody may see.
#[diagnostic::on_unimplemented(
    message = "this field holds a `Secret`, and no rule says who may see it",
    label = "a secret that everybody would see",
    note = "say who may see it: `#[visible(role = \"admin\")]`",
    note = "or show a part of it: `#[mask(last = 4)]`",
    note = "or leave it out: `#[serde(skip_serializing)]`"
)]
pub trait NeedsNoRule {}

#[diagnostic::do_not_recommend]
impl NeedsNoRule for Plain {}

/// What says `Secret` where it is written, and is none.
#[diagnostic::on_unimplemented(
    message = "this field holds a `Secret`, and no rule says who may see it",
    label = "a secret that everybody would see",
    note = "say who may see it: `#[visible(role = \"admin\")]`",
    note = "or show a part of it: `#[mask(last = 4)]`",
    note = "or leave it out: `#[serde(skip_serializing)]`"
)]
pub trait NoSecret {
    /// Serializes all of it, for everybody.
    #[doc(hidden)]
    fn open<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error>;
}

#[diagnostic::do_not_recommend]
impl<T: Serialize + ?Sized> NoSecret for T {
    fn open<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.serialize(serializer)
    }
}
