//! The methods of one path: `get(list).post(create)`, as in axum, for secured handlers only.

use super::handler::{Guarded, Mounted};
use axum::{
    extract::Request,
    handler::Handler,
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
    fn new() -> Self {
        Self { inner: routing::MethodRouter::new(), handlers: Vec::new(), problems: Vec::new() }
    }

    /// Also answers the methods of the filter, with this handler.
    pub fn on<H, T>(mut self, filter: MethodFilter, handler: H) -> Self
    where
        H: Handler<T, S>,
        T: Guarded + 'static,
    {
        let mounted = T::mounted();
        let methods: Vec<_> =
            METHODS.iter().filter(|(_, method)| filter.or(*method) == filter).map(|(name, _)| *name).collect();
        let taken: Vec<_> = methods.iter().copied().filter(|method| self.answers(method)).collect();
        if taken.is_empty() {
            self.inner = self.inner.on(filter, mounted.attach(handler));
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

impl<S> fmt::Debug for MethodRouter<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("MethodRouter").field("handlers", &self.handlers).finish_non_exhaustive()
    }
}

/// Answers the methods of the filter with a secured handler.
pub fn on<H, T, S>(filter: MethodFilter, handler: H) -> MethodRouter<S>
where
    H: Handler<T, S>,
    T: Guarded + 'static,
    S: Clone + Send + Sync + 'static,
{
    MethodRouter::new().on(filter, handler)
}

/// Answers every method with a secured handler.
pub fn any<H, T, S>(handler: H) -> MethodRouter<S>
where
    H: Handler<T, S>,
    T: Guarded + 'static,
    S: Clone + Send + Sync + 'static,
{
    let mounted = T::mounted();
    let inner = routing::any(mounted.attach(handler));
    MethodRouter { inner, handlers: vec![(vec!["*"], mounted)], problems: Vec::new() }
}

macro_rules! methods {
    ($($name:ident $filter:ident;)*) => {
        $(
            #[doc = concat!("Answers ", stringify!($filter), " with a secured handler.")]
            pub fn $name<H, T, S>(handler: H) -> MethodRouter<S>
            where
                H: Handler<T, S>,
                T: Guarded + 'static,
                S: Clone + Send + Sync + 'static,
            {
                on(MethodFilter::$filter, handler)
            }
        )*

        impl<S: Clone + Send + Sync + 'static> MethodRouter<S> {
            $(
                #[doc = concat!("Also answers ", stringify!($filter), ", with this handler.")]
                pub fn $name<H, T>(self, handler: H) -> Self
                where
                    H: Handler<T, S>,
                    T: Guarded + 'static,
                {
                    self.on(MethodFilter::$filter, handler)
                }
            )*
        }
    };
}

methods! {
    delete DELETE;
    get GET;
    head HEAD;
    options OPTIONS;
    patch PATCH;
    post POST;
    put PUT;
    trace TRACE;
}
