//! Stage: the limits by principal, and those that all callers share.
//! After authentication, so that a stranger cannot use up what others are allowed.

use super::exchange::Exchange;
use crate::{Denial, Principal, limit::Key};
use portcullis_policy::RateKey;

pub(super) fn check(exchange: &mut Exchange, principal: Option<&Principal>) -> Result<(), Denial> {
    if exchange.endpoint.limits_by(RateKey::Principal) {
        // The macros refuse `per principal` on public endpoints; were there one, its callers would share one budget.
        let key = principal.map_or(Key::EVERYBODY, |principal| exchange.endpoint.core.key_of(principal));
        exchange.take(RateKey::Principal, key)?;
    }
    exchange.take(RateKey::Global, Key::EVERYBODY)
}
