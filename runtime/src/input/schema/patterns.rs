//! Regular expressions for what text is made of, in the words that ECMA-262, Rust and Python have in common.
//! One expression where one can say it all, since generators of examples are good at one and bad at several.

use super::facts::Fact;
use crate::input::allow;
use std::fmt::Write;

/// What is refused beside what allows it: the ranges of `text::kind`, but for the tags (U+E0000 to U+E007F), which only engines with the
/// `u` flag could name.
const REFUSED: [(u8, &[(char, char)]); 4] = [
    (allow::NEWLINES | allow::CONTROL, &[('\t', '\n'), ('\r', '\r')]),
    (allow::CONTROL, &[('\0', '\u{8}'), ('\u{b}', '\u{c}'), ('\u{e}', '\u{1f}'), ('\u{7f}', '\u{9f}')]),
    (allow::BIDI, &[('\u{61c}', '\u{61c}'), ('\u{200e}', '\u{200f}'), ('\u{202a}', '\u{202e}'), ('\u{2066}', '\u{2069}')]),
    (
        allow::ZERO_WIDTH,
        &[
            ('\u{ad}', '\u{ad}'),
            ('\u{180e}', '\u{180e}'),
            ('\u{200b}', '\u{200d}'),
            ('\u{2060}', '\u{2064}'),
            ('\u{206a}', '\u{206f}'),
            ('\u{feff}', '\u{feff}'),
            ('\u{fff9}', '\u{fffb}'),
        ],
    ),
];

/// Characters that are neither letters nor digits: all of those of ASCII and Latin-1, and whole blocks of signs beyond.
const SIGNS: [(char, char); 18] = [
    ('\0', '/'),
    (':', '@'),
    ('[', '`'),
    ('{', '\u{a9}'),
    ('\u{ab}', '\u{b1}'),
    ('\u{b4}', '\u{b4}'),
    ('\u{b6}', '\u{b8}'),
    ('\u{bb}', '\u{bb}'),
    ('\u{bf}', '\u{bf}'),
    ('\u{d7}', '\u{d7}'),
    ('\u{f7}', '\u{f7}'),
    ('\u{2000}', '\u{206f}'),
    ('\u{20a0}', '\u{20cf}'),
    ('\u{2190}', '\u{245f}'),
    ('\u{2500}', '\u{2775}'),
    ('\u{2794}', '\u{2bff}'),
    ('\u{3000}', '\u{3004}'),
    ('\u{feff}', '\u{feff}'),
];

/// The patterns of a text, all of which hold.
#[derive(Debug)]
pub(super) struct Patterns {
    list: Vec<String>,
    ascii: bool,
}

impl Patterns {
    /// What the facts say; `text` is what it may have of what is refused else, where that is looked at.
    pub(super) fn of(facts: &[Fact<'_>], text: Option<u8>) -> Self {
        let said = |wanted: &Fact<'_>| facts.iter().any(|fact| std::mem::discriminant(fact) == std::mem::discriminant(wanted));
        let plain = facts.iter().any(|fact| matches!(fact, Fact::Pattern { plain: true, .. }));
        let ascii = said(&Fact::Ascii);
        let class = match (ascii, said(&Fact::Alphanumeric)) {
            _ if plain => None,
            (true, true) => Some("[0-9A-Za-z]".to_owned()),
            (false, true) => Some(class(true, SIGNS)),
            (true, false) => Some(of_ascii(text)),
            (false, false) => text.and_then(of_any),
        };
        let mut affixes = facts.iter().filter_map(|fact| match fact {
            Fact::Contains(text) => Some((true, *text, true)),
            Fact::Prefix(text) => Some((false, *text, true)),
            Fact::Suffix(text) => Some((true, *text, false)),
            _ => None,
        });
        let mut list = Vec::new();
        match (affixes.next(), &class) {
            // A text within that is of the class itself, as any is that can be meant, joins it.
            (Some((before, text, after)), Some(class)) if text.bytes().all(|byte| byte.is_ascii_alphanumeric()) => {
                let around = |wanted| if wanted { format!("{class}*") } else { String::new() };
                list.push(format!("^{}{}{}$", around(before), literal(text), around(after)));
            }
            (first, class) => {
                list.extend(class.as_ref().map(|class| format!("^{class}*$")));
                list.extend(first.map(affix));
            }
        }
        list.extend(affixes.map(affix));
        list.extend(facts.iter().filter_map(|fact| match fact {
            Fact::Pattern { text, .. } => Some((*text).to_owned()),
            _ => None,
        }));
        Self { list, ascii: ascii || plain }
    }

    /// Of any text, nothing but that.
    pub(super) fn of_any_text(allowed: u8) -> Option<String> {
        of_any(allowed).map(|class| format!("^{class}*$"))
    }

    /// Whether all that keeps them is ASCII.
    pub(super) const fn is_ascii(&self) -> bool {
        self.ascii
    }

    /// Nothing is at the ends that would be taken off before it is counted.
    pub(super) fn trimmed(&mut self) {
        self.list.extend(["^\\S", "\\S$"].map(str::to_owned));
    }

    pub(super) fn into_list(self) -> Vec<String> {
        self.list
    }
}

fn affix((before, text, after): (bool, &str, bool)) -> String {
    let anchor = |anchor, wanted: bool| if wanted { "" } else { anchor };
    format!("{}{}{}", anchor("^", before), literal(text), anchor("$", after))
}

/// A class of everything but what is refused; none where nothing is.
fn of_any(allowed: u8) -> Option<String> {
    let refused: Vec<(char, char)> = refused(allowed).collect();
    (!refused.is_empty()).then(|| class(true, refused))
}

/// The class of what ASCII has and is not refused.
fn of_ascii(allowed: Option<u8>) -> String {
    let controls = refused(allowed.unwrap_or(u8::MAX)).any(|(first, _)| first == '\0');
    let newlines = refused(allowed.unwrap_or(u8::MAX)).any(|(first, _)| first == '\t');
    match (controls, newlines) {
        (true, true) => "[ -~]".to_owned(),
        (true, false) => class(false, [('\t', '\n'), ('\r', '\r'), (' ', '~')]),
        (false, _) => class(false, [('\0', '\u{7f}')]),
    }
}

fn refused(allowed: u8) -> impl Iterator<Item = (char, char)> {
    REFUSED.into_iter().filter(move |(pardons, _)| allowed & pardons == 0).flat_map(|(_, ranges)| ranges.iter().copied())
}

/// `[…]` or `[^…]` of the ranges, those that touch as one.
fn class(negated: bool, ranges: impl IntoIterator<Item = (char, char)>) -> String {
    let mut ranges: Vec<(u32, u32)> = ranges.into_iter().map(|(first, last)| (u32::from(first), u32::from(last))).collect();
    ranges.sort_unstable();
    ranges.dedup_by(|next, last| {
        let touches = next.0 <= last.1.saturating_add(1);
        if touches {
            last.1 = last.1.max(next.1);
        }
        touches
    });
    let mut class = String::from(if negated { "[^" } else { "[" });
    for (first, last) in ranges {
        class.push_str(&escaped(first));
        if last > first {
            class.push('-');
            class.push_str(&escaped(last));
        }
    }
    class.push(']');
    class
}

/// A text as a pattern of itself.
fn literal(text: &str) -> String {
    text.chars().fold(String::new(), |mut pattern, character| {
        match character {
            '^' | '$' | '\\' | '.' | '*' | '+' | '?' | '(' | ')' | '[' | ']' | '{' | '}' | '|' | '/' => {
                let _ = write!(pattern, "\\{character}");
            }
            ' '..='~' => pattern.push(character),
            _ if u32::from(character) <= 0xffff => pattern.push_str(&escaped(u32::from(character))),
            _ => pattern.push(character),
        }
        pattern
    })
}

fn escaped(code: u32) -> String {
    match char::from_u32(code) {
        Some(plain) if plain.is_ascii_alphanumeric() || " ~".contains(plain) => plain.to_string(),
        _ => format!("\\u{code:04x}"),
    }
}

#[cfg(test)]
mod tests {
    use super::{SIGNS, literal, refused};
    use crate::input::{Field, allow};

    #[test]
    fn what_is_refused_is_what_the_code_refuses_in_the_first_plane() {
        for allowed in 0..16 {
            for character in '\0'..='\u{ffff}' {
                let by_class = refused(allowed).any(|(first, last)| (first..=last).contains(&character));
                assert_eq!(by_class, Field(&character).text(allowed).is_err(), "{character:?} with {allowed}");
            }
        }
        assert_eq!(refused(allow::NEWLINES | allow::CONTROL | allow::BIDI | allow::ZERO_WIDTH).count(), 0);
    }

    #[test]
    fn no_sign_is_a_letter_or_a_digit_and_all_of_latin_are_known() {
        let is_sign = |character| SIGNS.iter().any(|(first, last)| (*first..=*last).contains(&character));
        assert!(!('\0'..=char::MAX).any(|character| is_sign(character) && character.is_alphanumeric()));
        assert!(('\0'..='\u{ff}').all(|character| is_sign(character) != character.is_alphanumeric()));
    }

    #[test]
    fn a_text_is_a_pattern_of_itself() {
        assert_eq!(literal("a.b|c/(d)é😀-"), "a\\.b\\|c\\/\\(d\\)\\u00e9😀-");
    }
}
