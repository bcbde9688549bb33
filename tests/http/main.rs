//! What a client of a guarded service sees: every denial, the order of the stages, headers, limits, tokens, routing.
//! Each request goes through a real router; where that is not enough, through a real socket.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    missing_debug_implementations,
    missing_docs,
    reason = "a test that panics has failed, which is what it is for"
)]

pub(crate) use portcullis as renamed;

mod access;
mod audit;
mod bad_input;
mod credentials;
mod denials;
mod docs;
mod extractors;
mod fastapi;
mod fits;
mod headers;
mod house_rules;
mod layers;
mod locked;
mod logs;
mod manifest;
mod methods;
mod mount;
mod negotiation;
mod order;
mod output;
mod plain_axum;
mod proof;
mod public;
mod rate_keys;
mod rates;
mod refusals_read_nothing;
mod renderer;
mod routing;
mod sockets;
mod startup;
mod step_up;
mod streams;
mod support;
mod timeouts;
mod token_attacks;
mod tokens;
mod validation;
