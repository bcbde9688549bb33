//! What the macros write names of. Not part of the interface: it changes without notice.
//! The macros are pinned to this exact version, so the two always match.

pub use crate::{
    fit::{AnyFit, Fit, Fitting},
    guard::Always,
};
pub use axum::response::Response;
#[cfg(feature = "validation")]
pub use garde;
pub use portcullis_macros::vanish;
pub use portcullis_policy::{Demands, Rate, RateKey, Rule, Selector, StepUp, pattern_matches_handler};
#[cfg(feature = "openapi")]
pub mod openapi {
    //! What the macros say of a handler for the OpenAPI document, and ask of its types.
    pub use crate::openapi::{Answer, AnyAnswer, AnyInput, Description, Input, Outcome, OutlinedAnswer, OutlinedInput, Sketch};
}
#[cfg(feature = "openapi")]
pub use schemars;
pub use serde;
pub use std::borrow::Cow;

use portcullis_policy::{Access, Mask, Requirement};

/// The access of `role = "…"`, with the mask of all roles that have it.
#[must_use]
pub const fn role(name: &'static str, held_by: [u64; 4]) -> Access {
    Access::Allow(Requirement::Role(name, Mask::from_words(held_by)))
}

/// The access of `scope = "…"`.
#[must_use]
pub const fn scope(name: &'static str, grant: [u64; 4]) -> Access {
    Access::Allow(Requirement::Scope(name, Mask::from_words(grant)))
}
