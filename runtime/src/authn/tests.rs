//! The schemes together: from headers to a principal or a denial.

use super::{
    Schemes,
    api_key::{ApiKey, ApiKeys},
    jwt::{Jwt, JwtKey, Signer, SigningKey},
};
use crate::{
    Denial, Scheme,
    clock::{Clock, ManualClock},
    principal::Principal,
};
use http::{HeaderMap, HeaderValue};
use portcullis_policy::{Mask, Role, RuleBook};
use std::{
    future::Future,
    pin::pin,
    sync::Arc,
    task::{Context, Poll, Waker},
    time::Duration,
};

static RULE_BOOK: RuleBook =
    RuleBook::new(1, &[Role::new("admin", Mask::from_words([1, 0, 0, 0]), Mask::from_words([1, 0, 0, 0]))], &[]);
const SECRET: &str = "a secret of at least thirty-two bytes";

fn clock() -> Arc<ManualClock> {
    Arc::new(ManualClock::at(Duration::from_secs(1_000)))
}

fn jwt() -> Jwt {
    Jwt::new("issuer", "audience", JwtKey::hs256(SECRET).unwrap())
}

fn token(clock: &Arc<ManualClock>) -> String {
    let signer = Signer::new("issuer", "audience", SigningKey::hs256(SECRET).unwrap()).clock(clock.clone());
    signer.token("alice", Duration::from_secs(60)).roles(["admin"]).sign().unwrap()
}

fn headers(lines: &[(&'static str, &str)]) -> HeaderMap {
    lines.iter().map(|(name, value)| (name.parse().unwrap(), HeaderValue::from_str(value).unwrap())).collect()
}

/// None of these schemes waits for anything.
fn authenticate(schemes: &Schemes, headers: &HeaderMap, clock: &ManualClock) -> Result<Option<Principal>, Denial> {
    let outcome = pin!(schemes.authenticate(headers, clock.unix_time(), &RULE_BOOK));
    match outcome.poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(outcome) => outcome,
        Poll::Pending => panic!("a scheme waited"),
    }
}

#[test]
fn a_token_and_a_key_each_make_a_principal() {
    let clock = clock();
    let (plaintext, key) = ApiKey::generate("billing").unwrap();
    let schemes = Schemes { jwt: Some(jwt()), api_keys: Some(ApiKeys::new().key(key)) };
    assert!(!schemes.is_empty() && schemes.has_bearer() && schemes.has_api_keys());
    assert_eq!(schemes.problems(&RULE_BOOK), Vec::<String>::new());

    let bearer = headers(&[("authorization", &format!("Bearer {}", token(&clock)))]);
    let alice = authenticate(&schemes, &bearer, &clock).unwrap().unwrap();
    assert_eq!((alice.subject(), alice.scheme(), alice.issuer()), ("alice", Scheme::Jwt, Some("issuer")));
    assert!(alice.has_role("admin"));

    let api_key = headers(&[("x-api-key", &plaintext)]);
    let billing = authenticate(&schemes, &api_key, &clock).unwrap().unwrap();
    assert_eq!((billing.subject(), billing.scheme(), billing.issuer()), ("billing", Scheme::ApiKey, None));

    let both = headers(&[("authorization", &format!("Bearer {}", token(&clock))), ("x-api-key", &plaintext)]);
    assert!(matches!(authenticate(&schemes, &both, &clock), Err(Denial::MalformedCredentials(_))));
    assert!(matches!(authenticate(&schemes, &HeaderMap::new(), &clock), Ok(None)));
}

#[test]
fn without_schemes_everybody_is_nobody() {
    let clock = clock();
    let schemes = Schemes::default();
    assert!(schemes.is_empty());
    let bearer = headers(&[("authorization", "Bearer x"), ("x-api-key", "x")]);
    assert!(matches!(authenticate(&schemes, &bearer, &clock), Ok(None)));
}

#[test]
fn credentials_of_a_scheme_that_is_not_configured_are_none() {
    let clock = clock();
    let only_keys = Schemes { api_keys: Some(ApiKeys::new()), ..Schemes::default() };
    let bearer = headers(&[("authorization", &format!("Bearer {}", token(&clock)))]);
    assert!(matches!(authenticate(&only_keys, &bearer, &clock), Ok(None)));
    let only_tokens = Schemes { jwt: Some(jwt()), ..Schemes::default() };
    assert!(matches!(authenticate(&only_tokens, &headers(&[("x-api-key", "a.b")]), &clock), Ok(None)));
}

#[test]
fn bad_credentials_are_a_denial_and_never_nobody() {
    let clock = clock();
    let schemes = Schemes { jwt: Some(jwt()), api_keys: Some(ApiKeys::new()) };
    for lines in [[("authorization", "Bearer a.b.c")], [("x-api-key", "a.b")]] {
        let outcome = authenticate(&schemes, &headers(&lines), &clock);
        assert!(matches!(outcome, Err(Denial::InvalidCredentials(_))), "{lines:?}");
    }
}
