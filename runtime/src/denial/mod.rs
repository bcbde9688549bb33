//! A denial: a refusal by the guard, as a typed reason.
//! What each looks like on the wire is in `problem`; the one place that answers with it is the end of the guard.

mod challenge;
mod preferences;
mod problem;

pub(crate) use challenge::Challenges;
pub(crate) use preferences::Preferences;
pub use problem::Problem;
pub(crate) use problem::{Renderer, Translator, explain, respond};

use http::StatusCode;
use portcullis_policy::Limit;
use serde::Serialize;

/// Why a request was refused. Renders as a problem of [RFC 9457](https://www.rfc-editor.org/rfc/rfc9457).
///
/// The reasons a client must not learn (which check a token failed) are in the log and not in the answer.
#[derive(Clone, Debug, Eq, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum Denial {
    /// The endpoint wants credentials and the request has none: 401 with a challenge that names no error (RFC 6750 §3.1).
    #[error("the request has no credentials")]
    NoCredentials,
    /// Two credentials, or a credential header that is not of its form: 400, `invalid_request`.
    #[error("the credentials are malformed: {0}")]
    MalformedCredentials(&'static str),
    /// A token or key that does not hold: 401, `invalid_token`. The text says which check failed, for the log.
    #[error("the credentials do not hold: {0}")]
    InvalidCredentials(&'static str),
    /// The caller lacks the role or the scope: 403, `insufficient_scope` where scopes are wanted.
    #[error("the caller lacks what the endpoint requires")]
    NotAllowed {
        /// The scopes that the endpoint names.
        scopes: Vec<&'static str>,
    },
    /// The condition of `when` does not hold: 403.
    #[error("the condition of the endpoint does not hold")]
    ConditionNotMet,
    /// The login is too old or too weak: 401, `insufficient_user_authentication` (RFC 9470 §3). Another login helps.
    #[error("the endpoint needs a fresher or a stronger login")]
    StepUpNeeded {
        /// The most seconds that may have passed since the login, where the endpoint says so.
        max_age: Option<u64>,
        /// Whether it takes more than one factor.
        mfa: bool,
    },
    /// A limit is used up: 429 with `Retry-After`.
    #[error("over the limit of {limit}")]
    OverLimit {
        /// The limit.
        limit: Limit,
        /// The whole seconds after which a retry passes. At least 1.
        retry_after: u64,
    },
    /// The body is larger than the endpoint takes: 413.
    #[error("the body is larger than {limit} bytes")]
    BodyTooLarge {
        /// The bound in bytes.
        limit: u64,
    },
    /// The body is not of the media type that the endpoint takes: 415.
    #[error("the body is not {expected}")]
    UnsupportedMediaType {
        /// The media type that the endpoint takes.
        expected: &'static str,
    },
    /// The input is not of its form at all: 400.
    #[error("the input is malformed")]
    MalformedInput,
    /// The input is nested deeper, or falls into more parts, than its bounds allow: 400.
    #[error("the input has more than {limit} {of}")]
    TooComplex {
        /// What there is too much of: `levels`, `elements`, `pairs` or `parts`.
        of: &'static str,
        /// The bound.
        limit: u64,
    },
    /// The input is well formed and breaks its rules: 422, with every error.
    #[error("the input breaks {} of its rules", .0.len())]
    InvalidInput(Vec<InputError>),
    /// An extractor of the handler refused the request with this status.
    #[error("an extractor refused the request with {0}")]
    Rejected(StatusCode),
    /// The body did not arrive within the endpoint's time: 408.
    #[error("the body did not arrive in time")]
    BodyTooSlow,
    /// The handler did not finish within the endpoint's time: 503.
    #[error("the handler did not finish in time")]
    HandlerTooSlow,
    /// Nothing is routed here: 404.
    #[error("no endpoint at this path")]
    NotFound,
    /// The path exists, the method does not: 405.
    #[error("no endpoint for this method")]
    MethodNotAllowed,
    /// The service is not set up to answer: 500. The text is for the log.
    #[error("the service is not set up: {0}")]
    Misconfigured(&'static str),
}

impl Denial {
    /// The status of the answer.
    #[must_use]
    pub const fn status(&self) -> StatusCode {
        match self {
            Self::NoCredentials | Self::InvalidCredentials(_) | Self::StepUpNeeded { .. } => StatusCode::UNAUTHORIZED,
            Self::MalformedCredentials(_) | Self::MalformedInput | Self::TooComplex { .. } => StatusCode::BAD_REQUEST,
            Self::NotAllowed { .. } | Self::ConditionNotMet => StatusCode::FORBIDDEN,
            Self::OverLimit { .. } => StatusCode::TOO_MANY_REQUESTS,
            Self::BodyTooLarge { .. } => StatusCode::PAYLOAD_TOO_LARGE,
            Self::UnsupportedMediaType { .. } => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Self::InvalidInput(_) => StatusCode::UNPROCESSABLE_ENTITY,
            Self::Rejected(status) => *status,
            Self::BodyTooSlow => StatusCode::REQUEST_TIMEOUT,
            Self::HandlerTooSlow => StatusCode::SERVICE_UNAVAILABLE,
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::MethodNotAllowed => StatusCode::METHOD_NOT_ALLOWED,
            Self::Misconfigured(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }
}

/// A part of a request that input is read from, by the word that OpenAPI has for it.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq, Serialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum RequestPart {
    /// The path.
    Path,
    /// The query, and with it a form that is sent with GET.
    Query,
    /// The headers.
    Header,
    /// The cookies.
    Cookie,
    /// The body.
    Body,
}

/// One broken rule of an input. Never holds what the client sent.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
#[non_exhaustive]
pub struct InputError {
    /// In which part of the request; `in` on the wire.
    #[serde(rename = "in")]
    pub part: RequestPart,
    /// Where: a JSON pointer (RFC 6901) in URI fragment form, in the names of the wire: `#/address/postCode`.
    pub pointer: String,
    /// A stable word for the kind of error: `required`, `type`, `unknown_field`, `duplicate`, or the name of the broken rule, such as
    /// `length`, `range`, `email`, `pattern`; `text` for characters that are not taken, `rule` for a rule of your own.
    pub code: &'static str,
    /// What is wrong, for people.
    pub detail: String,
}

impl InputError {
    /// An error at a place. The caller sees to it that no part holds what the client sent.
    #[cfg_attr(not(feature = "validation"), expect(dead_code, reason = "only `Valid` finds errors in inputs"))]
    pub(crate) fn new(part: RequestPart, pointer: impl Into<String>, code: &'static str, detail: impl Into<String>) -> Self {
        Self { part, pointer: pointer.into(), code, detail: detail.into() }
    }
}
