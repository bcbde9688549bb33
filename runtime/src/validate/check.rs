//! What the extractors share: a type is read out of a document and checked, and what is wrong with it is explained.
//! What is built for each type is two readings of it, [`read`] and [`Again`]; all else is built once.

use super::{
    codes,
    document::Node,
    fault::Fault,
    pointer::{Pointer, Segment},
    report,
};
use crate::{
    Denial, RequestPart,
    input::{self, Inputs},
};
use garde::{Report, Validate};
use serde::de::DeserializeOwned;

/// Reads a type once more and drops it, for what is wrong with it: why it cannot be read, or the rules that it breaks.
type Again = fn(&Node<'_>, Inputs) -> Result<Option<Report>, Fault>;

/// The value, if it can be read out of the document and keeps the rules of its type.
pub(super) fn read<T: DeserializeOwned + Validate<Context: Default>>(
    document: &Node<'_>,
    part: RequestPart,
) -> Result<T, Denial> {
    // Not by combinators, which would be built for each type as well.
    if let Ok(value) = T::deserialize(document)
        && value.validate().is_ok()
    {
        return Ok(value);
    }
    Err(wrong(again::<T>, document, part))
}

/// The denial for what is refused after it was read in another way.
pub(super) fn denial<T: DeserializeOwned + Validate<Context: Default>>(document: &Node<'_>, part: RequestPart) -> Denial {
    wrong(again::<T>, document, part)
}

/// The denial for a `T` that breaks its rules, in the place of that name if there is one; `None` if the rules are not what is broken.
pub(super) fn broken_input<T: DeserializeOwned + Validate<Context: Default>>(
    name: Option<&str>,
    document: &Node<'_>,
    part: RequestPart,
) -> Option<Denial> {
    let report = without_rules(again::<T>, document).ok().flatten()?;
    let mut place = Pointer::root();
    if let Some(name) = name {
        place.push(&Segment::Name(name.to_owned()));
    }
    Some(report::denial_within(place, &report, Some(document), part))
}

fn again<T: DeserializeOwned + Validate<Context: Default>>(document: &Node<'_>, inputs: Inputs) -> Result<Option<Report>, Fault> {
    let inputs = inputs.set();
    let value = T::deserialize(document)?;
    drop(inputs);
    Ok(value.validate().err())
}

/// The denial for an input that is well formed and yet not a value of the type, or not one that keeps its rules.
#[cold]
fn wrong(again: Again, document: &Node<'_>, part: RequestPart) -> Denial {
    match without_rules(again, document) {
        Err(fault) => Denial::InvalidInput(vec![fault.into_error(part)]),
        Ok(Some(report)) => report::denial(&report, Some(document), part),
        Ok(None) => in_it(again, document, part),
    }
}

/// What is wrong with the document in all of its inputs at once: those in it do not check their rules, which are those of the whole then.
fn without_rules(again: Again, document: &Node<'_>) -> Result<Option<Report>, Fault> {
    codes::within(|| again(document, Inputs::Unchecked))
}

/// The denial for an input in which another one is wrong whose rules are not those of the whole: nothing dives into it.
fn in_it(again: Again, document: &Node<'_>, part: RequestPart) -> Denial {
    match input::telling(|| codes::within(|| again(document, Inputs::Checked))) {
        (Err(fault), Some(report)) => {
            let (place, document) = fault.place(document);
            report::denial_within(place, &report, document, part)
        }
        (Err(fault), None) => Denial::InvalidInput(vec![fault.into_error(part)]),
        // The type does not read the same out of the same document twice, so that there is nothing to say of it.
        (Ok(_), _) => Denial::InvalidInput(vec![Fault::generic().into_error(part)]),
    }
}
