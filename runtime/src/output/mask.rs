//! A part of a text in the place of the whole: the first or the last characters, and stars for the rest, always as many.
//! What is hidden is never copied: the text is written twice, once to count its characters and once to let the right ones through.

use super::{Rule, field::Field, viewer::is_shown};
use crate::Secret;
#[cfg(feature = "openapi")]
use schemars::{Schema, json_schema};
use serde::{Serialize, Serializer};
use std::{
    fmt::{self, Display, Write},
    marker::PhantomData,
};
use zeroize::Zeroize;

/// What stands for everything that is not shown. Its length says nothing of the length of the text.
const STARS: &str = "****";

/// What has a text to mask. `Kind` is found by the compiler, since each type has one.
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no text to mask",
    label = "cannot be masked",
    note = "`#[mask]` is for what implements `Display`, for a `Secret` of it, and for these in an `Option` or a `Vec`",
    note = "to leave other types out, write `#[visible(…)]` alone"
)]
pub trait Maskable<Kind> {
    /// Serializes the first and the last characters, and stars between them.
    #[doc(hidden)]
    fn mask<S: Serializer>(&self, first: usize, last: usize, serializer: S) -> Result<S::Ok, S::Error>;

    /// The mask of a field with no other rule.
    #[doc(hidden)]
    fn masked<const FIRST: usize, const LAST: usize, S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.mask(FIRST, LAST, serializer)
    }

    /// The whole for who may see it, and the mask for all others.
    #[doc(hidden)]
    fn whole_or_masked<R, const FIRST: usize, const LAST: usize, Whole, S>(&self, serializer: S) -> Result<S::Ok, S::Error>
    where
        R: Rule,
        Self: Field<Whole>,
        S: Serializer,
    {
        if is_shown::<R>() { self.write(serializer) } else { self.mask(FIRST, LAST, serializer) }
    }

    /// The schema of what that serializes to.
    #[cfg(feature = "openapi")]
    #[doc(hidden)]
    fn mask_schema() -> Schema {
        json_schema!({ "type": "string" })
    }
}

/// The kind of a type that displays itself.
#[derive(Debug)]
pub enum Displayed {}

/// The kind of a secret.
#[derive(Debug)]
pub enum Kept {}

/// The kind of a type whose elements are masked, each for itself.
#[derive(Debug)]
pub struct Each<Kind>(Kind);

#[diagnostic::do_not_recommend]
impl<T: Display + ?Sized> Maskable<Displayed> for T {
    fn mask<S: Serializer>(&self, first: usize, last: usize, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&Masked { text: self, first, last })
    }
}

#[diagnostic::do_not_recommend]
impl<T: Zeroize + Display> Maskable<Kept> for Secret<T> {
    fn mask<S: Serializer>(&self, first: usize, last: usize, serializer: S) -> Result<S::Ok, S::Error> {
        self.expose().mask(first, last, serializer)
    }
}

#[diagnostic::do_not_recommend]
impl<T: Maskable<Kind>, Kind> Maskable<Each<Kind>> for Option<T> {
    fn mask<S: Serializer>(&self, first: usize, last: usize, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Some(value) => serializer.serialize_some(&Element { value, first, last, kind: PhantomData }),
            None => serializer.serialize_none(),
        }
    }

    #[cfg(feature = "openapi")]
    fn mask_schema() -> Schema {
        let schema = T::mask_schema();
        if schema.get("type") == Some(&"string".into()) {
            return json_schema!({ "type": ["string", "null"] });
        }
        json_schema!({ "anyOf": [schema, { "type": "null" }] })
    }
}

#[diagnostic::do_not_recommend]
impl<T: Maskable<Kind>, Kind> Maskable<Each<Kind>> for Vec<T> {
    fn mask<S: Serializer>(&self, first: usize, last: usize, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.iter().map(|value| Element { value, first, last, kind: PhantomData }))
    }

    #[cfg(feature = "openapi")]
    fn mask_schema() -> Schema {
        json_schema!({ "type": "array", "items": T::mask_schema() })
    }
}

/// An element of what is masked, for serde.
struct Element<'a, T, Kind> {
    value: &'a T,
    first: usize,
    last: usize,
    kind: PhantomData<Kind>,
}

impl<T: Maskable<Kind>, Kind> Serialize for Element<'_, T, Kind> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.value.mask(self.first, self.last, serializer)
    }
}

/// A text that displays as its mask. Of what is shown there is never more than of what is not: a text that is shorter is stars only.
struct Masked<'a, T: ?Sized> {
    text: &'a T,
    first: usize,
    last: usize,
}

impl<T: Display + ?Sized> Display for Masked<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut counter = Counter(0);
        write!(counter, "{}", self.text)?;
        let shown = self.first.saturating_add(self.last);
        if shown == 0 || counter.0 < shown.saturating_mul(2) {
            return f.write_str(STARS);
        }
        let mut gap = Gap { position: 0, begin: self.first, end: counter.0.saturating_sub(self.last), length: counter.0, to: f };
        write!(gap, "{}", self.text)
    }
}

/// Counts characters.
struct Counter(usize);

impl Write for Counter {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.0 = self.0.saturating_add(text.chars().count());
        Ok(())
    }
}

/// Lets the characters through that are before or after the gap, and puts stars into it.
struct Gap<'a, 'b> {
    position: usize,
    begin: usize,
    end: usize,
    /// Of the text when it was counted: what a text has that says more the second time was not judged.
    length: usize,
    to: &'a mut fmt::Formatter<'b>,
}

impl Write for Gap<'_, '_> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        for character in text.chars() {
            if self.position == self.begin {
                self.to.write_str(STARS)?;
            }
            if self.position < self.begin || (self.end..self.length).contains(&self.position) {
                self.to.write_char(character)?;
            }
            self.position = self.position.saturating_add(1);
        }
        Ok(())
    }
}
