//! The one argument of an expanded handler: it runs the guard, then holds the handler's own arguments.
//! It never rejects; a refusal is kept inside and answered by `run`, so that it leaves by the same door as a success.

use super::{
    Condition, admit,
    attachment::Attachment,
    exchange::{Exchange, in_time, unguarded},
    note,
};
use axum::{
    extract::{FromRequest, FromRequestParts, Request},
    response::{IntoResponse, Response},
};
use portcullis_policy::Policy;
use std::{convert::Infallible, fmt, future::Future, marker::PhantomData, pin::pin};

/// The type that is a policy's home: the macro declares one with the name of the handler.
///
/// ```
/// use portcullis::{PolicyOf, prelude::*};
///
/// #[secure(public = "load balancers probe it")]
/// async fn health() {}
///
/// assert_eq!(health::POLICY.to_string(), r#"public = "load balancers probe it""#);
/// ```
pub trait PolicyOf: Send + Sync + 'static {
    /// The policy.
    const POLICY: &'static Policy;

    /// The condition of `when`.
    type When;
}

/// Marks [`Call`]'s way to the arguments, which is the last argument's.
pub struct Via<M>(PhantomData<fn() -> M>);

impl<M> Via<M> {
    pub(crate) const fn new() -> Self {
        Self(PhantomData)
    }
}

impl<M> fmt::Debug for Via<M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Via")
    }
}

/// A call of the endpoint whose policy lives in `P`, guarded. What `#[secure]` makes of a handler's arguments; not for use by hand.
pub struct Call<P, Parts, Body> {
    verdict: Verdict<Parts, Body>,
    policy: PhantomData<fn() -> P>,
}

enum Verdict<Parts, Body> {
    Admitted(Exchange, Parts, Body),
    Refused(Response),
}

impl<P, Parts, Body, S, M> FromRequest<S, Via<M>> for Call<P, Parts, Body>
where
    P: PolicyOf,
    P::When: Condition<Parts, Body>,
    Parts: FromRequestParts<S> + Send,
    Body: FromRequest<S, M> + Send,
    S: Send + Sync,
{
    type Rejection = Infallible;

    async fn from_request(mut request: Request, state: &S) -> Result<Self, Self::Rejection> {
        Ok(Self::guard(&mut request, state).await)
    }
}

impl<P, Parts, Body> Call<P, Parts, Body> {
    /// Carries the policy out on a request, which is taken from its place: an `async fn` holds what it is given for as long as it runs,
    /// and each of those that it calls would hold the request once more.
    pub(crate) async fn guard<S, M>(request: &mut Request, state: &S) -> Self
    where
        P: PolicyOf<When: Condition<Parts, Body>>,
        Parts: FromRequestParts<S> + Send,
        Body: FromRequest<S, M> + Send,
        S: Send + Sync,
    {
        let verdict = match Attachment::endpoint_of::<P>(request.extensions()) {
            Err(denial) => Verdict::Refused(unguarded(P::POLICY, request, denial)),
            Ok(endpoint) => {
                let mut exchange = Exchange::new(endpoint, request);
                let outcome = {
                    let deadline = exchange.deadline();
                    let admission = pin!(admit::<P, Parts, Body, S, M>(&mut exchange, request, state));
                    in_time(deadline, admission).await
                };
                match outcome {
                    Some(Ok((parts, body))) => Verdict::Admitted(exchange, parts, body),
                    Some(Err(refusal)) => Verdict::Refused(exchange.refuse(refusal)),
                    None => Verdict::Refused(exchange.refuse_late()),
                }
            }
        };
        Self { verdict, policy: PhantomData }
    }
}

impl<P: PolicyOf, Parts, Body> Call<P, Parts, Body> {
    /// Runs the handler if the guard admitted the request, and answers either way.
    pub async fn run<F>(self, handler: impl FnOnce(Parts, Body) -> F) -> Response
    where
        F: Future<Output: IntoResponse>,
    {
        match self.verdict {
            Verdict::Refused(response) => response,
            Verdict::Admitted(exchange, parts, body) => match in_time(exchange.deadline(), pin!(handler(parts, body))).await {
                Some(answer) => note::handled(P::POLICY.name(), exchange.finish(answer.into_response())),
                None => exchange.refuse_late(),
            },
        }
    }
}

impl<P, Parts, Body> fmt::Debug for Call<P, Parts, Body> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let admitted = matches!(self.verdict, Verdict::Admitted(..));
        f.debug_struct("Call").field("admitted", &admitted).finish_non_exhaustive()
    }
}
