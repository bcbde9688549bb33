//! What an input is read from, as far as its derive can see: what reads by the names of fields takes no type without them.
//! Types, since a bound by a type is explained where the argument is written.

/// A struct with named fields.
#[derive(Debug)]
pub enum Fields {}

/// An enum, a unit struct or a tuple struct: no names to read by.
#[derive(Debug)]
pub enum NoFields {}

/// Whatever another type is, which it is read as.
#[derive(Debug)]
pub enum AsAnother {}
