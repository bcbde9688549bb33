//! One thing that somebody has to look at: what kind it is of, where it is, and what to do about it.

use super::catalogue::Kind;
use clap::ValueEnum;
use proc_macro2::Span;
use std::{fmt, path::PathBuf};

/// How much it matters, the least first.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd, ValueEnum)]
pub(crate) enum Severity {
    /// Worth a look.
    Low,
    /// A protection is missing or weaker than it seems.
    Medium,
    /// Somebody may get in.
    High,
}

impl Severity {
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Low => "low",
            Self::Medium => "medium",
            Self::High => "high",
        }
    }
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

/// Where something is: lines and columns from 1, columns in characters, the end behind the last one.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(crate) struct Place {
    pub(crate) line: usize,
    pub(crate) column: usize,
    pub(crate) end_line: usize,
    pub(crate) end_column: usize,
}

impl Place {
    pub(crate) fn of(span: Span) -> Self {
        let (start, end) = (span.start(), span.end());
        Self { line: start.line.max(1), column: start.column + 1, end_line: end.line.max(1), end_column: end.column + 1 }
    }
}

/// A finding.
#[derive(Clone, Debug)]
pub(crate) struct Finding {
    pub(crate) kind: &'static Kind,
    /// The file, as the workspace shows it.
    pub(crate) path: PathBuf,
    pub(crate) place: Place,
    /// The function, constant or module that it is in: what stays when lines move.
    pub(crate) item: String,
    /// What is wrong and how to right it: lower case, no final period, and never a secret.
    pub(crate) message: String,
    pub(crate) in_test: bool,
    /// Why it was accepted, where it was.
    pub(crate) accepted: Option<String>,
}

impl Finding {
    /// How much it matters here: a test lets nobody in.
    pub(crate) const fn severity(&self) -> Severity {
        if self.in_test { Severity::Low } else { self.kind.severity }
    }
}
