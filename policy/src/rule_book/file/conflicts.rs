//! What is wrong across the file though each part of it is sound: two rules of one name, a rule that adds nothing to another, and a
//! default or a public endpoint that a rule forbids outright.

use super::{defaults, require, rule};
use crate::{ByteSize, Period, Roles, Rule, Selector, file::Errors, grammar::Quoted};
use std::collections::BTreeMap;

/// What was written, beside the roles and scopes.
pub(super) struct Written<'a> {
    pub(super) defaults: &'a defaults::Written,
    pub(super) require: &'a require::Written,
    pub(super) rules: &'a [rule::Written],
}

/// The most rules, so that comparing every two of them takes no time that anybody would notice.
const MOST_RULES: usize = 500;

/// The most patterns in all rules together.
const MOST_PATTERNS: usize = 2_000;

/// A sound rule and where it begins.
type Placed = (usize, Rule);

pub(super) fn check(written: &Written<'_>, roles: &Roles, errors: &mut Errors) {
    if !check_number(written, errors) {
        return;
    }
    check_names(written.rules, errors);
    let sound = written.rules.iter().filter(|rule| rule.is_sound);
    let rules: Vec<Placed> = sound.map(|rule| (rule.start, rule.checked(errors))).collect();
    check_shadows(&rules, roles, errors);
    for (_, rule) in &rules {
        check_defaults(rule, written.defaults, errors);
        check_public(rule, written.require, errors);
    }
}

fn check_number(written: &Written<'_>, errors: &mut Errors) -> bool {
    let mut patterns = 0;
    for (index, rule) in written.rules.iter().enumerate() {
        patterns += rule.patterns();
        if index >= MOST_RULES || patterns > MOST_PATTERNS {
            let most = format!("at most {MOST_RULES} rules with {MOST_PATTERNS} paths and endpoints in all");
            errors
                .add(rule.start, format!("a rule book has {most}, and this is one too many: remove some, or merge those alike"));
            return false;
        }
    }
    if let Some(name) = written.require.public.as_ref().and_then(|(_, public)| public.get(MOST_PATTERNS)) {
        let remedy = "remove it, or leave `public` out, and hold the endpoints to a rule";
        errors.add(
            name.start,
            format!("at most {MOST_PATTERNS} endpoints are listed as public, and this is one too many: {remedy}"),
        );
        return false;
    }
    true
}

fn check_names(rules: &[rule::Written], errors: &mut Errors) {
    let mut first: BTreeMap<&str, usize> = BTreeMap::new();
    for name in rules.iter().filter_map(|rule| rule.name.as_ref()) {
        match first.get(name.text.as_str()) {
            None => {
                first.insert(&name.text, name.start);
            }
            Some(other) => {
                let line = errors.line(*other);
                errors
                    .add(name.start, format!("line {line} has a rule named {}, too: name one of them anew", Quoted(&name.text)));
            }
        }
    }
}

/// Of two rules that say the same the later one is called superfluous.
fn check_shadows(rules: &[Placed], roles: &Roles, errors: &mut Errors) {
    for (index, (start, rule)) in rules.iter().enumerate() {
        let implies = |(at, (_, other)): &(usize, &Placed)| {
            *at != index && other.implies(rule, roles) && (*at < index || !rule.implies(other, roles))
        };
        if let Some((_, (_, other))) = rules.iter().enumerate().find(implies) {
            let why = "looks at the same endpoints and more, or as many, and demands as much";
            let message = format!("the rule {} adds nothing: {} {why}; remove it", Quoted(&rule.name), other_rule(other));
            errors.add(*start, message);
        }
    }
}

fn other_rule(rule: &Rule) -> String {
    format!("the rule {} (line {})", Quoted(&rule.name), rule.line)
}

/// A default is forbidden by a rule that looks at every endpoint: none of them could live with it.
fn check_defaults(rule: &Rule, defaults: &defaults::Written, errors: &mut Errors) {
    if !rule.selector.covers(&Selector::default()) {
        return;
    }
    let wants = other_rule(rule);
    let forbids =
        |what: &str, most: &str| format!("{wants} holds every endpoint to a {what} of at most `{most}`: write that here");
    if let Some(most) = rule.demands.rate_at_most
        && let Some((_, start)) = defaults.rates.first()
        && !defaults.rates.iter().any(|(rate, _)| rule.demands.permits_rate(rate))
    {
        errors.add(*start, forbids("rate", &most.to_string()));
    }
    if let (Some(most), Some((body, start))) = (rule.demands.body_at_most, defaults.body)
        && body.bytes() > most
    {
        errors.add(start, forbids("body", &ByteSize::from_bytes(most).to_string()));
    }
    if let (Some(most), Some((timeout, start))) = (rule.demands.timeout_at_most, defaults.timeout)
        && timeout.duration() > most
    {
        errors.add(start, forbids("timeout", &Period::from(most).to_string()));
    }
}

/// An endpoint that is listed as public cannot meet a rule that lets no stranger pass, wherever it is routed.
fn check_public(rule: &Rule, require: &require::Written, errors: &mut Errors) {
    let Some((_, public)) = &require.public else { return };
    // A rule for some paths or methods does not tell, since the endpoint may be routed elsewhere.
    if !rule.demands.closes_to_strangers() || !rule.selector.is_for_every_route() {
        return;
    }
    for name in public {
        if errors.is_full() {
            return;
        }
        if rule.selector.covers_endpoint(&name.text) {
            let remedy = "take it out of this list, or change the rule";
            let message = format!(
                "{} cannot be public: {} lets nobody pass without credentials; {remedy}",
                Quoted(&name.text),
                other_rule(rule)
            );
            errors.add(name.start, message);
        }
    }
}
