//! Reads a type out of the names of a route's parameters, as axum reads it out of a path, to learn what it has against them.
//! Values there are none yet: those that are tried are of the types that are asked for, and whether they do is not asked.

use serde::{
    Deserializer,
    de::{DeserializeOwned, DeserializeSeed, Error, Expected, MapAccess, Unexpected, Visitor, value::StrDeserializer},
    forward_to_deserialize_any,
};
use std::{fmt, slice};

/// What a type has against the parameters of a route.
#[derive(Debug, Eq, PartialEq)]
pub(super) enum Misfit {
    /// It reads so many.
    Count(usize),
    /// It needs one that is not there.
    Missing(&'static str),
    /// It refuses one that is there.
    Undeclared(String),
    /// It is nothing that can be read out of a path.
    Unreadable,
}

/// Words for parameters: a type of somebody's own may take one and not the other.
const WORDS: [&str; 5] = ["a", "1", "00000000-0000-4000-8000-000000000000", "2000-01-01", "2000-01-01T00:00:00Z"];

/// What the type has against parameters of these names. `None` also where it cannot be learnt without their values.
pub(super) fn ask<T: DeserializeOwned>(names: &[String]) -> Option<Misfit> {
    let asked = |names: &[String], count, word| match T::deserialize(Route { names, count, word }) {
        Err(Outcome::Misfit(misfit)) => Some(Some(misfit)),
        Err(Outcome::Unknown) => None,
        Ok(_) => Some(None),
    };
    // Alone, a parameter is asked for before the value of another could be in the way. What else is missing then is no matter.
    let alone = names.iter().find_map(|name| asked(slice::from_ref(name), names.len(), None).flatten());
    if let Some(misfit) = alone.filter(|misfit| !matches!(misfit, Misfit::Missing(_))) {
        return Some(misfit);
    }
    WORDS.iter().find_map(|word| asked(names, names.len(), Some(word))).flatten()
}

/// Why a type was not read.
#[derive(Debug)]
enum Outcome {
    Misfit(Misfit),
    /// For the sake of a value, which is not a real one.
    Unknown,
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("does not fit")
    }
}

impl std::error::Error for Outcome {}

impl Error for Outcome {
    fn custom<T: fmt::Display>(_: T) -> Self {
        Self::Unknown
    }

    fn invalid_type(_: Unexpected<'_>, _: &dyn Expected) -> Self {
        Self::Unknown
    }

    fn unknown_field(field: &str, _: &'static [&'static str]) -> Self {
        Self::Misfit(Misfit::Undeclared(field.to_owned()))
    }

    fn missing_field(field: &'static str) -> Self {
        Self::Misfit(Misfit::Missing(field))
    }
}

/// The parameters of a route.
#[derive(Clone, Copy)]
struct Route<'r> {
    /// Those that are told.
    names: &'r [String],
    /// How many there are.
    count: usize,
    /// What is tried for values; without one, to ask for a value is to ask too much.
    word: Option<&'static str>,
}

impl Route<'_> {
    fn takes<T>(self, count: usize) -> Result<T, Outcome> {
        Err(if self.count == count { Outcome::Unknown } else { Outcome::Misfit(Misfit::Count(count)) })
    }
}

macro_rules! single {
    ($($method:ident)*) => {$(
        fn $method<V: Visitor<'de>>(self, _: V) -> Result<V::Value, Outcome> {
            self.takes(1)
        }
    )*};
}

macro_rules! unreadable {
    ($($method:ident)*) => {$(
        fn $method<V: Visitor<'de>>(self, _: V) -> Result<V::Value, Outcome> {
            Err(Outcome::Misfit(Misfit::Unreadable))
        }
    )*};
}

impl<'de> Deserializer<'de> for Route<'_> {
    type Error = Outcome;

    single! {
        deserialize_any deserialize_bool deserialize_i8 deserialize_i16 deserialize_i32 deserialize_i64 deserialize_i128 deserialize_u8
        deserialize_u16 deserialize_u32 deserialize_u64 deserialize_u128 deserialize_f32 deserialize_f64 deserialize_char deserialize_str
        deserialize_string deserialize_byte_buf
    }

    unreadable! { deserialize_bytes deserialize_option deserialize_identifier deserialize_ignored_any }

    fn deserialize_unit<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Outcome> {
        visitor.visit_unit()
    }

    fn deserialize_unit_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Result<V::Value, Outcome> {
        visitor.visit_unit()
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Result<V::Value, Outcome> {
        visitor.visit_newtype_struct(self)
    }

    /// As many as there are, whatever that is.
    fn deserialize_seq<V: Visitor<'de>>(self, _: V) -> Result<V::Value, Outcome> {
        Err(Outcome::Unknown)
    }

    fn deserialize_tuple<V: Visitor<'de>>(self, length: usize, _: V) -> Result<V::Value, Outcome> {
        self.takes(length)
    }

    fn deserialize_tuple_struct<V: Visitor<'de>>(self, _: &'static str, length: usize, _: V) -> Result<V::Value, Outcome> {
        self.takes(length)
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Outcome> {
        visitor.visit_map(Parameters { names: self.names.iter(), word: self.word })
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Outcome> {
        self.deserialize_map(visitor)
    }

    fn deserialize_enum<V: Visitor<'de>>(self, _: &'static str, _: &'static [&'static str], _: V) -> Result<V::Value, Outcome> {
        self.takes(1)
    }
}

struct Parameters<'r> {
    names: slice::Iter<'r, String>,
    word: Option<&'static str>,
}

impl<'de> MapAccess<'de> for Parameters<'_> {
    type Error = Outcome;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Outcome> {
        self.names.next().map(|name| seed.deserialize(StrDeserializer::new(name))).transpose()
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Outcome> {
        seed.deserialize(Tried(self.word.ok_or(Outcome::Unknown)?))
    }
}

/// A value that is tried.
#[derive(Clone, Copy)]
struct Tried(&'static str);

macro_rules! tried {
    ($($method:ident $visit:ident $value:expr;)*) => {$(
        fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Outcome> {
            visitor.$visit($value)
        }
    )*};
}

impl<'de> Deserializer<'de> for Tried {
    type Error = Outcome;

    tried! {
        deserialize_bool visit_bool true;
        deserialize_i8 visit_i8 1;
        deserialize_i16 visit_i16 1;
        deserialize_i32 visit_i32 1;
        deserialize_i64 visit_i64 1;
        deserialize_i128 visit_i128 1;
        deserialize_u8 visit_u8 1;
        deserialize_u16 visit_u16 1;
        deserialize_u32 visit_u32 1;
        deserialize_u64 visit_u64 1;
        deserialize_u128 visit_u128 1;
        deserialize_f32 visit_f32 1.0;
        deserialize_f64 visit_f64 1.0;
        deserialize_char visit_char 'a';
    }

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Outcome> {
        visitor.visit_str(self.0)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Outcome> {
        visitor.visit_some(self)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Result<V::Value, Outcome> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Outcome> {
        let first = variants.first().ok_or(Outcome::Unknown)?;
        visitor.visit_enum(StrDeserializer::new(first))
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Outcome> {
        visitor.visit_unit()
    }

    forward_to_deserialize_any! { str string bytes byte_buf unit unit_struct seq tuple tuple_struct map struct identifier }
}
