//! A stable word for each rule of garde's, which has texts alone: the word goes before the text, where garde asks for one.
//! The texts themselves stay garde's.

use crate::input::{TOO_LONG, placed};
use garde::i18n::{DefaultI18n, I18n, InvalidCreditCard, InvalidEmail, InvalidPhoneNumber, InvalidUrl, IpKind, with_i18n};
use std::{borrow::Cow, fmt::Display};

/// What stands around a code in a text. A rule of one's own that wrote it would have to mean to.
const MARK: char = '\u{1}';

/// The code of rules that have no name: those of the user's own.
const OTHER: &str = "rule";

/// The codes of garde's rules.
const CODES: [&str; 15] = [
    "length",
    "range",
    "credit_card",
    "pattern",
    "contains",
    "url",
    "prefix",
    "suffix",
    "phone_number",
    "ip",
    "matches",
    "email",
    "ascii",
    "alphanumeric",
    "required",
];

/// Runs it with codes in the reports that it makes.
pub(super) fn within<R>(run: impl FnOnce() -> R) -> R {
    with_i18n(Coded, run)
}

/// The code and the text of a broken rule, and the indices to its place in the field, as garde writes them.
pub(super) fn split(message: &str) -> (&'static str, &str, &str) {
    if let Some(placed) = placed(message) {
        return placed;
    }
    if message.starts_with(TOO_LONG) {
        return ("length", message, "");
    }
    let coded = message.strip_prefix(MARK).and_then(|rest| rest.split_once(MARK));
    let known = coded.and_then(|(code, text)| Some((CODES.into_iter().find(|known| *known == code)?, text, "")));
    known.unwrap_or((OTHER, message, ""))
}

/// Puts the code before the text.
struct Coded;

macro_rules! coded {
    ($($code:literal $method:ident($($argument:ident: $type:ty)?);)*) => {
        impl I18n for Coded {
            $(fn $method(&self $(, $argument: $type)?) -> Cow<'static, str> {
                format!("{MARK}{}{MARK}{}", $code, DefaultI18n.$method($($argument)?)).into()
            })*
        }
    };
}

coded! {
    "length" length_lower_than(min: usize);
    "length" length_greater_than(max: usize);
    "range" range_lower_than(min: &dyn Display);
    "range" range_greater_than(max: &dyn Display);
    "credit_card" credit_card_invalid(reason: InvalidCreditCard);
    "pattern" pattern_no_match(pattern: &dyn Display);
    "contains" contains_missing(pattern: &dyn Display);
    "url" url_invalid(reason: InvalidUrl);
    "prefix" prefix_missing(pattern: &dyn Display);
    "suffix" suffix_missing(pattern: &dyn Display);
    "phone_number" phone_number_invalid(reason: InvalidPhoneNumber);
    "ip" ip_invalid(kind: IpKind);
    "matches" matches_field_mismatch(field: &dyn Display);
    "email" email_invalid(reason: InvalidEmail);
    "ascii" ascii_invalid();
    "alphanumeric" alphanumeric_invalid();
    "required" required_not_set();
}

#[cfg(test)]
mod tests {
    use super::{MARK, split};

    #[test]
    fn a_code_is_one_of_ours_or_the_text_is_left_alone() {
        assert_eq!(split("\u{1}length\u{1}length is lower than 3"), ("length", "length is lower than 3", ""));
        for text in ["", "x", "\u{1}", "\u{1}length", "\u{1}mine\u{1}text"] {
            assert_eq!(split(text), ("rule", text, ""));
        }
        assert_eq!(MARK, '\u{1}');
    }
}
