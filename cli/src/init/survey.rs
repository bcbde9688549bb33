//! What the endpoints of a workspace say today, counted.

use crate::workspace::secured::{Secured, Term};
use portcullis_policy::{ByteSize, Period};
use std::collections::{BTreeMap, BTreeSet};

/// The counts, and the names.
#[derive(Debug, Default)]
pub(super) struct Survey {
    pub(super) endpoints: usize,
    /// How many endpoints name the role.
    pub(super) roles: BTreeMap<String, usize>,
    /// How many endpoints name the scope.
    pub(super) scopes: BTreeMap<String, usize>,
    /// The functions that are public.
    pub(super) public: BTreeSet<String>,
    /// How many state a rate.
    pub(super) rated: usize,
    /// How many name their method and path.
    pub(super) routed: usize,
    /// How many are public or unvalidated and do not say why.
    pub(super) unreasoned: usize,
    /// The largest body that is stated.
    pub(super) body: Option<ByteSize>,
    /// The longest timeout that is stated.
    pub(super) timeout: Option<Period>,
}

/// The keys that name a method and a path.
const METHODS: [&str; 7] = ["get", "post", "put", "patch", "delete", "head", "options"];

impl Survey {
    pub(super) fn add(&mut self, function: &Secured) {
        self.endpoints += 1;
        let grants = function.grants();
        grants.roles.into_iter().for_each(|role| *self.roles.entry(role).or_default() += 1);
        grants.scopes.into_iter().for_each(|scope| *self.scopes.entry(scope).or_default() += 1);
        let texts = |key: &str| function.term(key).map(Term::texts);
        if function.term("public").is_some() {
            self.public.insert(function.function.clone());
        }
        self.rated += usize::from(function.term("rate").is_some());
        self.routed += usize::from(METHODS.iter().any(|method| function.term(method).is_some()));
        let silent = |key: &str| texts(key).is_some_and(|texts| texts.iter().all(|text| text.trim().is_empty()));
        self.unreasoned += usize::from(silent("public") || silent("unvalidated"));
        let stated = |key: &str| texts(key).unwrap_or_default();
        self.body = self.body.max(stated("body").iter().filter_map(|text| text.parse().ok()).max());
        self.timeout = self.timeout.max(stated("timeout").iter().filter_map(|text| text.parse().ok()).max());
    }

    /// What was found, in a few words.
    pub(super) fn summary(&self) -> String {
        let counted = |count: usize, what: &str| format!("{count} {what}{}", if count == 1 { "" } else { "s" });
        let (roles, scopes) = (counted(self.roles.len(), "role"), counted(self.scopes.len(), "scope"));
        format!("{roles} and {scopes} of {}", counted(self.endpoints, "endpoint"))
    }
}
