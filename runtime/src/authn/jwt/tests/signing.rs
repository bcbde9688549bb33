//! Issuing tokens: what is issued is accepted, and what could not be is an error.

use super::*;
use crate::{
    authn::jwt::{SignError, Signer},
    clock::{Clock, ManualClock},
};
use std::sync::Arc;

fn signer(clock: &Arc<ManualClock>) -> Signer {
    Signer::new(ISSUER, AUDIENCE, signing_key()).clock(clock.clone())
}

fn clock() -> Arc<ManualClock> {
    Arc::new(ManualClock::at(NOW))
}

const MINUTE: Duration = Duration::from_secs(60);

fn part(token: &str, index: usize) -> Value {
    let part = token.split('.').nth(index).unwrap();
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(part).unwrap()).unwrap()
}

#[test]
fn what_is_issued_is_accepted_until_it_expires() {
    let clock = clock();
    let token =
        signer(&clock).token("alice", MINUTE).roles(["admin"]).scopes(["reports:read", "x"]).claim("tenant", 7).sign().unwrap();
    let jwt = jwt();
    let principal = jwt.authenticate(&token, clock.unix_time(), &RULE_BOOK).unwrap();
    assert_eq!(principal.subject(), "alice");
    assert!(principal.has_role("admin") && principal.has_scope("reports:read"));
    assert_eq!(principal.claim("tenant"), Some(&json!(7)));
    assert_eq!(principal.expires_at(), Some(NOW + MINUTE));
    clock.advance(MINUTE - Duration::from_nanos(1));
    assert!(jwt.authenticate(&token, clock.unix_time(), &RULE_BOOK).is_ok());
    clock.advance(Duration::from_nanos(1));
    assert!(jwt.authenticate(&token, clock.unix_time(), &RULE_BOOK).is_err());
}

#[test]
fn a_token_says_no_more_than_it_must() {
    let token = signer(&clock()).token("alice", MINUTE).sign().unwrap();
    assert_eq!(part(&token, 0), json!({ "typ": "JWT", "alg": "HS256" }));
    let mut claims = part(&token, 1);
    assert_eq!(claims.as_object_mut().unwrap().remove("jti").unwrap().as_str().unwrap().len(), 22);
    let seconds = NOW.as_secs();
    assert_eq!(claims, json!({ "iss": ISSUER, "aud": AUDIENCE, "sub": "alice", "iat": seconds, "exp": seconds + 60 }));
}

#[test]
fn no_two_tokens_are_alike() {
    let signer = signer(&clock());
    assert_ne!(signer.token("alice", MINUTE).sign(), signer.token("alice", MINUTE).sign());
}

#[test]
fn a_named_key_is_named_in_the_header() {
    let signer = Signer::new(ISSUER, AUDIENCE, signing_key().with_id("2026-01")).clock(clock());
    let token = signer.token("alice", MINUTE).sign().unwrap();
    assert_eq!(part(&token, 0)["kid"], "2026-01");
    accepted(&Jwt::new(ISSUER, AUDIENCE, key().with_id("2026-01")), &token);
    refused(&jwt(), &token, "`kid`");
}

#[test]
fn access_tokens_are_of_rfc_9068() {
    let signer = signer(&clock()).access_tokens();
    let token = signer.token("alice", MINUTE).claim("client_id", "app").sign().unwrap();
    assert_eq!(part(&token, 0)["typ"], "at+jwt");
    accepted(&jwt().access_tokens_only(), &token);
    refused(&jwt().access_tokens_only(), &signer.token("alice", MINUTE).sign().unwrap(), "client_id");
}

#[test]
fn a_token_for_nobody_or_for_no_time_is_an_error() {
    let signer = signer(&clock());
    assert_eq!(signer.token("", MINUTE).sign(), Err(SignError::EmptySubject));
    for lifetime in [Duration::ZERO, Duration::from_millis(999)] {
        assert_eq!(signer.token("alice", lifetime).sign(), Err(SignError::NoLifetime));
    }
    assert!(signer.token("alice", Duration::from_secs(1)).sign().is_ok());
    accepted(&jwt(), &signer.token("alice", Duration::MAX).sign().unwrap());
}

#[test]
fn a_claim_that_the_signer_sets_is_an_error() {
    for name in ["iss", "sub", "aud", "exp", "nbf", "iat", "jti", "roles", "scope", "scp", "cnf"] {
        let outcome = signer(&clock()).token("alice", MINUTE).claim(name, "x").sign();
        assert_eq!(outcome, Err(SignError::ReservedClaim(name.to_owned())));
    }
}

#[test]
fn a_scope_that_would_be_two_is_an_error() {
    for scope in ["", "a b", "a\tb", "a\"b", "a\\b", "ä"] {
        let outcome = signer(&clock()).token("alice", MINUTE).scopes([scope]).sign();
        assert_eq!(outcome, Err(SignError::InvalidScope(scope.to_owned())));
    }
}
