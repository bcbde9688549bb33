//! What was found, and how it is printed.

mod github;
mod human;
mod json;
mod sarif;
#[cfg(test)]
mod tests;

pub(super) use json::kinds;

use super::finding::{Finding, Severity};
use crate::workspace;
use std::{
    fmt,
    path::{Path, PathBuf},
};

/// What was found.
#[derive(Debug)]
pub(super) struct Report {
    pub(super) findings: Vec<Finding>,
    /// What could not be looked at.
    pub(super) problems: Vec<Problem>,
    /// How many files were looked at.
    pub(super) files: usize,
}

/// A place that could not be looked at, as the workspace shows it.
#[derive(Debug)]
pub(super) struct Problem {
    pub(super) path: PathBuf,
    pub(super) line: usize,
    pub(super) column: usize,
    pub(super) message: String,
}

impl Problem {
    pub(super) fn of(problem: workspace::Problem, root: &Path) -> Self {
        let workspace::Problem { path, line, column, message } = problem;
        let path = path.strip_prefix(root).map(Path::to_owned).unwrap_or(path);
        Self { path, line, column, message }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}:{}: {}", self.path.display(), self.line, self.column, self.message)
    }
}

impl Report {
    /// The findings that nobody accepted.
    pub(super) fn open(&self) -> impl Iterator<Item = &Finding> {
        self.findings.iter().filter(|finding| finding.accepted.is_none())
    }

    fn count(&self, severity: Severity) -> usize {
        self.open().filter(|finding| finding.severity() == severity).count()
    }
}

/// A path with `/` between its parts, on every system.
fn slashed(path: &Path) -> String {
    let parts: Vec<_> = path.components().map(|part| part.as_os_str().to_string_lossy()).collect();
    parts.join("/").replacen("//", "/", 1)
}
