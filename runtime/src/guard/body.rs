//! Stage: the body, bounded in size before a byte of it is read.
//! A length that is announced too large is refused at once; one that is not announced is cut off at the bound.

use super::exchange::Exchange;
use crate::Denial;
use axum::{
    body::{Body, HttpBody},
    extract::{DefaultBodyLimit, Request},
};
use http::request::Parts;
use http_body_util::Limited;
use std::sync::atomic::Ordering;

/// The bound of the body in bytes, for extractors that report it.
#[derive(Clone, Copy, Debug)]
#[cfg_attr(not(feature = "validation"), expect(dead_code, reason = "only `Valid` reports the bound"))]
pub(crate) struct BodyBound(pub(crate) u64);

/// The request with a body that ends at the endpoint's bound.
pub(super) fn bound(exchange: &Exchange, head: Parts, body: Body) -> Result<Request, Denial> {
    if body.is_end_stream() {
        return Ok(Request::from_parts(head, body));
    }
    let limit = exchange.endpoint.body_limit;
    if body.size_hint().lower() > limit {
        return Err(Denial::BodyTooLarge { limit });
    }
    exchange.reads_body.store(true, Ordering::Relaxed);
    let bounded = Limited::new(body, usize::try_from(limit).unwrap_or(usize::MAX));
    let mut request = Request::from_parts(head, Body::new(bounded));
    request.extensions_mut().insert(BodyBound(limit));
    // Ours is in place, and axum's own default would cut a larger one short.
    DefaultBodyLimit::disable().apply(&mut request);
    Ok(request)
}

/// Notes that the body is read: what is late from here on is not the client's fault.
pub(super) fn was_read(exchange: &Exchange) {
    exchange.reads_body.store(false, Ordering::Relaxed);
}
