//! What the extractors share: the rules of a value that deserialised, and the explanation of an input that did not.
//! The happy path is one call of garde; documents are built only for inputs that are refused.

use super::{
    codes,
    document::Node,
    fault::Fault,
    pointer::{Pointer, Segment},
    report,
};
use crate::{Denial, RequestPart, input};
use garde::{Report, Validate};
use serde::de::DeserializeOwned;

/// The value, if it keeps the rules of its type. The document is asked for only if it does not.
pub(super) fn rules<'a, T>(value: T, part: RequestPart, document: impl FnOnce() -> Option<Node<'a>>) -> Result<T, Denial>
where
    T: DeserializeOwned + Validate<Context: Default>,
{
    match codes::validate(&value) {
        Ok(()) => Ok(value),
        Err(report) => Err(broken::<T>(&report, document().as_ref(), part)),
    }
}

/// The denial for an input that is a `T` and breaks its rules.
pub(super) fn broken<T: DeserializeOwned>(report: &Report, document: Option<&Node<'_>>, part: RequestPart) -> Denial {
    if let Some(document) = document {
        // Read once more for the names that it leaves in the document. That it can be read is known.
        let _ = input::unchecked(|| T::deserialize(document));
    }
    report::denial(report, document, part)
}

/// The denial for an input that is well formed and yet not a `T`.
pub(super) fn not_a<T: DeserializeOwned + Validate<Context: Default>>(document: &Node<'_>, part: RequestPart) -> Denial {
    match without_rules::<T>(document) {
        Err(fault) => Denial::InvalidInput(vec![fault.into_error(part)]),
        Ok(Some(report)) => report::denial(&report, Some(document), part),
        Ok(None) => in_it::<T>(document, part),
    }
}

/// The denial for a `T` that breaks its rules, in the place of that name if there is one; `None` if the rules are not what is broken.
pub(super) fn broken_input<T: DeserializeOwned + Validate<Context: Default>>(
    name: Option<&str>,
    document: &Node<'_>,
    part: RequestPart,
) -> Option<Denial> {
    let report = without_rules::<T>(document).ok().flatten()?;
    let mut place = Pointer::root();
    if let Some(name) = name {
        place.push(&Segment::Name(name.to_owned()));
    }
    Some(report::denial_within(place, &report, Some(document), part))
}

/// What is wrong with the document in all of its inputs at once: those in it do not check their rules, which are those of the whole then.
fn without_rules<T: DeserializeOwned + Validate<Context: Default>>(document: &Node<'_>) -> Result<Option<Report>, Fault> {
    let value = input::unchecked(|| T::deserialize(document))?;
    Ok(codes::validate(&value).err())
}

/// The denial for an input in which another one is wrong whose rules are not those of the whole: nothing dives into it.
fn in_it<T: DeserializeOwned>(document: &Node<'_>, part: RequestPart) -> Denial {
    match input::telling(|| codes::within(|| T::deserialize(document))) {
        (Err(fault), Some(report)) => {
            let (place, document) = fault.place(document);
            report::denial_within(place, &report, document, part)
        }
        (Err(fault), None) => Denial::InvalidInput(vec![fault.into_error(part)]),
        // The type has its own way of reading this format, which a document cannot follow.
        (Ok(_), _) => Denial::InvalidInput(vec![Fault::generic().into_error(part)]),
    }
}
