//! The OpenAPI document of a service with one endpoint of each kind: as a whole, and what a client is promised by it.
//! `UPDATE_GOLDEN=1` writes the whole anew; read what changed.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    missing_debug_implementations,
    missing_docs,
    dead_code,
    reason = "a test that panics has failed, which is what it is for; of many types only the schema counts"
)]

mod answers;
mod arguments;
mod both;
mod golden;
mod instances;
mod older;
mod served;
mod service;
