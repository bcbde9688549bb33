//! Which role includes which: the hierarchy of a rule book, by names, with everything that follows folded in.
//! What the macros, the lock and the tools reason with; a running guard has masks instead.

use crate::RuleBook;
use std::collections::{BTreeMap, BTreeSet};

/// The roles of a rule book, and for each the roles that it includes, directly or through others.
///
/// ```
/// use portcullis_policy::Roles;
///
/// let roles = Roles::new([("user", vec![]), ("editor", vec!["user"]), ("admin", vec!["editor"])]);
/// assert!(roles.includes("admin", "user"));
/// assert!(!roles.includes("user", "user"), "a role is itself, and includes others");
/// assert_eq!(roles.holders("editor"), ["admin", "editor"]);
/// ```
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Roles(BTreeMap<String, BTreeSet<String>>);

impl Roles {
    /// The roles with what each is said to include. Names that are included and not declared are roles of their own.
    pub fn new<'a>(inclusions: impl IntoIterator<Item = (&'a str, Vec<&'a str>)>) -> Self {
        let mut direct: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        for (role, parts) in inclusions {
            parts.iter().for_each(|part| {
                direct.entry(part).or_default();
            });
            direct.entry(role).or_default().extend(parts);
        }
        let all = direct.keys().map(|role| {
            let (mut found, mut left) = (BTreeSet::new(), vec![*role]);
            while let Some(next) = left.pop() {
                let parts = direct.get(next).into_iter().flatten();
                left.extend(parts.filter(|part| *part != role && found.insert((**part).to_owned())));
            }
            ((*role).to_owned(), found)
        });
        Self(all.collect())
    }

    /// The roles of a rule book as a program carries it.
    #[must_use]
    pub fn of(book: &RuleBook) -> Self {
        let includes = |role: &crate::Role| {
            let parts = book.roles().iter().filter(|part| part.name() != role.name() && part.is_held_by(role.grant()));
            (role.name(), parts.map(crate::Role::name).collect())
        };
        Self::new(book.roles().iter().map(includes))
    }

    /// The names, sorted.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }

    /// Whether `holder` includes `part`, directly or through others. No role includes itself.
    #[must_use]
    pub fn includes(&self, holder: &str, part: &str) -> bool {
        self.0.get(holder).is_some_and(|parts| parts.contains(part))
    }

    /// What the role includes, directly or through others, sorted.
    pub fn included_by(&self, role: &str) -> impl Iterator<Item = &str> {
        self.0.get(role).into_iter().flatten().map(String::as_str)
    }

    /// The roles that satisfy a requirement for this one: itself, and all that include it, sorted.
    #[must_use]
    pub fn holders(&self, role: &str) -> Vec<&str> {
        self.names().filter(|holder| *holder == role || self.includes(holder, role)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::Roles;

    #[test]
    fn inclusions_are_followed_to_their_end_and_circles_end() {
        let roles = Roles::new([("a", vec!["b"]), ("b", vec!["c"]), ("c", vec!["a"]), ("d", vec!["a"])]);
        assert!(roles.includes("a", "c") && roles.includes("d", "b") && !roles.includes("a", "d"));
        assert!(!roles.includes("a", "a"));
        assert_eq!(roles.included_by("d").collect::<Vec<_>>(), ["a", "b", "c"]);
        assert_eq!(Roles::new([("x", vec!["y"])]).names().collect::<Vec<_>>(), ["x", "y"]);
    }
}
