//! What the small languages share: a whole number, a unit behind it, and an error that says how to write both.
//! Each language has one table of units, which feeds its parser, its messages and its printer.

use crate::{GrammarError, suggest};
use std::fmt;

/// The seconds of 366 days: no period is longer, so that a slip of the unit shows and no arithmetic overflows.
pub(super) const LONGEST_SECONDS: u64 = 366 * 24 * 60 * 60;

/// A unit: how it prints, what else it may be called, and what it is worth in the smallest unit of its language.
pub(super) struct Unit {
    pub(super) name: &'static str,
    pub(super) others: &'static [&'static str],
    pub(super) worth: u64,
}

/// The unit that a word names. The case matters: `MB` and `Mb` are different things.
pub(super) fn find(word: &str, units: &'static [Unit]) -> Result<&'static Unit, GrammarError> {
    if let Some(unit) = units.iter().find(|unit| unit.name == word || unit.others.contains(&word)) {
        return Ok(unit);
    }
    let words = units.iter().flat_map(|unit| [unit.name].into_iter().chain(unit.others.iter().copied()));
    let suggestion = match suggest::closest(word, words) {
        Some(near) => format!(", did you mean `{near}`?"),
        None => ":".to_owned(),
    };
    let names = suggest::list(units.iter().map(|unit| unit.name));
    Err(GrammarError::new(format!("unknown unit {}{suggestion} the units are {names}", Quoted(word))))
}

/// The largest unit that divides the amount without rest, and how often it goes into it.
pub(super) fn largest_of(amount: u64, units: &'static [Unit]) -> Option<(u64, &'static Unit)> {
    let divides = units.iter().filter(|unit| amount > 0 && unit.worth > 0 && amount.is_multiple_of(unit.worth));
    let unit = divides.max_by_key(|unit| unit.worth)?;
    Some((amount / unit.worth, unit))
}

/// The digits that the text begins with, and the rest.
pub(super) fn split_digits(text: &str) -> (&str, &str) {
    let end = text.find(|character: char| !character.is_ascii_digit()).unwrap_or(text.len());
    text.split_at_checked(end).unwrap_or((text, ""))
}

/// Reads `NUMBER UNIT`, with or without spaces between, as an amount above zero of the smallest unit.
///
/// `what` names the amount in messages, and `example` is one that parses.
pub(super) fn amount(text: &str, units: &'static [Unit], what: &str, example: &str) -> Result<u64, GrammarError> {
    let text = text.trim();
    let (digits, rest) = split_digits(text);
    let unit = rest.trim_start();
    if text.is_empty() {
        return Err(GrammarError::new(format!("the {what} is empty: write a number and a unit, such as `{example}`")));
    }
    if digits.is_empty() {
        let message = format!("{} is not a {what}: write a number and a unit, such as `{example}`", Quoted(text));
        return Err(GrammarError::new(message));
    }
    if rest.starts_with(['.', ',', '_']) {
        let message =
            format!("{} is not a {what}: write digits only, in a smaller unit if need be, such as `{example}`", Quoted(text));
        return Err(GrammarError::new(message));
    }
    if unit.is_empty() {
        let names = suggest::list(units.iter().map(|unit| unit.name));
        let message = format!("the {what} `{digits}` has no unit: write one of {names} after it, such as `{example}`");
        return Err(GrammarError::new(message));
    }
    if unit.contains(|character: char| character.is_ascii_digit() || character.is_whitespace()) {
        let message = format!("{} has more than one unit: write one number and one unit, such as `{example}`", Quoted(text));
        return Err(GrammarError::new(message));
    }
    let unit = find(unit, units)?;
    let number = digits.parse::<u64>().ok().and_then(|number| number.checked_mul(unit.worth));
    match number {
        Some(0) => Err(GrammarError::new(format!("a {what} of zero lets nothing through: write at least `1 {}`", unit.name))),
        Some(amount) => Ok(amount),
        None => Err(GrammarError::new(format!("the {what} {} is too large to count: write a smaller one", Quoted(text)))),
    }
}

/// A piece of the user's text for a message: in backticks, control characters made visible, and never a screen full.
pub(crate) struct Quoted<'a>(pub(crate) &'a str);

impl fmt::Display for Quoted<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        /// Longer pieces are cut in the message: the start is enough to find them.
        const LONGEST: usize = 60;

        f.write_str("`")?;
        for character in self.0.chars().take(LONGEST) {
            match character {
                '"' | '\'' | '\\' => write!(f, "{character}")?,
                other => write!(f, "{}", other.escape_debug())?,
            }
        }
        f.write_str(if self.0.chars().nth(LONGEST).is_some() { "…`" } else { "`" })
    }
}

#[cfg(test)]
mod tests {
    use super::{Quoted, split_digits};

    #[test]
    fn digits_end_at_the_first_other_character() {
        assert_eq!(split_digits("15min"), ("15", "min"));
        assert_eq!(split_digits("min"), ("", "min"));
        assert_eq!(split_digits("15"), ("15", ""));
        assert_eq!(split_digits("1\u{0661}"), ("1", "\u{0661}"), "an Arabic digit is no digit here");
    }

    #[test]
    fn quoted_text_cannot_drive_a_terminal_or_fill_it() {
        assert_eq!(Quoted("a\u{1b}[2J").to_string(), "`a\\u{1b}[2J`");
        assert_eq!(Quoted("\"a\\'").to_string(), "`\"a\\'`");
        assert_eq!(Quoted(&"é".repeat(1000)).to_string(), format!("`{}…`", "é".repeat(60)));
    }
}
