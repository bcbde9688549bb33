//! Other attributes beside `#[secure]`, above it and below it.

use crate::support::answer;
use axum::{
    debug_handler,
    extract::{Path, State},
    http::Method,
};
use portcullis::{PolicyOf, prelude::*};
use tracing::instrument;

#[instrument]
#[secure(authenticated)]
async fn instrumented_above(Path(id): Path<u64>, method: Method) -> String {
    format!("{method} {id}")
}

#[secure(authenticated)]
#[instrument(skip(method), fields(subject = principal.subject()))]
async fn instrumented_below(Path(id): Path<u64>, principal: Principal, method: Method) -> String {
    format!("{method} {id} {}", principal.subject())
}

#[secure(authenticated)]
#[debug_handler]
async fn debugged_below(Path(id): Path<u64>, method: Method) -> String {
    format!("{method} {id}")
}

#[secure(authenticated)]
#[debug_handler(state = u8)]
async fn debugged_with_state(State(state): State<u8>, method: Method) -> String {
    format!("{method} {state}")
}

// Above, it calls the handler with the arguments as they are written, which is the same for one only: it belongs below.
#[debug_handler]
#[secure(authenticated)]
async fn debugged_above(Path(id): Path<u64>) -> String {
    id.to_string()
}

/// Documented.
#[secure(authenticated)]
/// Below, too.
#[must_use]
#[inline]
async fn documented() -> &'static str {
    "documented"
}

#[deprecated = "use `documented`"]
#[secure(authenticated)]
async fn deprecated_above() -> &'static str {
    "deprecated"
}

#[secure(authenticated)]
#[deprecated(since = "1.0.0", note = "use `documented`")]
async fn deprecated_below() -> &'static str {
    "deprecated"
}

#[allow(unused_variables, reason = "this is what is tested")]
#[secure(authenticated)]
async fn allowed(method: Method) -> &'static str {
    let unused = 5;
    "allowed"
}

#[secure(authenticated)]
#[expect(unused_variables, reason = "this is what is tested")]
async fn expected(method: Method) -> &'static str {
    "expected"
}

#[expect(non_snake_case, reason = "this is what is tested")]
#[secure(authenticated)]
async fn expectedAbove() -> &'static str {
    "expected"
}

#[cfg_attr(all(), secure(authenticated))]
async fn attribute_of_an_attribute() -> &'static str {
    "cfg_attr"
}

#[cfg(any())]
#[secure(role = "nobody declared this role")]
async fn configured() {}

#[cfg(not(any()))]
#[secure(authenticated)]
async fn configured() -> &'static str {
    "configured"
}

#[secure(authenticated)]
#[cfg(any())]
async fn configured_below() {}

#[secure(authenticated)]
#[cfg(not(doc))]
async fn configured_below() -> &'static str {
    "below"
}

#[portcullis::secure(authenticated)]
async fn by_its_path() -> &'static str {
    "path"
}

mod renamed {
    use portcullis::secure as guard;

    #[guard(authenticated)]
    pub(super) async fn renamed() -> &'static str {
        "renamed"
    }
}

#[tokio::test]
#[expect(deprecated, reason = "this is what is tested")]
async fn attributes_go_where_they_belong() {
    let router = || {
        SecureRouter::new()
            .route("/instrumented/above/{id}", get(instrumented_above))
            .route("/instrumented/below/{id}", get(instrumented_below))
            .route("/debugged/above/{id}", get(debugged_above))
            .route("/debugged/below/{id}", get(debugged_below))
            .route("/documented", get(documented))
            .route("/deprecated/above", get(deprecated_above))
            .route("/deprecated/below", get(deprecated_below))
            .route("/allowed", get(allowed))
            .route("/expected", get(expected).post(expectedAbove))
            .route("/cfg_attr", get(attribute_of_an_attribute))
            .route("/configured/above", get(configured))
            .route("/configured/below", get(configured_below))
            .route("/path", get(by_its_path))
            .route("/renamed", get(renamed::renamed))
    };
    for (path, expected) in [
        ("/instrumented/above/5", "GET 5"),
        ("/instrumented/below/5", "GET 5 alice"),
        ("/debugged/above/5", "5"),
        ("/debugged/below/5", "GET 5"),
        ("/documented", "documented"),
        ("/deprecated/above", "deprecated"),
        ("/deprecated/below", "deprecated"),
        ("/allowed", "allowed"),
        ("/expected", "expected"),
        ("/cfg_attr", "cfg_attr"),
        ("/configured/above", "configured"),
        ("/configured/below", "below"),
        ("/path", "path"),
        ("/renamed", "renamed"),
    ] {
        assert_eq!(answer(router(), path).await, expected, "{path}");
    }
    let router = SecureRouter::new().route("/", get(debugged_with_state)).with_state(5);
    assert_eq!(answer(router, "/").await, "GET 5");
    assert_eq!(instrumented_above::POLICY.to_string(), "authenticated");
}
