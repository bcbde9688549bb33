//! OpenAPI: the document of a router, from its policies, the types of its handlers and their doc comments.
//! Built once, when the router is secured, so that what it says of an endpoint is what the guard does.

mod answer;
mod argument;
mod description;
mod document;
mod names;
mod operation;
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
pub use settings::OpenApi;
pub use sketch::Sketch;
