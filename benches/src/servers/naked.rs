//! The handler with nothing before it: what the machine, hyper and axum cost.
//! Requests may carry a token; it is read off the socket like any header, and ignored.

use super::{Item, ROUTE};
use axum::{Json, Router, routing::get};

async fn item() -> Json<Item> {
    Json(Item::SEVEN)
}

pub(super) fn router() -> Router {
    // portcullis: allow(PC101) this measures what nothing guards
    Router::new().route(ROUTE, get(item))
}
