//! Deadlines, on tokio's paused clock: whatever a request waits for, it is answered in the endpoint's time.

use crate::support::{
    Answer, Ask, Service,
    body::{after, endless},
    token::nobody,
};
use axum::{
    Json,
    body::Bytes,
    extract::{FromRequestParts, State},
    http::request::Parts,
};
use portcullis::{garde::Validate, prelude::*};
use serde::Deserialize;
use std::{
    convert::Infallible,
    future::pending,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};
use tokio::time::{Instant, sleep};

#[derive(Deserialize, Validate)]
struct Note {
    #[garde(length(chars, max = 10))]
    text: String,
}

/// An extractor that waits, as one that asks a database does.
struct Waits;

impl<S: Sync> FromRequestParts<S> for Waits {
    type Rejection = Infallible;

    async fn from_request_parts(_: &mut Parts, _: &S) -> Result<Self, Infallible> {
        pending().await
    }
}

async fn never() -> bool {
    pending().await
}

#[secure(public = "anybody may", timeout = "2 s")]
async fn write(Valid(Json(note)): Valid<Json<Note>>) -> String {
    note.text
}

#[secure(public = "anybody may", timeout = "2 s", unvalidated = "the test sends nothing else")]
async fn raw(bytes: Bytes) -> String {
    bytes.len().to_string()
}

#[secure(public = "anybody may", timeout = "2 s")]
async fn waits(State(dropped): State<Arc<AtomicBool>>) {
    let _notice = Notice(dropped);
    pending::<()>().await;
}

#[secure(public = "anybody may", timeout = "2 s")]
async fn waits_for_argument(_: Waits, _: Waits) {}

#[secure(authenticated, timeout = "2 s", when = never().await)]
async fn waits_for_condition() {}

#[secure(authenticated, timeout = "2 s", when = note.text.is_empty() && never().await)]
async fn waits_for_late_condition(Valid(Json(note)): Valid<Json<Note>>) -> String {
    note.text
}

#[secure(public = "anybody may", timeout = "2 s")]
async fn just_in_time() -> &'static str {
    sleep(Duration::from_millis(1_999)).await;
    "done"
}

#[secure(public = "anybody may")]
async fn default_time() {
    pending::<()>().await;
}

/// Notes when it is dropped.
struct Notice(Arc<AtomicBool>);

impl Drop for Notice {
    fn drop(&mut self) {
        self.0.store(true, Ordering::SeqCst);
    }
}

fn service() -> (Service, Arc<AtomicBool>) {
    let dropped = Arc::<AtomicBool>::default();
    let router = SecureRouter::new()
        .route("/write", post(write))
        .route("/raw", post(raw))
        .route("/waits", get(waits))
        .route("/waits-for-argument", get(waits_for_argument))
        .route("/waits-for-condition", get(waits_for_condition))
        .route("/waits-for-late-condition", post(waits_for_late_condition))
        .route("/just-in-time", get(just_in_time))
        .route("/default-time", get(default_time))
        .with_state(dropped.clone());
    (Service::new(router), dropped)
}

/// The answer, and the seconds that it took.
async fn timed(service: &Service, ask: Ask) -> (Answer, f64) {
    let start = Instant::now();
    let answer = service.send(ask).await;
    (answer, start.elapsed().as_secs_f64())
}

#[track_caller]
fn about(expected: f64, took: f64) {
    assert!((expected..expected + 0.01).contains(&took), "{took} s");
}

#[tokio::test(start_paused = true)]
async fn a_body_that_never_ends_is_408_at_the_deadline() {
    for path in ["/write", "/raw"] {
        let ask = Ask::post(path).header("content-type", "application/json").body(endless(r#"{"text":"#));
        let (answer, took) = timed(&service().0, ask).await;
        answer.is_denied(408, "body-too-slow");
        about(2.0, took);
    }
}

#[tokio::test(start_paused = true)]
async fn a_handler_that_never_ends_is_503_at_the_deadline_and_is_dropped() {
    let (service, dropped) = service();
    let (answer, took) = timed(&service, Ask::get("/waits")).await;
    answer.is_denied(503, "handler-too-slow");
    about(2.0, took);
    assert!(dropped.load(Ordering::SeqCst));
}

#[tokio::test(start_paused = true)]
async fn an_argument_that_never_comes_is_503_at_the_deadline() {
    let (answer, took) = timed(&service().0, Ask::get("/waits-for-argument")).await;
    answer.is_denied(503, "handler-too-slow");
    about(2.0, took);
}

#[tokio::test(start_paused = true)]
async fn a_condition_that_never_decides_is_503_at_the_deadline() {
    let (answer, took) = timed(&service().0, Ask::get("/waits-for-condition").bearer(&nobody("ann"))).await;
    answer.is_denied(503, "handler-too-slow");
    about(2.0, took);
    let ask = Ask::post("/waits-for-late-condition").bearer(&nobody("ann")).json(r#"{"text":""}"#);
    let (answer, took) = timed(&service().0, ask).await;
    answer.is_denied(503, "handler-too-slow");
    about(2.0, took);
}

#[tokio::test(start_paused = true)]
async fn what_is_just_in_time_is_answered() {
    let (answer, took) = timed(&service().0, Ask::get("/just-in-time")).await;
    assert_eq!(answer.is(200).text, "done");
    about(1.999, took);
}

#[tokio::test(start_paused = true)]
async fn an_endpoint_that_says_nothing_has_the_time_of_the_service() {
    let (answer, took) = timed(&service().0, Ask::get("/default-time")).await;
    answer.is_denied(503, "handler-too-slow");
    about(30.0, took);
    let service =
        Service::with(SecureRouter::new().route("/default-time", get(default_time)), |security| security.time_limit("5 s"));
    let (answer, took) = timed(&service, Ask::get("/default-time")).await;
    answer.is(503);
    about(5.0, took);
}

#[tokio::test(start_paused = true)]
async fn the_deadline_is_one_for_body_and_handler_together() {
    #[secure(public = "anybody may", timeout = "2 s", unvalidated = "the test sends nothing else")]
    async fn both(_: Bytes) {
        pending::<()>().await;
    }
    let service = Service::new(SecureRouter::new().route("/", post(both)));
    let (answer, took) = timed(&service, Ask::post("/").body(after(Duration::from_millis(1_500), "x"))).await;
    answer.is_denied(503, "handler-too-slow");
    about(2.0, took);
}
