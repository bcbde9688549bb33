//! Routing where the policy says: `mount`, and the check that an endpoint which names its route is there and nowhere else.

use super::{
    handler::{GivenTo, Mounted, SecuredHandler},
    method::{MethodRouter, filter_of},
    named::NamesRoute,
    router::SecureRouter,
};
use crate::guard::Rest;
use portcullis_policy::{Policy, Route};

impl<S: Clone + Send + Sync + 'static> SecureRouter<S> {
    /// Routes a handler under the method and the path that its policy names.
    ///
    /// The path is the full one, as clients see it: a handler that names its route is mounted at the root, and one that ends up
    /// elsewhere, through [`nest`](Self::nest) or [`route`](Self::route), is a problem of [`secured_by`](Self::secured_by).
    ///
    /// ```
    /// use portcullis::prelude::*;
    ///
    /// #[secure(get = "/users/{id}", role = "user")]
    /// async fn get_user() {}
    ///
    /// #[secure(delete = "/users/{id}", role = "admin")]
    /// async fn delete_user() {}
    ///
    /// let router: SecureRouter = SecureRouter::new().mount(get_user).mount(delete_user);
    /// assert_eq!(router.manifest().entries().len(), 2);
    /// ```
    pub fn mount<H, T>(self, handler: H) -> Self
    where
        H: SecuredHandler<T> + NamesRoute<T>,
        T: GivenTo<H, S>,
    {
        self.mount_endpoint(T::mounted(), T::rest(handler))
    }

    /// The same without the types of the handler, so that it is built once for all of them.
    fn mount_endpoint(mut self, mounted: Mounted, rest: Rest<S>) -> Self {
        let policy = mounted.policy;
        let named = policy.named_route().and_then(|(method, path)| filter_of(method).map(|filter| (filter, path)));
        if let Some((filter, path)) = named {
            return self.route(path, MethodRouter::new().on_endpoint(filter, mounted, rest));
        }
        // The macros name a method that there is; a policy made by hand may not.
        let name = policy.name();
        self.problems.push(format!("`{name}` cannot be mounted: its policy names no method and path; route it with `.route(…)`"));
        self
    }
}

/// What is wrong with where an endpoint is, if its policy names a route.
pub(super) fn misplaced(policy: &Policy, route: &Route) -> Option<String> {
    let (method, named) = policy.named_route()?;
    let under = |prefix: &str| if prefix.is_empty() { String::new() } else { format!(" of `{prefix}`") };
    let place = match route {
        Route::Path { methods, path } if path == named && methods.as_slice() == [method] => return None,
        Route::Path { methods, path } => format!("at `{} {path}`", methods.join(", ")),
        Route::Fallback { prefix } => format!("as the fallback{}", under(prefix)),
        Route::MethodNotAllowed { prefix } => format!("as the fallback for methods{}", under(prefix)),
    };
    Some(format!(
        "`{}` names `{method} {named}` and is routed {place}; name the full path, or route it where it says",
        policy.name()
    ))
}
