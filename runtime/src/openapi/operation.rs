//! One operation: what a policy, the types of a handler and its doc comment come to, at one method of one path.
//! Everything in it is derived; nothing is written twice.

use super::{
    description::Description,
    parameters::parameters,
    path::{self, Template},
    problems::{add_headers, problem_schemas, refusals},
    requirement,
    schemas::Schemas,
    schemes::Accepted,
    sketch::{Place, Sketch, Told},
};
use crate::security::Core;
use http::StatusCode;
use portcullis_policy::{Access, Limit, Policy};
use serde_json::{Map, Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// What an operation is put together from.
#[derive(Clone, Copy, Debug)]
pub(super) struct Subject<'a> {
    pub(super) method: &'a str,
    pub(super) template: &'a Template,
    pub(super) policy: &'static Policy,
    pub(super) description: &'static Description,
    pub(super) id: &'a str,
}

/// The operation, as an object of the document.
pub(super) fn operation(subject: Subject<'_>, schemas: &mut Schemas, core: &Core, accepted: &Accepted) -> Value {
    let Subject { policy, description, template, .. } = subject;
    let mut sketch = Sketch::new(schemas);
    description.draw(&mut sketch);
    // Without a body to read, axum takes a form from the query.
    if matches!(subject.method, "get" | "head")
        && let Some(form) = sketch.body.take_if(|body| body.media_type == "application/x-www-form-urlencoded")
    {
        sketch.parameters.push((Place::Query, form.schema));
        sketch.refusals.retain(|status| ![408, 415].contains(status));
    }
    if sketch.answers.is_empty() {
        super::answer::anything(&mut sketch, super::answer::Status::Own);
    }

    let (summary, rest) = description.summary_and_rest();
    let summary = if summary.is_empty() { in_words(policy.name()) } else { summary };
    let mut operation = Map::new();
    let mut say = |key: &str, value: Value| {
        operation.insert(key.to_owned(), value);
    };
    say("operationId", subject.id.into());
    say("summary", summary.trim_end_matches('.').into());
    say(
        "description",
        [rest, audience(policy)].iter().filter(|text| !text.is_empty()).cloned().collect::<Vec<_>>().join("\n\n").into(),
    );
    say("tags", json!([tag(&template.path)]));
    if description.is_deprecated() {
        say("deprecated", true.into());
    }
    let parameters = parameters(&template.parameters, &mut sketch);
    if !parameters.is_empty() {
        say("parameters", parameters.into());
    }
    if let Some(body) = &sketch.body {
        say("requestBody", json!({ "required": body.required, "content": { (body.media_type): content(&body.schema) } }));
    }
    say("responses", responses(&sketch, policy, core));
    say("security", accepted.wanted(policy, sketch.may_ask_who).into());
    if let Access::Allow(required) = policy.access() {
        let mut roles = BTreeSet::new();
        requirement::roles(required, &mut roles);
        say("x-portcullis-access", requirement::tree(required));
        if !roles.is_empty() {
            say("x-portcullis-roles", json!(roles));
        }
    }
    if !policy.rate_limits().is_empty() {
        say("x-portcullis-rate", policy.rate_limits().iter().map(limit).collect());
    }
    if let Some(step_up) = policy.step_up_needed() {
        say("x-portcullis-step-up", json!({ "maxAgeSeconds": step_up.max_age.map(|age| age.as_secs()), "mfa": step_up.mfa }));
    }
    Value::Object(operation)
}

/// The tag of what is under no word of its own.
pub(super) const ROOT: &str = "root";

/// The tag of the endpoints at a path.
pub(super) fn tag(path: &str) -> String {
    path::subject(path).unwrap_or(ROOT).to_owned()
}

fn content(schema: &Value) -> Value {
    match schema.as_object().is_some_and(Map::is_empty) {
        true => json!({}),
        false => json!({ "schema": schema }),
    }
}

/// Every answer: those of the handler, and those of the guard.
fn responses(sketch: &Sketch<'_>, policy: &Policy, core: &Core) -> Value {
    let mut responses = refusals(policy, sketch, core);
    let mut by_status: BTreeMap<&str, Vec<&Told>> = BTreeMap::new();
    for told in &sketch.answers {
        by_status.entry(told.status).or_default().push(told);
    }
    for (status, told) in by_status {
        let refusal = responses.remove(status);
        let is_refusal = refusal.is_some();
        let mut answer = refusal.unwrap_or_else(|| {
            let mut answer = json!({ "description": meaning(status) });
            add_headers(&mut answer, policy, &[]);
            answer
        });
        let mut bodies: BTreeMap<&str, Vec<Value>> = BTreeMap::new();
        let own = told.iter().filter_map(|told| told.content.clone());
        // A refusal of the guard has the status that the handler says as well.
        let is_problem = (is_refusal || told.iter().any(|told| told.is_problem)) && core.renders_standard_problems();
        for (media_type, schema) in own.chain(problem_schemas().into_iter().filter(|_| is_problem)) {
            let schemas = bodies.entry(media_type).or_default();
            if !schemas.contains(&schema) {
                schemas.push(schema);
            }
        }
        let contents: Map<String, Value> =
            bodies.into_iter().map(|(media_type, schemas)| (media_type.to_owned(), content(&one_of_them(schemas)))).collect();
        if let Some(answer) = answer.as_object_mut() {
            if is_refusal && let Some(Value::String(description)) = answer.get_mut("description") {
                description.push_str(" Or the handler says so.");
            }
            if !contents.is_empty() {
                answer.insert("content".to_owned(), contents.into());
            }
        }
        responses.insert(status.to_owned(), answer);
    }
    json!(responses)
}

/// A schema for what is of one of these.
fn one_of_them(mut schemas: Vec<Value>) -> Value {
    let is_anything = |schema: &Value| schema.as_object().is_some_and(Map::is_empty);
    match schemas.iter().position(is_anything) {
        Some(anything) => schemas.swap_remove(anything),
        None if schemas.len() == 1 => schemas.swap_remove(0),
        None => json!({ "anyOf": schemas }),
    }
}

fn meaning(status: &str) -> &str {
    if let Some(reason) = StatusCode::from_bytes(status.as_bytes()).ok().and_then(|code| code.canonical_reason())
        && !["200", "204", "304"].contains(&status)
    {
        return reason;
    }
    match status {
        "200" => "The answer.",
        "204" => "Done; there is nothing to say.",
        "2XX" => "The answer, with the status that the handler chose.",
        "304" => "What the client has is still right.",
        "3XX" => "The answer is elsewhere.",
        _ => "Another answer of the handler.",
    }
}

/// Who may call, in a sentence.
fn audience(policy: &Policy) -> String {
    let condition = if policy.condition().is_some() { ", where a condition on the request holds" } else { "" };
    match policy.access() {
        Access::Public(_) => "Open to everybody.".to_owned(),
        Access::Authenticated => format!("For everybody who is logged in{condition}."),
        Access::Allow(requirement) => format!("For callers with `{requirement}`{condition}."),
    }
}

/// The name of a handler in words: `create_user` is to create a user.
fn in_words(handler: &str) -> String {
    let name = handler.rsplit("::").next().unwrap_or(handler).trim_start_matches("r#");
    let words = name.replace('_', " ");
    let words = words.trim();
    let mut characters = words.chars();
    characters.next().map_or_else(|| name.to_owned(), |first| first.to_uppercase().chain(characters).collect())
}

fn limit(limit: &Limit) -> Value {
    json!({
        "limit": limit.to_string(),
        "count": limit.count(),
        "periodSeconds": limit.period_seconds(),
        "burst": limit.burst(),
        "per": limit.key().to_string(),
    })
}
