//! A denial on the wire: `application/problem+json` of RFC 9457, with stable types and no echo of input.
//! The body can be replaced by a renderer; status, challenge and `Retry-After` cannot.

use super::{Denial, InputError, challenge::Challenges, preferences::Preferences};
use axum::{
    body::Body,
    response::{IntoResponse, Response},
};
use http::{
    HeaderValue,
    header::{ACCEPT, ACCEPT_LANGUAGE, CONTENT_LENGTH, CONTENT_TYPE, RETRY_AFTER, VARY, WWW_AUTHENTICATE},
};
use serde::Serialize;
use std::borrow::Cow;

/// The problem type that the IETF registered for a used-up quota (draft-ietf-httpapi-ratelimit-headers).
const QUOTA_EXCEEDED: &str = "https://iana.org/assignments/http-problem-types#quota-exceeded";

/// The members of the problem that a denial renders as. A renderer of your own can start from it.
///
/// ```
/// use portcullis::{Denial, Problem};
///
/// let problem = Problem::of(&Denial::NoCredentials);
/// assert_eq!(problem.status, 401);
/// assert_eq!(problem.kind, "urn:portcullis:problem:no-credentials");
/// ```
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct Problem<'a> {
    /// The stable URI of the kind of problem; `type` on the wire.
    #[serde(rename = "type")]
    pub kind: &'static str,
    /// What the kind means, for people.
    pub title: &'static str,
    /// The status of the answer, once more.
    pub status: u16,
    /// Every error of an input.
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    pub errors: &'a [InputError],
    /// The names of the limits that are used up, as in `RateLimit-Policy`.
    #[serde(rename = "violated-policies", skip_serializing_if = "Vec::is_empty")]
    pub violated_policies: Vec<String>,
}

impl<'a> Problem<'a> {
    /// The problem of a denial.
    #[must_use]
    pub fn of(denial: &'a Denial) -> Self {
        let (kind, title) = match denial {
            Denial::NoCredentials => ("urn:portcullis:problem:no-credentials", "This endpoint needs credentials"),
            Denial::MalformedCredentials(_) => ("urn:portcullis:problem:malformed-credentials", "The credentials are malformed"),
            Denial::InvalidCredentials(_) => ("urn:portcullis:problem:invalid-credentials", "The credentials are not valid"),
            Denial::NotAllowed { .. } => ("urn:portcullis:problem:not-allowed", "You are not allowed to do this"),
            Denial::ConditionNotMet => ("urn:portcullis:problem:condition-not-met", "You are not allowed to do this here"),
            Denial::StepUpNeeded { .. } => {
                ("urn:portcullis:problem:step-up-needed", "This endpoint needs a more recent or a stronger login")
            }
            Denial::OverLimit { .. } => (QUOTA_EXCEEDED, "Request cannot be satisfied as assigned quota has been exceeded"),
            Denial::BodyTooLarge { .. } => ("urn:portcullis:problem:body-too-large", "The body is too large"),
            Denial::UnsupportedMediaType { .. } => {
                ("urn:portcullis:problem:unsupported-media-type", "The body is not of the expected media type")
            }
            Denial::MalformedInput => ("urn:portcullis:problem:malformed-input", "The input is malformed"),
            Denial::TooComplex { .. } => {
                ("urn:portcullis:problem:too-complex", "The input is nested too deeply or has too many parts")
            }
            Denial::InvalidInput(_) => ("urn:portcullis:problem:invalid-input", "The input is not valid"),
            Denial::Rejected(_) => ("urn:portcullis:problem:rejected", "The request does not fit this endpoint"),
            Denial::BodyTooSlow => ("urn:portcullis:problem:body-too-slow", "The body did not arrive in time"),
            Denial::HandlerTooSlow => ("urn:portcullis:problem:handler-too-slow", "The answer was not ready in time"),
            Denial::NotFound => ("urn:portcullis:problem:not-found", "There is nothing here"),
            Denial::MethodNotAllowed => ("urn:portcullis:problem:method-not-allowed", "This method is not allowed here"),
            Denial::Misconfigured(_) => ("urn:portcullis:problem:misconfigured", "The service cannot answer"),
        };
        let errors = if let Denial::InvalidInput(errors) = denial { errors.as_slice() } else { &[] };
        let violated_policies = if let Denial::OverLimit { limit, .. } = denial { vec![limit.to_string()] } else { Vec::new() };
        Self { kind, title, status: denial.status().as_u16(), errors, violated_policies }
    }

    fn into_response(self, media_type: &'static str) -> Response {
        // A problem holds strings and numbers only, so it always serialises.
        let body = serde_json::to_vec(&self).map(Body::from).unwrap_or_default();
        let mut response = Response::new(body);
        response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static(media_type));
        response.headers_mut().append(VARY, HeaderValue::from_name(ACCEPT));
        response
    }
}

/// A bare status as a problem: the type `about:blank` says that there is nothing to it beyond the status (RFC 9457 §4.2.1). Its headers
/// stay.
pub(crate) fn explain(bare: Response, preferences: &Preferences) -> Response {
    let (mut head, _) = bare.into_parts();
    let (status, title) = (head.status.as_u16(), head.status.canonical_reason().unwrap_or("Error"));
    let problem = Problem { kind: "about:blank", title, status, errors: &[], violated_policies: Vec::new() };
    let (answer, body) = problem.into_response(preferences.problem_type()).into_parts();
    head.headers.remove(CONTENT_LENGTH);
    head.headers.extend(answer.headers);
    Response::from_parts(head, body)
}

/// What turns a denial into a body.
pub(crate) type Renderer = dyn Fn(&Denial) -> Response + Send + Sync;

/// What turns the text of an error into another language; the second argument is `Accept-Language`, as it was sent.
pub(crate) type Translator = dyn Fn(&InputError, Option<&str>) -> Option<String> + Send + Sync;

/// The denial with its texts in the client's language.
fn translated<'d>(denial: &'d Denial, translator: Option<&Translator>, preferences: &Preferences) -> Cow<'d, Denial> {
    match (denial, translator) {
        (Denial::InvalidInput(errors), Some(translate)) => {
            let translated = errors.iter().map(|error| match translate(error, preferences.languages()) {
                Some(detail) => InputError { detail, ..error.clone() },
                None => error.clone(),
            });
            Cow::Owned(Denial::InvalidInput(translated.collect()))
        }
        _ => Cow::Borrowed(denial),
    }
}

/// The answer of a denial: the body is the renderer's, the rest is not for it to change.
pub(crate) fn respond(
    denial: &Denial,
    preferences: &Preferences,
    challenges: &Challenges,
    renderer: Option<&Renderer>,
    translator: Option<&Translator>,
) -> Response {
    let translated = translated(denial, translator, preferences);
    let mut response = match renderer {
        Some(render) => render(&translated),
        None => Problem::of(&translated).into_response(preferences.problem_type()),
    };
    if let Cow::Owned(_) = translated {
        response.headers_mut().append(VARY, HeaderValue::from_name(ACCEPT_LANGUAGE));
    }
    if let Denial::UnsupportedMediaType { expected } = denial {
        // What would have been taken (RFC 9110 §15.5.16).
        response.headers_mut().insert(ACCEPT, HeaderValue::from_static(expected));
    }
    *response.status_mut() = denial.status();
    response.headers_mut().remove(WWW_AUTHENTICATE);
    challenges.add(denial, response.headers_mut());
    if let Denial::OverLimit { retry_after, .. } = denial {
        response.headers_mut().insert(RETRY_AFTER, HeaderValue::from(*retry_after));
    }
    response.extensions_mut().insert(denial.clone());
    response
}

/// A denial outside the guard, where no realm and no renderer is known. The guard renders it again when it passes by.
impl IntoResponse for Denial {
    fn into_response(self) -> Response {
        respond(&self, &Preferences::default(), &Challenges::default(), None, None)
    }
}
