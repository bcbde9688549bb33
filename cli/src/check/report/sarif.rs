//! For code scanning: SARIF 2.1.0. Paths are relative to the workspace, and accepted findings are there as suppressed.

use super::{Problem, Report, json::print, slashed};
use crate::{
    check::{
        catalogue::{KINDS, Kind},
        finding::{Finding, Severity},
    },
    failure::Failure,
};
use serde_json::{Map, Value, json};
use sha2::{Digest as _, Sha256};
use std::{
    collections::HashMap,
    fmt::Write,
    path::{Path, PathBuf},
};

const SCHEMA: &str = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/// What relative paths are relative to.
const ROOT: &str = "%SRCROOT%";

impl Report {
    pub(in crate::check) fn sarif(&self) -> Result<String, Failure> {
        let mut ordinals: HashMap<(&str, &PathBuf, &str), usize> = HashMap::new();
        let results: Vec<Value> = self
            .findings
            .iter()
            .map(|finding| {
                let ordinal = ordinals.entry((finding.kind.id, &finding.path, &finding.item)).or_default();
                *ordinal += 1;
                result(finding, *ordinal)
            })
            .collect();
        let notifications: Vec<Value> = self.problems.iter().map(notification).collect();
        print(&json!({
            "$schema": SCHEMA,
            "version": "2.1.0",
            "runs": [{
                "tool": { "driver": {
                    "name": "cargo-portcullis",
                    "version": env!("CARGO_PKG_VERSION"),
                    "semanticVersion": env!("CARGO_PKG_VERSION"),
                    "informationUri": env!("CARGO_PKG_REPOSITORY"),
                    "rules": KINDS.iter().map(|kind| rule(kind)).collect::<Vec<_>>(),
                } },
                "invocations": [{ "executionSuccessful": self.problems.is_empty(), "toolExecutionNotifications": notifications }],
                "originalUriBaseIds": { ROOT: { "description": { "text": "the root of the workspace" } } },
                "columnKind": "unicodeCodePoints",
                "results": results,
            }],
        }))
    }
}

fn rule(kind: &Kind) -> Value {
    let score = match kind.severity {
        Severity::High => "8.0",
        Severity::Medium => "5.0",
        Severity::Low => "2.0",
    };
    json!({
        "id": kind.id,
        "name": kind.name,
        "shortDescription": { "text": kind.summary },
        "fullDescription": { "text": format!("{}.", kind.summary) },
        "help": { "text": kind.page(), "markdown": kind.page() },
        "defaultConfiguration": { "level": level(kind.severity) },
        "properties": { "tags": ["security"], "precision": "high", "security-severity": score },
    })
}

fn result(finding: &Finding, ordinal: usize) -> Value {
    let mut result = Map::new();
    result.insert("ruleId".to_owned(), json!(finding.kind.id));
    result.insert("ruleIndex".to_owned(), json!(KINDS.iter().position(|kind| kind.id == finding.kind.id)));
    result.insert("level".to_owned(), json!(level(finding.severity())));
    result.insert("message".to_owned(), json!({ "text": finding.message }));
    let place = finding.place;
    let region =
        json!({ "startLine": place.line, "startColumn": place.column, "endLine": place.end_line, "endColumn": place.end_column });
    result.insert("locations".to_owned(), json!([location(&finding.path, &region)]));
    result.insert("partialFingerprints".to_owned(), json!({ "portcullis/v1": fingerprint(finding, ordinal) }));
    if let Some(reason) = &finding.accepted {
        result.insert("suppressions".to_owned(), json!([{ "kind": "inSource", "status": "accepted", "justification": reason }]));
    }
    Value::Object(result)
}

fn notification(problem: &Problem) -> Value {
    let region = json!({ "startLine": problem.line, "startColumn": problem.column });
    json!({ "level": "error", "message": { "text": problem.message }, "locations": [location(&problem.path, &region)] })
}

fn location(path: &Path, region: &Value) -> Value {
    json!({ "physicalLocation": { "artifactLocation": { "uri": uri(path), "uriBaseId": ROOT }, "region": region } })
}

/// A path as a relative URI reference (RFC 3986): what is not unreserved is encoded.
fn uri(path: &Path) -> String {
    let mut uri = String::new();
    for byte in slashed(path).bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte) {
            uri.push(char::from(byte));
        } else {
            let _ = write!(uri, "%{byte:02X}");
        }
    }
    uri
}

const fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::High => "error",
        Severity::Medium => "warning",
        Severity::Low => "note",
    }
}

/// What stays the same while lines move: the kind, the file, the item, and which one in it. Never the source, which may be a secret.
fn fingerprint(finding: &Finding, ordinal: usize) -> String {
    let identity = format!("{}\0{}\0{}\0{ordinal}", finding.kind.id, slashed(&finding.path), finding.item);
    Sha256::digest(identity).iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}
