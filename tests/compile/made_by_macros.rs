//! Handlers that `macro_rules!` make, with every kind of fragment.

use crate::support::{answer, posted, status};
use axum::{Json, extract::Path};
use garde::Validate;
use portcullis::{PolicyOf, prelude::*};
use serde::Deserialize;

macro_rules! handlers {
    ($($(#[$attribute:meta])* $visibility:vis $name:ident($pattern:pat => $type:ty) -> $answer:ty = $role:literal, $rate:expr, $body:block)*) => {
        $(
            $(#[$attribute])*
            #[secure(role = $role, rate = $rate)]
            $visibility async fn $name($pattern: $type) -> $answer $body
        )*
    };
}

handlers! {
    /// Documented.
    pub(crate) show(Path(id) => Path<u64>) -> String = "user", "100/min", { format!("note {id}") }
    #[must_use]
    list(Valid(Json(Page { mut size })) => Valid<Json<Page>>) -> String = "admin", "5/min", {
        size += 1;
        size.to_string()
    }
}

#[derive(Deserialize, Validate)]
struct Page {
    #[garde(range(max = 100))]
    size: u32,
}

macro_rules! owned {
    ($name:ident, $when:expr) => {
        #[secure(authenticated, when = $when)]
        async fn $name(principal: Principal) -> String {
            principal.subject().to_owned()
        }
    };
    ($name:ident with $subject:ident: $type:ty = $path:literal) => {
        #[secure(authenticated, when = principal.subject() == $subject)]
        async fn $name(Path($subject): Path<$type>) -> String {
            $subject
        }

        fn routes() -> SecureRouter {
            SecureRouter::new().route($path, get($name))
        }
    };
}

owned!(always, "alice".len() == 5);
owned!(of with subject: String = "/{subject}");

macro_rules! whole {
    ($handler:item) => {
        #[secure(authenticated, timeout = "5 s")]
        $handler
    };
}

whole! {
    async fn entire(Path(word): Path<String>) -> String {
        word
    }
}

macro_rules! terms {
    ($($terms:tt)*) => {
        #[secure($($terms)*)]
        async fn by_terms() -> &'static str {
            "terms"
        }
    };
}

terms!(allow(all(authenticated, any(role = "admin", not(scope = "reports:read")))), rate("5/min", "100/h"));

macro_rules! deeper {
    ($($rest:tt)*) => { handlers! { $($rest)* } };
}

deeper! {
    deep(_ => Path<u64>) -> &'static str = "admin", "5/min", { "deep" }
}

#[tokio::test]
async fn fragments_are_what_they_stand_for() {
    let router = || SecureRouter::new().route("/{id}", get(show)).route("/", post(list)).route("/deep/{id}", get(deep));
    assert_eq!(answer(router(), "/5").await, "note 5");
    assert_eq!(answer(router(), "/deep/5").await, "deep");
    assert_eq!(posted(router(), "/", r#"{"size": 5}"#).await, (200, "6".to_owned()));
    assert_eq!(posted(router(), "/", r#"{"size": 101}"#).await.0, 422);
    assert_eq!(status(router(), "/5", "bob", &[]).await, 403);
    assert_eq!(list::POLICY.to_string(), r#"role = "admin", rate = "5/min per principal""#);
    assert_eq!(answer(SecureRouter::new().route("/{word}", get(entire)), "/hello").await, "hello");
    assert_eq!(answer(SecureRouter::new().route("/", get(by_terms)), "/").await, "terms");
}

#[tokio::test]
async fn conditions_come_out_of_macros_too() {
    assert_eq!(answer(SecureRouter::new().route("/", get(always)), "/").await, "alice");
    assert_eq!(answer(routes(), "/alice").await, "alice");
    assert_eq!(status(routes(), "/alice", "bob", &["user"]).await, 403);
}
