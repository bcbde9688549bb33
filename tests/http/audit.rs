//! Audit: one record for every call of an endpoint with `audit`, whatever becomes of it, and nothing in it that the client wrote.

use crate::support::{
    Ask, NOW, Service, answer,
    log::Log,
    token::{claims, hs256, nobody},
};
use axum::{
    Extension,
    http::{Method, StatusCode},
};
use portcullis::{Denial, prelude::*};
use serde_json::json;
use std::{future::pending, panic::AssertUnwindSafe};
use tower::ServiceExt;

#[secure(authenticated, audit = "patient.read")]
async fn read() -> &'static str {
    "hunter2"
}

#[secure(authenticated, rate = "1/min", audit = "patient.read")]
async fn limited() {}

#[secure(authenticated, timeout = "2 s", audit = "patient.read")]
async fn slow() {
    pending::<()>().await;
}

#[secure(authenticated, audit = "patient.read")]
async fn fails() -> (StatusCode, &'static str) {
    (StatusCode::INTERNAL_SERVER_ERROR, "failed")
}

#[secure(authenticated, audit = "patient.read")]
async fn denies() -> Denial {
    Denial::ConditionNotMet
}

#[secure(authenticated, audit = "patient.read")]
async fn refuses(_: Extension<u8>) {}

#[secure(authenticated, audit = "patient.read")]
async fn panics() {
    panic!("in the handler");
}

#[secure(public = "anybody may", audit = "greeting")]
async fn greet(_: Option<Principal>) {}

#[secure(authenticated)]
async fn quiet() {}

fn service() -> Service {
    let router = SecureRouter::new()
        .route("/patients/{id}", get(read))
        .route("/any", any(read))
        .route("/limited", get(limited))
        .route("/slow", get(slow).post(read))
        .route("/fails", get(fails))
        .route("/denies", get(denies))
        .route("/refuses", get(refuses))
        .route("/panics", get(panics))
        .route("/quiet", get(quiet))
        .nest("/wards/{ward}", SecureRouter::new().route("/patients/{id}", get(read)).fallback(read));
    Service::new(router)
}

/// The records so far.
fn records(log: &Log) -> Vec<String> {
    log.lines().into_iter().filter(|line| line.starts_with("INFO")).collect()
}

/// The one record, which has all of these parts.
#[track_caller]
fn record(log: &Log, parts: &[&str]) -> String {
    let records = records(log);
    assert_eq!(records.len(), 1, "{records:#?}");
    let record = &records[0];
    for part in parts {
        assert!(record.contains(part), "{part} in {record}");
    }
    record.clone()
}

#[tokio::test]
async fn a_call_that_is_answered() {
    let log = Log::capture();
    service().send(Ask::get("/patients/hunter2?hunter2=hunter2").bearer(&nobody("ann"))).await.is(200);
    let expected = "INFO message=answered name=\"patient.read\" endpoint=\"http::audit::read\" method=\"GET\" \
                    route=\"/patients/{id}\" subject=\"ann\" scheme=jwt status=200";
    assert_eq!(record(&log, &[]), expected);
    assert_eq!(log.lines().len(), 1, "{:#?}", log.lines());
}

#[tokio::test]
async fn a_route_is_told_in_full() {
    for (ask, route) in [
        (Ask::get("/wards/7/patients/8"), Some("/wards/{ward}/patients/{id}")),
        (Ask::get("/wards/7/nowhere"), None),
        (Ask::get("/patients/8"), Some("/patients/{id}")),
    ] {
        let log = Log::capture();
        service().send(ask.bearer(&nobody("ann"))).await.is(200);
        let record = record(&log, &["status=200"]);
        match route {
            Some(route) => assert!(record.contains(&format!("route=\"{route}\"")), "{record}"),
            None => assert!(!record.contains("route="), "{record}"),
        }
    }
}

#[tokio::test]
async fn a_call_that_is_refused() {
    let mut expired = claims("hunter2");
    expired["exp"] = json!(NOW);
    let expired = hs256(&json!({ "alg": "HS256" }), &expired);
    for (ask, status, denial) in [
        (Ask::get("/patients/1"), "status=401", "denial=the request has no credentials"),
        (Ask::get("/patients/1").bearer(&expired), "status=401", "denial=the credentials do not hold: the token is expired"),
        (
            Ask::get("/patients/1").header("authorization", "Bearer hunter2 2"),
            "status=400",
            "denial=the credentials are malformed",
        ),
    ] {
        let log = Log::capture();
        service().send(ask).await;
        let record = record(&log, &["message=answered", "name=\"patient.read\"", status, denial]);
        assert!(!record.contains("subject=") && !record.contains("scheme="), "{record}");
        assert!(!record.contains("hunter2"), "{record}");
    }
}

#[tokio::test]
async fn a_refusal_after_authentication_names_the_caller() {
    let service = service();
    let ask = || Ask::get("/limited").bearer(&nobody("ann"));
    service.send(ask()).await.is(200);
    let log = Log::capture();
    service.send(ask()).await.is(429);
    record(&log, &["subject=\"ann\"", "scheme=jwt", "status=429", "denial=over the limit of 1/min per principal"]);
}

#[tokio::test]
async fn an_answer_of_the_handler_that_is_an_error_or_a_denial() {
    let log = Log::capture();
    service().send(Ask::get("/fails").bearer(&nobody("ann"))).await.is(500);
    let line = record(&log, &["status=500", "message=answered"]);
    assert!(!line.contains("denial="), "{line}");
    drop(log);
    let log = Log::capture();
    service().send(Ask::get("/denies").bearer(&nobody("ann"))).await.is_denied(403, "condition-not-met");
    record(&log, &["status=403", "denial=the condition of the endpoint does not hold"]);
    drop(log);
    let log = Log::capture();
    service().send(Ask::get("/refuses").bearer(&nobody("ann"))).await.is_denied(500, "rejected");
    record(&log, &["status=500", "subject=\"ann\"", "denial=an extractor refused the request with 500"]);
}

#[tokio::test(start_paused = true)]
async fn a_call_that_takes_too_long() {
    let log = Log::capture();
    service().send(Ask::get("/slow").bearer(&nobody("ann"))).await.is(503);
    record(&log, &["message=answered", "subject=\"ann\"", "status=503", "denial=the handler did not finish in time"]);
}

#[tokio::test(start_paused = true)]
async fn a_call_whose_client_goes_away() {
    let log = Log::capture();
    let app = service().app;
    let call = app.oneshot(Ask::get("/slow").bearer(&nobody("ann")).0);
    let waited = tokio::time::timeout(std::time::Duration::from_millis(100), call).await;
    assert!(waited.is_err(), "the handler is still at it");
    let line = record(&log, &["message=abandoned", "name=\"patient.read\"", "route=\"/slow\"", "subject=\"ann\""]);
    assert!(!line.contains("status=") && !line.contains("denial="), "{line}");
}

#[tokio::test]
async fn a_call_that_is_never_begun_leaves_nothing() {
    let log = Log::capture();
    drop(service().app.oneshot(Ask::get("/slow").bearer(&nobody("ann")).0));
    assert!(records(&log).is_empty(), "{:#?}", log.lines());
}

#[tokio::test]
async fn a_call_whose_handler_panics() {
    use futures_core::Future;
    let log = Log::capture();
    let app = service().app;
    let mut call = Box::pin(app.oneshot(Ask::get("/panics").bearer(&nobody("ann")).0));
    let outcome = std::future::poll_fn(|cx| {
        let polled = std::panic::catch_unwind(AssertUnwindSafe(|| call.as_mut().poll(cx)));
        std::task::Poll::Ready(polled.is_err())
    });
    assert!(outcome.await, "the panic is not swallowed");
    drop(call);
    record(&log, &["message=panicked", "subject=\"ann\""]);
}

#[tokio::test]
async fn a_method_of_the_clients_own_is_not_repeated() {
    let log = Log::capture();
    let method = Method::from_bytes(b"HUNTER2").unwrap();
    service().send(Ask::new(method, "/any").bearer(&nobody("ann"))).await.is(200);
    let line = record(&log, &["method=\"another\""]);
    assert!(!line.contains("HUNTER2"), "{line}");
}

#[tokio::test]
async fn who_a_public_handler_was_told_of() {
    let service = Service::new(SecureRouter::new().route("/", get(greet)));
    for (ask, subject) in [(Ask::get("/"), None), (Ask::get("/").bearer(&nobody("ann")), Some("subject=\"ann\""))] {
        let log = Log::capture();
        service.send(ask).await.is(200);
        let line = record(&log, &["status=200", subject.unwrap_or_default()]);
        assert_eq!(line.contains("subject="), subject.is_some(), "{line}");
    }
}

#[tokio::test]
async fn a_handler_that_no_guard_is_attached_to() {
    let log = Log::capture();
    let app = axum::Router::new().route("/", axum::routing::get(read));
    answer(&app, Ask::get("/").bearer(&nobody("ann"))).await.is(500);
    record(&log, &["name=\"patient.read\"", "status=500", "denial=the service is not set up"]);
}

#[tokio::test]
async fn other_endpoints_leave_no_record() {
    let log = Log::capture();
    let service = service();
    service.send(Ask::get("/quiet").bearer(&nobody("ann"))).await.is(200);
    service.send(Ask::get("/quiet")).await.is(401);
    service.send(Ask::get("/nowhere")).await.is(404);
    service.send(Ask::post("/quiet")).await.is(405);
    assert!(records(&log).is_empty(), "{:#?}", log.lines());
}
