//! One request under one endpoint: what the stages leave for the answer.
//! Every answer, refusal or not, ends in `complete`, which writes what all answers carry.

use super::{attachment::Attachment, audit::Record, client, note};
use crate::{Denial, Principal, denial::Preferences, limit::Key, security::Endpoint};
use axum::{
    body::HttpBody,
    extract::Request,
    response::{IntoResponse, Response},
};
use http::{
    HeaderValue, StatusCode,
    header::{CACHE_CONTROL, CONTENT_LENGTH, CONTENT_TYPE},
};
use portcullis_policy::{Policy, RateKey};
use std::{
    future::{Future, poll_fn},
    pin::Pin,
    sync::{
        Arc, OnceLock,
        atomic::{AtomicBool, Ordering},
    },
    task::Poll,
};
use tokio::time::{Instant, timeout_at};

/// One request under one endpoint.
pub(super) struct Exchange {
    pub(super) endpoint: Arc<Endpoint>,
    over_tls: bool,
    deadline: Option<Instant>,
    /// Whether a body is being read.
    pub(super) reads_body: AtomicBool,
    /// Whom the handler of a public endpoint was told of.
    told: Option<Arc<OnceLock<Principal>>>,
    /// For each limit that was asked, its index and what is left.
    left: Vec<(usize, u32)>,
    /// The seconds to wait, where a limit refused.
    wait: Option<u64>,
    audit: Option<Box<Record>>,
    preferences: Preferences,
}

impl Exchange {
    pub(super) fn new(endpoint: Arc<Endpoint>, request: &mut Request) -> Self {
        let told = endpoint.policy.access().is_public().then(|| Arc::new(OnceLock::new()));
        if let (Some(told), Some(attachment)) = (&told, request.extensions_mut().get_mut::<Attachment>()) {
            attachment.told = Some(Arc::clone(told));
        }
        Self {
            over_tls: endpoint.core.behind_tls || client::is_over_tls(request.extensions()),
            deadline: endpoint.time_limit.and_then(|limit| Instant::now().checked_add(limit)),
            reads_body: AtomicBool::new(false),
            told,
            left: Vec::with_capacity(endpoint.limiters.len()),
            wait: None,
            audit: Record::begin(endpoint.policy, request),
            preferences: endpoint.core.preferences(request.headers()),
            endpoint,
        }
    }

    /// Takes one call off every limit that counts by this kind of key. The shortest period comes first, so a caller who is stopped
    /// by it does not use up the longer ones.
    pub(super) fn take(&mut self, kind: RateKey, key: Key) -> Result<(), Denial> {
        for (index, limiter) in self.endpoint.limiters.iter().enumerate() {
            if limiter.limit().key() != kind {
                continue;
            }
            match limiter.take(key) {
                Ok(left) => self.left.push((index, left)),
                Err(denial) => {
                    if let Denial::OverLimit { retry_after, .. } = denial {
                        self.wait = Some(retry_after);
                    }
                    self.left.push((index, 0));
                    return Err(denial);
                }
            }
        }
        Ok(())
    }

    /// Until when the request may take.
    pub(super) fn deadline(&self) -> Option<Instant> {
        self.deadline
    }

    /// Whom the handler of a public endpoint was told of, if it asked and there is somebody.
    pub(super) fn told(&self) -> Option<&Principal> {
        self.told.as_ref()?.get()
    }

    /// Notes who is calling, for the audit record.
    pub(super) fn audit_caller(&mut self, principal: &Principal) {
        if let Some(record) = &mut self.audit {
            record.caller(principal);
        }
    }

    /// The answer of a handler, or of an extractor that designed one. A denial that it tells of is told as the guard's own.
    pub(super) fn finish(self, response: Response) -> Response {
        match response.extensions().get::<Denial>() {
            Some(denial) => {
                let response = self.deny(denial);
                self.complete(response)
            }
            None if is_bare_error(&response) => {
                let response = self.endpoint.core.explain(response, &self.preferences);
                self.complete(response)
            }
            None => self.complete(response),
        }
    }

    /// The answer to a refused request.
    pub(super) fn refuse(self, refusal: Refusal) -> Response {
        let response = match refusal {
            Refusal::Denial(denial) => self.deny(&denial),
            Refusal::Response(response) if is_plain_rejection(&response) => self.rerender(response),
            Refusal::Response(response) => return self.finish(response),
        };
        self.complete(response)
    }

    /// The answer when the deadline passed: whose fault it is depends on what was waited for.
    pub(super) fn refuse_late(self) -> Response {
        let denial = if self.reads_body.load(Ordering::Relaxed) { Denial::BodyTooSlow } else { Denial::HandlerTooSlow };
        self.refuse(denial.into())
    }

    /// The one place where an answer gets what all answers carry, and where the call is audited.
    fn complete(mut self, mut response: Response) -> Response {
        // Rendered and logged: from here on it is an answer like any other.
        let denial = response.extensions_mut().remove::<Denial>();
        note::refused(self.endpoint.policy.name(), denial.as_ref(), &mut response);
        if let Some(mut record) = self.audit.take() {
            if let Some(principal) = self.told() {
                record.caller(principal);
            }
            record.answered(response.status(), denial);
        }
        let headers = response.headers_mut();
        if self.told().is_some() {
            // An answer for one caller, from an endpoint whose answers are otherwise for everybody.
            headers.entry(CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
        }
        self.endpoint.headers.write(self.over_tls, headers);
        self.endpoint.rate_fields.write(&self.left, self.wait, headers);
        response
    }

    fn deny(&self, denial: &Denial) -> Response {
        log(self.endpoint.policy.name(), denial);
        self.endpoint.core.respond(denial, &self.preferences)
    }

    /// Puts a problem in the place of a plain text. The headers stay: they tell the client what to do and echo nothing.
    fn rerender(&self, rejection: Response) -> Response {
        let (head, _) = rejection.into_parts();
        let mut response = self.deny(&match head.status {
            StatusCode::PAYLOAD_TOO_LARGE => Denial::BodyTooLarge { limit: self.endpoint.body_limit },
            other => Denial::Rejected(other),
        });
        for (name, value) in &head.headers {
            if *name != CONTENT_TYPE && *name != CONTENT_LENGTH {
                response.headers_mut().append(name, value.clone());
            }
        }
        response
    }
}

/// Runs a future until the deadline; `None` where it passed.
pub(super) async fn in_time<F: Future + ?Sized>(deadline: Option<Instant>, mut future: Pin<&mut F>) -> Option<F::Output> {
    // Most are ready at once, and a timer costs more than they do.
    if let Poll::Ready(output) = poll_fn(|cx| Poll::Ready(future.as_mut().poll(cx))).await {
        return Some(output);
    }
    match deadline {
        Some(deadline) => timeout_at(deadline, future).await.ok(),
        None => Some(future.await),
    }
}

/// A request that does not reach its handler.
#[doc(hidden)]
#[derive(Debug)]
pub enum Refusal {
    Denial(Denial),
    /// An extractor refused it, with an answer of its own.
    Response(Response),
}

impl Refusal {
    pub(super) fn by_extractor(rejection: impl IntoResponse) -> Self {
        Self::Response(rejection.into_response())
    }
}

impl From<Denial> for Refusal {
    fn from(denial: Denial) -> Self {
        Self::Denial(denial)
    }
}

/// Whether this is one of axum's own rejections, in plain text that can echo input, rather than an answer somebody designed.
fn is_plain_rejection(response: &Response) -> bool {
    static PLAIN: HeaderValue = HeaderValue::from_static("text/plain; charset=utf-8");
    let no_denial = response.extensions().get::<Denial>().is_none();
    let is_error = response.status().is_client_error() || response.status().is_server_error();
    no_denial && is_error && response.headers().get(CONTENT_TYPE) == Some(&PLAIN)
}

/// Whether a handler answered with the status of an error and nothing else.
fn is_bare_error(response: &Response) -> bool {
    let is_error = response.status().is_client_error() || response.status().is_server_error();
    is_error && response.body().is_end_stream() && !response.headers().contains_key(CONTENT_TYPE)
}

/// Leaves a denial in the log, with the endpoint and without anything that the client sent.
fn log(endpoint: &str, denial: &Denial) {
    let status = denial.status().as_u16();
    match denial {
        Denial::Misconfigured(_) => tracing::error!(target: "portcullis", endpoint, status, %denial, "cannot answer"),
        // An extractor that is not set up: nobody but the log can tell.
        Denial::Rejected(_) if status >= 500 => tracing::error!(target: "portcullis", endpoint, status, %denial, "cannot answer"),
        Denial::InvalidCredentials(_)
        | Denial::MalformedCredentials(_)
        | Denial::NotAllowed { .. }
        | Denial::ConditionNotMet
        | Denial::OverLimit { .. }
        | Denial::HandlerTooSlow => tracing::warn!(target: "portcullis", endpoint, status, %denial, "denied"),
        _ => tracing::debug!(target: "portcullis", endpoint, status, %denial, "denied"),
    }
}

/// The answer of a secured handler that no guard is attached to: 500, and the log says what to do.
pub(super) fn unguarded(policy: &Policy, request: &Request, denial: Denial) -> Response {
    log(policy.name(), &denial);
    if let Some(mut record) = Record::begin(policy, request) {
        record.answered(denial.status(), Some(denial.clone()));
    }
    denial.into_response()
}
