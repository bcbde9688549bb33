//! Proofs about a lock: who may call what, and that nobody else can, by trying every case there is.
//! What cannot be proved is an error, and so is a question that nothing answers: a misspelt path proves nothing.

mod error;
#[cfg(test)]
mod tests;

pub use error::QueryError;

use crate::{Admission, Caller, Callers, Lock, LockedRoute, Predicate, Selector, Side, Terms, suggest};
use std::fmt;

/// That no endpoint of some paths admits a caller.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Proof {
    /// How many cases were tried: at each endpoint, every combination of the caller's grants that it looks at, and no credentials.
    pub cases: u64,
    /// The endpoints, at least one.
    pub endpoints: Vec<LockedRoute>,
}

/// Prints in lower case, without a final period.
impl fmt::Display for Proof {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let routes: Vec<String> = self.endpoints.iter().map(ToString::to_string).collect();
        let list = suggest::list(routes.iter().map(String::as_str));
        let verb = if routes.len() == 1 { "is" } else { "are" };
        let cases = if self.cases == 1 { "case" } else { "cases" };
        write!(f, "{list} {verb} out of reach ({} {cases} tried)", self.cases)
    }
}

/// The most grants of a caller that are tried at one endpoint.
const MOST_GRANTS: usize = 20;

impl Lock {
    /// The endpoint that answers `DELETE /users/{id}`, however its parameters are called; `*` answers every method, and GET answers
    /// HEAD.
    ///
    /// # Errors
    /// What is wrong with the text, or that no endpoint answers it.
    pub fn endpoint(&self, endpoint: &str) -> Result<(&LockedRoute, &Terms), QueryError> {
        let asked: LockedRoute = endpoint.parse().map_err(QueryError::Route)?;
        let shape = asked.shape();
        let find = |method: &str| self.endpoints.iter().find(|(route, _)| route.method == method && route.shape() == shape);
        let exact = self.endpoints.get_key_value(&asked);
        let found = exact.or_else(|| LockedRoute::answered_by(&asked.method).find_map(find));
        found.ok_or_else(|| QueryError::endpoint(&asked, self))
    }

    /// Who may call an endpoint, as far as its access says: `when`, limits and step-up come on top.
    ///
    /// # Errors
    /// There is no such endpoint, or its access names more roles and scopes than can be tried.
    ///
    /// ```
    /// use portcullis_policy::{Caller, Lock, LockedRoute, Roles, Terms};
    ///
    /// let terms = Terms::new("clinic::delete_user", r#"role = "admin""#.parse()?);
    /// let endpoints = [(LockedRoute::new("DELETE", "/users/{id}"), terms)].into();
    /// let lock = Lock { roles: Roles::new([("admin", vec!["user"])]), endpoints, ..Lock::default() };
    ///
    /// assert_eq!(lock.who_can("DELETE /users/{id}")?.minimal, [Caller::holding(["admin"], [])]);
    /// assert!(lock.can("admin", "DELETE /users/{id}")?);
    /// assert_eq!(lock.unreachable(&Caller::holding(["user"], []), "/users/**")?.cases, 2);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn who_can(&self, endpoint: &str) -> Result<Callers, QueryError> {
        let (route, terms) = self.endpoint(endpoint)?;
        Callers::of(self.side(terms)).map_err(|_| QueryError::TooLarge(route.clone()))
    }

    /// Whether the access of an endpoint admits somebody who has one role, and nothing else.
    ///
    /// # Errors
    /// There is no such endpoint or role.
    pub fn can(&self, role: &str, endpoint: &str) -> Result<bool, QueryError> {
        self.admits(&Caller::holding([role], []), endpoint)
    }

    /// Whether the access of an endpoint admits a caller.
    ///
    /// # Errors
    /// There is no such endpoint, or no such role or scope.
    pub fn admits(&self, caller: &Caller, endpoint: &str) -> Result<bool, QueryError> {
        let (_, terms) = self.endpoint(endpoint)?;
        self.check(caller)?;
        Ok(self.side(terms).admits(caller))
    }

    /// Proves that the caller reaches nothing under the paths, `/admin/**` for instance: not with all that they hold, not with a
    /// part of it, and not without credentials.
    ///
    /// An endpoint is under the paths if one request that it answers could be, so `/{tenant}` is under `/admin`. A fallback is if
    /// its prefix is; what answers "not found" at the root does not undo a proof. A router without policies does, if any path that
    /// it may route is under the paths.
    ///
    /// # Errors
    /// [`QueryError::Reached`] with the endpoint and what it takes; or why nothing can be proved: no endpoint is under the paths,
    /// there is no such role or scope, or there are too many.
    pub fn unreachable(&self, caller: &Caller, paths: &str) -> Result<Proof, QueryError> {
        self.check(caller)?;
        let selector = Selector { paths: vec![paths.to_owned().into()].into(), ..Selector::default() };
        let is_under = |path: &str| selector.selects_route(Some(&LockedRoute::new("*", path))) == Some(true);
        for (prefix, _) in &self.unsecured {
            if is_under(prefix) || is_under(&format!("{prefix}/{{*rest}}")) {
                return Err(QueryError::Unsecured { paths: paths.to_owned(), prefix: prefix.clone() });
            }
        }
        let mut proof = Proof { cases: 0, endpoints: Vec::new() };
        for (route, terms) in self.endpoints.iter().filter(|(route, _)| is_under(&route.path)) {
            proof.cases += self.reaches(caller, route, terms)?;
            proof.endpoints.push(route.clone());
        }
        if proof.endpoints.is_empty() {
            return Err(QueryError::paths(paths, self));
        }
        Ok(proof)
    }

    /// Tries the caller with every part of what they hold, and says how many cases that were.
    fn reaches(&self, caller: &Caller, route: &LockedRoute, terms: &Terms) -> Result<u64, QueryError> {
        let side = self.side(terms);
        let reached = |caller: Caller| QueryError::Reached { route: route.clone(), caller };
        if side.admits(&Caller::Anonymous) {
            return Err(reached(Caller::Anonymous));
        }
        let Caller::Holding { roles, scopes } = caller else { return Ok(1) };
        let leaves = if let Admission::Allow(predicate) = &terms.admission { predicate.leaves() } else { Vec::new() };
        let asks_role = |own: &String| {
            leaves.iter().any(|leaf| matches!(leaf, Predicate::Role(name) if name == own || self.roles.includes(own, name)))
        };
        let asks_scope = |own: &String| leaves.iter().any(|leaf| matches!(leaf, Predicate::Scope(name) if name == own));
        let roles: Vec<&str> = roles.iter().filter(|role| asks_role(role)).map(String::as_str).collect();
        let scopes: Vec<&str> = scopes.iter().filter(|scope| asks_scope(scope)).map(String::as_str).collect();
        let size = roles.len() + scopes.len();
        if size > MOST_GRANTS {
            return Err(QueryError::TooLarge(route.clone()));
        }
        let part = |case: u64| {
            let held = |names: &[&str], from: usize| {
                let chosen = names.iter().enumerate().filter(|(index, _)| case >> (from + index) & 1 == 1);
                chosen.map(|(_, name)| (*name).to_owned()).collect::<Vec<_>>()
            };
            Caller::Holding { roles: held(&roles, 0), scopes: held(&scopes, roles.len()) }
        };
        let admitted = (0..1 << size).filter(|case| side.admits(&part(*case)));
        match admitted.min_by_key(|case| case.count_ones()) {
            Some(case) => Err(reached(part(case))),
            None => Ok((1 << size) + 1),
        }
    }

    /// Whether the roles and scopes of a caller are declared: with a misspelt one, a proof would say nothing.
    fn check(&self, caller: &Caller) -> Result<(), QueryError> {
        let Caller::Holding { roles, scopes } = caller else { return Ok(()) };
        if let Some(unknown) = roles.iter().find(|role| self.roles.names().all(|name| name != role.as_str())) {
            return Err(QueryError::unknown("role", unknown, self.roles.names()));
        }
        match scopes.iter().find(|scope| !self.scopes.contains_key(*scope)) {
            Some(unknown) => Err(QueryError::unknown("scope", unknown, self.scopes.keys().map(String::as_str))),
            None => Ok(()),
        }
    }

    fn side<'a>(&'a self, terms: &'a Terms) -> Side<'a> {
        Side { admission: &terms.admission, roles: &self.roles }
    }
}
