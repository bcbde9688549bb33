//! Secured handlers in a plain axum router: with the layer they work the same, without it they answer 500 and the log says why.

use crate::support::{
    Ask, answer,
    log::Log,
    security,
    token::{admin, nobody, user},
};
use axum::{Router, extract::Request, routing::get};
use portcullis::{PolicyOf, Principal, RuleBook, SecureRouter, Security, routing, secure};
use tower::ServiceExt;

#[secure(role = "admin", rate = "2/min")]
async fn secret(principal: Principal) -> String {
    format!("secret of {}", principal.subject())
}

#[secure(public = "anybody may")]
async fn open() -> &'static str {
    "open"
}

fn app() -> (Router, std::sync::Arc<portcullis::clock::ManualClock>) {
    let (security, clock) = security(|security| security.realm("plain"));
    (Router::new().route("/secret", get(secret)).route("/open", get(open)).layer(security.layer()), clock)
}

#[tokio::test]
async fn with_the_layer_it_is_guarded_as_in_a_secure_router() {
    let (app, clock) = app();
    assert_eq!(answer(&app, Ask::get("/open")).await.is(200).header("x-frame-options"), Some("DENY"));
    let denied = answer(&app, Ask::get("/secret")).await;
    denied.is_denied(401, "no-credentials");
    assert_eq!(denied.header("www-authenticate"), Some(r#"Bearer realm="plain""#));
    answer(&app, Ask::get("/secret").bearer(&user("eve"))).await.is_denied(403, "not-allowed");
    let ask = || Ask::get("/secret").bearer(&admin("ann"));
    for _ in 0..2 {
        assert_eq!(answer(&app, ask()).await.is(200).text, "secret of ann");
    }
    assert_eq!(answer(&app, ask()).await.is(429).header("retry-after"), Some("30"));
    clock.advance(std::time::Duration::from_secs(30));
    answer(&app, ask()).await.is(200);
}

#[tokio::test]
async fn a_layer_and_its_clone_share_limits_and_two_layers_do_not() {
    let (security, _) = security(|security| security);
    let layer = security.layer();
    let app = |layer| Router::new().route("/", get(secret)).layer(layer);
    let (one, clone, other) = (app(layer.clone()), app(layer), app(security.layer()));
    let ask = || Ask::get("/").bearer(&admin("ann"));
    answer(&one, ask()).await.is(200);
    answer(&clone, ask()).await.is(200);
    answer(&one, ask()).await.is(429);
    answer(&clone, ask()).await.is(429);
    answer(&other, ask()).await.is(200);
}

#[tokio::test]
async fn without_the_layer_it_answers_500_and_the_log_says_what_to_do() {
    let log = Log::capture();
    let app = Router::new().route("/secret", get(secret)).route("/open", get(open));
    for (path, name) in [("/secret", secret::POLICY.name()), ("/open", open::POLICY.name())] {
        let answer = answer(&app, Ask::get(path).bearer(&admin("ann"))).await;
        assert_eq!(answer.is(500).header("content-type"), Some("application/problem+json"));
        assert_eq!(answer.json()["type"], "urn:portcullis:problem:misconfigured");
        assert!(!answer.text.contains("secret"), "{}", answer.text);
        let line = log.lines().pop().unwrap();
        assert!(line.starts_with("ERROR") && line.contains(name) && line.contains("security.layer()"), "{line}");
    }
    assert_eq!(log.lines().len(), 2);
}

#[tokio::test]
async fn a_principal_without_a_guard_is_a_mistake_too() {
    let app = Router::new().route("/", get(async |_: Principal| "let in"));
    answer(&app, Ask::get("/").bearer(&admin("ann"))).await.is(500);
    let app = Router::new().route("/", get(async |_: Option<Principal>| "let in"));
    answer(&app, Ask::get("/")).await.is(500);
}

#[tokio::test]
async fn a_layer_on_the_wrong_routes_guards_nothing_else() {
    let (security, _) = security(|security| security);
    let app = Router::new().route("/in", get(open)).layer(security.layer()).route("/out", get(open));
    answer(&app, Ask::get("/in")).await.is(200);
    answer(&app, Ask::get("/out")).await.is(500);
}

#[tokio::test]
async fn a_policy_that_does_not_fit_the_service_answers_500() {
    static OTHER: RuleBook = RuleBook::new(1, &[], &[]);
    let security = Security::builder(&OTHER).jwt(crate::support::jwt()).build().unwrap();
    let app = Router::new().route("/", get(secret)).layer(security.layer());
    let log = Log::capture();
    answer(&app, Ask::get("/").bearer(&admin("ann"))).await.is(500);
    assert!(log.lines().iter().any(|line| line.contains("security.toml")), "{:#?}", log.lines());

    let security = Security::builder(portcullis::rule_book!()).without_authentication().build().unwrap();
    let app = Router::new().route("/", get(secret)).route("/open", get(open)).layer(security.layer());
    answer(&app, Ask::get("/").bearer(&admin("ann"))).await.is(500);
    answer(&app, Ask::get("/open")).await.is(200);
}

#[tokio::test]
async fn a_secure_router_inside_has_the_last_word() {
    let (outer, _) = security(|security| security.realm("outer"));
    let (inner, _) = security(|security| security.realm("inner"));
    let inner = SecureRouter::new().route("/secret", routing::get(secret)).secured_by(inner).unwrap();
    let app = Router::new().nest("/inner", inner).route("/outer", get(secret)).layer(outer.layer());
    assert_eq!(answer(&app, Ask::get("/inner/secret")).await.header("www-authenticate"), Some(r#"Bearer realm="inner""#));
    assert_eq!(answer(&app, Ask::get("/outer")).await.header("www-authenticate"), Some(r#"Bearer realm="outer""#));
}

#[tokio::test]
async fn a_request_that_one_handler_passes_on_does_not_slip_past_the_policy_of_another() {
    #[secure(public = "passes everything on", unvalidated = "what it calls has a guard of its own")]
    async fn forward(request: Request) -> axum::response::Response {
        let inner = Router::new().fallback(secret);
        inner.oneshot(request).await.unwrap()
    }
    let (security, _) = security(|security| security);
    let app = SecureRouter::new().route("/", routing::get(forward)).secured_by(security).unwrap();
    let log = Log::capture();
    for ask in [Ask::get("/"), Ask::get("/").bearer(&nobody("ann")), Ask::get("/").bearer(&admin("ann"))] {
        let answer = answer(&app, ask).await;
        assert_eq!(answer.is(500).json()["type"], "urn:portcullis:problem:misconfigured");
    }
    assert!(log.lines().iter().any(|line| line.contains("passed its request on")), "{:#?}", log.lines());
}
