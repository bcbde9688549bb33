//! Which refusal an input gets: 415, 413, 400 or 422, and with what.

use super::{details, form, form_request, json, json_request, places, query};
use crate::{Denial, guard::BodyBound, validate::Valid};
use axum::{
    Form, Json,
    body::Body,
    extract::{FromRequest, Request},
};
use garde::Validate;
use http_body_util::Limited;
use serde::Deserialize;

#[derive(Clone, Debug, Deserialize, PartialEq, Validate)]
#[serde(deny_unknown_fields)]
struct User {
    #[garde(length(chars, min = 3, max = 5), ascii)]
    name: String,
    #[garde(range(max = 150))]
    age: u8,
    #[serde(default)]
    #[garde(skip)]
    colour: Option<Colour>,
}

#[derive(Clone, Debug, Deserialize, PartialEq)]
#[serde(rename_all = "lowercase")]
enum Colour {
    Red,
    Blue,
}

#[tokio::test]
async fn a_good_input_is_the_value() {
    let user = || User { name: "alice".to_owned(), age: 42, colour: Some(Colour::Red) };
    assert_eq!(json(r#"{"name":"alice","age":42,"colour":"red"}"#).await, Ok(user()));
    assert_eq!(form("name=alice&age=42&colour=red").await, Ok(user()));
    assert_eq!(query("name=alice&age=42&colour=red").await, Ok(user()));
    let get = Request::get("/?name=alice&age=42&colour=red").body(Body::empty()).unwrap();
    assert_eq!(Valid::<Form<User>>::from_request(get, &()).await.unwrap().0.0, user());
}

#[tokio::test]
async fn boundaries_of_the_rules_are_within() {
    for (body, good) in [
        (r#"{"name":"abc","age":0}"#, true),
        (r#"{"name":"abcde","age":150}"#, true),
        (r#"{"name":"ab","age":0}"#, false),
        (r#"{"name":"abcdef","age":0}"#, false),
        (r#"{"name":"abc","age":151}"#, false),
        (r#"{"name":"abc","age":256}"#, false),
        (r#"{"name":"abc","age":-1}"#, false),
    ] {
        assert_eq!(json::<User>(body).await.is_ok(), good, "{body}");
    }
}

/// A body that fails the test when it is read.
fn untouchable() -> Body {
    struct Untouchable;
    impl http_body::Body for Untouchable {
        type Data = bytes::Bytes;
        type Error = std::io::Error;

        fn poll_frame(
            self: std::pin::Pin<&mut Self>,
            _: &mut std::task::Context<'_>,
        ) -> std::task::Poll<Option<Result<http_body::Frame<Self::Data>, Self::Error>>> {
            panic!("the body is read");
        }
    }
    Body::new(Untouchable)
}

#[tokio::test]
async fn the_media_type_is_refused_before_the_body_is_read() {
    let request = |value: &'static str| Request::post("/").header("content-type", value).body(untouchable()).unwrap();
    let refusal = Valid::<Json<User>>::from_request(request("text/plain"), &()).await.unwrap_err();
    assert_eq!(refusal, Denial::UnsupportedMediaType { expected: "application/json" });
    let refusal = Valid::<Form<User>>::from_request(request("application/json"), &()).await.unwrap_err();
    assert_eq!(refusal, Denial::UnsupportedMediaType { expected: "application/x-www-form-urlencoded" });
    let none = Request::post("/").body(untouchable()).unwrap();
    assert_eq!(Valid::<Json<User>>::from_request(none, &()).await.unwrap_err().status(), 415);
}

#[tokio::test]
async fn a_body_over_the_bound_is_413_with_the_bound() {
    let bounded = |mut request: Request| {
        request.extensions_mut().insert(BodyBound(7));
        request.map(|body| Body::new(Limited::new(body, 7)))
    };
    let refusal = Valid::<Json<User>>::from_request(bounded(json_request(" ".repeat(8))), &()).await.unwrap_err();
    assert_eq!(refusal, Denial::BodyTooLarge { limit: 7 });
    let refusal = Valid::<Form<User>>::from_request(bounded(form_request("a".repeat(8))), &()).await.unwrap_err();
    assert_eq!(refusal, Denial::BodyTooLarge { limit: 7 });
    let within = Valid::<Json<User>>::from_request(bounded(json_request(" ".repeat(7))), &()).await.unwrap_err();
    assert_eq!(within, Denial::MalformedInput);
}

#[tokio::test]
async fn outside_the_guard_the_bound_is_that_of_axum() {
    const LIMIT: usize = 2 * 1024 * 1024;
    assert_eq!(json::<User>(" ".repeat(LIMIT)).await, Err(Denial::MalformedInput));
    assert_eq!(json::<User>(" ".repeat(LIMIT + 1)).await, Err(Denial::BodyTooLarge { limit: LIMIT as u64 }));
}

#[tokio::test]
async fn a_body_that_fails_with_a_denial_is_refused_with_it() {
    struct Failing(Option<Denial>);
    impl http_body::Body for Failing {
        type Data = bytes::Bytes;
        type Error = axum::BoxError;

        fn poll_frame(
            mut self: std::pin::Pin<&mut Self>,
            _: &mut std::task::Context<'_>,
        ) -> std::task::Poll<Option<Result<http_body::Frame<Self::Data>, Self::Error>>> {
            let error = self.0.take().map_or_else(|| "reset by peer".into(), axum::BoxError::from);
            std::task::Poll::Ready(Some(Err(error)))
        }
    }
    let outcome = json::<User>(Body::new(Failing(Some(Denial::BodyTooSlow)))).await;
    assert_eq!(outcome, Err(Denial::BodyTooSlow));
    assert_eq!(json::<User>(Body::new(Failing(None))).await, Err(Denial::MalformedInput));
}

#[tokio::test]
async fn what_is_not_json_is_400() {
    for body in [
        "",
        " ",
        "{",
        "nul",
        r#"{"name":"alice","age":42}}"#,
        r#"{"name":"alice","age":42} x"#,
        r#"{"name":"alice","age":42,}"#,
        r#"{"name":"al"#,
        r#"{'name':'alice'}"#,
        "\u{feff}{}",
        r#"{"name":"\ud800","age":1}"#,
        // Malformed is malformed, also behind a value of the wrong type.
        r#"{"name":7,"age":"#,
    ] {
        assert_eq!(json::<User>(body).await, Err(Denial::MalformedInput), "{body}");
    }
    assert_eq!(json::<User>(b"{\"name\":\"\xff\"}".to_vec()).await, Err(Denial::MalformedInput));
}

#[tokio::test]
async fn bad_utf8_is_400_even_where_nobody_looks() {
    #[derive(Debug, Deserialize, PartialEq, Validate)]
    struct Anything {}

    assert_eq!(json::<Anything>(b"{\"ignored\":\"\xff\"}".to_vec()).await, Err(Denial::MalformedInput));
    assert_eq!(form::<Anything>("ignored=%ff").await, Err(Denial::MalformedInput));
    assert_eq!(query::<Anything>("ignored=%zz").await, Err(Denial::MalformedInput));
}

#[tokio::test]
async fn depth_is_bounded() {
    #[derive(Debug, Deserialize, PartialEq, Validate)]
    struct Anything(#[garde(skip)] serde_json::Value);

    let too_deep = Denial::TooComplex { of: "levels", limit: 32 };
    for open in ["[", "{\"a\":", "[{\"a\":"] {
        assert_eq!(json::<Anything>(open.repeat(100_000)).await.unwrap_err(), too_deep);
        assert_eq!(json::<User>(open.repeat(100_000)).await.unwrap_err(), too_deep);
    }
    let nest = |levels: usize| format!("{}{}", "[".repeat(levels), "]".repeat(levels));
    assert_eq!(json::<Anything>(nest(100_000)).await.unwrap_err(), too_deep);
    assert_eq!(json::<Anything>(nest(33)).await.unwrap_err(), too_deep);
    assert!(json::<Anything>(nest(32)).await.is_ok());
}

#[tokio::test]
async fn what_does_not_fit_the_type_is_422_with_its_kind_and_place() {
    for (body, place, detail) in [
        (r#"{"name":"alice"}"#, "#/age required", "this field is required"),
        (r#"{"name":"alice","age":"7"}"#, "#/age type", "expected an integer from 0 to 255"),
        (r#"{"name":"alice","age":256}"#, "#/age type", "expected an integer from 0 to 255"),
        (r#"{"name":"alice","age":1.5}"#, "#/age type", "expected an integer from 0 to 255"),
        (r#"{"name":null,"age":1}"#, "#/name type", "expected a string"),
        (r#"{"name":"alice","age":1,"age":2}"#, "#/age duplicate", "this field is given more than once"),
        (r#"{"name":"alice","age":1,"colour":"green"}"#, "#/colour type", "expected one of `red` and `blue`"),
        (r#"{"name":"alice","age":1,"colour":{"green":1}}"#, "#/colour type", "expected one of `red` and `blue`"),
        (r#"{"name":"alice","age":1,"colour":{"red":1}}"#, "#/colour type", "this variant has no content"),
        (
            r#"{"name":"alice","age":1,"is_admin":true}"#,
            "# unknown_field",
            "has a field that is not declared; the declared ones are `name`, `age` and `colour`",
        ),
        ("7", "# type", "expected an object"),
        ("null", "# type", "expected an object"),
        (r#"["alice",7,null,0]"#, "# type", "has more elements than are taken here"),
        (r#"["alice","x"]"#, "#/1 type", "expected an integer from 0 to 255"),
    ] {
        assert_eq!(places(json::<User>(body).await), [place], "{body}");
        assert_eq!(details(json::<User>(body).await), [detail], "{body}");
    }
}

#[tokio::test]
async fn every_broken_rule_is_reported_at_once() {
    let outcome = json::<User>(r#"{"name":"ü","age":200}"#).await;
    assert_eq!(places(outcome.clone()), ["#/age range", "#/name ascii", "#/name length"]);
    let mut expected = ["length is lower than 3", "not ascii", "greater than 150"].map(str::to_owned).to_vec();
    let mut found = details(outcome);
    expected.sort();
    found.sort();
    assert_eq!(found, expected);
}

#[tokio::test]
async fn the_number_of_errors_is_bounded() {
    #[derive(Clone, Debug, Deserialize, Validate)]
    struct Tags {
        #[garde(inner(length(min = 2)))]
        tags: Vec<String>,
    }

    let body = format!(r#"{{"tags":[{}"x"]}}"#, "\"x\",".repeat(5_000));
    let places = places(json::<Tags>(body).await);
    assert_eq!(places.len(), 100);
    assert!(places.contains(&"#/tags/99 length".to_owned()));
}

#[tokio::test]
async fn integers_beyond_64_bits_are_no_numbers_that_json_programs_agree_on() {
    #[derive(Debug, Deserialize, Validate)]
    struct Big {
        #[garde(skip)]
        #[expect(dead_code, reason = "only has to be read")]
        unsigned: u128,
        #[garde(skip)]
        #[expect(dead_code, reason = "only has to be read")]
        signed: i128,
        #[garde(range(max = 1))]
        last: u8,
    }

    let body = |unsigned: &str, signed: &str| format!(r#"{{"unsigned":{unsigned},"signed":{signed},"last":1}}"#);
    assert!(json::<Big>(body("18446744073709551615", "-9223372036854775808")).await.is_ok());
    for (unsigned, signed, place) in [
        ("18446744073709551616", "0", "unsigned"),
        ("0", "18446744073709551616", "signed"),
        ("0", "-9223372036854775809", "signed"),
        ("1e30", "0", "unsigned"),
    ] {
        let outcome = json::<Big>(body(unsigned, signed)).await;
        assert_eq!(places(outcome.map(drop)), [format!("#/{place} type")], "{unsigned} {signed}");
    }
    assert_eq!(details(json::<Big>(body("18446744073709551616", "0")).await), ["expected an integer of at most 64 bits"]);
}
