//! Text of others, as it may be shown: what could move the cursor, reorder the line or hide in it is escaped.
//! A path or a reason must not be able to rewrite the table, the lock or the diff that a reviewer looks at.

use std::borrow::Cow;

/// The text with every character escaped that is not seen as itself: controls, invisible and reordering characters, and marks that
/// draw over their neighbours.
///
/// ```
/// use portcullis_policy::visible;
///
/// assert_eq!(visible("/größe/{id}"), "/größe/{id}");
/// assert_eq!(visible("/a\u{202e}b\n"), "/a\\u{202e}b\\n");
/// ```
#[must_use]
pub fn visible(text: &str) -> Cow<'_, str> {
    if !text.contains(is_hidden) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len());
    for character in text.chars() {
        if is_hidden(character) {
            shown.extend(character.escape_default());
        } else {
            shown.push(character);
        }
    }
    Cow::Owned(shown)
}

/// Whether a character is not seen as itself.
pub(crate) fn is_hidden(character: char) -> bool {
    // Rust's `Debug` escapes quotes and backslashes for another reason.
    !matches!(character, '"' | '\'' | '\\') && character.escape_debug().len() > 1
}

#[cfg(test)]
mod tests {
    use super::{is_hidden, visible};

    #[test]
    fn what_is_not_seen_as_itself_is_hidden() {
        for hidden in "\0\t\n\r\u{1b}\u{7f}\u{85}\u{ad}\u{301}\u{61c}\u{180e}\u{200b}\u{200e}\u{2028}\u{202e}\u{2066}\u{3000}\u{feff}\u{fff9}\u{e0041}".chars() {
            assert!(is_hidden(hidden), "{hidden:?}");
        }
        for seen in " aZ0é中\"'\\{}/*~".chars() {
            assert!(!is_hidden(seen), "{seen:?}");
        }
        assert_eq!(visible("a\u{1b}[2J"), "a\\u{1b}[2J");
    }
}
