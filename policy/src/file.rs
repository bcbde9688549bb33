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
    found: Vec<FileError>,
}

impl Errors {
    pub(crate) fn new(text: &str) -> Self {
        let line_starts = [0].into_iter().chain(text.match_indices('\n').map(|(end, _)| end + 1)).collect();
        Self { line_starts, text: text.to_owned(), found: Vec::new() }
    }

    /// Adds an error, unless there are more already than anybody reads: a hostile file has millions.
    pub(crate) fn add(&mut self, start: usize, message: impl Into<String>) {
        const MOST: usize = 1_000;

        if self.found.len() >= MOST {
            return;
        }
        let line = self.line_starts.partition_point(|line| *line <= start).max(1);
        let line_start = self.line_starts.get(line - 1).copied().unwrap_or(0);
        let before = self.text.get(line_start..start.min(self.text.len())).unwrap_or("");
        let error = FileError { line, column: before.chars().count() + 1, message: message.into() };
        self.found.push(error);
    }

    /// The errors in the order of the text, each once.
    pub(crate) fn into_sorted(mut self) -> Vec<FileError> {
        self.found.sort();
        self.found.dedup();
        self.found
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
