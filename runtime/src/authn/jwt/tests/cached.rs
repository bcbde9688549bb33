//! The verified tokens: bounded, exact, and still subject to time.

use super::*;
use crate::authn::jwt::cache::VerifiedTokens;

fn cache_of(jwt: &Jwt) -> &VerifiedTokens {
    jwt.verified.as_ref().unwrap()
}

fn token_of(subject: usize) -> String {
    token(&claims_with(json!({ "sub": subject.to_string() })))
}

#[test]
fn a_token_is_verified_once_and_then_found() {
    let jwt = jwt();
    let token = token(&claims_with(json!({ "roles": ["admin"] })));
    assert_eq!(cache_of(&jwt).len(), 0);
    let (first, second) = (accepted(&jwt, &token), accepted(&jwt, &token));
    assert_eq!(cache_of(&jwt).len(), 1);
    assert!(cache_of(&jwt).get(&token).is_some());
    assert_eq!(format!("{first:?}"), format!("{second:?}"));
    assert!(second.has_role("admin"));
}

#[test]
fn an_expired_token_is_refused_from_the_cache_and_forgotten() {
    let jwt = jwt().leeway(Duration::from_secs(5));
    let token = token(&good_claims());
    accepted(&jwt, &token);
    let end = NOW + Duration::from_secs(65);
    assert!(jwt.authenticate(&token, end - Duration::from_nanos(1), &RULE_BOOK).is_ok());
    assert_eq!(cache_of(&jwt).len(), 1);
    let expired = Some(Denial::InvalidCredentials("the token is expired"));
    assert_eq!(jwt.authenticate(&token, end, &RULE_BOOK).err(), expired);
    assert_eq!(cache_of(&jwt).len(), 0);
    assert_eq!(jwt.authenticate(&token, end, &RULE_BOOK).err(), expired);
}

#[test]
fn a_clock_that_goes_back_makes_a_cached_token_too_early() {
    let jwt = jwt();
    let token = token(&claims_with(json!({ "nbf": NOW.as_secs() })));
    accepted(&jwt, &token);
    assert!(jwt.authenticate(&token, NOW - Duration::from_secs(1), &RULE_BOOK).is_err());
}

#[test]
fn a_token_that_differs_in_the_last_byte_misses() {
    let jwt = jwt();
    let token = token(&good_claims());
    accepted(&jwt, &token);
    let last = if token.ends_with('A') { "E" } else { "A" };
    let other = format!("{}{last}", &token[..token.len() - 1]);
    assert!(cache_of(&jwt).get(&other).is_none());
    refused(&jwt, &other, "signature");
    assert!(cache_of(&jwt).get(&token[..token.len() - 1]).is_none());
    assert_eq!(cache_of(&jwt).len(), 1);
}

#[test]
fn what_was_refused_is_not_kept() {
    let jwt = jwt();
    refused(&jwt, &token(&claims_without("sub")), "`sub`");
    refused(&jwt, &token(&claims_with(json!({ "exp": 1 }))), "expired");
    refused(&jwt, &token(&claims_with(json!({ "nbf": NOW.as_secs() + 1 }))), "not valid yet");
    assert_eq!(cache_of(&jwt).len(), 0);
}

#[test]
fn the_bound_in_bytes_holds() {
    for bytes in [4096, 64 * 1024, 100_000] {
        let jwt = jwt().cache_bytes(bytes);
        for subject in 0..500 {
            let token = token(&claims_with(json!({ "sub": subject.to_string(), "padding": "x".repeat(subject * 7 % 3000) })));
            accepted(&jwt, &token);
            assert!(cache_of(&jwt).bytes() <= bytes as u64, "{bytes}: {subject}");
        }
        assert!(cache_of(&jwt).len() > 0, "{bytes}");
    }
}

#[test]
fn the_weight_is_no_less_than_what_a_token_holds() {
    let jwt = jwt();
    let mut total = 0;
    for subject in 0..100 {
        let token =
            token(&claims_with(json!({ "sub": subject.to_string(), "padding": "x".repeat(1000), "roles": vec!["admin"; 20] })));
        accepted(&jwt, &token);
        total += token.len() as u64 + 1000 + 20 * (24 + 5);
    }
    assert_eq!(cache_of(&jwt).len(), 100);
    assert!(cache_of(&jwt).bytes() >= total);
}

#[test]
fn a_token_heavier_than_the_whole_cache_is_accepted_and_not_kept() {
    let jwt = jwt().cache_bytes(4096);
    accepted(&jwt, &token(&claims_with(json!({ "padding": "x".repeat(5000) }))));
    assert_eq!(cache_of(&jwt).len(), 0);
}

#[test]
fn without_a_cache_every_token_is_verified() {
    for bytes in [0, 1, 4095] {
        let jwt = jwt().cache_bytes(bytes);
        assert!(jwt.verified.is_none());
        let token = token(&good_claims());
        accepted(&jwt, &token);
        accepted(&jwt, &token);
    }
}

#[test]
fn tokens_are_not_taken_for_one_another() {
    let jwt = jwt();
    let tokens: Vec<String> = (0..300).map(token_of).collect();
    for _ in 0..2 {
        for (subject, token) in tokens.iter().enumerate() {
            assert_eq!(accepted(&jwt, token).subject(), subject.to_string());
        }
    }
}

#[test]
fn many_threads_agree() {
    let jwt = jwt().cache_bytes(16 * 1024);
    std::thread::scope(|scope| {
        for thread in 0..4 {
            let jwt = &jwt;
            scope.spawn(move || {
                for round in 0..200 {
                    let subject = (round * (thread + 1)) % 50;
                    assert_eq!(accepted(jwt, &token_of(subject)).subject(), subject.to_string());
                }
            });
        }
    });
    assert!(cache_of(&jwt).bytes() <= 16 * 1024);
}
