//! The OpenAPI document of a router: who says what it is called, and what can be wrong with it.
//! It describes every endpoint of the router that becomes the service, those that were nested and merged among them.

use super::router::{Mount, SecureRouter};
use crate::{
    OpenApi, OpenApiDocument, Security, StartupErrors,
    openapi::{Described, Document},
    security::Core,
};
use std::sync::Arc;

impl<S> SecureRouter<S> {
    /// Describes the endpoints of this router in an OpenAPI document, which a handler serves that takes an [`OpenApiDocument`]. Once:
    /// of two documents that are merged or nested, one would be lost.
    ///
    /// ```
    /// use portcullis::{OpenApi, OpenApiDocument, prelude::*};
    ///
    /// #[secure(get = "/openapi.json", public = "clients are generated from it")]
    /// async fn openapi(document: OpenApiDocument) -> OpenApiDocument {
    ///     document
    /// }
    ///
    /// let router: SecureRouter = SecureRouter::new().mount(openapi).openapi(OpenApi::new("Orders", "1.4"));
    /// ```
    pub fn openapi(mut self, about: OpenApi) -> Self {
        self.take_about(Some(about));
        self
    }

    /// The OpenAPI document of this router under a configuration, as it would be served.
    ///
    /// ```
    /// use portcullis::{OpenApi, prelude::*};
    ///
    /// /// Says hello.
    /// #[secure(get = "/", public = "says hello to everybody")]
    /// async fn hello() -> &'static str {
    ///     "hello"
    /// }
    ///
    /// let router: SecureRouter = SecureRouter::new().mount(hello).openapi(OpenApi::new("Greetings", "1.0"));
    /// let security = Security::builder(rule_book!()).without_authentication().build()?;
    /// let document = router.openapi_document(&security)?;
    /// assert_eq!(document.json()["paths"]["/"]["get"]["summary"], "Says hello");
    /// # Ok::<(), portcullis::StartupErrors>(())
    /// ```
    ///
    /// # Errors
    ///
    /// The problems of a router that could not route all that it was given, and what is wrong with what `.openapi(…)` says, or that
    /// nothing does.
    pub fn openapi_document(&self, security: &Security) -> Result<OpenApiDocument, StartupErrors> {
        let mut problems = self.problems.clone();
        let document = self.document(security.core(), &mut problems);
        StartupErrors::check(problems)?;
        let missing = "the router has no OpenAPI document; add `.openapi(OpenApi::new(title, version))`";
        document.map(OpenApiDocument::new).ok_or_else(|| StartupErrors::of(missing))
    }

    /// The document, if there is one.
    pub(super) fn document(&self, core: &Core, problems: &mut Vec<String>) -> Option<Arc<Document>> {
        let endpoints = self.mounts.iter().filter_map(|mount| match mount {
            Mount::Endpoint(route, mounted) => {
                Some(Described { route, policy: mounted.policy, description: mounted.description })
            }
            Mount::Unsecured { .. } => None,
        });
        let endpoints: Vec<Described<'_>> = endpoints.collect();
        let Some(about) = &self.about else {
            problems.extend(endpoints.iter().filter(|endpoint| endpoint.wants_document()).map(|endpoint| {
                format!(
                    "`{}` takes the OpenAPI document and the router has none; add `.openapi(OpenApi::new(title, version))`",
                    endpoint.policy.name()
                )
            }));
            return None;
        };
        problems.extend(about.problems());
        let unsecured = self.mounts.iter().filter_map(|mount| match mount {
            Mount::Unsecured { prefix, reason } => Some((prefix.as_str(), *reason)),
            Mount::Endpoint(..) => None,
        });
        Some(Arc::new(Document::build(about, &endpoints, &unsecured.collect::<Vec<_>>(), core)))
    }

    /// Takes what is said of another router, which becomes part of this one.
    pub(super) fn take_about(&mut self, other: Option<OpenApi>) {
        let Some(other) = other else { return };
        if self.about.replace(other).is_some() {
            self.problems
                .push("the router has two OpenAPI documents; write `.openapi(…)` once, on the router that is served".to_owned());
        }
    }
}
