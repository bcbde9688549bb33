//! A service that does what its manifest says.

use crate::service::{Written, builder, router};
use axum::response::IntoResponse;
use portcullis::{
    prelude::*,
    testing::{Probe, Report, probe},
};
use std::time::{Duration, Instant};

const NOTE: &str = r#"{"text":"forbidden"}"#;

/// The service with everything, told what its manifest does not say.
fn everything(written: &Written) -> Probe {
    Probe::new(router(written), builder())
        .path("GET /reports", "/reports?size=7")
        .path("HEAD /reports", "/reports?size=7")
        .body("POST /users/{id}/notes", NOTE)
}

fn skipped(report: &Report) -> Vec<String> {
    report.not_tried().iter().map(|skipped| format!("{}: {}", skipped.endpoint, skipped.what)).collect()
}

#[tokio::test]
async fn a_service_with_everything_passes() {
    let written = Written::default();
    let began = Instant::now();
    let report = everything(&written).run().await;
    assert!(report.holds(), "{report}");
    assert_eq!(written.count(), 0, "no input validated, or the condition refused it");
    assert!(report.cases() > 500 && report.requests() > report.cases() && report.endpoints() == 22, "{report}");
    assert!(began.elapsed() < Duration::from_secs(20), "{:?}", began.elapsed());
    assert_eq!(
        skipped(&report),
        [
            "POST /archive: a body of 16777217 bytes: only its length was announced",
            "PUT /archive: a body of unannounced length: the manifest does not say whether the handler reads one",
            "POST /pictures: a body of unannounced length: nonsense has no parts to be read",
            "* /… (method not allowed): the limit of 100000/s per ip: it takes more than 2000 calls to reach it",
        ],
        "{report}"
    );
    let summary = report.to_string();
    assert!(summary.contains("the service does what its manifest says\n\nNot tried:\n"), "{summary}");
}

#[tokio::test]
async fn a_form_in_parts_reaches_its_handler_with_the_body_that_the_probe_is_told() {
    let written = Written::default();
    let head = "--portcullis\r\nContent-Disposition: form-data; name=";
    let form = format!("{head}title\r\n\r\nTea\r\n{head}file; filename=a.png\r\n\r\n\u{1}%\r\n--portcullis--\r\n");
    let (before, after) = form.split_once("\u{1}%").unwrap();
    let form = [before.as_bytes(), b"\x89PNG\r\n\x1a\n", after.as_bytes()].concat();
    let report = everything(&written).body("POST /pictures", form).run().await;
    assert!(report.holds(), "{report}");
    assert!(written.count() > 0, "the handler ran");
}

#[secure(public = "says hello to everybody", rate = "2/min per ip")]
async fn hello() -> &'static str {
    "hello"
}

#[tokio::test]
async fn a_service_without_authentication_passes() {
    let report =
        probe(SecureRouter::new().route("/", get(hello)), Security::builder(rule_book!()).without_authentication()).await;
    assert!(report.holds(), "{report}");
    assert!(report.not_tried().is_empty(), "{report}");
}

#[tokio::test]
async fn other_headers_and_another_renderer_are_as_right_as_ours() {
    let headers = portcullis::ResponseHeaders::for_api().without("X-Frame-Options").set("X-Frame-Options", "SAMEORIGIN");
    let builder = builder()
        .headers(headers)
        .render_denials(|denial| ([("cache-control", "max-age=1")], denial.to_string()).into_response());
    let report = Probe::new(router(&Written::default()), builder).condition_admits_all("POST /users/{id}/notes").run().await;
    assert!(report.holds(), "{report}");
}

#[tokio::test]
async fn a_service_that_tells_few_callers_apart_passes() {
    let report = probe(SecureRouter::new().route("/", get(hello)), builder().tracked_keys(1)).await;
    assert!(report.holds(), "{report}");
    assert!(report.not_tried().is_empty(), "{report}");
}

#[tokio::test]
async fn unsecured_routes_are_listed() {
    let door = axum::Router::new().route("/metrics", axum::routing::get(|| async { "metrics" }));
    let router = SecureRouter::new().route("/", get(hello)).merge_unsecured(door, "behind the firewall");
    let report = probe(router, builder()).await;
    assert!(report.holds(), "{report}");
    assert_eq!(skipped(&report), ["* /…: unsecured routes: behind the firewall"]);
}
