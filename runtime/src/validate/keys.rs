//! The keys of one object, or the names of one form, to find the second of a kind.
//! A few are compared one by one, without an allocation; an object of a client's with very many gets a keyed hash.

use super::document::Node;
use std::{borrow::Cow, collections::HashSet};

/// How many keys are compared one by one.
const FEW: usize = 16;

/// Whether a key is there twice.
pub(super) fn repeat(pairs: &[(Cow<'_, str>, Node<'_>)]) -> bool {
    if pairs.len() > FEW {
        let mut seen = HashSet::with_capacity_and_hasher(pairs.len(), ahash::RandomState::new());
        return !pairs.iter().all(|(key, _)| seen.insert(key.as_ref()));
    }
    let mut rest = pairs;
    while let Some(((key, _), others)) = rest.split_first() {
        if others.iter().any(|(other, _)| other == key) {
            return true;
        }
        rest = others;
    }
    false
}

#[cfg(test)]
mod tests {
    use super::{FEW, repeat};
    use crate::validate::document::Node;

    #[test]
    fn the_second_of_a_kind_is_found_before_and_behind_the_few() {
        let mut pairs = Vec::new();
        assert!(!repeat(&pairs));
        for number in 0..3 * FEW {
            pairs.push((number.to_string().into(), Node::Null));
            assert!(!repeat(&pairs), "{number}");
            for earlier in 0..=number {
                pairs.push((earlier.to_string().into(), Node::Null));
                assert!(repeat(&pairs), "{earlier} after {number}");
                pairs.pop();
            }
        }
    }
}
