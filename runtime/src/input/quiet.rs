//! What an input that cannot be read says of it, to who reads without `Valid`: serde's own texts quote what was sent, a password among it.
//! An error has no parts that could be left out, so of its text only what the type declares is written again, and constants.

use super::maps::REPEATED;
use crate::validate::{GENERIC, plain};
use portcullis_policy::suggest;
use serde::de::{Error, Unexpected};
use std::cell::RefCell;

/// What `serde_json` says of what is no JSON, with which an answer is another than to JSON that does not fit.
const SYNTAX: [&str; 21] = [
    "EOF while parsing a list",
    "EOF while parsing an object",
    "EOF while parsing a string",
    "EOF while parsing a value",
    "expected `:`",
    "expected `,` or `]`",
    "expected `,` or `}`",
    "expected ident",
    "expected value",
    "expected `\"`",
    "invalid escape",
    "invalid number",
    "number out of range",
    "invalid unicode code point",
    "control character (\\u0000-\\u001F) found while parsing a string",
    "key must be a string",
    "lone leading surrogate in hex escape",
    "trailing comma",
    "trailing characters",
    "unexpected end of hex escape",
    "recursion limit exceeded",
];

/// What serde calls the types that most fields have.
const TYPES: [&str; 20] = [
    "u8",
    "u16",
    "u32",
    "u64",
    "usize",
    "i8",
    "i16",
    "i32",
    "i64",
    "isize",
    "u128",
    "i128",
    "f32",
    "f64",
    "a boolean",
    "a string",
    "a character",
    "a sequence",
    "a map",
    "unit",
];

thread_local! {
    /// The last text that was written here, by which an error of an input within is known.
    static WRITTEN: RefCell<String> = const { RefCell::new(String::new()) };
}

/// An error with a text of ours.
pub(super) fn told<E: Error>(text: &str) -> E {
    note(text);
    E::custom(text)
}

/// The error, without what was sent.
#[cold]
pub(super) fn quiet<E: Error>(error: E, fields: &[&str], variants: &[&str]) -> E {
    if keeps_nothing::<E>() {
        return error;
    }
    let text = error.to_string();
    let (text, place) = split(&text);
    let is_ours = WRITTEN.with_borrow(|written| written == text);
    if is_ours || SYNTAX.contains(&text) || text == REPEATED {
        return error;
    }
    let written = written(text, fields, variants);
    note(&written);
    E::custom(written + place)
}

fn note(text: &str) {
    WRITTEN.with_borrow_mut(|written| text.clone_into(written));
}

/// Whether errors of this type have no room for what was sent, as those that `Valid` reads with. They know more than their text says.
fn keeps_nothing<E: Error>() -> bool {
    const PROBE: &str = "\u{1}probe\u{1}";
    let (custom, value) = (E::custom(PROBE), E::invalid_value(Unexpected::Str(PROBE), &"nothing"));
    !format!("{custom}{custom:?}{value}{value:?}").contains("probe")
}

/// What can be said of the error with that text.
fn written(text: &str, fields: &[&str], variants: &[&str]) -> String {
    for (begin, what) in [("missing field `", "is required"), ("duplicate field `", "is given more than once")] {
        let name = text.strip_prefix(begin).and_then(|rest| rest.strip_suffix('`'));
        if let Some(field) = fields.iter().find(|field| Some(**field) == name) {
            return format!("the field `{field}` {what}");
        }
    }
    if text.starts_with("unknown field `") {
        return match fields {
            // Where the fields of another type are among its own, serde does not know them all.
            [] => "has a field that is not declared".to_owned(),
            _ => format!("has a field that is not declared; the declared ones are {}", suggest::list(fields.iter().copied())),
        };
    }
    if text.starts_with("unknown variant `") && !variants.is_empty() {
        return format!("expected one of {}", suggest::list(variants.iter().copied()));
    }
    // What is behind the last of these words may be the client's, but not what is written for it.
    let expected = text.rsplit_once(", expected ").map(|(_, expected)| expected);
    let known =
        |expected: &&str| TYPES.contains(expected) || ["struct ", "tuple struct "].iter().any(|kind| expected.starts_with(kind));
    expected.filter(known).map_or_else(|| GENERIC.to_owned(), |expected| format!("expected {}", plain(expected)))
}

/// The text, and the place in it that `serde_json` tells, which is of numbers alone.
fn split(text: &str) -> (&str, &str) {
    let at = text.rfind(" at line ").filter(|at| {
        let place = text.get(*at..).and_then(|place| place.strip_prefix(" at line ")?.split_once(" column "));
        let is_number = |digits: &str| (1..20).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit());
        place.is_some_and(|(line, column)| is_number(line) && is_number(column))
    });
    text.split_at(at.unwrap_or(text.len()))
}

#[cfg(test)]
mod tests {
    use super::{GENERIC, SYNTAX, quiet, split, written};
    use serde::de::Error as _;
    use serde_json::error::Category;

    #[test]
    fn what_is_no_json_is_told_as_serde_json_tells_it() {
        let texts = [
            "",
            "[",
            "{\"a\"",
            "{\"a\":1",
            "[1",
            "\"a",
            "{\"a\" 1}",
            "[1 2]",
            "{\"a\":1 2}",
            "nul",
            "x",
            r#""\x""#,
            "-",
            "1e999",
            r#""\ud800""#,
            "\"\n\"",
            "{1:2}",
            "[1,]",
            "1 2",
            r#""\ud800\u0041""#,
            r#""\ud8"#,
        ];
        for text in texts {
            let error = serde_json::from_str::<serde_json::Value>(text).unwrap_err();
            let (category, said) = (error.classify(), error.to_string());
            assert!(category != Category::Data && SYNTAX.contains(&split(&said).0), "{text}: {said}");
            let quiet = quiet(error, &[], &[]);
            assert_eq!((quiet.classify(), quiet.to_string()), (category, said), "{text}");
        }
        let deep = serde_json::from_str::<serde_json::Value>(&"[".repeat(200)).unwrap_err();
        assert_eq!(quiet(deep, &[], &[]).classify(), Category::Syntax);
    }

    #[test]
    fn nothing_but_what_is_declared_and_constants_is_written() {
        let written = |text: &str| written(text, &["name", "age"], &["A", "B"]);
        for (text, expected) in [
            ("missing field `name`", "the field `name` is required"),
            ("duplicate field `age`", "the field `age` is given more than once"),
            ("missing field `hunter2`", GENERIC),
            ("missing field `name` hunter2", GENERIC),
            (
                "unknown field `hunter2`, expected `name` or `age`",
                "has a field that is not declared; the declared ones are `name` and `age`",
            ),
            ("unknown variant `hunter2`, expected `A` or `B`", "expected one of `A` and `B`"),
            ("invalid type: string \"hunter2\", expected u8", "expected an integer from 0 to 255"),
            ("invalid type: string \"x, expected hunter2\", expected a string", "expected a string"),
            ("invalid type: string \"x\", expected hunter2", GENERIC),
            ("invalid type: sequence, expected struct hunter2", "expected an object"),
            ("hunter2, expected", GENERIC),
            ("hunter2", GENERIC),
            ("", GENERIC),
        ] {
            assert_eq!(written(text), expected, "{text}");
        }
    }

    #[test]
    fn a_place_is_kept_and_what_looks_like_one_is_not() {
        assert_eq!(split("a at line 1 column 23"), ("a", " at line 1 column 23"));
        for text in ["a at line 1", "a at line hunter2 column 1", "a at line 1 column 2 hunter2", "a at line  column ", "a"] {
            assert_eq!(split(text), (text, ""));
        }
        let error = quiet(serde_json::Error::custom("hunter2 at line 3 column 4"), &[], &[]);
        assert_eq!((error.to_string(), error.line(), error.column()), (format!("{GENERIC} at line 3 column 4"), 3, 4));
    }

    #[test]
    fn the_text_of_an_input_within_is_passed_on_and_no_other() {
        let inner = quiet(serde_json::Error::custom("missing field `inner`"), &["inner"], &[]);
        assert_eq!(quiet(inner, &["outer"], &[]).to_string(), "the field `inner` is required");
        let other = serde_json::Error::custom("the field `hunter2` is required");
        assert_eq!(quiet(other, &["outer"], &[]).to_string(), GENERIC);
    }
}
