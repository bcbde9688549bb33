//! Services that do not do what their manifests say, and what they are told.

use crate::service::builder;
use axum::{
    extract::Request,
    http::{HeaderMap, StatusCode, header::AUTHORIZATION},
    middleware::{self, Next},
    response::Response,
};
use portcullis::{
    prelude::*,
    testing::{Report, probe},
};

#[secure(role = "admin", rate = "2/min", audit = "read")]
async fn read() -> &'static str {
    "read"
}

#[secure(public = "anybody may")]
async fn open() {}

fn router() -> SecureRouter {
    SecureRouter::new().route("/read", get(read))
}

/// What was found, by what was tried.
fn found<'a>(report: &'a Report, case: &str) -> Vec<&'a str> {
    report.disagreements().iter().filter(|row| row.case == case).map(|row| row.found.as_str()).collect()
}

#[tokio::test]
async fn a_layer_that_takes_the_credentials_away_is_reported_for_whom_it_locks_out() {
    let strip = middleware::from_fn(async |mut request: Request, next: Next| {
        request.headers_mut().remove(AUTHORIZATION);
        next.run(request).await
    });
    let report = probe(router().layer(strip), builder()).await;
    assert_eq!(found(&report, "a caller with the role `admin`"), ["401, the request has no credentials"; 2], "{report}");
    assert!(found(&report, "a caller without credentials").is_empty());
}

#[tokio::test]
async fn a_layer_that_takes_headers_away_is_reported_once_a_header() {
    let strip = middleware::map_response(async |mut response: Response| {
        response.headers_mut().remove("x-content-type-options");
        response.headers_mut().remove("ratelimit-policy");
        response
    });
    let report = probe(router().layer(strip), builder()).await;
    let rows: Vec<_> = report.disagreements().iter().map(|row| (row.endpoint.as_str(), row.found.as_str())).collect();
    let expected = [
        ("GET /read", "no such header"),
        ("GET /read", "`RateLimit-Policy: `"),
        ("HEAD /read", "no such header"),
        ("HEAD /read", "`RateLimit-Policy: `"),
    ];
    assert_eq!(rows, expected, "{report}");
}

#[tokio::test]
async fn a_layer_that_changes_the_status_of_denials_is_reported() {
    let pretend = middleware::map_response(async |mut response: Response| {
        if response.status() == StatusCode::FORBIDDEN {
            *response.status_mut() = StatusCode::OK;
        }
        response
    });
    let report = probe(router().layer(pretend), builder()).await;
    let said = ["status 200", "an audit record, `read`, with the status 403"];
    let rows = found(&report, "a caller with no role and no scope");
    assert_eq!(rows, [said, said].concat(), "the second method repeats the first: {report}");
    assert_eq!(found(&report, "a caller with the role `editor`"), ["status 200"; 2], "an answer of the same kind: {report}");
}

#[tokio::test]
async fn a_layer_that_answers_in_the_place_of_the_guard_is_reported() {
    let closed = middleware::from_fn(async |_: Request, _: Next| StatusCode::IM_A_TEAPOT);
    let report = probe(router().layer(closed), builder()).await;
    assert_eq!(found(&report, "any request"), ["/read is answered 418, and no guard was asked"; 2], "{report}");
}

#[tokio::test]
async fn a_layer_that_vouches_for_everybody_is_reported() {
    // Remembers the best token that it saw, and gives it to whoever comes without: a session that leaks.
    let seen = std::sync::Arc::new(std::sync::Mutex::new(HeaderMap::new()));
    let vouch = middleware::from_fn(move |mut request: Request, next: Next| {
        let seen = seen.clone();
        async move {
            {
                let mut seen = seen.lock().unwrap();
                match request.headers().get(AUTHORIZATION).cloned() {
                    Some(token) => drop(seen.insert(AUTHORIZATION, token)),
                    None => request.headers_mut().extend(seen.clone()),
                }
            }
            next.run(request).await
        }
    });
    let report = probe(router().layer(vouch), builder()).await;
    assert_eq!(found(&report, "a caller without credentials")[0], "200 from the handler", "{report}");
}

#[tokio::test]
async fn a_service_that_cannot_start_is_reported_with_every_problem() {
    let router = SecureRouter::new().route("/read", get(read)).route("/open", get(open)).route("/open", get(open));
    let report = probe(router, Security::builder(rule_book!()).without_authentication()).await;
    let problems = found(&report, "start-up");
    assert_eq!(problems.len(), 2, "{report}");
    assert!(problems[0].contains("two handlers for GET") && problems[1].contains("needs credentials"), "{report}");
    assert_eq!(report.requests(), 0);
}
