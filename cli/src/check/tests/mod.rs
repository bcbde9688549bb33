//! Findings: each with a source that has it and one that has not.

mod acceptances;
mod builder;
mod hostile;
mod pages;
mod policies;
mod routing;
mod secrets;

use super::{
    analysis::{Checked, analyse},
    finding::Finding,
    rule_books::{BookView, PublicList},
};
use crate::workspace::{Source, Target};
use portcullis_policy::RuleBookFile;
use std::path::{Path, PathBuf};

/// A program of one file, governed by this rule book.
fn check_under(book: &str, text: &str) -> Vec<Finding> {
    let book = BookView::of(&RuleBookFile::parse(book).unwrap());
    analyse(&[Checked { sources: vec![source("bin", "src/main.rs", &[], text)], book }], Path::new(""))
}

/// A program of one file; its rule book is not the question.
fn check(text: &str) -> Vec<Finding> {
    check_files(&[("src/main.rs", text)])
}

/// A program of several files, `src/a/b.rs` being the module `a::b`.
fn check_files(files: &[(&str, &str)]) -> Vec<Finding> {
    let sources = files.iter().map(|(path, text)| {
        let module = path.trim_start_matches("src/").trim_end_matches(".rs").trim_end_matches("/mod");
        let module: Vec<&str> = if module == "main" { Vec::new() } else { module.split('/').collect() };
        source("bin", path, &module, text)
    });
    analyse(&[Checked { sources: sources.collect(), book: silent() }], Path::new(""))
}

/// A rule book that nothing is asked of.
fn silent() -> BookView {
    BookView { public: PublicList::Unknown, has_default_rate: true }
}

fn source(kind: &str, path: &str, module: &[&str], text: &str) -> Source {
    Source {
        target: Target { name: "app".to_owned(), kind: kind.to_owned(), root: "src/main.rs".into() },
        path: PathBuf::from(path),
        module: module.iter().map(|name| (*name).to_owned()).collect(),
        file: syn::parse_file(text).unwrap(),
        text: text.to_owned(),
    }
}

/// The ids of the findings that are not accepted, in the order of the text.
fn ids(findings: &[Finding]) -> Vec<&'static str> {
    findings.iter().filter(|finding| finding.accepted.is_none() && !finding.in_test).map(|finding| finding.kind.id).collect()
}

/// The ids of a source, after the imports that most need.
#[track_caller]
fn found(text: &str) -> Vec<&'static str> {
    ids(&check(text))
}

/// The message of the only finding.
#[track_caller]
fn message(text: &str) -> String {
    let findings = check(text);
    assert_eq!(findings.len(), 1, "{findings:#?}");
    findings[0].message.clone()
}
