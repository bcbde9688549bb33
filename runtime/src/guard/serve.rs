//! From a routed request to its answer. The endpoint's own part, which differs with the types of its handler, comes in a box: all the
//! rest is compiled once, so that five hundred endpoints do not cost five hundred guards to build.

use super::{
    Admitted, admit,
    attachment::{Attachment, UNATTACHED},
    exchange::{Exchange, Refusal, in_time, unguarded},
    note,
};
use crate::security::Endpoint;
use axum::{body::Body, extract::Request, response::Response};
use http::request::Parts as Head;
use portcullis_policy::Policy;
use std::{
    fmt,
    future::Future,
    pin::{Pin, pin},
    sync::Arc,
};

/// The arguments and the handler of an endpoint, still to come.
#[doc(hidden)]
pub struct Rest<S>(Arc<Begin<S>>);

/// Takes the arguments from the request of an admitted caller, and calls the handler with them.
type Begin<S> = dyn for<'a> Fn(Admitted<'a>, Head, Body, S) -> Answering<'a> + Send + Sync;

/// The answer of a handler to come, or the refusal on the way to it.
type Answering<'a> = Pin<Box<dyn Future<Output = Result<Response, Refusal>> + Send + 'a>>;

impl<S> Rest<S> {
    pub(crate) fn new(rest: impl for<'a> Fn(Admitted<'a>, Head, Body, S) -> Answering<'a> + Send + Sync + 'static) -> Self {
        Self(Arc::new(rest))
    }
}

impl<S> Clone for Rest<S> {
    fn clone(&self) -> Self {
        Self(Arc::clone(&self.0))
    }
}

impl<S> fmt::Debug for Rest<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Rest")
    }
}

/// Carries the policy out on a request, and answers it. All stages and the handler together have the endpoint's time.
#[expect(clippy::manual_async_fn, reason = "an `async fn` holds its argument twice, and the request is what is large here")]
pub(crate) fn serve<S: Send>(
    policy: &'static Policy,
    endpoint: Option<Arc<Endpoint>>,
    mut request: Request,
    state: S,
    Rest(rest): Rest<S>,
) -> impl Future<Output = Response> + Send {
    async move {
        let Some(endpoint) = endpoint else {
            return unguarded(policy, &request, UNATTACHED);
        };
        request.extensions_mut().insert(Attachment::routed(Arc::clone(&endpoint)));
        let mut exchange = Exchange::new(endpoint, &mut request);
        let deadline = exchange.deadline();
        let (mut head, body) = request.into_parts();
        let admission = {
            let stages = pin!(admit(&mut exchange, &mut head));
            in_time(deadline, stages).await
        };
        let principal = match admission {
            Some(Ok(principal)) => principal,
            Some(Err(denial)) => return exchange.refuse(denial.into()),
            None => return exchange.refuse_late(),
        };
        let outcome = {
            let admitted = Admitted { exchange: &exchange, principal: principal.as_ref() };
            let mut answering = rest(admitted, head, body, state);
            in_time(deadline, answering.as_mut()).await
        };
        match outcome {
            Some(Ok(answer)) => note::handled(policy.name(), exchange.finish(answer)),
            Some(Err(refusal)) => exchange.refuse(refusal),
            None => exchange.refuse_late(),
        }
    }
}
