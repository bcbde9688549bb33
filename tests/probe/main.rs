//! The probe: a service that does what its manifest says passes, and one that does not is told where.
//! That no stage of the guard can go missing unnoticed is shown stage by stage, in a copy of the sources.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_debug_implementations,
    missing_docs,
    reason = "a test that panics has failed, which is what it is for"
)]

mod holds;
mod options;
mod reports;
mod service;
mod stages;
