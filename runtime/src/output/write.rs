//! What serde calls for a field, by its rule: one function each, so that the macros write names and no code.
//! What is wrong with a field's type is told at its place, which in the expansion is the function's and not the argument's.

use super::{
    Rule,
    field::{Field, NeedsNoRule},
    mask::Maskable,
    viewer::is_shown,
};
use serde::Serializer;

/// Any type. A function that takes a `&V` and asks its `It` for a trait is what the compiler blames; one that asks `V` has the argument
/// blamed, whose place is that of the derive.
pub trait Itself {
    /// The type.
    type It: ?Sized;

    /// The value.
    #[doc(hidden)]
    fn it(&self) -> &Self::It;
}

impl<T: ?Sized> Itself for T {
    type It = T;

    fn it(&self) -> &T {
        self
    }
}

/// Serializes a field without a rule.
///
/// # Errors
/// Those of the serializer.
pub fn open<V, T, Kind, S>(value: &V, serializer: S) -> Result<S::Ok, S::Error>
where
    V: Itself<It = T> + ?Sized,
    T: Field<Kind> + ?Sized,
    Kind: NeedsNoRule,
    S: Serializer,
{
    value.it().write(serializer)
}

/// Serializes a field for who may see it; from all others [`hidden`] keeps it.
///
/// # Errors
/// Those of the serializer.
pub fn whole<V, T, Kind, S>(value: &V, serializer: S) -> Result<S::Ok, S::Error>
where
    V: Itself<It = T> + ?Sized,
    T: Field<Kind> + ?Sized,
    S: Serializer,
{
    value.it().write(serializer)
}

/// Whether a field is left out.
#[must_use]
pub fn hidden<R: Rule, T: ?Sized>(_: &T) -> bool {
    !is_shown::<R>()
}

/// Serializes a field with a mask and no other rule.
///
/// # Errors
/// Those of the serializer.
pub fn masked<const FIRST: usize, const LAST: usize, V, T, Kind, S>(value: &V, serializer: S) -> Result<S::Ok, S::Error>
where
    V: Itself<It = T> + ?Sized,
    T: Maskable<Kind> + ?Sized,
    S: Serializer,
{
    value.it().mask(FIRST, LAST, serializer)
}

/// Serializes a field for who may see it, and its mask for all others.
///
/// # Errors
/// Those of the serializer.
pub fn whole_or_masked<R, const FIRST: usize, const LAST: usize, V, T, Kind, MaskKind, S>(
    value: &V,
    serializer: S,
) -> Result<S::Ok, S::Error>
where
    R: Rule,
    V: Itself<It = T> + ?Sized,
    T: Field<Kind> + Maskable<MaskKind> + ?Sized,
    S: Serializer,
{
    let value = value.it();
    if is_shown::<R>() { value.write(serializer) } else { value.mask(FIRST, LAST, serializer) }
}
