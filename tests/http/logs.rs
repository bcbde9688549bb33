//! The log says why a request was refused, which the answer does not; neither holds what the client sent.

use crate::support::{
    Ask, NOW, Service,
    log::Log,
    token::{claims, hs256, nobody, user},
};
use axum::{Json, extract::Path};
use portcullis::{PolicyOf, garde::Validate, prelude::*};
use serde::Deserialize;
use serde_json::json;

#[derive(Deserialize, Validate)]
struct Note {
    #[garde(length(chars, max = 10))]
    text: String,
}

#[secure(role = "user", rate = "1/min", when = *owner == note.text)]
async fn write(Path(owner): Path<String>, Valid(Json(note)): Valid<Json<Note>>) -> String {
    owner + &note.text
}

#[secure(public = "anybody may", timeout = "1 s")]
async fn slow() {
    std::future::pending::<()>().await;
}

fn service() -> Service {
    Service::new(SecureRouter::new().route("/notes/{owner}", post(write)).route("/slow", get(slow)))
}

#[tokio::test]
async fn why_a_token_does_not_hold_is_in_the_log_and_not_in_the_answer() {
    let mut expired = claims("hunter2");
    expired["exp"] = json!(NOW);
    let mut foreign = claims("hunter2");
    foreign["aud"] = json!("hunter2");
    let header = json!({ "alg": "HS256" });
    let (ann, eve) = (nobody("ann"), nobody("eve"));
    let mixed = format!("{}{}", &ann[..ann.rfind('.').unwrap()], &eve[eve.rfind('.').unwrap()..]);
    for (token, reason) in [(hs256(&header, &expired), "expired"), (hs256(&header, &foreign), "audience"), (mixed, "signature")] {
        let log = Log::capture();
        let answer = service().send(Ask::post("/notes/ann").bearer(&token)).await;
        answer.is_denied(401, "invalid-credentials");
        answer.does_not_echo(reason);
        let line = log.only("WARN");
        assert!(line.contains(reason) && line.contains("status=401") && line.contains(write::POLICY.name()), "{line}");
        assert!(!line.contains(&token) && !line.contains("hunter2"), "{line}");
    }
}

#[tokio::test]
async fn every_refusal_leaves_one_line_with_its_endpoint() {
    let write_as = |token: &str, path: &str, body: &str| Ask::post(path).bearer(token).json(body);
    for (ask, level, reason) in [
        (Ask::post("/notes/hunter2"), "DEBUG", "no credentials"),
        (Ask::post("/notes/hunter2").header("authorization", "Bearer hunter2 hunter2"), "WARN", "malformed"),
        (write_as(&nobody("ann"), "/notes/hunter2", "{}"), "WARN", "lacks"),
        (write_as(&user("ann"), "/notes/hunter2", r#"{"text":"other"}"#), "WARN", "condition"),
        (write_as(&user("ann"), "/notes/hunter2", r#"{"hunter2"#), "DEBUG", "malformed"),
        (write_as(&user("ann"), "/notes/hunter2", r#"{"text":"hunter2hunter2"}"#), "DEBUG", "rules"),
    ] {
        let log = Log::capture();
        assert!(service().send(ask).await.status.is_client_error());
        let lines = log.lines();
        assert_eq!(lines.len(), 1, "{lines:#?}");
        let line = log.only(level);
        assert!(line.contains(reason) && line.contains(write::POLICY.name()), "{line}");
        assert!(!line.contains("hunter2"), "{line}");
    }
}

#[tokio::test]
async fn a_limit_names_itself_in_the_log() {
    let service = service();
    let ask = || Ask::post("/notes/ann").bearer(&user("ann")).json(r#"{"text":"ann"}"#);
    let log = Log::capture();
    service.send(ask()).await.is(200);
    assert!(log.lines().is_empty(), "what is answered leaves no line: {:#?}", log.lines());
    service.send(ask()).await.is(429);
    assert!(log.only("WARN").contains("1/min per principal"));
}

#[tokio::test(start_paused = true)]
async fn a_handler_that_is_too_slow_is_in_the_log() {
    let log = Log::capture();
    service().send(Ask::get("/slow")).await.is(503);
    assert!(log.only("WARN").contains(slow::POLICY.name()));
}
