//! What secrets look like that have a form of their own: keys in PEM, credentials of services, tokens, passwords in URLs.
//! Says what it is and never repeats it.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use serde_json::Value;
use std::collections::BTreeSet;

/// A secret that was recognised.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Shape {
    PrivateKey,
    /// A credential of the service that is named.
    Credential(&'static str),
    Token,
    PasswordInUrl,
}

/// How a service writes its credentials: what they begin with, and how many characters of which kind follow.
struct Form {
    service: &'static str,
    prefix: &'static str,
    alphabet: fn(char) -> bool,
    least: usize,
    most: usize,
}

const fn form(service: &'static str, prefix: &'static str, alphabet: fn(char) -> bool, least: usize, most: usize) -> Form {
    Form { service, prefix, alphabet, least, most }
}

const FORMS: &[Form] = &[
    form("AWS", "AKIA", is_upper_or_digit, 16, 16),
    form("AWS", "ASIA", is_upper_or_digit, 16, 16),
    form("GitHub", "ghp_", is_alphanumeric, 36, 255),
    form("GitHub", "gho_", is_alphanumeric, 36, 255),
    form("GitHub", "ghu_", is_alphanumeric, 36, 255),
    form("GitHub", "ghs_", is_alphanumeric, 36, 255),
    form("GitHub", "ghr_", is_alphanumeric, 36, 255),
    form("GitHub", "github_pat_", is_word, 60, 255),
    form("GitLab", "glpat-", is_word_or_dash, 20, 64),
    form("Google", "AIza", is_word_or_dash, 35, 35),
    form("Google", "GOCSPX-", is_word_or_dash, 24, 64),
    form("Slack", "xoxb-", is_word_or_dash, 20, 255),
    form("Slack", "xoxp-", is_word_or_dash, 20, 255),
    form("Slack", "xoxs-", is_word_or_dash, 20, 255),
    form("Stripe", "sk_live_", is_alphanumeric, 16, 255),
    form("Stripe", "rk_live_", is_alphanumeric, 16, 255),
    form("Stripe", "whsec_", is_alphanumeric, 24, 255),
    form("SendGrid", "SG.", is_word_dash_or_dot, 60, 80),
    form("npm", "npm_", is_alphanumeric, 36, 36),
    form("PyPI", "pypi-", is_word_or_dash, 80, 512),
    form("Anthropic", "sk-ant-", is_word_or_dash, 40, 255),
    form("OpenAI", "sk-proj-", is_word_or_dash, 40, 255),
    form("OpenAI", "sk-", is_alphanumeric, 48, 48),
    form("Hugging Face", "hf_", is_alphanumeric, 30, 64),
    form("DigitalOcean", "dop_v1_", is_hex, 64, 64),
    form("Vault", "hvs.", is_word_or_dash, 24, 255),
    form("Docker", "dckr_pat_", is_word_or_dash, 24, 64),
    form("Databricks", "dapi", is_hex, 32, 32),
    form("Shopify", "shpat_", is_hex, 32, 32),
    form("age", "AGE-SECRET-KEY-1", is_upper_or_digit, 58, 58),
    form("Azure", "AccountKey=", is_base64, 80, 100),
];

/// The secret that the text holds, if it holds one.
pub(crate) fn find(text: &str) -> Option<Shape> {
    if has_private_key(text) {
        return Some(Shape::PrivateKey);
    }
    if let Some(form) = FORMS.iter().find(|form| form.is_in(text)) {
        return Some(Shape::Credential(form.service));
    }
    if has_token(text) {
        return Some(Shape::Token);
    }
    has_password_in_url(text).then_some(Shape::PasswordInUrl)
}

impl Form {
    fn is_in(&self, text: &str) -> bool {
        text.match_indices(self.prefix).any(|(start, _)| {
            let (before, rest) = text.split_at_checked(start).unwrap_or_default();
            let secret: String = rest.chars().skip(self.prefix.chars().count()).take_while(|c| (self.alphabet)(*c)).collect();
            let length = secret.chars().count();
            let is_apart = !before.ends_with(|c: char| c.is_ascii_alphanumeric() || c == '_');
            is_apart && (self.least..=self.most).contains(&length) && is_varied(&secret) && !secret.ends_with("EXAMPLE")
        })
    }
}

/// Whether the characters are as different as those of something random: `xxxxxxxx` stands for a secret and is none.
fn is_varied(text: &str) -> bool {
    text.chars().collect::<BTreeSet<_>>().len() >= 8
}

fn is_alphanumeric(c: char) -> bool {
    c.is_ascii_alphanumeric()
}

fn is_upper_or_digit(c: char) -> bool {
    c.is_ascii_uppercase() || c.is_ascii_digit()
}

fn is_hex(c: char) -> bool {
    c.is_ascii_digit() || ('a'..='f').contains(&c)
}

fn is_word(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '_'
}

fn is_word_or_dash(c: char) -> bool {
    is_word(c) || c == '-'
}

fn is_word_dash_or_dot(c: char) -> bool {
    is_word_or_dash(c) || c == '.'
}

fn is_base64(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '+' | '/' | '=')
}

/// A private key in PEM, with its key material: the line that begins one is not enough.
fn has_private_key(text: &str) -> bool {
    text.split("-----BEGIN ").skip(1).any(|block| {
        let Some((label, body)) = block.split_once("-----") else { return false };
        let body = body.split("-----END").next().unwrap_or(body);
        let material = body.chars().filter(char::is_ascii_alphanumeric).count();
        label.ends_with("PRIVATE KEY") && material >= 40
    })
}

/// A JSON Web Token: a header that says its algorithm, claims, and a signature.
fn has_token(text: &str) -> bool {
    text.match_indices("eyJ").any(|(start, _)| {
        let token: String = text.chars_from(start).take_while(|c| is_word_dash_or_dot(*c)).collect();
        let mut parts = token.split('.');
        let (Some(header), Some(claims), Some(signature)) = (parts.next(), parts.next(), parts.next()) else { return false };
        let header = URL_SAFE_NO_PAD.decode(header).ok().and_then(|bytes| serde_json::from_slice::<Value>(&bytes).ok());
        header.is_some_and(|header| header.get("alg").is_some_and(Value::is_string)) && claims.len() >= 8 && signature.len() >= 16
    })
}

/// `scheme://user:password@host`, where the password is one and the host is not this machine.
fn has_password_in_url(text: &str) -> bool {
    text.match_indices("://").any(|(start, separator)| {
        let authority: String = text
            .chars_from(start + separator.len())
            .take_while(|c| !c.is_whitespace() && !matches!(c, '/' | '?' | '#' | '"'))
            .collect();
        let Some((user, host)) = authority.rsplit_once('@') else { return false };
        let Some((_, password)) = user.split_once(':') else { return false };
        let is_placeholder = password.contains(['{', '}', '<', '>', '$', '*', '[', ']'])
            || ["", "password", "passwd", "pass", "secret", "token", "changeme", "xxx", "x", "pw"]
                .contains(&password.to_lowercase().as_str());
        let host = host.rsplit_once(':').map_or(host, |(host, _)| host);
        let is_example = ["localhost", "127.0.0.1", "[::1]", "0.0.0.0"].contains(&host)
            || ["example.com", "example.org", "example.net", ".example", ".test", ".invalid", ".localhost"]
                .iter()
                .any(|end| host.ends_with(end));
        !is_placeholder && !is_example
    })
}

trait CharsFrom {
    /// The characters from this byte on; none where it is inside a character.
    fn chars_from(&self, start: usize) -> std::str::Chars<'_>;
}

impl CharsFrom for str {
    fn chars_from(&self, start: usize) -> std::str::Chars<'_> {
        self.get(start..).unwrap_or_default().chars()
    }
}
