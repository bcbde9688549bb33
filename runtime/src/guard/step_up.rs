//! Stage: whether the login is fresh and strong enough (RFC 9470).
//! After the roles: nobody is sent to log in again who would be refused all the same.

use super::exchange::Exchange;
use crate::{Denial, Principal, Scheme, authn::numeric_date};
use std::time::Duration;

pub(super) fn check(exchange: &Exchange, principal: Option<&Principal>) -> Result<(), Denial> {
    let Some(step_up) = exchange.endpoint.policy.step_up_needed() else { return Ok(()) };
    let holds = principal.is_some_and(|principal| {
        // Whoever holds an API key has never logged in.
        principal.scheme() == Scheme::Jwt
            && step_up.max_age.is_none_or(|max_age| is_fresh(exchange, principal, max_age))
            && (!step_up.mfa || has_two_factors(principal))
    });
    if holds {
        return Ok(());
    }
    Err(Denial::StepUpNeeded { max_age: step_up.max_age.map(|age| age.as_secs()), mfa: step_up.mfa })
}

/// Whether the caller logged in so short a time ago. A login in the future is none, beyond what the clocks may differ by.
fn is_fresh(exchange: &Exchange, principal: &Principal, max_age: Duration) -> bool {
    let core = &exchange.endpoint.core;
    let now = core.clock.unix_time();
    principal.claim("auth_time").and_then(numeric_date).is_some_and(|login| {
        let since = now.saturating_sub(login);
        login <= now.saturating_add(core.schemes.leeway()) && since <= max_age
    })
}

/// Whether the login took more than one factor (RFC 8176 §2).
fn has_two_factors(principal: &Principal) -> bool {
    let methods = principal.claim("amr").and_then(|methods| methods.as_array());
    methods.is_some_and(|methods| methods.iter().any(|method| method == "mfa"))
}
