//! A regular expression of the `regex` crate in the words of ECMA-262, which JSON Schema has (JSON Schema Validation 2020-12, §6.3.3).
//! From what it means, and not from how it is written. What engines disagree on is said more loosely: it never refuses what is meant.

use regex_syntax::hir::{Class, Hir, HirKind, Look, Repetition};
use std::fmt::Write;

/// So many ranges of characters are readable still.
const READABLE: usize = 40;

/// The last character of the first plane; beyond it, engines disagree on how one is written, and some take it for two.
const LAST: char = '\u{ffff}';

/// Any character that is not of ASCII.
const FOREIGN: &str = r"[^\u0000-\u007f]";

/// A pattern, and what is known of it.
#[derive(Debug, Eq, PartialEq)]
pub(super) struct Pattern {
    pub(super) text: String,
    /// Whether it is of the whole text, and has nothing but the characters from space to tilde.
    pub(super) plain: bool,
}

/// The pattern in those words.
pub(super) fn pattern(hir: &Hir) -> Pattern {
    let mut printer = Printer { text: String::new(), plain: true };
    printer.print(hir);
    let properties = hir.properties();
    let whole = properties.look_set_prefix().contains(Look::Start) && properties.look_set_suffix().contains(Look::End);
    Pattern { text: printer.text, plain: printer.plain && whole }
}

struct Printer {
    text: String,
    plain: bool,
}

impl Printer {
    fn print(&mut self, hir: &Hir) {
        match hir.kind() {
            HirKind::Empty => {}
            HirKind::Literal(literal) => {
                String::from_utf8_lossy(&literal.0).chars().for_each(|character| self.literal(character));
            }
            HirKind::Class(class) => self.class(class),
            HirKind::Look(look) => self.text.push_str(match look {
                Look::Start => "^",
                Look::End => "$",
                Look::StartLF => r"(?<![^\n])",
                Look::EndLF => r"(?![^\n])",
                Look::WordAscii => r"\b",
                Look::WordAsciiNegate => r"\B",
                // ECMA-262 knows no others.
                _ => "",
            }),
            HirKind::Repetition(repetition) => {
                self.grouped(&repetition.sub, |kind| matches!(kind, HirKind::Class(_)));
                self.times(repetition);
            }
            HirKind::Capture(capture) => self.group(&capture.sub),
            HirKind::Concat(parts) => {
                parts.iter().for_each(|part| self.grouped(part, |kind| !matches!(kind, HirKind::Alternation(_))));
            }
            HirKind::Alternation(parts) => {
                for (index, part) in parts.iter().enumerate() {
                    if index > 0 {
                        self.text.push('|');
                    }
                    self.print(part);
                }
            }
        }
    }

    fn group(&mut self, hir: &Hir) {
        self.text.push_str("(?:");
        self.print(hir);
        self.text.push(')');
    }

    /// In a group, unless it holds together by itself.
    fn grouped(&mut self, hir: &Hir, holds: impl Fn(&HirKind) -> bool) {
        let is_one = match hir.kind() {
            HirKind::Literal(literal) => str::from_utf8(&literal.0).is_ok_and(|text| text.chars().count() == 1),
            HirKind::Capture(_) => true,
            kind => holds(kind),
        };
        if is_one || holds(hir.kind()) { self.print(hir) } else { self.group(hir) }
    }

    fn times(&mut self, Repetition { min, max, greedy, .. }: &Repetition) {
        let times = match (min, max) {
            (0, Some(1)) => "?".to_owned(),
            (0, None) => "*".to_owned(),
            (1, None) => "+".to_owned(),
            (min, None) => format!("{{{min},}}"),
            (min, Some(max)) if min == max => format!("{{{min}}}"),
            (min, Some(max)) => format!("{{{min},{max}}}"),
        };
        self.text.push_str(&times);
        if !greedy {
            self.text.push('?');
        }
    }

    fn class(&mut self, class: &Class) {
        let ranges: Vec<(char, char)> = match class {
            Class::Unicode(class) => class.ranges().iter().map(|range| (range.start(), range.end())).collect(),
            Class::Bytes(class) => {
                class.ranges().iter().map(|range| (char::from(range.start()), char::from(range.end()))).collect()
            }
        };
        self.plain &= ranges.iter().all(|(first, last)| is_plain(*first) && is_plain(*last));
        if let [(first, last)] = ranges.as_slice()
            && first == last
        {
            return self.literal(*first);
        }
        // What goes to the end of all characters is told by what it leaves out, which is less.
        let open = ranges.last().is_some_and(|(_, last)| *last == char::MAX);
        let told = if open { left_out(&ranges) } else { ranges.clone() };
        let is_told = told.len() <= READABLE && told.iter().all(|(_, last)| *last <= LAST);
        let (open, told) = if is_told { (open, told) } else { (true, left_out_of_ascii(&ranges)) };
        match (open, told.is_empty()) {
            (true, true) => return self.text.push_str(r"[\s\S]"),
            // Nothing matches it.
            (false, true) => return self.text.push_str("(?!)"),
            (open, false) => self.text.push_str(if open { "[^" } else { "[" }),
        }
        for (first, last) in told {
            self.escaped(first, r"\]^-[");
            if last > first {
                // Two that are neighbours need no dash.
                if u32::from(last) > u32::from(first).saturating_add(1) {
                    self.text.push('-');
                }
                self.escaped(last, r"\]^-[");
            }
        }
        self.text.push(']');
    }

    fn literal(&mut self, character: char) {
        self.plain &= is_plain(character);
        if character > LAST {
            let _ = write!(self.text, "{FOREIGN}{{1,2}}");
        } else {
            self.escaped(character, r"^$\.*+?()[]{}|/");
        }
    }

    fn escaped(&mut self, character: char, special: &str) {
        if special.contains(character) {
            self.text.push('\\');
        }
        if is_plain(character) {
            self.text.push(character);
        } else {
            let _ = write!(self.text, "\\u{:04x}", u32::from(character));
        }
    }
}

fn is_plain(character: char) -> bool {
    (' '..='~').contains(&character)
}

/// What of ASCII is not in the ranges: for a class that is too large to be told, or beyond the first plane.
fn left_out_of_ascii(ranges: &[(char, char)]) -> Vec<(char, char)> {
    let ascii = |(first, last): &(char, char)| first.is_ascii().then(|| (*first, (*last).min('\u{7f}')));
    let mut known: Vec<(char, char)> = ranges.iter().filter_map(ascii).collect();
    known.push(('\u{80}', char::MAX));
    left_out(&known)
}

fn left_out(ranges: &[(char, char)]) -> Vec<(char, char)> {
    let mut out = Vec::new();
    let mut next = Some('\0');
    for (first, last) in ranges {
        if let Some(begin) = next.filter(|begin| begin < first) {
            out.push((begin, before(*first)));
        }
        next = after(*last);
    }
    out
}

fn before(character: char) -> char {
    u32::from(character).checked_sub(1).and_then(char::from_u32).unwrap_or('\u{d7ff}')
}

fn after(character: char) -> Option<char> {
    let next = u32::from(character).saturating_add(1);
    if next == 0xd800 { Some('\u{e000}') } else { char::from_u32(next) }
}

#[cfg(test)]
mod tests {
    use super::pattern;

    #[test]
    fn what_it_means_is_said_in_other_words() {
        for (own, other, plain) in [
            ("^[a-z]+$", "^[a-z]+$", true),
            (r"\A(?i)ab\z", "^[Aa][Bb]$", true),
            ("^(?P<year>[0-9]{4})-[0-9]{2}$", "^(?:[0-9]{4})-[0-9]{2}$", true),
            ("a.c", r"a[^\u000a]c", false),
            ("^[^/]*$", r"^[^/]*$", false),
            (r"^(?-u)\w+$", "^[0-9A-Z_a-z]+$", true),
            ("(?m)^a$", r"(?<![^\n])a(?![^\n])", false),
            ("^(ab|c){2,}?$", "^(?:ab|c){2,}?$", true),
            (r"^\[x\]-$", r"^\[x\]-$", true),
            (r"^[\[\]^-]$", r"^[\-\[\]\^]$", true),
            ("^é$", r"^\u00e9$", false),
            ("^(?s).*$", r"^[\s\S]*$", false),
        ] {
            let hir = regex_syntax::parse(own).unwrap();
            let said = pattern(&hir);
            assert_eq!((said.text.as_str(), said.plain), (other, plain), "{own}");
        }
    }

    #[test]
    fn what_engines_disagree_on_is_said_more_loosely() {
        for (own, other) in [
            (r"^\d+$", r"^[^\u0000-/:-\u007f]+$"),
            (r"^\w$", r"^[^\u0000-/:-@\[-\^`{-\u007f]$"),
            (r"\bword\b", "word"),
            ("^[a😀-😎]$", r"^[^\u0000-`b-\u007f]$"),
            ("^😀$", r"^[^\u0000-\u007f]{1,2}$"),
            (r"[^\d]", "[^0-9]"),
        ] {
            assert_eq!(pattern(&regex_syntax::parse(own).unwrap()).text, other, "{own}");
        }
    }
}
