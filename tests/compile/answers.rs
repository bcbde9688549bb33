//! What handlers answer with: anything that axum takes, with `?` and `return` on the way.

use crate::support::{answer, as_nobody, send, status};
use axum::{
    Json,
    extract::{Path, WebSocketUpgrade},
    http::{StatusCode, header},
    response::{
        Html, IntoResponse, Response, Sse,
        sse::{Event, KeepAlive},
    },
};
use futures_core::Stream;
use portcullis::prelude::*;
use std::{
    convert::Infallible,
    pin::Pin,
    task::{Context, Poll},
};

struct Missing;

impl IntoResponse for Missing {
    fn into_response(self) -> Response {
        (StatusCode::NOT_FOUND, "missing").into_response()
    }
}

impl From<std::num::ParseIntError> for Missing {
    fn from(_: std::num::ParseIntError) -> Self {
        Self
    }
}

#[secure(public)]
async fn nothing() {}

#[secure(public)]
async fn opaque() -> impl IntoResponse {
    ([(header::CONTENT_TYPE, "text/markdown")], "*opaque*")
}

#[secure(public)]
async fn with_question_mark(Path(number): Path<String>) -> Result<String, Missing> {
    let number: u64 = number.parse()?;
    if number == 0 {
        return Err(Missing);
    }
    Ok(number.to_string())
}

#[secure(public)]
async fn opaque_in_a_result(Path(number): Path<u64>) -> Result<impl IntoResponse, (StatusCode, Json<u64>)> {
    if number > 5 {
        return Err((StatusCode::CONFLICT, Json(number)));
    }
    Ok(Html(format!("<b>{number}</b>")))
}

#[secure(public)]
async fn early(Path(number): Path<u64>) -> Response {
    if number == 0 {
        return StatusCode::IM_A_TEAPOT.into_response();
    }
    let answer = async { number * 2 }.await;
    answer.to_string().into_response()
}

#[secure(public)]
async fn never(Path(number): Path<u64>) -> Result<Infallible, StatusCode> {
    Err(StatusCode::from_u16(u16::try_from(number).unwrap_or_default()).unwrap_or_default())
}

#[secure(public)]
async fn socket(upgrade: WebSocketUpgrade) -> Response {
    upgrade.on_upgrade(async |mut socket| while let Some(Ok(_)) = socket.recv().await {})
}

#[secure(public)]
async fn socket_of_somebody(principal: Option<Principal>, upgrade: WebSocketUpgrade) -> impl IntoResponse {
    upgrade.protocols(["notes"]).on_upgrade(async move |_| drop(principal))
}

#[secure(public)]
async fn unnameable(body: Body2) -> impl IntoResponse + use<> {
    body.0
}

/// An extractor of one's own.
struct Body2(&'static str);

impl<S: Sync> axum::extract::FromRequestParts<S> for Body2 {
    type Rejection = Infallible;

    async fn from_request_parts(_: &mut axum::http::request::Parts, _: &S) -> Result<Self, Self::Rejection> {
        Ok(Self("own"))
    }
}

/// A stream that ends at once.
struct Silence;

impl Stream for Silence {
    type Item = Result<Event, Infallible>;

    fn poll_next(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        Poll::Ready(None)
    }
}

#[secure(authenticated)]
async fn events(_: Principal) -> Sse<impl Stream<Item = Result<Event, Infallible>>> {
    Sse::new(Silence).keep_alive(KeepAlive::default())
}

fn routes() -> SecureRouter {
    SecureRouter::new()
        .route("/events", get(events))
        .route("/nothing", get(nothing))
        .route("/opaque", get(opaque))
        .route("/question/{number}", get(with_question_mark))
        .route("/result/{number}", get(opaque_in_a_result))
        .route("/early/{number}", get(early))
        .route("/never/{number}", get(never))
        .route("/socket", get(socket))
        .route("/ours", any(socket_of_somebody))
        .route("/own", get(unnameable))
}

#[tokio::test]
async fn every_answer_is_the_handlers() {
    for (path, expected) in [
        ("/nothing", ""),
        ("/events", ""),
        ("/opaque", "*opaque*"),
        ("/question/5", "5"),
        ("/result/5", "<b>5</b>"),
        ("/early/5", "10"),
        ("/own", "own"),
    ] {
        assert_eq!(answer(routes(), path).await, expected, "{path}");
    }
}

#[tokio::test]
async fn question_marks_and_returns_leave_the_handler_only() {
    for (path, expected) in
        [("/question/five", 404), ("/question/0", 404), ("/result/6", 409), ("/early/0", 418), ("/never/402", 402)]
    {
        assert_eq!(status(routes(), path, "alice", &[]).await, expected, "{path}");
    }
    assert_eq!(send(routes(), as_nobody("/question/0")).await, (404, "missing".to_owned()));
}

#[tokio::test]
async fn what_is_no_upgrade_is_refused_by_the_extractor() {
    assert_eq!(status(routes(), "/socket", "alice", &[]).await, 400);
    assert_eq!(status(routes(), "/ours", "alice", &[]).await, 400);
}
