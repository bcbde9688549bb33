//! What a file with handlers needs, in one line: `use portcullis::prelude::*;`.

#[cfg(feature = "docs")]
pub use crate::DocsPage;
#[cfg(feature = "validation")]
pub use crate::{Input, Valid};
#[cfg(feature = "openapi")]
pub use crate::{OpenApi, OpenApiDocument};
pub use crate::{
    Output, Principal, Secret, SecureRouter, Security,
    routing::{any, delete, get, head, on, options, patch, post, put, trace},
    rule_book, secure,
};
