//! `[require]`: what every endpoint has to say.

use super::{
    super::model::{Access, Deferred, Policy},
    Endpoint,
};
use crate::errors::Errors;
use portcullis_policy::{Part, Require, pattern_matches_handler, suggest};

/// Holds the policy to what is required. Whether a public endpoint is one of those that may be can depend on its module.
pub(super) fn check(policy: &Policy, endpoint: &Endpoint<'_>, require: &Require, errors: &mut Errors) -> Option<Deferred> {
    if let Some(line) = require.rate.filter(|_| policy.limits.is_empty()) {
        let remedy = "write one, such as `rate = \"60/min\"`, or give all endpoints one in `[defaults]`";
        errors.at(endpoint.guilty(Part::Rate), format!("{} wants a rate, and the endpoint has none; {remedy}", at(line)));
    }
    if let Some(line) = require.reason.filter(|_| matches!(policy.access, Access::Public(None))) {
        let remedy = "write it, as in `public = \"load balancers probe it\"`";
        let message = format!("{} wants a reason, and this endpoint is `public` without one; {remedy}", at(line));
        errors.at(endpoint.guilty(Part::Access), message);
    }
    if let Some(line) = require.route.filter(|_| policy.route.is_none()) {
        let remedy = "write its method and path, as in `get = \"/users/{id}\"`";
        let message = format!("{} wants a route, and the endpoint names none; {remedy}", at(line));
        errors.at(&endpoint.attribute.tokens, message);
    }
    match &require.public {
        Some((line, patterns)) if policy.is_public() => check_public(*line, patterns, endpoint, errors),
        _ => None,
    }
}

fn check_public(line: u32, patterns: &[String], endpoint: &Endpoint<'_>, errors: &mut Errors) -> Option<Deferred> {
    let (in_module, bare): (Vec<&String>, Vec<&String>) = patterns.iter().partition(|pattern| pattern.contains("::"));
    if bare.iter().any(|pattern| pattern_matches_handler(pattern, "", &endpoint.name)) {
        return None;
    }
    let these = match patterns {
        [] => "wants no endpoint to be public".to_owned(),
        [one] => format!("wants no endpoint but `{one}` to be public"),
        several => format!("wants no endpoints but {} to be public", suggest::list(several.iter().map(String::as_str))),
    };
    let message = format!("{} {these}; state another access, or add `{}` there", at(line), endpoint.name);
    let guilty = endpoint.guilty(Part::Access);
    if in_module.is_empty() {
        errors.at(guilty, message);
        return None;
    }
    Some(Deferred { patterns: in_module.into_iter().cloned().collect(), if_meant: false, guilty, message })
}

/// Where it is required, as messages name rules.
fn at(line: u32) -> String {
    format!("`[require]` (security.toml:{line})")
}
