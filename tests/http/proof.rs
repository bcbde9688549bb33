//! Proofs about a real router: who may call what, that nobody else can, and who can where a proof does not hold.

use portcullis::{
    prelude::*,
    testing::{Caller, Lock, LockedRoute, Proof, QueryError, assert_unreachable, lock_of},
};
use std::panic::{AssertUnwindSafe, catch_unwind};

#[secure(public = "anybody may")]
async fn health() {}

#[secure(authenticated)]
async fn me() {}

#[secure(allow(any(role = "editor", all(role = "user", scope = "reports:read"))))]
async fn reports() {}

#[secure(role = "admin")]
async fn remove() {}

#[secure(allow(all(role = "editor", scope = "notes:write")), rate = "60/min", audit = "keys.read")]
async fn keys() {}

fn router() -> SecureRouter {
    let admin = SecureRouter::new().route("/keys", get(keys)).route("/users/{id}", delete(remove));
    SecureRouter::new().route("/health", get(health)).route("/me", get(me)).route("/reports", get(reports)).nest("/admin", admin)
}

fn lock() -> Lock {
    lock_of(router(), rule_book!()).unwrap()
}

fn holding(role: &str, scopes: &[&str]) -> Caller {
    Caller::holding([role], scopes.iter().copied())
}

/// What the failed assertion says.
fn failure(lock: &Lock, caller: &Caller, paths: &str) -> String {
    let panic = catch_unwind(AssertUnwindSafe(|| assert_unreachable(lock, caller, paths))).expect_err("the assertion fails");
    *panic.downcast::<String>().expect("a message")
}

#[test]
fn what_is_out_of_reach_is_proved_with_the_cases_and_the_endpoints() {
    let endpoints = vec![LockedRoute::new("GET", "/admin/keys"), LockedRoute::new("DELETE", "/admin/users/{id}")];
    let proof = assert_unreachable(&lock(), &Caller::Anonymous, "/admin/**");
    assert_eq!(proof, Proof { cases: 2, endpoints: endpoints.clone() });
    let proof = assert_unreachable(&lock(), &holding("user", &["notes:write", "reports:read"]), "/admin/**");
    assert_eq!(proof.endpoints, endpoints);
    let printed = "`GET /admin/keys` and `DELETE /admin/users/{id}` are out of reach (5 cases tried)";
    assert_eq!(proof.to_string(), printed, "with the scope and without, and twice without credentials");
    assert_unreachable(&lock(), &holding("editor", &[]), "/admin/**");
}

#[test]
fn a_proof_that_fails_names_the_endpoint_and_the_caller() {
    let everything = Caller::holding(["user", "editor"], ["notes:write", "reports:read"]);
    let keys = "`GET /admin/keys` admits a caller with the role `editor` and the scope `notes:write`";
    assert_eq!(failure(&lock(), &everything, "/admin/**"), keys, "with no more than it takes");
    assert_eq!(failure(&lock(), &Caller::Anonymous, "/**"), "`GET /health` admits a caller without credentials");
    assert_eq!(failure(&lock(), &holding("user", &[]), "/me"), "`GET /me` admits a caller with no role and no scope");
    let included = "`DELETE /admin/users/{id}` admits a caller with the role `admin`";
    assert_eq!(failure(&lock(), &holding("admin", &[]), "/admin/users/*"), included);
}

#[test]
fn one_endpoint_that_is_opened_undoes_the_proof() {
    let opened = lock_of(router().route("/admin/metrics", get(health)), rule_book!()).unwrap();
    let metrics = "`GET /admin/metrics` admits a caller without credentials";
    assert_eq!(failure(&opened, &Caller::Anonymous, "/admin/**"), metrics);
    let tenants = lock_of(router().route("/{tenant}/keys", post(health)), rule_book!()).unwrap();
    let tenant = "`POST /{tenant}/keys` admits a caller without credentials";
    assert_eq!(failure(&tenants, &Caller::Anonymous, "/admin/**"), tenant, "`admin` may be a tenant");
    let door = router().nest("/admin/old", SecureRouter::new().merge_unsecured(axum::Router::new(), "not ported yet"));
    let door = failure(&lock_of(door, rule_book!()).unwrap(), &Caller::Anonymous, "/admin/**");
    assert!(door.starts_with("a router without policies at `/admin/old` may route what is under `/admin/**`"), "{door}");
}

#[test]
fn what_would_prove_nothing_is_an_error() {
    let paths = failure(&lock(), &Caller::Anonymous, "/admn/**");
    assert!(paths.starts_with("no endpoint is under `/admn/**`, so that nothing would be proved"), "{paths}");
    let role = failure(&lock(), &holding("admn", &[]), "/admin/**");
    assert!(role.starts_with("unknown role `admn`: did you mean `admin`?"), "{role}");
    let scope = failure(&lock(), &holding("user", &["notes"]), "/admin/**");
    assert!(scope.starts_with("unknown scope `notes`: "), "{scope}");
    let empty = lock_of(SecureRouter::<()>::new(), rule_book!()).unwrap();
    assert!(failure(&empty, &Caller::Anonymous, "/**").starts_with("no endpoint is under `/**`"));
}

#[test]
fn a_role_can_what_the_roles_that_it_includes_can() {
    let can = |role: &str, endpoint: &str| lock().can(role, endpoint).unwrap();
    assert!(can("admin", "DELETE /admin/users/{id}") && !can("editor", "DELETE /admin/users/{id}"));
    assert!(can("admin", "GET /reports") && can("editor", "HEAD /reports") && !can("user", "GET /reports"));
    assert!(can("user", "GET /me") && can("user", "GET /health"));
    assert!(!can("admin", "GET /admin/keys"), "no role stands for a scope");
    assert!(lock().admits(&holding("admin", &["notes:write"]), "GET /admin/keys").unwrap());
    assert!(matches!(lock().can("admn", "GET /me"), Err(QueryError::Unknown(message)) if message.contains("`admin`")));
    assert!(matches!(lock().can("admin", "PUT /me"), Err(QueryError::Unknown(message)) if message.contains("`GET /me`")));
}

#[test]
fn who_can_says_how_many_cases_were_tried() {
    let printed = |endpoint: &str| lock().who_can(endpoint).unwrap().to_string();
    assert_eq!(printed("DELETE /admin/users/{user}"), "a caller with the role `admin`, and whoever holds more (3 cases tried)");
    let reports = "a caller with the role `editor`, or a caller with the role `user` and the scope `reports:read`, and whoever \
        holds more (9 cases tried)";
    assert_eq!(printed("GET /reports"), reports);
    assert_eq!(printed("GET /health"), "a caller without credentials, and whoever holds more (2 cases tried)");
    assert_eq!(lock().who_can("GET /reports").unwrap().minimal, [holding("editor", &[]), holding("user", &["reports:read"])]);
}
