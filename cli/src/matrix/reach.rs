//! How far one caller gets at one endpoint: what a cell of the matrix says.
//! Decided by the lattice, so that the picture and the diff cannot disagree.

use portcullis_policy::{Admission, Caller, Comparison, Predicate, Roles, Side, Terms};

/// How far a caller gets.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) enum Reach {
    /// Passes, on the conditions that are stated; without any, always.
    Passes(Conditions),
    /// Passes only together with more grants: with these, for example.
    Further(Caller),
    /// Does not pass, and what the caller holds does not help.
    No,
    /// The policy names more roles and scopes than can be tried.
    Unknown,
}

/// On what it depends whether an admitted caller passes.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub(super) struct Conditions {
    /// `when` decides on the object.
    pub(super) when: bool,
    /// The login has to be fresh or strong.
    pub(super) step_up: bool,
    /// More grants would close the door: these, for example.
    pub(super) unless: Option<Caller>,
}

impl Reach {
    /// How far the caller gets under these terms.
    pub(super) fn of(caller: &Caller, terms: &Terms, roles: &Roles) -> Self {
        let side = Side { admission: &terms.admission, roles };
        let passes = |unless| Self::Passes(Conditions { when: terms.when.is_some(), step_up: terms.step_up.is_some(), unless });
        let (Admission::Allow(predicate), Caller::Holding { .. }) = (&terms.admission, caller) else {
            return if side.admits(caller) { passes(None) } else { Self::No };
        };
        let held = Admission::Allow(granted(predicate, caller, roles));
        let held = Side { admission: &held, roles };
        let anybody = Side { admission: &Admission::Authenticated, roles };
        if side.admits(caller) {
            return match Comparison::new(held, anybody) {
                Ok(comparison) => passes(comparison.only_second()),
                Err(_) => Self::Unknown,
            };
        }
        match Comparison::new(held, side).map(|comparison| comparison.only_first()) {
            Ok(Some(with)) => Self::Further(with),
            Ok(None) => Self::No,
            Err(_) => Self::Unknown,
        }
    }

    /// Whether the caller passes, if only sometimes.
    pub(super) const fn passes(&self) -> bool {
        matches!(self, Self::Passes(_))
    }
}

/// The predicate as it is left for somebody who holds these grants already.
fn granted(predicate: &Predicate, caller: &Caller, roles: &Roles) -> Predicate {
    let all = |terms: &[Predicate]| terms.iter().map(|term| granted(term, caller, roles)).collect();
    match predicate {
        Predicate::Any(terms) => Predicate::Any(all(terms)),
        Predicate::All(terms) => Predicate::All(all(terms)),
        Predicate::Not(term) => Predicate::Not(Box::new(granted(term, caller, roles))),
        leaf => {
            let admission = Admission::Allow(leaf.clone());
            if (Side { admission: &admission, roles }).admits(caller) { Predicate::Authenticated } else { leaf.clone() }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Conditions, Reach};
    use portcullis_policy::{Admission, Caller, Predicate, Roles, Terms};

    fn role(name: &str) -> Predicate {
        Predicate::Role(name.to_owned())
    }

    fn scope(name: &str) -> Predicate {
        Predicate::Scope(name.to_owned())
    }

    fn reach(caller: &Caller, admission: Admission) -> Reach {
        let roles = Roles::new([("user", vec![]), ("admin", vec!["user"]), ("banned", vec![])]);
        Reach::of(caller, &Terms::new("app::handler", admission), &roles)
    }

    const ALWAYS: Reach = Reach::Passes(Conditions { when: false, step_up: false, unless: None });

    #[test]
    fn a_role_passes_with_what_it_includes_and_no_further() {
        let admin = Caller::holding(["admin"], []);
        assert_eq!(reach(&admin, Admission::Allow(role("user"))), ALWAYS);
        assert_eq!(reach(&Caller::holding(["user"], []), Admission::Allow(role("admin"))), Reach::No);
        assert_eq!(reach(&admin, Admission::Authenticated), ALWAYS);
        assert_eq!(reach(&Caller::Anonymous, Admission::Authenticated), Reach::No);
        assert_eq!(reach(&Caller::Anonymous, Admission::Public(None)), ALWAYS);
    }

    #[test]
    fn half_of_what_it_takes_is_said_with_the_other_half() {
        let both = Admission::Allow(Predicate::All(vec![role("user"), scope("notes:write")]));
        assert_eq!(reach(&Caller::holding(["admin"], []), both.clone()), Reach::Further(Caller::holding([], ["notes:write"])));
        assert_eq!(reach(&Caller::holding([], ["notes:write"]), both.clone()), Reach::Further(Caller::holding(["user"], [])));
        assert_eq!(reach(&Caller::holding(["banned"], []), both.clone()), Reach::No);
        assert_eq!(reach(&Caller::holding([], []), both), Reach::No, "nothing held is no half");
    }

    #[test]
    fn a_grant_that_would_close_the_door_is_said() {
        let unless = Admission::Allow(Predicate::All(vec![role("user"), Predicate::Not(Box::new(role("banned")))]));
        let conditions = Conditions { unless: Some(Caller::holding(["banned"], [])), ..Conditions::default() };
        assert_eq!(reach(&Caller::holding(["user"], []), unless.clone()), Reach::Passes(conditions));
        assert_eq!(reach(&Caller::holding(["banned"], []), unless), Reach::No);
    }

    #[test]
    fn more_grants_than_can_be_tried_are_unknown_and_not_no() {
        let many = Admission::Allow(Predicate::Any((0..30).map(|index| scope(&format!("s{index}"))).collect()));
        assert_eq!(reach(&Caller::holding(["user"], []), many), Reach::Unknown);
    }
}
