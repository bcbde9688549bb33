//! Limits, which slowapi adds to FastAPI: those that are none, those that are doubled, and what an answer says of them.

use crate::support::{Ask, Service, token::nobody};
use portcullis::prelude::*;

#[secure(public = "anybody may", rate = "5/min")]
async fn five() {}

#[secure(public = "anybody may", rate = "4/min")]
async fn show() -> &'static str {
    "one"
}

mod other {
    use portcullis::prelude::*;

    #[secure(public = "anybody may", rate = "4/min")]
    pub(super) async fn show() -> &'static str {
        "another"
    }
}

#[secure(authenticated, rate = "1/min")]
async fn mine() {}

fn service() -> Service {
    let inner = SecureRouter::new().route("/five", get(five));
    let router = SecureRouter::new()
        .route("/five", get(five))
        .route("/one", get(show))
        .route("/other", get(other::show))
        .route("/mine", get(mine))
        .nest("/nested", inner);
    Service::new(router)
}

/// How many calls of so many pass.
async fn passed(service: &Service, path: &str, calls: usize) -> usize {
    let mut passed = 0;
    for _ in 0..calls {
        passed += usize::from(service.send(Ask::get(path).from("192.0.2.1")).await.status == 200);
    }
    passed
}

// slowapi: `"5/min"` is not of its grammar; the error goes to a logger nobody listens to, and the endpoint is unlimited.
#[tokio::test]
async fn five_a_minute_is_five_a_minute() {
    assert_eq!(passed(&service(), "/five", 8).await, 5);
}

// slowapi: default limits stop with the routers of fastapi 0.137 (slowapi #281); 4 of 4 pass.
#[tokio::test]
async fn a_limit_holds_in_a_router_within_a_router() {
    assert_eq!(passed(&service(), "/nested/five", 8).await, 5);
}

// slowapi: two functions of one name share their limit and count each call twice: `4/minute` lets two pass (slowapi #191).
#[tokio::test]
async fn two_handlers_of_one_name_have_a_limit_each() {
    let service = service();
    assert_eq!(passed(&service, "/one", 6).await, 4);
    assert_eq!(passed(&service, "/other", 6).await, 4);
}

// slowapi: `get_ipaddr` believes a header called `X_FORWARDED_FOR`, and so anybody.
#[tokio::test]
async fn no_header_buys_a_fresh_limit() {
    let service = service();
    assert_eq!(passed(&service, "/five", 5).await, 5);
    for name in ["x_forwarded_for", "x-forwarded-for", "forwarded", "x-real-ip"] {
        service.send(Ask::get("/five").from("192.0.2.1").header(name, "198.51.100.7")).await.is(429);
    }
}

// slowapi: an empty key, as of a caller that nobody knows, is not limited at all.
#[tokio::test]
async fn a_caller_without_an_address_is_not_let_through_unlimited() {
    service().send(Ask::get("/five")).await.is_denied(500, "misconfigured");
}

// slowapi: a decorator in the wrong order is no limit at all (slowapi #39), 6 of 6 pass; here there is one attribute, and no order.
#[tokio::test]
async fn a_limit_is_asked_before_the_handler_whoever_calls() {
    let service = service();
    let ask = || Ask::get("/mine").bearer(&nobody("ann"));
    service.send(ask()).await.is(200);
    service.send(ask()).await.is(429);
    service.send(Ask::get("/mine").bearer(&nobody("bob"))).await.is(200);
}

// slowapi: `Retry-After` on a 200, and `X-RateLimit-Reset: 1795469218.6742887`, a fraction of a second since 1970.
#[tokio::test]
async fn the_headers_are_those_of_the_ietf_and_a_200_asks_nobody_to_wait() {
    let service = service();
    let answer = service.send(Ask::get("/five").from("192.0.2.1")).await;
    assert_eq!(answer.is(200).header("retry-after"), None);
    assert_eq!(answer.header("ratelimit"), Some(r#""5/min per ip";r=4;t=12"#));
    assert_eq!(answer.header("ratelimit-policy"), Some(r#""5/min per ip";q=5;w=60"#));
    assert!(answer.headers.keys().all(|name| !name.as_str().starts_with("x-ratelimit")));
}

// slowapi: `{"error":"Rate limit exceeded: 5 per 1 minute"}`, a form of its own.
#[tokio::test]
async fn a_limit_that_is_used_up_is_the_problem_that_the_ietf_has_for_it() {
    let service = service();
    passed(&service, "/five", 5).await;
    let answer = service.send(Ask::get("/five").from("192.0.2.1")).await;
    let problem = answer.is_denied(429, "https://iana.org/assignments/http-problem-types#quota-exceeded");
    assert_eq!(problem["violated-policies"], serde_json::json!(["5/min per ip"]));
    assert_eq!(answer.header("retry-after"), Some("12"));
}
