//! Extractors that refuse a request: axum's own are rendered as problems without an echo, and answers that somebody designed stay.

use crate::support::{Ask, Service, body::unannounced, log::Log, token::nobody};
use axum::{
    Extension, Json,
    extract::{FromRequest, FromRequestParts, Multipart, OptionalFromRequestParts, Path, Query, Request},
    http::{StatusCode, header, request::Parts},
    response::{IntoResponse, Redirect, Response},
};
use portcullis::{Denial, prelude::*};
use serde_json::{Value, json};
use std::collections::HashMap;

/// Extracts nothing and refuses with an answer of its own.
struct Refuses<const KIND: u8>;

impl<S: Sync, const KIND: u8> FromRequestParts<S> for Refuses<KIND> {
    type Rejection = Response;

    async fn from_request_parts(_: &mut Parts, _: &S) -> Result<Self, Response> {
        Err(match KIND {
            0 => (StatusCode::CONFLICT, Json(json!({ "mine": true }))).into_response(),
            1 => Redirect::to("/login").into_response(),
            2 => (StatusCode::FOUND, [(header::LOCATION, "/login")], "see there").into_response(),
            3 => (StatusCode::UNAUTHORIZED, [(header::WWW_AUTHENTICATE, "Basic realm=\"legacy\"")], "who?").into_response(),
            4 => Denial::NotAllowed { scopes: Vec::new() }.into_response(),
            5 => StatusCode::GONE.into_response(),
            6 => (StatusCode::IM_A_TEAPOT, [(header::CACHE_CONTROL, "public")], "short and stout").into_response(),
            _ => (StatusCode::BAD_REQUEST, "hunter2").into_response(),
        })
    }
}

impl<S: Sync> OptionalFromRequestParts<S> for Refuses<9> {
    type Rejection = Response;

    async fn from_request_parts(_: &mut Parts, _: &S) -> Result<Option<Self>, Response> {
        Ok(None)
    }
}

async fn send(router: SecureRouter, ask: Ask) -> crate::support::Answer {
    Service::new(router).send(ask).await
}

macro_rules! refusal {
    ($kind:literal) => {{
        #[secure(authenticated)]
        async fn first(_: Refuses<$kind>, _: Path<u64>) {}
        #[secure(authenticated)]
        async fn last(_: Refuses<$kind>) {}
        let ask = || Ask::get("/1").bearer(&nobody("ann"));
        let (first, last) = (
            send(SecureRouter::new().route("/{id}", get(first)), ask()).await,
            send(SecureRouter::new().route("/{id}", get(last)), ask()).await,
        );
        assert_eq!((first.status, &first.headers, &first.text), (last.status, &last.headers, &last.text));
        assert_eq!(first.header("x-content-type-options"), Some("nosniff"));
        first
    }};
}

#[tokio::test]
async fn a_rejection_in_json_stays_as_it_was_designed() {
    let answer = refusal!(0);
    assert_eq!(answer.is(409).json(), json!({ "mine": true }));
    assert_eq!(answer.header("content-type"), Some("application/json"));
    assert_eq!(answer.header("cache-control"), Some("no-store"));
}

#[tokio::test]
async fn a_redirect_stays_a_redirect() {
    assert_eq!(refusal!(1).is(303).header("location"), Some("/login"));
    assert_eq!(refusal!(2).is(302).header("location"), Some("/login"));
}

#[tokio::test]
async fn a_rejection_in_plain_text_becomes_a_problem_and_keeps_its_headers() {
    let answer = refusal!(3);
    answer.is_denied(401, "rejected");
    assert_eq!(answer.header("www-authenticate"), Some("Basic realm=\"legacy\""));
    let answer = refusal!(6);
    answer.is_denied(418, "rejected");
    assert_eq!(answer.header("cache-control"), Some("public"));
    let answer = refusal!(7);
    answer.is_denied(400, "rejected");
    answer.does_not_echo("hunter2");
}

#[tokio::test]
async fn a_denial_of_an_extractor_is_rendered_as_the_guards_own() {
    refusal!(4).is_denied(403, "not-allowed");
}

#[tokio::test]
async fn a_bare_status_is_given_a_problem() {
    assert_eq!(refusal!(5).is(410).json(), json!({ "type": "about:blank", "title": "Gone", "status": 410 }));
}

#[tokio::test]
async fn paths_that_do_not_parse() {
    #[secure(public = "anybody may")]
    async fn number(Path(_): Path<u8>) {}
    #[secure(public = "anybody may")]
    async fn pair(Path(_): Path<(u8, u8)>, _: Path<HashMap<String, String>>) {}
    let router = || SecureRouter::new().route("/{one}", get(number)).route("/{one}/{two}", get(pair));
    for path in ["/hunter2", "/256", "/-1", "/%ff", "/1/hunter2", "/1%00/2"] {
        let answer = send(router(), Ask::get(path)).await;
        answer.is_denied(400, "rejected");
        answer.does_not_echo("hunter2");
    }
}

#[tokio::test]
async fn raw_bodies_that_do_not_parse() {
    #[secure(public = "anybody may", unvalidated = "the test looks at the rejections", body = "20 B")]
    async fn raw(_: Json<Vec<u8>>) {}
    #[secure(public = "anybody may", unvalidated = "the test looks at the rejections", body = "20 B")]
    async fn text(_: String) {}
    #[secure(public = "anybody may", unvalidated = "the test looks at the rejections")]
    async fn query(_: Query<HashMap<String, u8>>) {}
    #[secure(public = "anybody may", unvalidated = "the test looks at the rejections")]
    async fn multipart(_: Multipart) {}
    let router = || {
        SecureRouter::new()
            .route("/raw", post(raw))
            .route("/text", post(text))
            .route("/query", post(query))
            .route("/multipart", post(multipart))
    };
    let json = |text: &str| Ask::post("/raw").json(text);
    send(router(), json(r#"["hunter2"]"#)).await.is_denied(422, "rejected");
    send(router(), json(r#"["hunter2"#)).await.is_denied(400, "rejected");
    send(router(), Ask::post("/raw").body("[]")).await.is_denied(415, "rejected");
    send(router(), json("[1]").body(unannounced("[1,2,3,4,5,6,7,8,9,10]"))).await.is_denied(413, "body-too-large");
    send(router(), Ask::post("/text").body(unannounced("x".repeat(21)))).await.is_denied(413, "body-too-large");
    send(router(), Ask::post("/text").body(b"\xff".to_vec())).await.is_denied(400, "rejected");
    send(router(), Ask::post("/query?a=hunter2")).await.is_denied(400, "rejected");
    send(router(), Ask::post("/multipart").body("hunter2")).await.is_denied(400, "rejected");
    send(router(), json(r#"["hunter2"]"#)).await.does_not_echo("hunter2");
}

#[tokio::test]
async fn a_missing_extension_is_a_500_that_is_logged_and_does_not_name_types() {
    #[secure(public = "anybody may")]
    async fn extended(_: Extension<u64>) {}
    let log = Log::capture();
    let answer = send(SecureRouter::new().route("/", get(extended)), Ask::get("/")).await;
    answer.is_denied(500, "rejected");
    answer.does_not_echo("u64");
    assert!(log.only("ERROR").contains("extended"), "{:?}", log.lines());
}

#[tokio::test]
async fn optional_and_fallible_extractors_reach_the_handler() {
    #[secure(public = "anybody may")]
    async fn soft(
        number: Result<Path<u8>, axum::extract::rejection::PathRejection>,
        refused: Result<Refuses<0>, Response>,
        none: Option<Refuses<9>>,
    ) -> String {
        format!("{} {} {}", number.is_ok(), refused.is_err(), none.is_none())
    }
    assert_eq!(send(SecureRouter::new().route("/{id}", get(soft)), Ask::get("/x")).await.is(200).text, "false true true");
}

#[tokio::test]
async fn an_extractor_of_ones_own_reads_the_body_within_the_bound() {
    struct Sum(u64);
    impl<S: Send + Sync> FromRequest<S> for Sum {
        type Rejection = Response;

        async fn from_request(request: Request, state: &S) -> Result<Self, Response> {
            let Json(numbers) = Json::<Vec<Value>>::from_request(request, state).await.map_err(IntoResponse::into_response)?;
            Ok(Self(numbers.iter().filter_map(Value::as_u64).sum()))
        }
    }
    #[secure(public = "anybody may", body = "10 B")]
    async fn sum(Sum(sum): Sum) -> String {
        sum.to_string()
    }
    let router = || SecureRouter::new().route("/", post(sum));
    assert_eq!(send(router(), Ask::post("/").json("[1,2,3]")).await.is(200).text, "6");
    send(router(), Ask::post("/").json("[1,2,3,4,5]")).await.is_denied(413, "body-too-large");
    send(router(), Ask::post("/").json("").body(unannounced("[1,2,3,4,5]"))).await.is_denied(413, "body-too-large");
}
