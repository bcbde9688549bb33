//! The rules, by what they are about. Each looks at one construct and reports what it finds.

pub(crate) mod builder;
pub(crate) mod lints;
pub(crate) mod literals;
pub(crate) mod policy;
pub(crate) mod routing;
pub(crate) mod secret_names;
pub(crate) mod secrets;
pub(crate) mod shapes;
pub(crate) mod tokens;
pub(crate) mod words;
