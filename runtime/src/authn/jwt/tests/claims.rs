//! Traps of the claims: what is missing, of another type, or not yet or no longer true.

use super::*;

#[track_caller]
fn refused_with(changes: Value, words: &str) {
    refused(&jwt(), &token(&claims_with(changes)), words);
}

#[test]
fn a_token_without_exp_iss_aud_or_sub_is_refused() {
    for name in ["exp", "iss", "aud", "sub"] {
        refused(&jwt(), &token(&claims_without(name)), &format!("`{name}` is missing"));
    }
}

#[test]
fn exp_of_another_type_is_refused() {
    for exp in [json!("2000000"), json!(null), json!(true), json!([2_000_000]), json!({}), json!(-1), json!(-1.5)] {
        refused_with(json!({ "exp": exp }), "`exp` is not a number");
    }
}

#[test]
fn exp_that_is_no_json_number_is_refused() {
    for exp in ["NaN", "Infinity", "1e999", "-1e999", "0x10", "1_000"] {
        let claims = good_claims().to_string().replace("1000060", exp);
        let token = signed(r#"{"alg":"HS256"}"#, &claims, &signing_key());
        refused(&jwt(), &token, "not one JSON object");
    }
}

#[test]
fn an_absurdly_large_exp_is_the_end_of_time() {
    for exp in [json!(u64::MAX), json!(1e300)] {
        let jwt = jwt().leeway(Duration::MAX);
        accepted(&jwt, &token(&claims_with(json!({ "exp": exp }))));
    }
}

#[test]
fn a_token_expires_at_the_second_of_exp() {
    let exp = NOW + Duration::from_secs(60);
    let token = token(&good_claims());
    let at = |jwt: Jwt, now| jwt.cache_bytes(0).authenticate(&token, now, &RULE_BOOK).map(|_| ());
    assert_eq!(at(jwt(), exp - Duration::from_nanos(1)), Ok(()));
    assert_eq!(at(jwt(), exp), Err(Denial::InvalidCredentials("the token is expired")));
    let leeway = Duration::from_secs(5);
    assert_eq!(at(jwt().leeway(leeway), exp + leeway - Duration::from_nanos(1)), Ok(()));
    assert!(at(jwt().leeway(leeway), exp + leeway).is_err());
}

#[test]
fn a_token_starts_at_the_second_of_nbf() {
    let nbf = NOW + Duration::from_secs(10);
    let token = token(&claims_with(json!({ "nbf": nbf.as_secs() })));
    let at = |jwt: Jwt, now| jwt.cache_bytes(0).authenticate(&token, now, &RULE_BOOK).map(|_| ());
    assert_eq!(at(jwt(), nbf - Duration::from_nanos(1)), Err(Denial::InvalidCredentials("the token is not valid yet")));
    assert_eq!(at(jwt(), nbf), Ok(()));
    let leeway = Duration::from_secs(5);
    assert_eq!(at(jwt().leeway(leeway), nbf - leeway), Ok(()));
    assert!(at(jwt().leeway(leeway), nbf - leeway - Duration::from_nanos(1)).is_err());
}

#[test]
fn there_is_no_leeway_unless_told_otherwise() {
    refused_with(json!({ "exp": NOW.as_secs() }), "expired");
    refused_with(json!({ "nbf": NOW.as_secs() + 1 }), "not valid yet");
}

#[test]
fn times_may_have_fractions() {
    accepted(&jwt(), &token(&claims_with(json!({ "exp": 1_000_000.5, "nbf": 999_999.5 }))));
    refused_with(json!({ "nbf": 1_000_000.5 }), "not valid yet");
}

#[test]
fn nbf_and_iat_of_another_type_are_refused() {
    for name in ["nbf", "iat"] {
        for value in [json!("0"), json!(null), json!(false), json!(-1), json!([])] {
            refused_with(json!({ name: value }), &format!("`{name}` is not a number"));
        }
    }
}

#[test]
fn a_future_iat_is_not_compared_with_the_clock() {
    accepted(&jwt(), &token(&claims_with(json!({ "iat": NOW.as_secs() + 30 }))));
}

#[test]
fn iss_of_another_issuer_or_type_is_refused() {
    for iss in ["", "https://id.example.com/", "https://ID.example.com", "https://id.example.com.attacker.example"] {
        refused_with(json!({ "iss": iss }), "another issuer");
    }
    for iss in [json!(1), json!(null), json!([ISSUER]), json!({ "iss": ISSUER })] {
        refused_with(json!({ "iss": iss }), "`iss` is not a string");
    }
}

#[test]
fn aud_is_ours_alone_or_among_others() {
    for aud in [json!(AUDIENCE), json!([AUDIENCE]), json!(["other", AUDIENCE])] {
        accepted(&jwt(), &token(&claims_with(json!({ "aud": aud }))));
    }
}

#[test]
fn aud_of_others_or_of_another_type_is_refused() {
    for aud in [json!(""), json!("https://api.example.com/"), json!([]), json!(["other"]), json!("other https://api.example.com")]
    {
        refused_with(json!({ "aud": aud }), "another audience");
    }
    for aud in [json!(1), json!(null), json!({ AUDIENCE: true }), json!([AUDIENCE, 1]), json!([[AUDIENCE]])] {
        refused_with(json!({ "aud": aud }), "neither a string nor strings");
    }
}

#[test]
fn sub_is_a_string_that_is_not_empty() {
    refused_with(json!({ "sub": "" }), "`sub` is empty");
    for sub in [json!(1), json!(null), json!(["alice"])] {
        refused_with(json!({ "sub": sub }), "`sub` is not a string");
    }
}

#[test]
fn duplicate_claims_are_refused_at_any_depth() {
    for extra in [r#""sub":"mallory""#, r#""\u0073ub":"mallory""#, r#""x":1,"x":1"#, r#""x":{"roles":[],"roles":["admin"]}"#] {
        let claims = good_claims().to_string().replacen('{', &format!("{{{extra},"), 1);
        refused(&jwt(), &signed(r#"{"alg":"HS256"}"#, &claims, &signing_key()), "duplicate");
    }
}

#[test]
fn claims_that_are_no_object_are_refused() {
    for claims in ["", "null", "[]", "\"\"", "1", "{", "{}{}"] {
        refused(&jwt(), &signed(r#"{"alg":"HS256"}"#, claims, &signing_key()), "not one JSON object");
    }
}

#[test]
fn a_token_bound_to_a_key_is_refused_as_a_bearer() {
    refused_with(json!({ "cnf": { "jkt": "x" } }), "bound to a key");
    refused_with(json!({ "cnf": { "x5t#S256": "x" } }), "bound to a key");
}

#[test]
fn roles_are_an_array_of_strings_or_missing() {
    let principal = accepted(&jwt(), &token(&claims_with(json!({ "roles": ["admin", "unheard-of"] }))));
    assert_eq!(principal.roles().collect::<Vec<_>>(), ["admin", "unheard-of"]);
    assert!(principal.has_role("admin") && principal.has_role("user") && !principal.has_role("unheard-of"));
    assert_eq!(accepted(&jwt(), &token(&good_claims())).roles().count(), 0);
    assert_eq!(accepted(&jwt(), &token(&claims_with(json!({ "roles": [] })))).roles().count(), 0);
    for roles in [json!("admin"), json!(null), json!(1), json!({ "admin": true }), json!(["user", 1]), json!([["admin"]])] {
        refused_with(json!({ "roles": roles }), "roles are not");
    }
}

#[test]
fn roles_are_found_by_path_or_by_whole_name() {
    let by_path = jwt().roles_claim("realm_access.roles");
    let principal =
        accepted(&by_path, &token(&claims_with(json!({ "realm_access": { "roles": ["user"] }, "roles": ["admin"] }))));
    assert!(principal.has_role("user") && !principal.has_role("admin"));
    assert_eq!(accepted(&by_path, &token(&good_claims())).roles().count(), 0);
    assert_eq!(accepted(&by_path, &token(&claims_with(json!({ "realm_access": {} })))).roles().count(), 0);
    refused(&by_path, &token(&claims_with(json!({ "realm_access": ["admin"] }))), "not an object");

    let by_name = jwt().roles_claim("https://example.com/roles");
    let principal = accepted(&by_name, &token(&claims_with(json!({ "https://example.com/roles": ["user"] }))));
    assert!(principal.has_role("user"));
}

#[test]
fn scopes_are_read_in_all_their_forms() {
    let cases = [
        (json!({ "scope": "a reports:read" }), vec!["a", "reports:read"]),
        (json!({ "scope": " a  b " }), vec!["a", "b"]),
        (json!({ "scope": "" }), vec![]),
        (json!({ "scope": ["a", "b"] }), vec!["a", "b"]),
        (json!({ "scp": ["a", "b"] }), vec!["a", "b"]),
        (json!({ "scp": "a b" }), vec!["a", "b"]),
        (json!({ "scope": "a", "scp": "b" }), vec!["a"]),
    ];
    for (claims, scopes) in cases {
        let principal = accepted(&jwt(), &token(&claims_with(claims.clone())));
        assert_eq!(principal.scopes().collect::<Vec<_>>(), scopes, "{claims}");
    }
    let principal = accepted(&jwt(), &token(&claims_with(json!({ "scope": "reports:read" }))));
    assert!(principal.has_scope("reports:read"));
    for scope in [json!(1), json!(null), json!({}), json!(["a", 1])] {
        refused_with(json!({ "scope": scope }), "scopes are");
    }
}

#[test]
fn a_configured_scopes_claim_is_the_only_one() {
    let jwt = jwt().scopes_claim("permissions");
    let principal = accepted(&jwt, &token(&claims_with(json!({ "permissions": ["a"], "scope": "b", "scp": "c" }))));
    assert_eq!(principal.scopes().collect::<Vec<_>>(), ["a"]);
    assert_eq!(accepted(&jwt, &token(&claims_with(json!({ "scope": "b" })))).scopes().count(), 0);
}

#[test]
fn other_claims_are_shown_and_registered_ones_are_not() {
    let principal = accepted(&jwt(), &token(&claims_with(json!({ "tenant": { "id": 7 }, "jti": "1", "iat": 1, "nbf": 1 }))));
    assert_eq!(principal.claim("tenant"), Some(&json!({ "id": 7 })));
    for name in crate::authn::jwt::claims::REGISTERED {
        assert_eq!(principal.claim(name), None, "{name}");
    }
}
