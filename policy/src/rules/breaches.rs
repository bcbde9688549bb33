//! Whether an endpoint does what a rule demands. Who gets in is decided over every caller that can matter, with an example in the
//! message; a limit of the endpoint has to imply the rule's.

use super::{Breach, Demands, Part, Rule, rate};
use crate::{Admission, ByteSize, Caller, Comparison, Period, Predicate, Roles, Side, StepUp, Terms, TooLarge};
use std::time::Duration;

impl Rule {
    /// Every demand of the rule that the terms of an endpoint do not meet. Whether the rule looks at the endpoint is asked before.
    ///
    /// What cannot be decided, because an endpoint names too many roles and scopes, counts as a breach.
    ///
    /// ```
    /// use portcullis_policy::{Admission, Demands, Predicate, Roles, Rule, Selector, Terms};
    ///
    /// let demands = Demands { role: Some("admin".into()), ..Demands::NONE };
    /// let rule = Rule { name: "admin area".into(), line: 17, selector: Selector::default(), demands };
    /// let roles = Roles::new([("user", vec![]), ("admin", vec!["user"])]);
    /// let users = Terms::new("clinic::list", Admission::Allow(Predicate::Role("user".into())));
    /// assert_eq!(
    ///     rule.breaches(&users, &roles)[0].message,
    ///     "rule `admin area` (security.toml:17) wants the role `admin`, and a caller with the role `user` gets in; \
    ///      write `role = \"admin\"`",
    /// );
    /// ```
    #[must_use]
    pub fn breaches(&self, terms: &Terms, roles: &Roles) -> Vec<Breach> {
        let Demands {
            authenticated: _,
            role: _,
            scope: _,
            step_up,
            rate_at_most,
            body_at_most,
            timeout_at_most,
            audit,
            when,
            validated,
        } = &self.demands;
        let mut found = Vec::new();
        let mut breach = |part, words: String| found.push(Breach { part, message: format!("{self} {words}") });
        if let Some(words) = self.access(terms, roles) {
            breach(Part::Access, words);
        }
        if let Some(wanted) = step_up
            && let Some(words) = fresher(*wanted, terms.step_up)
        {
            breach(Part::StepUp, words);
        }
        if let Some(most) = rate_at_most
            && let Some(words) = rate::breach(most, &terms.limits)
        {
            breach(Part::Rate, words);
        }
        if let Some(most) = body_at_most {
            let has = terms.body.filter(|bytes| bytes > most).map(|bytes| ByteSize::from_bytes(bytes).to_string());
            if terms.body.is_none_or(|bytes| bytes > *most) {
                breach(Part::Body, no_more("body", &ByteSize::from_bytes(*most).to_string(), has));
            }
        }
        if let Some(most) = timeout_at_most {
            let has = terms.timeout.filter(|timeout| timeout > most).map(|timeout| Period::from(timeout).to_string());
            if terms.timeout.is_none_or(|timeout| timeout > *most) {
                breach(Part::Timeout, no_more("timeout", &Period::from(*most).to_string(), has));
            }
        }
        if *audit && terms.audit.is_none() {
            let name = terms.handler.rsplit("::").next().unwrap_or_default();
            breach(Part::Audit, format!("wants every call on record, and the endpoint leaves none; write `audit = {name:?}`"));
        }
        if *when && terms.when.is_none() {
            let example = "when = principal.subject() == id";
            breach(
                Part::When,
                format!("wants a condition on the object, and the endpoint has none; write one, such as `{example}`"),
            );
        }
        if *validated && terms.unvalidated.is_some() {
            let remedy = "remove `unvalidated` and take `Valid<…>`";
            breach(Part::Unvalidated, format!("wants all input validated, and the endpoint reads some unchecked; {remedy}"));
        }
        found
    }

    /// What is wrong with who gets in. One sentence for all that the rule demands of a caller, since an endpoint says it in one key.
    fn access(&self, terms: &Terms, roles: &Roles) -> Option<String> {
        let wanted = self.demands.admission()?;
        let words = self.demands.callers();
        match only_first(&terms.admission, &wanted, roles) {
            Err(TooLarge) => {
                let many = "the endpoint names more roles and scopes than can be tried";
                Some(format!("wants {words}, and {many}; name fewer, or write `{wanted}`"))
            }
            Ok(caller) => {
                let caller = caller?;
                let remedy = both(&wanted, &terms.admission, roles).unwrap_or(wanted);
                Some(format!("wants {words}, and {caller} gets in; write `{remedy}`"))
            }
        }
    }
}

impl Demands {
    /// What the rule demands of a caller, if anything.
    fn admission(&self) -> Option<Admission> {
        let role = self.role.as_ref().map(|name| Predicate::Role(name.clone().into_owned()));
        let scope = self.scope.as_ref().map(|name| Predicate::Scope(name.clone().into_owned()));
        match (role, scope) {
            (Some(role), Some(scope)) => Some(Admission::Allow(Predicate::All(vec![role, scope]))),
            (Some(one), None) | (None, Some(one)) => Some(Admission::Allow(one)),
            (None, None) => self.authenticated.then_some(Admission::Authenticated),
        }
    }

    /// The same in words.
    fn callers(&self) -> String {
        match (&self.role, &self.scope) {
            (Some(role), Some(scope)) => format!("the role `{role}` and the scope `{scope}`"),
            (Some(role), None) => format!("the role `{role}`"),
            (None, Some(scope)) => format!("the scope `{scope}`"),
            (None, None) => "authenticated callers".to_owned(),
        }
    }
}

/// Somebody whom only the first of two admissions lets in.
fn only_first(first: &Admission, second: &Admission, roles: &Roles) -> Result<Option<Caller>, TooLarge> {
    let comparison = Comparison::new(Side { admission: first, roles }, Side { admission: second, roles })?;
    Ok(comparison.only_first())
}

/// Both demands at once, where the endpoint's still decides something beside the rule's and somebody can meet the two.
fn both(wanted: &Admission, has: &Admission, roles: &Roles) -> Option<Admission> {
    /// Longer remedies are not read.
    const LONGEST: usize = 120;

    let (Admission::Allow(demanded), Admission::Allow(stated)) = (wanted, has) else { return None };
    let parts = |predicate: &Predicate| match predicate {
        Predicate::All(terms) => terms.clone(),
        other => vec![other.clone()],
    };
    let mut terms = parts(demanded);
    for term in parts(stated) {
        if !terms.contains(&term) {
            terms.push(term);
        }
    }
    // A term that the others imply would decide nothing, which `#[secure]` refuses.
    let whole = Predicate::All(terms.clone());
    let redundant = whole.redundant(roles);
    let mut position = 0..;
    terms.retain(|_| position.next().is_none_or(|at: usize| !redundant.contains(&vec![at])));
    let both = Admission::Allow(Predicate::All(terms));
    let is_somebody = |first, second| only_first(first, second, roles).is_ok_and(|caller| caller.is_some());
    let nobody = Admission::Allow(Predicate::Any(Vec::new()));
    (both.to_string().len() <= LONGEST && is_somebody(wanted, has) && is_somebody(&both, &nobody)).then_some(both)
}

/// What is wrong with how fresh and how strong the login is.
fn fresher(wanted: StepUp, has: Option<StepUp>) -> Option<String> {
    let stated = has.unwrap_or_default();
    let is_fresh = wanted.max_age.is_none_or(|most| stated.max_age.is_some_and(|age| age <= most));
    if has.is_some() && is_fresh && (stated.mfa || !wanted.mfa) {
        return None;
    }
    let max_age: Option<Duration> = wanted.max_age.into_iter().chain(stated.max_age).min();
    let remedy = StepUp { max_age, mfa: wanted.mfa || stated.mfa };
    let has = has.map_or_else(|| "none".to_owned(), |has| format!("`step_up({has})`"));
    Some(format!("wants `step_up({wanted})`, and the endpoint has {has}; write `step_up({remedy})`"))
}

/// What is wrong with a bound that is not stated, or too large.
fn no_more(key: &str, most: &str, has: Option<String>) -> String {
    let has = has.map_or_else(|| "states none".to_owned(), |has| format!("has `{has}`"));
    format!("wants a {key} of at most `{most}`, and the endpoint {has}; write `{key} = \"{most}\"`")
}

#[cfg(test)]
mod tests;
