//! Characters that no text of an input has unless its type allows them: those that are not seen and yet change what is.
//! A control character ends a line of a log, a bidi override turns a name around, a zero-width space makes two of one.

use super::Texts;
use garde::Error;
use std::{fmt, ops::ControlFlow};

/// What a field may have of what is refused else: a sum of these.
pub mod allow {
    /// Line feeds, carriage returns and tabs.
    pub const NEWLINES: u8 = 1;
    /// Control characters, those included.
    pub const CONTROL: u8 = 2;
    /// Marks, embeddings, overrides and isolates of the direction of writing.
    pub const BIDI: u8 = 4;
    /// Characters without a width, such as the joiners that some scripts and many emoji are written with.
    pub const ZERO_WIDTH: u8 = 8;
}

/// What is said of each kind.
pub(crate) const REFUSALS: [&str; 3] =
    ["has a control character", "has a character that changes the direction of writing", "has a character without a width"];

/// A field, to be looked at if it has text.
pub struct Field<'a, T: ?Sized>(pub &'a T);

impl<T: ?Sized> fmt::Debug for Field<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Field")
    }
}

impl<T: Texts + ?Sized> Field<'_, T> {
    /// Refuses what is not allowed.
    ///
    /// # Errors
    ///
    /// The kind of the first character that is refused, and not the character.
    pub fn text(&self, allowed: u8) -> garde::Result {
        match self.0.each(&mut |text| refusal(text, allowed).map_or(ControlFlow::Continue(()), ControlFlow::Break)) {
            ControlFlow::Continue(()) => Ok(()),
            ControlFlow::Break(refusal) => Err(Error::new(refusal)),
        }
    }
}

/// What is true of a field without text.
pub trait AnyField {
    /// Nothing to refuse.
    ///
    /// # Errors
    ///
    /// None.
    fn text(&self, _allowed: u8) -> garde::Result {
        Ok(())
    }
}

impl<T: ?Sized> AnyField for Field<'_, T> {}

/// What is wrong with a text.
fn refusal(text: &str, allowed: u8) -> Option<&'static str> {
    // Most texts are of these alone.
    if text.bytes().all(|byte| (b' '..=b'~').contains(&byte)) {
        return None;
    }
    text.chars().find_map(|character| {
        let (pardons, refusal) = kind(character)?;
        (allowed & pardons == 0).then_some(refusal)
    })
}

/// What allows a character that needs it, and what is said where nothing does.
fn kind(character: char) -> Option<(u8, &'static str)> {
    let [control, bidi, zero_width] = REFUSALS;
    match character {
        '\n' | '\r' | '\t' => Some((allow::NEWLINES | allow::CONTROL, control)),
        _ if character.is_control() => Some((allow::CONTROL, control)),
        '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => Some((allow::BIDI, bidi)),
        '\u{ad}'
        | '\u{180e}'
        | '\u{200b}'..='\u{200d}'
        | '\u{2060}'..='\u{2064}'
        | '\u{206a}'..='\u{206f}'
        | '\u{feff}'
        | '\u{fff9}'..='\u{fffb}'
        | '\u{e0000}'..='\u{e007f}' => Some((allow::ZERO_WIDTH, zero_width)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{AnyField as _, Field, REFUSALS, allow};
    use crate::Secret;
    use std::collections::BTreeMap;

    fn said(text: &str, allowed: u8) -> Option<String> {
        Field(text).text(allowed).err().map(|error| error.message().to_owned())
    }

    #[test]
    fn what_is_not_seen_is_refused_unless_it_is_allowed() {
        let [control, bidi, zero_width] = REFUSALS;
        for (text, pardon, refusal) in [
            ("a\0", allow::CONTROL, control),
            ("\u{7f}", allow::CONTROL, control),
            ("\u{9b}31m", allow::CONTROL, control),
            ("\u{1b}[31m", allow::CONTROL, control),
            ("a\nb", allow::NEWLINES, control),
            ("a\r\n\tb", allow::CONTROL, control),
            ("\u{202e}gpj.exe", allow::BIDI, bidi),
            ("\u{2067}", allow::BIDI, bidi),
            ("ad\u{200b}min", allow::ZERO_WIDTH, zero_width),
            ("\u{feff}a", allow::ZERO_WIDTH, zero_width),
            ("\u{e0041}", allow::ZERO_WIDTH, zero_width),
        ] {
            assert_eq!(said(text, 0).as_deref(), Some(refusal), "{text:?}");
            assert_eq!(said(text, 15 - pardon).as_deref(), (text != "a\nb" && text != "a\r\n\tb").then_some(refusal), "{text:?}");
            assert_eq!(said(text, pardon), None, "{text:?}");
        }
        assert_eq!(said("a\0", allow::NEWLINES).as_deref(), Some(control));
        for text in ["", "alice", "Žluťoučký kůň", "東京", "😀", "a\u{301}", "שלום", "a b"] {
            assert_eq!(said(text, 0), None, "{text:?}");
        }
    }

    #[test]
    fn text_is_found_wherever_it_is() {
        let bad = || "\u{202e}".to_owned();
        assert!(Field(&Some(vec![bad()])).text(0).is_err());
        assert!(Field(&Secret::new(bad())).text(0).is_err());
        assert!(Field(&BTreeMap::from([(bad(), 1)])).text(0).is_err());
        assert!(Field(&[Box::new(("a".to_owned(), bad()))]).text(0).is_err());
        assert!(Field(&7).text(0).is_ok());
        struct Other;
        assert!(Field(&Other).text(0).is_ok());
    }
}
