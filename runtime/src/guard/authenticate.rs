//! Stage: who is calling. Public endpoints skip it, unless their handler asks for an `Option<Principal>`.
//! Bad credentials are never taken for none, and each failure counts against the address.

use super::{attachment::Attachment, client, exchange::Exchange};
use crate::{Denial, Principal, limit::Key, security::Core};
use http::{Extensions, HeaderMap, request::Parts};

pub(super) async fn check(exchange: &mut Exchange, head: &mut Parts) -> Result<Option<Principal>, Denial> {
    if exchange.endpoint.policy.access().is_public() {
        return Ok(None);
    }
    let Some(principal) = authenticate(&exchange.endpoint.core, &head.headers, &head.extensions).await? else {
        return Err(Denial::NoCredentials);
    };
    if let Some(attachment) = head.extensions.get_mut::<Attachment>() {
        attachment.principal = Some(principal.clone());
    }
    exchange.audit_caller(&principal);
    Ok(Some(principal))
}

/// The principal for a handler that asks for one: the guard's, or on a public endpoint whoever the credentials name.
pub(crate) async fn principal_of(head: &Parts) -> Result<Option<Principal>, Denial> {
    let Some(attachment) = head.extensions.get::<Attachment>() else {
        return Err(Denial::Misconfigured("a `Principal` is known behind `#[secure]` only"));
    };
    if let Some(principal) = &attachment.principal {
        return Ok(Some(principal.clone()));
    }
    let principal = authenticate(attachment.core(), &head.headers, &head.extensions).await?;
    if let (Some(principal), Some(told)) = (&principal, &attachment.told) {
        let _ = told.set(principal.clone());
    }
    Ok(principal)
}

async fn authenticate(core: &Core, headers: &HeaderMap, extensions: &Extensions) -> Result<Option<Principal>, Denial> {
    let outcome = core.schemes.authenticate(headers, core.clock.unix_time(), core.rule_book).await;
    outcome.map_err(|failure| {
        // Without an address all failures count together: stricter, never looser. Too many take the place of the failure's own refusal.
        let key = client::address(extensions).map_or(Key::EVERYBODY, Key::of_address);
        core.failures.take(key).err().unwrap_or(failure)
    })
}
