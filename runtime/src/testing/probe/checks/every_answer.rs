//! Check: what every answer of an endpoint has, a denial as a success: its headers, its audit record.

use crate::testing::probe::{
    answer::Answer,
    audit::Heard,
    inquiry::{Inquiry, Target},
    oracle::Verdict,
};
use portcullis_policy::{RateKey, Terms};

pub(in crate::testing::probe) fn check(inquiry: &mut Inquiry, target: &Target, case: &str, verdict: &Verdict, answer: &Answer) {
    // Where no guard was asked, that is reported, and nothing is promised of the answer.
    let Some(note) = &answer.note else { return };
    let terms = &target.terms;
    let mut faults: Vec<(String, String)> = Vec::new();
    if note.endpoint != terms.handler {
        faults.push((format!("an answer of `{}`", terms.handler), format!("an answer of `{}`", note.endpoint)));
    }
    let promises = &inquiry.promises;
    let authenticated = promises.authenticated_headers.iter().filter(|_| !terms.admission.is_public());
    for (name, value) in promises.headers.iter().chain(authenticated) {
        let found = answer.headers.get(name);
        // A handler may set another value, and so may a renderer of denials.
        let is_ours = answer.denial().is_some() && !promises.renders;
        if found.is_none() || (is_ours && found != Some(value)) {
            let shown = |value: &http::HeaderValue| String::from_utf8_lossy(value.as_bytes()).into_owned();
            faults.push((format!("`{name}: {}`", shown(value)), found.map_or("no such header".to_owned(), shown)));
        }
    }
    faults.extend(rate_limit_policy(terms, answer.header("ratelimit-policy")));
    if a_limit_was_asked(terms, verdict) && answer.header("ratelimit").is_none() {
        faults.push(("`RateLimit` with what is left".to_owned(), "no such header".to_owned()));
    }
    faults.extend(terms.audit.as_ref().and_then(|name| audit_record(name, answer)));
    for (expected, found) in faults {
        inquiry.report.add_once(&target.name, case, expected, found);
    }
}

/// The audit record: exactly one, of this name, with the status that the client sees.
fn audit_record(name: &str, answer: &Answer) -> Option<(String, String)> {
    let [record] = answer.records.as_slice() else {
        return Some((format!("one audit record, `{name}`"), format!("{} audit records", answer.records.len())));
    };
    let expected = Heard { name: Some(name.to_owned()), status: Some(answer.status.as_u16().into()) };
    (*record != expected).then(|| (expected.to_string(), record.to_string()))
}

/// The field that names the limits, with the quota and the window of each.
fn rate_limit_policy(terms: &Terms, field: Option<&str>) -> Option<(String, String)> {
    let parameters: Vec<String> =
        terms.limits.iter().map(|limit| format!(";q={};w={}", limit.count(), limit.period_seconds())).collect();
    let field = field.unwrap_or_default();
    let items: Vec<&str> = if field.is_empty() { Vec::new() } else { field.split(", ").collect() };
    let holds = items.len() == parameters.len() && items.iter().zip(&parameters).all(|(item, ending)| item.ends_with(ending));
    (!holds).then(|| (format!("`RateLimit-Policy` with {}", parameters.join(" and ")), format!("`RateLimit-Policy: {field}`")))
}

/// Whether the request came as far as a limit of the endpoint.
fn a_limit_was_asked(terms: &Terms, verdict: &Verdict) -> bool {
    let authenticated = match verdict {
        Verdict::Admitted | Verdict::NotAllowed | Verdict::StepUpNeeded => true,
        Verdict::OverLimit { limit, .. } => terms.limits.contains(limit),
        Verdict::NoCredentials | Verdict::MalformedCredentials | Verdict::InvalidCredentials => false,
    };
    terms.limits.iter().any(|limit| authenticated || limit.key() == RateKey::Ip)
}
