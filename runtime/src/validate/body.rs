//! Reads a whole body, which the guard has bounded in size, and tells the ways apart in which that can fail.
//! Outside the guard the bound is axum's.

use crate::{Denial, guard::BodyBound};
use axum::{
    body::Bytes,
    extract::{FromRequest, Request, rejection::BytesRejection},
};
use http::StatusCode;
use http_body_util::LengthLimitError;
use std::error::Error;

/// How many bytes axum reads where nothing else is said.
const AXUM_DEFAULT: u64 = 2 * 1024 * 1024;

/// The body of the request.
pub(super) async fn read<S: Send + Sync>(request: Request, state: &S) -> Result<Bytes, Denial> {
    let limit = request.extensions().get::<BodyBound>().map_or(AXUM_DEFAULT, |bound| bound.0);
    Bytes::from_request(request, state).await.map_err(|rejection| denial(&rejection, limit))
}

fn denial(rejection: &BytesRejection, limit: u64) -> Denial {
    // Axum sees through two wrappings of the body, and hides the cause from the chain below when it does.
    if rejection.status() == StatusCode::PAYLOAD_TOO_LARGE {
        return Denial::BodyTooLarge { limit };
    }
    let mut cause: Option<&(dyn Error + 'static)> = Some(rejection);
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
