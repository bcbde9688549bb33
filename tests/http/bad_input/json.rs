//! JSON: cut off, huge, deep, wide, with a key twice, with numbers and text that are none.

use super::errors;
use crate::support::{Answer, Ask, Service};
use axum::Json;
use portcullis::{InputBounds, Security, garde::Validate, prelude::*, rule_book};
use serde::Deserialize;
use std::{
    collections::BTreeMap,
    time::{Duration, Instant},
};

#[derive(Deserialize, Validate)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Order {
    #[garde(length(bytes, min = 1, max = 40))]
    item_name: String,
    #[garde(range(max = 100))]
    count: u64,
    #[serde(default)]
    #[garde(range(min = 0.0, max = 1.0))]
    discount: f64,
    #[serde(default)]
    #[garde(length(max = 10), dive)]
    gift_notes: Vec<Note>,
    #[serde(default)]
    #[garde(length(max = 10))]
    labels: BTreeMap<String, Label>,
}

#[derive(Deserialize, Validate)]
struct Note {
    #[garde(length(bytes, max = 40))]
    #[serde(rename = "noteText")]
    note_text: String,
}

#[derive(Deserialize, Validate)]
#[garde(allow_unvalidated)]
struct Label {
    #[expect(dead_code, reason = "only has to be read")]
    colour: u8,
}

#[secure(public = "anybody may", body = "16 MiB")]
async fn order(Valid(Json(order)): Valid<Json<Order>>) -> String {
    let notes: Vec<_> = order.gift_notes.iter().map(|note| note.note_text.as_str()).collect();
    format!("{} {} {} {notes:?} {}", order.item_name, order.count, order.discount, order.labels.len())
}

#[secure(public = "anybody may", body = "16 MiB")]
async fn anything(_: Valid<Json<Anything>>) {}

#[derive(Deserialize, Validate)]
struct Anything(
    #[garde(skip)]
    #[expect(dead_code, reason = "only has to be read")]
    serde_json::Value,
);

fn router() -> SecureRouter {
    SecureRouter::new().route("/orders", post(order)).route("/anything", post(anything))
}

async fn send(body: impl Into<axum::body::Body>) -> Answer {
    Service::new(router()).send(Ask::post("/orders").header("content-type", "application/json").body(body)).await
}

#[tokio::test]
async fn a_good_order_passes() {
    let answer = send(r#"{"itemName":"tea","count":2,"giftNotes":[{"noteText":"hi"}],"labels":{"a":{"colour":1}}}"#).await;
    assert_eq!(answer.is(200).text, r#"tea 2 0 ["hi"] 1"#);
}

#[tokio::test]
async fn truncated_at_any_byte() {
    let whole = r#"{"itemName":"t\u0065a","count":2.5e1,"giftNotes":[{"noteText":"ü"}],"labels":{}}"#;
    for end in 0..whole.len() {
        send(whole.as_bytes()[..end].to_vec()).await.is_denied(400, "malformed-input");
    }
}

#[tokio::test]
async fn ten_megabytes_of_brackets_are_a_400_in_no_time() {
    let service = Service::new(router());
    for open in ["[", "{\"a\":", "[{\"itemName\":"] {
        let body = axum::body::Bytes::from(open.repeat(10_000_000 / open.len()));
        // The first one warms up; the fastest of a few is what it takes, whatever else the machine does.
        let mut fastest = Duration::MAX;
        for path in ["/orders", "/anything", "/anything", "/orders", "/orders"] {
            let ask = Ask::post(path).header("content-type", "application/json").body(body.clone());
            let begin = Instant::now();
            let answer = service.send(ask).await;
            fastest = fastest.min(begin.elapsed());
            answer.is_denied(400, "too-complex");
        }
        assert!(fastest < Duration::from_millis(1), "{fastest:?} for {open}");
    }
}

#[tokio::test]
async fn ten_megabytes_of_anything() {
    let padded = format!(r#"{{"itemName":"tea",{}"count":2}}"#, " ".repeat(10_000_000));
    send(padded).await.is(200);
    let long = format!(r#"{{"itemName":"{}","count":2}}"#, "x".repeat(10_000_000));
    assert_eq!(errors(&send(long).await), ["#/itemName length"]);
    let wide = format!(r#"{{"itemName":"tea","count":2,"giftNotes":[{}0]}}"#, "0,".repeat(5_000_000));
    send(wide).await.is_denied(400, "too-complex");
    let keys: Vec<_> = (0..600_000).map(|key| format!("\"{key:09}\":0")).collect();
    send(format!("{{{}}}", keys.join(","))).await.is_denied(400, "too-complex");
    let digits = format!(r#"{{"itemName":"tea","count":{}}}"#, "9".repeat(10_000_000));
    send(digits).await.is_denied(400, "malformed-input");
}

#[tokio::test]
async fn a_depth_of_a_hundred_thousand() {
    for (open, close) in [("[", "]"), ("{\"a\":", "}"), ("{\"giftNotes\":[", "]}")] {
        let whole = format!("{}0{}", open.repeat(100_000), close.repeat(100_000));
        send(whole).await.is_denied(400, "too-complex");
    }
}

#[tokio::test]
async fn a_duplicate_key_is_refused_by_name_if_the_type_knows_it() {
    for (body, places) in [
        (r#"{"itemName":"tea","count":1,"count":2}"#, &["#/count duplicate"][..]),
        (r#"{"itemName":"tea","count":1,"co\u0075nt":1}"#, &["#/count duplicate"]),
        (r#"{"count":1,"count":1,"itemName":"tea","itemName":"tea","count":1}"#, &["#/count duplicate", "#/itemName duplicate"]),
        (
            r#"{"itemName":"tea","count":1,"giftNotes":[{"noteText":"a"},{"noteText":"a","noteText":"b"}]}"#,
            &["#/giftNotes/1/noteText duplicate"],
        ),
        // A key that the type does not declare, or that is the client's to choose, is not repeated a third time.
        (r#"{"itemName":"tea","count":1,"labels":{"hunter2":{"colour":1},"hunter2":{"colour":2}}}"#, &["#/labels duplicate"]),
        (r#"{"itemName":"tea","count":1,"labels":{"hunter2":{"colour":1,"colour":2}}}"#, &["#/labels duplicate"]),
        (r#"{"itemName":"tea","count":1,"hunter2":1,"hunter2":2}"#, &["# duplicate"]),
        // Where nobody looks, as serde skips what a type does not declare.
        (r#"{"itemName":"tea","count":1,"giftNotes":[{"noteText":"a","more":{"x":1,"x":2}}]}"#, &["#/giftNotes/0 duplicate"]),
        (r#"[{"a":1,"a":2}]"#, &["#/0 duplicate"]),
    ] {
        let answer = send(body).await;
        assert_eq!(errors(&answer), places, "{body}");
        answer.does_not_echo("hunter2");
    }
    let keys: Vec<_> = (0..4_000).map(|key| format!("\"{key}\":0,\"{key}\":1")).collect();
    let answer = send(format!(r#"{{"itemName":"tea","count":1,"labels":{{{}}}}}"#, keys.join(","))).await;
    assert_eq!(errors(&answer).len(), 100);
}

#[tokio::test]
async fn what_looks_like_json_and_is_not() {
    for number in ["NaN", "Infinity", "-Infinity", "nan", "1e400", "-1e400", "+1", "01", ".5", "1.", "0x10", "1_000", "--1", "1e"]
    {
        send(format!(r#"{{"itemName":"tea","count":1,"discount":{number}}}"#)).await.is_denied(400, "malformed-input");
    }
    for text in [r"\ud800", r"\udfff", r"\ud800\ud800", r"\ude00\ud83d", r"\ud83dx", r"\u12", r"\x41", r"\", "\0", "\u{1f}", "\n"]
    {
        send(format!(r#"{{"itemName":"{text}","count":1}}"#)).await.is_denied(400, "malformed-input");
        // In a value, a key and a list that nobody would look at.
        send(format!(r#"{{"itemName":"tea","count":1,"more":["{text}"]}}"#)).await.is_denied(400, "malformed-input");
        send(format!(r#"{{"itemName":"tea","count":1,"giftNotes":[{{"noteText":"","{text}":0}}]}}"#))
            .await
            .is_denied(400, "malformed-input");
    }
    let good = r#"{"itemName":"tea","count":1}"#;
    for body in [
        format!("\u{feff}{good}"),
        format!("{good}{good}"),
        format!("{good}\0"),
        format!("\0{good}"),
        format!("{good},"),
        format!("{good}]"),
        format!("{good}// more"),
        format!("[{good}"),
        String::new(),
        "\0".to_owned(),
    ] {
        send(body).await.is_denied(400, "malformed-input");
    }
    // UTF-16, UTF-32 and Latin-1 are not what JSON is exchanged in (RFC 8259 §8.1).
    let utf16: Vec<u8> = good.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let utf32: Vec<u8> = good.chars().flat_map(|character| u32::from(character).to_be_bytes()).collect();
    for body in [utf16, utf32, b"{\"itemName\":\"caf\xe9\",\"count\":1}".to_vec(), b"{\"itemName\":\"\xed\xa0\x80\"}".to_vec()] {
        send(body).await.is_denied(400, "malformed-input");
    }
}

#[tokio::test]
async fn numbers_beyond_what_the_type_holds() {
    let count = async |number: &str| send(format!(r#"{{"itemName":"tea","count":{number}}}"#)).await;
    for number in ["18446744073709551616", "-1", "1.5", "1e2", "-0.0", "99999999999999999999999999", "1e308"] {
        assert_eq!(errors(&count(number).await), ["#/count type"], "{number}");
    }
    assert_eq!(errors(&count("18446744073709551615").await), ["#/count range"]);
    let discount = async |number: &str| send(format!(r#"{{"itemName":"tea","count":1,"discount":{number}}}"#)).await;
    assert_eq!(errors(&discount("1.7976931348623157e308").await), ["#/discount range"]);
    discount("1.8e308").await.is_denied(400, "malformed-input");
    discount("1e-400").await.is(200);
}

#[tokio::test]
async fn a_media_type_that_is_refused_comes_with_the_one_that_is_taken() {
    let answer = Service::new(router()).send(Ask::post("/orders").header("content-type", "text/json").body("{}")).await;
    answer.is_denied(415, "unsupported-media-type");
    assert_eq!(answer.header("accept"), Some("application/json"));
}

#[tokio::test]
async fn the_bounds_are_the_services_and_those_that_make_no_sense_keep_it_from_starting() {
    let service = Service::with(router(), |security| security.input_bounds(InputBounds::default().depth(2).elements(3)));
    let send = async |body: &str| service.send(Ask::post("/anything").json(body)).await;
    send("[[1,2]]").await.is(200);
    send("[[1,2,3]]").await.is_denied(400, "too-complex");
    send("[[[]]]").await.is_denied(400, "too-complex");
    let build = |bounds| Security::builder(rule_book!()).without_authentication().input_bounds(bounds).build();
    for bounds in [InputBounds::default().depth(127), InputBounds::default().depth(0), InputBounds::default().elements(0)] {
        assert!(build(bounds).unwrap_err().to_string().contains("input_bounds"));
    }
}
