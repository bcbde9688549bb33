//! From parsed sources to findings: pure, so that a test needs no files.

use super::{acceptance, finding::Finding, inspect, names::Module, names::Names, rule_books::BookView};
use crate::workspace::Source;
use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
};

/// The sources of a package, and the rule book that governs them.
pub(crate) struct Checked {
    pub(crate) sources: Vec<Source>,
    pub(crate) book: BookView,
}

/// All findings, accepted ones too, by file and place.
pub(crate) fn analyse(packages: &[Checked], root: &Path) -> Vec<Finding> {
    let mut targets: BTreeMap<&PathBuf, usize> = BTreeMap::new();
    for source in packages.iter().flat_map(|package| &package.sources) {
        let next = targets.len();
        targets.entry(&source.target.root).or_insert(next);
    }
    let target = |source: &Source| targets.get(&source.target.root).copied().unwrap_or(usize::MAX);
    let names = Names::of(packages.iter().flat_map(|package| &package.sources).map(|source| (target(source), source)));

    let mut findings = Vec::new();
    for package in packages {
        for source in &package.sources {
            let shown = source.path.strip_prefix(root).unwrap_or(&source.path);
            let mut found = inspect::inspect(&names, &package.book, target(source), source, shown);
            let in_test = names.is_test(&Module { target: target(source), path: source.module.clone() });
            acceptance::settle(&source.text, shown, in_test, &mut found);
            findings.append(&mut found);
        }
    }
    findings.sort_by(|a, b| (&a.path, a.place, a.kind.id).cmp(&(&b.path, b.place, b.kind.id)));
    findings
}
