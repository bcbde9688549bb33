//! Names of audit records: the language of `audit = "patient.read"`.
//! One spelling for each name, so that a search of the records finds all of them.

use super::unit::Quoted;
use crate::GrammarError;
use std::{fmt, str::FromStr};

/// The name of an audit record: words with dots between them, in lower-case letters, digits, `_` and `-`.
///
/// ```
/// use portcullis_policy::AuditName;
///
/// let name: AuditName = "patient.read".parse()?;
/// assert_eq!(name.to_string(), "patient.read");
/// assert!("Patient.Read".parse::<AuditName>().is_err());
/// # Ok::<(), portcullis_policy::GrammarError>(())
/// ```
#[derive(Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct AuditName(String);

/// Prints as it was written.
impl fmt::Display for AuditName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// # Errors
/// What is wrong with the text and how to write it.
impl FromStr for AuditName {
    type Err = GrammarError;

    fn from_str(text: &str) -> Result<Self, GrammarError> {
        let error = |message: String| Err(GrammarError::new(message));
        if text.trim().is_empty() {
            return error("the name of the audit record is empty: say what is done, as in `patient.read`".to_owned());
        }
        if let Some(wrong) = text.chars().find(|character| !is_allowed(*character)) {
            let lower = text.to_lowercase();
            let remedy = match lower.chars().all(is_allowed) {
                true => format!("write {}", Quoted(&lower)),
                false => "use lower-case letters, digits, `_` and `-`, with dots between words, as in `patient.read`".to_owned(),
            };
            let wrong = if wrong == ' ' { "a space".to_owned() } else { Quoted(wrong.encode_utf8(&mut [0; 4])).to_string() };
            return error(format!("the name of an audit record has {wrong} in it: {remedy}"));
        }
        if text.split('.').any(str::is_empty) {
            return error(format!("{} has a dot without a word on each side: write it as in `patient.read`", Quoted(text)));
        }
        Ok(Self(text.to_owned()))
    }
}

const fn is_allowed(character: char) -> bool {
    matches!(character, 'a'..='z' | '0'..='9' | '_' | '-' | '.')
}

#[cfg(test)]
mod tests {
    use super::AuditName;
    use proptest::prelude::*;

    fn error(text: &str) -> String {
        text.parse::<AuditName>().unwrap_err().to_string()
    }

    #[test]
    fn names_are_words_with_dots_between_them() {
        for text in ["login", "patient.read", "a.b.c", "user_2.e-mail"] {
            assert_eq!(text.parse::<AuditName>().unwrap().to_string(), text);
        }
    }

    #[test]
    fn errors_say_how_to_write_it() {
        let rule = "use lower-case letters, digits, `_` and `-`, with dots between words, as in `patient.read`";
        assert_eq!(error(""), "the name of the audit record is empty: say what is done, as in `patient.read`");
        assert_eq!(error(" "), "the name of the audit record is empty: say what is done, as in `patient.read`");
        assert_eq!(error("Patient.Read"), "the name of an audit record has `P` in it: write `patient.read`");
        assert_eq!(error("patient read"), format!("the name of an audit record has a space in it: {rule}"));
        assert_eq!(error("patient:read"), format!("the name of an audit record has `:` in it: {rule}"));
        assert_eq!(error("a\n"), format!("the name of an audit record has `\\n` in it: {rule}"));
        for text in [".read", "patient.", "patient..read", "."] {
            let message = format!("`{text}` has a dot without a word on each side: write it as in `patient.read`");
            assert_eq!(error(text), message);
        }
    }

    proptest! {
        #[test]
        fn what_parses_prints_itself(text in ".*", near in "[a-z.A-Z_ -]{0,12}") {
            for text in [text, near] {
                if let Ok(name) = text.parse::<AuditName>() {
                    prop_assert_eq!(name.to_string(), text);
                }
            }
        }
    }
}
