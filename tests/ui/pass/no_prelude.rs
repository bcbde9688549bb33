//! A crate without a prelude, in which Portcullis has another name and something else has its.
#![no_implicit_prelude]

extern crate core as portcullis;
extern crate portcullis as gate;

use ::gate::{Output, Secret, SecureRouter, Valid, rule_book, secure};
use ::portcullis_tests::framework::Page;

#[secure(public = "it is small", rate = "5/min", crate = gate)]
async fn health() -> &'static str {
    "ok"
}

#[secure(role = "admin", when = id == &5, body = "1 KiB", crate = ::gate)]
async fn show(::axum::extract::Path(id): ::axum::extract::Path<u64>, _: Valid<::axum::Json<Page>>) -> ::std::string::String {
    ::std::format!("{id}")
}

#[derive(Output)]
#[output(crate = ::gate, schema = false)]
struct Answer<T> {
    open: T,
    #[visible(role = "admin")]
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    closed: ::std::option::Option<T>,
    #[mask(last = 4)]
    secret: Secret<::std::string::String>,
    #[visible(role = "admin")]
    inner: Inner,
}

#[derive(Output)]
#[output(crate = gate, schema = false)]
struct Inner {}

#[secure(role = "user", crate = gate)]
async fn answer() -> ::axum::Json<Answer<u8>> {
    let secret = Secret::new(::std::string::String::new());
    ::axum::Json(Answer { open: 1, closed: ::std::option::Option::None, secret, inner: Inner {} })
}

fn main() {
    let router: SecureRouter =
        SecureRouter::new().route("/", ::gate::routing::get(health)).route("/{id}", ::gate::routing::post(show))
        .route("/answer", ::gate::routing::get(answer));
    ::std::println!("{}", router.manifest());
    ::std::assert!(::std::option::Option::is_some(&rule_book!(crate = gate).role("admin")));
}
