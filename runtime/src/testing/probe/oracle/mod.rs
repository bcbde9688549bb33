//! The oracle: what must become of a request, from the manifest alone.
//! It shares nothing with the guard but the names of things, so that the two can disagree.

mod boundary;
mod budget;
mod grants;
#[cfg(test)]
mod tests;

pub(super) use boundary::cast;
pub(super) use budget::interval;
pub(super) use grants::{Grant, Grants};

use budget::Budget;
use grants::admits;
use portcullis_policy::{Limit, RateKey, Roles, StepUp, Terms};
use std::{collections::HashMap, time::Duration};

/// What a request presents as its credentials.
#[derive(Clone, Debug)]
pub(super) enum Credentials {
    None,
    /// Two of them.
    Two(Holder),
    /// A token that does not hold.
    Flawed(Holder, Flaw),
    Token(Holder),
}

/// What is wrong with a token.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Flaw {
    /// Its last second is over, this very moment. Nothing else is wrong with it.
    Expired,
    /// Its first second is the next.
    NotYetValid,
    OtherAudience,
    OtherIssuer,
    OtherKey,
    /// It is not signed, and says so.
    Unsigned,
    /// It is no token at all.
    Garbage,
}

/// Whom a token stands for.
#[derive(Clone, Debug)]
pub(super) struct Holder {
    pub(super) subject: String,
    pub(super) grants: Grants,
    /// The seconds since the login, if the token says when that was.
    pub(super) login_age: Option<u64>,
    /// Whether the token says that the login took more than one factor.
    pub(super) two_factors: bool,
}

/// What must become of a request.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Verdict {
    /// The caller is let in: what comes then is up to the arguments, the condition and the handler.
    Admitted,
    NoCredentials,
    MalformedCredentials,
    InvalidCredentials,
    NotAllowed,
    StepUpNeeded,
    OverLimit {
        limit: Limit,
        /// Until a call passes, in nanoseconds.
        wait: u128,
    },
}

/// Who calls, from where and when.
#[derive(Clone, Copy, Debug)]
pub(super) struct Call<'a> {
    pub(super) terms: &'a Terms,
    pub(super) address: &'a str,
    pub(super) credentials: &'a Credentials,
    pub(super) now: Duration,
}

/// Knows the hierarchy of the roles, and every call that was made.
#[derive(Debug)]
pub(super) struct Oracle {
    hierarchy: Roles,
    /// By handler: one that is routed twice is one endpoint with one set of limits.
    budgets: HashMap<String, Vec<Budget>>,
    /// The failed authentications, of all endpoints together.
    failures: Budget,
}

impl Oracle {
    pub(super) fn new(hierarchy: Roles, failures: Limit) -> Self {
        Self { hierarchy, budgets: HashMap::new(), failures: Budget::new(failures) }
    }

    pub(super) fn hierarchy(&self) -> &Roles {
        &self.hierarchy
    }

    /// Whether the endpoint admits somebody who holds these grants.
    pub(super) fn admits(&self, terms: &Terms, grants: &Grants) -> bool {
        admits(&terms.admission, &self.hierarchy, Some(grants))
    }

    /// What must become of the call. It counts from here on.
    pub(super) fn judge(&mut self, call: Call<'_>) -> Verdict {
        if let Some(verdict) = self.limit(call, &[RateKey::Ip]) {
            return verdict;
        }
        match call.credentials {
            _ if call.terms.admission.is_public() => {}
            Credentials::None => return Verdict::NoCredentials,
            Credentials::Two(_) => return self.failure(call, Verdict::MalformedCredentials),
            Credentials::Flawed(..) => return self.failure(call, Verdict::InvalidCredentials),
            Credentials::Token(_) => {}
        }
        for kind in [RateKey::Principal, RateKey::Global] {
            if let Some(verdict) = self.limit(call, &[kind]) {
                return verdict;
            }
        }
        let Credentials::Token(holder) = call.credentials else { return Verdict::Admitted };
        if !self.admits(call.terms, &holder.grants) {
            return Verdict::NotAllowed;
        }
        match &call.terms.step_up {
            Some(step_up) if !call.terms.admission.is_public() && !suffices(holder, step_up) => Verdict::StepUpNeeded,
            _ => Verdict::Admitted,
        }
    }

    /// The limit that would refuse the call of somebody whose credentials hold, and how long it would. Nothing is counted.
    pub(super) fn blocked(&mut self, call: Call<'_>) -> Option<(Limit, u128)> {
        let now = call.now.as_nanos();
        let budgets = self.budgets_of(call.terms);
        let waiting = |kind: RateKey| {
            let mut waits = budgets.iter().map(|budget| (*budget.limit(), budget.wait(&key(budget.limit(), call), now)));
            waits.find(|(limit, wait)| limit.key() == kind && *wait > 0)
        };
        [RateKey::Ip, RateKey::Principal, RateKey::Global].into_iter().find_map(waiting)
    }

    /// How long a failed authentication from this address would be refused as one too many, in nanoseconds.
    pub(super) fn failures_wait(&self, address: &str, now: Duration) -> u128 {
        self.failures.wait(address, now.as_nanos())
    }

    /// A failed authentication, which counts against the address.
    fn failure(&mut self, call: Call<'_>, verdict: Verdict) -> Verdict {
        let now = call.now.as_nanos();
        match self.failures.wait(call.address, now) {
            0 => self.failures.spend(call.address, now),
            wait => return Verdict::OverLimit { limit: *self.failures.limit(), wait },
        }
        verdict
    }

    /// Counts the call by the limits of these kinds, until one refuses.
    fn limit(&mut self, call: Call<'_>, kinds: &[RateKey]) -> Option<Verdict> {
        let now = call.now.as_nanos();
        for budget in self.budgets_of(call.terms) {
            let limit = *budget.limit();
            if !kinds.contains(&limit.key()) {
                continue;
            }
            let key = key(&limit, call);
            match budget.wait(&key, now) {
                0 => budget.spend(&key, now),
                wait => return Some(Verdict::OverLimit { limit, wait }),
            }
        }
        None
    }

    fn budgets_of(&mut self, terms: &Terms) -> &mut Vec<Budget> {
        let fresh = || terms.limits.iter().copied().map(Budget::new).collect();
        self.budgets.entry(terms.handler.clone()).or_insert_with(fresh)
    }
}

/// What a limit counts the call by.
fn key(limit: &Limit, call: Call<'_>) -> String {
    match (limit.key(), call.credentials) {
        (RateKey::Ip, _) => call.address.to_owned(),
        (RateKey::Principal, Credentials::Token(holder)) if !call.terms.admission.is_public() => holder.subject.clone(),
        (RateKey::Principal, _) | (RateKey::Global, _) => String::new(),
    }
}

/// Whether a login is as fresh and as strong as it has to be.
fn suffices(holder: &Holder, step_up: &StepUp) -> bool {
    let fresh = match (step_up.max_age, holder.login_age) {
        (None, _) => true,
        (Some(_), None) => false,
        (Some(max_age), Some(age)) => Duration::from_secs(age) <= max_age,
    };
    fresh && (holder.two_factors || !step_up.mfa)
}
