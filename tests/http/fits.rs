//! Arguments that could never be read where their handler is routed: an error before a socket opens, and not the first request's 500.

use crate::support::jwt;
use axum::extract::Path;
use portcullis::{Cookie, Header, garde::Validate, multipart::Multipart, prelude::*};
use serde::Deserialize;
use std::collections::BTreeMap;

#[derive(Deserialize, Validate)]
#[garde(allow_unvalidated)]
#[expect(dead_code, reason = "only has to be read")]
struct Member {
    team: u32,
    slug: String,
    page: Option<u8>,
}

#[derive(Input)]
#[serde(rename_all = "camelCase")]
struct Declared {
    #[garde(range(max = 9))]
    team_id: u32,
}

#[derive(Input)]
struct Id(#[garde(range(min = 5))] u32);

#[derive(Deserialize, Validate)]
#[serde(transparent)]
struct Listed(
    #[garde(skip)]
    #[expect(dead_code, reason = "only has to be read")]
    BTreeMap<String, String>,
);

#[derive(Deserialize, Validate)]
#[garde(allow_unvalidated)]
#[expect(dead_code, reason = "only has to be read")]
struct Nameless {
    #[serde(rename = "the header")]
    header: String,
}

#[secure(public = "anybody may")]
async fn member(_: Valid<Path<Member>>) {}

#[secure(public = "anybody may")]
async fn plain_member(_: Path<Member>) {}

#[secure(public = "anybody may")]
async fn declared(_: Valid<Path<Declared>>) {}

#[secure(public = "anybody may")]
async fn id(_: Valid<Path<Id>>) {}

#[secure(public = "anybody may")]
async fn pair(_: Path<(u32, u32)>) {}

#[secure(public = "anybody may")]
async fn perhaps(_: Option<Path<u32>>) {}

#[secure(public = "anybody may")]
async fn headers(_: Valid<Header<Listed>>) {}

#[secure(public = "anybody may")]
async fn nameless(_: Valid<Header<Nameless>>) {}

#[secure(public = "anybody may")]
async fn cookies(_: Valid<Cookie<Listed>>) {}

#[secure(public = "anybody may")]
async fn parts(_: Valid<Multipart<Listed>>) {}

/// An extractor of somebody's own, called as ours is.
mod own {
    use axum::{extract::FromRequestParts, http::request::Parts};
    use std::convert::Infallible;

    pub(super) struct Path<T>(pub(super) T);

    impl<T: Default, S: Sync> FromRequestParts<S> for Path<T> {
        type Rejection = Infallible;

        async fn from_request_parts(_: &mut Parts, _: &S) -> Result<Self, Infallible> {
            Ok(Self(T::default()))
        }
    }
}

#[secure(public = "anybody may")]
async fn of_another(own::Path(text): own::Path<String>) -> String {
    text
}

#[secure(public = "anybody may")]
async fn generic<T: Default + Send + serde::de::DeserializeOwned + 'static>(_: Path<T>) {}

fn problems(router: SecureRouter) -> Vec<String> {
    let security = Security::builder(rule_book!()).jwt(jwt()).build().unwrap();
    let Err(errors) = router.secured_by(security) else { return Vec::new() };
    errors.problems().map(|problem| problem.strip_prefix("`http::fits::").unwrap_or(problem).to_owned()).collect()
}

fn at<H, T>(path: &str, handler: H) -> Vec<String>
where
    H: portcullis::routing::SecuredHandler<T>,
    T: portcullis::routing::GivenTo<H, ()>,
{
    problems(SecureRouter::new().route(path, get(handler)))
}

#[test]
fn what_fits_is_no_problem() {
    assert_eq!(at("/teams/{team}/members/{slug}", member), [""; 0]);
    assert_eq!(at("/{a}/{team}/{slug}", member), [""; 0], "a type that does not refuse what it does not declare");
    assert_eq!(at("/{teamId}", declared), [""; 0]);
    assert_eq!(at("/{any}", id), [""; 0], "no value is asked for its rules");
    assert_eq!(at("/{a}/{b}", pair), [""; 0]);
    assert_eq!(at("/{a}", perhaps), [""; 0]);
    assert_eq!(at("/", perhaps), [""; 0]);
    assert_eq!(at("/", of_another), [""; 0]);
    assert_eq!(at("/", generic::<u32>), [""; 0], "which type it is only the caller knows");
    let nested = SecureRouter::new().nest("/teams/{team}", SecureRouter::new().route("/{slug}", get(member)));
    assert_eq!(problems(nested), [""; 0], "the prefix has a parameter, too");
}

#[test]
fn paths_that_do_not_fit_are_told_of_with_what_there_is() {
    assert_eq!(
        at("/teams/{team}/members/{id}", member),
        [
            "member` reads the parameter `slug` of its path, and `/teams/{team}/members/{id}` has 2 parameters, `team` and `id`; name one so, \
          or let the field be an `Option`"
        ]
    );
    assert_eq!(at("/{slug}", plain_member).len(), 1);
    assert_eq!(
        at("/{team_id}", declared),
        ["declared` refuses the parameter `team_id` of `/{team_id}`; add a field of that name to the type in its `Path<…>`"]
    );
    assert_eq!(
        at("/{a}/{b}", id),
        ["id` reads 1 of the parameters of its path, and `/{a}/{b}` has 2 parameters, `a` and `b`; take as many as there are"]
    );
    assert_eq!(
        at("/{a}", pair),
        ["pair` reads 2 of the parameters of its path, and `/{a}` has one parameter, `a`; take as many as there are"]
    );
    assert_eq!(at("/fixed", id), ["id` reads a parameter of its path, and `/fixed` has none; name it, as in `/users/{id}`"]);
}

#[test]
fn a_handler_is_looked_at_at_each_of_its_routes_and_all_is_told_at_once() {
    let router =
        SecureRouter::new().route("/{a}/{b}", get(pair).post(id)).route("/{a}", get(pair)).route("/x/{slug}", get(member));
    assert_eq!(problems(router).len(), 3);
}

#[test]
fn what_is_read_by_names_needs_a_type_that_has_some() {
    let remedy = "take a struct with named fields, none of them flattened";
    assert_eq!(at("/", headers), [format!("headers` reads headers by a type without names for them; {remedy}")]);
    assert_eq!(at("/", cookies), [format!("cookies` reads cookies by a type without names for them; {remedy}")]);
    assert_eq!(at("/", parts), [format!("parts` reads a form in parts by a type without names for them; {remedy}")]);
    assert_eq!(
        at("/", nameless),
        [
            "nameless` reads the header `the header`, and no header can have that name; rename the field with `#[serde(rename = \"…\")]`"
        ]
    );
}
