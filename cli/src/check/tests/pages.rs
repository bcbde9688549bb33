//! The pages: every kind has one, its bad example has the finding, and its good example has none at all.

use super::{check, check_under, ids};
use crate::check::{catalogue::KINDS, finding::Finding, page};
use std::collections::BTreeSet;

/// The findings of the example in a section of a page.
fn example(body: &str, section: &str) -> Vec<Finding> {
    let section = body.split(&format!("## {section}\n")).nth(1).unwrap().split("\n## ").next().unwrap();
    let block = |language: &str| section.split(&format!("```{language}\n")).nth(1).map(|rest| rest.split("```").next().unwrap());
    let source = block("rust").unwrap();
    match block("toml") {
        Some(book) => check_under(book, source),
        None => check(source),
    }
}

#[test]
fn every_bad_example_has_its_finding() {
    for kind in KINDS {
        let found = example(&kind.page(), "Bad");
        assert!(ids(&found).contains(&kind.id), "{}: {found:#?}", kind.id);
    }
}

#[test]
fn no_good_example_has_any() {
    for kind in KINDS {
        let found = example(&kind.page(), "Good");
        assert!(ids(&found).is_empty(), "{}: {found:#?}", kind.id);
    }
}

#[test]
fn every_page_has_its_sections_in_order() {
    for kind in KINDS {
        let page = kind.page();
        let sections: Vec<&str> = page.lines().filter_map(|line| line.strip_prefix("## ")).collect();
        assert_eq!(sections, ["What", "Why it matters", "Bad", "Good", "How to accept it"], "{}", kind.id);
        assert!(page.starts_with(&format!("# {} {}\n", kind.id, kind.name)));
    }
}

#[test]
fn ids_and_names_are_unique_sorted_and_found() {
    assert!(KINDS.is_sorted_by(|a, b| a.id < b.id));
    assert_eq!(KINDS.iter().map(|kind| kind.name).collect::<BTreeSet<_>>().len(), KINDS.len());
    assert_eq!(page("pc101"), page("PC101"));
    assert!(page("PC101").is_some() && page("PC1010").is_none() && page("").is_none());
}

#[test]
fn messages_are_lower_case_clauses_without_a_final_period() {
    for kind in KINDS {
        for finding in example(&kind.page(), "Bad") {
            let message = &finding.message;
            assert!(!message.ends_with('.') && !message.contains('\n') && !message.contains("  "), "{message}");
            assert!(message.starts_with(|c: char| c.is_lowercase() || c == '`'), "{message}");
        }
    }
}
