//! The guard: carries a policy out on a request, in one order for every endpoint.
//! This file is that order; each stage is a module of its own with one function.

mod address_limits;
mod answer;
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

pub use answer::IntoAnswer;
pub use argument::{
    Anonymous, AnyArgument, Argument, Caller, Hidden, Named, Plain, Raw, Validated, WrittenOut, anonymous, named, validated,
};
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

use crate::{Denial, Principal, output::Viewer};
use axum::{
    body::Body as RequestBody,
    extract::{FromRequest, FromRequestParts},
};
use exchange::Exchange;
pub(crate) use exchange::Refusal;
use http::request::Parts as Head;
use pin_project_lite::pin_project;
use std::{
    fmt,
    future::Future,
    pin::Pin,
    task::{Context, Poll},
};

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

/// The next stage, the arguments from the head of the request. Built once for each set of types, and not once for each endpoint.
async fn parts<Parts: FromRequestParts<S>, S: Sync>(head: &mut Head, state: &S) -> Result<Parts, Refusal> {
    Parts::from_request_parts(head, state).await.map_err(Refusal::by_extractor)
}

/// The last stage, the argument that may read the body: the body comes last, so that a request that will be refused is not read.
async fn body<Body: FromRequest<S, M>, S: Sync, M>(
    exchange: &Exchange,
    head: Head,
    body: RequestBody,
    state: &S,
) -> Result<Body, Refusal> {
    let request = body::bound(exchange, head, body)?;
    let body = Body::from_request(request, state).await.map_err(Refusal::by_extractor)?;
    body::was_read(exchange);
    Ok(body)
}

/// The two stages of the arguments, of a routed request. Built once for each set of types and left where it is: a copy of it in every
/// endpoint would be most of what an endpoint costs to build.
pub(crate) fn arguments<When, Parts, Body, S, M>(
    admitted: Admitted<'_>,
    head: Head,
    body: RequestBody,
    state: S,
) -> impl Future<Output = Result<(Parts, Body), Refusal>> + Send
where
    When: Condition<Parts, Body>,
    Parts: FromRequestParts<S> + Send,
    Body: FromRequest<S, M> + Send,
    S: Send + Sync,
{
    OutOfLine {
        inner: async move {
            let mut head = head;
            let mut parts = When::parts(admitted, &mut head, &state).await?;
            let body = When::body(admitted, &mut parts, head, body, &state).await?;
            Ok((parts, body))
        },
    }
}

pin_project! {
    /// A future whose code is not copied to where it is awaited.
    struct OutOfLine<F> {
        #[pin]
        inner: F,
    }
}

impl<F: Future> Future for OutOfLine<F> {
    type Output = F::Output;

    #[inline(never)]
    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<F::Output> {
        self.project().inner.poll(cx)
    }
}

/// A request whose caller is admitted, as far as that can be told before the arguments are known.
#[doc(hidden)]
#[derive(Clone, Copy)]
pub struct Admitted<'a> {
    exchange: &'a Exchange,
    principal: Option<&'a Principal>,
}

impl Admitted<'_> {
    /// Who will see the answer: the principal, or whom the handler of a public endpoint asked for.
    pub(crate) fn viewer(self) -> Option<Viewer> {
        self.principal.or_else(|| self.exchange.told()).map(Viewer::of)
    }
}

/// Shows nothing of the request.
impl fmt::Debug for Admitted<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Admitted")
    }
}
