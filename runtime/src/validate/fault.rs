//! Why an input does not deserialise, as an error type for serde that has no room for the input.
//! It keeps what the type declares (names, expectations) and drops what the client sent.

use super::{
    document::{Node, Object},
    pointer::{Pointer, Segment},
};
use crate::{InputError, RequestPart};
use portcullis_policy::suggest;
use serde::de::{self, Expected, Unexpected};
use std::{borrow::Cow, fmt};

/// The longest detail in bytes, for enums with hundreds of variants.
const LONGEST: usize = 200;

/// What is said where nothing else can be said without saying what was sent.
pub(crate) const GENERIC: &str = "not a value that is taken here";

/// What is said of a field that is there twice.
pub(super) const MORE_THAN_ONCE: &str = "this field is given more than once";

/// What is said of an object with a key twice that is not to be repeated a third time.
pub(super) const REPEATED_KEY: &str = "has a key that is given more than once";

/// A place in an input that does not fit the type, and what was expected there.
#[derive(Clone, Debug)]
pub(super) struct Fault {
    /// Innermost first, as they are added on the way out.
    segments: Vec<Segment>,
    code: &'static str,
    detail: String,
}

impl Fault {
    /// Something that does not fit, without more to say.
    pub(super) fn generic() -> Self {
        Self::new("type", GENERIC)
    }

    /// An integer that JSON's numbers hold and the programs that write them do not (RFC 7493 §2.2), nor does a document.
    pub(super) fn beyond_64_bits() -> Self {
        Self::new("type", "expected an integer of at most 64 bits")
    }

    /// A value that is not what is expected.
    pub(super) fn expected(expected: &dyn Expected) -> Self {
        Self::expected_type(&expected.to_string())
    }

    /// A value that is not of the type that serde or axum calls this.
    pub(super) fn expected_type(name: &str) -> Self {
        Self::new("type", format!("expected {}", plain(name)))
    }

    pub(super) fn new(code: &'static str, detail: impl Into<String>) -> Self {
        Self { segments: Vec::new(), code, detail: clip(detail.into()) }
    }

    /// The same fault, seen from the parent.
    pub(super) fn within(mut self, segment: Segment) -> Self {
        self.segments.push(segment);
        self
    }

    /// The same fault, seen from the parent in which it is, if it has no place yet.
    pub(super) fn within_lost(self, segment: Segment) -> Self {
        if self.segments.is_empty() { self.within(segment) } else { self }
    }

    /// The same fault, seen from a parent whose keys are the client's to choose: a pointer into it would repeat one.
    pub(super) fn within_map(mut self) -> Self {
        self.segments.clear();
        self
    }

    /// Where it is, and what is there, if a document has something there.
    pub(super) fn place<'n>(&self, document: &'n Node<'n>) -> (Pointer, Option<&'n Node<'n>>) {
        let (mut pointer, mut place) = (Pointer::root(), Some(document));
        for segment in self.segments.iter().rev() {
            pointer.push(segment);
            place = match (segment, place) {
                (Segment::Index(index), Some(Node::List(items))) => items.get(*index),
                (Segment::Name(name), Some(Node::Object(Object { pairs, .. }))) => {
                    pairs.iter().find(|(key, _)| key == name).map(|(_, value)| value)
                }
                _ => None,
            };
        }
        (pointer, place)
    }

    /// The error for the client.
    pub(super) fn into_error(self, part: RequestPart) -> InputError {
        let mut pointer = Pointer::root();
        self.segments.iter().rev().for_each(|segment| pointer.push(segment));
        InputError::new(part, pointer.into_text(), self.code, self.detail)
    }
}

/// What serde and its derive report. Only static text and expectations, which the type declares, are kept.
impl de::Error for Fault {
    fn custom<T: fmt::Display>(text: T) -> Self {
        // This is how serde's derive says it where the fields of another type are among its own. The name is the client's.
        if text.to_string().starts_with("unknown field `") {
            return Self::new("unknown_field", "has a field that is not declared");
        }
        // The text is from somebody's `Deserialize`, and most of those quote the value.
        Self::generic()
    }

    fn invalid_type(_: Unexpected<'_>, expected: &dyn Expected) -> Self {
        Self::expected(expected)
    }

    fn invalid_value(_: Unexpected<'_>, expected: &dyn Expected) -> Self {
        Self::expected(expected)
    }

    fn invalid_length(_: usize, expected: &dyn Expected) -> Self {
        Self::expected(expected)
    }

    fn unknown_variant(_: &str, expected: &'static [&'static str]) -> Self {
        Self::new("type", format!("expected one of {}", suggest::list(expected.iter().copied())))
    }

    fn unknown_field(_: &str, expected: &'static [&'static str]) -> Self {
        let declared = suggest::list(expected.iter().copied());
        Self::new("unknown_field", format!("has a field that is not declared; the declared ones are {declared}"))
    }

    fn missing_field(field: &'static str) -> Self {
        Self::new("required", "this field is required").within(Segment::Name(field.to_owned()))
    }

    fn duplicate_field(field: &'static str) -> Self {
        Self::new("duplicate", MORE_THAN_ONCE).within(Segment::Name(field.to_owned()))
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.detail)
    }
}

impl std::error::Error for Fault {}

/// The names that Rust has for types, in words that a client knows.
pub(crate) fn plain(expected: &str) -> Cow<'_, str> {
    /// What goes on with the name of a type of the service, which is nothing to a client.
    const NAMED: [&str; 5] = ["enum ", "unit struct ", "newtype ", "internally tagged ", "adjacently tagged "];

    let integer = |min: String, max: String| Cow::Owned(format!("an integer from {min} to {max}"));
    match expected {
        "u8" => integer(u8::MIN.to_string(), u8::MAX.to_string()),
        "u16" => integer(u16::MIN.to_string(), u16::MAX.to_string()),
        "u32" => integer(u32::MIN.to_string(), u32::MAX.to_string()),
        "u64" | "usize" => integer(u64::MIN.to_string(), u64::MAX.to_string()),
        "i8" => integer(i8::MIN.to_string(), i8::MAX.to_string()),
        "i16" => integer(i16::MIN.to_string(), i16::MAX.to_string()),
        "i32" => integer(i32::MIN.to_string(), i32::MAX.to_string()),
        "i64" | "isize" => integer(i64::MIN.to_string(), i64::MAX.to_string()),
        "u128" => Cow::Borrowed("an integer that is not negative"),
        "i128" => Cow::Borrowed("an integer"),
        "f32" | "f64" => Cow::Borrowed("a number"),
        "bool" | "a boolean" => Cow::Borrowed("`true` or `false`"),
        "char" => Cow::Borrowed("one character"),
        "unit" => Cow::Borrowed("nothing (`null`)"),
        "a map" => Cow::Borrowed("an object"),
        "a sequence" => Cow::Borrowed("an array"),
        other if other.starts_with("struct ") => Cow::Borrowed("an object"),
        other if other.starts_with("tuple struct ") => Cow::Borrowed("an array"),
        other if NAMED.iter().any(|kind| other.starts_with(kind)) => Cow::Borrowed("another form of value"),
        other => Cow::Borrowed(other),
    }
}

/// The text, cut to a bounded length at the end of a character.
pub(super) fn clip(mut text: String) -> String {
    if text.len() > LONGEST {
        text.truncate(text.floor_char_boundary(LONGEST));
        text.push('…');
    }
    text
}

#[cfg(test)]
mod tests {
    use super::{Fault, LONGEST, clip};
    use crate::{RequestPart, validate::pointer::Segment};
    use serde::de::{Error as _, Unexpected};

    #[test]
    fn what_was_sent_is_nowhere_in_a_fault() {
        let sent = "hunter2, expected u8 at line 1";
        for fault in [
            Fault::custom(sent),
            Fault::invalid_type(Unexpected::Str(sent), &"u8"),
            Fault::invalid_value(Unexpected::Str(sent), &"u8"),
            Fault::unknown_field(sent, &["a", "b"]),
            Fault::unknown_variant(sent, &["a", "b"]),
        ] {
            assert!(!format!("{fault} {fault:?}").contains("hunter2"));
        }
    }

    #[test]
    fn a_fault_points_from_the_outside_in_and_not_into_maps() {
        let fault = || Fault::missing_field("name").within(Segment::Index(2)).within(Segment::Name("tags".to_owned()));
        assert_eq!(fault().into_error(RequestPart::Body).pointer, "#/tags/2/name");
        assert_eq!(fault().within_map().within(Segment::Name("x".to_owned())).into_error(RequestPart::Body).pointer, "#/x");
    }

    #[test]
    fn details_are_in_plain_words() {
        let detail = |expected: &str| Fault::expected_type(expected).into_error(RequestPart::Query).detail;
        assert_eq!(detail("u8"), "expected an integer from 0 to 255");
        assert_eq!(detail("a string"), "expected a string");
        assert_eq!(detail("struct NewUser with 3 elements"), "expected an object");
        assert_eq!(detail("enum Colour"), "expected another form of value");
    }

    #[test]
    fn long_details_are_cut_at_a_character() {
        assert_eq!(clip("x".repeat(LONGEST)).len(), LONGEST);
        let cut = clip(format!("x{}", "ö".repeat(LONGEST)));
        assert!(cut.ends_with("ö…") && cut.len() <= LONGEST + '…'.len_utf8());
    }
}
