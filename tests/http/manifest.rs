//! The manifest of a router: every endpoint with its method, its full path and its policy, as one table.

use axum::{Json, extract::Path};
use portcullis::{Entry, Route, garde::Validate, prelude::*};
use serde::Deserialize;

#[derive(Deserialize, Validate)]
struct Note {
    #[garde(length(chars, max = 10))]
    _text: String,
}

#[secure(public = "load balancers probe it", rate = "60/min per ip")]
async fn health() {}

#[secure(role = "user", when = principal.subject() == id)]
async fn show(Path(id): Path<String>) -> String {
    id
}

#[secure(role = "admin", rate("5/min", "100/day per global burst 20"), body = "8 KiB", timeout = "2 s")]
async fn write(_: Valid<Json<Note>>) {}

#[secure(authenticated, unvalidated = "the signature is checked in the handler")]
async fn hook(_: String) {}

#[secure(allow(any(role = "admin", all(role = "user", scope = "reports:read"))))]
async fn report() {}

#[secure(public)]
async fn lost() {}

fn router() -> SecureRouter {
    let notes = SecureRouter::new().route("/", get(show).post(write)).route("/{id}", get(show).delete(report)).fallback(lost);
    let v1 = SecureRouter::new().nest("/notes", notes).route("/hook", any(hook)).method_not_allowed_fallback(lost);
    SecureRouter::new()
        .nest("/v1", v1)
        .route("/health", get(health))
        .merge(SecureRouter::new().route("/report", get(report)))
        .merge_unsecured(axum::Router::new(), "scraped from inside the cluster")
}

#[test]
fn the_table_of_a_nested_router() {
    let lines = [
        r#"METHOD  PATH                      ACCESS                                                                       LIMITS                                            BODY                                                  TIMEOUT  HANDLER"#,
        r#"GET     /health                   public = "load balancers probe it"                                           60/min per ip                                     -                                                     -        http::manifest::health"#,
        r#"GET     /report                   allow(any(role = "admin", all(role = "user", scope = "reports:read")))       -                                                 -                                                     -        http::manifest::report"#,
        r#"*       /v1/hook                  authenticated                                                                -                                                 unvalidated: the signature is checked in the handler  -        http::manifest::hook"#,
        r#"GET     /v1/notes                 role = "user", when = principal.subject() == id                              -                                                 -                                                     -        http::manifest::show"#,
        r#"POST    /v1/notes                 role = "admin"                                                               5/min per principal, 100/day per global burst 20  8 KiB                                                 2 s      http::manifest::write"#,
        r#"DELETE  /v1/notes/{id}            allow(any(role = "admin", all(role = "user", scope = "reports:read")))       -                                                 -                                                     -        http::manifest::report"#,
        r#"GET     /v1/notes/{id}            role = "user", when = principal.subject() == id                              -                                                 -                                                     -        http::manifest::show"#,
        r#"*       /v1 (method not allowed)  public                                                                       -                                                 -                                                     -        http::manifest::lost"#,
        r#"*       /v1/notes (fallback)      public                                                                       -                                                 -                                                     -        http::manifest::lost"#,
        r#"*       (unsecured)               unsecured = "scraped from inside the cluster"                                -                                                 -                                                     -        -"#,
    ];
    // The columns are as wide as their widest cell: compared cell by cell, and the table once for its shape.
    let cells =
        |line: &str| line.split("  ").map(str::trim).filter(|cell| !cell.is_empty()).map(str::to_owned).collect::<Vec<_>>();
    let printed = router().manifest().to_string();
    let found: Vec<_> = printed.lines().map(cells).collect();
    let mut expected: Vec<_> = lines.iter().map(|line| cells(line)).collect();
    let order = |rows: &mut [Vec<String>]| rows[8..10].sort();
    order(&mut expected);
    let mut sorted = found.clone();
    order(&mut sorted);
    assert_eq!(sorted, expected, "{printed}");
}

#[test]
fn an_unsecured_door_shows_where_it_is() {
    let inner = SecureRouter::<()>::new().merge_unsecured(axum::Router::new(), "an old site");
    let printed = SecureRouter::new().nest("/v0", SecureRouter::new().nest("/old", inner)).manifest().to_string();
    let expected = "\
METHOD  PATH                 ACCESS                     LIMITS  BODY  TIMEOUT  HANDLER
*       /v0/old (unsecured)  unsecured = \"an old site\"  -       -     -        -";
    assert_eq!(printed, expected);
}

#[test]
fn the_order_of_registration_does_not_show() {
    let one = SecureRouter::<()>::new().route("/a", get(health)).route("/b", get(report).post(write));
    let other = SecureRouter::<()>::new().route("/b", post(write)).route("/a", get(health)).route("/b", get(report));
    assert_eq!(one.manifest().to_string(), other.manifest().to_string());
}

#[test]
fn the_entries_are_there_to_be_audited() {
    let manifest = router().manifest();
    let public: Vec<_> = manifest
        .entries()
        .iter()
        .filter_map(|entry| match entry {
            Entry::Endpoint { route: Route::Path { path, .. }, policy } if policy.access().is_public() => Some(path.as_str()),
            _ => None,
        })
        .collect();
    assert_eq!(public, ["/health"]);
    assert_eq!(manifest.entries().len(), 10);
}

#[test]
fn a_manifest_needs_no_security_and_no_state() {
    let router: SecureRouter<String> = SecureRouter::new().route("/health", get(health));
    assert!(router.manifest().to_string().ends_with("http::manifest::health"));
}
