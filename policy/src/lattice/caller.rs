//! A caller as the lattice sees one: the roles and scopes of their credential, or no credential at all.
//! Printed as an example in errors, diffs and reports, so it reads as English.

use super::Roles;
use crate::suggest::list;
use std::fmt;

/// Somebody who calls: an example, with as little as it takes.
///
/// ```
/// use portcullis_policy::Caller;
///
/// let caller = Caller::holding(["user"], ["reports:read"]);
/// assert_eq!(caller.to_string(), "a caller with the role `user` and the scope `reports:read`");
/// assert_eq!(Caller::Anonymous.to_string(), "a caller without credentials");
/// ```
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum Caller {
    /// Without credentials.
    Anonymous,
    /// Authenticated, with these roles and scopes in the credential.
    Holding {
        /// The roles as given, without the roles that they include.
        roles: Vec<String>,
        /// The scopes.
        scopes: Vec<String>,
    },
}

impl Caller {
    /// An authenticated caller with these roles and scopes.
    pub fn holding<'a>(roles: impl IntoIterator<Item = &'a str>, scopes: impl IntoIterator<Item = &'a str>) -> Self {
        let owned = |names: &mut dyn Iterator<Item = &'a str>| names.map(str::to_owned).collect();
        Self::Holding { roles: owned(&mut roles.into_iter()), scopes: owned(&mut scopes.into_iter()) }
    }

    /// Whether the caller has all that the other has, be it through roles that include those of the other.
    ///
    /// ```
    /// use portcullis_policy::{Caller, Roles};
    ///
    /// let roles = Roles::new([("admin", vec!["user"])]);
    /// let (admin, user) = (Caller::holding(["admin"], []), Caller::holding(["user"], []));
    /// assert!(admin.covers(&user, &roles) && !user.covers(&admin, &roles));
    /// assert!(user.covers(&Caller::Anonymous, &roles));
    /// ```
    #[must_use]
    pub fn covers(&self, other: &Self, hierarchy: &Roles) -> bool {
        match (self, other) {
            (_, Self::Anonymous) => true,
            (Self::Anonymous, _) => false,
            (Self::Holding { roles: own, scopes: held }, Self::Holding { roles, scopes }) => {
                let has = |role: &String| own.iter().any(|holder| holder == role || hierarchy.includes(holder, role));
                roles.iter().all(has) && scopes.iter().all(|scope| held.contains(scope))
            }
        }
    }
}

impl fmt::Display for Caller {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self::Holding { roles, scopes } = self else {
            return f.write_str("a caller without credentials");
        };
        let named = |what: &str, names: &[String]| {
            let plural = if names.len() == 1 { "" } else { "s" };
            format!("the {what}{plural} {}", list(names.iter().map(String::as_str)))
        };
        match (roles.as_slice(), scopes.as_slice()) {
            ([], []) => f.write_str("a caller with no role and no scope"),
            (roles, []) => write!(f, "a caller with {}", named("role", roles)),
            ([], scopes) => write!(f, "a caller with {}", named("scope", scopes)),
            (roles, scopes) => write!(f, "a caller with {} and {}", named("role", roles), named("scope", scopes)),
        }
    }
}
