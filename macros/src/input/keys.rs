//! The keys of `#[input(…)]` and the names of garde's rules, in one place.
//! The parser, the messages and the suggestions are made from them, so they cannot disagree.

use crate::keys::did_you_mean;
use portcullis_policy::suggest;

/// A key of `#[input(…)]`.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Key {
    Sanitize,
    Allow,
    Keys,
    Unbounded,
    Schema,
    Crate,
}

/// A row of the table.
#[derive(Debug)]
pub(super) struct Row {
    pub(super) key: Key,
    pub(super) name: &'static str,
    /// How it is written.
    pub(super) form: &'static str,
    /// Whether it is written on a field, and not on the type.
    pub(super) of_field: bool,
    #[cfg_attr(not(test), expect(dead_code, reason = "the reference page has it, and a test compares the two"))]
    pub(super) meaning: &'static str,
}

/// The keys.
pub(super) const KEYS: &[Row] = &[
    Row {
        key: Key::Sanitize,
        name: "sanitize",
        form: "sanitize(trim, lowercase)",
        of_field: true,
        meaning: "on a field: what is done to its text before the rules see it, in this order: `trim`, `lowercase`, `uppercase`, `nfc`, \
                  `nfkc`, `collapse_whitespace`, `strip_control`, or `custom = path` of a `fn(&mut String)`",
    },
    Row {
        key: Key::Allow,
        name: "allow",
        form: "allow(newlines)",
        of_field: true,
        meaning: "on a field: what its text may have, and else may not: `newlines` (and tabs), `control`, `bidi`, `zero_width`",
    },
    Row {
        key: Key::Keys,
        name: "keys",
        form: "keys(max = 100)",
        of_field: true,
        meaning: "on a map: how many characters each of its keys has at most",
    },
    Row {
        key: Key::Unbounded,
        name: "unbounded",
        form: r#"unbounded = "a trusted importer sends it""#,
        of_field: true,
        meaning: "on a field: nothing but the size of the body bounds its length, for this reason",
    },
    Row {
        key: Key::Schema,
        name: "schema",
        form: "schema = false",
        of_field: false,
        meaning: "on the type: it gets no JSON schema from here, because it has one from elsewhere",
    },
    Row {
        key: Key::Crate,
        name: "crate",
        form: "crate = my_framework::portcullis",
        of_field: false,
        meaning: "on the type: where the `portcullis` crate is, if not at `::portcullis`",
    },
];

/// The steps of `sanitize(…)`, but for `custom = path`.
pub(super) const STEPS: &[&str] = &["trim", "lowercase", "uppercase", "nfc", "nfkc", "collapse_whitespace", "strip_control"];

/// The words of `allow(…)`.
pub(super) const ALLOWED: &[&str] = &["newlines", "control", "bidi", "zero_width"];

/// The rules that garde knows for a field.
pub(super) const RULES: &[&str] = &[
    "adapt",
    "alphanumeric",
    "ascii",
    "code",
    "contains",
    "credit_card",
    "custom",
    "dive",
    "email",
    "if",
    "inner",
    "ip",
    "ipv4",
    "ipv6",
    "length",
    "matches",
    "pattern",
    "phone_number",
    "prefix",
    "range",
    "rename",
    "required",
    "skip",
    "suffix",
    "url",
];

/// The row of a key that may be written there.
pub(super) fn find(word: &str, of_field: bool) -> Option<&'static Row> {
    KEYS.iter().find(|row| row.name == word && row.of_field == of_field)
}

/// What to say about a word that is no key there.
pub(super) fn unknown(word: &str, of_field: bool) -> String {
    let names = || KEYS.iter().filter(|row| row.of_field == of_field).map(|row| row.name);
    let place = if of_field { "of a field" } else { "of the type" };
    if let Some(row) = KEYS.iter().find(|row| row.name == word) {
        return format!("`{}` is not a key {place}", row.name);
    }
    format!("unknown key `{word}`: {}the keys {place} are {}", did_you_mean(word, names()), suggest::list(names()))
}

/// What to say about a word that is none of a list.
pub(super) fn unknown_word(what: &str, word: &str, words: &[&str]) -> String {
    let near = did_you_mean(word, words.iter().copied());
    format!("unknown {what} `{word}`: {near}there are {}", suggest::list(words.iter().copied()))
}

/// What to say about a rule that garde does not know.
pub(super) fn unknown_rule(word: &str) -> String {
    let near = did_you_mean(word, RULES.iter().copied());
    format!("unknown rule `{word}`: {near}the rules are {}", suggest::list(RULES.iter().copied()))
}

#[cfg(test)]
mod tests {
    use super::{KEYS, unknown, unknown_rule};

    #[test]
    fn the_reference_page_has_the_table() {
        let line = |row: &super::Row| format!("| `{}` | `{}` | {} |\n", row.name, row.form, row.meaning);
        let table = format!("| key | written | meaning |\n| --- | --- | --- |\n{}", KEYS.iter().map(line).collect::<String>());
        assert!(include_str!("../input.md").contains(&table), "the page needs this table:\n{table}");
    }

    #[test]
    fn messages_suggest_and_list() {
        assert!(
            unknown("unbouned", true).starts_with("unknown key `unbouned`: did you mean `unbounded`? the keys of a field are")
        );
        assert_eq!(unknown("crate", true), "`crate` is not a key of a field");
        assert!(unknown_rule("emial").starts_with("unknown rule `emial`: did you mean `email`? the rules are `adapt`"));
    }
}
