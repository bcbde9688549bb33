//! Requirements as OpenAPI can say them: alternatives, each of scopes that are wanted together.
//! Roles are not for a client to ask for, and `not` cannot be said at all: both stand whole in an extension field.

use portcullis_policy::{Access, Requirement};
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// Scopes and roles that are wanted together.
#[derive(Clone, Debug, Default, Eq, Ord, PartialEq, PartialOrd)]
struct Terms {
    scopes: BTreeSet<&'static str>,
    roles: BTreeSet<&'static str>,
}

/// More alternatives than anybody reads, and fewer than would take long to write: a policy that has them asks for credentials only.
const MOST: usize = 64;

/// The alternatives of scopes that the access asks for; none of them for `public`.
pub(super) fn alternatives(access: &Access) -> Vec<Vec<&'static str>> {
    let terms = match access {
        Access::Public(_) => return Vec::new(),
        Access::Authenticated => None,
        Access::Allow(requirement) => normal(requirement),
    };
    let terms = terms.unwrap_or_else(|| vec![Terms::default()]);
    let minimal = terms.iter().filter(|one| !terms.iter().any(|other| other != *one && other.is_within(one)));
    let mut scopes: Vec<Vec<&'static str>> = Vec::new();
    for terms in minimal {
        let own: Vec<&'static str> = terms.scopes.iter().copied().collect();
        if !scopes.contains(&own) {
            scopes.push(own);
        }
    }
    scopes
}

impl Terms {
    fn is_within(&self, other: &Self) -> bool {
        self.scopes.is_subset(&other.scopes) && self.roles.is_subset(&other.roles)
    }

    fn and(&self, other: &Self) -> Self {
        let mut both = self.clone();
        both.scopes.extend(&other.scopes);
        both.roles.extend(&other.roles);
        both
    }
}

/// The requirement as alternatives of terms, or `None` where there are too many of them.
fn normal(requirement: &Requirement) -> Option<Vec<Terms>> {
    let terms = match requirement {
        Requirement::Authenticated | Requirement::Not(_) => vec![Terms::default()],
        Requirement::Role(role, _) => vec![Terms { roles: BTreeSet::from([*role]), ..Terms::default() }],
        Requirement::Scope(scope, _) => vec![Terms { scopes: BTreeSet::from([*scope]), ..Terms::default() }],
        Requirement::Any(terms) => {
            let mut alternatives = Vec::new();
            for term in *terms {
                alternatives.extend(normal(term)?);
            }
            alternatives
        }
        Requirement::All(terms) => {
            let mut all = vec![Terms::default()];
            for term in *terms {
                let more = normal(term)?;
                if all.len() * more.len() > MOST {
                    return None;
                }
                all = all.iter().flat_map(|one| more.iter().map(|other| one.and(other))).collect();
            }
            all
        }
    };
    (terms.len() <= MOST).then_some(terms)
}

/// The requirement as it is, for who reads extension fields.
pub(super) fn tree(requirement: &Requirement) -> Value {
    let all = |terms: &[Requirement]| terms.iter().map(tree).collect::<Vec<_>>();
    match requirement {
        Requirement::Authenticated => json!("authenticated"),
        Requirement::Role(role, _) => json!({ "role": role }),
        Requirement::Scope(scope, _) => json!({ "scope": scope }),
        Requirement::Any(terms) => json!({ "any": all(terms) }),
        Requirement::All(terms) => json!({ "all": all(terms) }),
        Requirement::Not(term) => json!({ "not": tree(term) }),
    }
}

/// The names of all roles, for who only looks for them.
pub(super) fn roles(requirement: &Requirement, found: &mut BTreeSet<&'static str>) {
    match requirement {
        Requirement::Role(role, _) => {
            found.insert(role);
        }
        Requirement::Any(terms) | Requirement::All(terms) => terms.iter().for_each(|term| roles(term, found)),
        Requirement::Not(term) => roles(term, found),
        Requirement::Authenticated | Requirement::Scope(..) => {}
    }
}

#[cfg(test)]
mod tests {
    use super::alternatives;
    use portcullis_policy::{Access, Mask, Requirement};

    const A: Requirement = Requirement::Scope("a", Mask::EMPTY);
    const B: Requirement = Requirement::Scope("b", Mask::EMPTY);
    const C: Requirement = Requirement::Scope("c", Mask::EMPTY);
    const ADMIN: Requirement = Requirement::Role("admin", Mask::EMPTY);

    fn of(requirement: Requirement) -> Vec<Vec<&'static str>> {
        alternatives(&Access::Allow(requirement))
    }

    #[test]
    fn scopes_are_alternatives_of_conjunctions() {
        assert_eq!(of(A), [["a"]]);
        assert_eq!(of(Requirement::Any(&[A, B])), [["a"], ["b"]]);
        assert_eq!(of(Requirement::All(&[B, A])), [["a", "b"]]);
        assert_eq!(of(Requirement::All(&[Requirement::Any(&[A, B]), C])), [["a", "c"], ["b", "c"]]);
        assert_eq!(of(Requirement::Any(&[Requirement::All(&[A, B]), C])), [vec!["a", "b"], vec!["c"]]);
    }

    #[test]
    fn what_is_wanted_anyway_takes_the_place_of_what_wants_more() {
        assert_eq!(of(Requirement::Any(&[A, Requirement::All(&[A, B])])), [["a"]]);
        assert_eq!(of(Requirement::Any(&[Requirement::Authenticated, A])), [Vec::<&str>::new()]);
    }

    #[test]
    fn roles_and_negations_ask_for_no_scope() {
        assert_eq!(of(ADMIN), [Vec::<&str>::new()]);
        assert_eq!(of(Requirement::Any(&[ADMIN, A])), [vec![], vec!["a"]]);
        assert_eq!(of(Requirement::All(&[ADMIN, A])), [["a"]]);
        assert_eq!(of(Requirement::All(&[A, Requirement::Not(&B)])), [["a"]]);
        assert_eq!(alternatives(&Access::Authenticated), [Vec::<&str>::new()]);
        assert!(alternatives(&Access::Public(None)).is_empty());
    }

    #[test]
    fn a_requirement_with_too_many_alternatives_asks_for_credentials() {
        const PAIR: Requirement = Requirement::Any(&[A, B]);
        const MANY: Requirement = Requirement::All(&[PAIR; 40]);
        assert_eq!(of(MANY), [Vec::<&str>::new()]);
        const WIDE: Requirement = Requirement::Any(&[A; 65]);
        assert_eq!(of(WIDE), [Vec::<&str>::new()]);
    }
}
