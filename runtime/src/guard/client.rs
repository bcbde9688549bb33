//! What the connection says of a client: its address, and whether TLS protected the request.
//! Only what the server itself saw counts here; nothing that a client can write.

use axum::extract::connect_info::{ConnectInfo, MockConnectInfo};
use http::Extensions;
use std::net::{IpAddr, SocketAddr};

/// Marks a request that reached this process over TLS. A listener that ends TLS puts it into the request's extensions; for a proxy
/// in front there is [`behind_tls`](crate::SecurityBuilder::behind_tls).
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub struct OverTls;

/// The address of the peer, where the server was asked to note it.
pub(super) fn address(extensions: &Extensions) -> Option<IpAddr> {
    let real = extensions.get::<ConnectInfo<SocketAddr>>().map(|info| info.0.ip());
    real.or_else(|| extensions.get::<MockConnectInfo<SocketAddr>>().map(|info| info.0.ip()))
}

/// Whether TLS protected the request on its way into this process.
pub(crate) fn is_over_tls(extensions: &Extensions) -> bool {
    extensions.get::<OverTls>().is_some()
}
