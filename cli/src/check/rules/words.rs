//! Whether a reason is one.

/// Words that stand where a reason is still to be written, or that would stand anywhere.
const EMPTY: &[&str] = &[
    "todo",
    "fixme",
    "xxx",
    "tbd",
    "wip",
    "later",
    "test",
    "testing",
    "temp",
    "temporary",
    "because",
    "reason",
    "none",
    "n/a",
    "na",
    "public",
    "open",
    "unvalidated",
    "ok",
    "okay",
    "fine",
    "needed",
    "required",
    "misc",
    "foo",
    "bar",
    "asdf",
    "dummy",
    "why",
];

/// Whether a text gives no reason: nothing but filler, or fewer than two words and eight letters.
pub(crate) fn says_nothing(reason: &str) -> bool {
    let lower = reason.to_lowercase();
    let mut words = lower
        .split(|c: char| c.is_whitespace() || matches!(c, '.' | ',' | ':' | ';' | '!' | '?' | '-' | '_'))
        .filter(|word| !word.is_empty());
    let letters = lower.chars().filter(|c| c.is_alphanumeric()).count();
    letters < 4 || words.all(|word| EMPTY.contains(&word) || word.chars().all(|c| !c.is_alphanumeric()))
}

#[cfg(test)]
mod tests {
    use super::says_nothing;

    #[test]
    fn filler_is_no_reason() {
        for text in ["", "  ", "todo", "TODO: fixme", "x", "...", "test", "temporary.", "public", "n/a"] {
            assert!(says_nothing(text), "{text:?}");
        }
        for text in [
            "load balancers probe it",
            "callers get their credentials here",
            "webhook",
            "the signature is checked in the handler",
        ] {
            assert!(!says_nothing(text), "{text:?}");
        }
    }
}
