//! What the answer of a handler comes to, by its type; and what a client is refused with, by the policy.

use crate::service::{User, about, document_of, security};
use axum::{
    Json,
    http::{HeaderMap, StatusCode, header::LOCATION},
    response::{Html, IntoResponse, NoContent, Redirect, Response},
};
use portcullis::{Denial, Status, prelude::*};
use serde_json::{Value, json};

struct Custom;

impl IntoResponse for Custom {
    fn into_response(self) -> Response {
        ().into_response()
    }
}

macro_rules! answers {
    ($($name:ident $path:literal $answer:ty;)*) => {
        $(
            #[secure(get = $path, public)]
            async fn $name() -> $answer {
                unreachable_answer()
            }
        )*

        fn document() -> Value {
            document_of(&SecureRouter::new()$(.mount($name))*.openapi(about()))
        }
    };
}

fn unreachable_answer<T>() -> T {
    panic!("nobody calls it")
}

answers! {
    json "/json" Json<User>;
    list "/list" Json<Vec<User>>;
    created "/created" (StatusCode, [(axum::http::HeaderName, String); 1], Json<User>);
    located "/located" (HeaderMap, Json<User>);
    fallible "/fallible" Result<Json<User>, StatusCode>;
    denied "/denied" Result<Json<User>, Denial>;
    custom_error "/custom-error" Result<Json<User>, Custom>;
    custom "/custom" Custom;
    response "/response" Response;
    status "/status" StatusCode;
    nothing "/nothing" ();
    none "/none" NoContent;
    html "/html" Html<String>;
    text "/text" &'static str;
    bytes "/bytes" Vec<u8>;
    redirect "/redirect" Redirect;
    two_errors "/two-errors" Result<Json<User>, (StatusCode, Json<Vec<u16>>)>;
    said "/said" Status<201, Json<User>>;
    said_with_headers "/said-with-headers" (HeaderMap, Status<202, Json<User>>);
    said_errors "/said-errors" Result<Result<Status<204, ()>, Status<409, ()>>, Status<404, Json<Vec<u16>>>>;
    said_refusal "/said-refusal" Result<Json<User>, Status<413, Json<Vec<u16>>>>;
    said_response "/said-response" Status<203, Response>;
}

/// The answers of the handler as `status type`, without those of the guard.
fn told(document: &Value, path: &str) -> Vec<String> {
    let answers = document["paths"][path]["get"]["responses"].as_object().unwrap();
    let of_handler = |status: &&String| !["413", "500", "503"].contains(&status.as_str());
    let told = |status: &String| {
        let types =
            answers[status].get("content").and_then(Value::as_object).map(|content| content.keys().cloned().collect::<Vec<_>>());
        format!("{status} {}", types.unwrap_or_default().join(","))
    };
    answers.keys().filter(of_handler).map(told).collect()
}

#[test]
fn answers_follow_from_their_types() {
    let document = document();
    let problem = "default application/json,application/problem+json";
    for (path, expected) in [
        ("/json", vec!["200 application/json"]),
        ("/list", vec!["200 application/json"]),
        ("/created", vec!["2XX application/json", "default "]),
        ("/located", vec!["200 application/json"]),
        ("/fallible", vec!["200 application/json", problem]),
        ("/denied", vec!["200 application/json", problem]),
        ("/custom-error", vec!["200 application/json", "default "]),
        ("/custom", vec!["2XX ", "default "]),
        ("/response", vec!["2XX ", "default "]),
        ("/status", vec!["2XX ", problem]),
        ("/nothing", vec!["200 "]),
        ("/none", vec!["204 "]),
        ("/html", vec!["200 text/html"]),
        ("/text", vec!["200 text/plain"]),
        ("/bytes", vec!["200 application/octet-stream"]),
        ("/redirect", vec!["3XX "]),
        ("/two-errors", vec!["200 application/json", "default application/json"]),
        ("/said", vec!["201 application/json"]),
        ("/said-with-headers", vec!["202 application/json"]),
        ("/said-errors", vec!["204 ", "404 application/json", "409 application/json,application/problem+json"]),
        ("/said-response", vec!["203 "]),
    ] {
        assert_eq!(told(&document, path), expected, "{path}");
    }
    let refusal = &document["paths"]["/said-refusal"]["get"]["responses"]["413"];
    let problem = json!({ "$ref": "#/components/schemas/Problem" });
    let either = &refusal["content"]["application/json"]["schema"]["anyOf"];
    assert_eq!((&either[0]["type"], &either[1]), (&"array".into(), &problem), "the guard's refusal or the handler's");
    assert_eq!(refusal["content"]["application/problem+json"]["schema"], problem);
    assert_eq!(document["paths"]["/said"]["get"]["responses"]["201"]["description"], "Created");
    let list = &document["paths"]["/list"]["get"]["responses"]["200"]["content"]["application/json"]["schema"];
    assert_eq!(list["items"]["$ref"], "#/components/schemas/User", "read by nobody, it has no other form");
    let _ = LOCATION;
}

#[secure(get = "/plain", authenticated)]
async fn plain() {}

#[secure(post = "/limited", scope = "notes:write", rate = "5/min", body = "2 KiB")]
async fn limited(_: Valid<Json<User>>) {}

#[secure(get = "/open", public)]
async fn open() {}

#[test]
fn refusals_follow_from_the_policy() {
    let router = SecureRouter::new().mount(plain).mount(limited).mount(open).openapi(about());
    let document = document_of(&router);
    let told = |path: &str, method: &str| {
        let answers = document["paths"][path][method]["responses"].as_object().unwrap();
        let of = |(status, answer): (&String, &Value)| {
            let headers =
                answer.get("headers").and_then(Value::as_object).map(|headers| headers.keys().cloned().collect::<Vec<_>>());
            format!("{status} {}", headers.unwrap_or_default().join(","))
        };
        answers.iter().map(of).collect::<Vec<_>>()
    };
    assert_eq!(told("/open", "get"), ["200 ", "413 ", "500 ", "503 "]);
    let plain = ["200 ", "400 WWW-Authenticate", "401 WWW-Authenticate", "413 ", "429 Retry-After", "500 ", "503 "];
    assert_eq!(told("/plain", "get"), plain);
    let limited = [
        "200 RateLimit,RateLimit-Policy",
        "400 RateLimit,RateLimit-Policy,WWW-Authenticate",
        "401 RateLimit,RateLimit-Policy,WWW-Authenticate",
        "403 RateLimit,RateLimit-Policy,WWW-Authenticate",
        "408 RateLimit,RateLimit-Policy",
        "413 RateLimit,RateLimit-Policy",
        "415 Accept,RateLimit,RateLimit-Policy",
        "422 RateLimit,RateLimit-Policy",
        "429 RateLimit,RateLimit-Policy,Retry-After",
        "500 RateLimit,RateLimit-Policy",
        "503 RateLimit,RateLimit-Policy",
    ];
    assert_eq!(told("/limited", "post"), limited);
    let too_large = &document["paths"]["/limited"]["post"]["responses"]["413"]["description"];
    assert_eq!(too_large, "The body is larger than 2 KiB.");
}

#[test]
fn problems_of_a_service_that_renders_them_itself_are_its_own() {
    let router: SecureRouter = SecureRouter::new().mount(plain).openapi(about());
    let security = security().render_denials(|_| ().into_response()).build().unwrap();
    let document = router.openapi_document(&security).unwrap().json().clone();
    assert!(!document.to_string().contains("Problem"), "{document}");
}

#[secure(get = "/kept", public)]
async fn kept() -> Status<202, &'static str> {
    Status("later")
}

#[tokio::test]
async fn the_status_that_is_said_is_the_one_that_is_sent() {
    use tower::ServiceExt as _;

    let service = SecureRouter::<()>::new().mount(kept).secured_by(security().build().unwrap()).unwrap();
    let request = axum::http::Request::get("/kept").body(axum::body::Body::empty()).unwrap();
    assert_eq!(service.oneshot(request).await.unwrap().status(), StatusCode::ACCEPTED);
}
