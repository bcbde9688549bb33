//! What a file with handlers needs, in one line: `use portcullis::prelude::*;`.

#[cfg(feature = "validation")]
pub use crate::Valid;
pub use crate::{
    Principal, SecureRouter, Security, rule_book,
    routing::{any, delete, get, head, on, options, patch, post, put, trace},
    secure,
};
