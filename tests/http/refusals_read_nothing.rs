//! What will be refused has its body never read: for each reason to refuse, a body that fails the test when it is.

use crate::support::{
    Ask, Service,
    body::{untouchable, untouchable_of},
    token::{nobody, user},
};
use axum::{Json, extract::Path};
use portcullis::{garde::Validate, prelude::*};
use serde::Deserialize;

#[derive(Deserialize, Validate)]
struct Note {
    #[garde(length(chars, max = 10))]
    text: String,
}

#[secure(role = "user", rate("2/min", "9/min per ip"), body = "64 B", when = owner == principal.subject())]
async fn write(Path(owner): Path<String>, Valid(Json(note)): Valid<Json<Note>>) -> String {
    format!("{owner}: {}", note.text)
}

#[secure(authenticated, unvalidated = "the test sends nothing else", body = "64 B")]
async fn raw(text: String) -> String {
    text
}

fn service() -> Service {
    Service::new(SecureRouter::new().route("/notes/{owner}", post(write)).route("/raw", post(raw)))
}

/// A request from a known address with JSON that must not be read.
fn ask(path: &str) -> Ask {
    Ask::post(path).from("192.0.2.1").header("content-type", "application/json").body(untouchable())
}

#[tokio::test]
async fn without_credentials() {
    service().send(ask("/notes/ann")).await.is_denied(401, "no-credentials");
}

#[tokio::test]
async fn with_credentials_that_are_malformed_or_do_not_hold() {
    service().send(ask("/notes/ann").header("authorization", "Bearer")).await.is_denied(400, "malformed-credentials");
    service().send(ask("/notes/ann").bearer("forged")).await.is_denied(401, "invalid-credentials");
}

#[tokio::test]
async fn without_the_role() {
    service().send(ask("/notes/ann").bearer(&nobody("ann"))).await.is_denied(403, "not-allowed");
}

#[tokio::test]
async fn where_the_condition_does_not_hold() {
    service().send(ask("/notes/eve").bearer(&user("ann"))).await.is_denied(403, "condition-not-met");
}

#[tokio::test]
async fn over_a_limit() {
    let service = service();
    for _ in 0..2 {
        service.send(ask("/notes/eve").bearer(&user("ann"))).await.is(403);
    }
    service.send(ask("/notes/ann").bearer(&user("ann"))).await.is(429);
    for _ in 0..6 {
        service.send(ask("/notes/ann")).await.is(401);
    }
    service.send(ask("/notes/ann")).await.is(429);
}

#[tokio::test]
async fn with_an_argument_that_does_not_parse() {
    #[secure(authenticated)]
    async fn numbered(Path(_): Path<u64>, _: Valid<Json<Note>>) {}
    let service = Service::new(SecureRouter::new().route("/{id}", post(numbered)));
    service.send(ask("/x").bearer(&nobody("ann"))).await.is_denied(400, "rejected");
}

#[tokio::test]
async fn with_a_length_announced_too_large() {
    let service = service();
    let announced = |path| ask(path).bearer(&user("ann")).body(untouchable_of(65));
    service.send(announced("/notes/ann")).await.is_denied(413, "body-too-large");
    service.send(announced("/raw")).await.is_denied(413, "body-too-large");
}

#[tokio::test]
async fn of_the_wrong_type() {
    let ask = Ask::post("/notes/ann").from("192.0.2.1").bearer(&user("ann")).header("content-type", "text/plain");
    service().send(ask.body(untouchable())).await.is_denied(415, "unsupported-media-type");
}

#[tokio::test]
async fn where_nothing_is_routed() {
    service().send(ask("/nowhere")).await.is_denied(404, "not-found");
    service().send(Ask::get("/raw").body(untouchable())).await.is_denied(405, "method-not-allowed");
}

#[tokio::test]
async fn by_a_handler_that_takes_no_body() {
    #[secure(public = "takes nothing")]
    async fn nothing() -> &'static str {
        "done"
    }
    let service = Service::new(SecureRouter::new().route("/", post(nothing)));
    service.send(Ask::post("/").body(untouchable())).await.is(200);
}
