//! Sources that nobody would write: whatever parses is looked at without a panic, however deep it goes.

use super::{check, found};
use std::thread;

/// Every construct that a rule looks at, once.
const EVERYTHING: &str = r##"
#![allow(unused)]
use axum::{Router as R, routing::{self, get as read, *}};
use portcullis::{prelude::*, jwt::{JwtKey, SigningKey}};
extern crate axum as web;
type App = R<()>;
const PASSWORD: &str = "hunter2-é"; static KEY: &[u8] = b"9f86d081884c7d659a2feaa0c55ad015";
// portcullis: allow(PC101, PC405) somebody looked
#[cfg_attr(not(test), secure(public = "x", rate("5/min", "9999999/s"), body = "1 GiB", timeout = "1 h"))]
#[allow(dead_code)]
pub async fn health(a: R, (b, c): (u8, u8)) -> Result<(), E> {
    let mut app: App = R::new().route("/", read(health).post(|| async {})).fallback(x)?.await;
    use std::env; let secret = env::var("SECRET").unwrap_or_else(|_| "x".into());
    JwtKey::hs256("short")?; SigningKey::hs256(KEY.to_vec()); builder.leeway(Duration::from_secs(60 * 60)).set("X-Frame-Options", "*");
    println!("{}", json!({ "url": "amqp://svc:Vq8-tN2x@queue.internal" }));
    router.merge_unsecured(plain(), "todo"); validation.validate_exp = false;
    Config { token: "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhbGljZSJ9.c2lnbmF0dXJl", ..x }
}
#[secure(role = "admin", when = a < b, allow(any(role = "x")), unvalidated = "é")]
async fn r#async() {}
mod tests { #[cfg(test)] mod inner { use super::*; fn f() { get(h) } } }
macro_rules! m { ($x:expr) => { JwtKey::hs256("short") } }
"##;

#[test]
fn no_truncated_source_panics() {
    let ends: Vec<usize> = EVERYTHING.char_indices().map(|(index, _)| index).collect();
    let looked_at = ends.iter().filter(|end| try_check(EVERYTHING.get(..**end).unwrap())).count();
    assert!(looked_at > 5, "some prefixes parse");
    assert!(found(EVERYTHING).len() >= 10);
}

#[test]
fn no_source_with_a_line_taken_out_or_doubled_panics() {
    let lines: Vec<&str> = EVERYTHING.lines().collect();
    for index in 0..lines.len() {
        let (mut without, mut doubled) = (lines.clone(), lines.clone());
        without.remove(index);
        doubled.insert(index, lines[index]);
        try_check(&without.join("\n"));
        try_check(&doubled.join("\r\n"));
    }
}

#[test]
fn no_source_with_a_token_taken_out_panics() {
    let tokens: Vec<&str> = EVERYTHING.split_inclusive(|c: char| !c.is_alphanumeric()).collect();
    for index in 0..tokens.len() {
        let mut rest = tokens.clone();
        rest.remove(index);
        try_check(&rest.concat());
    }
}

/// Looks at a source if it parses.
fn try_check(text: &str) -> bool {
    let parses = syn::parse_file(text).is_ok();
    if parses {
        check(text);
    }
    parses
}

#[test]
fn long_chains_and_deep_nests_are_followed_down() {
    let deep = |open: &str, middle: &str, close: &str, depth: usize| {
        format!("fn f() {{ let x = {}{middle}{}; }}", open.repeat(depth), close.repeat(depth))
    };
    let sources = [
        deep("(", "1", ")", 3_000),
        deep("!", "true", "", 3_000),
        deep("[", "1", "]", 3_000),
        deep("{", "1", "}", 3_000),
        deep("if x {} else ", "{}", "", 3_000),
        deep("", "axum::Router::new()", ".layer(x)", 3_000),
        deep("", "1", " + 1", 3_000),
        deep("|| ", "1", "", 3_000),
        format!("{}{}", "mod m {".repeat(1_000), "}".repeat(1_000)),
        format!("type X = {}u8{};", "Vec<".repeat(1_000), ">".repeat(1_000)),
        format!("#[cfg({}test{})] fn f() {{}}", "all(".repeat(1_000), ")".repeat(1_000)),
    ];
    // The program itself runs in a thread like this one.
    let run = move || sources.iter().for_each(|source| assert!(try_check(source), "{source:.60}"));
    thread::Builder::new().stack_size(1 << 30).spawn(run).unwrap().join().unwrap();
}
