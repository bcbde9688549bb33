//! `[[rule]]`: every rule that selects the endpoint, as far as its route is named. The others are left to `secured_by`.

use super::{
    super::{
        arguments::validated_input,
        model::{Access, Deferred, Policy, Requirement},
        source_text::source_text,
    },
    Endpoint, defaults,
};
use crate::errors::Errors;
use portcullis_policy::{Admission, Breach, LockedRoute, Predicate, RuleBookFile, Terms};
use std::time::Duration;

/// Holds the policy to the rules, and returns the breaches of those that select the endpoint only in some modules.
pub(super) fn check(policy: &Policy, endpoint: &Endpoint<'_>, file: &RuleBookFile, errors: &mut Errors) -> Vec<Deferred> {
    let route = policy.route.as_ref().map(|route| LockedRoute::new(&route.method, route.path.as_str()));
    let terms = terms(policy, endpoint);
    let mut deferred = Vec::new();
    for rule in file.rules() {
        let selector = &rule.selector;
        let is_selected = selector.selects_function(&endpoint.name);
        if selector.selects_route(route.as_ref()) != Some(true) || !(is_selected || selector.needs_module()) {
            continue;
        }
        for Breach { part, mut message } in rule.breaches(&terms, file.hierarchy()) {
            message.extend(defaults::note(part, endpoint, file.defaults()));
            let guilty = endpoint.guilty(part);
            if is_selected {
                errors.at(guilty, message);
            } else {
                let in_module = selector.endpoints.iter().filter(|pattern| pattern.contains("::"));
                let patterns = in_module.map(ToString::to_string).collect();
                deferred.push(Deferred { patterns, if_meant: true, guilty, message });
            }
        }
    }
    deferred
}

/// The policy by names.
fn terms(policy: &Policy, endpoint: &Endpoint<'_>) -> Terms {
    let admission = match &policy.access {
        Access::Public(reason) => Admission::Public(reason.clone()),
        Access::Authenticated => Admission::Authenticated,
        Access::Allow(requirement) => Admission::Allow(predicate(requirement)),
    };
    Terms {
        when: policy.when.as_ref().map(|when| source_text(when.expression.clone())),
        limits: policy.limits.clone(),
        body: policy.body_bytes,
        timeout: policy.timeout_millis.map(Duration::from_millis),
        step_up: policy.step_up,
        audit: policy.audit.clone(),
        input: endpoint.function.arguments().last().and_then(|last| validated_input(&last.ty)),
        unvalidated: policy.unvalidated.clone(),
        ..Terms::new(&endpoint.name, admission)
    }
}

fn predicate(requirement: &Requirement) -> Predicate {
    let all = |terms: &[Requirement]| terms.iter().map(predicate).collect();
    match requirement {
        Requirement::Authenticated => Predicate::Authenticated,
        Requirement::Role(name, _) => Predicate::Role(name.clone()),
        Requirement::Scope(name, _) => Predicate::Scope(name.clone()),
        Requirement::Any(terms) => Predicate::Any(all(terms)),
        Requirement::All(terms) => Predicate::All(all(terms)),
        Requirement::Not(term) => Predicate::Not(Box::new(predicate(term))),
    }
}
