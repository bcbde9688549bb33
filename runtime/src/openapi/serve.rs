//! The document as an argument and as an answer of a handler: what serves it is an endpoint with a policy, like any other.
//! It was built when the router was secured; a request costs a comparison of its tag.

use super::{Document, downgrade::downgraded};
use crate::{Denial, guard::Attachment};
use axum::{
    body::{Body, Bytes},
    extract::FromRequestParts,
    response::{IntoResponse, Response},
};
use http::{
    HeaderValue, StatusCode,
    header::{CONTENT_TYPE, ETAG, IF_NONE_MATCH},
    request::Parts,
};
use std::{fmt, sync::Arc};

/// The OpenAPI document of the router that a handler is in: an extractor, and an answer.
///
/// ```
/// use portcullis::{OpenApi, OpenApiDocument, prelude::*};
///
/// /// Describes this service.
/// #[secure(get = "/openapi.json", public = "clients are generated from it")]
/// async fn openapi(document: OpenApiDocument) -> OpenApiDocument {
///     document
/// }
///
/// let router = SecureRouter::new().mount(openapi).openapi(OpenApi::new("Orders", "1.4"));
/// let app = router.secured_by(Security::builder(rule_book!()).without_authentication().build()?)?;
/// # Ok::<(), portcullis::StartupErrors>(())
/// ```
///
/// As an answer it is `application/json` with an `ETag`, and 304 for a client that has it.
#[derive(Clone)]
pub struct OpenApiDocument {
    document: Arc<Document>,
    if_none_match: Option<HeaderValue>,
}

impl OpenApiDocument {
    pub(crate) fn new(document: Arc<Document>) -> Self {
        Self { document, if_none_match: None }
    }

    /// The document, in OpenAPI 3.1.
    #[must_use]
    pub fn json(&self) -> &serde_json::Value {
        self.document.value()
    }

    /// The document in OpenAPI 3.0.3, for gateways that read nothing newer. What 3.0 cannot say is left out, and nothing becomes
    /// stricter by that.
    #[must_use]
    pub fn json_3_0(&self) -> serde_json::Value {
        downgraded(self.document.value())
    }

    /// The document, as it is sent.
    pub(crate) fn bytes(&self) -> &Bytes {
        self.document.json()
    }

    /// The strong tag of exactly these bytes.
    pub(crate) fn etag(&self) -> &HeaderValue {
        self.document.etag()
    }

    fn is_known(&self) -> bool {
        self.if_none_match.as_ref().is_some_and(|tags| names(tags, self.etag()))
    }
}

/// Whether `If-None-Match` names this tag, by the weak comparison of RFC 9110 §13.1.2. No other tag can hold the quotes of ours.
pub(crate) fn names(tags: &HeaderValue, tag: &HeaderValue) -> bool {
    let mut each = tags.as_bytes().split(|byte| *byte == b',').map(<[u8]>::trim_ascii);
    each.any(|known| known == b"*" || known.strip_prefix(b"W/").unwrap_or(known) == tag.as_bytes())
}

/// # Errors
///
/// 500 where the router has no document, which [`secured_by`](crate::SecureRouter::secured_by) reports before.
impl<S: Sync> FromRequestParts<S> for OpenApiDocument {
    type Rejection = Denial;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Denial> {
        let document = parts.extensions.get::<Attachment>().and_then(Attachment::document);
        let document =
            document.ok_or(Denial::Misconfigured("an `OpenApiDocument` is there in a `SecureRouter` with `.openapi(…)` only"))?;
        Ok(Self { document, if_none_match: parts.headers.get(IF_NONE_MATCH).cloned() })
    }
}

impl IntoResponse for OpenApiDocument {
    fn into_response(self) -> Response {
        let etag = (ETAG, self.etag().clone());
        if self.is_known() {
            return (StatusCode::NOT_MODIFIED, [etag]).into_response();
        }
        let media_type = (CONTENT_TYPE, HeaderValue::from_static("application/json"));
        ([etag, media_type], Body::from(self.bytes().clone())).into_response()
    }
}

impl fmt::Debug for OpenApiDocument {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("OpenApiDocument").field("etag", self.etag()).finish_non_exhaustive()
    }
}
