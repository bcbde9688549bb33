//! The blocks of a lock: `[[endpoint]]` and `[[unsecured]]`, each with its facts.
//! A fact that is not there was not stated; one that cannot be understood is an error, and never a default.

use super::{Block, fields::Fields, grants};
use crate::{
    ByteSize, Input, Limit, Lock, LockedRoute, Period, Rate, StepUp, Terms,
    file::{Errors, Name, kind},
    grammar::Quoted,
    suggest,
};
use std::collections::BTreeMap;
use toml::de::DeValue;

const ENDPOINT: [&str; 11] =
    ["route", "handler", "access", "when", "rate", "body", "timeout", "step_up", "audit", "input", "unvalidated"];

/// Reads the endpoints. Two that answer the same requests are an error, however their parameters are called.
pub(super) fn endpoints(blocks: Vec<Block<'_>>, lock: &mut Lock, errors: &mut Errors) {
    let mut taken: BTreeMap<(String, String), LockedRoute> = BTreeMap::new();
    for block in blocks {
        let mut fields = Fields::new(block.get_ref(), "an endpoint", block.span().start, &ENDPOINT, errors);
        let route = fields.needed("route").and_then(|text| Some((fields.parse::<LockedRoute>(&text)?, text.start)));
        let terms = terms(&mut fields, lock);
        let Some((route, start)) = route else { continue };
        if let Some(other) = taken.insert((route.shape(), route.method.clone()), route.clone()) {
            let message = if other == route {
                format!("{} is said twice: remove one of them, or run `cargo portcullis lock`", Quoted(&route.text()))
            } else {
                let (one, other) = (route.text(), other.text());
                format!("{} answers the same requests as {}: run `cargo portcullis lock`", Quoted(&one), Quoted(&other))
            };
            errors.add(start, message);
        }
        if let Some(terms) = terms {
            lock.endpoints.insert(route, terms);
        }
    }
}

fn terms(fields: &mut Fields<'_, '_>, lock: &Lock) -> Option<Terms> {
    let handler = fields.needed("handler").map(|handler| handler.text);
    let access = fields.needed("access");
    let admission = access.as_ref().and_then(|text| fields.parse(text));
    if let (Some(access), Some(admission)) = (&access, &admission) {
        grants::check(admission, access.start, lock, fields);
    }
    let facts = Terms {
        when: fields.text("when").map(|text| text.text),
        limits: limits(fields),
        body: fields.parsed::<ByteSize>("body").map(ByteSize::bytes),
        timeout: fields.parsed::<Period>("timeout").map(Period::duration),
        step_up: step_up(fields),
        audit: fields.text("audit").map(|text| text.text),
        input: input(fields),
        unvalidated: fields.text("unvalidated").map(|text| text.text),
        ..Terms::new(handler?, admission?)
    };
    Some(facts)
}

fn limits(fields: &mut Fields<'_, '_>) -> Vec<Limit> {
    let Some(value) = fields.value("rate") else { return Vec::new() };
    let texts: Vec<Name> = match value.get_ref() {
        DeValue::Array(array) => array.iter().filter_map(|item| fields.text_of("rate", item)).collect(),
        _ => fields.text_of("rate", value).into_iter().collect(),
    };
    texts.iter().filter_map(|text| limit(text, fields)).collect()
}

fn limit(text: &Name, fields: &mut Fields<'_, '_>) -> Option<Limit> {
    let rate: Rate = fields.parse(text)?;
    let Some(key) = rate.key() else {
        let remedy = "write `per ip`, `per principal` or `per global` after it";
        fields.errors.add(text.start, format!("{} does not say what it is counted by: {remedy}", Quoted(&text.text)));
        return None;
    };
    Some(Limit::new(rate.count(), rate.period_seconds(), rate.burst(), key))
}

fn step_up(fields: &mut Fields<'_, '_>) -> Option<StepUp> {
    let table = fields.table("step_up")?;
    let mut inner = Fields::new(table.get_ref(), "`step_up`", table.span().start, &["max_age", "mfa"], fields.errors);
    let max_age = inner.parsed::<Period>("max_age").map(Period::duration);
    let mfa = match inner.value("mfa").map(|value| (value, value.get_ref())) {
        None => false,
        Some((_, DeValue::Boolean(mfa))) => *mfa,
        Some((value, other)) => inner.wrong("mfa", value, kind(other), "`true` or `false`")?,
    };
    Some(StepUp { max_age, mfa })
}

fn input(fields: &mut Fields<'_, '_>) -> Option<Input> {
    let text = fields.text("input")?;
    let found = Input::ALL.into_iter().find(|input| input.name() == text.text);
    if found.is_none() {
        let meant = super::meant(&text.text, Input::ALL.map(Input::name));
        let list = suggest::list(Input::ALL.map(Input::name));
        fields.errors.add(text.start, format!("unknown input {}:{meant} an input is one of {list}", Quoted(&text.text)));
    }
    found
}

/// Reads the routers that were merged without policies.
pub(super) fn unsecured(blocks: Vec<Block<'_>>, lock: &mut Lock, errors: &mut Errors) {
    for block in blocks {
        let mut fields = Fields::new(block.get_ref(), "an unsecured router", block.span().start, &["prefix", "reason"], errors);
        let (prefix, reason) = (fields.needed("prefix"), fields.needed("reason"));
        if let (Some(prefix), Some(reason)) = (prefix, reason) {
            if !prefix.text.is_empty() && !prefix.text.starts_with('/') {
                let message = format!(
                    "the prefix {} does not begin with `/`: write the path, or `\"\"` for the root",
                    Quoted(&prefix.text)
                );
                errors.add(prefix.start, message);
            }
            lock.unsecured.push((prefix.text, reason.text));
        }
    }
    lock.unsecured.sort();
}
