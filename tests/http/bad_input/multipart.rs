//! Forms in parts: without end, with ten thousand parts, cut off, too large, of another type, with paths for names.

use super::errors;
use crate::support::{
    Answer, Ask, Service,
    body::{endless, in_pieces, unannounced, untouchable},
};
use axum::{
    Json,
    body::{Body, Bytes},
};
use portcullis::{
    garde::Validate,
    multipart::{Disk, Multipart, Sink, Upload, UploadRules},
    prelude::*,
};
use serde::Deserialize;
use std::{
    io,
    sync::atomic::{AtomicUsize, Ordering},
};

const PNG: &str = "\u{1}PNG";

/// The picture: a PNG, or a text to make tests readable.
struct Picture;

impl UploadRules for Picture {
    const MAX: u64 = 1_000;
    const TYPES: &'static [&'static str] = &["image/png", "text/plain"];
    type Sink = Disk;
}

struct Paper;

impl UploadRules for Paper {
    const MAX: u64 = 100_000;
    const TYPES: &'static [&'static str] = &["application/pdf"];
    type Sink = Disk;
}

#[derive(Deserialize, Validate)]
struct Profile {
    #[garde(length(chars, max = 10))]
    name: String,
    #[garde(skip)]
    picture: Option<Upload<Picture>>,
    #[serde(default, rename = "allPapers")]
    #[garde(length(max = 2))]
    all_papers: Vec<Upload<Paper>>,
}

#[secure(public = "anybody may", body = "16 MiB")]
async fn save(Valid(Multipart(profile)): Valid<Multipart<Profile>>) -> String {
    let picture = profile.picture.map(|picture| {
        let content = std::fs::read(picture.sink().path()).unwrap();
        assert_eq!(content.len() as u64, picture.size());
        let shown = format!("{} {:?} {:?}", picture.media_type(), picture.file_name(), String::from_utf8_lossy(&content));
        let path = picture.sink().path().to_owned();
        assert!(!path.to_string_lossy().contains("file"), "{path:?} has something of the client's");
        drop(picture);
        assert!(!path.exists(), "what is not kept is removed");
        shown
    });
    format!("{} {picture:?} {}", profile.name, profile.all_papers.len())
}

#[secure(public = "anybody may", body = "1 kB")]
async fn small(_: Valid<Multipart<Profile>>) {}

#[secure(public = "anybody may")]
async fn json(_: Valid<Json<Profile>>) {}

fn router() -> SecureRouter {
    SecureRouter::new().route("/save", post(save)).route("/small", post(small)).route("/json", post(json))
}

async fn send_to(path: &str, body: impl Into<Body>) -> Answer {
    let ask = Ask::post(path).header("content-type", "multipart/form-data; boundary=x").body(body);
    Service::new(router()).send(ask).await
}

async fn send(body: impl Into<Body>) -> Answer {
    send_to("/save", body).await
}

fn part(disposition: &str, content: &str) -> String {
    format!("--x\r\nContent-Disposition: form-data; {disposition}\r\n\r\n{content}\r\n")
}

fn form(parts: &[String]) -> String {
    format!("{}--x--\r\n", parts.concat())
}

fn name() -> String {
    part("name=\"name\"", "Ann")
}

fn picture(content: &str) -> String {
    part("name=\"picture\"; filename=\"file.txt\"", content)
}

#[tokio::test]
async fn a_good_form_passes_however_it_is_cut() {
    let whole = form(&[
        name(),
        picture("hello\r\n--not the boundary\r\n-"),
        part("name=allPapers", "%PDF-1"),
        part("name=allPapers", "%PDF-2"),
    ]);
    for size in [1, 2, 7, 64, whole.len()] {
        let answer = send(in_pieces(whole.clone(), size)).await;
        let expected = r#"Ann Some("text/plain Some(\"file.txt\") \"hello\\r\\n--not the boundary\\r\\n-\"") 2"#;
        assert_eq!(answer.is(200).text, expected, "in pieces of {size}");
    }
    assert_eq!(send(form(&[name()])).await.is(200).text, "Ann None 0");
    // How a browser says that no file was chosen.
    assert_eq!(send(form(&[name(), part("name=picture; filename=\"\"", "")])).await.is(200).text, "Ann None 0");
    // Whoever sends one file of several sends a list.
    assert_eq!(send(form(&[name(), part("name=allPapers", "%PDF-1")])).await.is(200).text, "Ann None 1");
    // A text that looks like a ticket is a text.
    assert!(send(form(&[name(), part("name=picture", "0")])).await.is(200).text.contains("text/plain None"));
}

#[tokio::test]
async fn cut_off_at_any_byte() {
    let whole = form(&[name(), picture("hello")]);
    for end in 0..whole.len() - "\r\n".len() {
        send(whole.as_bytes()[..end].to_vec()).await.is_denied(400, "malformed-input");
    }
}

#[tokio::test]
async fn without_end() {
    // Of parts, of a header, of a first line, of white space behind a boundary, of a text, of a file.
    let much = |piece: &str| piece.repeat(15 * 1024 * 1024 / piece.len());
    let open = |disposition: &str| format!("--x\r\nContent-Disposition: form-data; {disposition}\r\n\r\n");
    send(unannounced(format!("{}{}", name(), much(&picture("a"))))).await.is_denied(400, "too-complex");
    send(unannounced(much(&part("name=allPapers", "%PDF-")))).await.is_denied(400, "too-complex");
    send(unannounced(format!("--x\r\nContent-Disposition: {}", much("a")))).await.is_denied(400, "malformed-input");
    send(unannounced(format!("--x\r\n{}", much("A: b\r\n")))).await.is_denied(400, "malformed-input");
    send(unannounced(much("a"))).await.is_denied(400, "malformed-input");
    send(unannounced(format!("--x{}", much(" ")))).await.is_denied(400, "malformed-input");
    send(unannounced(open("name=name") + &much("a"))).await.is_denied(413, "body-too-large");
    let answer = send(unannounced(open("name=picture") + &much("a"))).await;
    assert_eq!(errors(&answer), ["#/picture too_large"]);
    let answer = send(unannounced(open("name=allPapers") + "%PDF-" + &much("\r\n-"))).await;
    assert_eq!(errors(&answer), ["#/allPapers too_large"]);
    send_to("/small", unannounced(much("a"))).await.is_denied(413, "body-too-large");
    send_to("/small", unannounced(open("name=allPapers") + "%PDF-" + &much("a"))).await.is_denied(413, "body-too-large");
}

#[tokio::test]
async fn ten_thousand_parts() {
    let papers = |count: usize| form(&[name(), part("name=allPapers", "%PDF-").repeat(count)]);
    send(papers(10_000)).await.is_denied(400, "too-complex");
    send(papers(100)).await.is_denied(400, "too-complex");
    assert_eq!(errors(&send(papers(99)).await), ["#/allPapers length"]);
}

#[tokio::test]
async fn what_no_field_or_another_kind_of_field_takes() {
    for (parts, place) in [
        (vec![name(), part("name=hunter2", "x")], "# unknown_field"),
        (vec![name(), part("name=\"../../etc/passwd\"", "x")], "# unknown_field"),
        (vec![name(), part("name=all_papers", "%PDF-")], "# unknown_field"),
        (vec![name(), name()], "#/name duplicate"),
        (vec![name(), picture("a"), picture("b")], "#/picture type"),
        (vec![picture("a")], "#/name required"),
        (vec![part("name=name; filename=a.txt", "Ann")], "#/name type"),
        (vec![part("name=name", "hunter2 hunter2")], "#/name length"),
        (vec![name(), part("name=allPapers; filename=a.pdf", "hunter2")], "#/allPapers media_type"),
        (vec![name(), part("name=allPapers", "%PDF-").repeat(3)], "#/allPapers length"),
        (vec![name(), picture("<!DOCTYPE html><script>hunter2</script>")], "#/picture media_type"),
        (vec![name(), picture("hunter2\0")], "#/picture media_type"),
        (vec![name(), picture(PNG)], "#/picture media_type"),
    ] {
        let answer = send(form(&parts)).await;
        assert_eq!(errors(&answer), [place], "{parts:?}");
        answer.does_not_echo("hunter2");
        answer.does_not_echo("passwd");
    }
}

#[tokio::test]
async fn the_bound_of_a_file_is_exact_and_its_type_is_what_it_begins_with() {
    send(form(&[name(), picture(&"a".repeat(1_000))])).await.is(200);
    assert_eq!(errors(&send(form(&[name(), picture(&"a".repeat(1_001))])).await), ["#/picture too_large"]);
    let mut png =
        b"--x\r\nContent-Disposition: form-data; name=picture; filename=\"a.txt\"\r\nContent-Type: text/html\r\n\r\n".to_vec();
    png.extend_from_slice(b"\x89PNG\r\n\x1a\n\0\xff\r\n");
    png.extend_from_slice(form(&[name()]).as_bytes());
    assert!(send(png).await.is(200).text.contains("image/png"));
}

#[tokio::test]
async fn paths_for_names() {
    for (sent, shown) in [
        ("../../file", "Some(\\\"file\\\")"),
        ("/etc/file", "Some(\\\"file\\\")"),
        ("C:\\\\windows\\\\file", "Some(\\\"file\\\")"),
        ("..", "None"),
        ("con", "None"),
        (".file", "Some(\\\"file\\\")"),
    ] {
        let answer = send(form(&[name(), part(&format!("name=picture; filename=\"{sent}\""), "hello")])).await;
        assert!(answer.is(200).text.contains(shown), "{sent}: {}", answer.text);
    }
}

#[tokio::test]
async fn what_is_no_form() {
    let send_as = async |kind: &str, body: Body| {
        Service::new(router()).send(Ask::post("/save").header("content-type", kind).body(body)).await
    };
    for other in
        ["multipart/mixed; boundary=x", "application/json", "text/plain", "multipart/form-data; boundary=x; charset=latin1", ""]
    {
        let answer = send_as(other, untouchable()).await;
        answer.is_denied(415, "unsupported-media-type");
        assert_eq!(answer.header("accept"), Some("multipart/form-data"));
    }
    let long = format!("multipart/form-data; boundary={}", "x".repeat(71));
    for bad in ["multipart/form-data", "multipart/form-data; boundary=", "multipart/form-data; boundary=\"\"", &long] {
        send_as(bad, untouchable()).await.is(if bad.ends_with('=') { 415 } else { 400 });
    }
    for bad in [
        String::new(),
        "--y--\r\n".to_owned(),
        "--x\r\n\r\nAnn\r\n--x--\r\n".to_owned(),
        "--x\r\nContent-Disposition: attachment; name=name\r\n\r\nAnn\r\n--x--\r\n".to_owned(),
        "--x\r\nContent-Disposition: form-data\r\n\r\nAnn\r\n--x--\r\n".to_owned(),
        "--x\r\nContent Disposition form-data\r\n\r\nAnn\r\n--x--\r\n".to_owned(),
        format!("--x\r\n{}Content-Disposition: form-data; name=name\r\n\r\nAnn\r\n--x--\r\n", "A: b\r\n".repeat(40)),
        form(&[part("name=name", "A\0nn")]),
    ] {
        send(bad.clone()).await.is_denied(400, "malformed-input");
    }
    send(b"--x\r\nContent-Disposition: form-data; name=name\r\n\r\n\xff\r\n--x--\r\n".to_vec())
        .await
        .is_denied(400, "malformed-input");
}

#[tokio::test]
async fn no_other_input_can_name_a_file() {
    for body in [
        r#"{"name":"Ann","picture":0}"#,
        r#"{"name":"Ann","picture":{"$portcullis::multipart::Upload":0}}"#,
        r#"{"name":"Ann","picture":[0]}"#,
        r#"{"name":"Ann","picture":"0"}"#,
    ] {
        let answer = Service::new(router()).send(Ask::post("/json").json(body)).await;
        assert_eq!(errors(&answer), ["#/picture type"], "{body}");
    }
}

/// A sink that counts how many of it there are.
struct Counted;

static OPENED: AtomicUsize = AtomicUsize::new(0);
static LEFT: AtomicUsize = AtomicUsize::new(0);

impl Drop for Counted {
    fn drop(&mut self) {
        LEFT.fetch_sub(1, Ordering::SeqCst);
    }
}

impl Sink for Counted {
    async fn open() -> io::Result<Self> {
        OPENED.fetch_add(1, Ordering::SeqCst);
        LEFT.fetch_add(1, Ordering::SeqCst);
        Ok(Self)
    }

    async fn write(&mut self, chunk: Bytes) -> io::Result<()> {
        if chunk.starts_with(b"full") { Err(io::Error::other("hunter2 is full")) } else { Ok(()) }
    }

    async fn finish(&mut self) -> io::Result<()> {
        Ok(())
    }
}

struct Counts;

impl UploadRules for Counts {
    const MAX: u64 = 100;
    const TYPES: &'static [&'static str] = &["text/plain"];
    type Sink = Counted;
}

#[derive(Deserialize, Validate)]
struct Document {
    #[garde(length(chars, max = 5))]
    title: String,
    #[garde(skip)]
    file: Upload<Counts>,
}

#[secure(public = "anybody may", timeout = "1 s")]
async fn document(Valid(Multipart(document)): Valid<Multipart<Document>>) -> String {
    assert_eq!(LEFT.load(Ordering::SeqCst), 1);
    let sink = document.file.into_sink();
    format!("{} {}", document.title, sink.is_some())
}

#[tokio::test(start_paused = true)]
async fn nothing_stays_of_a_form_that_is_refused_broken_off_or_too_late() {
    let service = Service::new(SecureRouter::new().route("/", post(document)));
    let send = async |body: Body| {
        service.send(Ask::post("/").header("content-type", "multipart/form-data; boundary=x").body(body)).await
    };
    let file = |content: &str| part("name=file; filename=a.txt", content);
    let title = |title: &str| part("name=title", title);
    let mut opened = 0;
    let mut check = |so_far: &str| {
        opened += 1;
        assert_eq!((OPENED.load(Ordering::SeqCst), LEFT.load(Ordering::SeqCst)), (opened, 0), "{so_far}");
    };
    assert_eq!(send(form(&[file("hello"), title("Tea")]).into()).await.is(200).text, "Tea true");
    check("a good one");
    assert_eq!(errors(&send(form(&[file("hello"), title("hunter2")]).into()).await), ["#/title length"]);
    check("another part breaks its length");
    assert_eq!(errors(&send(form(&[file("hello")]).into()).await), ["#/title required"]);
    check("another part is missing");
    send((file("hello") + "--x").into()).await.is_denied(400, "malformed-input");
    check("cut off behind the file");
    let cut = format!("--x\r\nContent-Disposition: form-data; name=file\r\n\r\n{}", "a".repeat(90));
    send(cut.clone().into()).await.is_denied(400, "malformed-input");
    // Nothing of the file was known to be of its type, as its beginning is not whole: it was not opened.
    send(endless(file("hello") + "--x")).await.is_denied(408, "body-too-slow");
    check("never ends");
    let answer = send(form(&[title("Tea"), file("full")]).into()).await;
    answer.is_denied(500, "misconfigured");
    answer.does_not_echo("hunter2");
    check("the sink is full");
}

#[derive(Input)]
struct Paperwork {
    #[garde(length(chars, max = 5))]
    title: String,
    #[garde(length(max = 2))]
    papers: Vec<Upload<Paper>>,
}

#[secure(public = "anybody may")]
async fn paperwork(Valid(Multipart(paperwork)): Valid<Multipart<Paperwork>>) -> String {
    format!("{} {}", paperwork.title, paperwork.papers.len())
}

#[tokio::test]
async fn an_input_type_can_have_files() {
    let service = Service::new(SecureRouter::new().route("/", post(paperwork)));
    let paper = part("name=papers; filename=a.pdf", "%PDF-");
    let send = async |title: &str, papers: usize| {
        let body = form(&[part("name=title", title), paper.repeat(papers)]);
        service.send(Ask::post("/").header("content-type", "multipart/form-data; boundary=x").body(body)).await
    };
    assert_eq!(send("Tea", 1).await.is(200).text, "Tea 1");
    assert_eq!(send("Tea", 2).await.is(200).text, "Tea 2");
    for (title, papers, places) in [
        ("hunter2", 1, &["#/title length"][..]),
        ("hunter2", 3, &["#/papers length", "#/title length"]),
        ("Tea", 0, &["#/papers required"]),
    ] {
        let answer = send(title, papers).await;
        assert_eq!(errors(&answer), places);
        answer.does_not_echo("hunter2");
    }
}
