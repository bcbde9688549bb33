//! What the globs of the crates that we know bring in, as far as it matters here.

/// The functions of `axum::routing` that route a handler.
pub(crate) const METHODS: &[&str] =
    &["get", "post", "put", "patch", "delete", "head", "options", "trace", "connect", "any", "on"];

/// The same for services.
pub(crate) const SERVICES: &[&str] = &[
    "get_service",
    "post_service",
    "put_service",
    "patch_service",
    "delete_service",
    "head_service",
    "options_service",
    "trace_service",
    "connect_service",
    "any_service",
    "on_service",
];

const AXUM: &[&str] = &["Router", "routing"];
const AXUM_ROUTING: &[&str] = &["Router", "MethodRouter"];
const OURS: &[&str] = &["secure", "SecureRouter", "Security", "ResponseHeaders", "jwt", "api_key", "clock", "prelude", "routing"];
const PRELUDE: &[&str] = &["secure", "rule_book", "SecureRouter", "Security", "Principal", "Valid"];
const JWT: &[&str] = &["Jwt", "JwtKey", "SigningKey", "Signer"];
const JSONWEBTOKEN: &[&str] = &["EncodingKey", "DecodingKey", "Validation"];

/// Whether `use path::*` brings the name in.
pub(super) fn glob_has(path: &[String], name: &str) -> bool {
    let path: Vec<&str> = path.iter().map(String::as_str).collect();
    let lists: &[&[&str]] = match path.as_slice() {
        ["axum"] => &[AXUM],
        ["axum", "routing"] => &[AXUM_ROUTING, METHODS, SERVICES],
        ["portcullis"] => &[OURS],
        ["portcullis", "prelude"] => &[PRELUDE, METHODS],
        ["portcullis", "routing"] => &[METHODS],
        ["portcullis", "jwt"] => &[JWT],
        ["portcullis", "clock"] => &[&["ManualClock"]],
        ["jsonwebtoken"] => &[JSONWEBTOKEN],
        _ => &[],
    };
    lists.iter().any(|list| list.contains(&name))
}

/// Whether a crate is known by its name alone and never looked into, also where it is part of the workspace.
pub(super) fn is_known(krate: &str) -> bool {
    matches!(krate, "axum" | "portcullis" | "portcullis_macros" | "jsonwebtoken")
}
