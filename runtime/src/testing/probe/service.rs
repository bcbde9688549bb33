//! The service under probe: driven in process, on a clock that the probe moves, by callers whom the probe vouches for.

use super::{
    answer::Answer,
    audit::Listener,
    issuer::Issuer,
    oracle::{Call, Credentials, Oracle, Verdict},
    payload::Payload,
};
use crate::clock::{Clock as _, ManualClock};
use axum::{Router, body::Body, extract::ConnectInfo};
use http::{
    HeaderName, HeaderValue, Method, Request,
    header::{AUTHORIZATION, CONTENT_LENGTH, CONTENT_TYPE},
};
use portcullis_policy::{Limit, Terms};
use std::{
    future::poll_fn,
    net::{Ipv4Addr, SocketAddr},
    sync::Arc,
    time::Duration,
};
use tower_service::Service as _;
use tracing::instrument::WithSubscriber as _;

/// How far the clock can go: a century less than a [`ManualClock`] can count.
const LAST_MOMENT: Duration = Duration::from_secs(484 * 365 * 86_400);

/// The first address that the probe calls from: 10.0.0.0/8 is for private use.
const FIRST_ADDRESS: u32 = 0x0a00_0001;

/// A request of the probe.
#[derive(Clone, Debug)]
pub(super) struct Ask {
    pub(super) method: Method,
    pub(super) uri: String,
    pub(super) address: Ipv4Addr,
    pub(super) credentials: Credentials,
    pub(super) media_type: Option<&'static str>,
    pub(super) payload: Payload,
}

/// The service, and what the probe knows of it.
pub(super) struct Service {
    router: Router,
    clock: Arc<ManualClock>,
    issuer: Issuer,
    pub(super) oracle: Oracle,
    listener: Listener,
    callers: u32,
    requests: usize,
}

impl Service {
    pub(super) fn new(router: Router, clock: Arc<ManualClock>, issuer: Issuer, oracle: Oracle) -> Self {
        Self { router, clock, issuer, oracle, listener: Listener::new(), callers: 0, requests: 0 }
    }

    /// How many requests there were.
    pub(super) fn requests(&self) -> usize {
        self.requests
    }

    /// An address that nobody has called from.
    pub(super) fn fresh_address(&mut self) -> Ipv4Addr {
        self.callers += 1;
        Ipv4Addr::from_bits(FIRST_ADDRESS.wrapping_add(self.callers))
    }

    /// A subject that has not called.
    pub(super) fn fresh_subject(&mut self) -> String {
        self.callers += 1;
        format!("probe-{}", self.callers)
    }

    pub(super) fn advance(&self, nanos: u128) {
        self.clock.advance(Duration::from_nanos(u64::try_from(nanos).unwrap_or(u64::MAX)));
    }

    /// Moves the clock to a whole second: tokens count in those.
    pub(super) fn advance_to_whole_second(&self) {
        let fraction = self.clock.unix_time().subsec_nanos();
        if fraction > 0 {
            self.advance(1_000_000_000 - u128::from(fraction));
        }
    }

    /// Whether the clock can go on.
    pub(super) fn has_time(&self) -> bool {
        self.clock.monotonic_time() < LAST_MOMENT
    }

    /// What the limits have to say of a request whose credentials hold: who would refuse it, and for how long. Nothing is sent.
    pub(super) fn blocked(&mut self, terms: &Terms, ask: &Ask) -> Option<(Limit, u128)> {
        let address = ask.address.to_string();
        let now = self.clock.monotonic_time();
        self.oracle.blocked(Call { terms, address: &address, credentials: &ask.credentials, now })
    }

    /// How long a failed authentication from this address is refused as one too many, in nanoseconds.
    pub(super) fn failures_wait(&self, address: Ipv4Addr) -> u128 {
        self.oracle.failures_wait(&address.to_string(), self.clock.monotonic_time())
    }

    /// Waits until no limit refuses the request.
    pub(super) fn make_room(&mut self, terms: &Terms, ask: &Ask) {
        // Each round ends the wait for one limit, and none begins another.
        for _ in 0..=terms.limits.len() {
            let Some((_, wait)) = self.blocked(terms, ask) else { break };
            self.advance(wait);
        }
        self.advance_to_whole_second();
    }

    /// Sends the request, and says what must become of it and what did.
    pub(super) async fn send(&mut self, terms: &Terms, ask: &Ask) -> (Verdict, Answer) {
        self.requests += 1;
        let address = ask.address.to_string();
        let now = self.clock.monotonic_time();
        let verdict = self.oracle.judge(Call { terms, address: &address, credentials: &ask.credentials, now });
        let request = self.request(ask);
        self.listener.take();
        let answer = async {
            // A router of axum is always ready, and never fails.
            let _ = poll_fn(|cx| <Router as tower_service::Service<Request<Body>>>::poll_ready(&mut self.router, cx)).await;
            self.router.call(request).await
        };
        let Ok(answer) = answer.with_subscriber(self.listener.dispatch()).await;
        (verdict, Answer::read(&answer, self.listener.take()))
    }

    fn request(&self, ask: &Ask) -> Request<Body> {
        let mut request = Request::new(ask.payload.body());
        *request.method_mut() = ask.method.clone();
        *request.uri_mut() = ask.uri.parse().unwrap_or_default();
        request.extensions_mut().insert(ConnectInfo(SocketAddr::from((ask.address, 50_000))));
        let authorizations = self.issuer.authorizations(&ask.credentials, self.clock.unix_time());
        let authorizations = authorizations.into_iter().map(|value| (AUTHORIZATION, HeaderValue::try_from(value)));
        let media_type = ask.media_type.map(|value| (CONTENT_TYPE, Ok(HeaderValue::from_static(value))));
        let length = ask.payload.announced().map(|bytes| (CONTENT_LENGTH, Ok(HeaderValue::from(bytes))));
        for (name, value) in authorizations.chain(media_type).chain(length) {
            append(&mut request, name, value);
        }
        request
    }
}

fn append(request: &mut Request<Body>, name: HeaderName, value: Result<HeaderValue, http::header::InvalidHeaderValue>) {
    if let Ok(value) = value {
        request.headers_mut().append(name, value);
    }
}
