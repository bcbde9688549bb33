//! Where in a refused input keys are given twice, as far as the type knows the names: a key of the client's is not repeated.
//! Works on the document, without the repetitions in it, so that the type can be read to its end.

use super::{
    document::{Node, Object, Shape},
    fault::{MORE_THAN_ONCE, REPEATED_KEY},
    pointer::{Pointer, Segment},
    report::MOST_ERRORS,
};
use crate::{Denial, InputError, RequestPart, input::Inputs};
use serde::de::DeserializeOwned;
use std::collections::HashSet;

/// The denial for an input in which keys are repeated, each with its place.
pub(super) fn denial<T: DeserializeOwned>(mut document: Node<'_>, part: RequestPart) -> Denial {
    let found = repeated(&mut document);
    // For the names that the type leaves in the document. Whether it can be read does not matter any more.
    let unchecked = Inputs::Unchecked.set();
    let _ = T::deserialize(&document);
    drop(unchecked);
    errors(&found, &document, part)
}

/// The paths of the keys that are repeated, which are no longer in the document then.
fn repeated(document: &mut Node<'_>) -> Vec<Vec<Segment>> {
    let mut found = Vec::new();
    take_out(document, &mut Vec::new(), &mut found);
    found
}

fn errors(found: &[Vec<Segment>], document: &Node<'_>, part: RequestPart) -> Denial {
    Denial::InvalidInput(found.iter().map(|path| error(path, document, part)).collect())
}

/// Takes all but the first of a kind out of every object, and notes the paths of the others.
fn take_out(node: &mut Node<'_>, path: &mut Vec<Segment>, found: &mut Vec<Vec<Segment>>) {
    match node {
        Node::List(items) => {
            for (index, item) in items.iter_mut().enumerate() {
                path.push(Segment::Index(index));
                take_out(item, path, found);
                path.pop();
            }
        }
        Node::Object(Object { pairs, .. }) => {
            let mut seen = HashSet::<String, ahash::RandomState>::default();
            let mut told = HashSet::<String, ahash::RandomState>::default();
            pairs.retain_mut(|(key, value)| {
                path.push(Segment::Name(key.to_string()));
                let is_first = seen.insert(key.to_string());
                if is_first {
                    take_out(value, path, found);
                } else if told.insert(key.to_string()) && found.len() < MOST_ERRORS {
                    found.push(path.clone());
                }
                path.pop();
                is_first
            });
        }
        _ => {}
    }
}

/// The error for a repeated key: at the key if the type declares it, or else at the nearest parent that it declares.
fn error(path: &[Segment], document: &Node<'_>, part: RequestPart) -> InputError {
    let mut pointer = Pointer::root();
    let mut place = Some(document);
    for segment in path {
        let next = match (segment, place) {
            (Segment::Index(index), Some(Node::List(items))) => items.get(*index),
            (Segment::Name(name), Some(Node::Object(object))) if declares(object, name) => {
                object.pairs.iter().find(|(key, _)| key == name).map(|(_, value)| value)
            }
            _ => None,
        };
        let Some(next) = next else {
            return InputError::new(part, pointer.into_text(), "duplicate", REPEATED_KEY);
        };
        pointer.push(segment);
        place = Some(next);
    }
    InputError::new(part, pointer.into_text(), "duplicate", MORE_THAN_ONCE)
}

/// Whether the type that was read out of an object has this name from its own declaration.
fn declares(object: &Object<'_>, name: &str) -> bool {
    match object.shape.get() {
        Shape::Fields(fields) => fields.contains(&name),
        Shape::Variant | Shape::Newtype => true,
        Shape::Free | Shape::Flattened => false,
    }
}
