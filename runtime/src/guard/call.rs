//! The one argument of an expanded handler: it runs the guard, then holds the handler's own arguments.
//! It never rejects; a refusal is kept inside and answered by `run`, so that it leaves by the same door as a success.

use super::{
    Admitted, Condition, Refusal, admit,
    answer::IntoAnswer,
    attachment::Attachment,
    exchange::{Exchange, in_time, unguarded},
    note,
};
use crate::output::{Viewer, as_seen_by};
use axum::{
    extract::{FromRequest, FromRequestParts, Request},
    response::Response,
};
use pin_project_lite::pin_project;
use portcullis_policy::Policy;
use std::{
    any::TypeId,
    convert::Infallible,
    fmt,
    future::Future,
    marker::PhantomData,
    pin::{Pin, pin},
    task::{Context, Poll, ready},
};
use tokio::time::{Sleep, sleep_until};

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

    /// Looks at the arguments for those that cannot be read at a route.
    #[doc(hidden)]
    const FITS: Option<fn(&mut crate::fit::Fitting<'_>)> = None;

    /// What the handler says of itself, for the OpenAPI document.
    #[cfg(feature = "openapi")]
    #[doc(hidden)]
    const DESCRIPTION: &'static crate::openapi::Description = &crate::openapi::Description::NONE;
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
    Admitted(Parts, Body, Answering),
    Refused(Response),
}

/// What the answer of a handler goes through.
#[doc(hidden)]
pub struct Answering {
    /// Who will see it.
    viewer: Option<Viewer>,
    /// Where there is no router of ours around to keep the exchange.
    bounds: Option<Bounds>,
}

impl fmt::Debug for Answering {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Answering").field("bounds", &self.bounds).finish_non_exhaustive()
    }
}

/// In a plain axum router, where the guard has to run as an extractor.
impl<P, Parts, Body, S, M> FromRequest<S, Via<M>> for Call<P, Parts, Body>
where
    P: PolicyOf<When: Condition<Parts, Body>>,
    Parts: FromRequestParts<S> + Send,
    Body: FromRequest<S, M> + Send,
    S: Send + Sync,
{
    type Rejection = Infallible;

    async fn from_request(mut request: Request, state: &S) -> Result<Self, Self::Rejection> {
        let verdict = match Attachment::endpoint_of(request.extensions(), P::POLICY, TypeId::of::<P>()) {
            Err(denial) => Verdict::Refused(unguarded(P::POLICY, &request, denial)),
            Ok(endpoint) => {
                let mut exchange = Exchange::new(endpoint, &mut request);
                let mut viewer = None;
                let outcome = {
                    let deadline = exchange.deadline();
                    let admission = async {
                        let (mut head, body) = request.into_parts();
                        let principal = admit(&mut exchange, &mut head).await?;
                        let admitted = Admitted { exchange: &exchange, principal: principal.as_ref() };
                        let mut parts = P::When::parts(admitted, &mut head, state).await?;
                        let body = P::When::body(admitted, &mut parts, head, body, state).await?;
                        viewer = admitted.viewer();
                        Ok::<_, Refusal>((parts, body))
                    };
                    in_time(deadline, pin!(admission)).await
                };
                match outcome {
                    Some(Ok((parts, body))) => {
                        Verdict::Admitted(parts, body, Answering { viewer, bounds: Some(Bounds::new(exchange)) })
                    }
                    Some(Err(refusal)) => Verdict::Refused(exchange.refuse(refusal)),
                    None => Verdict::Refused(exchange.refuse_late()),
                }
            }
        };
        Ok(Self { verdict, policy: PhantomData })
    }
}

/// A call that a router of ours admitted. No method, or the compiler would propose it to who tries to make a call by hand.
pub(crate) fn admitted<P, Parts, Body>(admitted: Admitted<'_>, parts: Parts, body: Body) -> Call<P, Parts, Body> {
    let answering = Answering { viewer: admitted.viewer(), bounds: None };
    Call { verdict: Verdict::Admitted(parts, body, answering), policy: PhantomData }
}

impl<P: PolicyOf, Parts, Body> Call<P, Parts, Body> {
    /// Runs the handler if the guard admitted the request, and answers either way.
    pub fn run<F>(self, handler: impl FnOnce(Parts, Body) -> F) -> Running<F>
    where
        F: Future<Output: IntoAnswer>,
    {
        match self.verdict {
            Verdict::Refused(response) => Running::Refused { response: Some(response) },
            Verdict::Admitted(parts, body, answering) => {
                Running::Admitted { handling: handler(parts, body), into_response: F::Output::into_answer, answering }
            }
        }
    }
}

pin_project! {
    /// The answer of a handler to come, or that of the guard. It is a future whatever the handler answers with, so that an answer which is
    /// no response is one error, where `run` is called.
    #[doc(hidden)]
    #[project = Projected]
    #[must_use = "a future does nothing until it is awaited"]
    pub enum Running<F: Future> {
        #[doc(hidden)]
        Refused { response: Option<Response> },
        #[doc(hidden)]
        Admitted { #[pin] handling: F, into_response: fn(F::Output) -> Response, answering: Answering },
    }
}

impl<F: Future> Future for Running<F> {
    type Output = Response;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Response> {
        match self.project() {
            Projected::Admitted { handling, into_response, answering } => match handling.poll(cx) {
                Poll::Ready(answer) => {
                    let seen = as_seen_by(answering.viewer);
                    let response = into_response(answer);
                    drop(seen);
                    Poll::Ready(answering.finish(response))
                }
                Poll::Pending => answering.wait(cx),
            },
            Projected::Refused { response } => response.take().map_or(Poll::Pending, Poll::Ready),
        }
    }
}

/// Shows whether the handler runs, and no more.
impl<F: Future> fmt::Debug for Running<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Refused { .. } => "Refused",
            Self::Admitted { .. } => "Admitted",
        })
    }
}

/// What the answer of a handler goes through where there is no router of ours around: its time, and the end of the exchange.
struct Bounds {
    exchange: Option<Box<Exchange>>,
    /// Once there is something to wait for.
    timer: Option<Pin<Box<Sleep>>>,
}

/// Shows whether there are any left.
impl fmt::Debug for Bounds {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Bounds").field("open", &self.exchange.is_some()).finish_non_exhaustive()
    }
}

impl Bounds {
    fn new(exchange: Exchange) -> Self {
        Self { exchange: Some(Box::new(exchange)), timer: None }
    }
}

impl Answering {
    fn finish(&mut self, answer: Response) -> Response {
        match self.bounds.as_mut().and_then(|bounds| bounds.exchange.take()) {
            Some(exchange) => note::handled(exchange.endpoint.policy.name(), exchange.finish(answer)),
            None => answer,
        }
    }

    fn wait(&mut self, cx: &mut Context<'_>) -> Poll<Response> {
        let Some(Bounds { exchange, timer }) = &mut self.bounds else { return Poll::Pending };
        let Some(deadline) = exchange.as_ref().and_then(|exchange| exchange.deadline()) else { return Poll::Pending };
        ready!(timer.get_or_insert_with(|| Box::pin(sleep_until(deadline))).as_mut().poll(cx));
        exchange.take().map_or(Poll::Pending, |exchange| Poll::Ready(exchange.refuse_late()))
    }
}

impl<P, Parts, Body> fmt::Debug for Call<P, Parts, Body> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let admitted = matches!(self.verdict, Verdict::Admitted(..));
        f.debug_struct("Call").field("admitted", &admitted).finish_non_exhaustive()
    }
}
