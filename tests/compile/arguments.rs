//! From no argument to twenty, in their order, and with `#[cfg]` on some.
//! The handler has one argument for axum, so axum's limit of sixteen does not count.

#![expect(clippy::too_many_arguments, reason = "this is what is tested")]

use crate::support::{answer, posted};
use axum::{
    extract::{Path, State},
    http::{HeaderMap, Method, Uri},
};
use portcullis::prelude::*;

macro_rules! handlers {
    ($($name:ident($($argument:ident)*) = $count:literal;)*) => {
        $(
            #[secure(authenticated)]
            async fn $name($($argument: Method),*) -> String {
                let all: Vec<Method> = vec![$($argument),*];
                all.len().to_string()
            }
        )*

        #[tokio::test]
        async fn every_number_of_arguments_arrives() {
            $(
                assert_eq!(answer(SecureRouter::new().route("/", get($name)), "/").await, stringify!($count));
            )*
        }
    };
}

handlers! {
    none() = 0;
    one(a) = 1;
    two(a b) = 2;
    three(a b c) = 3;
    four(a b c d) = 4;
    five(a b c d e) = 5;
    six(a b c d e f) = 6;
    seven(a b c d e f g) = 7;
    eight(a b c d e f g h) = 8;
    nine(a b c d e f g h i) = 9;
    ten(a b c d e f g h i j) = 10;
    eleven(a b c d e f g h i j k) = 11;
    twelve(a b c d e f g h i j k l) = 12;
    thirteen(a b c d e f g h i j k l m) = 13;
    fourteen(a b c d e f g h i j k l m n) = 14;
    fifteen(a b c d e f g h i j k l m n o) = 15;
    sixteen(a b c d e f g h i j k l m n o p) = 16;
    seventeen(a b c d e f g h i j k l m n o p q) = 17;
    eighteen(a b c d e f g h i j k l m n o p q r) = 18;
    nineteen(a b c d e f g h i j k l m n o p q r s) = 19;
    twenty(a b c d e f g h i j k l m n o p q r s t) = 20;
}

#[derive(Clone)]
struct Db(&'static str);

#[secure(authenticated)]
async fn mixed(
    method: Method,
    State(Db(name)): State<Db>,
    headers: HeaderMap,
    Path((id, word)): Path<(u64, String)>,
    principal: Principal,
    uri: Uri,
) -> String {
    let subject = principal.subject();
    format!("{method} {name} {} {id} {word} {subject} {uri}", headers.contains_key("authorization"))
}

#[tokio::test]
async fn arguments_keep_their_order() {
    let router = SecureRouter::new().route("/{id}/{word}", get(mixed)).with_state(Db("notes"));
    assert_eq!(answer(router, "/5/hello").await, "GET notes true 5 hello alice /5/hello");
}

#[secure(authenticated, unvalidated = "the test is about the number of arguments")]
#[rustfmt::skip]
async fn twenty_and_a_body(
    _: Method, _: Method, _: Method, _: Method, _: Method, _: Method, _: Method, _: Method, _: Method, _: Method,
    _: Method, _: Method, _: Method, _: Method, _: Method, _: Method, _: Method, _: Method, _: Method, _: Method,
    text: String,
) -> String {
    text
}

#[tokio::test]
async fn the_body_comes_last_however_many_come_first() {
    let router = SecureRouter::new().route("/", post(twenty_and_a_body));
    assert_eq!(posted(router, "/", "[1]").await, (200, "[1]".to_owned()));
}

#[secure(authenticated)]
async fn configured(
    #[cfg(test)] method: Method,
    #[cfg(not(test))] method: NoSuchType,
    #[cfg(any())] _gone: NoSuchType,
    #[cfg(not(doc))] uri: Uri,
) -> String {
    format!("{method} {uri}")
}

#[secure(authenticated)]
async fn last_is_gone(method: Method, #[cfg(any())] gone: NoSuchType) -> String {
    method.to_string()
}

#[secure(authenticated)]
async fn all_are_gone(#[cfg(any())] gone: NoSuchType) -> &'static str {
    "alone"
}

#[secure(authenticated, when = method == Method::GET)]
async fn conditional(#[cfg(not(doc))] method: Method, #[cfg(any())] gone: NoSuchType) -> String {
    method.to_string()
}

#[tokio::test]
async fn cfg_on_arguments_is_obeyed() {
    assert_eq!(answer(SecureRouter::new().route("/", get(configured)), "/").await, "GET /");
    assert_eq!(answer(SecureRouter::new().route("/", get(last_is_gone)), "/").await, "GET");
    assert_eq!(answer(SecureRouter::new().route("/", get(all_are_gone)), "/").await, "alone");
    assert_eq!(answer(SecureRouter::new().route("/", get(conditional)), "/").await, "GET");
}
