//! What the guard made of a request, noted in the answer for the probe of `testing`: it has to tell a denial of the guard from an
//! answer of the handler. Without that feature nothing is noted.

use crate::Denial;
use axum::response::Response;

/// A note of the guard in the extensions of an answer.
#[cfg(feature = "testing")]
#[cfg_attr(not(feature = "jwt"), expect(dead_code, reason = "the probe issues tokens"))]
#[derive(Clone, Debug)]
pub(crate) struct Note {
    /// The name of the endpoint's policy.
    pub(crate) endpoint: &'static str,
    pub(crate) outcome: Outcome,
}

/// What became of a request.
#[cfg(feature = "testing")]
#[cfg_attr(not(feature = "jwt"), expect(dead_code, reason = "the probe issues tokens"))]
#[derive(Clone, Debug)]
pub(crate) enum Outcome {
    /// It was admitted, and its handler answered or was too slow.
    Handled,
    /// It was denied.
    Denied(Denial),
    /// An extractor refused it, with an answer of its own.
    Rejected,
}

/// Notes that the handler answered, instead of what was noted of its answer.
#[inline]
pub(super) fn handled(endpoint: &'static str, response: Response) -> Response {
    #[cfg(feature = "testing")]
    let response = {
        let mut response = response;
        response.extensions_mut().insert(Note { endpoint, outcome: Outcome::Handled });
        response
    };
    let _ = endpoint;
    response
}

/// Notes that the request was refused, by the guard where there is a denial, or else by an extractor.
#[inline]
pub(super) fn refused(endpoint: &'static str, denial: Option<&Denial>, response: &mut Response) {
    #[cfg(feature = "testing")]
    response.extensions_mut().insert(Note { endpoint, outcome: denial.cloned().map_or(Outcome::Rejected, Outcome::Denied) });
    let _ = (endpoint, denial, response);
}
