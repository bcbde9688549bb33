//! For programs: one document, whose `version` changes when a field changes its meaning.

use super::{Report, slashed};
use crate::{
    check::{
        catalogue::{KINDS, Kind},
        finding::Finding,
    },
    failure::Failure,
};
use serde_json::{Value, json};

impl Report {
    pub(in crate::check) fn json(&self) -> Result<String, Failure> {
        let problems: Vec<Value> = self
            .problems
            .iter()
            .map(|problem| {
                json!({ "file": slashed(&problem.path), "line": problem.line, "column": problem.column, "message": problem.message })
            })
            .collect();
        let findings: Vec<Value> = self.findings.iter().map(value).collect();
        print(&json!({ "version": 1, "files": self.files, "findings": findings, "problems": problems }))
    }
}

fn value(finding: &Finding) -> Value {
    json!({
        "id": finding.kind.id,
        "name": finding.kind.name,
        "severity": finding.severity().name(),
        "file": slashed(&finding.path),
        "line": finding.place.line,
        "column": finding.place.column,
        "end_line": finding.place.end_line,
        "end_column": finding.place.end_column,
        "message": finding.message,
        "accepted": finding.accepted,
    })
}

/// All kinds of findings.
pub(in crate::check) fn kinds() -> Result<String, Failure> {
    let kind =
        |kind: &&Kind| json!({ "id": kind.id, "name": kind.name, "severity": kind.severity.name(), "summary": kind.summary });
    print(&KINDS.iter().map(kind).collect())
}

pub(super) fn print(value: &Value) -> Result<String, Failure> {
    let text = serde_json::to_string_pretty(value).map_err(|error| Failure::new(format!("cannot write the report: {error}")))?;
    Ok(format!("{text}\n"))
}
