//! The diff for programs.

use super::{acknowledge::Acknowledged, sides::Sides};
use portcullis_policy::{
    Caller,
    diff::{Change, Class, Detail, Diff, Subject},
};
use serde_json::{Value, json};

/// One document: the counts, and every change in the order of the lock.
pub(super) fn document(diff: &Diff, sides: &Sides, acknowledged: &Acknowledged) -> String {
    let changes: Vec<Value> = diff.changes.iter().map(|change| of_change(change, acknowledged.covers(change))).collect();
    let needless: Vec<&str> = acknowledged.needless(diff).into_iter().map(|(name, _)| name).collect();
    let document = json!({
        "version": 1,
        "old": sides.old.name,
        "new": sides.new.name,
        "widened": diff.count(Class::Widened),
        "unacknowledged": acknowledged.open(diff).len(),
        "tightened": diff.count(Class::Tightened),
        "equivalent": diff.count(Class::Equivalent),
        "changes": changes,
        "needless_acknowledgements": needless,
    });
    format!("{document:#}\n")
}

fn of_change(change: &Change, acknowledged: bool) -> Value {
    let (method, path) = match &change.subject {
        Subject::Endpoint(route) => (Some(&route.method), Some(&route.path)),
        _ => (None, None),
    };
    json!({
        "subject": change.subject.to_string(),
        "method": method,
        "path": path,
        "class": change.class.word(),
        "acknowledged": acknowledged,
        "details": change.details.iter().map(of_detail).collect::<Vec<_>>(),
    })
}

fn of_detail(detail: &Detail) -> Value {
    let caller = detail.caller.as_ref().map(|caller| match caller {
        Caller::Anonymous => json!({ "anonymous": true, "roles": [], "scopes": [] }),
        Caller::Holding { roles, scopes } => json!({ "anonymous": false, "roles": roles, "scopes": scopes }),
    });
    json!({
        "aspect": detail.aspect.key(),
        "class": detail.class.word(),
        "text": detail.text,
        "caller": caller,
        "cases": detail.cases,
    })
}
