//! Acceptances: `// portcullis: allow(PC102) moves behind the guard in May`, on the line of a finding or the line above.
//! One that gives no reason accepts nothing, and one that matches nothing is itself a finding.

use super::{
    catalogue::{self, ACCEPTANCE_WITHOUT_REASON, KINDS, Kind, UNKNOWN_ACCEPTANCE, UNUSED_ACCEPTANCE},
    finding::{Finding, Place},
    rules::words,
};
use portcullis_policy::suggest;
use proc_macro2::{TokenStream, TokenTree};
use std::path::Path;

const MARK: &str = "portcullis:";

const FORM: &str = "write `// portcullis: allow(PC102) why it may stay`";

/// What a comment accepts.
struct Acceptance {
    place: Place,
    kind: &'static Kind,
    reason: String,
    /// The line that it is about, where it stands alone: the next one that is no comment.
    next: Option<usize>,
}

/// Settles what the comments of a source accept, and adds what is wrong with them.
pub(super) fn settle(text: &str, path: &Path, in_test: bool, findings: &mut Vec<Finding>) {
    if !text.contains(MARK) {
        return;
    }
    // No column counts a byte order mark.
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut about = Vec::new();
    let mut add = |kind: &'static Kind, place: Place, message: String| {
        let item = format!("acceptance {}", about.len());
        about.push(Finding { kind, path: path.to_owned(), place, item, message, in_test, accepted: None });
    };
    for acceptance in read(text, &mut add) {
        if words::says_nothing(&acceptance.reason) {
            let message = format!("this acceptance does not say why, so it accepts nothing: {FORM}");
            add(&ACCEPTANCE_WITHOUT_REASON, acceptance.place, message);
            continue;
        }
        let mut is_used = false;
        for finding in findings.iter_mut().filter(|finding| finding.kind.id == acceptance.kind.id) {
            if finding.place.line == acceptance.place.line || Some(finding.place.line) == acceptance.next {
                finding.accepted = Some(acceptance.reason.clone());
                is_used = true;
            }
        }
        if !is_used {
            let message = format!("there is no {} here to accept: take the comment out", acceptance.kind.id);
            add(&UNUSED_ACCEPTANCE, acceptance.place, message);
        }
    }
    findings.append(&mut about);
}

/// The acceptances of a source; what is none although it begins like one is reported.
fn read(text: &str, report: &mut impl FnMut(&'static Kind, Place, String)) -> Vec<Acceptance> {
    let literals = literals(text);
    let lines: Vec<&str> = text.lines().collect();
    let mut found = Vec::new();
    for (index, line) in lines.iter().enumerate() {
        let Some((before, comment)) = comment(line, index + 1, &literals) else { continue };
        let Some(said) = comment.trim_start().strip_prefix(MARK) else { continue };
        let column = before.chars().count() + 1;
        let place = Place { line: index + 1, column, end_line: index + 1, end_column: line.chars().count() + 1 };
        let Some((ids, reason)) = said.trim().strip_prefix("allow(").and_then(|rest| rest.split_once(')')) else {
            report(&UNKNOWN_ACCEPTANCE, place, format!("this begins as an acceptance and is none: {FORM}"));
            continue;
        };
        let is_comment = |line: &str| line.trim_start().starts_with("//");
        let next = before.trim().is_empty().then(|| {
            let after = lines.iter().skip(index + 1).take_while(|line| is_comment(line)).count();
            index + 2 + after
        });
        for id in ids.split(',').map(str::trim) {
            match catalogue::find(id) {
                Some(kind) if kind.is_acceptable() => {
                    found.push(Acceptance { place, kind, reason: reason.trim().to_owned(), next });
                }
                Some(_) => report(
                    &UNKNOWN_ACCEPTANCE,
                    place,
                    format!("`{id}` cannot be accepted: it is about an acceptance; right that one"),
                ),
                None => {
                    let ids = KINDS.iter().filter(|kind| kind.is_acceptable()).map(|kind| kind.id);
                    let near = suggest::closest(id, ids).map(|near| format!("did you mean `{near}`? ")).unwrap_or_default();
                    let message = format!("no finding is called `{id}`: {near}`cargo portcullis check --list` has them all");
                    report(&UNKNOWN_ACCEPTANCE, place, message);
                }
            }
        }
    }
    found
}

/// The comment of a line and what stands before it.
fn comment<'a>(line: &'a str, number: usize, literals: &[Place]) -> Option<(&'a str, &'a str)> {
    line.match_indices("//").find_map(|(start, _)| {
        let (before, comment) = line.split_at_checked(start)?;
        let here = (number, before.chars().count() + 1);
        let is_inside = |literal: &Place| (literal.line, literal.column) <= here && here < (literal.end_line, literal.end_column);
        if literals.iter().any(is_inside) {
            return None;
        }
        comment.strip_prefix("//").map(|comment| (before, comment))
    })
}

/// Where the source has literals, documentation among them: what looks like a comment in there is none.
fn literals(text: &str) -> Vec<Place> {
    // The parser skips a shebang, the lexer does not.
    let text = match text.strip_prefix("#!") {
        Some(rest) if !rest.trim_start().starts_with('[') => format!("//{rest}"),
        _ => text.to_owned(),
    };
    let Ok(tokens) = text.parse::<TokenStream>() else { return Vec::new() };
    let (mut pending, mut places) = (vec![tokens], Vec::new());
    while let Some(tokens) = pending.pop() {
        for token in tokens {
            match token {
                TokenTree::Group(group) => pending.push(group.stream()),
                TokenTree::Literal(literal) => places.push(Place::of(literal.span())),
                TokenTree::Ident(_) | TokenTree::Punct(_) => {}
            }
        }
    }
    places
}
