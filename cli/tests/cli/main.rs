//! The command as its users call it: the real binary, with its output, its errors and its exit codes.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a test that panics has failed, which is what it is for"
)]

mod check;
mod conventions;
mod diff;
mod diff_revisions;
mod explain;
mod export;
mod hostile;
mod init;
mod lock;
mod matrix;
mod mutate;
mod page;
mod support;
