//! What each format says of the same report, and that SARIF has what its standard requires.

use super::{Problem, Report};
use crate::check::{
    catalogue::{KINDS, MERGE_UNSECURED, PRIVATE_KEY},
    finding::{Finding, Place},
};
use serde_json::Value;

fn finding(kind: &'static crate::check::catalogue::Kind, path: &str, line: usize) -> Finding {
    let place = Place { line, column: 5, end_line: line, end_column: 12 };
    let message = "50% of it, or more: see\nbelow".to_owned();
    Finding { kind, path: path.into(), place, item: "app".to_owned(), message, in_test: false, accepted: None }
}

fn report() -> Report {
    let accepted = Finding { accepted: Some("moves in May".to_owned()), ..finding(&MERGE_UNSECURED, "src/a,b.rs", 3) };
    let in_test = Finding { in_test: true, ..finding(&PRIVATE_KEY, "tests/x.rs", 9) };
    let problem =
        Problem { path: "src/broken.rs".into(), line: 2, column: 1, message: "cannot parse the file: expected `;`".to_owned() };
    let findings =
        vec![accepted, finding(&PRIVATE_KEY, "src/süß dir/main.rs", 7), finding(&PRIVATE_KEY, "src/süß dir/main.rs", 8), in_test];
    Report { findings, problems: vec![problem], files: 4 }
}

fn parse(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}

#[test]
fn people_read_what_is_open_and_a_count() {
    let text = anstream::adapter::strip_str(&report().human()).to_string();
    let lines: Vec<&str> = text.lines().filter(|line| !line.starts_with("below")).collect();
    assert_eq!(lines.len(), 4, "{text}");
    assert_eq!(lines[0], "src/süß dir/main.rs:7:5: high PC402 private-key: 50% of it, or more: see");
    assert!(lines[2].starts_with("tests/x.rs:9:5: low PC402"));
    assert_eq!(
        lines[3],
        "3 findings in 4 files (2 high, 1 low), 1 accepted; `cargo portcullis check --explain PC402` tells more"
    );
    let nothing = Report { findings: vec![], problems: vec![], files: 1 };
    assert_eq!(nothing.human(), "nothing found in 1 file\n");
}

#[test]
fn github_gets_commands_that_nothing_ends_early() {
    let text = report().github();
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(lines.len(), 4, "{text}");
    assert_eq!(
        lines[0],
        "::error file=src/süß dir/main.rs,line=7,endLine=7,col=5,title=PC402 private-key::50%25 of it, or more: see%0Abelow"
    );
    assert!(lines[2].starts_with("::notice file=tests/x.rs,"));
    assert!(lines[3].starts_with("::error file=src/broken.rs,line=2,col=1,title=not looked at::cannot parse"));
}

#[test]
fn programs_read_accepted_findings_too() {
    let report = parse(&report().json().unwrap());
    assert_eq!((&report["version"], &report["files"]), (&1.into(), &4.into()));
    let accepted: Vec<&Value> = report["findings"].as_array().unwrap().iter().map(|finding| &finding["accepted"]).collect();
    assert_eq!(accepted, [&Value::from("moves in May"), &Value::Null, &Value::Null, &Value::Null]);
    assert_eq!(report["findings"][1]["severity"], "high");
    assert_eq!(report["problems"][0]["file"], "src/broken.rs");
    assert_eq!(parse(&super::kinds().unwrap()).as_array().unwrap().len(), KINDS.len());
}

/// The properties that SARIF 2.1.0 requires of what we write, by section.
#[test]
fn sarif_has_what_the_standard_requires() {
    let log = parse(&report().sarif().unwrap());
    assert_eq!(log["version"], "2.1.0", "§3.13.2");
    assert!(log["$schema"].as_str().unwrap().ends_with("sarif-schema-2.1.0.json"), "§3.13.3");
    let runs = log["runs"].as_array().unwrap();
    assert_eq!(runs.len(), 1, "§3.13.4");
    let run = &runs[0];
    assert_eq!(run["columnKind"], "unicodeCodePoints", "§3.14.17");
    assert!(run["originalUriBaseIds"]["%SRCROOT%"]["uri"].is_null(), "§3.14.14: no path of this machine");

    let driver = &run["tool"]["driver"];
    assert!(driver["name"].is_string(), "§3.19.8");
    assert!(driver["informationUri"].as_str().unwrap().starts_with("https://"), "§3.19.17: absolute");
    let rules = driver["rules"].as_array().unwrap();
    assert_eq!(rules.len(), KINDS.len());
    for rule in rules {
        assert!(rule["id"].is_string(), "§3.49.3");
        for message in ["shortDescription", "fullDescription", "help"] {
            assert!(rule[message]["text"].is_string(), "§3.12.3: a message with markdown has text");
        }
        assert!(["error", "warning", "note"].contains(&rule["defaultConfiguration"]["level"].as_str().unwrap()), "§3.50.3");
        assert!(rule["properties"]["security-severity"].as_str().unwrap().parse::<f64>().is_ok());
    }

    let results = run["results"].as_array().unwrap();
    assert_eq!(results.len(), 4);
    for result in results {
        assert!(result["message"]["text"].is_string(), "§3.27.11");
        let index = usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap();
        assert_eq!(rules[index]["id"], result["ruleId"], "§3.27.6");
        assert!(["error", "warning", "note"].contains(&result["level"].as_str().unwrap()), "§3.27.10");
        let location = &result["locations"][0]["physicalLocation"];
        let uri = location["artifactLocation"]["uri"].as_str().unwrap();
        assert!(
            uri.is_ascii() && !uri.starts_with('/') && !uri.contains([' ', ':', '\\']),
            "§3.4.3: a relative reference: {uri}"
        );
        assert_eq!(location["artifactLocation"]["uriBaseId"], "%SRCROOT%", "§3.4.4");
        let region = &location["region"];
        let number = |key: &str| region[key].as_u64().unwrap();
        assert!(number("startLine") >= 1 && number("startColumn") >= 1, "§3.30.5");
        assert!((number("endLine"), number("endColumn")) >= (number("startLine"), number("startColumn")), "§3.30.7");
        assert_eq!(result["partialFingerprints"]["portcullis/v1"].as_str().unwrap().len(), 64, "§3.27.17");
    }
    let fingerprints: std::collections::BTreeSet<&str> =
        results.iter().map(|result| result["partialFingerprints"]["portcullis/v1"].as_str().unwrap()).collect();
    assert_eq!(fingerprints.len(), results.len(), "two findings of one function are told apart");
    assert_eq!(results[1]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"], "src/s%C3%BC%C3%9F%20dir/main.rs");
    let suppression = &results[0]["suppressions"][0];
    assert_eq!((&suppression["kind"], &suppression["justification"]), (&"inSource".into(), &"moves in May".into()), "§3.35");
    assert!(results[1]["suppressions"].is_null());

    let invocation = &run["invocations"][0];
    assert_eq!(invocation["executionSuccessful"], false, "§3.20.14");
    assert!(invocation["toolExecutionNotifications"][0]["message"]["text"].is_string(), "§3.58.5");
}

#[test]
fn a_fingerprint_stays_when_lines_move() {
    let fingerprint = |line| {
        let report = Report { findings: vec![finding(&PRIVATE_KEY, "src/main.rs", line)], problems: vec![], files: 1 };
        parse(&report.sarif().unwrap())["runs"][0]["results"][0]["partialFingerprints"]["portcullis/v1"].clone()
    };
    assert_eq!(fingerprint(3), fingerprint(300));
}
