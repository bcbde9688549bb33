//! What a mask shows: so many characters, never more than it hides, and nothing of how many it hides.

use super::text;
use portcullis::{Output, Secret};
use proptest::prelude::*;
use serde_json::json;
use std::fmt;

/// A text that displays in pieces, as numbers and dates do.
struct Pieces(String);

impl fmt::Display for Pieces {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.chars().try_for_each(|character| write!(f, "{character}"))
    }
}

#[derive(Output)]
struct Masked {
    #[mask(last = 4)]
    last: String,
    #[mask(first = 2)]
    first: Pieces,
    #[mask(first = 1, last = 2)]
    both: Secret<String>,
    #[mask(all)]
    all: Box<str>,
}

fn masked(value: &str) -> [String; 4] {
    let owned = || value.to_owned();
    let masked = Masked { last: owned(), first: Pieces(owned()), both: Secret::new(owned()), all: owned().into() };
    let seen = serde_json::to_value(masked).unwrap();
    ["last", "first", "both", "all"].map(|field| seen[field].as_str().unwrap().to_owned())
}

#[test]
fn a_mask_shows_so_many_characters() {
    assert_eq!(masked("4111111111111234"), ["****1234", "41****", "4****34", "****"]);
    assert_eq!(masked("Zoë Ünsal"), ["****nsal", "Zo****", "Z****al", "****"]);
}

#[test]
fn a_short_value_is_masked_wholly() {
    assert_eq!(masked(""), ["****"; 4]);
    assert_eq!(masked("123"), ["****"; 4]);
    assert_eq!(masked("1234"), ["****", "12****", "****", "****"]);
    assert_eq!(masked("1234567"), ["****", "12****", "1****67", "****"]);
    assert_eq!(masked("12345678"), ["****5678", "12****", "1****78", "****"]);
}

#[test]
fn numbers_lists_and_what_may_be_missing_are_masked() {
    #[derive(Output)]
    struct Numbers {
        #[mask(last = 2)]
        number: u64,
        #[mask(last = 2)]
        maybe: Option<Secret<String>>,
        #[mask(last = 1)]
        list: Vec<Option<&'static str>>,
    }
    let numbers = Numbers { number: 123_456, maybe: Some("abcd".to_owned().into()), list: vec![Some("xyz"), None, Some("x")] };
    let seen = json!({ "number": "****56", "maybe": "****cd", "list": ["****z", null, "****"] });
    assert_eq!(serde_json::to_value(numbers).unwrap(), seen);
    assert_eq!(text(&Numbers { number: 1, maybe: None, list: Vec::new() }), r#"{"number":"****","maybe":null,"list":[]}"#);
}

proptest! {
    #[test]
    fn a_mask_shows_no_more_than_it_says_and_never_more_than_half(value in any::<String>()) {
        let characters: Vec<char> = value.chars().collect();
        let expected = |first: usize, last: usize| {
            if first + last == 0 || characters.len() < 2 * (first + last) {
                return "****".to_owned();
            }
            let (head, tail) = (&characters[..first], &characters[characters.len() - last..]);
            format!("{}****{}", head.iter().collect::<String>(), tail.iter().collect::<String>())
        };
        prop_assert_eq!(masked(&value), [expected(0, 4), expected(2, 0), expected(1, 2), "****".to_owned()]);
    }

    #[test]
    fn values_that_differ_where_nothing_is_shown_have_one_mask(one in "[^\u{0}]{8,40}", other in "[^\u{0}]{8,40}") {
        let (one, other) = (format!("ab{one}wxyz"), format!("ab{other}wxyz"));
        prop_assert_eq!(masked(&one), masked(&other));
    }
}
