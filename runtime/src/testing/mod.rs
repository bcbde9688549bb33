//! Assertions on the policies of a service, for its own tests. Behind the feature `testing`, which belongs among the dev-dependencies:
//! `cargo add --dev portcullis --features testing`.
//!
//! ```no_run
//! use portcullis::{prelude::*, testing};
//!
//! # fn app() -> SecureRouter { SecureRouter::new() }
//! #[test]
//! fn the_policies_are_those_that_were_reviewed() {
//!     testing::assert_locked!(app());
//! }
//! ```

#[cfg(feature = "openapi")]
mod export;
mod lock;
mod locked;
mod mode;
#[cfg(feature = "jwt")]
mod probe;
mod proof;

#[doc(inline)]
pub use crate::__assert_locked as assert_locked;
#[cfg(feature = "openapi")]
#[doc(inline)]
pub use crate::__export_openapi as export_openapi;
#[cfg(feature = "openapi")]
#[doc(hidden)]
pub use export::export_openapi_document;
pub use lock::{Listed, lock_of};
#[doc(hidden)]
pub use locked::assert_lock_file;
#[doc(no_inline)]
pub use portcullis_policy::{Caller, Callers, Lock, LockedRoute, Proof, QueryError};
#[cfg(feature = "jwt")]
pub use probe::{Disagreement, NotTried, Probe, Report, probe};
pub use proof::assert_unreachable;
