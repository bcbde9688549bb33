//! The requests, and the two ways to read each: the same fields under the same rules of garde.
//! `#[derive(Input)]` looks for control characters in texts beside that, and refuses what is not declared.

use axum::{
    Form, Json,
    body::Body,
    extract::{FromRequest, FromRequestParts, Query, Request},
};
use garde::Validate;
use http::header::CONTENT_TYPE;
use portcullis::{Input, Valid};
use serde::{Deserialize, de::DeserializeOwned};
use std::{future::Future, pin::Pin};

/// Reads a request, and says whether it was good.
pub(crate) type Read = fn(Request) -> Pin<Box<dyn Future<Output = bool>>>;

/// One request, and who reads it.
pub(crate) struct Case {
    pub(crate) name: &'static str,
    uri: &'static str,
    kind: &'static str,
    body: String,
    pub(crate) by_hand: Read,
    pub(crate) ours: Read,
}

impl Case {
    pub(crate) fn request(&self) -> Request {
        let mut request = Request::new(Body::from(self.body.clone()));
        *request.uri_mut() = http::Uri::from_static(self.uri);
        *request.method_mut() = http::Method::POST;
        request.headers_mut().insert(CONTENT_TYPE, http::HeaderValue::from_static(self.kind));
        request
    }
}

#[derive(Deserialize, Validate)]
#[serde(deny_unknown_fields)]
struct User {
    #[garde(length(max = 50))]
    name: String,
    #[garde(length(max = 254))]
    email: String,
    #[garde(range(max = 150))]
    age: u32,
}

#[derive(Input)]
struct UserInput {
    #[garde(length(max = 50))]
    name: String,
    #[garde(length(max = 254))]
    email: String,
    #[garde(range(max = 150))]
    age: u32,
}

#[derive(Deserialize, Validate)]
#[serde(deny_unknown_fields)]
struct Users {
    #[garde(length(max = 1_000), dive)]
    users: Vec<User>,
}

#[derive(Input)]
struct UsersInput {
    #[garde(length(max = 1_000), dive)]
    users: Vec<UserInput>,
}

pub(crate) fn cases() -> Vec<Case> {
    const JSON: &str = "application/json";
    const FORM: &str = "application/x-www-form-urlencoded";
    const PAIRS: &str = "name=Ann+Example&email=ann%40example.com&age=42";
    let user = r#"{"name":"Ann Example","email":"ann@example.com","age":42}"#;
    let users = format!(r#"{{"users":[{}]}}"#, vec![user; 100].join(","));
    let case = |name, body: &str, by_hand, ours| Case { name, uri: "/", kind: JSON, body: body.to_owned(), by_hand, ours };
    vec![
        case("JSON of three fields, a type of serde's", user, json::<User>, valid::<Json<User>>),
        case("JSON of three fields, `derive(Input)`", user, json::<User>, valid::<Json<UserInput>>),
        case("JSON of a hundred such, types of serde's", &users, json::<Users>, valid::<Json<Users>>),
        case("JSON of a hundred such, `derive(Input)`", &users, json::<Users>, valid::<Json<UsersInput>>),
        Case { kind: FORM, ..case("a form of three fields, a type of serde's", PAIRS, form::<User>, valid::<Form<User>>) },
        Case {
            uri: "/?name=Ann+Example&email=ann%40example.com&age=42",
            ..case("a query of three fields, a type of serde's", "", query::<User>, valid_parts::<Query<User>>)
        },
    ]
}

fn json<T: DeserializeOwned + Validate<Context = ()>>(request: Request) -> Pin<Box<dyn Future<Output = bool>>> {
    Box::pin(async { Json::<T>::from_request(request, &()).await.is_ok_and(|Json(value)| value.validate().is_ok()) })
}

fn form<T: DeserializeOwned + Validate<Context = ()>>(request: Request) -> Pin<Box<dyn Future<Output = bool>>> {
    Box::pin(async { Form::<T>::from_request(request, &()).await.is_ok_and(|Form(value)| value.validate().is_ok()) })
}

fn query<T: DeserializeOwned + Validate<Context = ()>>(request: Request) -> Pin<Box<dyn Future<Output = bool>>> {
    Box::pin(async { Query::<T>::from_request(request, &()).await.is_ok_and(|Query(value)| value.validate().is_ok()) })
}

fn valid<T>(request: Request) -> Pin<Box<dyn Future<Output = bool>>>
where
    Valid<T>: FromRequest<()>,
{
    Box::pin(async { Valid::<T>::from_request(request, &()).await.is_ok() })
}

fn valid_parts<T>(request: Request) -> Pin<Box<dyn Future<Output = bool>>>
where
    Valid<T>: FromRequestParts<()>,
{
    Box::pin(async { Valid::<T>::from_request_parts(&mut request.into_parts().0, &()).await.is_ok() })
}
