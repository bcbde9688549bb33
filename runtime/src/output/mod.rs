//! Output that cannot leak: what an answer shows of a value depends on who asked, and outside of an answer nothing is shown.
//! The guard says who looks; what `#[derive(Output)]` writes asks here, field by field.

mod viewer;

pub use viewer::is_shown;
pub(crate) use viewer::{Viewer, as_seen_by};
