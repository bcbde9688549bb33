//! Traps of the form of a token, its header and its signature.

use super::*;
use proptest::prelude::*;

fn with_header(header: &str) -> String {
    signed(header, &good_claims().to_string(), &signing_key())
}

#[test]
fn a_good_token_is_accepted() {
    let principal = accepted(&jwt(), &with_header(r#"{"alg":"HS256","typ":"JWT"}"#));
    assert_eq!((principal.subject(), principal.issuer()), ("alice", Some(ISSUER)));
    assert_eq!(principal.expires_at(), Some(NOW + Duration::from_secs(60)));
}

#[test]
fn alg_none_is_refused() {
    let payload = URL_SAFE_NO_PAD.encode(good_claims().to_string());
    for alg in ["none", "None", "NONE", "nOnE"] {
        let header = URL_SAFE_NO_PAD.encode(format!(r#"{{"alg":"{alg}"}}"#));
        refused(&jwt(), &format!("{header}.{payload}."), "`alg`");
        refused(&jwt(), &format!("{header}.{payload}.AAAA"), "`alg`");
    }
}

#[test]
fn an_empty_signature_is_refused() {
    let token = token(&good_claims());
    let (message, _) = token.rsplit_once('.').unwrap();
    refused(&jwt(), &format!("{message}."), "signature");
}

#[test]
fn an_hmac_over_the_public_key_is_refused() {
    // The classic: RS256 is configured, and the attacker signs by HS256 with the public key's text as the secret.
    let public = include_str!("../testdata/rsa2048_public.pem");
    let jwt = Jwt::new(ISSUER, AUDIENCE, JwtKey::rs256_pem(public).unwrap());
    let forged = signed(r#"{"alg":"HS256"}"#, &good_claims().to_string(), &SigningKey::hs256(public).unwrap());
    refused(&jwt, &forged, "`alg` is not the algorithm of the key");
}

#[test]
fn a_key_verifies_its_own_algorithm_only() {
    let private = include_str!("../testdata/rsa2048_private.pem");
    let jwt = Jwt::new(ISSUER, AUDIENCE, JwtKey::rs256_pem(include_str!("../testdata/rsa2048_public.pem")).unwrap());
    let ps256 = signed(r#"{"alg":"PS256"}"#, &good_claims().to_string(), &SigningKey::ps256_pem(private).unwrap());
    refused(&jwt, &ps256, "`alg` is not the algorithm of the key");
    // The header claims the right algorithm, the signature was made by the other.
    let mislabelled = signed(r#"{"alg":"RS256"}"#, &good_claims().to_string(), &SigningKey::ps256_pem(private).unwrap());
    refused(&jwt, &mislabelled, "signature");
}

#[test]
fn an_unknown_crit_is_refused() {
    refused(&jwt(), &with_header(r#"{"alg":"HS256","crit":["x"],"x":1}"#), "crit");
    refused(&jwt(), &with_header(r#"{"alg":"HS256","crit":[]}"#), "crit");
}

#[test]
fn an_unencoded_payload_is_refused() {
    refused(&jwt(), &with_header(r#"{"alg":"HS256","b64":false}"#), "b64");
}

#[test]
fn compressed_and_encrypted_tokens_are_refused() {
    refused(&jwt(), &with_header(r#"{"alg":"HS256","zip":"DEF"}"#), "zip");
    refused(&jwt(), &with_header(r#"{"alg":"HS256","enc":"A128GCM"}"#), "enc");
}

#[test]
fn a_key_in_the_header_is_never_used() {
    let foreign = SigningKey::hs256("another secret of at least thirty-two bytes").unwrap();
    let k = URL_SAFE_NO_PAD.encode("another secret of at least thirty-two bytes");
    for member in [
        format!(r#""jwk":{{"kty":"oct","k":"{k}","alg":"HS256"}}"#),
        r#""jku":"https://attacker.example/keys""#.to_owned(),
        r#""x5u":"https://attacker.example/certificate""#.to_owned(),
        r#""x5c":["MIIB"]"#.to_owned(),
    ] {
        let header = format!(r#"{{"alg":"HS256",{member}}}"#);
        refused(&jwt(), &signed(&header, &good_claims().to_string(), &foreign), "signature");
        // And beside a good signature it changes nothing, whatever it holds.
        accepted(&jwt(), &with_header(&header));
    }
}

#[test]
fn duplicate_header_members_are_refused() {
    refused(&jwt(), &with_header(r#"{"alg":"HS256","alg":"HS256"}"#), "duplicate");
    refused(&jwt(), &with_header(r#"{"alg":"HS256","a":1,"a":1}"#), "duplicate");
}

#[test]
fn a_known_kid_picks_its_key_and_no_other() {
    let [first, second] = ["the first secret of thirty-two bytes", "the second secret of thirty-two bytes"];
    let jwt =
        Jwt::new(ISSUER, AUDIENCE, JwtKey::hs256(first).unwrap().with_id("1")).key(JwtKey::hs256(second).unwrap().with_id("2"));
    let token = |kid: &str, secret| {
        let header = format!(r#"{{"alg":"HS256","kid":{kid}}}"#);
        signed(&header, &good_claims().to_string(), &SigningKey::hs256(secret).unwrap())
    };
    accepted(&jwt, &token(r#""1""#, first));
    accepted(&jwt, &token(r#""2""#, second));
    refused(&jwt, &token(r#""2""#, first), "signature");
    refused(&jwt, &token(r#""3""#, first), "`kid`");
}

#[test]
fn a_kid_is_an_opaque_name() {
    for kid in ["../../dev/null", "' OR '1'='1", "http://attacker.example", "", "1\0"] {
        let header = json!({ "alg": "HS256", "kid": kid }).to_string();
        refused(&Jwt::new(ISSUER, AUDIENCE, key().with_id("1")), &with_header(&header), "no key has the `kid`");
    }
    refused(&jwt(), &with_header(r#"{"alg":"HS256","kid":"1"}"#), "no key has the `kid`");
    refused(&jwt(), &with_header(r#"{"alg":"HS256","kid":1}"#), "`kid` is not a string");
}

#[test]
fn without_kid_every_key_of_the_algorithm_is_tried() {
    let (old, new) = ("the old secret of at least 32 bytes", "the new secret of at least 32 bytes");
    let rsa = JwtKey::rs256_pem(include_str!("../testdata/rsa2048_public.pem")).unwrap();
    let jwt = Jwt::new(ISSUER, AUDIENCE, rsa).key(JwtKey::hs256(old).unwrap().with_id("old")).key(JwtKey::hs256(new).unwrap());
    for secret in [old, new] {
        let key = SigningKey::hs256(secret).unwrap();
        accepted(&jwt, &signed(r#"{"alg":"HS256"}"#, &good_claims().to_string(), &key));
    }
    refused(&jwt, &token(&good_claims()), "signature");
}

#[test]
fn typ_names_a_use_and_other_uses_are_refused() {
    for typ in ["JWT", "jwt", "application/jwt", "at+jwt", "AT+JWT", "application/at+jwt"] {
        accepted(&jwt(), &with_header(&format!(r#"{{"alg":"HS256","typ":"{typ}"}}"#)));
    }
    for typ in ["logout+jwt", "dpop+jwt", "secevent+jwt", "JOSE", "", "application/application/jwt"] {
        refused(&jwt(), &with_header(&format!(r#"{{"alg":"HS256","typ":"{typ}"}}"#)), "`typ`");
    }
}

#[test]
fn access_tokens_only_refuses_other_typ_and_missing_claims() {
    let jwt = jwt().access_tokens_only();
    let claims = claims_with(json!({ "iat": 1, "jti": "1", "client_id": "app" }));
    let with = |typ: &str, claims: &Value| signed(&format!(r#"{{"alg":"HS256"{typ}}}"#), &claims.to_string(), &signing_key());
    accepted(&jwt, &with(r#","typ":"at+jwt""#, &claims));
    accepted(&jwt, &with(r#","typ":"application/at+jwt""#, &claims));
    for typ in ["", r#","typ":"JWT""#, r#","typ":"at+jwtx""#] {
        refused(&jwt, &with(typ, &claims), "`typ`");
    }
    for name in ["iat", "jti", "client_id"] {
        let mut claims = claims.clone();
        claims.as_object_mut().unwrap().remove(name);
        refused(&jwt, &with(r#","typ":"at+jwt""#, &claims), "needs `iat`, `jti` and `client_id`");
    }
    for empty in [json!({ "jti": "" }), json!({ "client_id": "" })] {
        let mut claims = claims.clone();
        claims.as_object_mut().unwrap().extend(empty.as_object().unwrap().clone());
        refused(&jwt, &with(r#","typ":"at+jwt""#, &claims), "needs `iat`, `jti` and `client_id`");
    }
}

#[test]
fn a_token_longer_than_the_bound_is_refused_before_it_is_decoded() {
    let token = token(&good_claims());
    accepted(&jwt().max_token_bytes(token.len()), &token);
    refused(&jwt().max_token_bytes(token.len() - 1), &token, "longer");
    refused(&jwt(), &"!".repeat(Jwt::DEFAULT_MAX_TOKEN_BYTES + 1), "longer");
    refused(&jwt(), &"!".repeat(Jwt::DEFAULT_MAX_TOKEN_BYTES), "three parts");
}

#[test]
fn a_token_is_exactly_three_parts() {
    let good = token(&good_claims());
    let parts: Vec<&str> = good.split('.').collect();
    let [header, payload, signature] = parts[..] else { panic!() };
    for token in [
        String::new(),
        ".".into(),
        "..".into(),
        header.into(),
        format!("{header}.{payload}"),
        format!(".{good}"),
        format!("{good}."),
        format!("{good}.{signature}"),
        format!("{header}..{signature}"),
        format!(".{payload}.{signature}"),
        format!("{header}.{payload}.."),
    ] {
        assert!(matches!(authenticate(&jwt(), &token), Err(Denial::InvalidCredentials(_))), "{token}");
    }
}

#[test]
fn base64_with_padding_other_alphabets_or_stray_bits_is_refused() {
    let good = token(&good_claims());
    refused(&jwt(), &format!("{good}="), "base64url");
    // 32 bytes of signature end in a character that carries two unused bits.
    let last = good.chars().last().unwrap();
    let twin = char::from_u32(u32::from(last) + 1).unwrap();
    refused(&jwt(), &format!("{}{twin}", &good[..good.len() - 1]), "signature");
    refused(&jwt(), &good.replacen('e', "+", 1), "");
}

#[test]
fn a_changed_byte_anywhere_is_refused() {
    let good = token(&good_claims());
    for at in 0..good.len() {
        let mut bytes = good.clone().into_bytes();
        bytes[at] = if bytes[at] == b'A' { b'B' } else { b'A' };
        let changed = String::from_utf8(bytes).unwrap();
        assert!(authenticate(&jwt(), &changed).is_err(), "{at}");
    }
}

proptest! {
    #[test]
    fn any_text_is_refused_and_never_panics(text in "[ -~]{0,200}", parts in proptest::collection::vec("[A-Za-z0-9_-]{0,40}", 0..5)) {
        for token in [text, parts.join(".")] {
            prop_assert!(matches!(authenticate(&jwt(), &token), Err(Denial::InvalidCredentials(_))));
        }
    }

    #[test]
    fn any_header_and_claims_with_a_good_signature_never_panic(
        header in proptest::collection::vec(any::<u8>(), 0..60),
        claims in proptest::collection::vec(any::<u8>(), 0..60),
    ) {
        let encode = |bytes: &[u8]| URL_SAFE_NO_PAD.encode(bytes);
        let good = encode(br#"{"alg":"HS256"}"#);
        for message in [format!("{}.{}", encode(&header), encode(&claims)), format!("{good}.{}", encode(&claims))] {
            let signature = encode(&signing_key().sign(message.as_bytes()).unwrap());
            let token = format!("{message}.{signature}");
            prop_assert!(authenticate(&jwt(), &token).is_err());
        }
    }
}
