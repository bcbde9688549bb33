//! Forms, queries and paths: a hundred thousand pairs, names that are there twice, escapes that are none, NUL.

use super::errors;
use crate::support::{Answer, Ask, Service};
use axum::{
    Form,
    extract::{Path, Query},
};
use portcullis::{InputBounds, garde::Validate, prelude::*};
use serde::Deserialize;
use std::{
    collections::BTreeMap,
    time::{Duration, Instant},
};

#[derive(Deserialize, Validate)]
struct Search {
    #[garde(length(chars, max = 20))]
    text: String,
    #[serde(default, rename = "perPage")]
    #[garde(range(max = 100))]
    per_page: u8,
}

#[derive(Deserialize, Validate)]
#[serde(transparent)]
struct Anything(#[garde(skip)] BTreeMap<String, String>);

#[derive(Deserialize, Validate)]
struct Name(#[garde(length(chars, max = 5))] String);

#[secure(public = "anybody may")]
async fn search(Valid(Query(search)): Valid<Query<Search>>) -> String {
    format!("{} {}", search.text, search.per_page)
}

#[secure(public = "anybody may", body = "16 MiB")]
async fn save(Valid(Form(search)): Valid<Form<Search>>) -> String {
    format!("{} {}", search.text, search.per_page)
}

#[secure(public = "anybody may", body = "16 MiB")]
async fn anything(Valid(Form(Anything(pairs))): Valid<Form<Anything>>) -> String {
    pairs.len().to_string()
}

#[secure(public = "anybody may")]
async fn name(Valid(Path(Name(name))): Valid<Path<Name>>) -> String {
    name
}

fn router() -> SecureRouter {
    SecureRouter::new()
        .route("/search", get(search).post(save))
        .route("/anything", get(anything).post(anything))
        .route("/names/{name}", get(name))
}

/// The same words as a query, as a form in the body, and as the query of a form that is sent with GET.
async fn send(words: &str) -> [Answer; 2] {
    let service = Service::new(router());
    let form = Ask::post("/search").header("content-type", "application/x-www-form-urlencoded").body(words.to_owned());
    [service.send(Ask::get(&format!("/search?{words}"))).await, service.send(form).await]
}

async fn send_any(words: String) -> Answer {
    let form = Ask::post("/anything").header("content-type", "application/x-www-form-urlencoded").body(words);
    Service::new(router()).send(form).await
}

#[tokio::test]
async fn good_words_pass() {
    for answer in send("text=t%C3%A4a+x&perPage=7").await {
        assert_eq!(answer.is(200).text, "täa x 7");
    }
}

#[tokio::test]
async fn a_hundred_thousand_pairs() {
    let pairs = |count: usize| (0..count).map(|number| format!("k{number}=v")).collect::<Vec<_>>().join("&");
    assert_eq!(send_any(pairs(1_000)).await.is(200).text, "1000");
    for many in [pairs(1_001), pairs(100_000), "a&".repeat(100_000), "text=a&".repeat(100_000)] {
        send_any(many).await.is_denied(400, "too-complex");
    }
    // A URI has less room than a body, and is counted all the same.
    let query = format!("/anything?{}", "a&".repeat(20_000));
    Service::new(router()).send(Ask::get(&query)).await.is_denied(400, "too-complex");
    // Ampersands alone are no pairs, and cost no more than looking at them.
    assert_eq!(send_any("&".repeat(100_000)).await.is(200).text, "0");
}

#[tokio::test]
async fn a_hundred_thousand_pairs_are_not_decoded_before_they_are_refused() {
    let service = Service::new(router());
    let words = axum::body::Bytes::from("%41%42=%43&".repeat(1_000_000));
    let mut fastest = Duration::MAX;
    for _ in 0..5 {
        let form = Ask::post("/anything").header("content-type", "application/x-www-form-urlencoded").body(words.clone());
        let begin = Instant::now();
        let answer = service.send(form).await;
        fastest = fastest.min(begin.elapsed());
        answer.is_denied(400, "too-complex");
    }
    assert!(fastest < Duration::from_millis(2), "{fastest:?}");
}

#[tokio::test]
async fn a_name_that_is_there_twice() {
    for (words, place) in [
        ("text=a&text=b", "#/text duplicate"),
        ("text=a&te%78t=a", "#/text duplicate"),
        ("text=a&perPage=1&perPage=1", "#/perPage duplicate"),
        // What the type does not declare is the client's, and is not repeated a third time.
        ("text=a&hunter2=1&hunter2=2", "# duplicate"),
    ] {
        for answer in send(words).await {
            assert_eq!(errors(&answer), [place], "{words}");
            answer.does_not_echo("hunter2");
        }
    }
    assert_eq!(errors(&send_any("hunter2=1&hunter2=2".to_owned()).await), ["# duplicate"]);
}

#[tokio::test]
async fn escapes_that_are_none_and_nul() {
    for words in [
        "text=%",
        "text=%4",
        "text=%zz",
        "text=%ff",
        "text=%ED%A0%80",
        "text=%C0%80",
        "text=a%00",
        "te%00xt=a",
        "text=a&x=%u0041",
    ] {
        for answer in send(words).await {
            answer.is_denied(400, "malformed-input");
        }
    }
    for bytes in [&b"text=\xff"[..], b"text=a\0", b"\0=a"] {
        let form = Ask::post("/search").header("content-type", "application/x-www-form-urlencoded").body(bytes.to_vec());
        Service::new(router()).send(form).await.is_denied(400, "malformed-input");
    }
    for path in ["/names/%00", "/names/a%00b", "/names/%ff", "/names/%C0%80"] {
        Service::new(router()).send(Ask::get(path)).await.is_denied(400, "malformed-input");
    }
    assert_eq!(Service::new(router()).send(Ask::get("/names/%C3%A4")).await.is(200).text, "ä");
    assert_eq!(errors(&Service::new(router()).send(Ask::get("/names/hunter2")).await), ["#/name length"]);
}

#[tokio::test]
async fn a_word_of_ten_megabytes() {
    let form = |words: String| Ask::post("/search").header("content-type", "application/x-www-form-urlencoded").body(words);
    let service = Service::new(router());
    assert_eq!(errors(&service.send(form(format!("text={}", "x".repeat(10_000_000)))).await), ["#/text length"]);
    assert_eq!(errors(&service.send(form(format!("text=a&perPage={}", "9".repeat(10_000_000)))).await), ["#/perPage type"]);
    let unknown = service.send(form(format!("text=a&{}=1", "x".repeat(10_000_000)))).await;
    assert_eq!(unknown.is(200).text, "a 0");
}

#[tokio::test]
async fn the_bound_is_the_services() {
    let service = Service::with(router(), |security| security.input_bounds(InputBounds::default().pairs(2)));
    service.send(Ask::get("/search?text=a&perPage=1")).await.is(200);
    service.send(Ask::get("/search?text=a&perPage=1&more=1")).await.is_denied(400, "too-complex");
}
