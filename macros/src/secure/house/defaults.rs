//! `[defaults]`: the rate, the body and the timeout of an endpoint that says nothing about them.

use super::{
    super::{
        check::{limit, millis},
        model::Policy,
    },
    Endpoint,
};
use crate::errors::Errors;
use portcullis_policy::{ByteSize, Defaults, Limit, Part, Period, RateKey, suggest};

/// Gives the policy what the attribute leaves unsaid.
pub(super) fn fill(policy: &mut Policy, endpoint: &Endpoint<'_>, defaults: &Defaults, errors: &mut Errors) {
    if endpoint.attribute.rates.is_empty() {
        policy.limits = limits(policy.is_public(), endpoint, defaults, errors);
    }
    policy.body_bytes = policy.body_bytes.or(defaults.body);
    policy.timeout_millis = policy.timeout_millis.or_else(|| defaults.timeout.map(|timeout| millis(timeout.into())));
}

fn limits(public: bool, endpoint: &Endpoint<'_>, defaults: &Defaults, errors: &mut Errors) -> Vec<Limit> {
    let mut limits: Vec<Limit> = Vec::new();
    for rate in &defaults.rates {
        let default = limit(rate, public);
        if public && default.key() == RateKey::Principal {
            let instead = Limit::new(rate.count(), rate.period_seconds(), rate.burst(), RateKey::Ip);
            let message = format!(
                "the default of `[defaults]` is `{rate}`, and a public endpoint has no principal to count calls by; write `rate = \
                 \"{instead}\"`"
            );
            errors.at(endpoint.guilty(Part::Access), message);
        }
        // Without a key, one default counts by address here and by principal there, and may count what another counts already.
        let same = |other: &&mut Limit| other.key() == default.key() && other.period_seconds() == default.period_seconds();
        match limits.iter_mut().find(same) {
            Some(other) if default.count() < other.count() => *other = default,
            Some(_) => {}
            None => limits.push(default),
        }
    }
    limits.sort_by_key(Limit::period_seconds);
    limits
}

/// What to add to a message about a part that the defaults gave the endpoint.
pub(super) fn note(part: Part, endpoint: &Endpoint<'_>, defaults: &Defaults) -> Option<String> {
    if endpoint.attribute.stated(part).is_some() {
        return None;
    }
    let default = match part {
        Part::Rate if !defaults.rates.is_empty() => {
            let rates: Vec<String> = defaults.rates.iter().map(ToString::to_string).collect();
            suggest::list(rates.iter().map(String::as_str))
        }
        Part::Body => format!("`{}`", ByteSize::from_bytes(defaults.body?)),
        Part::Timeout => format!("`{}`", Period::from(defaults.timeout?)),
        _ => return None,
    };
    Some(format!("; the default of `[defaults]` is {default}"))
}
