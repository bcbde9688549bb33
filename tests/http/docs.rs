//! The page of the documentation as an endpoint: guarded like any other, sent once, and under a policy that runs nothing but itself.

use crate::support::{Ask, Service, token::user};
use axum::http::Method;
use portcullis::{OpenApi, prelude::*};

/// Shows the API.
#[secure(get = "/docs", public = "partners learn the API here")]
async fn docs(page: DocsPage) -> DocsPage {
    page
}

/// Shows the API to those who are in.
#[secure(get = "/internal/docs", authenticated)]
async fn internal(page: DocsPage) -> DocsPage {
    page
}

/// </script><script>alert("from a comment")</script>
#[secure(get = "/hostile", authenticated)]
async fn hostile() -> &'static str {
    "</script>"
}

fn service() -> Service {
    Service::new(SecureRouter::new().mount(docs).mount(internal).mount(hostile).openapi(OpenApi::new("Accounts <b>", "1.0")))
}

#[tokio::test]
async fn the_page_holds_the_document_and_no_markup_of_it() {
    let answer = service().send(Ask::get("/docs")).await;
    answer.is(200);
    assert_eq!(answer.header("content-type"), Some("text/html; charset=utf-8"));
    assert_eq!(answer.header("x-content-type-options"), Some("nosniff"));
    let (_, rest) = answer.text.split_once("<script type=\"application/json\" id=\"openapi\">").unwrap();
    let (document, _) = rest.split_once("</script>").unwrap();
    assert!(!document.contains('<'), "{document}");
    let document: serde_json::Value = serde_json::from_str(document).unwrap();
    assert_eq!(document["info"]["title"], "Accounts <b>");
    assert!(document["paths"]["/hostile"]["get"].to_string().contains("</script>"), "{document}");
}

#[tokio::test]
async fn a_page_that_is_known_is_not_sent_again_and_keeps_its_policy() {
    let service = service();
    let first = service.send(Ask::get("/docs")).await;
    let tag = first.header("etag").unwrap().to_owned();
    for known in [tag.clone(), format!("W/{tag}"), format!("\"other\" , {tag}"), "*".to_owned()] {
        let again = service.send(Ask::get("/docs").header("if-none-match", &known)).await;
        again.is(304);
        assert_eq!(again.header("content-security-policy"), first.header("content-security-policy"));
        assert_eq!(again.header("etag"), Some(tag.as_str()));
        assert!(again.text.is_empty());
    }
    service.send(Ask::get("/docs").header("if-none-match", "\"other\"")).await.is(200);
    let head = service.send(Ask::new(Method::HEAD, "/docs")).await;
    assert_eq!(head.header("content-length"), Some(first.text.len().to_string().as_str()));
    assert!(head.text.is_empty());
}

#[tokio::test]
async fn a_page_for_some_is_refused_to_the_others_and_kept_in_no_cache() {
    let service = service();
    service.send(Ask::get("/internal/docs")).await.is(401);
    let page = service.send(Ask::get("/internal/docs").bearer(&user("ann"))).await;
    page.is(200);
    assert_eq!(page.header("cache-control"), Some("no-store"));
    assert!(!service.send(Ask::get("/docs")).await.headers.contains_key("cache-control"));
}

#[tokio::test]
async fn calls_go_to_the_servers_of_the_document_and_nowhere_else() {
    let policy = async |about: OpenApi| {
        let answer = Service::new(SecureRouter::new().mount(docs).openapi(about)).send(Ask::get("/docs")).await;
        answer.header("content-security-policy").unwrap().to_owned()
    };
    let about = || OpenApi::new("Accounts", "1.0");
    assert!(policy(about()).await.contains("; connect-src 'self'; "));
    assert!(policy(about().server("/v1", "Here").password_flow("/token")).await.contains("; connect-src 'self'; "));
    let elsewhere = about().server("https://api.example.com:8443/v1", "There").password_flow("https://id.example.com/token");
    let elsewhere = policy(elsewhere).await;
    assert!(elsewhere.contains("; connect-src 'self' https://api.example.com:8443 https://id.example.com; "), "{elsewhere}");
    let hostile =
        policy(about().server("https://a;script-src/", "").server("https://*/", "").server("javascript:alert(1)", "")).await;
    assert!(hostile.contains("; connect-src 'self'; "), "{hostile}");
}

#[test]
fn a_page_without_a_document_is_a_startup_error() {
    let (security, _) = crate::support::security(|security| security);
    let errors = SecureRouter::<()>::new().mount(docs).secured_by(security).unwrap_err().to_string();
    assert!(errors.contains("docs") && errors.contains(".openapi("), "{errors}");
}
