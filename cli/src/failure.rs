//! What keeps a command from its work: broken input, a missing tool, a wrong word. Exit code 2, with messages that say what to do.

use portcullis_policy::FileError;
use std::{fmt::Display, io, path::Path};

/// The exit code of a command that could not do its work.
pub(crate) const EXIT_CODE: u8 = 2;

/// Why a command could not do its work.
#[derive(Debug)]
pub(crate) enum Failure {
    /// What is wrong and how to right it, each in lower case and without a final period.
    Told(Vec<String>),
    /// Nobody reads what we print.
    PipeClosed,
}

impl Failure {
    /// A failure with one message.
    pub(crate) fn new(message: impl Into<String>) -> Self {
        Self::Told(vec![message.into()])
    }

    /// What is wrong with a file, each error as `path:line:column: message`, which editors and terminals make a link of.
    pub(crate) fn in_file(path: impl Display, errors: &[FileError]) -> Self {
        let line = |error: &FileError| format!("{path}:{}:{}: {}", error.line(), error.column(), error.message());
        Self::Told(errors.iter().map(line).collect())
    }

    /// A file that could not be read or written.
    pub(crate) fn of_file(doing: &str, path: &Path, error: &io::Error) -> Self {
        Self::new(format!("cannot {doing} `{}`: {error}", path.display()))
    }
}

/// Printing is all that we do with bare I/O; files have their path in the message.
impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::BrokenPipe => Self::PipeClosed,
            _ => Self::new(format!("cannot write the output: {error}")),
        }
    }
}
