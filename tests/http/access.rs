//! Who may call: roles and the roles that they include, scopes, and any, all and not of them.

use crate::support::{
    Ask, Service,
    token::{claims, hs256, token},
};
use portcullis::prelude::*;
use serde_json::json;

#[secure(authenticated)]
async fn authenticated() {}

#[secure(role = "user")]
async fn user() {}

#[secure(role = "editor")]
async fn editor() {}

#[secure(role = "admin")]
async fn admin() {}

#[secure(scope = "notes:write")]
async fn writes() {}

#[secure(allow(any(role = "admin", all(role = "user", scope = "notes:write"))))]
async fn any_of() {}

#[secure(allow(all(role = "user", scope = "notes:write", scope = "reports:read")))]
async fn all_of() {}

#[secure(allow(all(authenticated, not(role = "admin"))))]
async fn not_admin() {}

#[secure(allow(all(role = "user", not(any(role = "admin", scope = "reports:read")))))]
async fn nested() {}

const PATHS: [&str; 9] =
    ["/authenticated", "/user", "/editor", "/admin", "/writes", "/any-of", "/all-of", "/not-admin", "/nested"];

fn service() -> Service {
    let router = SecureRouter::new()
        .route("/authenticated", get(authenticated))
        .route("/user", get(user))
        .route("/editor", get(editor))
        .route("/admin", get(admin))
        .route("/writes", get(writes))
        .route("/any-of", get(any_of))
        .route("/all-of", get(all_of))
        .route("/not-admin", get(not_admin))
        .route("/nested", get(nested));
    Service::new(router)
}

/// The paths that a token opens; every other one must answer 403.
async fn opened(token: &str) -> Vec<&'static str> {
    let service = service();
    let mut opened = Vec::new();
    for path in PATHS {
        let answer = service.send(Ask::get(path).bearer(token)).await;
        if answer.status == 200 {
            opened.push(path);
        } else {
            answer.is_denied(403, "not-allowed");
        }
    }
    opened
}

#[tokio::test]
async fn without_credentials_nothing_opens() {
    for path in PATHS {
        service().send(Ask::get(path)).await.is_denied(401, "no-credentials");
    }
}

#[tokio::test]
async fn the_empty_set_opens_what_asks_for_nothing() {
    assert_eq!(opened(&token("ann", &[], &[])).await, ["/authenticated", "/not-admin"]);
}

#[tokio::test]
async fn a_token_without_the_claims_is_the_empty_set() {
    let token = hs256(&json!({ "alg": "HS256" }), &claims("ann"));
    assert_eq!(opened(&token).await, ["/authenticated", "/not-admin"]);
}

#[tokio::test]
async fn a_role_opens_what_it_and_the_roles_that_it_includes_open() {
    assert_eq!(opened(&token("ann", &["user"], &[])).await, ["/authenticated", "/user", "/not-admin", "/nested"]);
    assert_eq!(opened(&token("ann", &["editor"], &[])).await, ["/authenticated", "/user", "/editor", "/not-admin", "/nested"]);
    assert_eq!(opened(&token("ann", &["admin"], &[])).await, ["/authenticated", "/user", "/editor", "/admin", "/any-of"]);
}

#[tokio::test]
async fn a_scope_is_not_a_role_and_a_role_is_not_a_scope() {
    assert_eq!(opened(&token("ann", &[], &["notes:write"])).await, ["/authenticated", "/writes", "/not-admin"]);
    assert_eq!(opened(&token("ann", &["notes:write"], &["admin"])).await, ["/authenticated", "/not-admin"]);
}

#[tokio::test]
async fn the_superset_opens_all_but_what_it_is_kept_from() {
    let token = token("ann", &["user", "editor", "admin", "more"], &["notes:write", "reports:read", "more"]);
    assert_eq!(opened(&token).await, ["/authenticated", "/user", "/editor", "/admin", "/writes", "/any-of", "/all-of"]);
}

#[tokio::test]
async fn all_means_all() {
    let one_missing = token("ann", &["user"], &["notes:write"]);
    assert_eq!(opened(&one_missing).await, ["/authenticated", "/user", "/writes", "/any-of", "/not-admin", "/nested"]);
    let none_missing = token("ann", &["user"], &["notes:write", "reports:read"]);
    assert_eq!(opened(&none_missing).await, ["/authenticated", "/user", "/writes", "/any-of", "/all-of", "/not-admin"]);
}

#[tokio::test]
async fn roles_that_the_rule_book_does_not_declare_grant_nothing() {
    let nothing = ["/authenticated", "/not-admin"];
    for roles in [
        &["root"][..],
        &["Admin"],
        &["ADMIN"],
        &["admin "],
        &[" admin"],
        &["admin,user"],
        &["admin user"],
        &["*"],
        &[""],
        &["a\u{200b}dmin"],
    ] {
        assert_eq!(opened(&token("ann", roles, &[])).await, nothing, "{roles:?}");
    }
    for scope in ["NOTES:WRITE", "notes:*", "notes", "*", "notes:write:all"] {
        assert_eq!(opened(&token("ann", &[], &[scope])).await, nothing, "{scope}");
    }
}

#[tokio::test]
async fn the_challenge_names_scopes_only_where_having_them_would_help() {
    let service = service();
    let challenge = async |path: &str, roles: &[&str], scopes: &[&str]| {
        let answer = service.send(Ask::get(path).bearer(&token("ann", roles, scopes))).await;
        answer.is(403).header("www-authenticate").map(str::to_owned)
    };
    let insufficient = |scopes| Some(format!(r#"Bearer realm="api", error="insufficient_scope", scope="{scopes}""#));
    assert_eq!(challenge("/writes", &[], &[]).await, insufficient("notes:write"));
    assert_eq!(challenge("/all-of", &["user"], &["notes:write"]).await, insufficient("notes:write reports:read"));
    assert_eq!(challenge("/all-of", &[], &["notes:write"]).await, None, "the role is missing too");
    assert_eq!(challenge("/any-of", &["user"], &[]).await, insufficient("notes:write"));
    assert_eq!(challenge("/any-of", &[], &[]).await, None);
    assert_eq!(challenge("/nested", &["user"], &["reports:read"]).await, None, "a scope less would help, and no scope more");
    assert_eq!(challenge("/admin", &["user"], &[]).await, None);
}

#[tokio::test]
async fn a_handler_sees_the_principal_as_authenticated() {
    #[secure(role = "user")]
    async fn whoami(principal: Principal) -> String {
        let roles = ["user", "editor", "admin", "root"].map(|role| principal.has_role(role));
        let scopes = ["notes:write", "reports:read"].map(|scope| principal.has_scope(scope));
        let named: Vec<_> = principal.roles().collect();
        format!("{} {:?} {roles:?} {scopes:?} {named:?} {}", principal.subject(), principal.issuer(), principal.scheme())
    }
    let service = Service::new(SecureRouter::new().route("/", get(whoami)));
    let answer = service.send(Ask::get("/").bearer(&token("ann", &["editor", "root"], &["notes:write"]))).await;
    let expected = r#"ann Some("https://id.example.com") [true, true, false, false] [true, false] ["editor", "root"] jwt"#;
    assert_eq!(answer.is(200).text, expected);
}

#[tokio::test]
async fn conditions_see_roles_through_the_hierarchy() {
    use axum::extract::Path;
    #[secure(role = "user", when = principal.subject() == id || principal.has_role("editor"))]
    async fn show(Path(id): Path<String>) -> String {
        id
    }
    let service = Service::new(SecureRouter::new().route("/users/{id}", get(show)));
    let ask = |subject: &str, role: &str| Ask::get("/users/ann").bearer(&token(subject, &[role], &[]));
    service.send(ask("ann", "user")).await.is(200);
    service.send(ask("eve", "user")).await.is_denied(403, "condition-not-met");
    service.send(ask("eve", "admin")).await.is(200);
    // Percent-encoding is decoded before the comparison, and a subject is compared as a whole.
    service.send(Ask::get("/users/%61nn").bearer(&token("ann", &["user"], &[]))).await.is(200);
    service.send(Ask::get("/users/ann").bearer(&token("ann\0", &["user"], &[]))).await.is(403);
}
