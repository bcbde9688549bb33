//! The small languages inside the literals of `#[secure]`: rates, sizes, durations, paths and names.
//! Each parses and prints, and what it prints parses back; the macros, the rule book and the builder share them.

mod audit;
mod duration;
mod rate;
mod route;
mod size;
mod unit;

pub use audit::AuditName;
pub use duration::Period;
pub(crate) use rate::per_unit;
pub use rate::{Rate, RateKey};
pub use route::RoutePattern;
pub use size::ByteSize;
pub(crate) use unit::Quoted;

use std::fmt;

/// Why a literal does not parse, with the remedy: lower case, no final period.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct GrammarError(String);

impl GrammarError {
    pub(crate) fn new(message: impl Into<String>) -> Self {
        Self(message.into())
    }
}

impl fmt::Display for GrammarError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for GrammarError {}
