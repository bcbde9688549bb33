//! Routing of secured handlers: a router that takes nothing else, and knows every endpoint it has.
//! Thin over axum's own; what axum would panic about is kept as a problem for `secured_by` to report.

mod handler;
mod house_rules;
mod method;
mod mount;
mod named;
#[cfg(feature = "openapi")]
mod openapi;
mod paths;
mod router;
mod secured;

#[doc(hidden)]
pub use handler::{Attached, Mounted};
pub use handler::{GivenTo, SecuredHandler};
pub use method::{MethodRouter, any, delete, get, head, on, options, patch, post, put, trace};
pub use named::{NamedRoute, NamesRoute};
pub use router::{IntoSecure, SecureRouter};
pub use secured::StateGiven;
