//! Stage: whether the principal holds what the policy requires, by roles and scopes.
//! An AND of bit masks; the names are for the answer only.

use super::exchange::Exchange;
use crate::{Denial, Principal};
use portcullis_policy::{Access, Mask};

pub(super) fn check(exchange: &Exchange, principal: Option<&Principal>) -> Result<(), Denial> {
    match (exchange.endpoint.policy.access(), principal) {
        (Access::Public(_), _) | (Access::Authenticated, Some(_)) => Ok(()),
        (_, None) => Err(Denial::NoCredentials),
        (Access::Allow(requirement), Some(principal)) => {
            if requirement.is_met_by(principal.grants()) {
                return Ok(());
            }
            let scopes = requirement.scopes();
            // Scopes are worth asking for only where having them all would help: a missing role cannot be asked for.
            let with_scopes = scopes.iter().filter_map(|name| exchange.endpoint.core.rule_book.scope(name));
            let grants = with_scopes.fold(principal.grants(), |grants: Mask, scope| grants.union(scope.grant()));
            let scopes = if requirement.is_met_by(grants) { scopes } else { Vec::new() };
            Err(Denial::NotAllowed { scopes })
        }
    }
}
