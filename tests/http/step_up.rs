//! Step-up: how fresh and how strong a login must be, by the claims `auth_time` and `amr` of a token (RFC 9470, RFC 8176).

use crate::support::{
    Answer, Ask, NOW, Service, jwt,
    token::{claims, hs256, nobody},
};
use portcullis::{
    api_key::{ApiKey, ApiKeys},
    prelude::*,
};
use serde_json::{Value, json};
use std::time::Duration;

#[secure(authenticated, step_up(max_age = "5 min"))]
async fn fresh() {}

#[secure(authenticated, step_up(mfa))]
async fn strong() {}

#[secure(authenticated, step_up(max_age = "5 min", mfa))]
async fn both() {}

#[secure(role = "admin", step_up(max_age = "5 min"))]
async fn remove() {}

fn router() -> SecureRouter {
    SecureRouter::new().route("/fresh", get(fresh)).route("/strong", get(strong)).route("/both", get(both))
}

/// A token of somebody who logged in at this time and by these methods.
fn login(auth_time: Option<Value>, amr: Option<Value>) -> String {
    let mut claims = claims("ann");
    if let Some(auth_time) = auth_time {
        claims["auth_time"] = auth_time;
    }
    if let Some(amr) = amr {
        claims["amr"] = amr;
    }
    hs256(&json!({ "alg": "HS256" }), &claims)
}

fn at(auth_time: impl Into<Value>) -> String {
    login(Some(auth_time.into()), None)
}

fn by(amr: Value) -> String {
    login(None, Some(amr))
}

async fn ask(service: &Service, path: &str, token: &str) -> Answer {
    service.send(Ask::get(path).bearer(token)).await
}

#[track_caller]
fn is_sent_to_log_in(answer: &Answer, parameters: &str) {
    answer.is_denied(401, "step-up-needed");
    let expected = format!(r#"Bearer realm="api", error="insufficient_user_authentication", {parameters}"#);
    assert_eq!(answer.header("www-authenticate"), Some(expected.as_str()));
}

const TOO_OLD: &str = "max_age=300";
const TOO_WEAK: &str = r#"error_description="a login with more than one factor is required""#;
const TOO_OLD_OR_WEAK: &str = r#"error_description="a login with more than one factor is required", max_age=300"#;

#[tokio::test]
async fn a_login_is_fresh_until_its_last_second() {
    let service = Service::new(router());
    for fresh in [json!(NOW), json!(NOW - 300), json!(NOW as f64 - 299.5)] {
        ask(&service, "/fresh", &at(fresh)).await.is(200);
    }
    for old in [json!(NOW - 301), json!(NOW as f64 - 300.5), json!(0)] {
        is_sent_to_log_in(&ask(&service, "/fresh", &at(old)).await, TOO_OLD);
    }
}

#[tokio::test]
async fn a_login_ages_by_the_clock_also_where_its_token_is_known() {
    let service = Service::new(router());
    let token = at(NOW);
    ask(&service, "/fresh", &token).await.is(200);
    service.advance(300);
    ask(&service, "/fresh", &token).await.is(200);
    service.clock.advance(Duration::from_nanos(1));
    is_sent_to_log_in(&ask(&service, "/fresh", &token).await, TOO_OLD);
}

#[tokio::test]
async fn what_is_no_time_of_a_login_is_not_fresh() {
    let service = Service::new(router());
    let now = NOW.to_string();
    for claim in [json!(now), json!([NOW]), json!({ "at": NOW }), json!(true), json!(null), json!(-1), json!(1e300)] {
        is_sent_to_log_in(&ask(&service, "/fresh", &at(claim)).await, TOO_OLD);
    }
    is_sent_to_log_in(&ask(&service, "/fresh", &nobody("ann")).await, TOO_OLD);
}

#[tokio::test]
async fn a_login_in_the_future_is_none_beyond_the_leeway() {
    let service = Service::new(router());
    is_sent_to_log_in(&ask(&service, "/fresh", &at(NOW + 1)).await, TOO_OLD);
    let service = Service::with_jwt(router(), jwt().leeway(Duration::from_secs(5)));
    ask(&service, "/fresh", &at(NOW + 5)).await.is(200);
    is_sent_to_log_in(&ask(&service, "/fresh", &at(NOW + 6)).await, TOO_OLD);
    is_sent_to_log_in(&ask(&service, "/fresh", &at(u64::MAX)).await, TOO_OLD);
    // The leeway is for clocks that disagree. It does not make an old login fresh.
    is_sent_to_log_in(&ask(&service, "/fresh", &at(NOW - 301)).await, TOO_OLD);
}

#[tokio::test]
async fn a_login_by_more_than_one_factor_says_so() {
    let service = Service::new(router());
    for strong in [json!(["mfa"]), json!(["pwd", "otp", "mfa"])] {
        ask(&service, "/strong", &by(strong)).await.is(200);
    }
    for weak in [json!([]), json!(["pwd", "otp"]), json!(["MFA"]), json!(["mfa "]), json!([["mfa"]])] {
        is_sent_to_log_in(&ask(&service, "/strong", &by(weak)).await, TOO_WEAK);
    }
    for nonsense in [json!("mfa"), json!({ "mfa": true }), json!(null), json!(1)] {
        is_sent_to_log_in(&ask(&service, "/strong", &by(nonsense)).await, TOO_WEAK);
    }
    is_sent_to_log_in(&ask(&service, "/strong", &nobody("ann")).await, TOO_WEAK);
}

#[tokio::test]
async fn both_means_both() {
    let service = Service::new(router());
    let token = |age: u64, amr: &str| login(Some(json!(NOW - age)), Some(json!([amr])));
    ask(&service, "/both", &token(300, "mfa")).await.is(200);
    is_sent_to_log_in(&ask(&service, "/both", &token(301, "mfa")).await, TOO_OLD_OR_WEAK);
    is_sent_to_log_in(&ask(&service, "/both", &token(300, "pwd")).await, TOO_OLD_OR_WEAK);
    service.send(Ask::get("/both")).await.is_denied(401, "no-credentials");
}

#[tokio::test]
async fn whoever_lacks_the_role_is_not_sent_to_log_in() {
    let service = Service::new(SecureRouter::new().route("/", delete(remove)));
    let ask = |roles: Value| {
        let mut claims = claims("ann");
        claims["roles"] = roles;
        Ask::new(axum::http::Method::DELETE, "/").bearer(&hs256(&json!({ "alg": "HS256" }), &claims))
    };
    service.send(ask(json!(["user"]))).await.is_denied(403, "not-allowed");
    is_sent_to_log_in(&service.send(ask(json!(["admin"]))).await, TOO_OLD);
}

#[tokio::test]
async fn an_api_key_is_no_login() {
    let (secret, key) = ApiKey::generate("billing").unwrap();
    let service = Service::with(router(), |security| security.api_keys(ApiKeys::new().key(key)));
    for (path, parameters) in [("/fresh", TOO_OLD), ("/strong", TOO_WEAK)] {
        is_sent_to_log_in(&service.send(Ask::get(path).header("x-api-key", &secret)).await, parameters);
    }
}

#[test]
fn a_service_that_takes_api_keys_only_cannot_ask_for_a_login() {
    let (_, key) = ApiKey::generate("billing").unwrap();
    let security = Security::builder(rule_book!()).api_keys(ApiKeys::new().key(key)).build().unwrap();
    let errors = router().secured_by(security).unwrap_err();
    assert_eq!(errors.problems().count(), 3, "{errors}");
    assert!(errors.problems().all(|problem| problem.contains("step_up") && problem.contains(".jwt(")), "{errors}");
}

#[tokio::test]
async fn a_service_can_issue_what_its_endpoints_ask_for() {
    use crate::support::{AUDIENCE, ISSUER, SECRET};
    use portcullis::jwt::{Signer, SigningKey};
    let service = Service::new(router());
    let signer = Signer::new(ISSUER, AUDIENCE, SigningKey::hs256(SECRET).unwrap()).clock(service.clock.clone());
    let login = Duration::from_secs(NOW - 300);
    let lifetime = Duration::from_secs(60);
    let token = signer.token("ann", lifetime).auth_time(login).amr(["pwd", "otp"]).amr(["mfa"]).sign().unwrap();
    for path in ["/fresh", "/strong", "/both"] {
        ask(&service, path, &token).await.is(200);
    }
    let token = signer.token("ann", lifetime).sign().unwrap();
    ask(&service, "/both", &token).await.is(401);
    assert!(signer.token("ann", lifetime).claim("auth_time", NOW).sign().is_err());
    assert!(signer.token("ann", lifetime).claim("amr", "mfa").sign().is_err());
}
