//! For people: a line for each finding, which editors and terminals make a link of, and a last one that counts them.

use super::Report;
use crate::{
    check::finding::Severity,
    output::{Painted, style},
};
use std::fmt::Write;

impl Report {
    pub(in crate::check) fn human(&self) -> String {
        let mut text = String::new();
        for finding in self.open() {
            let severity = finding.severity();
            let style = match severity {
                Severity::High => style::ERROR,
                Severity::Medium => style::WARNING,
                Severity::Low => style::NOTE,
            };
            let _ = writeln!(
                text,
                "{}:{}:{}: {} {}: {}",
                finding.path.display(),
                finding.place.line,
                finding.place.column,
                Painted(style, format_args!("{severity} {}", finding.kind.id)),
                finding.kind.name,
                finding.message
            );
        }
        let _ = writeln!(text, "{}", self.summary());
        text
    }

    fn summary(&self) -> String {
        let open = self.open().count();
        let accepted = match self.findings.len() - open {
            0 => String::new(),
            number => format!(", {number} accepted"),
        };
        let files = format!("{} file{}", self.files, if self.files == 1 { "" } else { "s" });
        if open == 0 {
            return format!("nothing found in {files}{accepted}");
        }
        let counts: Vec<String> = [Severity::High, Severity::Medium, Severity::Low]
            .into_iter()
            .filter(|severity| self.count(*severity) > 0)
            .map(|severity| format!("{} {severity}", self.count(severity)))
            .collect();
        let findings = if open == 1 { "finding" } else { "findings" };
        let first = self.open().next().map_or("ID", |finding| finding.kind.id);
        format!(
            "{open} {findings} in {files} ({}){accepted}; `cargo portcullis check --explain {first}` tells more",
            counts.join(", ")
        )
    }
}
