//! What a service shows without being asked: other origins, headers, its documentation, what its answers hold.

use crate::support::{
    Ask, Service,
    token::{nobody, user},
};
use axum::{Json, http::Method};
use portcullis::{Entry, OpenApi, Route, prelude::*};

#[derive(Output)]
struct Account {
    name: String,
    #[mask(all)]
    password: Secret<String>,
    #[visible(role = "admin")]
    notes: String,
}

#[derive(Input)]
struct NewAccount {
    #[garde(length(chars, max = 50))]
    name: String,
}

/// Opens an account.
#[secure(role = "user", rate = "5/min", body = "1 KiB")]
async fn open(Valid(Json(new)): Valid<Json<NewAccount>>) -> Json<Account> {
    Json(Account { name: new.name, password: Secret::new("hunter2".to_owned()), notes: "owes us".to_owned() })
}

#[secure(public = "anybody may")]
async fn hello() -> &'static str {
    "hello"
}

#[secure(get = "/openapi.json", authenticated)]
async fn openapi(document: OpenApiDocument) -> OpenApiDocument {
    document
}

#[secure(get = "/docs", authenticated)]
async fn docs(page: DocsPage) -> DocsPage {
    page
}

fn plain() -> SecureRouter {
    SecureRouter::new().route("/accounts", post(open)).route("/hello", get(hello))
}

fn documented() -> Service {
    Service::new(plain().mount(openapi).mount(docs).openapi(OpenApi::new("Accounts", "1.0")))
}

// Starlette: `allow_origins=["*"]` with credentials answers `Access-Control-Allow-Origin: https://evil.example` and lets cookies through.
#[tokio::test]
async fn a_foreign_origin_is_never_reflected() {
    let service = Service::new(plain());
    for method in [Method::GET, Method::OPTIONS] {
        let ask = Ask::new(method, "/hello")
            .header("origin", "https://evil.example")
            .header("access-control-request-method", "GET")
            .header("access-control-request-headers", "authorization");
        let answer = service.send(ask).await;
        assert!(answer.headers.keys().all(|name| !name.as_str().starts_with("access-control-")), "{answer:?}");
        answer.does_not_echo("evil");
    }
}

// Starlette: a preflight is answered before anybody asks who is calling, for all of the application.
#[tokio::test]
async fn a_preflight_opens_nothing_that_its_method_does_not() {
    let ask = Ask::new(Method::OPTIONS, "/accounts").header("origin", "https://evil.example");
    let answer = Service::new(plain()).send(ask.header("access-control-request-method", "POST")).await;
    answer.is_denied(405, "method-not-allowed");
}

// FastAPI: none of them, unless a third package is added.
#[tokio::test]
async fn the_security_headers_are_there_without_asking() {
    let service = Service::new(plain());
    for path in ["/hello", "/accounts", "/nowhere"] {
        let answer = service.send(Ask::get(path)).await;
        for (name, value) in [
            ("x-content-type-options", "nosniff"),
            ("x-frame-options", "DENY"),
            ("referrer-policy", "no-referrer"),
            ("content-security-policy", "default-src 'none'; frame-ancestors 'none'"),
        ] {
            assert_eq!(answer.header(name), Some(value), "{path}");
        }
    }
}

// FastAPI: `/docs`, `/redoc` and `/openapi.json` are there and public unless somebody thinks of them.
#[tokio::test]
async fn the_documentation_is_nowhere_until_it_is_mounted_and_then_has_a_policy() {
    let service = Service::new(plain());
    for path in ["/docs", "/redoc", "/openapi.json"] {
        service.send(Ask::get(path)).await.is_denied(404, "not-found");
    }
    let service = documented();
    for path in ["/docs", "/openapi.json"] {
        service.send(Ask::get(path)).await.is_denied(401, "no-credentials");
        service.send(Ask::get(path).bearer(&nobody("ann"))).await.is(200);
    }
}

// FastAPI: the page loads its scripts from a host of somebody else's, cdn.jsdelivr.net, and has no content security policy.
#[tokio::test]
async fn the_page_of_the_documentation_runs_nothing_of_anybody_elses() {
    let answer = documented().send(Ask::get("/docs").bearer(&nobody("ann"))).await;
    let policy = answer.is(200).header("content-security-policy").unwrap();
    assert!(policy.contains("default-src 'none'") && policy.contains("connect-src 'self'"), "{policy}");
    assert!(!policy.contains("unsafe") && !policy.contains("http"), "{policy}");
    for tag in ["<script src", "<link rel=\"stylesheet\"", "jsdelivr"] {
        assert!(!answer.text.contains(tag), "{tag}");
    }
}

// FastAPI: documents 200 and 422, whatever guards the endpoint.
#[tokio::test]
async fn the_document_has_the_refusals_of_the_guard() {
    let document = documented().send(Ask::get("/openapi.json").bearer(&nobody("ann"))).await.is(200).json();
    let answers = &document["paths"]["/accounts"]["post"]["responses"];
    for status in ["200", "400", "401", "403", "413", "415", "422", "429"] {
        assert!(answers[status].is_object(), "{status} in {answers}");
    }
    assert!(answers["401"]["headers"]["WWW-Authenticate"].is_object() && answers["429"]["headers"]["Retry-After"].is_object());
    assert!(answers["422"]["content"]["application/problem+json"].is_object());
}

// FastAPI: a handler that returns its row of the database answers with the password in it, unless it has a `response_model`.
#[tokio::test]
async fn an_answer_shows_a_caller_what_that_caller_may_see_and_no_secret() {
    let answer = Service::new(plain()).send(Ask::post("/accounts").bearer(&user("ann")).json(r#"{"name":"ann"}"#)).await;
    assert_eq!(answer.is(200).json()["name"], "ann");
    answer.does_not_echo("hunter2");
    answer.does_not_echo("owes us");
}

// FastAPI: no list of what is open (fastapi #14996 was closed), so that projects keep one by hand.
#[test]
fn what_is_public_can_be_listed() {
    let manifest = plain().manifest();
    let public = manifest.entries().iter().filter_map(|entry| match entry {
        Entry::Endpoint { route: Route::Path { path, .. }, policy } if policy.access().is_public() => Some(path.as_str()),
        _ => None,
    });
    assert_eq!(public.collect::<Vec<_>>(), ["/hello"]);
}
