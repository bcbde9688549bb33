//! A crate without a prelude, in which Portcullis has another name and something else has its.
#![no_implicit_prelude]

extern crate core as portcullis;
extern crate portcullis as gate;

use ::gate::{SecureRouter, Valid, rule_book, secure};
use ::portcullis_tests::framework::Page;

#[secure(public = "it is small", rate = "5/min", crate = gate)]
async fn health() -> &'static str {
    "ok"
}

#[secure(role = "admin", when = id == &5, body = "1 KiB", crate = ::gate)]
async fn show(::axum::extract::Path(id): ::axum::extract::Path<u64>, _: Valid<::axum::Json<Page>>) -> ::std::string::String {
    ::std::format!("{id}")
}

fn main() {
    let router: SecureRouter =
        SecureRouter::new().route("/", ::gate::routing::get(health)).route("/{id}", ::gate::routing::post(show));
    ::std::println!("{}", router.manifest());
    ::std::assert!(::std::option::Option::is_some(&rule_book!(crate = gate).role("admin")));
}
