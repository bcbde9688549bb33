//! Headers and cookies: twice, not text, too many, and those of others, which must not matter.

use super::errors;
use crate::support::{Answer, Ask, Service};
use portcullis::{Cookie, Header, garde::Validate, prelude::*};
use serde::Deserialize;

#[derive(Deserialize, Validate)]
struct Retry {
    #[garde(length(bytes, min = 4, max = 8), ascii)]
    idempotency_key: String,
    #[serde(rename = "X-Attempt", alias = "X-Try")]
    #[garde(range(max = 9))]
    x_attempt: Option<u8>,
}

#[derive(Deserialize, Validate)]
struct Settings {
    #[garde(length(bytes, equal = 2), ascii)]
    language: String,
    #[serde(default)]
    #[garde(range(max = 9))]
    zoom_level: u8,
}

#[derive(Deserialize, Validate)]
struct NoStruct(#[garde(length(max = 3))] Vec<String>);

#[secure(public = "anybody may")]
async fn retry(Valid(Header(retry)): Valid<Header<Retry>>) -> String {
    format!("{} {:?}", retry.idempotency_key, retry.x_attempt)
}

#[secure(public = "anybody may")]
async fn settings(Valid(Cookie(settings)): Valid<Cookie<Settings>>) -> String {
    format!("{} {}", settings.language, settings.zoom_level)
}

/// Behind a name, where nothing looks before the service starts.
type Renamed = Valid<Header<NoStruct>>;

#[secure(public = "anybody may")]
async fn no_struct(_: Renamed) {}

async fn send(path: &str, headers: &[(&str, &[u8])]) -> Answer {
    let router = SecureRouter::new().route("/retry", get(retry)).route("/settings", get(settings)).route("/none", get(no_struct));
    let ask = headers.iter().fold(Ask::get(path), |ask, (name, value)| ask.header(name, value));
    Service::new(router).send(ask).await
}

async fn cookies(cookies: &[&[u8]]) -> Answer {
    let headers: Vec<_> = cookies.iter().map(|value| ("cookie", *value)).collect();
    send("/settings", &headers).await
}

#[tokio::test]
async fn headers_are_read_by_the_names_that_the_type_declares() {
    assert_eq!(send("/retry", &[("idempotency-key", b"abcd")]).await.is(200).text, "abcd None");
    let answer =
        send("/retry", &[("Idempotency-Key", b"abcd"), ("x-attempt", b"3"), ("other", b"\xff"), ("other", b"\xff")]).await;
    assert_eq!(answer.is(200).text, "abcd Some(3)");
    assert_eq!(send("/retry", &[("idempotency-key", b"abcd"), ("x-try", b"3")]).await.is(200).text, "abcd Some(3)");
    // What a server before this one may have let pass, because it is another name to it.
    assert_eq!(errors(&send("/retry", &[("idempotency_key", b"abcd")]).await), ["#/idempotency-key required"]);
}

#[tokio::test]
async fn headers_that_are_bad() {
    let key: (&str, &[u8]) = ("idempotency-key", b"abcd");
    for (headers, places) in [
        (&[][..], &["#/idempotency-key required"][..]),
        (&[("idempotency-key", &b"hunter2 hunter2"[..])], &["#/idempotency-key length"]),
        (&[key, key], &["#/idempotency-key duplicate"]),
        (&[key, ("x-attempt", b"hunter2")], &["#/x-attempt type"]),
        (&[key, ("x-attempt", b"10")], &["#/x-attempt range"]),
        (&[key, ("x-attempt", b"1"), ("x-attempt", b"1")], &["#/x-attempt duplicate"]),
        (&[key, ("x-attempt", b"1"), ("x-try", b"1")], &["#/x-attempt duplicate"]),
        (&[("idempotency-key", "ü-ü-ü".as_bytes())], &["#/idempotency-key ascii"]),
    ] {
        let answer = send("/retry", headers).await;
        assert_eq!(errors(&answer), places, "{headers:?}");
        answer.does_not_echo("hunter2");
    }
    send("/retry", &[("idempotency-key", b"ab\xffd")]).await.is_denied(400, "malformed-input");
    send("/none", &[]).await.is_denied(500, "misconfigured");
}

#[tokio::test]
async fn cookies_are_read_by_the_names_that_the_type_declares() {
    for headers in [
        &[&b"language=de"[..]][..],
        &[b"theme=dark; language=de;zoom_level=0"],
        &[b"theme=dark", b"language=de"],
        &[b" ;; language = de ; "],
        // Those of others: no text, no name, a name twice, a name in other letters.
        &[b"a=\xff; language=de; \xff; =x; b; b=1; b=2; Language=xx; languages=xx"],
    ] {
        assert_eq!(cookies(headers).await.is(200).text, "de 0", "{headers:?}");
    }
    assert_eq!(cookies(&[b"language=de; zoom_level=7"]).await.is(200).text, "de 7");
}

#[tokio::test]
async fn cookies_that_are_bad() {
    for (headers, place) in [
        (&[][..], "#/language required"),
        (&[&b"language"[..]], "#/language required"),
        (&[b"language=\"de\""], "#/language length"),
        (&[b"language=hunter2"], "#/language length"),
        (&[b"language=de; zoom_level=hunter2"], "#/zoom_level type"),
        (&[b"language=de; language=de"], "#/language duplicate"),
        // A second one from another host of the site, in a header of its own.
        (&[b"language=de", b"language=fr"], "#/language duplicate"),
    ] {
        let answer = cookies(headers).await;
        assert_eq!(errors(&answer), [place], "{headers:?}");
        answer.does_not_echo("hunter2");
    }
    for bad in [&b"language=d\xff"[..], b"language=d\te"] {
        cookies(&[bad]).await.is_denied(400, "malformed-input");
    }
    let many = "a=b; ".repeat(1_000);
    cookies(&[many.as_bytes(), b"language=de"]).await.is_denied(400, "too-complex");
}
