//! A crate that denies every lint of the compiler, and has handlers for others to route.
#![deny(
    warnings,
    let_underscore,
    missing_copy_implementations,
    missing_debug_implementations,
    missing_docs,
    nonstandard_style,
    rust_2018_idioms,
    rust_2021_compatibility,
    rust_2024_compatibility,
    single_use_lifetimes,
    trivial_casts,
    trivial_numeric_casts,
    unreachable_pub,
    unit_bindings,
    unused,
    unused_crate_dependencies,
    unused_import_braces,
    unused_lifetimes,
    unused_macro_rules,
    unused_qualifications,
    unused_results,
    variant_size_differences
)]
#![forbid(unsafe_code)]
#![expect(unused_crate_dependencies, reason = "the dependencies are those of all cases")]

/// Handlers.
pub mod handlers {
    use axum::{
        Json,
        extract::{Path, State},
        http::StatusCode,
    };
    use portcullis::prelude::*;

    /// What is asked for.
    #[derive(Clone, Copy, Debug, serde::Deserialize, garde::Validate)]
    pub struct Page {
        /// How many.
        #[garde(range(max = 100))]
        pub size: u32,
    }

    /// What is answered.
    #[derive(Clone, Debug, Output)]
    pub struct Answer<'a, T> {
        /// For everybody.
        pub open: Option<T>,
        /// Of another type.
        pub inner: Inner,
        /// For some.
        #[visible(role = "admin")]
        #[serde(skip_serializing_if = "Option::is_none")]
        pub closed: Option<&'a T>,
        /// For some, and a part for others.
        #[visible(scope = "notes:write")]
        #[mask(last = 4)]
        pub secret: Secret<String>,
    }

    /// One of several.
    #[derive(Clone, Copy, Debug, Output)]
    pub enum Inner {
        /// With a name.
        Named {
            /// For some.
            #[visible(role = "admin")]
            closed: u8,
        },
        /// Without.
        Tuple(u8, #[mask(all)] u8),
    }

    /// Where things are kept.
    pub trait Store: Clone + Send + Sync + 'static {
        /// How many.
        fn size(&self) -> u32;
    }

    impl Store for u32 {
        fn size(&self) -> u32 {
            *self
        }
    }

    /// Public.
    #[secure(public = "the lints are the test", rate = "60/min per ip", body = "1 KiB", timeout = "5 s")]
    pub async fn health() -> &'static str {
        "ok"
    }

    /// With a condition.
    #[secure(role = "user", when = page.size < store.size())]
    pub async fn list<S: Store>(State(store): State<S>, Valid(Json(page)): Valid<Json<Page>>) -> Result<String, StatusCode> {
        if page.size > store.size() { Err(StatusCode::CONFLICT) } else { Ok(page.size.to_string()) }
    }

    /// Without validation.
    #[secure(allow(any(role = "admin", scope = "notes:write")), unvalidated = "the lints are the test")]
    pub async fn raw(mut text: String) -> String {
        text.push('!');
        text
    }

    /// With a route of its own.
    #[secure(role = "user", get = "/strict/{id}", step_up(max_age = "5 min", mfa), audit = "strict.read")]
    pub async fn read(Path(id): Path<u32>) -> String {
        id.to_string()
    }

    /// With an output.
    #[secure(role = "user")]
    pub async fn answer() -> Json<Answer<'static, u8>> {
        Json(Answer { open: None, inner: Inner::Tuple(1, 2), closed: None, secret: Secret::new(String::new()) })
    }

    /// The routes.
    pub fn routes() -> SecureRouter {
        SecureRouter::new()
            .route("/health", get(health))
            .route("/list", post(list::<u32>))
            .route("/raw", post(raw))
            .route("/answer", get(answer))
            .mount(read)
            .with_state(5)
    }
}

fn main() {
    assert_eq!(handlers::routes().manifest().entries().len(), 5);
}
