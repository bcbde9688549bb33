//! Reading an input: what serde made of the wire is a value only after its rules were checked.
//! What is wrong is told by `Valid`, which knows the places; here is no more than a refusal.

use super::Input;
use serde::{Deserializer, de::Error};

/// What every broken rule says to who reads without `Valid`: a report would be of Rust's names, and might quote what was sent.
const BROKEN: &str = "the value breaks a rule of its type";

/// Reads by `wire`, then checks the rules.
///
/// # Errors
///
/// Those of `wire`, and one that says no more than that a rule is broken.
pub fn read<'de, T: Input, D: Deserializer<'de>>(
    deserializer: D,
    wire: impl FnOnce(D) -> Result<T, D::Error>,
) -> Result<T, D::Error> {
    let value = wire(deserializer)?;
    match value.validate() {
        Ok(()) => Ok(value),
        Err(_) => Err(D::Error::custom(BROKEN)),
    }
}
