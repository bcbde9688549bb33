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
mod serve;
mod step_up;

pub use argument::{Anonymous, AnyArgument, Argument, Caller, Hidden, Plain, Raw, Validated, WrittenOut, anonymous, validated};
pub(crate) use attachment::Attachment;
pub(crate) use authenticate::principal_of;
#[cfg(feature = "validation")]
pub(crate) use body::BodyBound;
pub use call::{Call, PolicyOf};
pub(crate) use call::{Via, admitted};
pub use client::OverTls;
pub(crate) use client::is_over_tls;
pub use condition::{Always, Condition};
#[cfg(all(feature = "testing", feature = "jwt"))]
pub(crate) use note::{Note, Outcome};

pub(crate) use serve::Rest;
pub(crate) use serve::serve;

use crate::{Denial, Principal};
use axum::{
    body::Body as RequestBody,
    extract::{FromRequest, FromRequestParts},
};
use exchange::{Exchange, Refusal};
use http::request::Parts as Head;

/// The first stages, which look at the caller: the cheap and the anonymous first. What needs no type of the handler is compiled once, and
/// not once for each endpoint.
async fn admit(exchange: &mut Exchange, head: &mut Head) -> Result<Option<Principal>, Denial> {
    address_limits::check(exchange, head)?;
    let principal = authenticate::check(exchange, head).await?;
    principal_limits::check(exchange, principal.as_ref())?;
    authorize::check(exchange, principal.as_ref())?;
    step_up::check(exchange, principal.as_ref())?;
    Ok(principal)
}

/// The other stages, which look at what the caller sent: the body last, so that a request that will be refused is not read. A public
/// endpoint has no principal, and no condition to ask about one: the macros refuse `when` on it. Beside the arguments is who will see
/// the answer: the principal, or whom the handler of a public endpoint asked for.
pub(crate) async fn extract<P, Parts, Body, S, M>(
    admitted: Admitted<'_>,
    state: &S,
) -> Result<(Parts, Body, Option<Principal>), Refusal>
where
    P: PolicyOf<When: Condition<Parts, Body>>,
    Parts: FromRequestParts<S> + Send,
    Body: FromRequest<S, M> + Send,
    S: Send + Sync,
{
    let Admitted { exchange, principal, mut head, body } = admitted;
    let parts = Parts::from_request_parts(&mut head, state).await.map_err(Refusal::by_extractor)?;
    if let Some(principal) = &principal {
        condition::check(P::When::before_body(principal, &parts)).await?;
    }
    let request = body::bound(exchange, head, body)?;
    let body = Body::from_request(request, state).await.map_err(Refusal::by_extractor)?;
    body::was_read(exchange);
    if let Some(principal) = &principal {
        condition::check(P::When::after_body(principal, &parts, &body)).await?;
    }
    let viewer = principal.or_else(|| exchange.told().cloned());
    Ok((parts, body, viewer))
}

/// A request whose caller is admitted, as far as that can be told before the arguments are known.
pub(crate) struct Admitted<'a> {
    exchange: &'a Exchange,
    principal: Option<Principal>,
    head: Head,
    body: RequestBody,
}
