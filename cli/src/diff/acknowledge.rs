//! Which widened changes somebody answers for: said on the command line, or in the message of a commit.

use portcullis_policy::{
    diff::{Change, Class, Diff},
    suggest,
};

/// The trailer of a commit message: `Widens: GET /users/{id}`.
pub(super) const TRAILER: &str = "Widens";

/// What was acknowledged.
#[derive(Debug)]
pub(super) struct Acknowledged(Vec<String>);

impl Acknowledged {
    pub(super) fn new(names: impl IntoIterator<Item = String>) -> Self {
        let mut names: Vec<String> = names.into_iter().map(|name| words(&name)).collect();
        names.sort();
        names.dedup();
        Self(names)
    }

    /// Whether somebody answers for this change.
    pub(super) fn covers(&self, change: &Change) -> bool {
        change.class == Class::Widened && self.0.contains(&words(&change.subject.to_string()))
    }

    /// The changes that nobody answers for.
    pub(super) fn open<'a>(&self, diff: &'a Diff) -> Vec<&'a Change> {
        diff.changes.iter().filter(|change| change.class == Class::Widened && !self.covers(change)).collect()
    }

    /// What was acknowledged and did not widen, each with what it did, or what may have been meant.
    pub(super) fn needless(&self, diff: &Diff) -> Vec<(&str, String)> {
        let unused = self.0.iter().filter(|name| {
            !diff.changes.iter().any(|change| self.covers(change) && words(&change.subject.to_string()) == **name)
        });
        unused.map(|name| (name.as_str(), why(name, diff))).collect()
    }
}

fn why(name: &str, diff: &Diff) -> String {
    if let Some(change) = diff.changes.iter().find(|change| words(&change.subject.to_string()) == name) {
        return format!("`{name}` is acknowledged, and is {}", change.class.word());
    }
    let subjects: Vec<String> =
        diff.changes.iter().filter(|change| change.class == Class::Widened).map(|change| change.subject.to_string()).collect();
    let near = suggest::closest(name, subjects.iter().map(String::as_str)).map(|near| format!(": did you mean `{near}`?"));
    format!("`{name}` is acknowledged, and did not change{}", near.unwrap_or_default())
}

/// The words with one space between, so that a message may be wrapped.
fn words(name: &str) -> String {
    name.split_whitespace().collect::<Vec<_>>().join(" ")
}
