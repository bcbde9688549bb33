//! The keys of one object, or the names of one form, to find the second of a kind.
//! The first few lie in place, without an allocation; an object of a client's with very many gets a keyed hash.

use std::{borrow::Cow, collections::HashSet};

/// How many keys are compared one by one.
const FEW: usize = 16;

/// The keys of one object.
pub(super) struct Keys<'k> {
    few: [Cow<'k, str>; FEW],
    length: usize,
    many: Option<HashSet<Cow<'k, str>, ahash::RandomState>>,
}

impl<'k> Keys<'k> {
    /// One key.
    pub(super) fn of(first: Cow<'k, str>) -> Self {
        let mut few = [const { Cow::Borrowed("") }; FEW];
        if let Some(place) = few.first_mut() {
            *place = first;
        }
        Self { few, length: 1, many: None }
    }

    /// One key more; false if it is there already.
    pub(super) fn insert(&mut self, key: Cow<'k, str>) -> bool {
        if let Some(many) = &mut self.many {
            return many.insert(key);
        }
        if self.few.iter().take(self.length).any(|other| *other == key) {
            return false;
        }
        match self.few.get_mut(self.length) {
            Some(place) => {
                *place = key;
                self.length += 1;
            }
            None => {
                let few = self.few.iter_mut().map(std::mem::take);
                self.many = Some(few.chain([key]).collect());
            }
        }
        true
    }
}

#[cfg(test)]
mod tests {
    use super::{FEW, Keys};

    #[test]
    fn the_second_of_a_kind_is_found_before_and_behind_the_few() {
        let mut keys = Keys::of("0".into());
        assert!(!keys.insert("0".into()));
        for number in 1..3 * FEW {
            assert!(keys.insert(number.to_string().into()), "{number}");
            for earlier in 0..=number {
                assert!(!keys.insert(earlier.to_string().into()), "{earlier} after {number}");
            }
        }
        assert!(keys.insert("".into()));
    }
}
