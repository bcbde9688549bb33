//! Stage: the limits by address, before anything is spent on who the caller claims to be.
//! An address that is not known is a mistake in the service's set-up, and refused as one.

use super::{client, exchange::Exchange};
use crate::{Denial, limit::Key};
use http::request::Parts;
use portcullis_policy::RateKey;

pub(super) fn check(exchange: &mut Exchange, head: &Parts) -> Result<(), Denial> {
    if !exchange.endpoint.limits_by(RateKey::Ip) {
        return Ok(());
    }
    let Some(address) = client::address(&head.extensions) else {
        return Err(Denial::Misconfigured(
            "a limit per ip needs the peer's address; serve `app.into_make_service_with_connect_info::<SocketAddr>()`",
        ));
    };
    exchange.take(RateKey::Ip, Key::of_address(address))
}
