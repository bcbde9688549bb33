//! The vocabulary of Portcullis: what an endpoint's policy says, and the rule book that it says it in.
//! Pure data and grammars, no I/O: the macros use it at compile time and the runtime on every request.
//!
//! You will rarely name this crate: `portcullis` re-exports what a service needs.
//!
//! ```
//! use portcullis_policy::{Rate, RateKey};
//!
//! let rate: Rate = "100/h per ip burst 20".parse()?;
//! assert_eq!(rate.count(), 100);
//! assert_eq!(rate.key(), Some(RateKey::Ip));
//! assert_eq!(rate.to_string(), "100/h per ip burst 20");
//! # Ok::<(), portcullis_policy::GrammarError>(())
//! ```
#![cfg_attr(
    test,
    allow(
        clippy::unwrap_used,
        clippy::expect_used,
        clippy::panic,
        clippy::indexing_slicing,
        reason = "a test that panics has failed, which is what it is for"
    )
)]

mod access;
pub mod diff;
mod explain;
#[cfg(feature = "rule-book")]
mod file;
mod grammar;
mod lattice;
mod lock;
mod manifest;
mod mask;
mod policy;
pub mod predicate;
mod query;
mod rule_book;
mod rules;
#[cfg(test)]
mod strategies;
pub mod suggest;
mod terms;
mod visible;

pub use access::{Access, Requirement};
pub use explain::explain;
#[cfg(feature = "rule-book")]
pub use file::FileError;
pub use grammar::{AuditName, ByteSize, GrammarError, Period, Rate, RateKey, RoutePattern};
pub use lattice::{Caller, Callers, Comparison, Roles, Side, TooLarge};
pub use lock::{Lock, LockedRoute};
pub use manifest::{Entry, Manifest, Route};
pub use mask::Mask;
pub use policy::{Input, Limit, Policy, StepUp};
pub use predicate::Predicate;
pub use query::{Proof, QueryError};
#[cfg(feature = "schema")]
pub use rule_book::file::schema;
#[cfg(feature = "rule-book")]
pub use rule_book::file::{Defaults, Require, RuleBookFile};
pub use rule_book::{Role, RuleBook, Scope};
pub use rules::{Breach, Demands, Part, Rule, Selector, Text, Texts, pattern_matches_handler};
pub use terms::{Admission, Terms};
pub use visible::visible;
