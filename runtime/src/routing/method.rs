//! The methods of one path: `get(list).post(create)`, as in axum, for secured handlers only.

use super::handler::{GivenTo, Mounted, SecuredHandler};
use crate::guard::Rest;
use axum::{
    extract::Request,
    response::IntoResponse,
    routing::{self, MethodFilter, Route},
};
use std::{convert::Infallible, fmt};
use tower_layer::Layer;
use tower_service::Service;

/// The methods that a manifest can name, with axum's word for each.
const METHODS: [(&str, MethodFilter); 9] = [
    ("CONNECT", MethodFilter::CONNECT),
    ("DELETE", MethodFilter::DELETE),
    ("GET", MethodFilter::GET),
    ("HEAD", MethodFilter::HEAD),
    ("OPTIONS", MethodFilter::OPTIONS),
    ("PATCH", MethodFilter::PATCH),
    ("POST", MethodFilter::POST),
    ("PUT", MethodFilter::PUT),
    ("TRACE", MethodFilter::TRACE),
];

/// The secured handlers of one path, by method. Made by [`get`], [`post`] and their siblings, and chained.
#[must_use = "methods do nothing until they are routed"]
pub struct MethodRouter<S = ()> {
    pub(super) inner: routing::MethodRouter<S>,
    pub(super) handlers: Vec<(Vec<&'static str>, Mounted)>,
    pub(super) problems: Vec<String>,
}

impl<S: Clone + Send + Sync + 'static> MethodRouter<S> {
    pub(super) fn new() -> Self {
        Self { inner: routing::MethodRouter::new(), handlers: Vec::new(), problems: Vec::new() }
    }

    /// Also answers the methods of the filter, with this handler.
    pub fn on<H, T>(self, filter: MethodFilter, handler: H) -> Self
    where
        H: SecuredHandler<T>,
        T: GivenTo<H, S>,
    {
        self.on_endpoint(filter, T::mounted(), T::rest(handler))
    }

    /// The same without the types of the handler, so that it is built once for all of them.
    pub(super) fn on_endpoint(mut self, filter: MethodFilter, mounted: Mounted, rest: Rest<S>) -> Self {
        let methods: Vec<_> = METHODS.iter().filter(|(_, method)| filter.or(*method) == filter).map(|(name, _)| *name).collect();
        let taken: Vec<_> = methods.iter().copied().filter(|method| self.answers(method)).collect();
        if taken.is_empty() {
            self.inner = self.inner.on(filter, mounted.attach(rest));
            self.handlers.push((methods, mounted));
        } else {
            let name = mounted.policy.name();
            self.problems.push(format!("`{name}` cannot answer {}: another handler of the same path does", taken.join(", ")));
        }
        self
    }

    /// Puts a layer around the handlers added so far. It runs before their guards and cannot remove them.
    pub fn layer<L>(mut self, layer: L) -> Self
    where
        L: Layer<Route> + Clone + Send + Sync + 'static,
        L::Service: Service<Request> + Clone + Send + Sync + 'static,
        <L::Service as Service<Request>>::Response: IntoResponse + 'static,
        <L::Service as Service<Request>>::Error: Into<Infallible> + 'static,
        <L::Service as Service<Request>>::Future: Send + 'static,
    {
        self.inner = self.inner.layer(layer);
        self
    }

    fn answers(&self, method: &str) -> bool {
        self.handlers.iter().any(|(methods, _)| methods.contains(&method))
    }
}

/// axum's word for a method that a policy names.
pub(super) fn filter_of(method: &str) -> Option<MethodFilter> {
    METHODS.iter().find(|(name, _)| *name == method).map(|(_, filter)| *filter)
}

impl<S> fmt::Debug for MethodRouter<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("MethodRouter").field("handlers", &self.handlers).finish_non_exhaustive()
    }
}

/// Answers the methods of the filter with a secured handler.
pub fn on<H: SecuredHandler<T>, T: GivenTo<H, S>, S: Clone + Send + Sync + 'static>(
    filter: MethodFilter,
    handler: H,
) -> MethodRouter<S> {
    MethodRouter::new().on(filter, handler)
}

/// Answers every method with a secured handler.
pub fn any<H: SecuredHandler<T>, T: GivenTo<H, S>, S: Clone + Send + Sync + 'static>(handler: H) -> MethodRouter<S> {
    let mounted = T::mounted();
    // portcullis: allow(PC101) `mounted` is of a secured handler: its type says so
    let inner = routing::any(mounted.attach(T::rest(handler)));
    MethodRouter { inner, handlers: vec![(vec!["*"], mounted)], problems: Vec::new() }
}

// Written out rather than made by a macro: the compile error for a handler without a policy quotes these lines.

/// Answers DELETE with a secured handler.
pub fn delete<H: SecuredHandler<T>, T: GivenTo<H, S>, S: Clone + Send + Sync + 'static>(handler: H) -> MethodRouter<S> {
    on(MethodFilter::DELETE, handler)
}

/// Answers GET and HEAD with a secured handler.
pub fn get<H: SecuredHandler<T>, T: GivenTo<H, S>, S: Clone + Send + Sync + 'static>(handler: H) -> MethodRouter<S> {
    on(MethodFilter::GET, handler)
}

/// Answers HEAD with a secured handler.
pub fn head<H: SecuredHandler<T>, T: GivenTo<H, S>, S: Clone + Send + Sync + 'static>(handler: H) -> MethodRouter<S> {
    on(MethodFilter::HEAD, handler)
}

/// Answers OPTIONS with a secured handler.
pub fn options<H: SecuredHandler<T>, T: GivenTo<H, S>, S: Clone + Send + Sync + 'static>(handler: H) -> MethodRouter<S> {
    on(MethodFilter::OPTIONS, handler)
}

/// Answers PATCH with a secured handler.
pub fn patch<H: SecuredHandler<T>, T: GivenTo<H, S>, S: Clone + Send + Sync + 'static>(handler: H) -> MethodRouter<S> {
    on(MethodFilter::PATCH, handler)
}

/// Answers POST with a secured handler.
pub fn post<H: SecuredHandler<T>, T: GivenTo<H, S>, S: Clone + Send + Sync + 'static>(handler: H) -> MethodRouter<S> {
    on(MethodFilter::POST, handler)
}

/// Answers PUT with a secured handler.
pub fn put<H: SecuredHandler<T>, T: GivenTo<H, S>, S: Clone + Send + Sync + 'static>(handler: H) -> MethodRouter<S> {
    on(MethodFilter::PUT, handler)
}

/// Answers TRACE with a secured handler.
pub fn trace<H: SecuredHandler<T>, T: GivenTo<H, S>, S: Clone + Send + Sync + 'static>(handler: H) -> MethodRouter<S> {
    on(MethodFilter::TRACE, handler)
}

impl<S: Clone + Send + Sync + 'static> MethodRouter<S> {
    /// Also answers DELETE, with this handler.
    pub fn delete<H: SecuredHandler<T>, T: GivenTo<H, S>>(self, handler: H) -> Self {
        self.on(MethodFilter::DELETE, handler)
    }

    /// Also answers GET and HEAD, with this handler.
    pub fn get<H: SecuredHandler<T>, T: GivenTo<H, S>>(self, handler: H) -> Self {
        self.on(MethodFilter::GET, handler)
    }

    /// Also answers HEAD, with this handler.
    pub fn head<H: SecuredHandler<T>, T: GivenTo<H, S>>(self, handler: H) -> Self {
        self.on(MethodFilter::HEAD, handler)
    }

    /// Also answers OPTIONS, with this handler.
    pub fn options<H: SecuredHandler<T>, T: GivenTo<H, S>>(self, handler: H) -> Self {
        self.on(MethodFilter::OPTIONS, handler)
    }

    /// Also answers PATCH, with this handler.
    pub fn patch<H: SecuredHandler<T>, T: GivenTo<H, S>>(self, handler: H) -> Self {
        self.on(MethodFilter::PATCH, handler)
    }

    /// Also answers POST, with this handler.
    pub fn post<H: SecuredHandler<T>, T: GivenTo<H, S>>(self, handler: H) -> Self {
        self.on(MethodFilter::POST, handler)
    }

    /// Also answers PUT, with this handler.
    pub fn put<H: SecuredHandler<T>, T: GivenTo<H, S>>(self, handler: H) -> Self {
        self.on(MethodFilter::PUT, handler)
    }

    /// Also answers TRACE, with this handler.
    pub fn trace<H: SecuredHandler<T>, T: GivenTo<H, S>>(self, handler: H) -> Self {
        self.on(MethodFilter::TRACE, handler)
    }
}
