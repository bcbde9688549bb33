//! The router that takes secured handlers only.
//! Every operation is axum's; beside it, each endpoint goes into the manifest and each mistake into a list.

use super::{
    handler::{GivenTo, Mounted, SecuredHandler},
    method::MethodRouter,
    paths::{self, Paths},
};
use axum::{extract::Request, response::IntoResponse, routing::Route as AxumRoute};
use portcullis_policy::{Entry, Manifest, Route};
use std::{
    convert::Infallible,
    fmt, mem,
    panic::{self, AssertUnwindSafe},
};
use tower_layer::Layer;
use tower_service::Service;

/// A router in which every endpoint has a security policy: a handler without `#[secure]` does not compile.
///
/// It becomes an [`axum::Router`] in one way, [`secured_by`](Self::secured_by), which reports every mistake before a socket opens.
///
/// ```
/// use portcullis::prelude::*;
///
/// #[secure(public = "says hello to everybody")]
/// async fn hello() -> &'static str {
///     "hello"
/// }
///
/// let router = SecureRouter::new().route("/", get(hello));
/// println!("{}", router.manifest());
///
/// let security = Security::builder(rule_book!()).without_authentication().build()?;
/// let app: axum::Router = router.secured_by(security)?;
/// # Ok::<(), portcullis::StartupErrors>(())
/// ```
///
/// A bare function, a closure and a service have no policy:
///
/// ```compile_fail
/// use portcullis::prelude::*;
///
/// let router: SecureRouter = SecureRouter::new().route("/", get(|| async { "hello" }));
/// ```
#[must_use = "a router does nothing until it is secured and served"]
pub struct SecureRouter<S = ()> {
    pub(super) inner: axum::Router<S>,
    pub(super) mounts: Vec<Mount>,
    pub(super) problems: Vec<String>,
    paths: Paths,
    has_fallback: Fallbacks,
    #[cfg(feature = "openapi")]
    pub(super) about: Option<crate::OpenApi>,
}

/// What a router has at a route.
#[derive(Clone, Debug)]
pub(super) enum Mount {
    Endpoint(Route, Mounted),
    Unsecured { prefix: String, reason: &'static str },
}

/// Which fallbacks a router has of its own; two cannot be merged.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Fallbacks {
    pub(super) not_found: bool,
    pub(super) method_not_allowed: bool,
}

/// What a [`SecureRouter`] takes in: another one, and no router whose endpoints have no policies.
#[diagnostic::on_unimplemented(
    message = "the endpoints of this router have no security policy",
    label = "not a `SecureRouter`",
    note = "make it a `SecureRouter`, or take it in past the guard with `merge_unsecured(router, \"why\")`"
)]
pub trait IntoSecure<S> {
    /// The router.
    #[doc(hidden)]
    fn into_secure(self) -> SecureRouter<S>;
}

#[diagnostic::do_not_recommend]
impl<S> IntoSecure<S> for SecureRouter<S> {
    fn into_secure(self) -> Self {
        self
    }
}

impl<S: Clone + Send + Sync + 'static> SecureRouter<S> {
    /// A router without endpoints.
    pub fn new() -> Self {
        Self {
            inner: axum::Router::new(),
            mounts: Vec::new(),
            problems: Vec::new(),
            paths: Paths::default(),
            has_fallback: Fallbacks::default(),
            #[cfg(feature = "openapi")]
            about: None,
        }
    }

    /// Routes the methods of a path: `.route("/users/{id}", get(show).delete(remove))`. The path is in the syntax of axum.
    pub fn route(mut self, path: &str, methods: MethodRouter<S>) -> Self {
        self.problems.extend(methods.problems);
        let names: Vec<_> = methods.handlers.iter().flat_map(|(names, _)| names.iter().copied()).collect();
        if let Err(problem) = self.paths.add(path, &names) {
            self.problems.push(problem);
            return self;
        }
        self.apply(format_args!("`{path}` cannot be routed"), |inner| inner.route(path, methods.inner));
        for (methods, mounted) in methods.handlers {
            self.mounts.push(Mount::Endpoint(Route::Path { methods, path: path.to_owned() }, mounted));
        }
        self
    }

    /// Routes all endpoints of another router under a prefix.
    pub fn nest(mut self, prefix: &str, router: impl IntoSecure<S>) -> Self {
        let router = router.into_secure();
        self.problems.extend(router.problems);
        #[cfg(feature = "openapi")]
        self.take_about(router.about);
        let conflicts = match paths::check_prefix(prefix) {
            Ok(()) => self.take_paths(&router.paths, |path| paths::join(prefix, path)),
            Err(problem) => vec![problem],
        };
        if !conflicts.is_empty() {
            self.problems.extend(conflicts);
            return self;
        }
        self.apply(format_args!("the router cannot be nested at `{prefix}`"), |inner| inner.nest(prefix, router.inner));
        self.mounts.extend(router.mounts.into_iter().map(|mount| mount.under(prefix)));
        self
    }

    /// Takes the endpoints of another router in.
    pub fn merge(mut self, router: impl IntoSecure<S>) -> Self {
        let router = router.into_secure();
        self.problems.extend(router.problems);
        #[cfg(feature = "openapi")]
        self.take_about(router.about);
        let mut conflicts = self.take_paths(&router.paths, str::to_owned);
        if self.has_fallback.not_found && router.has_fallback.not_found {
            conflicts.push("two routers with a `fallback` cannot be merged: keep one".to_owned());
        }
        if !conflicts.is_empty() {
            self.problems.extend(conflicts);
            return self;
        }
        self.has_fallback.not_found |= router.has_fallback.not_found;
        self.has_fallback.method_not_allowed |= router.has_fallback.method_not_allowed;
        self.apply(format_args!("the routers cannot be merged"), |inner| inner.merge(router.inner));
        self.mounts.extend(router.mounts);
        self
    }

    /// Takes routes in that no policy guards: the one door past the guard, with the reason that the manifest shows. They cannot have
    /// a fallback, which would answer for everything that is not routed.
    pub fn merge_unsecured(mut self, router: axum::Router<S>, reason: &'static str) -> Self {
        if reason.trim().is_empty() {
            self.problems.push("`merge_unsecured` needs the reason why these routes need no policy".to_owned());
        }
        // axum does not tell whether a router has a fallback, but panics where two do.
        // portcullis: allow(PC101) this router answers nobody
        let probe = || axum::Router::new().fallback(|| async {}).merge(router.clone());
        if panic::catch_unwind(AssertUnwindSafe(probe)).is_err() {
            self.problems.push(format!(
                "the unsecured routes ({reason}) have a fallback, which would answer for all that is not routed; \
                 take it out and write a secured `fallback`"
            ));
        } else {
            self.apply(format_args!("the unsecured routes ({reason}) cannot be merged"), |inner| inner.merge(router));
        }
        self.mounts.push(Mount::Unsecured { prefix: String::new(), reason });
        self
    }

    /// Answers requests that no route matches. Without one they get a 404 problem.
    pub fn fallback<H, T>(mut self, handler: H) -> Self
    where
        H: SecuredHandler<T>,
        T: GivenTo<H, S>,
    {
        let mounted = T::mounted();
        self.inner = self.inner.fallback(mounted.attach(T::rest(handler)));
        self.has_fallback.not_found = true;
        self.mounts.push(Mount::Endpoint(Route::Fallback { prefix: String::new() }, mounted));
        self
    }

    /// Answers requests whose path is routed and whose method is not, for the routes added so far. Without one they get a 405 problem.
    pub fn method_not_allowed_fallback<H, T>(mut self, handler: H) -> Self
    where
        H: SecuredHandler<T>,
        T: GivenTo<H, S>,
    {
        let mounted = T::mounted();
        self.inner = self.inner.method_not_allowed_fallback(mounted.attach(T::rest(handler)));
        self.has_fallback.method_not_allowed = true;
        self.mounts.push(Mount::Endpoint(Route::MethodNotAllowed { prefix: String::new() }, mounted));
        self
    }

    /// Puts a layer around the routes added so far. It runs before their guards and cannot remove them.
    pub fn layer<L>(mut self, layer: L) -> Self
    where
        L: Layer<AxumRoute> + Clone + Send + Sync + 'static,
        L::Service: Service<Request> + Clone + Send + Sync + 'static,
        <L::Service as Service<Request>>::Response: IntoResponse + 'static,
        <L::Service as Service<Request>>::Error: Into<Infallible> + 'static,
        <L::Service as Service<Request>>::Future: Send + 'static,
    {
        self.inner = self.inner.layer(layer);
        self
    }

    /// As [`layer`](Self::layer), but for requests that match a route only.
    pub fn route_layer<L>(mut self, layer: L) -> Self
    where
        L: Layer<AxumRoute> + Clone + Send + Sync + 'static,
        L::Service: Service<Request> + Clone + Send + Sync + 'static,
        <L::Service as Service<Request>>::Response: IntoResponse + 'static,
        <L::Service as Service<Request>>::Error: Into<Infallible> + 'static,
        <L::Service as Service<Request>>::Future: Send + 'static,
    {
        if self.inner.has_routes() {
            self.inner = self.inner.route_layer(layer);
        } else {
            self.problems.push("a `route_layer` before any route does nothing: put it after them".to_owned());
        }
        self
    }

    /// Gives the handlers their state.
    pub fn with_state<Outer>(self, state: S) -> SecureRouter<Outer> {
        SecureRouter {
            inner: self.inner.with_state(state),
            mounts: self.mounts,
            problems: self.problems,
            paths: self.paths,
            has_fallback: self.has_fallback,
            #[cfg(feature = "openapi")]
            about: self.about,
        }
    }

    /// Every endpoint with its methods, full path and policy. Prints as a table.
    #[must_use]
    pub fn manifest(&self) -> Manifest {
        Manifest::new(self.mounts.iter().map(Mount::entry).collect())
    }

    /// Whether all that was given could be routed.
    #[cfg(feature = "testing")]
    pub(crate) fn check(&self) -> Result<(), crate::StartupErrors> {
        crate::StartupErrors::check(self.problems.clone())
    }

    /// Changes the router as axum does. axum panics about conflicts, and of those with unsecured routes and between the method
    /// fallbacks of one path nobody else can know: it does not tell which routes a router has.
    fn apply(&mut self, failure: fmt::Arguments<'_>, change: impl FnOnce(axum::Router<S>) -> axum::Router<S>) {
        let inner = mem::take(&mut self.inner);
        match panic::catch_unwind(AssertUnwindSafe(|| change(inner))) {
            Ok(changed) => self.inner = changed,
            Err(reason) => {
                let text = reason.downcast_ref::<String>().map(String::as_str);
                let reason = text.or_else(|| reason.downcast_ref::<&str>().copied());
                self.problems.push(format!("{failure}: {}", reason.unwrap_or("it conflicts with what is there")));
            }
        }
    }

    fn take_paths(&mut self, paths: &Paths, full: impl Fn(&str) -> String) -> Vec<String> {
        let mut mine = self.paths.clone();
        let problems: Vec<_> = paths.iter().filter_map(|(path, methods)| mine.add(&full(path), methods).err()).collect();
        if problems.is_empty() {
            self.paths = mine;
        }
        problems
    }
}

impl Mount {
    fn under(self, outer: &str) -> Self {
        match self {
            Self::Endpoint(Route::Path { methods, path }, mounted) => {
                Self::Endpoint(Route::Path { methods, path: paths::join(outer, &path) }, mounted)
            }
            Self::Endpoint(Route::Fallback { prefix }, mounted) => {
                Self::Endpoint(Route::Fallback { prefix: format!("{outer}{prefix}") }, mounted)
            }
            Self::Endpoint(Route::MethodNotAllowed { prefix }, mounted) => {
                Self::Endpoint(Route::MethodNotAllowed { prefix: format!("{outer}{prefix}") }, mounted)
            }
            Self::Unsecured { prefix, reason } => Self::Unsecured { prefix: format!("{outer}{prefix}"), reason },
        }
    }

    fn entry(&self) -> Entry {
        match self {
            Self::Endpoint(route, mounted) => Entry::Endpoint { route: route.clone(), policy: mounted.policy },
            Self::Unsecured { prefix, reason } => Entry::Unsecured { reason: (*reason).to_owned(), prefix: prefix.clone() },
        }
    }
}

impl<S: Clone + Send + Sync + 'static> Default for SecureRouter<S> {
    fn default() -> Self {
        Self::new()
    }
}

impl<S> fmt::Debug for SecureRouter<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SecureRouter").field("mounts", &self.mounts).field("problems", &self.problems).finish_non_exhaustive()
    }
}
