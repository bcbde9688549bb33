//! Characters that no text of an input has unless its type allows them: those that are not seen and yet change what is.
//! A control character ends a line of a log, a bidi override turns a name around, a zero-width space makes two of one.

use super::texts::{AT, Leaf, Refused, Texts};
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
const REFUSALS: [&str; 3] =
    ["has a control character", "has a character that changes the direction of writing", "has a character without a width"];

/// What is said of a number that is infinite or none.
const NOT_FINITE: &str = "is not a finite number";

/// The code of the text, what it says, and the indices behind the field that it names, if it is one of these.
pub(crate) fn placed(message: &str) -> Option<(&'static str, &'static str, &str)> {
    let (what, place) = message.split_once(AT).unwrap_or((message, ""));
    let code = |said: &'static str| (if said == NOT_FINITE { "range" } else { "text" }, said, place);
    REFUSALS.into_iter().chain([NOT_FINITE]).find(|said| *said == what).map(code)
}

/// A field, to be looked at if it has text.
pub struct Field<'a, T: ?Sized>(pub &'a T);

impl<T: ?Sized> fmt::Debug for Field<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Field")
    }
}

impl<T: Texts + ?Sized> Field<'_, T> {
    /// Refuses what is not allowed, and numbers that are none.
    ///
    /// # Errors
    ///
    /// The kind of the first character that is refused, and not the character, and the indices of the text if it is in a list.
    pub fn text(&self, allowed: u8) -> garde::Result {
        let mut look = |leaf: Leaf<'_>| {
            let refusal = match leaf {
                Leaf::Text(text) => refusal(text, allowed),
                // No range has an end for it, and JSON has no word for it; a form has.
                Leaf::Float(number) => (!number.is_finite()).then_some(NOT_FINITE),
            };
            refusal.map_or(ControlFlow::Continue(()), |what| ControlFlow::Break(Refused::new(what)))
        };
        match self.0.each(&mut look) {
            ControlFlow::Continue(()) => Ok(()),
            ControlFlow::Break(refused) => Err(Error::new(refused)),
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
    use std::collections::{BTreeMap, BTreeSet};

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
    fn what_is_refused_in_a_list_is_told_by_its_index_and_in_a_map_or_set_is_not() {
        let bad = || "\0".to_owned();
        let said = |field: &dyn Fn() -> garde::Result| field().unwrap_err().message().to_owned();
        let [control, ..] = REFUSALS;
        let list = vec![vec![String::new()], vec![String::new(), String::new(), bad()]];
        assert_eq!(said(&|| Field(&list).text(0)), format!("{control} at [1][2]"));
        assert_eq!(said(&|| Field(&Some((1, [Box::new(bad())]))).text(0)), format!("{control} at [1][0]"));
        assert_eq!(said(&|| Field(&vec![BTreeMap::from([(1, vec![bad()])])]).text(0)), format!("{control} at [0]"));
        assert_eq!(said(&|| Field(&BTreeSet::from([bad()])).text(0)), control);
        assert_eq!(super::placed(&format!("{control} at [1][2]")), Some(("text", control, "[1][2]")));
        assert_eq!(super::placed(control), Some(("text", control, "")));
        assert_eq!((super::placed("x at [1]"), super::placed("")), (None, None));
    }

    #[test]
    fn a_number_is_finite() {
        assert!(Field(&0.5).text(0).is_ok() && Field(&[f32::MAX]).text(0).is_ok());
        for bad in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
            let said = Field(&vec![0.0, bad]).text(15).unwrap_err();
            assert_eq!(super::placed(said.message()), Some(("range", "is not a finite number", "[1]")));
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
