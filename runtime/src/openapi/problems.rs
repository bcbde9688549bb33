//! The refusals of the guard, as answers: which an endpoint can give, with what headers, and the form of their body.
//! An answer is here because a stage of the guard can give it under this policy, and for no other reason.

use super::sketch::Sketch;
use crate::security::Core;
use portcullis_policy::{Access, ByteSize, Policy, Requirement};
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

/// The media types of a problem: the standard one, and the one for clients that take no other JSON.
const MEDIA_TYPES: [&str; 2] = ["application/problem+json", "application/json"];

/// The refusals that an endpoint can answer with, by their status.
pub(super) fn refusals(policy: &Policy, sketch: &Sketch<'_>, core: &Core) -> BTreeMap<String, Value> {
    let access = policy.access();
    let asks_who = !core.schemes.is_empty() && (!access.is_public() || sketch.may_ask_who);
    let reads = |status| sketch.refusals.contains(&status);
    let mut answers = BTreeMap::new();
    let mut add = |status: u16, description: String, headers: &[&'static str]| {
        answers.insert(status.to_string(), answer(&description, headers, policy, core.renders_standard_problems()));
    };
    let on_authentication: &[_] = if asks_who { &["WWW-Authenticate"] } else { &[] };

    match (reads(400), asks_who) {
        (true, true) => add(400, "The input or the credentials are malformed.".to_owned(), on_authentication),
        (true, false) => add(400, "The input is malformed.".to_owned(), &[]),
        (false, true) => add(400, "The credentials are malformed.".to_owned(), on_authentication),
        (false, false) => {}
    }
    if asks_who {
        let text = match (access.is_public(), policy.step_up_needed().is_some()) {
            (true, _) => "The credentials are not valid.",
            (false, true) => "There are no valid credentials, or the login is not recent or not strong enough.",
            (false, false) => "There are no valid credentials.",
        };
        add(401, text.to_owned(), &["WWW-Authenticate"]);
    }
    if let Some(text) = lacks(policy) {
        add(403, text, if names_scopes(access) { &["WWW-Authenticate"] } else { &[] });
    }
    if reads(408) {
        add(408, "The body did not arrive in time.".to_owned(), &[]);
    }
    // Also where no body is wanted: one that is announced too large is refused before anybody asks what it is for.
    let limit = ByteSize::from_bytes(policy.body_limit().unwrap_or(core.body_limit));
    add(413, format!("The body is larger than {limit}."), &[]);
    if reads(415) {
        add(415, "The body is not of the media type that this endpoint takes.".to_owned(), &["Accept"]);
    }
    if reads(422) {
        add(422, "The input breaks its rules; `errors` says which, and where.".to_owned(), &[]);
    }
    if !policy.rate_limits().is_empty() || asks_who {
        let text = match (policy.rate_limits().is_empty(), asks_who) {
            (false, true) => "A limit of this endpoint, or that of failed logins, is used up.",
            (false, false) => "A limit of this endpoint is used up.",
            (true, _) => "Too many authentications failed from this address.",
        };
        add(429, text.to_owned(), &["Retry-After"]);
    }
    add(500, "The service cannot answer.".to_owned(), &[]);
    add(503, "The answer was not ready in time.".to_owned(), &[]);
    answers
}

/// Why a caller can be refused who proved who they are.
fn lacks(policy: &Policy) -> Option<String> {
    let requirement = match policy.access() {
        Access::Allow(requirement) => Some(format!("The caller lacks `{requirement}`")),
        Access::Public(_) | Access::Authenticated => None,
    };
    match (requirement, policy.condition().is_some()) {
        (Some(requirement), true) => Some(format!("{requirement}, or may not do this here.")),
        (Some(requirement), false) => Some(format!("{requirement}.")),
        (None, true) => Some("The caller may not do this here.".to_owned()),
        (None, false) => None,
    }
}

/// Whether a refusal tells which scopes are wanted.
fn names_scopes(access: &Access) -> bool {
    fn has_scope(requirement: &Requirement) -> bool {
        match requirement {
            Requirement::Scope(..) => true,
            Requirement::Any(terms) | Requirement::All(terms) => terms.iter().any(has_scope),
            Requirement::Not(term) => has_scope(term),
            Requirement::Authenticated | Requirement::Role(..) => false,
        }
    }
    matches!(access, Access::Allow(requirement) if has_scope(requirement))
}

fn answer(description: &str, headers: &[&'static str], policy: &Policy, is_standard: bool) -> Value {
    let mut answer = json!({ "description": description });
    add_headers(&mut answer, policy, headers);
    // A service that renders its denials itself knows their form, and we do not.
    if let (Some(answer), true) = (answer.as_object_mut(), is_standard) {
        answer.insert("content".to_owned(), problem_content().into());
    }
    answer
}

/// The schemas of a problem, by media type.
pub(super) fn problem_schemas() -> [(&'static str, Value); 2] {
    MEDIA_TYPES.map(|media_type| (media_type, json!({ "$ref": "#/components/schemas/Problem" })))
}

fn problem_content() -> Map<String, Value> {
    problem_schemas().into_iter().map(|(media_type, schema)| (media_type.to_owned(), json!({ "schema": schema }))).collect()
}

/// Gives an answer these headers, and those that every answer of an endpoint with limits has.
pub(super) fn add_headers(answer: &mut Value, policy: &Policy, names: &[&'static str]) {
    let limits: &[_] = if policy.rate_limits().is_empty() { &[] } else { &["RateLimit", "RateLimit-Policy"] };
    let reference = |name: &&'static str| ((*name).to_owned(), json!({ "$ref": format!("#/components/headers/{name}") }));
    let headers: Map<String, Value> = names.iter().chain(limits).map(reference).collect();
    if let (Some(answer), false) = (answer.as_object_mut(), headers.is_empty()) {
        answer.insert("headers".to_owned(), headers.into());
    }
}

/// The headers that refusals and limits have.
pub(super) fn header_components() -> Map<String, Value> {
    let text = json!({ "type": "string", "maxLength": 8192, "pattern": "^[\\t -~]*$" });
    let seconds = json!({ "type": "integer", "format": "int64", "minimum": 1, "maximum": 9_007_199_254_740_991_u64 });
    let header = |description: &str, schema: &Value| json!({ "description": description, "schema": schema });
    Map::from_iter([
        ("Accept".to_owned(), header("The media type that would have been taken.", &text)),
        ("RateLimit".to_owned(), header("What is left of the limits (draft-ietf-httpapi-ratelimit-headers).", &text)),
        ("RateLimit-Policy".to_owned(), header("The limits (draft-ietf-httpapi-ratelimit-headers).", &text)),
        ("Retry-After".to_owned(), header("The seconds after which a retry passes.", &seconds)),
        (
            "WWW-Authenticate".to_owned(),
            header("Which credentials would be taken, and what is wrong with those that came.", &text),
        ),
    ])
}

/// The name of the schema of problems.
pub(super) const PROBLEM: &str = "Problem";

/// The form of a problem (RFC 9457).
pub(super) fn problem_schema() -> Value {
    let line = |most: u32, description: &str| json!({ "type": "string", "maxLength": most, "pattern": "^[^\\r\\n]*$", "description": description });
    json!({
        "type": "object",
        "description": "Why a request was refused (RFC 9457).",
        "required": ["type", "title", "status"],
        "properties": {
            "type": { "type": "string", "format": "uri-reference", "maxLength": 200, "description": "The stable name of the kind of problem." },
            "title": line(200, "What the kind means."),
            "status": { "type": "integer", "format": "int32", "minimum": 400, "maximum": 599, "description": "The status of the answer, once more." },
            "errors": {
                "type": "array",
                "maxItems": 1000,
                "description": "Every error of the input.",
                "items": {
                    "type": "object",
                    "required": ["in", "pointer", "code", "detail"],
                    "properties": {
                        "in": { "type": "string", "enum": ["path", "query", "header", "cookie", "body"], "description": "In which part of the request." },
                        "pointer": { "type": "string", "format": "uri-reference", "maxLength": 65535, "description": "Where: a JSON pointer in a fragment (RFC 6901 §6)." },
                        "code": line(200, "The stable name of the kind of error."),
                        "detail": { "type": "string", "maxLength": 65535, "pattern": "^[\\s\\S]*$", "description": "What is wrong, for people." },
                    },
                },
            },
            "violated-policies": {
                "type": "array",
                "maxItems": 100,
                "description": "The limits that are used up, by their names in `RateLimit-Policy`.",
                "items": line(200, "The name of a limit."),
            },
        },
    })
}
