//! The guard: carries a policy out on a request, in one order for every endpoint.
//! This file is that order; each stage is a module of its own with one function.

mod address_limits;
mod argument;
mod attachment;
mod audit;
mod authenticate;
mod authorize;
mod body;
mod call;
mod client;
mod condition;
mod exchange;
mod note;
mod principal_limits;
mod step_up;

pub use argument::{Anonymous, AnyArgument, Argument, Caller, Hidden, Plain, Raw, Validated, WrittenOut, anonymous, validated};
pub(crate) use attachment::Attachment;
pub(crate) use authenticate::principal_of;
#[cfg(feature = "validation")]
pub(crate) use body::BodyBound;
pub(crate) use call::Via;
pub use call::{Call, PolicyOf};
pub use client::OverTls;
pub(crate) use client::is_over_tls;
pub use condition::{Always, Condition};
#[cfg(all(feature = "testing", feature = "jwt"))]
pub(crate) use note::{Note, Outcome};

use axum::extract::{FromRequest, FromRequestParts, Request};
use exchange::{Exchange, Refusal};
use std::mem;

/// The stages, in order: the cheap and the anonymous first, the body last, so that a request that will be refused is not read. All of
/// them together have the endpoint's time.
async fn admit<P, Parts, Body, S, M>(exchange: &mut Exchange, request: &mut Request, state: &S) -> Result<(Parts, Body), Refusal>
where
    P: PolicyOf,
    P::When: Condition<Parts, Body>,
    Parts: FromRequestParts<S> + Send,
    Body: FromRequest<S, M> + Send,
    S: Send + Sync,
{
    let (principal, parts, request) = {
        let (mut head, body) = mem::take(request).into_parts();
        address_limits::check(exchange, &head)?;
        let principal = authenticate::check(exchange, &mut head).await?;
        principal_limits::check(exchange, principal.as_ref())?;
        authorize::check(exchange, principal.as_ref())?;
        step_up::check(exchange, principal.as_ref())?;
        let parts = Parts::from_request_parts(&mut head, state).await.map_err(Refusal::by_extractor)?;
        condition::check(principal.as_ref().map(|principal| P::When::before_body(principal, &parts))).await?;
        (principal, parts, body::bound(exchange, head, body)?)
    };
    let body = Body::from_request(request, state).await.map_err(Refusal::by_extractor)?;
    body::was_read(exchange);
    condition::check(principal.as_ref().map(|principal| P::When::after_body(principal, &parts, &body))).await?;
    Ok((parts, body))
}
