//! What identifies a rule book: a hash of what it means, so that no endpoint runs under another than it was compiled against.

use super::{Defaults, Require, RuleBookFile};
use crate::{ByteSize, Period, Rule, rules::Texts};
use std::collections::BTreeSet;

impl RuleBookFile {
    /// What identifies the rule book's meaning: equal wherever the same grants have the same bits and the same holders, and the same
    /// is asked of the same endpoints.
    ///
    /// Comments, order, spelling, the meanings of the scopes, and the names and lines of the rules do not change it. It is never 0,
    /// which stands for having no rule book.
    #[must_use]
    pub fn hash(&self) -> u64 {
        let mut hash = Fnv::new();
        for (name, role) in &self.roles {
            hash.write(b"role");
            hash.write(name.as_bytes());
            role.held_by.words().iter().for_each(|word| hash.write(&word.to_le_bytes()));
        }
        for name in self.scopes.keys() {
            hash.write(b"scope");
            hash.write(name.as_bytes());
        }
        hash.list("defaults", defaults(&self.defaults));
        hash.list("require", require(&self.require));
        let rules: BTreeSet<Vec<String>> = self.rules.iter().map(rule).collect();
        rules.iter().for_each(|rule| hash.list("rule", rule.clone()));
        hash.0.max(1)
    }
}

fn defaults(defaults: &Defaults) -> Vec<String> {
    let rates: BTreeSet<String> = defaults.rates.iter().map(|rate| format!("rate {rate}")).collect();
    let body = defaults.body.map(|bytes| format!("body {}", ByteSize::from_bytes(bytes)));
    let timeout = defaults.timeout.map(|timeout| format!("timeout {}", Period::from(timeout)));
    rates.into_iter().chain(body).chain(timeout).collect()
}

fn require(require: &Require) -> Vec<String> {
    let said = [("rate", require.rate), ("reason", require.reason), ("route", require.route)];
    let said = said.into_iter().filter(|(_, line)| line.is_some()).map(|(what, _)| what.to_owned());
    let public = require.public.iter().flat_map(|(_, names)| {
        let names: BTreeSet<&String> = names.iter().collect();
        ["public".to_owned()].into_iter().chain(names.into_iter().map(|name| format!("public {name}")))
    });
    said.chain(public).collect()
}

/// What a rule selects and demands.
fn rule(rule: &Rule) -> Vec<String> {
    let (selector, demands) = (&rule.selector, &rule.demands);
    let words = |what: &str, words: &Texts| -> BTreeSet<String> { words.iter().map(|word| format!("{what} {word}")).collect() };
    let selected = [("path", &selector.paths), ("endpoint", &selector.endpoints), ("method", &selector.methods)];
    let said = [
        ("authenticated", demands.authenticated),
        ("audit", demands.audit),
        ("when", demands.when),
        ("validated", demands.validated),
    ];
    let demanded = [
        demands.role.as_ref().map(|name| format!("role {name}")),
        demands.scope.as_ref().map(|name| format!("scope {name}")),
        demands.step_up.map(|step_up| format!("step_up {step_up}")),
        demands.rate_at_most.map(|rate| format!("rate {rate}")),
        demands.body_at_most.map(|bytes| format!("body {}", ByteSize::from_bytes(bytes))),
        demands.timeout_at_most.map(|timeout| format!("timeout {}", Period::from(timeout))),
    ];
    let selected = selected.into_iter().flat_map(|(what, list)| words(what, list));
    let said = said.into_iter().filter(|(_, wanted)| *wanted).map(|(what, _)| what.to_owned());
    selected.chain(said).chain(demanded.into_iter().flatten()).collect()
}

/// The 64-bit FNV-1a hash: tells rule books apart by accident, not against an attacker, who would own the source anyway.
struct Fnv(u64);

impl Fnv {
    const fn new() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }

    /// Adds a field. A byte that no name contains ends it, so that the bytes of two fields cannot be divided differently.
    fn write(&mut self, field: &[u8]) {
        for byte in field.iter().chain(&[0xff]) {
            self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }

    /// Adds a list under its name, unless it is empty.
    fn list(&mut self, name: &str, fields: Vec<String>) {
        if !fields.is_empty() {
            self.write(name.as_bytes());
            fields.iter().for_each(|field| self.write(field.as_bytes()));
        }
    }
}
