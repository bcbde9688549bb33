//! WebSockets and server-sent events: the guard stands before the upgrade and before the first event, as before any answer.

use crate::support::{
    Ask, Service,
    socket::{Connection, serve},
    token::{nobody, user},
};
use axum::{
    body::Body,
    extract::{
        WebSocketUpgrade,
        ws::{Message, WebSocket},
    },
    response::{IntoResponse, Response, Sse, sse::Event},
};
use futures_core::Stream;
use http_body_util::BodyExt;
use portcullis::prelude::*;
use std::{
    convert::Infallible,
    pin::Pin,
    task::{Context, Poll},
};
use tower::ServiceExt;

#[secure(role = "user", rate = "2/min", timeout = "1 s")]
async fn echo(principal: Principal, upgrade: WebSocketUpgrade) -> Response {
    upgrade.on_upgrade(async move |mut socket: WebSocket| {
        while let Some(Ok(Message::Text(text))) = socket.recv().await {
            let answer = format!("{}: {text}", principal.subject());
            if socket.send(Message::Text(answer.into())).await.is_err() {
                return;
            }
        }
    })
}

/// Three events, and then silence without an end.
struct Events(u8);

impl http_body::Body for Events {
    type Data = axum::body::Bytes;
    type Error = Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<http_body::Frame<Self::Data>, Infallible>>> {
        self.0 += 1;
        if self.0 > 3 {
            return Poll::Pending;
        }
        Poll::Ready(Some(Ok(http_body::Frame::data(format!("data: {}\n\n", self.0).into()))))
    }
}

#[secure(role = "user", timeout = "1 s")]
async fn events() -> impl IntoResponse {
    ([("content-type", "text/event-stream")], Body::new(Events(0)))
}

fn handshake(token: Option<&str>) -> String {
    let authorization = token.map_or_else(String::new, |token| format!("Authorization: Bearer {token}\r\n"));
    format!(
        "GET /echo HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n\
         Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n{authorization}\r\n"
    )
}

/// A text frame of a client, masked with zeros.
fn frame(text: &str) -> Vec<u8> {
    let mut frame = vec![0x81, 0x80 | u8::try_from(text.len()).unwrap(), 0, 0, 0, 0];
    frame.extend_from_slice(text.as_bytes());
    frame
}

#[tokio::test(flavor = "multi_thread")]
async fn a_websocket_opens_behind_the_guard_and_talks() {
    let address = serve(SecureRouter::new().route("/echo", any(echo))).await;
    let mut connection = Connection::to(address);
    let answer = connection.send(handshake(Some(&user("ann")))).answer().unwrap();
    assert_eq!(answer.status, 101, "{answer:?}");
    assert_eq!(answer.header("sec-websocket-accept"), Some("s3pPLMBiTxaQ9kYGzzhZRbK+xOo="));
    assert_eq!(answer.header("ratelimit"), Some(r#""2/min per principal";r=1;t=30"#));
    for text in ["hi", "still there"] {
        let expected = format!("ann: {text}");
        let bytes = connection.send(frame(text)).bytes(expected.len() + 2);
        assert_eq!(&bytes[2..], expected.as_bytes());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_websocket_without_leave_is_refused_before_the_upgrade() {
    let address = serve(SecureRouter::new().route("/echo", any(echo))).await;
    let status = |token: Option<&str>| Connection::to(address).send(handshake(token)).answer().unwrap().status;
    assert_eq!(status(None), 401);
    assert_eq!(status(Some("forged")), 401);
    assert_eq!(status(Some(&nobody("eve"))), 403);
    assert_eq!([status(Some(&user("ann"))), status(Some(&user("ann"))), status(Some(&user("ann")))], [101, 101, 429]);
}

#[tokio::test]
async fn a_request_that_is_no_upgrade_is_a_problem() {
    let service = Service::new(SecureRouter::new().route("/echo", any(echo)));
    service.send(Ask::get("/echo").bearer(&user("ann"))).await.is_denied(400, "rejected");
    service.send(Ask::get("/echo")).await.is_denied(401, "no-credentials");
}

#[tokio::test]
async fn events_come_behind_the_guard_with_its_headers() {
    let service = Service::new(SecureRouter::new().route("/events", get(events)));
    service.send(Ask::get("/events")).await.is_denied(401, "no-credentials");
    let answer = service.app.clone().oneshot(Ask::get("/events").bearer(&user("ann")).0).await.unwrap();
    assert_eq!(answer.status(), 200);
    assert_eq!(answer.headers()["content-type"], "text/event-stream");
    assert_eq!(answer.headers()["cache-control"], "no-store");
    assert_eq!(answer.headers()["x-content-type-options"], "nosniff");
    let mut body = answer.into_body();
    for number in 1..=3 {
        let frame = body.frame().await.unwrap().unwrap().into_data().unwrap();
        assert_eq!(frame, format!("data: {number}\n\n"));
    }
}

#[tokio::test(start_paused = true)]
async fn the_deadline_ends_at_the_head_of_the_answer_and_not_in_the_stream() {
    let service = Service::new(SecureRouter::new().route("/events", get(events)));
    let answer = service.app.clone().oneshot(Ask::get("/events").bearer(&user("ann")).0).await.unwrap();
    let mut body = answer.into_body();
    for _ in 0..3 {
        tokio::time::advance(std::time::Duration::from_secs(60)).await;
        body.frame().await.unwrap().unwrap();
    }
}

#[tokio::test]
async fn the_sse_of_axum_keeps_the_cache_control_that_it_sets() {
    #[secure(role = "user")]
    async fn sse() -> Sse<Once> {
        Sse::new(Once(Some(Event::default().data("one"))))
    }
    let service = Service::new(SecureRouter::new().route("/", get(sse)));
    let answer = service.send(Ask::get("/").bearer(&user("ann"))).await;
    assert_eq!(answer.is(200).text, "data: one\n\n");
    assert_eq!(answer.header("content-type"), Some("text/event-stream"));
    assert_eq!(answer.header("cache-control"), Some("no-cache"));
}

/// A stream of one event.
struct Once(Option<Event>);

impl Stream for Once {
    type Item = Result<Event, Infallible>;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        Poll::Ready(self.0.take().map(Ok))
    }
}
