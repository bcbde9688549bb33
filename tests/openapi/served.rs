//! The document as a client gets it: an endpoint like any other, with a tag, and a start-up error where there is no document.

use crate::service::{about, document_of, router, security};
use axum::{
    body::Body,
    http::{Request, StatusCode},
    response::Response,
};
use http_body_util::BodyExt;
use portcullis::prelude::*;
use tower::ServiceExt;

#[secure(get = "/doc", role = "admin")]
async fn guarded(document: OpenApiDocument) -> OpenApiDocument {
    document
}

#[secure(get = "/me", authenticated)]
async fn me() {}

async fn get_document(tag: Option<&str>) -> Response {
    let app = router().secured_by(security().build().unwrap()).unwrap();
    let request = Request::get("/openapi.json");
    let request = tag.into_iter().fold(request, |request, tag| request.header("if-none-match", tag));
    app.oneshot(request.body(Body::empty()).unwrap()).await.unwrap()
}

async fn body_of(answer: Response) -> Vec<u8> {
    answer.into_body().collect().await.unwrap().to_bytes().to_vec()
}

#[tokio::test]
async fn the_document_is_served_as_it_is_built() {
    let answer = get_document(None).await;
    assert_eq!(answer.status(), StatusCode::OK);
    assert_eq!(answer.headers()["content-type"], "application/json");
    let served: serde_json::Value = serde_json::from_slice(&body_of(answer).await).unwrap();
    assert_eq!(served, document_of(&router()));
}

#[tokio::test]
async fn who_has_the_document_is_told_so() {
    let tag = get_document(None).await.headers()["etag"].to_str().unwrap().to_owned();
    assert!(tag.starts_with('"') && tag.len() == 34, "{tag}");
    for known in [tag.clone(), format!("W/{tag}"), format!("\"other\", {tag}"), "*".to_owned()] {
        let answer = get_document(Some(&known)).await;
        assert_eq!((answer.status(), answer.headers()["etag"].to_str().unwrap()), (StatusCode::NOT_MODIFIED, &*tag), "{known}");
        assert!(body_of(answer).await.is_empty());
    }
    for other in ["\"other\"", "", "W/\"\""] {
        assert_eq!(get_document(Some(other)).await.status(), StatusCode::OK, "{other}");
    }
}

#[tokio::test]
async fn a_guarded_document_is_for_whom_its_policy_says() {
    let router = SecureRouter::new().mount(guarded).openapi(about());
    let app = router.secured_by(security().build().unwrap()).unwrap();
    let answer = app.oneshot(Request::get("/doc").body(Body::empty()).unwrap()).await.unwrap();
    assert_eq!(answer.status(), StatusCode::UNAUTHORIZED);
}

#[test]
fn a_document_that_nobody_made_is_a_start_up_error() {
    let problems = |router: SecureRouter| router.secured_by(security().build().unwrap()).unwrap_err().to_string();
    let missing = problems(SecureRouter::new().mount(guarded));
    assert!(missing.contains("takes the OpenAPI document and the router has none"), "{missing}");
    let two = problems(SecureRouter::new().openapi(about()).merge(SecureRouter::new().mount(guarded).openapi(about())));
    assert!(two.contains("two OpenAPI documents"), "{two}");
    let empty = problems(SecureRouter::new().mount(me).openapi(OpenApi::new(" ", "1").password_flow("not an address")));
    assert!(empty.contains("empty title") && empty.contains("password_flow"), "{empty}");
    let none = SecureRouter::<()>::new().mount(me).openapi_document(&security().build().unwrap()).unwrap_err().to_string();
    assert!(none.contains("add `.openapi("), "{none}");
}

#[test]
fn a_router_that_is_taken_in_brings_its_document() {
    let inner = SecureRouter::new().route("/me", get(me)).openapi(about());
    let document = document_of(&SecureRouter::new().nest("/v1", inner.merge(SecureRouter::new())));
    assert_eq!(document["info"]["title"], "Users");
}
