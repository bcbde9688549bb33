//! What the user of the probe knows and the manifest does not: paths, bodies, and conditions that refuse nobody.

use axum::body::Bytes;
use portcullis_policy::suggest;
use std::collections::{BTreeMap, BTreeSet};

/// What the probe was told of endpoints, each by its method and its path pattern: `GET /users/{id}`.
#[derive(Clone, Debug, Default)]
pub(super) struct Options {
    pub(super) paths: BTreeMap<String, String>,
    pub(super) bodies: BTreeMap<String, Bytes>,
    pub(super) open_conditions: BTreeSet<String>,
}

impl Options {
    pub(super) fn path(&self, endpoint: &str) -> Option<&str> {
        self.paths.get(endpoint).map(String::as_str)
    }

    pub(super) fn body(&self, endpoint: &str) -> Option<Bytes> {
        self.bodies.get(endpoint).cloned()
    }

    /// What was said of endpoints that the manifest does not have: each with the name that was probably meant.
    pub(super) fn unknown(&self, known: &BTreeSet<String>) -> Vec<(String, String)> {
        let said: BTreeSet<&String> = self.paths.keys().chain(self.bodies.keys()).chain(&self.open_conditions).collect();
        let unknown = said.into_iter().filter(|name| !known.contains(*name));
        let remedy = |name: &String| match suggest::closest(name, known.iter().map(String::as_str)) {
            Some(near) => format!("no such endpoint, did you mean `{near}`?"),
            None => "no such endpoint: name one by its method and path, as the manifest has them".to_owned(),
        };
        unknown.map(|name| (name.clone(), remedy(name))).collect()
    }
}
