//! A renderer of ones own changes the body of denials, and nothing that a client has to rely on.

use crate::support::{
    Answer, Ask, Service,
    token::{admin, nobody, user},
};
use axum::{
    Json,
    http::{StatusCode, header},
    response::IntoResponse,
};
use portcullis::{Denial, Problem, prelude::*};
use serde_json::json;

#[secure(role = "admin", rate = "1/min")]
async fn admins() {}

#[secure(scope = "reports:read")]
async fn report() {}

#[secure(public = "greets whoever it is")]
async fn greet(_: Option<Principal>) {}

#[secure(authenticated)]
async fn own() -> (StatusCode, &'static str) {
    (StatusCode::FORBIDDEN, "the handler's own")
}

#[secure(authenticated)]
async fn denies() -> Result<(), Denial> {
    Err(Denial::NotAllowed { scopes: vec!["notes:write"] })
}

fn rendered_by(render: impl Fn(&Denial) -> axum::response::Response + Send + Sync + 'static) -> Service {
    let router = SecureRouter::new()
        .route("/admins", get(admins))
        .route("/report", get(report))
        .route("/greet", get(greet))
        .route("/own", get(own))
        .route("/denies", get(denies));
    Service::with(router, |security| security.realm("desk").render_denials(render))
}

fn service() -> Service {
    rendered_by(|denial| {
        let problem = Problem::of(denial);
        (StatusCode::OK, [(header::RETRY_AFTER, "0")], Json(json!({ "error": problem.title, "code": problem.status })))
            .into_response()
    })
}

#[track_caller]
fn is_rendered(answer: &Answer, status: u16) {
    assert_eq!(answer.is(status).header("content-type"), Some("application/json"));
    assert_eq!(answer.json()["code"], status);
    assert_eq!(answer.header("x-content-type-options"), Some("nosniff"));
}

#[tokio::test]
async fn the_status_and_the_challenge_stay() {
    let service = service();
    let answer = service.send(Ask::get("/admins")).await;
    is_rendered(&answer, 401);
    assert_eq!(answer.header("www-authenticate"), Some(r#"Bearer realm="desk""#));
    let answer = service.send(Ask::get("/report").bearer(&user("ann"))).await;
    is_rendered(&answer, 403);
    let challenge = r#"Bearer realm="desk", error="insufficient_scope", scope="reports:read""#;
    assert_eq!(answer.header("www-authenticate"), Some(challenge));
}

#[tokio::test]
async fn the_time_to_retry_after_stays() {
    let service = service();
    service.send(Ask::get("/admins").bearer(&admin("ann"))).await.is(200);
    let answer = service.send(Ask::get("/admins").bearer(&admin("ann"))).await;
    is_rendered(&answer, 429);
    assert_eq!(answer.header("retry-after"), Some("60"));
    assert_eq!(answer.header("ratelimit"), Some(r#""1/min per principal";r=0;t=60"#));
}

#[tokio::test]
async fn it_renders_every_denial_wherever_it_comes_from() {
    let service = service();
    is_rendered(&service.send(Ask::get("/nowhere")).await, 404);
    is_rendered(&service.send(Ask::post("/admins")).await, 405);
    is_rendered(&service.send(Ask::get("/greet").bearer("forged")).await, 401);
    let answer = service.send(Ask::get("/denies").bearer(&nobody("ann"))).await;
    is_rendered(&answer, 403);
    let challenge = r#"Bearer realm="desk", error="insufficient_scope", scope="notes:write""#;
    assert_eq!(answer.header("www-authenticate"), Some(challenge));
}

#[tokio::test]
async fn it_does_not_render_the_answers_of_handlers() {
    let answer = service().send(Ask::get("/own").bearer(&nobody("ann"))).await;
    assert_eq!(answer.is(403).text, "the handler's own");
}

#[tokio::test]
async fn one_that_returns_the_denial_itself_changes_nothing() {
    let service = rendered_by(|denial| denial.clone().into_response());
    let answer = service.send(Ask::get("/admins")).await;
    answer.is_denied(401, "no-credentials");
    assert_eq!(answer.all("www-authenticate"), [r#"Bearer realm="desk""#]);
    service.send(Ask::get("/admins").bearer(&admin("ann"))).await.is(200);
    let answer = service.send(Ask::get("/admins").bearer(&admin("ann"))).await;
    assert_eq!(answer.is(429).all("retry-after"), ["60"]);
}

#[tokio::test]
async fn one_that_makes_up_challenges_is_not_believed() {
    let service = rendered_by(|_| [(header::WWW_AUTHENTICATE, "Basic realm=\"other\"")].into_response());
    assert_eq!(service.send(Ask::get("/admins")).await.is(401).all("www-authenticate"), [r#"Bearer realm="desk""#]);
    assert!(service.send(Ask::get("/nowhere")).await.is(404).all("www-authenticate").is_empty());
}

#[tokio::test]
async fn it_can_set_headers_of_its_own() {
    let service =
        rendered_by(|_| ([("x-error", "yes"), ("content-security-policy", "default-src 'self'")], "no").into_response());
    let answer = service.send(Ask::get("/admins")).await;
    assert_eq!(answer.is(401).header("x-error"), Some("yes"));
    assert_eq!(answer.header("content-security-policy"), Some("default-src 'self'"));
    assert_eq!(answer.header("x-frame-options"), Some("DENY"));
}
