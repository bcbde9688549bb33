//! Assertions on the policies of a service, for its own tests. Behind the feature `testing`, which belongs among the dev-dependencies:
//! `cargo add --dev portcullis --features testing`.

mod lock;
#[cfg(feature = "jwt")]
mod probe;

pub use lock::{Listed, lock_of};
#[doc(no_inline)]
pub use portcullis_policy::{Caller, Lock, LockedRoute};
#[cfg(feature = "jwt")]
pub use probe::{Disagreement, NotTried, Probe, Report, probe};
