//! Who is admitted, decided exactly: every combination of roles and scopes that can matter is tried, and callers without credentials.
//! Rules, contradictions, the diff of two locks and the proofs all ask here, so that they cannot disagree.

mod caller;
mod callers;
mod roles;
mod table;
#[cfg(test)]
mod tests;
mod universe;

pub use caller::Caller;
pub use callers::Callers;
pub use roles::Roles;
pub(crate) use table::Table;
pub(crate) use universe::Universe;

use crate::Admission;

/// Who may call, under a hierarchy of roles: one side of a comparison.
#[derive(Clone, Copy, Debug)]
pub struct Side<'a> {
    /// Who may call.
    pub admission: &'a Admission,
    /// The hierarchy.
    pub roles: &'a Roles,
}

/// There are more different roles and scopes than can be tried, so nothing is known.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct TooLarge;

/// Two sides over all cases that can matter to either.
///
/// ```
/// use portcullis_policy::{Admission, Caller, Comparison, Predicate, Roles, Side};
///
/// let roles = Roles::new([("user", vec![]), ("admin", vec!["user"])]);
/// let (admins, users) = (Admission::Allow(Predicate::Role("admin".into())), Admission::Allow(Predicate::Role("user".into())));
/// let of = |admission| Side { admission, roles: &roles };
/// let comparison = Comparison::new(of(&admins), of(&users)).unwrap();
/// assert_eq!(comparison.cases(), 5, "no credentials, nothing, user, admin, both");
/// assert_eq!(comparison.only_second(), Some(Caller::holding(["user"], [])));
/// assert_eq!(comparison.only_first(), None, "every admin is a user");
/// ```
#[derive(Debug)]
pub struct Comparison {
    universe: Universe,
    first: Admitted,
    second: Admitted,
}

/// Who is admitted: without credentials, and in which combinations of grants.
#[derive(Debug)]
struct Admitted {
    anonymous: bool,
    holding: Table,
}

impl Comparison {
    /// Tries every case of two sides.
    ///
    /// # Errors
    /// [`TooLarge`], where there are more than 20 kinds of grants that differ in what they satisfy.
    pub fn new(first: Side<'_>, second: Side<'_>) -> Result<Self, TooLarge> {
        let universe = Universe::new(&[first, second])?;
        let (first, second) = (universe.admitted(first), universe.admitted(second));
        Ok(Self { universe, first, second })
    }

    /// How many cases were tried: all combinations of the grants that matter, and the caller without credentials.
    #[must_use]
    pub fn cases(&self) -> u64 {
        self.universe.combinations() + 1
    }

    /// Somebody whom only the first side admits, with as few grants as it takes.
    #[must_use]
    pub fn only_first(&self) -> Option<Caller> {
        self.example(&self.first, &self.second)
    }

    /// Somebody whom only the second side admits, with as few grants as it takes.
    #[must_use]
    pub fn only_second(&self) -> Option<Caller> {
        self.example(&self.second, &self.first)
    }

    fn example(&self, here: &Admitted, there: &Admitted) -> Option<Caller> {
        if here.anonymous && !there.anonymous {
            return Some(Caller::Anonymous);
        }
        self.universe.smallest(&here.holding.and(&there.holding.not()))
    }
}

impl Side<'_> {
    /// Whether a caller is admitted.
    #[must_use]
    pub fn admits(self, caller: &Caller) -> bool {
        match (self.admission, caller) {
            (Admission::Public(_), _) | (Admission::Authenticated, Caller::Holding { .. }) => true,
            (Admission::Authenticated, Caller::Anonymous) => false,
            (Admission::Allow(predicate), caller) => predicate.is_met_by(caller, self.roles),
        }
    }
}
