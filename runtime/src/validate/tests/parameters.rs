//! Forms, queries and paths: words with names, of which each error says in which part of the request it is.

use super::{form, places, query, told};
use crate::{Denial, RequestPart, validate::Valid};
use axum::{
    Router,
    body::Body,
    extract::{Path, Request},
    routing::get,
};
use garde::Validate;
use serde::{Deserialize, de::DeserializeOwned};
use std::sync::{Arc, Mutex};
use tower_service::Service as _;

#[derive(Clone, Debug, Deserialize, PartialEq, Validate)]
#[serde(rename_all = "camelCase")]
struct Page {
    #[garde(range(min = 1, max = 100))]
    page_size: u8,
    #[garde(inner(length(chars, max = 3)))]
    sort_by: Option<String>,
    #[garde(skip)]
    #[serde(default)]
    descending: bool,
}

#[tokio::test]
async fn queries_and_forms_are_refused_alike() {
    for (input, place, detail) in [
        ("pageSize=0", "#/pageSize range", "lower than 1"),
        ("pageSize=1&sortBy=name", "#/sortBy length", "length is greater than 3"),
        ("", "#/pageSize required", "this field is required"),
        ("pageSize=", "#/pageSize type", "expected an integer from 0 to 255"),
        ("pageSize=1&descending=perhaps", "#/descending type", "expected `true` or `false`"),
        ("pageSize=1&pageSize=2", "#/pageSize duplicate", "this field is given more than once"),
    ] {
        assert_eq!(places(query::<Page>(input).await), [place], "{input}");
        assert_eq!(told(query::<Page>(input).await), [(RequestPart::Query, detail.to_owned())], "{input}");
        assert_eq!(places(form::<Page>(input).await), [place], "{input}");
        assert_eq!(told(form::<Page>(input).await), [(RequestPart::Body, detail.to_owned())], "{input}");
    }
    let page = Page { page_size: 100, sort_by: Some("ö b".to_owned()), descending: true };
    assert_eq!(query("pageSize=100&sortBy=%C3%B6+b&descending=true").await, Ok(page.clone()));
    assert_eq!(form("pageSize=100&sortBy=ö%20b&descending=true").await, Ok(page));
}

#[tokio::test]
async fn all_the_rules_that_a_query_breaks_are_reported() {
    assert_eq!(places(query::<Page>("pageSize=0&sortBy=name").await), ["#/pageSize range", "#/sortBy length"]);
}

#[tokio::test]
async fn bad_escapes_are_400() {
    for bad in ["pageSize=1%", "pageSize=1&x=%zz", "pageSize=1&x=%FF", "%C3=1&pageSize=1"] {
        assert_eq!(query::<Page>(bad).await, Err(Denial::MalformedInput), "{bad}");
        assert_eq!(form::<Page>(bad).await, Err(Denial::MalformedInput), "{bad}");
    }
}

/// What `Valid<Path<T>>` makes of a request, through a router, as there are no parameters without one.
async fn path<T>(route: &str, uri: &str) -> Result<T, Denial>
where
    T: DeserializeOwned + Validate<Context: Default> + Send + 'static,
{
    let outcome = Arc::new(Mutex::new(None));
    let slot = Arc::clone(&outcome);
    let handler = get(async move |parameters: Result<Valid<Path<T>>, Denial>| {
        *slot.lock().unwrap() = Some(parameters.map(|Valid(Path(value))| value));
    });
    let mut router: Router = Router::new().route(route, handler);
    router.call(Request::get(uri).body(Body::empty()).unwrap()).await.unwrap();
    outcome.lock().unwrap().take().unwrap()
}

#[derive(Clone, Debug, Deserialize, PartialEq, Validate)]
struct Member {
    #[garde(range(max = 9))]
    team_id: u32,
    #[garde(dive)]
    slug: Slug,
}

#[derive(Clone, Debug, Deserialize, PartialEq, Validate)]
#[serde(try_from = "String")]
struct Slug(#[garde(length(max = 3))] String);

impl TryFrom<String> for Slug {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        if text.contains(' ') { Err(format!("{text} has a space")) } else { Ok(Self(text)) }
    }
}

#[derive(Clone, Debug, Deserialize, PartialEq, Validate)]
struct Id(#[garde(range(max = 9))] u32);

#[derive(Clone, Debug, Deserialize, PartialEq, Validate)]
#[serde(rename_all = "lowercase")]
#[garde(allow_unvalidated)]
enum Colour {
    Red,
}

#[tokio::test]
async fn structs_tuples_and_newtypes_are_read_from_paths() {
    let member = Member { team_id: 7, slug: Slug("bob".to_owned()) };
    assert_eq!(path("/{team_id}/{slug}", "/7/bob").await, Ok(member));
    assert_eq!(path("/{a}/{b}", "/7/8").await, Ok((Id(7), Id(8))));
    assert_eq!(path("/{id}", "/7").await, Ok(Id(7)));
    assert_eq!(path("/{colour}", "/red").await, Ok(Colour::Red));
}

#[tokio::test]
async fn errors_in_paths_point_to_the_parameter_by_name() {
    for (uri, place) in [
        ("/x/bob", vec!["#/team_id type"]),
        ("/7/b%20b", vec!["#/slug type"]),
        ("/10/long", vec!["#/slug length", "#/team_id range"]),
    ] {
        assert_eq!(places(path::<Member>("/{team_id}/{slug}", uri).await), place, "{uri}");
    }
    for (uri, place) in [("/7/x", "#/b type"), ("/x/7", "#/a type"), ("/7/10", "#/b range")] {
        assert_eq!(places(path::<(Id, Id)>("/{a}/{b}", uri).await), [place], "{uri}");
    }
    assert_eq!(places(path::<Id>("/{id}", "/x").await), ["#/id type"]);
    assert_eq!(places(path::<Colour>("/{colour}", "/green").await), ["#/colour type"]);
    let in_path = |detail: &str| [(RequestPart::Path, detail.to_owned())];
    assert_eq!(told(path::<Id>("/{id}", "/-1").await), in_path("expected an integer from 0 to 4294967295"));
    assert_eq!(told(path::<Id>("/{id}", "/10").await), in_path("greater than 9"));
    assert_eq!(places(path::<Id>("/{id}", "/10").await), ["#/id range"]);
}

#[tokio::test]
async fn a_path_that_is_not_utf8_is_400_and_a_route_that_does_not_fit_is_500() {
    assert_eq!(path::<Id>("/{id}", "/%FF").await, Err(Denial::MalformedInput));
    for outcome in [path::<Id>("/{a}/{b}", "/1/2").await.err(), path::<Id>("/fixed", "/fixed").await.err()] {
        assert_eq!(outcome.unwrap().status(), 500);
    }
}
