//! The routes of a lock: one method of one path, or what a router has for the rest.
//! They print and parse as `DELETE /users/{id}`, which is how reports, proofs and people name an endpoint.

use crate::{GrammarError, Route, grammar::Quoted, suggest, visible};
use std::{fmt, str::FromStr};

/// Which requests an endpoint answers: one method of one path. Sorted by path, then by method.
///
/// ```
/// use portcullis_policy::LockedRoute;
///
/// let route: LockedRoute = "DELETE /users/{id}".parse()?;
/// assert_eq!((route.method.as_str(), route.path.as_str()), ("DELETE", "/users/{id}"));
/// assert_eq!(route.to_string(), "DELETE /users/{id}");
/// # Ok::<(), portcullis_policy::GrammarError>(())
/// ```
#[derive(Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct LockedRoute {
    /// The full path pattern, or the prefix of a fallback, which is empty at the root.
    pub path: String,
    /// The method in upper case; `*` is all of them; [`FALLBACK`](Self::FALLBACK) and
    /// [`METHOD_NOT_ALLOWED`](Self::METHOD_NOT_ALLOWED) are what a router has for the rest.
    pub method: String,
}

impl LockedRoute {
    /// Requests under the prefix that no path matches.
    pub const FALLBACK: &str = "FALLBACK";
    /// Requests under the prefix whose path matches and whose method does not.
    pub const METHOD_NOT_ALLOWED: &str = "METHOD_NOT_ALLOWED";

    /// What may stand before the path.
    const METHODS: [&str; 12] = [
        "*",
        "CONNECT",
        "DELETE",
        Self::FALLBACK,
        "GET",
        "HEAD",
        Self::METHOD_NOT_ALLOWED,
        "OPTIONS",
        "PATCH",
        "POST",
        "PUT",
        "TRACE",
    ];

    /// The route of a method and a path.
    #[must_use]
    pub fn new(method: &str, path: &str) -> Self {
        Self { path: path.to_owned(), method: method.to_owned() }
    }

    /// Whether it is what a router has for requests that no endpoint answers.
    #[must_use]
    pub fn is_fallback(&self) -> bool {
        [Self::FALLBACK, Self::METHOD_NOT_ALLOWED].contains(&self.method.as_str())
    }

    /// The routes of a manifest's entry, one for each method.
    pub(super) fn of(route: &Route) -> Vec<Self> {
        match route {
            Route::Path { methods, path } => methods.iter().map(|method| Self::new(method, path)).collect(),
            Route::Fallback { prefix } => vec![Self::new(Self::FALLBACK, prefix)],
            Route::MethodNotAllowed { prefix } => vec![Self::new(Self::METHOD_NOT_ALLOWED, prefix)],
        }
    }

    /// The methods whose endpoint at a path answers this one, the first that there is.
    pub(crate) fn answered_by(method: &str) -> impl Iterator<Item = &str> {
        let others: &[&str] = match method {
            "*" | Self::FALLBACK | Self::METHOD_NOT_ALLOWED => &[],
            "HEAD" => &["GET", "*"],
            _ => &["*"],
        };
        [method].into_iter().chain(others.iter().copied())
    }

    /// The path without the names of its parameters: equal for paths that match the same requests.
    ///
    /// ```
    /// use portcullis_policy::LockedRoute;
    ///
    /// let (one, other) = (LockedRoute::new("GET", "/users/{id}/{*rest}"), LockedRoute::new("GET", "/users/{user}/{*path}"));
    /// assert_eq!(one.shape(), "/users/{}/{*}");
    /// assert_eq!(one.shape(), other.shape());
    /// ```
    #[must_use]
    pub fn shape(&self) -> String {
        let mut shape = String::with_capacity(self.path.len());
        let mut rest = self.path.as_str();
        while let Some((before, after)) = rest.split_once('{') {
            shape.push_str(before);
            shape.push('{');
            rest = after;
            if let Some(after) = rest.strip_prefix('{') {
                // Doubled, it is a brace of the path itself.
                shape.push('{');
                rest = after;
            } else if let Some((name, after)) = rest.split_once('}') {
                shape.push_str(if name.starts_with('*') { "*}" } else { "}" });
                rest = after;
            }
        }
        shape + rest
    }

    /// As the file says it, nothing escaped.
    pub(super) fn text(&self) -> String {
        if self.path.is_empty() { self.method.clone() } else { format!("{} {}", self.method, self.path) }
    }
}

/// Prints as `DELETE /users/{id}`, with what is not seen as itself escaped.
impl fmt::Display for LockedRoute {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&visible(&self.text()))
    }
}

/// # Errors
/// What is wrong with the text and how to write it.
impl FromStr for LockedRoute {
    type Err = GrammarError;

    fn from_str(text: &str) -> Result<Self, GrammarError> {
        let (method, path) = text.split_once(' ').unwrap_or((text, ""));
        let known = Self::METHODS.into_iter().find(|known| *known == method);
        if known.is_none() && method.starts_with('/') {
            let message = format!("{} has no method: write one before the path, as in `GET /users`", Quoted(text));
            return Err(GrammarError::new(message));
        }
        let Some(method) = known else {
            let near = suggest::closest(method, Self::METHODS).map(|near| format!(" did you mean `{near}`?"));
            let list = suggest::list(Self::METHODS);
            let message = format!("unknown method {}:{} the methods are {list}", Quoted(method), near.unwrap_or_default());
            return Err(GrammarError::new(message));
        };
        let route = Self::new(method, path);
        if path.starts_with('/') || (path.is_empty() && route.is_fallback() && route.text() == text) {
            return Ok(route);
        }
        Err(GrammarError::new(format!("{} has no path: write one that begins with `/`, as in `GET /users`", Quoted(text))))
    }
}
