//! Which endpoints a rule looks at. What cannot be told yet says so, and is asked again where the route or the module is known.

use super::{Rule, Selector, glob, handler::pattern_matches_handler};
use crate::LockedRoute;

impl Selector {
    /// Every method that a rule can name.
    pub const METHODS: [&str; 9] = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT"];

    /// Whether the paths and methods look at a route; `None` where that cannot be told without one.
    ///
    /// The pattern of the route counts with all requests that it can answer: a parameter could be any literal, and GET answers HEAD.
    /// A fallback answers every method, and is looked at where its prefix matches a path; its full set of paths is nobody's to list.
    ///
    /// ```
    /// use portcullis_policy::{LockedRoute, Selector};
    ///
    /// let selector = Selector { paths: vec!["/admin/**".into()].into(), ..Selector::default() };
    /// assert_eq!(selector.selects_route(Some(&LockedRoute::new("GET", "/admin/users/{id}"))), Some(true));
    /// assert_eq!(selector.selects_route(Some(&LockedRoute::new("GET", "/{tenant}/users"))), Some(true), "a tenant named admin");
    /// assert_eq!(selector.selects_route(Some(&LockedRoute::new("GET", "/users"))), Some(false));
    /// assert_eq!(selector.selects_route(None), None);
    /// assert_eq!(Selector::default().selects_route(None), Some(true), "a rule that names no path and no method");
    /// ```
    #[must_use]
    pub fn selects_route(&self, route: Option<&LockedRoute>) -> Option<bool> {
        if self.paths.is_empty() && self.methods.is_empty() {
            return Some(true);
        }
        let route = route?;
        let path = self.paths.is_empty() || self.paths.iter().any(|pattern| glob::overlaps(pattern, &route.path));
        let method = self.methods.is_empty() || self.methods.iter().any(|method| answers(&route.method, method));
        Some(path && method)
    }

    /// Whether the endpoints mean a handler, by its full path: `my_crate::admin::delete_user`. True where the rule names none.
    #[must_use]
    pub fn selects_handler(&self, handler: &str) -> bool {
        let (module, function) = handler.rsplit_once("::").unwrap_or(("", handler));
        self.endpoints.is_empty() || self.endpoints.iter().any(|pattern| pattern_matches_handler(pattern, module, function))
    }

    /// Whether one of the endpoints is a path, so that the name of a function alone does not tell whether it is meant.
    #[must_use]
    pub fn needs_module(&self) -> bool {
        self.endpoints.iter().any(|pattern| pattern.contains("::"))
    }

    /// Whether the bare names among the endpoints mean a function, in whatever module. True where the rule names no endpoint.
    #[must_use]
    pub fn selects_function(&self, name: &str) -> bool {
        let mut bare = self.endpoints.iter().filter(|pattern| !pattern.contains("::"));
        self.endpoints.is_empty() || bare.any(|pattern| pattern_matches_handler(pattern, "", name))
    }
}

/// Whether an endpoint of a route's method answers requests of this one.
fn answers(route: &str, method: &str) -> bool {
    match route {
        "*" | LockedRoute::FALLBACK | LockedRoute::METHOD_NOT_ALLOWED => true,
        "GET" => matches!(method, "GET" | "HEAD"),
        route => route == method,
    }
}

impl Rule {
    /// Whether the rule looks at an endpoint whose route and handler are known.
    #[must_use]
    pub fn applies(&self, route: &LockedRoute, handler: &str) -> bool {
        self.selector.selects_route(Some(route)) == Some(true) && self.selector.selects_handler(handler)
    }
}

#[cfg(test)]
mod tests {
    use super::Selector;
    use crate::LockedRoute;

    fn selector(paths: &[&'static str], endpoints: &[&'static str], methods: &[&'static str]) -> Selector {
        let list = |names: &[&'static str]| names.iter().map(|name| (*name).into()).collect::<Vec<_>>().into();
        Selector { paths: list(paths), endpoints: list(endpoints), methods: list(methods) }
    }

    fn selects(selector: &Selector, method: &str, path: &str) -> bool {
        selector.selects_route(Some(&LockedRoute::new(method, path))).unwrap()
    }

    #[test]
    fn every_list_that_is_there_has_to_match() {
        let both = selector(&["/a/**", "/b"], &[], &["DELETE", "PUT"]);
        assert!(selects(&both, "DELETE", "/a/x") && selects(&both, "PUT", "/b"));
        assert!(!selects(&both, "GET", "/a/x") && !selects(&both, "DELETE", "/c"));
        assert_eq!(both.selects_route(None), None);
        assert_eq!(selector(&[], &[], &["GET"]).selects_route(None), None, "a method is the route's too");
        assert_eq!(selector(&[], &["health"], &[]).selects_route(None), Some(true));
    }

    #[test]
    fn a_get_answers_head_and_not_the_reverse() {
        assert!(selects(&selector(&[], &[], &["HEAD"]), "GET", "/"));
        assert!(!selects(&selector(&[], &[], &["GET"]), "HEAD", "/"));
        assert!(!selects(&selector(&[], &[], &["GET"]), "get", "/"), "methods are case-sensitive");
    }

    #[test]
    fn what_answers_all_methods_is_held_to_each() {
        for method in ["*", LockedRoute::FALLBACK, LockedRoute::METHOD_NOT_ALLOWED] {
            assert!(selects(&selector(&["/admin/**"], &[], &["DELETE"]), method, "/admin"), "{method}");
            assert!(!selects(&selector(&["/admin/*"], &[], &[]), method, "/admin"), "{method}: the prefix itself has to match");
            assert!(selects(&selector(&["/**"], &[], &[]), method, ""), "{method} of the root");
        }
    }

    #[test]
    fn handlers_are_meant_by_bare_name_or_by_path() {
        let names = selector(&[], &["health", "crate::admin::*"], &[]);
        assert!(names.needs_module() && names.selects_function("health") && !names.selects_function("delete"));
        assert!(names.selects_handler("clinic::admin::delete") && names.selects_handler("clinic::x::health"));
        assert!(!names.selects_handler("clinic::delete") && !names.selects_handler("delete"));
        let all = Selector::default();
        assert!(all.selects_handler("a::b") && all.selects_function("b") && !all.needs_module());
    }
}
