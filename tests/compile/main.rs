//! What must compile, and then work: handlers of every shape, in every place, among every kind of neighbour.
//! Each is sent a request, so that what compiles is known to mean what it says.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_debug_implementations,
    missing_docs,
    reason = "a test that panics has failed, which is what it is for"
)]

mod answers;
mod arguments;
mod attributes;
mod conditions;
mod generics;
mod hygiene;
mod lints;
mod made_by_macros;
mod optional;
mod patterns;
mod places;
mod policies;
mod support;
