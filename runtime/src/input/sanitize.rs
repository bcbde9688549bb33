//! What `sanitize(…)` does to a text before the rules see it, a step after the other as they are written.
//! In place where that is possible, and without an allocation where there is nothing to do.

use super::TextsMut;
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick, is_nfkc_quick};

/// Takes all texts of a field through the steps.
pub fn sanitize<T: TextsMut>(field: &mut T, steps: &[fn(&mut String)]) {
    field.each_mut(&|text| steps.iter().for_each(|step| step(text)));
}

/// Takes the white space off both ends.
pub fn trim(text: &mut String) {
    text.truncate(text.trim_end().len());
    let start = text.len() - text.trim_start().len();
    text.drain(..start);
}

/// Puts all letters into lower case.
pub fn lowercase(text: &mut String) {
    if text.is_ascii() {
        text.make_ascii_lowercase();
    } else {
        *text = text.to_lowercase();
    }
}

/// Puts all letters into upper case.
pub fn uppercase(text: &mut String) {
    if text.is_ascii() {
        text.make_ascii_uppercase();
    } else {
        *text = text.to_uppercase();
    }
}

/// Composes what is written in parts: the same characters for the same text.
pub fn nfc(text: &mut String) {
    if is_nfc_quick(text.chars()) != IsNormalized::Yes {
        *text = text.nfc().collect();
    }
}

/// As [`nfc`], and one character for all that are the same in another dress, such as full-width letters and ligatures.
pub fn nfkc(text: &mut String) {
    if is_nfkc_quick(text.chars()) != IsNormalized::Yes {
        *text = text.nfkc().collect();
    }
}

/// Makes one space of any white space in a row.
pub fn collapse_whitespace(text: &mut String) {
    let mut after_space = false;
    if !text.chars().any(char::is_whitespace) {
        return;
    }
    let collapsed = text.chars().filter_map(|character| {
        let is_space = character.is_whitespace();
        let is_repeated = std::mem::replace(&mut after_space, is_space) && is_space;
        (!is_repeated).then_some(if is_space { ' ' } else { character })
    });
    *text = collapsed.collect();
}

/// Leaves out control characters, ends of lines among them.
pub fn strip_control(text: &mut String) {
    text.retain(|character| !character.is_control());
}

#[cfg(test)]
mod tests {
    use super::{collapse_whitespace, lowercase, nfc, nfkc, sanitize, strip_control, trim, uppercase};
    use crate::Secret;
    use proptest::prelude::*;
    use std::collections::{BTreeMap, BTreeSet};

    fn after(text: &str, step: fn(&mut String)) -> String {
        let mut text = text.to_owned();
        step(&mut text);
        text
    }

    #[test]
    fn each_step_does_what_it_says() {
        assert_eq!(after(" \u{a0}a b\n", trim), "a b");
        assert_eq!((after("", trim), after(" \t ", trim)), (String::new(), String::new()));
        assert_eq!((after("ÀB", lowercase), after("AB", lowercase)), ("àb".to_owned(), "ab".to_owned()));
        assert_eq!((after("ßa", uppercase), after("ab", uppercase)), ("SSA".to_owned(), "AB".to_owned()));
        assert_eq!(after("e\u{301}", nfc), "é");
        assert_eq!((after("ﬁ", nfc), after("ﬁ\u{ff21}", nfkc)), ("ﬁ".to_owned(), "fiA".to_owned()));
        assert_eq!(after("  a \t\n b\u{2003}c ", collapse_whitespace), " a b c ");
        assert_eq!(after("a\0\nb\u{9b}", strip_control), "ab");
    }

    #[test]
    fn all_texts_of_a_field_take_all_the_steps_in_order() {
        let steps: [fn(&mut String); 2] = [trim, lowercase];
        let mut field = Some(BTreeMap::from([(" K".to_owned(), vec![" A".to_owned(), "B ".to_owned()])]));
        sanitize(&mut field, &steps);
        assert_eq!(field, Some(BTreeMap::from([(" K".to_owned(), vec!["a".to_owned(), "b".to_owned()])])));
        let mut set = BTreeSet::from([" A".to_owned(), "a".to_owned()]);
        sanitize(&mut set, &steps);
        assert_eq!(set, BTreeSet::from(["a".to_owned()]));
        let mut secret = Secret::new(" HUNTER2 ".to_owned());
        sanitize(&mut secret, &steps);
        assert_eq!(secret.expose(), "hunter2");
    }

    proptest! {
        #[test]
        fn a_step_taken_twice_does_no_more(text in any::<String>()) {
            for step in [trim, lowercase, nfc, nfkc, collapse_whitespace, strip_control] as [fn(&mut String); 6] {
                let once = after(&text, step);
                prop_assert_eq!(&after(&once, step), &once);
            }
        }
    }
}
