//! The page on which people read an API and try it out: Swagger UI with the OpenAPI document in it, under a policy of its own.
//! One answer is the whole page, so that one endpoint serves it, and one `#[secure]` says to whom.

mod body;
mod policy;

use crate::{
    Denial,
    openapi::{OpenApiDocument, names},
};
use axum::{
    body::Body,
    extract::FromRequestParts,
    response::{IntoResponse, Response},
};
use body::Chunks;
use bytes::Bytes;
use http::{
    HeaderMap, HeaderValue, StatusCode,
    header::{CONTENT_SECURITY_POLICY, CONTENT_TYPE, ETAG, IF_NONE_MATCH},
    request::Parts,
};
use portcullis_docs_page as page;

/// The page of the documentation: the endpoints of the service, each to be read and to be tried out. *Authorize* logs in by the flows of
/// the document, and the calls then carry the token, which is gone with the page.
///
/// It is an extractor and an answer, so an endpoint of your own serves it, with a policy as any other. Whoever may see the page may see
/// the document, which is in it. All that the page needs is in it as well: it asks nobody but this service for anything, and its
/// `Content-Security-Policy` lets nothing run that is not of it.
///
/// ```
/// use portcullis::{DocsPage, OpenApi, prelude::*};
///
/// #[secure(get = "/docs", public = "partners learn the API here")]
/// async fn docs(page: DocsPage) -> DocsPage {
///     page
/// }
///
/// let router = SecureRouter::new().mount(docs).openapi(OpenApi::new("Accounts", "1.0"));
/// let app = router.secured_by(Security::builder(rule_book!()).without_authentication().build()?)?;
/// # let _: axum::Router = app;
/// # Ok::<(), portcullis::StartupErrors>(())
/// ```
///
/// A browser that has the page already is told so (304). The answer says nothing about caches itself: where the endpoint is not public,
/// the guard forbids them.
///
/// # Errors
///
/// As an extractor, those of [`OpenApiDocument`].
#[derive(Clone, Debug)]
pub struct DocsPage {
    /// As it may stand in the page.
    document: Bytes,
    policy: HeaderValue,
    tag: HeaderValue,
    /// Whether the client has this page already.
    known: bool,
}

impl DocsPage {
    /// The page that shows this document, for a client that sent these headers.
    fn of(document: &OpenApiDocument, headers: &HeaderMap) -> Self {
        // In JSON a `<` stands in strings only, where it may be written so; in a page it could end the element that holds the document.
        let json = String::from_utf8_lossy(document.bytes()).replace('<', "\\u003c");
        let of_document = document.etag().to_str().unwrap_or_default().trim_matches('"');
        let tag =
            HeaderValue::try_from(format!("\"{}-{of_document}\"", page::DIGEST)).unwrap_or_else(|_| document.etag().clone());
        let known = headers.get_all(IF_NONE_MATCH).iter().any(|tags| names(tags, &tag));
        Self { document: Bytes::from(json), policy: policy::of(document.json()), tag, known }
    }
}

impl<S: Send + Sync> FromRequestParts<S> for DocsPage {
    type Rejection = Denial;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Denial> {
        let document = OpenApiDocument::from_request_parts(parts, state).await?;
        Ok(Self::of(&document, &parts.headers))
    }
}

impl IntoResponse for DocsPage {
    fn into_response(self) -> Response {
        let mut response = if self.known {
            StatusCode::NOT_MODIFIED.into_response()
        } else {
            let all = [Bytes::from_static(page::BEFORE.as_bytes()), self.document, Bytes::from_static(page::AFTER.as_bytes())];
            Response::new(Body::new(Chunks::new(all)))
        };
        let headers = response.headers_mut();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"));
        // On a 304 as well: its headers replace those that the browser has kept, and the guard's own policy would blank the page.
        headers.insert(CONTENT_SECURITY_POLICY, self.policy);
        headers.insert(ETAG, self.tag);
        response
    }
}
