//! Secrets in the source, and what looks like one and is none.

use super::{check, found};

/// Put together here, so that no machine that searches for credentials finds one.
fn aws() -> String {
    ["AKIA", "Q3EGT7XUN5W2PLRZ"].concat()
}

const JWT: &str = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhbGljZSJ9.c2lnbmF0dXJlLW9mLXRoZS10b2tlbi1pbi1mdWxs";

#[test]
fn credentials_are_found_wherever_a_literal_is() {
    let key = aws();
    for source in [
        format!("const X: &str = \"{key}\";"),
        format!("static X: &[u8] = b\"{key}\";"),
        format!("fn f() {{ call(\"prefix {key} suffix\") }}"),
        format!("fn f() {{ println!(\"{key}\") }}"),
        format!("fn f() {{ json!({{ \"x\": [\"{key}\"] }}) }}"),
        format!("macro_rules! m {{ () => {{ \"{key}\" }} }}"),
        format!("fn f() {{ match x {{ \"{key}\" => 1, _ => 2 }} }}"),
        format!("const X: &str = r#\"{{\"id\":\"{key}\"}}\"#;"),
    ] {
        assert_eq!(found(&source), ["PC403"], "{source}");
    }
}

#[test]
fn what_only_looks_like_a_credential_is_none() {
    let key = aws();
    for text in [
        "AKIAIOSFODNN7EXAMPLE".to_owned(),
        "AKIAXXXXXXXXXXXXXXXX".to_owned(),
        format!("{key}A"),
        format!("X{key}"),
        key.trim_end_matches('Z').to_owned(),
        "ghp_".to_owned(),
        "sk-learn is a library".to_owned(),
        "eyJhbGciOiJIUzI1NiJ9".to_owned(),
        "eyJub3QiOiJhIGpvc2UifQ.eyJzdWIiOiJhbGljZSJ9.c2lnbmF0dXJlLW9mLXRoZS10b2tlbg".to_owned(),
        "-----BEGIN PRIVATE KEY-----".to_owned(),
        "-----BEGIN PUBLIC KEY-----\\nMCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=\\n-----END PUBLIC KEY-----"
            .to_owned(),
        "https://example.com/a:b@c".to_owned(),
        "https://user@host.internal/".to_owned(),
        "postgres://{user}:{password}@{host}/db".to_owned(),
        "redis://:password@cache.internal".to_owned(),
        "postgres://a:b@localhost:5432/db".to_owned(),
    ] {
        assert_eq!(found(&format!("fn f() {{ call(\"{text}\") }}")), [""; 0], "{text}");
    }
}

#[test]
fn every_shape_has_its_kind() {
    let pem = format!("-----BEGIN EC PRIVATE KEY-----\\n{}\\n-----END EC PRIVATE KEY-----", "MHcCAQEEIB0123456789".repeat(4));
    for (text, id) in [
        (pem.as_str(), "PC402"),
        (JWT, "PC404"),
        (&format!("Bearer {JWT}"), "PC404"),
        ("amqp://svc:Vq8-tN2x@queue.internal:5672/%2f", "PC408"),
        (&["ghp", "_0aB1cD2eF3gH4iJ5kL6mN7oP8qR9sT0uV1wX"].concat(), "PC403"),
        (&["sk", "_live_4eC39HqLyjWDarjtT1zdp7dc"].concat(), "PC403"),
    ] {
        assert_eq!(found(&format!("fn f() {{ call(\"{text}\") }}")), [id], "{text}");
    }
}

#[test]
fn keys_are_found_behind_conversions_and_constants() {
    let long = "3b1f5c0e9d8a7462f1e0c9b8a7d6e5f4";
    for (argument, id) in [
        (format!("\"{long}\""), "PC401"),
        (format!("\"{long}\".as_bytes()"), "PC401"),
        (format!("&b\"{long}\"[..]"), ""),
        (format!("String::from(\"{long}\")"), "PC401"),
        ("b\"secret\"".to_owned(), "PC304"),
        ("\"0123456789012345678901234567890\"".to_owned(), "PC304"),
        ("include_bytes!(\"key\")".to_owned(), "PC406"),
        ("env!(\"KEY\").as_bytes()".to_owned(), "PC406"),
        ("secret".to_owned(), ""),
        ("std::env::var(\"KEY\")?".to_owned(), ""),
        ("K".to_owned(), "PC401"),
    ] {
        let source =
            format!("use portcullis::jwt::*; const K: &str = \"{long}\"; fn f(secret: &str) {{ JwtKey::hs256({argument}); }}");
        // The constant is a finding only where its name says so, and `K` does not.
        assert_eq!(found(&source), if id.is_empty() { vec![] } else { vec![id] }, "{argument}");
    }
    assert_eq!(found(&format!("fn f() {{ Mine::hs256(\"{long}\") }}")), [""; 0]);
    assert_eq!(found(&format!("fn f() {{ portcullis::jwt::SigningKey::hs256(\"{long}\") }}")), ["PC401"]);
    assert_eq!(found("use jsonwebtoken::DecodingKey as D; fn f() { D::from_secret(b\"x\") }"), ["PC304"]);
    assert_eq!(found("use hmac::Hmac; fn f() { Hmac::<Sha256>::new_from_slice(b\"x\") }"), ["PC304"]);
}

#[test]
fn names_of_secrets_hold_secrets() {
    for source in [
        "const PASSWORD: &str = \"hunter2\";",
        "fn f() { let password = \"hunter2\".to_owned(); }",
        "fn f() -> Config { Config { client_secret: String::from(\"s3cr3t-value\") } }",
        "impl X { const API_KEY: &'static str = \"hV3k9sQ2mZ7pLx0T\"; }",
        "static SIGNING_KEY: &[u8] = b\"9f86d081884c7d659a2feaa0c55ad015\";",
        "fn f() { let token: Option<&str> = Some(\"9f86d081884c7d659a2feaa0c55ad015\"); }",
    ] {
        assert_eq!(found(source), ["PC405"], "{source}");
    }
    for source in [
        "const TOKEN: &str = \"token\";",
        "const PASSWORD_HEADER: &str = \"x-password-1\";",
        "const SECRET: &str = \"SIGNING_KEY\";",
        "const KEY: &str = \"user_id\";",
        "const API_KEY: &str = \"x-api-key\";",
        "fn f() { let password = read(\"hunter2\"); let secret = String::new(); let key = 5; let token = \"\"; }",
        "#[cfg(test)] const PASSWORD: &str = \"hunter2\";",
    ] {
        assert_eq!(found(source), [""; 0], "{source}");
    }
}

#[test]
fn a_secret_has_no_default() {
    for source in [
        "use std::env; fn f() { env::var(\"JWT_SECRET\").unwrap_or(\"dev\".into()); }",
        "fn f() { std::env::var(\"API_KEY\").ok().unwrap_or_else(|| String::from(\"dev\")); }",
        "use std::env::var; const NAME: &str = \"DB_PASSWORD\"; fn f() { var(NAME).unwrap_or_else(|_| \"dev\".to_owned()); }",
        "fn f() { option_env!(\"API_TOKEN\").unwrap_or(\"dev\"); }",
    ] {
        assert_eq!(found(source), ["PC407"], "{source}");
    }
    for source in [
        "use std::env; fn f() { env::var(\"PORT\").unwrap_or(\"8080\".into()); env::var(\"SECRET\").unwrap_or_default(); }",
        "fn f() { std::env::var(\"JWT_SECRET\").unwrap_or_else(|_| generate()); }",
        "fn f() { map.get(\"secret\").unwrap_or(\"none\"); }",
    ] {
        assert_eq!(found(source), [""; 0], "{source}");
    }
}

#[test]
fn no_message_repeats_the_secret() {
    let key = aws();
    let secrets = [key.as_str(), "hunter2-long", JWT, "Vq8-tN2x", "3b1f5c0e9d8a7462f1e0c9b8a7d6e5f4"];
    let source = format!(
        "use portcullis::jwt::*; const A: &str = \"{key}\"; const PASSWORD: &str = \"hunter2-long\"; const T: &str = \"{JWT}\";
         const U: &str = \"amqp://svc:Vq8-tN2x@queue.internal\"; fn f() {{ JwtKey::hs256(\"3b1f5c0e9d8a7462f1e0c9b8a7d6e5f4\"); }}"
    );
    let findings = check(&source);
    assert_eq!(findings.len(), 5, "{findings:#?}");
    let shown: String = findings.iter().map(|finding| format!("{} {}\n", finding.item, finding.message)).collect();
    assert!(secrets.iter().all(|secret| !shown.contains(secret)), "{shown}");
}
