//! The house rules of the rule book, held to every endpoint where it ended up.
//! What names its route was checked while it was compiled; but only the assembled router knows the routes of the others.

use portcullis_policy::{Lock, LockedRoute, Manifest, Rule, RuleBook};

/// Every way in which an endpoint, or a door past the guard, breaks a rule.
pub(super) fn breaches(manifest: &Manifest, book: &RuleBook) -> Vec<String> {
    let rules = book.house_rules();
    if rules.is_empty() {
        return Vec::new();
    }
    let Lock { roles, endpoints, unsecured, .. } = Lock::of(manifest, book);
    let mut problems = Vec::new();
    for (route, terms) in &endpoints {
        for rule in rules.iter().filter(|rule| rule.applies(route, &terms.handler)) {
            let breaches = rule.breaches(terms, &roles).into_iter();
            problems.extend(breaches.map(|breach| format!("`{}` at `{route}`: {}", terms.handler, breach.message)));
        }
    }
    for (prefix, reason) in &unsecured {
        problems.extend(rules.iter().filter(|rule| covers(rule, prefix)).map(|rule| {
            format!(
                "the unsecured routes ({reason}) under `{prefix}/` have no policy, and {rule} looks at what is there; \
                 secure them, or put them elsewhere"
            )
        }));
    }
    problems
}

/// Whether a rule's paths look at whatever lies under a prefix. Which routes an unsecured router has, axum does not tell; so a rule
/// that looks at some path below the prefix, and not at the prefix, cannot be held against it.
fn covers(rule: &Rule, prefix: &str) -> bool {
    let selector = &rule.selector;
    let under = LockedRoute::new(LockedRoute::FALLBACK, prefix);
    !selector.paths.is_empty() && selector.endpoints.is_empty() && selector.selects_route(Some(&under)) == Some(true)
}
