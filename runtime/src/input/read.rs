//! Reading an input: what serde made of the wire is a value only after its rules were checked.
//! What is wrong is told by `Valid`, which knows the places; here is no more than a refusal.

use super::{
    Input, quiet,
    scope::{self, Inputs, Names},
    strict::{Declared, Strict},
};
use serde::Deserializer;

/// What every broken rule says to who reads without `Valid`: a report would be of Rust's names, and might quote what was sent.
const BROKEN: &str = "the value breaks a rule of its type";

/// Reads by `wire`, cleans what was read, and then checks the rules.
///
/// # Errors
///
/// Those of `wire`, without what was sent, and one that says no more than that a rule is broken.
pub fn read<'de, T: Input, D: Deserializer<'de>>(
    deserializer: D,
    names: &'static Names,
    wire: impl FnOnce(Strict<'_, D>) -> Result<T, D::Error>,
    clean: impl FnOnce(&mut T),
) -> Result<T, D::Error> {
    scope::announce(names);
    let declared = Declared::default();
    let strict = Strict { from: deserializer, declared: &declared, is_object: names.tag_within };
    let mut value = wire(strict).map_err(|error| quiet::quiet(error, declared.fields.get(), declared.variants.get()))?;
    clean(&mut value);
    if scope::is_unchecked() {
        return Ok(value);
    }
    match value.validate() {
        Ok(()) => Ok(value),
        Err(report) => {
            scope::keep(report);
            Err(quiet::told(BROKEN))
        }
    }
}

/// The same for a type that is made from another one by code of the user's, who may count on what that promises.
///
/// # Errors
///
/// As of [`read`].
pub fn read_from<'de, T: Input, D: Deserializer<'de>>(
    deserializer: D,
    names: &'static Names,
    wire: impl FnOnce(Strict<'_, D>) -> Result<T, D::Error>,
    clean: impl FnOnce(&mut T),
) -> Result<T, D::Error> {
    read(
        deserializer,
        names,
        |deserializer| {
            let _checked = Inputs::Checked.set();
            wire(deserializer)
        },
        clean,
    )
}
