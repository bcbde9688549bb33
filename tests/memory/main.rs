//! What bad input costs in memory, by an allocator that keeps count. In a program of its own, one request at a time, or the numbers would
//! be those of other tests, too.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    missing_debug_implementations,
    missing_docs,
    reason = "a test that panics has failed, which is what it is for"
)]

use axum::{
    Form, Json, Router,
    body::{Body, Bytes, HttpBody},
    http::Request,
};
use http_body::Frame;
use peak_alloc::PeakAlloc;
use portcullis::{
    garde::Validate,
    multipart::{Disk, Multipart, Upload, UploadRules},
    prelude::*,
};
use serde::Deserialize;
use std::{
    collections::BTreeMap,
    convert::Infallible,
    fs,
    path::Path,
    pin::Pin,
    task::{Context, Poll},
};
use tower::ServiceExt;

#[global_allocator]
static ALLOCATOR: PeakAlloc = PeakAlloc;

const KIB: usize = 1024;
const MIB: usize = 1024 * KIB;

struct Film;

impl UploadRules for Film {
    const MAX: u64 = 1 << 30;
    const TYPES: &'static [&'static str] = &["text/plain"];
    type Sink = Disk;
}

#[derive(Deserialize, Validate)]
#[garde(allow_unvalidated)]
struct Films {
    title: Option<String>,
    #[serde(default)]
    films: Vec<Upload<Film>>,
}

#[derive(Deserialize, Validate)]
#[serde(transparent)]
struct Anything(#[garde(skip)] BTreeMap<String, serde_json::Value>);

#[derive(Deserialize, Validate)]
#[serde(transparent)]
struct Words(#[garde(skip)] BTreeMap<String, String>);

#[secure(public = "anybody may", body = "48 MiB")]
async fn films(Valid(Multipart(films)): Valid<Multipart<Films>>) -> String {
    let sizes: Vec<_> = films.films.iter().map(Upload::size).collect();
    format!("{:?} {sizes:?}", films.title)
}

#[secure(public = "anybody may", body = "16 MiB")]
async fn json(Valid(Json(Anything(members))): Valid<Json<Anything>>) -> String {
    members.len().to_string()
}

#[secure(public = "anybody may", body = "16 MiB")]
async fn words(Valid(Form(Words(words))): Valid<Form<Words>>) -> String {
    words.len().to_string()
}

/// A body of a beginning, and then the same over and over, without a memory of its own.
struct Over {
    beginning: Option<Bytes>,
    again: Bytes,
    times: usize,
    ending: Option<Bytes>,
}

impl HttpBody for Over {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        let next = self.beginning.take().or_else(|| {
            self.times = self.times.checked_sub(1)?;
            Some(self.again.clone())
        });
        let next = next.or_else(|| self.ending.take());
        Poll::Ready(next.map(|bytes| Ok(Frame::data(bytes))))
    }
}

fn body(beginning: &'static str, again: impl Into<Bytes>, times: usize, ending: &'static str) -> Body {
    Body::new(Over { beginning: Some(beginning.into()), again: again.into(), times, ending: Some(ending.into()) })
}

/// Sends a body, and says with which status it was answered and what that took of memory at most, in bytes.
async fn cost(app: &Router, path: &str, kind: &str, body: Body) -> (u16, usize) {
    let request = Request::post(path).header("content-type", kind).body(body).unwrap();
    let before = ALLOCATOR.current_usage();
    ALLOCATOR.reset_peak_usage();
    let answer = app.clone().oneshot(request).await.unwrap();
    (answer.status().as_u16(), ALLOCATOR.peak_usage().saturating_sub(before))
}

fn files_in(folder: &Path) -> usize {
    fs::read_dir(folder).unwrap().count()
}

#[tokio::test]
async fn memory_is_bounded_and_no_file_is_left() {
    let folder = tempfile::tempdir().unwrap();
    tempfile::env::override_temp_dir(folder.path()).unwrap();
    let router = SecureRouter::new().route("/films", post(films)).route("/json", post(json)).route("/words", post(words));
    let app = router.secured_by(Security::builder(rule_book!()).without_authentication().build().unwrap()).unwrap();
    let multipart = "multipart/form-data; boundary=x";
    let film = "--x\r\nContent-Disposition: form-data; name=films; filename=film\r\n\r\n";
    let mebibyte = Bytes::from("a".repeat(MIB));
    let text = "--x\r\nContent-Disposition: form-data; name=title\r\n\r\n";

    for (what, body, status) in [
        ("a good one of 40 MiB", body(film, mebibyte.clone(), 40, "\r\n--x--\r\n"), 200),
        ("one that is cut off after 40 MiB", body(film, mebibyte.clone(), 40, ""), 400),
        ("one without end", body(film, mebibyte.clone(), 1_000, ""), 413),
        (
            "one with an undeclared part behind it",
            body(film, mebibyte.clone(), 30, "\r\n--x\r\nContent-Disposition: form-data; name=a\r\n\r\n"),
            422,
        ),
        ("a text without end", body(text, mebibyte.clone(), 1_000, ""), 413),
        ("a header without end", body("--x\r\nA: ", mebibyte.clone(), 1_000, ""), 400),
        ("a preamble without end", body("", mebibyte.clone(), 1_000, ""), 400),
        ("white space without end", body("--x", " ".repeat(MIB), 1_000, ""), 400),
        ("line breaks without end", body(film, "\r\n--".repeat(MIB / 4), 1_000, ""), 413),
        ("ten thousand parts", body("", format!("{film}a\r\n"), 10_000, "--x--\r\n"), 400),
        ("parts without end", body("", format!("{film}a\r\n"), 10_000_000, ""), 400),
    ] {
        let (answered, peak) = cost(&app, "/films", multipart, body).await;
        assert_eq!(answered, status, "{what}");
        assert!(peak < MIB, "{what}: {} KiB", peak / KIB);
        assert_eq!(files_in(folder.path()), 0, "{what}");
    }

    // A body that is read whole takes what it is long, and beside that no more than the document of 10,000 elements does, the most there are.
    let ten_megabytes = |piece: &str| Bytes::from(piece.repeat(10 * MIB / piece.len()));
    for (what, path, kind, bytes, status) in [
        ("brackets", "/json", "application/json", ten_megabytes("["), 400),
        ("objects", "/json", "application/json", ten_megabytes("{\"a\":"), 400),
        ("a wide list", "/json", "application/json", ten_megabytes("[0,0"), 400),
        ("strings", "/json", "application/json", Bytes::from(format!("{{\"a\":[{}\"\"]}}", "\"\",".repeat(3 * MIB))), 400),
        (
            "keys",
            "/json",
            "application/json",
            Bytes::from((0..700_000).fold("{".to_owned(), |keys, key| keys + &format!("\"{key}\":0,"))),
            400,
        ),
        ("pairs", "/words", "application/x-www-form-urlencoded", ten_megabytes("a=%41&"), 400),
    ] {
        let (answered, peak) = cost(&app, path, kind, Body::from(bytes)).await;
        assert_eq!(answered, status, "{what}");
        assert!(peak < 3 * MIB, "{what}: {} KiB", peak / KIB);
    }
}
