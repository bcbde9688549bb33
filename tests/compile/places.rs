//! Handlers wherever a function can be: in functions, in modules of the same names, with private types, in plain axum.

use crate::support::{answer, as_nobody, as_somebody, ask, security, status};
use axum::{Router, extract::State, http::Method, routing};
use portcullis::{PolicyOf, prelude::*};

mod users {
    use portcullis::prelude::*;

    #[secure(role = "user")]
    pub(crate) async fn list() -> &'static str {
        "users"
    }

    pub(crate) mod notes {
        use portcullis::prelude::*;

        #[secure(role = "editor")]
        pub(in crate::places) async fn list() -> super::super::Answer {
            "notes"
        }
    }
}

type Answer = &'static str;

/// Nobody outside of this module can name it.
#[derive(Clone)]
struct Private(&'static str);

#[secure(authenticated, when = private.0 == "private")]
async fn with_a_private_type(State(private): State<Private>) -> String {
    private.0.to_owned()
}

#[tokio::test]
async fn the_same_name_in_two_modules_is_two_endpoints() {
    let router = || SecureRouter::new().route("/users", get(users::list)).route("/notes", get(users::notes::list));
    assert_eq!(answer(router(), "/users").await, "users");
    assert_eq!(answer(router(), "/notes").await, "notes");
    assert_eq!(status(router(), "/users", "bob", &["user"]).await, 200);
    assert_eq!(status(router(), "/notes", "bob", &["user"]).await, 403);
    assert!(users::list::POLICY.name().ends_with("::places::users::list"));
    assert!(users::notes::list::POLICY.name().ends_with("::places::users::notes::list"));
}

#[tokio::test]
async fn a_function_may_have_handlers_inside() {
    #[derive(Clone)]
    struct Local(&'static str);

    #[secure(authenticated, when = *word == "local")]
    async fn list(State(Local(word)): State<Local>) -> &'static str {
        word
    }
    let router = SecureRouter::new().route("/", get(list)).with_state(Local("local"));
    assert_eq!(answer(router, "/").await, "local");

    let text = {
        #[secure(public)]
        async fn list() -> &'static str {
            "inner"
        }
        answer(SecureRouter::new().route("/", get(list)), "/").await
    };
    assert_eq!(text, "inner");
}

#[tokio::test]
async fn private_types_stay_private() {
    let router = SecureRouter::new().route("/", get(with_a_private_type)).with_state(Private("private"));
    assert_eq!(answer(router, "/").await, "private");
}

struct Grouped;

impl Grouped {
    fn routes() -> SecureRouter {
        #[secure(role = "admin")]
        async fn grouped(method: Method) -> String {
            method.to_string()
        }
        SecureRouter::new().route("/", get(grouped))
    }
}

#[tokio::test]
async fn a_method_may_have_a_handler_inside() {
    assert_eq!(answer(Grouped::routes(), "/").await, "GET");
}

#[tokio::test]
async fn plain_axum_routes_them_too() {
    let app = || {
        let router = Router::new()
            .route("/users", routing::get(users::list))
            .nest("/deep", Router::new().route("/", routing::any(users::notes::list)));
        router.layer(security().layer())
    };
    let request = |path, roles: &[&str]| as_somebody(Method::GET, path, "bob", roles);
    assert_eq!(ask(app(), request("/users", &["user"])).await, (200, "users".to_owned()));
    assert_eq!(ask(app(), request("/users", &[])).await.0, 403);
    assert_eq!(ask(app(), request("/deep", &["editor"])).await, (200, "notes".to_owned()));
    assert_eq!(ask(app(), request("/deep", &["user"])).await.0, 403);
    assert_eq!(ask(app(), as_nobody("/users")).await.0, 401);
    let unguarded = Router::new().route("/users", routing::get(users::list));
    assert_eq!(ask(unguarded, request("/users", &["admin"])).await.0, 500, "without the layer it fails closed");
}
