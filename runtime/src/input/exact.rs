//! Numbers with a fraction, read without a loss: serde makes the nearest one of any integer, which may be another than was sent.

use serde::{
    Deserialize, Deserializer,
    de::{Error, Unexpected, Visitor},
};
use std::{fmt, marker::PhantomData};

/// A number with a fraction, or an `Option` of one.
pub trait Exact: Sized {
    /// Reads it.
    ///
    /// # Errors
    ///
    /// Those of the number, and one for an integer that it cannot hold.
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error>;
}

/// Reads a number with a fraction.
///
/// # Errors
///
/// Those of [`Exact::read`].
pub fn exact<'de, T: Exact, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    T::read(deserializer)
}

impl Exact for f64 {
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_f64(Bits::<Self>(f64::MANTISSA_DIGITS, PhantomData))
    }
}

impl Exact for f32 {
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_f32(Bits::<Self>(f32::MANTISSA_DIGITS, PhantomData))
    }
}

impl<T: Exact> Exact for Option<T> {
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Option::<Read<T>>::deserialize(deserializer)?.map(|Read(number)| number))
    }
}

struct Read<T>(T);

impl<'de, T: Exact> Deserialize<'de> for Read<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        T::read(deserializer).map(Self)
    }
}

/// The bits of an integer that the type holds.
struct Bits<T>(u32, PhantomData<fn() -> T>);

impl<T> Bits<T> {
    fn holds(&self, integer: u64) -> bool {
        integer == 0 || u64::BITS - integer.leading_zeros() - integer.trailing_zeros() <= self.0
    }
}

impl<'de, T: Deserialize<'de>> Visitor<'de> for Bits<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("f64")
    }

    fn visit_u64<E: Error>(self, integer: u64) -> Result<T, E> {
        match self.holds(integer) {
            true => T::deserialize(serde::de::value::U64Deserializer::new(integer)),
            false => Err(E::invalid_value(Unexpected::Unsigned(integer), &"a number that is kept as it is")),
        }
    }

    fn visit_i64<E: Error>(self, integer: i64) -> Result<T, E> {
        match self.holds(integer.unsigned_abs()) {
            true => T::deserialize(serde::de::value::I64Deserializer::new(integer)),
            false => Err(E::invalid_value(Unexpected::Signed(integer), &"a number that is kept as it is")),
        }
    }

    fn visit_f64<E: Error>(self, number: f64) -> Result<T, E> {
        T::deserialize(serde::de::value::F64Deserializer::new(number))
    }

    fn visit_f32<E: Error>(self, number: f32) -> Result<T, E> {
        T::deserialize(serde::de::value::F32Deserializer::new(number))
    }
}
