//! Reads a whole body, which the guard has bounded in size, and tells the ways apart in which that can fail.
//! Outside the guard the bound is axum's.

use crate::{Denial, guard::BodyBound};
use axum::{
    body::Bytes,
    extract::{FromRequest, Request, rejection::BytesRejection},
};
use http::{Extensions, StatusCode};
use http_body_util::LengthLimitError;
use std::error::Error;

/// The bound of the body in bytes.
pub(super) fn limit(extensions: &Extensions) -> u64 {
    extensions.get::<BodyBound>().map_or(AXUM_DEFAULT, |bound| bound.0)
}

/// How many bytes axum reads where nothing else is said.
const AXUM_DEFAULT: u64 = 2 * 1024 * 1024;

/// The body of the request.
pub(super) async fn read<S: Send + Sync>(request: Request, state: &S) -> Result<Bytes, Denial> {
    let limit = limit(request.extensions());
    Bytes::from_request(request, state).await.map_err(|rejection| denial(&rejection, limit))
}

fn denial(rejection: &BytesRejection, limit: u64) -> Denial {
    // Axum sees through two wrappings of the body, and hides the cause from the chain below when it does.
    if rejection.status() == StatusCode::PAYLOAD_TOO_LARGE {
        return Denial::BodyTooLarge { limit };
    }
    denial_of(rejection, limit)
}

/// Why a body failed that is read piece by piece.
pub(super) fn denial_of(error: &(dyn Error + 'static), limit: u64) -> Denial {
    let mut cause = Some(error);
    while let Some(error) = cause {
        // A body that the guard has wrapped can fail with a reason of the guard's own.
        if let Some(denial) = error.downcast_ref::<Denial>() {
            return denial.clone();
        }
        if error.is::<LengthLimitError>() {
            return Denial::BodyTooLarge { limit };
        }
        cause = error.source();
    }
    // The connection broke off, or its framing did: there is no whole body to speak of.
    Denial::MalformedInput
}
