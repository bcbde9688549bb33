//! The order of the stages: for each neighbouring pair, a request that both would refuse, and the one that does.

use crate::support::{
    Ask, Service,
    body::{untouchable, untouchable_of, watched},
    token::{admin, nobody, user},
};
use axum::{
    Json,
    extract::{Path, State},
};
use portcullis::{garde::Validate, prelude::*};
use serde::Deserialize;
use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};

#[derive(Deserialize, Validate)]
struct Note {
    #[garde(length(chars, max = 10))]
    text: String,
}

/// What the stages after the checks leave behind.
#[derive(Clone, Default)]
struct Trace {
    conditions: Arc<AtomicUsize>,
    handlers: Arc<AtomicUsize>,
}

impl Trace {
    async fn decides(&self, outcome: bool) -> bool {
        self.conditions.fetch_add(1, Ordering::SeqCst);
        outcome
    }

    fn counts(&self) -> (usize, usize) {
        (self.conditions.load(Ordering::SeqCst), self.handlers.load(Ordering::SeqCst))
    }
}

#[secure(authenticated, rate = "1/min per ip")]
async fn per_address() {}

#[secure(authenticated, rate = "1/min per global")]
async fn together() {}

#[secure(role = "admin", rate = "1/min")]
async fn per_principal() {}

#[secure(role = "admin", when = trace.decides(*id > 0).await)]
async fn on_path(Path(id): Path<u64>, State(trace): State<Trace>, _: Valid<Json<Note>>) -> String {
    trace.handlers.fetch_add(1, Ordering::SeqCst);
    id.to_string()
}

#[secure(authenticated, body = "10 B", when = trace.decides(false).await)]
async fn never(State(trace): State<Trace>, _: Valid<Json<Note>>) {
    trace.handlers.fetch_add(1, Ordering::SeqCst);
}

#[secure(authenticated, body = "40 B", when = trace.decides(note.text == principal.subject()).await)]
async fn on_body(State(trace): State<Trace>, Valid(Json(note)): Valid<Json<Note>>) -> String {
    trace.handlers.fetch_add(1, Ordering::SeqCst);
    note.text
}

fn service() -> (Service, Trace) {
    let trace = Trace::default();
    let router = SecureRouter::new()
        .route("/per-address", get(per_address))
        .route("/together", get(together))
        .route("/per-principal", get(per_principal))
        .route("/on-path/{id}", post(on_path))
        .route("/never", post(never))
        .route("/on-body", post(on_body))
        .with_state(trace.clone());
    (Service::new(router), trace)
}

#[tokio::test]
async fn the_limit_per_address_comes_before_authentication() {
    let (service, _) = service();
    let ask = || Ask::get("/per-address").from("192.0.2.1");
    service.send(ask().bearer("forged")).await.is(401);
    service.send(ask().bearer("forged")).await.is(429);
    service.send(ask()).await.is(429);
    service.send(ask().bearer(&nobody("ann"))).await.is(429);
}

#[tokio::test]
async fn authentication_comes_before_the_limits_of_principals_and_of_all() {
    let (service, _) = service();
    service.send(Ask::get("/together").bearer(&nobody("ann"))).await.is(200);
    service.send(Ask::get("/together").bearer(&nobody("ann"))).await.is(429);
    service.send(Ask::get("/together").bearer("forged")).await.is(401);
    service.send(Ask::get("/together")).await.is(401);
}

#[tokio::test]
async fn a_stranger_does_not_use_up_what_all_share() {
    let (service, _) = service();
    for _ in 0..3 {
        service.send(Ask::get("/together")).await.is(401);
    }
    service.send(Ask::get("/together").bearer(&nobody("ann"))).await.is(200);
}

#[tokio::test]
async fn the_limit_per_principal_comes_before_authorization() {
    let (service, _) = service();
    service.send(Ask::get("/per-principal").bearer(&user("ann"))).await.is(403);
    service.send(Ask::get("/per-principal").bearer(&user("ann"))).await.is(429);
    service.send(Ask::get("/per-principal").bearer(&admin("eve"))).await.is(200);
}

#[tokio::test]
async fn authorization_comes_before_the_arguments_and_the_condition() {
    let (service, trace) = service();
    service.send(Ask::post("/on-path/not-a-number").bearer(&user("ann"))).await.is_denied(403, "not-allowed");
    service.send(Ask::post("/on-path/0").bearer(&user("ann"))).await.is_denied(403, "not-allowed");
    assert_eq!(trace.counts(), (0, 0));
}

#[tokio::test]
async fn the_arguments_come_before_the_condition_on_them() {
    let (service, trace) = service();
    service.send(Ask::post("/on-path/not-a-number").bearer(&admin("ann")).body(untouchable())).await.is_denied(400, "rejected");
    assert_eq!(trace.counts(), (0, 0));
}

#[tokio::test]
async fn the_condition_comes_before_the_size_and_the_type_of_the_body() {
    let (service, trace) = service();
    let too_large = Ask::post("/never").bearer(&nobody("ann")).header("content-type", "text/plain").body(untouchable_of(11));
    service.send(too_large).await.is_denied(403, "condition-not-met");
    service.send(Ask::post("/on-path/0").bearer(&admin("ann")).body(untouchable())).await.is_denied(403, "condition-not-met");
    assert_eq!(trace.counts(), (2, 0));
}

#[tokio::test]
async fn the_size_comes_before_the_type() {
    let (service, _) = service();
    let ask = Ask::post("/on-body").bearer(&nobody("ann")).header("content-type", "text/plain").body(untouchable_of(41));
    service.send(ask).await.is_denied(413, "body-too-large");
}

#[tokio::test]
async fn the_type_comes_before_the_body_is_read() {
    let (service, _) = service();
    let ask = Ask::post("/on-body").bearer(&nobody("ann")).header("content-type", "text/plain").body(untouchable_of(40));
    service.send(ask).await.is_denied(415, "unsupported-media-type");
}

#[tokio::test]
async fn validation_comes_before_the_condition_on_the_body() {
    let (service, trace) = service();
    let ask = |text: &str| Ask::post("/on-body").bearer(&nobody("ann")).json(text);
    service.send(ask(r#"{"text":"#)).await.is_denied(400, "malformed-input");
    service.send(ask(r#"{"text":"longer than ten"}"#)).await.is_denied(422, "invalid-input");
    assert_eq!(trace.counts(), (0, 0));
}

#[tokio::test]
async fn the_condition_on_the_body_comes_after_it_is_read_and_before_the_handler() {
    let (service, trace) = service();
    let (body, polled) = watched(r#"{"text":"eve"}"#);
    let ask = Ask::post("/on-body").bearer(&nobody("ann")).header("content-type", "application/json").body(body);
    service.send(ask).await.is_denied(403, "condition-not-met");
    assert!(polled.load(Ordering::SeqCst));
    assert_eq!(trace.counts(), (1, 0));
    let answer = service.send(Ask::post("/on-body").bearer(&nobody("ann")).json(r#"{"text":"ann"}"#)).await;
    assert_eq!(answer.is(200).text, "ann");
    assert_eq!(trace.counts(), (2, 1));
}

#[tokio::test]
async fn a_request_that_passes_every_stage_is_decided_once_and_handled_once() {
    let (service, trace) = service();
    let answer = service.send(Ask::post("/on-path/7").bearer(&admin("ann")).json(r#"{"text":"x"}"#)).await;
    assert_eq!(answer.is(200).text, "7");
    assert_eq!(trace.counts(), (1, 1));
}
