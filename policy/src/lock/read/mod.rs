//! Reading the lock: the text of `security.lock`, with every error at its line and column.
//! It is written by a program, so what is wrong with it came from a merge, a newer version or a hand: the errors say which.

mod block;
#[cfg(test)]
mod error_tests;
mod fields;
mod grants;

use super::{Lock, VERSION};
use crate::{
    FileError,
    file::{Errors, kind},
    grammar::Quoted,
    suggest,
};
use fields::Fields;
use toml::{
    Spanned,
    de::{DeTable, DeValue},
};

const KEYS: [&str; 5] = ["version", "roles", "scopes", "endpoint", "unsecured"];

/// A lock is no larger than this, in bytes: tens of thousands of endpoints.
const LARGEST: usize = 16 << 20;

/// What to do where the file is not as a program writes it.
const REWRITE: &str = "run `cargo portcullis lock` to write the file anew";

impl Lock {
    /// Reads the text of a `security.lock`.
    ///
    /// # Errors
    /// All that is wrong with it, in the order of the text; where its version or its TOML is wrong, that alone.
    ///
    /// ```
    /// use portcullis_policy::Lock;
    ///
    /// let text = "version = 1\n\n[[endpoint]]\nroute = \"GET /health\"\nhandler = \"clinic::health\"\naccess = \"public\"\n";
    /// assert_eq!(Lock::parse(text).unwrap().endpoints.len(), 1);
    ///
    /// let errors = Lock::parse(&text.replace("acc", "ac")).unwrap_err();
    /// assert!(errors[1].to_string().starts_with("line 6, column 1: unknown key `acess`: did you mean `access`?"));
    /// ```
    pub fn parse(text: &str) -> Result<Self, Vec<FileError>> {
        // Some editors begin a file with a byte order mark; no column counts it.
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let mut errors = Errors::new(text);
        let lock = read(text, &mut errors);
        let errors = errors.into_sorted();
        match lock {
            Some(lock) if errors.is_empty() => Ok(lock),
            _ => Err(errors),
        }
    }
}

/// Reads as much as can be read. Nothing, where what follows from an error would mislead.
fn read(text: &str, errors: &mut Errors) -> Option<Lock> {
    if text.len() > LARGEST {
        errors.add(0, format!("a lock has at most {LARGEST} bytes, and this one has {}: {REWRITE}", text.len()));
        return None;
    }
    if let Some(start) = conflict(text) {
        errors.add(start, "a merge left both sides here: resolve the merge conflict and run `cargo portcullis lock`");
        return None;
    }
    let (document, syntax) = DeTable::parse_recoverable(text);
    for error in &syntax {
        let span = error.span().unwrap_or(0..0);
        if error.message() == "duplicate key" {
            let key = text.get(span.clone()).unwrap_or_default();
            errors.add(span.start, format!("{} is said twice: {REWRITE}", Quoted(key)));
        } else {
            errors.add(span.start, format!("{}: {REWRITE}", error.message()));
        }
    }
    if !syntax.is_empty() || !is_version_known(document.get_ref(), errors) {
        return None;
    }

    let mut lock = Lock::default();
    let mut fields = Fields::new(document.get_ref(), "a lock", 0, &KEYS, errors);
    let (roles, scopes) = (fields.table("roles"), fields.table("scopes"));
    let (endpoints, unsecured) = (fields.tables("endpoint"), fields.tables("unsecured"));
    lock.roles = grants::roles(roles, errors);
    lock.scopes = grants::scopes(scopes, errors);
    block::endpoints(endpoints, &mut lock, errors);
    block::unsecured(unsecured, &mut lock, errors);
    Some(lock)
}

/// Where the first mark of an unresolved merge stands. No line that is written begins like one.
fn conflict(text: &str) -> Option<usize> {
    let marks = ["<<<<<<<", "|||||||", "=======", ">>>>>>>"];
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        if marks.iter().any(|mark| line.starts_with(mark)) {
            return Some(start);
        }
        start += line.len();
    }
    None
}

/// Whether the file says the version that is read here.
fn is_version_known(document: &DeTable<'_>, errors: &mut Errors) -> bool {
    let version = document.iter().find(|(key, _)| key.get_ref() == "version").map(|(_, value)| value);
    match version.map(|value| (value, value.get_ref())) {
        Some((_, DeValue::Integer(number))) if number.to_string() == VERSION.to_string() => return true,
        Some((value, DeValue::Integer(number))) => {
            let number = number.to_string();
            let remedy = "use the version of `cargo-portcullis` that wrote it, or run `cargo portcullis lock` with this one";
            let message =
                format!("this lock has the version {}, and version {VERSION} is what can be read: {remedy}", Quoted(&number));
            errors.add(value.span().start, message);
        }
        Some((value, other)) => {
            errors.add(value.span().start, format!("`version` is {}, not a number: {REWRITE}", kind(other)));
        }
        None => errors.add(0, format!("the lock does not say its version: {REWRITE}")),
    }
    false
}

/// A suggestion for a misspelt name, to stand behind a colon.
fn meant<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> String {
    suggest::closest(name, known).map(|near| format!(" did you mean {}?", Quoted(near))).unwrap_or_default()
}

/// A table of the file.
type Block<'a> = Spanned<&'a DeTable<'a>>;
