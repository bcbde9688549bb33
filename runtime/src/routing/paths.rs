//! The paths of a router, checked before axum sees them: axum panics where we report.
//! Uses the matcher that axum uses, so that the two cannot disagree about what conflicts.

use std::{collections::HashMap, fmt};

/// What stands at a path.
#[derive(Clone, Debug, Default)]
struct Taken {
    methods: Vec<&'static str>,
}

/// The paths of a router and the methods that each answers.
#[derive(Clone, Default)]
pub(super) struct Paths {
    matcher: matchit::Router<()>,
    taken: HashMap<String, Taken>,
}

impl Paths {
    /// Notes that these methods are answered at the path, or says why they cannot be.
    pub(super) fn add(&mut self, path: &str, methods: &[&'static str]) -> Result<(), String> {
        check_syntax(path)?;
        if let Some(taken) = self.taken.get_mut(path) {
            // `*` beside named methods is what axum's `any` allows within one path only once.
            let twice: Vec<_> = methods.iter().copied().filter(|method| taken.methods.contains(method)).collect();
            if !twice.is_empty() {
                return Err(format!("`{path}` has two handlers for {}", twice.join(", ")));
            }
            taken.methods.extend(methods);
            return Ok(());
        }
        self.matcher.insert(path, ()).map_err(|error| format!("`{path}` cannot be routed: {error}"))?;
        self.taken.insert(path.to_owned(), Taken { methods: methods.to_vec() });
        Ok(())
    }

    /// The paths with their methods.
    pub(super) fn iter(&self) -> impl Iterator<Item = (&str, &[&'static str])> {
        self.taken.iter().map(|(path, taken)| (path.as_str(), taken.methods.as_slice()))
    }
}

impl fmt::Debug for Paths {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.taken.keys()).finish()
    }
}

/// The full path of a nested one, as axum joins them.
pub(super) fn join(prefix: &str, path: &str) -> String {
    if prefix.ends_with('/') {
        format!("{prefix}{}", path.trim_start_matches('/'))
    } else if path == "/" {
        prefix.to_owned()
    } else {
        format!("{prefix}{path}")
    }
}

/// Whether a router can be nested at the path, as axum demands.
pub(super) fn check_prefix(prefix: &str) -> Result<(), String> {
    check_syntax(prefix)?;
    if prefix == "/" {
        return Err("a router cannot be nested at `/`: use `merge`".to_owned());
    }
    if prefix.split('/').any(|segment| segment.starts_with("{*") && segment.ends_with('}')) {
        return Err(format!("a router cannot be nested at `{prefix}`: a prefix cannot have a wildcard"));
    }
    Ok(())
}

fn check_syntax(path: &str) -> Result<(), String> {
    if !path.starts_with('/') {
        return Err(format!("`{path}` must start with `/`"));
    }
    for segment in path.split('/') {
        let old = match segment.chars().next() {
            Some(':') => "{name}",
            Some('*') => "{*name}",
            _ => continue,
        };
        return Err(format!("`{path}` must not have a segment that starts like `{segment}`: a parameter is written `{old}`"));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::{Paths, check_prefix, join};

    #[test]
    fn what_axum_would_panic_about_is_an_error() {
        let mut paths = Paths::default();
        paths.add("/users/{id}", &["GET"]).unwrap();
        for (path, methods) in [
            ("users", ["GET"]),
            ("", ["GET"]),
            ("/:id", ["GET"]),
            ("/*rest", ["GET"]),
            ("/users/{id}", ["GET"]),
            ("/users/{name}", ["PUT"]),
            ("/{a", ["GET"]),
        ] {
            assert!(paths.add(path, &methods).is_err(), "{path}");
        }
        paths.add("/users/{id}", &["PUT"]).unwrap();
        paths.add("/users/me", &["GET"]).unwrap();
    }

    #[test]
    fn prefixes_join_as_axum_joins_them() {
        assert_eq!(join("/api", "/"), "/api");
        assert_eq!(join("/api/", "/"), "/api/");
        assert_eq!(join("/api/", "/users"), "/api/users");
        assert_eq!(join("/api", "/users"), "/api/users");
        assert!(check_prefix("/").is_err());
        assert!(check_prefix("/a/{*rest}").is_err());
        assert!(check_prefix("/tenants/{tenant}").is_ok());
    }
}
