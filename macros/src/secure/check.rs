//! From what is written to what is meant: every rule of `#[secure]` that needs no type.
//! All rules are checked, so that all mistakes are reported at once.

use super::{
    access,
    arguments::{bare_parameter, innermost, parameters, words},
    attribute::Attribute,
    function::Function,
    model::{Policy, When},
    route,
};
use crate::{errors::Errors, rule_book::BookSource};
use portcullis_policy::{AuditName, ByteSize, GrammarError, Limit, Period, Rate, RateKey, StepUp};
use quote::ToTokens;
use std::{collections::BTreeSet, str::FromStr, time::Duration};
use syn::LitStr;

/// The policy that the attribute declares for the function. It means something only if no errors were found.
pub(super) fn check(attribute: &Attribute, function: &Function, book: &BookSource, errors: &mut Errors) -> Policy {
    let mut policy = Policy { rule_book: check_book(attribute, book, errors), ..Policy::deny_all() };
    if let Some(access) = access::check(attribute, &function.signature.ident, book, errors) {
        policy.access = access;
    }
    let public = policy.is_public();
    policy.limits = limits(&attribute.rates, public, errors);
    policy.body_bytes = attribute.body.as_ref().and_then(|body| parse(body, errors)).map(ByteSize::bytes);
    policy.timeout_millis = attribute.timeout.as_ref().and_then(|timeout| parse(timeout, errors)).map(millis);
    policy.unvalidated = attribute.unvalidated.as_ref().map(|reason| {
        check_reason(
            reason,
            "give the reason why unchecked input is harmless here, such as `the signature is checked first`",
            errors,
        );
        reason.value()
    });
    policy.step_up = step_up(attribute, public, errors);
    policy.audit = attribute.audit.as_ref().and_then(|name| parse::<AuditName>(name, errors)).map(|name| name.to_string());
    policy.when = check_condition(attribute, function, public, errors);
    policy.route = route::check(attribute, function, errors);
    if policy.unvalidated.is_none() {
        check_bare_parameters(function, errors);
    }
    policy
}

/// The hash of the rule book, or everything that is wrong with it.
fn check_book(attribute: &Attribute, book: &BookSource, errors: &mut Errors) -> u64 {
    match book {
        BookSource::Found { file, .. } => file.hash(),
        BookSource::Missing => 0,
        BookSource::Broken { messages } => {
            let guilty = access::first_name(attribute).map_or_else(|| attribute.tokens.clone(), ToTokens::to_token_stream);
            for message in messages {
                errors.at(&guilty, message);
            }
            0
        }
    }
}

/// A reason has words in it.
pub(super) fn check_reason(reason: &LitStr, remedy: &str, errors: &mut Errors) {
    if reason.value().trim().is_empty() {
        errors.at(reason, format!("the reason is empty: {remedy}"));
    }
}

/// A literal in one of the small languages.
pub(super) fn parse<T: FromStr<Err = GrammarError>>(literal: &LitStr, errors: &mut Errors) -> Option<T> {
    literal.value().parse().map_err(|error| errors.at(literal, error)).ok()
}

/// A length of time as the policy has it.
pub(super) fn millis(period: Period) -> u64 {
    u64::try_from(period.duration().as_millis()).unwrap_or(u64::MAX)
}

/// How fresh and how strong the login must be, which only a caller with credentials can have.
fn step_up(attribute: &Attribute, public: bool, errors: &mut Errors) -> Option<StepUp> {
    let written = attribute.step_up.as_ref()?;
    if public {
        let message = "the callers of a public endpoint have not logged in, so they cannot step up; state another access";
        errors.at(&written.key, message);
    }
    let max_age = written.max_age.as_ref().and_then(|literal| {
        let max_age = parse::<Period>(literal, errors)?.duration();
        if max_age.subsec_nanos() > 0 {
            let longer = Period::from(Duration::from_secs(max_age.as_secs() + 1));
            errors.at(literal, format!("tokens tell the time of a login in whole seconds; write `{longer}`"));
        }
        Some(max_age)
    });
    Some(StepUp { max_age, mfa: written.mfa })
}

/// The rates with their keys settled, the shortest period first.
fn limits(rates: &[LitStr], public: bool, errors: &mut Errors) -> Vec<Limit> {
    let mut limits: Vec<Limit> = Vec::new();
    for literal in rates {
        let Some(rate) = parse::<Rate>(literal, errors) else { continue };
        let limit = limit(&rate, public);
        let key = limit.key();
        if public && key == RateKey::Principal {
            let instead = Limit::new(rate.count(), rate.period_seconds(), rate.burst(), RateKey::Ip);
            errors.at(literal, format!("a public endpoint has no principal to count calls by, for it takes a caller without credentials too; write `{instead}`"));
        }
        let same = |other: &&Limit| other.key() == key && other.period_seconds() == limit.period_seconds();
        if let Some(other) = limits.iter().find(same) {
            errors.at(literal, format!("`{limit}` counts the same calls in the same time as `{other}`; keep one of them"));
        }
        limits.push(limit);
    }
    limits.sort_by_key(Limit::period_seconds);
    limits
}

/// A rate with its key settled.
pub(super) fn limit(rate: &Rate, public: bool) -> Limit {
    let key = rate.key().unwrap_or(if public { RateKey::Ip } else { RateKey::Principal });
    Limit::new(rate.count(), rate.period_seconds(), rate.burst(), key)
}

/// The condition, which needs a principal, and arguments that say what every generic parameter is.
fn check_condition(attribute: &Attribute, function: &Function, public: bool, errors: &mut Errors) -> Option<When> {
    let (name, expression) = attribute.when.as_ref()?;
    if public {
        errors.at(
            name,
            "a public endpoint has no principal for `when` to ask about; decide it in the handler, or state another access",
        );
    }
    let mut mentioned = BTreeSet::new();
    for argument in function.arguments() {
        words(argument.ty.to_token_stream(), &mut mentioned);
    }
    for parameter in parameters(&function.signature.generics) {
        if !mentioned.contains(&parameter.to_string()) {
            let message = format!(
                "`when` cannot tell what `{parameter}` is, since no argument has it in its type; decide the condition in the handler"
            );
            errors.at(parameter, message);
        }
    }
    Some(When { key: name.span(), expression: expression.to_token_stream() })
}

/// What a generic parameter reads cannot be seen, so it may be anything.
fn check_bare_parameters(function: &Function, errors: &mut Errors) {
    for argument in function.arguments() {
        for ty in innermost(&argument.ty) {
            if let Some(parameter) = bare_parameter(ty, &function.signature.generics) {
                let message = format!(
                    "`{parameter}` can be any extractor, so what it reads cannot be checked; take a type that is written out, such as \
                     `Valid<Json<{parameter}>>`, or say why not with `unvalidated = \"…\"`"
                );
                errors.at(ty, message);
            }
        }
    }
}
