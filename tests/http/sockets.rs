//! The guard behind a real server: headers in odd casing, absurd lengths, pipelines, and lengths that lie.

use crate::support::{
    socket::{Connection, RawAnswer, serve},
    token::user,
};
use axum::Json;
use portcullis::{garde::Validate, prelude::*};
use serde::Deserialize;
use std::net::SocketAddr;

#[derive(Deserialize, Validate)]
struct Note {
    #[garde(length(chars, max = 10))]
    text: String,
}

#[secure(role = "user")]
async fn inside() -> &'static str {
    "inside"
}

#[secure(public = "anybody may")]
async fn open() -> &'static str {
    "opened"
}

#[secure(public = "anybody may", rate = "5/h")]
async fn probe() {}

#[secure(role = "user", body = "1 KiB")]
async fn write(Valid(Json(note)): Valid<Json<Note>>) -> String {
    note.text
}

#[secure(public = "anybody may", timeout = "200 ms")]
async fn hurried(Valid(Json(note)): Valid<Json<Note>>) -> String {
    note.text
}

async fn service() -> SocketAddr {
    let router = SecureRouter::new()
        .route("/inside", get(inside))
        .route("/open", get(open))
        .route("/probe", get(probe))
        .route("/write", post(write))
        .route("/hurried", post(hurried));
    serve(router).await
}

/// The answer to one request on a connection of its own.
fn one(address: SocketAddr, request: impl AsRef<[u8]>) -> RawAnswer {
    Connection::to(address).send(request).answer().expect("an answer")
}

fn get_inside(headers: &str) -> String {
    format!("GET /inside HTTP/1.1\r\nHost: localhost\r\n{headers}\r\n")
}

fn write_head(headers: &str) -> String {
    format!(
        "POST /write HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {}\r\nContent-Type: application/json\r\n{headers}\r\n",
        user("ann")
    )
}

#[tokio::test(flavor = "multi_thread")]
async fn it_serves() {
    let address = service().await;
    assert_eq!(one(address, get_inside(&format!("Authorization: Bearer {}\r\n", user("ann")))).body, "inside");
    let answer = one(address, get_inside(""));
    assert_eq!((answer.status, answer.header("www-authenticate")), (401, Some(r#"Bearer realm="api""#)));
}

#[tokio::test(flavor = "multi_thread")]
async fn two_authorization_headers_in_any_casing_are_400() {
    let address = service().await;
    let token = user("ann");
    for (first, second) in
        [("Authorization", "authorization"), ("AUTHORIZATION", "aUTHORIZATION"), ("authorization", "Authorization")]
    {
        let answer = one(address, get_inside(&format!("{first}: Bearer {token}\r\n{second}: Bearer {token}\r\n")));
        assert_eq!(
            (answer.status, answer.header("www-authenticate")),
            (400, Some(r#"Bearer realm="api", error="invalid_request""#))
        );
    }
    assert_eq!(one(address, get_inside(&format!("aUtHoRiZaTiOn: bEaReR {token}\r\n"))).status, 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn bytes_that_are_no_text_are_400() {
    let address = service().await;
    let request = b"GET /inside HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer \xff\xfe\xfd\r\n\r\n";
    assert_eq!(one(address, request).status, 400);
    for hostile in [
        "Authorization: Bearer a\0b\r\n",
        "Authorization : Bearer a\r\n",
        "Authorization: Bearer a\r\n b\r\n",
        "Authoriz\u{e4}tion: x\r\n",
    ] {
        assert_eq!(one(address, get_inside(hostile)).status, 400, "{hostile:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn headers_of_absurd_length_are_refused() {
    let address = service().await;
    for (length, statuses) in [(9_000, [401, 401]), (100_000, [401, 431]), (5_000_000, [431, 431])] {
        let answer = one(address, get_inside(&format!("Authorization: Bearer {}\r\n", "a".repeat(length))));
        assert!(statuses.contains(&answer.status), "{length}: {answer:?}");
    }
    let many = "Authorization: Bearer a\r\n".repeat(5_000);
    let answer = one(address, get_inside(&many));
    assert!([400, 431].contains(&answer.status), "{answer:?}");
    assert_eq!(one(address, "GET /open HTTP/1.1\r\nHost: localhost\r\n\r\n").status, 200, "and the service is still there");
}

#[tokio::test(flavor = "multi_thread")]
async fn pipelined_requests_are_each_guarded() {
    let address = service().await;
    let good = get_inside(&format!("Authorization: Bearer {}\r\n", user("ann")));
    let mut connection = Connection::to(address);
    connection.send([get_inside("").as_str(), &good, &get_inside("Authorization: Bearer forged\r\n"), &good].concat());
    let statuses: Vec<_> = (0..4).map(|_| connection.answer().unwrap().status).collect();
    assert_eq!(statuses, [401, 200, 401, 200]);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_body_of_a_refused_request_is_never_taken_for_a_request() {
    let address = service().await;
    let smuggled = "GET /open HTTP/1.1\r\nHost: localhost\r\n\r\n";
    for headers in ["", "Authorization: Bearer forged\r\n"] {
        let request =
            format!("POST /write HTTP/1.1\r\nHost: localhost\r\n{headers}Content-Length: {}\r\n\r\n{smuggled}", smuggled.len());
        let answers = Connection::to(address).send(request).send(get_inside("Connection: close\r\n")).rest();
        assert!(answers.starts_with("HTTP/1.1 401"), "{answers}");
        assert!(!answers.contains("opened"), "{answers}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refused_request_is_not_told_to_go_on() {
    let address = service().await;
    let head = "POST /write HTTP/1.1\r\nHost: localhost\r\nContent-Length: 20\r\nExpect: 100-continue\r\n\r\n";
    assert_eq!(one(address, head).status, 401, "and not 100");
    assert_eq!(one(address, write_head("Content-Length: 2000\r\nExpect: 100-continue\r\n")).status, 413);
    let mut connection = Connection::to(address);
    connection.send(write_head("Content-Length: 12\r\nExpect: 100-continue\r\n"));
    assert_eq!(connection.answer().unwrap().status, 100);
    assert_eq!(connection.send(r#"{"text":"x"}"#).answer().unwrap().body, "x");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_announced_length_is_judged_before_the_body_comes() {
    let address = service().await;
    for length in ["1025", "1000000000000"] {
        assert_eq!(one(address, write_head(&format!("Content-Length: {length}\r\n"))).status, 413, "{length}");
    }
    assert_eq!(one(address, write_head("Content-Length: 18446744073709551614\r\n")).status, 431, "by hyper");
    for length in ["-1", "1e3", "x", "99999999999999999999999999", "1, 2"] {
        assert_eq!(one(address, write_head(&format!("Content-Length: {length}\r\n"))).status, 400, "{length}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn chunks_beyond_the_bound_are_413() {
    let address = service().await;
    let chunk = format!("400\r\n{}\r\n", " ".repeat(0x400));
    let mut connection = Connection::to(address);
    connection.send(write_head("Transfer-Encoding: chunked\r\n")).send(&chunk).send(&chunk);
    assert_eq!(connection.answer().unwrap().status, 413);
    let small = "c\r\n{\"text\":\"x\"}\r\n0\r\n\r\n";
    assert_eq!(
        Connection::to(address).send(write_head("Transfer-Encoding: chunked\r\n")).send(small).answer().unwrap().body,
        "x"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_body_shorter_than_announced_is_never_a_500_and_a_longer_one_is_cut() {
    let address = service().await;
    let mut short = Connection::to(address);
    short.send(write_head("Content-Length: 500\r\n")).send(r#"{"text":"x"}"#).finish();
    let status = short.answer().map(|answer| answer.status);
    assert!(matches!(status, None | Some(400 | 408)), "{status:?}");
    let mut long = Connection::to(address);
    let answer = long.send(write_head("Content-Length: 12\r\n")).send(r#"{"text":"x"}, and more"#).answer().unwrap();
    assert_eq!((answer.status, answer.body.as_str()), (200, "x"));
    assert!(long.answer().is_none_or(|answer| answer.status == 400));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_body_that_does_not_come_in_time_is_408() {
    let address = service().await;
    let head = "POST /hurried HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n";
    for rest in ["Content-Length: 12\r\n\r\n{\"te", "Transfer-Encoding: chunked\r\n\r\n4\r\n{\"te\r\n"] {
        assert_eq!(one(address, format!("{head}{rest}")).status, 408);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_address_of_the_connection_is_what_limits_count() {
    let address = service().await;
    let statuses: Vec<_> = (0..6)
        .map(|host| one(address, format!("GET /probe HTTP/1.1\r\nHost: localhost\r\nX-Forwarded-For: 192.0.2.{host}\r\n\r\n")))
        .map(|answer| answer.status)
        .collect();
    assert_eq!(statuses, [200, 200, 200, 200, 200, 429]);
}

#[tokio::test(flavor = "multi_thread")]
async fn odd_request_targets_reach_no_other_handler() {
    let address = service().await;
    for target in [
        "//inside",
        "/inside/",
        "/INSIDE",
        "/./inside",
        "/x/../inside",
        "/inside;x",
        "/inside%20",
        "/%69nside",
        "/inside%00",
        "/\\inside",
        "*",
    ] {
        let answer = one(address, format!("GET {target} HTTP/1.1\r\nHost: localhost\r\n\r\n"));
        assert!([400, 404].contains(&answer.status), "{target}: {answer:?}");
    }
    for target in ["/inside?x", "/inside?access_token=a", "http://elsewhere.example/inside", "/inside#x"] {
        assert!(
            [400, 401].contains(&one(address, format!("GET {target} HTTP/1.1\r\nHost: localhost\r\n\r\n")).status),
            "{target}"
        );
    }
    assert_eq!(one(address, "GET /inside HTTP/1.0\r\n\r\n").status, 401);
}
