//! OpenAPI: the document of a router, from its policies, the types of its handlers and their doc comments.
//! Built once, when the router is secured, so that what it says of an endpoint is what the guard does.

mod answer;
mod argument;
mod description;
mod document;
mod downgrade;
mod names;
mod operation;
mod package;
#[cfg(feature = "docs")]
mod page;
mod parameters;
mod path;
mod problems;
mod requirement;
mod schemas;
mod schemes;
mod serve;
mod settings;
mod sketch;
#[cfg(test)]
mod tests;

pub use answer::{Answer, AnyAnswer, Outcome, OutlinedAnswer};
pub use argument::{AnyInput, Input, OutlinedInput};
pub use description::Description;
pub(crate) use document::{Described, Document};
pub use serve::OpenApiDocument;
#[cfg(feature = "docs")]
pub(crate) use serve::names;
pub use settings::OpenApi;
pub use sketch::Sketch;
