//! One source file, parsed, or what keeps it from being parsed.

use super::{Target, nesting};
use std::{fs, io::Read, path::Path, path::PathBuf};

/// What was found of a package's sources.
#[derive(Default)]
pub(crate) struct Sources {
    /// The files that could be read, in the order of the module tree.
    pub(crate) files: Vec<Source>,
    /// What could not be looked at: a blind spot that a reader has to know of.
    pub(crate) problems: Vec<Problem>,
}

/// A source file.
pub(crate) struct Source {
    /// The target that it belongs to.
    pub(crate) target: Target,
    pub(crate) path: PathBuf,
    /// Its module: empty at the root of the target.
    pub(crate) module: Vec<String>,
    pub(crate) text: String,
    pub(crate) file: syn::File,
}

/// A place where the sources cannot be followed.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct Problem {
    pub(crate) path: PathBuf,
    /// From 1.
    pub(crate) line: usize,
    /// In characters, from 1.
    pub(crate) column: usize,
    /// Lower case, no final period.
    pub(crate) message: String,
}

/// The largest file that is read: ten times what a person would write, and what the parser can follow down in its stack.
const LARGEST: u64 = 1 << 20;

impl Problem {
    pub(super) fn new(path: &Path, line: usize, column: usize, message: impl Into<String>) -> Self {
        Self { path: path.to_owned(), line, column, message: message.into() }
    }
}

/// Reads and parses a file.
pub(super) fn read(path: &Path) -> Result<(String, syn::File), Problem> {
    let mut text = String::new();
    let file = fs::File::open(path).and_then(|file| file.take(LARGEST + 1).read_to_string(&mut text));
    if let Err(error) = file {
        return Err(Problem::new(path, 1, 1, format!("cannot read the file: {error}")));
    }
    if text.len() as u64 > LARGEST {
        return Err(Problem::new(path, 1, 1, "the file is larger than 1 MiB, and was not looked at"));
    }
    if text.parse().is_ok_and(nesting::is_too_deep) {
        return Err(Problem::new(path, 1, 1, "the file nests too deep to follow, and was not looked at"));
    }
    match syn::parse_file(&text) {
        Ok(file) => Ok((text, file)),
        Err(error) => {
            let place = error.span().start();
            Err(Problem::new(path, place.line, place.column + 1, format!("cannot parse the file: {error}")))
        }
    }
}
