//! API keys: what authenticates, what does not, and what is reported at start-up.

use super::{ApiKey, ApiKeyError, ApiKeys};
use crate::Denial;
use portcullis_policy::{Mask, Role, RuleBook, Scope};
use proptest::prelude::*;
use std::time::Duration;

static RULE_BOOK: RuleBook = RuleBook::new(
    1,
    &[Role::new("admin", Mask::from_words([1, 0, 0, 0]), Mask::from_words([1, 0, 0, 0]))],
    &[Scope::new("reports:read", "Read the reports", Mask::from_words([2, 0, 0, 0]))],
);
const NOW: Duration = Duration::from_secs(1_000);
/// The SHA-256 of `demo.secret`, as `sha256sum` prints it.
const DEMO_HASH: &str = "14448345ba8a12fdcb2e6571854be066496163f1bab8473a992f198733de3d8d";

#[track_caller]
fn refused(keys: &ApiKeys, key: &str, now: Duration) {
    let outcome = keys.authenticate(key, now, &RULE_BOOK);
    assert!(matches!(outcome, Err(Denial::InvalidCredentials(_))), "{outcome:?}");
}

#[test]
fn a_generated_key_authenticates_with_its_roles_and_scopes() {
    let (plaintext, key) = ApiKey::generate("billing").unwrap();
    let keys = ApiKeys::new().key(key.roles(["admin"]).scopes(["reports:read"]));
    assert_eq!(keys.problems(&RULE_BOOK), Vec::<String>::new());
    let principal = keys.authenticate(&plaintext, NOW, &RULE_BOOK).unwrap();
    assert_eq!(principal.subject(), "billing");
    assert!(principal.has_role("admin") && principal.has_scope("reports:read"));
    assert_eq!(principal.expires_at(), None);
}

#[test]
fn a_generated_key_is_a_public_prefix_and_256_random_bits() {
    let (plaintext, key) = ApiKey::generate("billing").unwrap();
    let (prefix, secret) = plaintext.split_once('.').unwrap();
    assert_eq!((prefix, prefix.len(), secret.len()), (key.prefix(), 12, 43));
    assert!(plaintext.bytes().all(|byte| byte.is_ascii_graphic()));
    assert_ne!(ApiKey::generate("billing").unwrap().0, plaintext);
}

#[test]
fn a_key_survives_being_kept_as_prefix_and_hash() {
    let (plaintext, key) = ApiKey::generate("billing").unwrap();
    let kept = ApiKey::from_hash(key.prefix(), &key.hash_hex(), "billing").unwrap();
    assert!(ApiKeys::new().key(kept).authenticate(&plaintext, NOW, &RULE_BOOK).is_ok());
}

#[test]
fn the_hash_is_what_sha256sum_prints_in_either_case() {
    for hash in [DEMO_HASH.to_owned(), DEMO_HASH.to_uppercase()] {
        let key = ApiKey::from_hash("demo", &hash, "demo").unwrap();
        assert_eq!(key.hash_hex(), DEMO_HASH);
        assert!(ApiKeys::new().key(key).authenticate("demo.secret", NOW, &RULE_BOOK).is_ok());
    }
}

#[test]
fn only_the_whole_key_authenticates() {
    let (plaintext, key) = ApiKey::generate("billing").unwrap();
    let (other, other_key) = ApiKey::generate("other").unwrap();
    let (prefix, secret) = plaintext.split_once('.').unwrap();
    let other_secret = other.split_once('.').unwrap().1;
    let hash = key.hash_hex();
    let keys = ApiKeys::new().key(key).key(other_key);
    let variants = [
        prefix.to_owned(),
        format!("{prefix}."),
        format!(".{secret}"),
        secret.to_owned(),
        format!("{prefix}.{other_secret}"),
        format!("{prefix}.{hash}"),
        format!("{plaintext}."),
        format!("{plaintext}A"),
        plaintext[..plaintext.len() - 1].to_owned(),
        plaintext.to_uppercase(),
        "unknown.secret".to_owned(),
        ".".to_owned(),
    ];
    for key in variants {
        refused(&keys, &key, NOW);
    }
}

#[test]
fn the_hash_that_an_unknown_prefix_is_compared_with_lets_nobody_in() {
    // Whatever it is, no prefix belongs to it.
    refused(&ApiKeys::new(), "nobody.secret", NOW);
    refused(&ApiKeys::default(), "", NOW);
}

#[test]
fn an_overlong_key_is_refused() {
    refused(&ApiKeys::new(), &"a".repeat(100_000), NOW);
}

#[test]
fn a_key_expires_at_its_second() {
    let (plaintext, key) = ApiKey::generate("billing").unwrap();
    let keys = ApiKeys::new().key(key.expires_at(NOW));
    let just_before = NOW - Duration::from_nanos(1);
    assert_eq!(keys.authenticate(&plaintext, just_before, &RULE_BOOK).unwrap().expires_at(), Some(NOW));
    refused(&keys, &plaintext, NOW);
    refused(&keys, &plaintext, Duration::MAX);
}

#[test]
fn what_is_not_a_key_cannot_be_made() {
    let from_hash = |prefix: &str, hash: &str, subject: &str| ApiKey::from_hash(prefix, hash, subject).err();
    for prefix in ["", "a.b", "a b", "ä", &"a".repeat(65)] {
        assert_eq!(from_hash(prefix, DEMO_HASH, "x"), Some(ApiKeyError::InvalidPrefix), "{prefix}");
    }
    for hash in
        ["", "00", &DEMO_HASH[1..], &format!("{DEMO_HASH}0"), &DEMO_HASH.replace('a', "g"), &format!("+{}", &DEMO_HASH[1..])]
    {
        assert_eq!(from_hash("demo", hash, "x"), Some(ApiKeyError::InvalidHash), "{hash}");
    }
    assert_eq!(from_hash("demo", DEMO_HASH, " "), Some(ApiKeyError::EmptySubject));
    assert_eq!(ApiKey::generate("").err(), Some(ApiKeyError::EmptySubject));
    assert!(from_hash(&"a".repeat(64), DEMO_HASH, "x").is_none());
}

#[test]
fn duplicate_prefixes_are_reported_and_the_first_stays() {
    let (plaintext, key) = ApiKey::generate("first").unwrap();
    let second = ApiKey::from_hash(key.prefix(), DEMO_HASH, "second").unwrap();
    let prefix = key.prefix().to_owned();
    let keys = ApiKeys::new().key(key).key(second);
    let expected = format!("two API keys have the prefix `{prefix}`, which names one; take one out, or generate a new key");
    assert_eq!(keys.problems(&RULE_BOOK), [expected]);
    assert_eq!(keys.authenticate(&plaintext, NOW, &RULE_BOOK).unwrap().subject(), "first");
}

#[test]
fn undeclared_roles_and_scopes_are_reported_with_a_remedy() {
    let key = ApiKey::from_hash("demo", DEMO_HASH, "x").unwrap().roles(["admn", "admin"]).scopes(["zebra"]);
    let problems = ApiKeys::new().key(key).problems(&RULE_BOOK);
    assert_eq!(
        problems,
        [
            "the API key `demo` has the role `admn`, which the rule book does not declare; did you mean `admin`?",
            "the API key `demo` has the scope `zebra`, which the rule book does not declare; declared are `reports:read`",
        ]
    );
}

#[test]
fn debug_shows_neither_key_nor_hash() {
    let (plaintext, key) = ApiKey::generate("billing").unwrap();
    let hash = key.hash_hex();
    let keys = ApiKeys::new().key(key.clone());
    keys.authenticate(&plaintext, NOW, &RULE_BOOK).unwrap();
    let text = format!("{key:?} {keys:?}");
    assert!(text.contains("billing"));
    assert!(!text.contains(plaintext.split_once('.').unwrap().1) && !text.contains(&hash));
}

proptest! {
    #[test]
    fn no_guess_authenticates(guess in "[!-~]{0,80}") {
        let key = ApiKey::from_hash("demo", DEMO_HASH, "x").unwrap();
        let keys = ApiKeys::new().key(key);
        prop_assume!(guess != "demo.secret");
        for guess in [guess.clone(), format!("demo.{guess}")] {
            prop_assume!(guess != "demo.secret");
            prop_assert!(keys.authenticate(&guess, NOW, &RULE_BOOK).is_err());
        }
    }
}
