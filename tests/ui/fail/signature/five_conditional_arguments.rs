use axum::http::Method;
use portcullis::prelude::*;

#[secure(authenticated)]
async fn handler(
    #[cfg(unix)] _: Method,
    #[cfg(windows)] _: Method,
    #[cfg(test)] _: Method,
    #[cfg(not(test))] _: Method,
    #[cfg(debug_assertions)] _: Method,
) {
}

fn main() {}
