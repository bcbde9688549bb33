//! What the readers of `security.toml` and `security.lock` share: pieces of text with their places, and errors that point at them.
//! TOML itself is read by its crate; this is what is said about it.

use std::{borrow::Cow, fmt};
use toml::{Spanned, de::DeValue};

/// One thing that is wrong with a `security.toml` or a `security.lock`, and where.
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub struct FileError {
    line: usize,
    column: usize,
    message: String,
}

impl FileError {
    /// The line, from 1.
    #[must_use]
    pub const fn line(&self) -> usize {
        self.line
    }

    /// The column in characters, from 1.
    #[must_use]
    pub const fn column(&self) -> usize {
        self.column
    }

    /// What is wrong and how to right it: lower case, no final period.
    #[must_use]
    pub fn message(&self) -> &str {
        &self.message
    }
}

/// Prints as `line 3, column 5: …`; whoever prints it names the file.
impl fmt::Display for FileError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}, column {}: {}", self.line, self.column, self.message)
    }
}

impl std::error::Error for FileError {}

/// A piece of text and where it begins, in bytes.
#[derive(Debug)]
pub(crate) struct Name {
    pub(crate) text: String,
    pub(crate) start: usize,
}

/// The errors so far, by position.
#[derive(Debug, Default)]
pub(crate) struct Errors {
    line_starts: Vec<usize>,
    text: String,
    found: Vec<(usize, String)>,
    left_out: usize,
}

impl Errors {
    /// More than this are not shown, and one that says so: nobody reads a thousand, and a hostile file has a million.
    const MOST: usize = 999;

    pub(crate) fn new(text: &str) -> Self {
        let line_starts = [0].into_iter().chain(text.match_indices('\n').map(|(end, _)| end + 1)).collect();
        Self { line_starts, text: text.to_owned(), ..Self::default() }
    }

    /// Adds an error, in words only while there are not more than anybody reads.
    pub(crate) fn add(&mut self, start: usize, message: impl Into<String>) {
        if self.is_full() {
            self.left_out += 1;
        } else {
            self.found.push((start.min(self.text.len()), message.into()));
        }
    }

    /// How many there are, shown or not.
    pub(crate) const fn len(&self) -> usize {
        self.found.len() + self.left_out
    }

    /// Whether one more would not be shown, so that it need not be put into words.
    pub(crate) const fn is_full(&self) -> bool {
        self.found.len() >= Self::MOST
    }

    /// The line of a position, from 1.
    pub(crate) fn line(&self, start: usize) -> u32 {
        u32::try_from(self.line_starts.partition_point(|line| *line <= start).max(1)).unwrap_or(u32::MAX)
    }

    /// The errors in the order of the text, each once.
    pub(crate) fn into_sorted(mut self) -> Vec<FileError> {
        self.found.sort();
        self.found.dedup();
        let mut errors: Vec<FileError> = Vec::with_capacity(self.found.len());
        // Where the last error was: its line and the column of a position in it. A file may be one line of a megabyte.
        let (mut at, mut line, mut column) = (0, 1, 1);
        for (start, message) in &self.found {
            let now = self.line_starts.partition_point(|line| line <= start).max(1);
            if now != line {
                at = self.line_starts.get(now - 1).copied().unwrap_or(0);
                (line, column) = (now, 1);
            }
            column += self.text.get(at..*start).unwrap_or("").chars().count();
            at = *start;
            errors.push(FileError { line, column, message: message.clone() });
        }
        if self.left_out > 0 {
            let message = format!("{} more mistakes are not shown: right these first", self.left_out);
            errors.push(FileError { line, column, message });
        }
        errors
    }
}

pub(crate) fn name_of(key: &Spanned<Cow<'_, str>>) -> Name {
    Name { text: key.get_ref().to_string(), start: key.span().start }
}

/// What a value is, with its article.
pub(crate) fn kind(value: &DeValue<'_>) -> &'static str {
    match value {
        DeValue::String(_) => "a string",
        DeValue::Integer(_) => "an integer",
        DeValue::Float(_) => "a float",
        DeValue::Boolean(_) => "a boolean",
        DeValue::Datetime(_) => "a date or time",
        DeValue::Array(_) => "a list",
        DeValue::Table(_) => "a table",
    }
}
