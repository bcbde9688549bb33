//! What the extractors share: the rules of a value that deserialised, and the explanation of an input that did not.
//! The happy path is one call of garde; documents are built only for inputs that are refused.

use super::{document::Node, fault::Fault, report};
use crate::Denial;
use garde::{Report, Validate};
use serde::de::DeserializeOwned;

/// The value, if it keeps the rules of its type. The document is asked for only if it does not.
pub(super) fn rules<'a, T>(value: T, part: &str, document: impl FnOnce() -> Option<Node<'a>>) -> Result<T, Denial>
where
    T: DeserializeOwned + Validate<Context: Default>,
{
    match value.validate() {
        Ok(()) => Ok(value),
        Err(report) => Err(broken::<T>(&report, document().as_ref(), part)),
    }
}

/// The denial for an input that is a `T` and breaks its rules.
pub(super) fn broken<T: DeserializeOwned>(report: &Report, document: Option<&Node<'_>>, part: &str) -> Denial {
    if let Some(document) = document {
        // Read once more for the names that it leaves in the document. That it can be read is known.
        let _ = T::deserialize(document);
    }
    report::denial(report, document, part)
}

/// The denial for an input that is well formed and yet not a `T`.
pub(super) fn not_a<T: DeserializeOwned>(document: &Node<'_>, part: &str) -> Denial {
    let fault = match T::deserialize(document) {
        Err(fault) => fault,
        // The type has its own way of reading this format, which a document cannot follow.
        Ok(_) => Fault::generic(),
    };
    Denial::InvalidInput(vec![fault.into_error(part)])
}
