//! Counting the calls of a limit: what the manifest promises, in whole nanoseconds.
//! `burst` calls pass at one instant; each that passed is forgotten after `period / count`, one after the other.

use portcullis_policy::Limit;
use std::collections::HashMap;

/// The calls that one limit has seen, by key.
#[derive(Debug)]
pub(in crate::testing::probe) struct Budget {
    limit: Limit,
    by_key: HashMap<String, Spent>,
}

/// What a key has spent: how long it takes until nothing of it is left.
#[derive(Clone, Copy, Debug, Default)]
struct Spent {
    nanos: u128,
    as_of: u128,
}

impl Budget {
    pub(super) fn new(limit: Limit) -> Self {
        Self { limit, by_key: HashMap::new() }
    }

    pub(in crate::testing::probe) fn limit(&self) -> &Limit {
        &self.limit
    }

    /// How long a call of the key has to wait, in nanoseconds. 0: it passes now.
    pub(super) fn wait(&self, key: &str, now: u128) -> u128 {
        let bound = interval(&self.limit) * u128::from(self.limit.burst());
        (self.spent(key, now) + interval(&self.limit)).saturating_sub(bound)
    }

    /// A call of the key has passed.
    pub(super) fn spend(&mut self, key: &str, now: u128) {
        let nanos = self.spent(key, now) + interval(&self.limit);
        self.by_key.insert(key.to_owned(), Spent { nanos, as_of: now });
    }

    fn spent(&self, key: &str, now: u128) -> u128 {
        let spent = self.by_key.get(key).copied().unwrap_or_default();
        spent.nanos.saturating_sub(now.saturating_sub(spent.as_of))
    }
}

/// How long one call takes to be forgotten, in nanoseconds. At least 1.
pub(in crate::testing::probe) fn interval(limit: &Limit) -> u128 {
    (u128::from(limit.period_seconds()) * 1_000_000_000 / u128::from(limit.count())).max(1)
}
