//! Whether something is named as a secret, and whether a text could be one.

use std::collections::{BTreeMap, BTreeSet};

/// What a name promises.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Promise {
    /// A secret, whatever it looks like: a password, a passphrase.
    Secret,
    /// A secret if it looks random: a token, a key; names of fields and headers are called so, too.
    Random,
}

const SECRETS: &[&str] = &["secret", "password", "passwd", "passphrase", "pepper", "credential", "credentials"];

const RANDOM: &[&str] = &["token", "apikey", "jwt", "bearer"];

/// What makes a key of `…_key` one to keep.
const KEPT: &[&str] =
    &["api", "signing", "private", "secret", "access", "encryption", "hmac", "auth", "jwt", "master", "session", "service"];

/// The last words of names that say something about a secret and hold none.
const ABOUT: &[&str] = &[
    "name",
    "names",
    "header",
    "field",
    "path",
    "file",
    "url",
    "uri",
    "endpoint",
    "prefix",
    "suffix",
    "id",
    "type",
    "kind",
    "param",
    "parameter",
    "var",
    "variable",
    "env",
    "len",
    "length",
    "size",
    "ttl",
    "lifetime",
    "cookie",
    "claim",
    "issuer",
    "audience",
    "hash",
    "policy",
    "regex",
    "pattern",
    "scope",
    "label",
    "title",
    "message",
    "error",
    "help",
    "hint",
    "format",
    "column",
    "table",
    "query",
    "algorithm",
    "alg",
    "scheme",
    "separator",
    "placeholder",
    "reason",
    "route",
    "topic",
    "event",
    "index",
    "version",
    "min",
    "max",
];

/// What a name promises, if it is named as a secret.
pub(crate) fn promise(name: &str) -> Option<Promise> {
    let words = words(name);
    let last = words.last()?.as_str();
    if ABOUT.contains(&last) || words.iter().any(|word| word == "public" || word == "example") {
        return None;
    }
    if words.iter().any(|word| SECRETS.contains(&word.as_str())) {
        return Some(Promise::Secret);
    }
    let is_kept_key = last == "key" && (words.len() == 1 || words.iter().any(|word| KEPT.contains(&word.as_str())));
    (is_kept_key || words.iter().any(|word| RANDOM.contains(&word.as_str()))).then_some(Promise::Random)
}

/// Whether the value keeps the promise: a secret, and not the name of one.
pub(crate) fn is_kept(promise: Promise, name: &str, value: &str) -> bool {
    let is_text_about = value.contains(char::is_whitespace)
        || value.contains("://")
        || value.starts_with(['/', '.', '$', '<', '{', '#', '-', '@', '%'])
        || value.contains(['{', '<', '…']);
    if is_text_about || is_variable(value) || names_itself(name, value) {
        return false;
    }
    match promise {
        Promise::Secret => value.chars().count() >= 6 && value.chars().collect::<BTreeSet<_>>().len() > 2,
        Promise::Random => is_random(value),
    }
}

/// The name of an environment variable: `SIGNING_KEY`.
fn is_variable(value: &str) -> bool {
    value.contains('_') && value.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_')
}

/// Whether the value is made of the words of its name, as names of fields are: `CLIENT_SECRET = "client_secret"`.
fn names_itself(name: &str, value: &str) -> bool {
    let name = words(name);
    words(value).iter().all(|word| name.contains(word))
}

/// Whether a text looks as if chance had written it: long, mixed, and of many different characters.
pub(crate) fn is_random(value: &str) -> bool {
    let has = |kind: fn(char) -> bool| value.contains(kind);
    let is_mixed = has(|c| c.is_ascii_digit()) && has(|c| c.is_ascii_alphabetic());
    value.chars().count() >= 16 && is_mixed && bits_per_character(value) >= 3.0
}

/// Shannon's entropy of the characters.
fn bits_per_character(text: &str) -> f64 {
    let mut counts: BTreeMap<char, u32> = BTreeMap::new();
    text.chars().for_each(|c| *counts.entry(c).or_default() += 1);
    let all = f64::from(counts.values().sum::<u32>());
    counts.values().map(|count| f64::from(*count) / all).map(|share| -share * share.log2()).sum()
}

/// The words of a name in any case: `API_KEY`, `apiKey`, `api-key`.
fn words(name: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut was_lower = false;
    for c in name.chars() {
        let starts = !c.is_alphanumeric() || (c.is_uppercase() && was_lower);
        was_lower = c.is_lowercase();
        if starts {
            words.push(String::new());
        }
        if c.is_alphanumeric()
            && let Some(word) = words.last_mut()
        {
            word.extend(c.to_lowercase());
        }
    }
    words.retain(|word| !word.is_empty());
    words
}

#[cfg(test)]
mod tests {
    use super::{Promise, is_kept, is_random, promise};

    #[test]
    fn names_promise_what_they_say() {
        for name in ["SECRET", "client_secret", "dbPassword", "PASSWORD", "JWT_SECRET"] {
            assert_eq!(promise(name), Some(Promise::Secret), "{name}");
        }
        for name in ["API_KEY", "token", "signing_key", "accessToken", "key", "AUTH_TOKEN"] {
            assert_eq!(promise(name), Some(Promise::Random), "{name}");
        }
        for name in
            ["TOKEN_HEADER", "PASSWORD_FIELD", "SECRET_PATH", "primary_key", "monkey", "PUBLIC_KEY", "keyboard", "name", ""]
        {
            assert_eq!(promise(name), None, "{name}");
        }
    }

    #[test]
    fn a_secret_is_no_name_of_one() {
        let secret = |name, value| is_kept(Promise::Secret, name, value);
        assert!(secret("PASSWORD", "hunter2") && secret("CLIENT_SECRET", "s3cr3t-value") && secret("SECRET", "supersecret"));
        for value in [
            "client_secret",
            "CLIENT_SECRET",
            "",
            "x",
            "xxxxxxxx",
            "{secret}",
            "<secret>",
            "/run/secrets/x",
            "https://x.y",
            "wrong password",
        ] {
            assert!(!secret("CLIENT_SECRET", value), "{value}");
        }
    }

    #[test]
    fn random_is_long_mixed_and_varied() {
        assert!(is_random("9f86d081884c7d659a2feaa0c55ad015") && is_random("hV3k9sQ2mZ7pLx0T"));
        for value in ["x-auth-token", "0000000000000000a", "authorization_code", "a1b2", "", "user_id"] {
            assert!(!is_random(value), "{value}");
        }
    }
}
