//! What an endpoint is tried with, a check a module.

pub(super) mod access;
pub(super) mod body;
pub(super) mod every_answer;
pub(super) mod failures;
pub(super) mod limits;
pub(super) mod media_type;
pub(super) mod step_up;
pub(super) mod tokens;
