//! For GitHub: commands of a workflow that put each finding beside its line.

use super::{Report, slashed};
use crate::check::finding::Severity;
use std::fmt::Write;

impl Report {
    pub(in crate::check) fn github(&self) -> String {
        let mut text = String::new();
        for finding in self.open() {
            let level = match finding.severity() {
                Severity::High => "error",
                Severity::Medium => "warning",
                Severity::Low => "notice",
            };
            let place = finding.place;
            let title = property(&format!("{} {}", finding.kind.id, finding.kind.name));
            let _ = writeln!(
                text,
                "::{level} file={},line={},endLine={},col={},title={title}::{}",
                property(&slashed(&finding.path)),
                place.line,
                place.end_line,
                place.column,
                data(&finding.message)
            );
        }
        for problem in &self.problems {
            let _ = writeln!(
                text,
                "::error file={},line={},col={},title=not looked at::{}",
                property(&slashed(&problem.path)),
                problem.line,
                problem.column,
                data(&problem.message)
            );
        }
        text
    }
}

/// Text after the `::`, where a line break would end the command.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// The value of a property, which a comma would end.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
