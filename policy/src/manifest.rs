//! The manifest: every endpoint of a router with its policy, and every door past the policies.
//! It prints as a table for people to read at start-up and in reviews; nothing in it is cut short.

use crate::{ByteSize, Lock, Period, Policy, RuleBook, visible};
use std::{cmp::Ordering, fmt};

/// All endpoints of a router. It prints as an aligned table, in the order of [`entries`](Manifest::entries).
///
/// ```
/// use portcullis_policy::{Access, Entry, Manifest, Policy, Route};
///
/// static HEALTH: Policy = Policy::new("clinic::health", 0, Access::Public(Some("load balancers probe it")));
/// let route = Route::Path { methods: vec!["GET"], path: "/health".to_owned() };
/// let manifest = Manifest::new(vec![Entry::Endpoint { route, policy: &HEALTH }]);
/// let printed = "\
/// METHOD  PATH     ACCESS                              LIMITS  BODY  TIMEOUT  HANDLER
/// GET     /health  public = \"load balancers probe it\"  -       -     -        clinic::health";
/// assert_eq!(manifest.to_string(), printed);
/// ```
#[derive(Clone, Debug, Default)]
pub struct Manifest {
    entries: Vec<Entry>,
}

impl Manifest {
    /// The manifest of these entries. It sorts them, so that the order of registration does not show.
    #[must_use]
    pub fn new(mut entries: Vec<Entry>) -> Self {
        entries.sort_by(Entry::order);
        Self { entries }
    }

    /// The entries: endpoints by path and method, then fallbacks by prefix, then the unsecured doors.
    #[must_use]
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// What `security.lock` says of this manifest, under the rule book that its policies were compiled against.
    #[must_use]
    pub fn locked(&self, book: &RuleBook) -> Lock {
        Lock::of(self, book)
    }
}

/// One line of a [`Manifest`].
#[non_exhaustive]
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Entry {
    /// A route, and the policy that guards it.
    Endpoint {
        /// Which requests it answers.
        route: Route,
        /// What its `#[secure]` declares.
        policy: &'static Policy,
    },
    /// A router that was merged without policies.
    Unsecured {
        /// Why, as the source says.
        reason: String,
        /// The path that it was nested under; empty at the root.
        prefix: String,
    },
}

/// Which requests an endpoint answers.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Route {
    /// Those of a path.
    Path {
        /// The methods in upper case; a single `*` is all of them.
        methods: Vec<&'static str>,
        /// The full path pattern, with the prefixes of all routers around it.
        path: String,
    },
    /// Those under a prefix that no path matches.
    Fallback {
        /// The path that the router was nested under; empty at the root.
        prefix: String,
    },
    /// Those under a prefix whose path matches and whose method does not.
    MethodNotAllowed {
        /// The path that the router was nested under; empty at the root.
        prefix: String,
    },
}

impl Entry {
    /// Paths first and doors last, each by path and then by method.
    fn order(&self, other: &Self) -> Ordering {
        fn key(entry: &Entry) -> (u8, &str, &[&'static str], &str) {
            match entry {
                Entry::Endpoint { route: Route::Path { methods, path }, policy } => (0, path, methods, policy.name()),
                Entry::Endpoint { route: Route::Fallback { prefix }, policy } => (1, prefix, &[], policy.name()),
                Entry::Endpoint { route: Route::MethodNotAllowed { prefix }, policy } => (2, prefix, &[], policy.name()),
                Entry::Unsecured { reason, prefix } => (3, prefix, &[], reason),
            }
        }
        key(self).cmp(&key(other))
    }

    /// The cells of the entry's row, in the order of [`HEADER`].
    fn row(&self) -> Row {
        let cells = match self {
            Self::Endpoint { route, policy } => {
                let (methods, path) = route.cells();
                [methods, path, access(policy), limits(policy), body(policy), timeout(policy), policy.name().to_owned()]
            }
            Self::Unsecured { reason, prefix } => {
                let access = format!("unsecured = {reason:?}");
                ["*".to_owned(), under(prefix, "(unsecured)"), access, none(), none(), none(), none()]
            }
        };
        cells.map(|cell| visible(&cell).into_owned())
    }
}

impl Route {
    /// The methods and the path.
    fn cells(&self) -> (String, String) {
        match self {
            Self::Path { methods, path } if methods.is_empty() => (none(), path.clone()),
            Self::Path { methods, path } => (methods.join(","), path.clone()),
            Self::Fallback { prefix } => ("*".to_owned(), under(prefix, "(fallback)")),
            Self::MethodNotAllowed { prefix } => ("*".to_owned(), under(prefix, "(method not allowed)")),
        }
    }
}

/// A row of the table.
type Row = [String; 7];

const HEADER: [&str; 7] = ["METHOD", "PATH", "ACCESS", "LIMITS", "BODY", "TIMEOUT", "HANDLER"];

impl fmt::Display for Manifest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let rows: Vec<Row> = [HEADER.map(str::to_owned)].into_iter().chain(self.entries.iter().map(Entry::row)).collect();
        let mut widths = [0; HEADER.len()];
        for row in &rows {
            for (width, cell) in widths.iter_mut().zip(row) {
                *width = cell.chars().count().max(*width);
            }
        }
        for (index, row) in rows.iter().enumerate() {
            let line: String = row.iter().zip(widths).map(|(cell, width)| format!("{cell:width$}  ")).collect();
            let newline = if index == 0 { "" } else { "\n" };
            write!(f, "{newline}{}", line.trim_end())?;
        }
        Ok(())
    }
}

fn access(policy: &Policy) -> String {
    match policy.condition() {
        Some(condition) => format!("{}, when = {condition}", policy.access()),
        None => policy.access().to_string(),
    }
}

fn limits(policy: &Policy) -> String {
    let limits: Vec<String> = policy.rate_limits().iter().map(ToString::to_string).collect();
    if limits.is_empty() { none() } else { limits.join(", ") }
}

fn body(policy: &Policy) -> String {
    let size = policy.body_limit().map(|bytes| ByteSize::from_bytes(bytes).to_string());
    let unvalidated = policy.unvalidated_reason().map(|reason| format!("unvalidated: {reason}"));
    let parts: Vec<String> = size.into_iter().chain(unvalidated).collect();
    if parts.is_empty() { none() } else { parts.join(", ") }
}

fn timeout(policy: &Policy) -> String {
    policy.time_limit().map_or_else(none, |timeout| Period::from(timeout).to_string())
}

fn none() -> String {
    "-".to_owned()
}

fn under(prefix: &str, what: &str) -> String {
    if prefix.is_empty() { what.to_owned() } else { format!("{prefix} {what}") }
}

#[cfg(test)]
mod tests;
