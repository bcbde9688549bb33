//! The audit record: what a call of an endpoint with `audit` leaves, admitted or refused, whatever becomes of it.
//! Exactly one a call: whoever begins one and never writes it writes it by dropping it.

use crate::{Denial, Principal};
use axum::extract::{MatchedPath, Request};
use http::{Method, StatusCode};
use portcullis_policy::Policy;
use std::thread;

/// A record that is not written yet. It holds nothing that the client wrote: the route is the pattern, the subject is authenticated.
pub(super) struct Record {
    name: &'static str,
    endpoint: &'static str,
    method: &'static str,
    route: Option<MatchedPath>,
    principal: Option<Principal>,
    /// What the client was answered, once it is.
    status: Option<StatusCode>,
    denial: Option<Denial>,
}

impl Record {
    /// Begins the record of a call, if the policy wants one. In a box, so that others pay for a null check and no more.
    pub(super) fn begin(policy: &Policy, request: &Request) -> Option<Box<Self>> {
        let name = policy.audit_name()?;
        Some(Box::new(Self {
            name,
            endpoint: policy.name(),
            method: name_of(request.method()),
            route: request.extensions().get::<MatchedPath>().cloned(),
            principal: None,
            status: None,
            denial: None,
        }))
    }

    /// Notes who is calling.
    pub(super) fn caller(&mut self, principal: &Principal) {
        self.principal = Some(principal.clone());
    }

    /// Notes what the client was answered, at the end of the call.
    pub(super) fn answered(&mut self, status: StatusCode, denial: Option<Denial>) {
        self.status = Some(status);
        self.denial = denial;
    }
}

/// Where every record is written: also that of a call whose client went away, or whose handler panicked.
impl Drop for Record {
    fn drop(&mut self) {
        let Self { name, endpoint, method, route, principal, status, denial } = self;
        let outcome = match status {
            Some(_) => "answered",
            None if thread::panicking() => "panicked",
            None => "abandoned",
        };
        tracing::info!(
            target: "portcullis::audit",
            name,
            endpoint,
            method,
            route = route.as_ref().map(MatchedPath::as_str),
            subject = principal.as_ref().map(Principal::subject),
            scheme = principal.as_ref().map(|principal| tracing::field::display(principal.scheme())),
            status = status.map(|status| status.as_u16()),
            denial = denial.as_ref().map(tracing::field::display),
            "{outcome}"
        );
    }
}

/// The method, where HTTP knows it: a client can write any word in its place.
fn name_of(method: &Method) -> &'static str {
    const KNOWN: [&str; 9] = ["CONNECT", "DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT", "TRACE"];
    KNOWN.into_iter().find(|known| method == known).unwrap_or("another")
}
