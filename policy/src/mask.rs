//! A set of grants (roles and scopes of one rule book) as bits.
//! Holding or not holding any of them is an AND, whatever the number of roles.

use std::fmt;

/// The number of 64-bit words in a [`Mask`].
const WORDS: usize = 4;

/// A set of grants: one bit for each role and each scope that the rule book declares.
///
/// The rule book fixes the bits, so two masks compare only under one rule book.
///
/// ```
/// use portcullis_policy::Mask;
///
/// let admin_or_editor = Mask::of(&[0, 3]);
/// assert!(Mask::of(&[3]).intersects(admin_or_editor));
/// assert!(!Mask::of(&[1]).intersects(admin_or_editor));
/// assert!(!Mask::EMPTY.intersects(admin_or_editor));
/// ```
#[derive(Clone, Copy, Default, Eq, Hash, PartialEq)]
pub struct Mask([u64; WORDS]);

impl Mask {
    /// The set without grants.
    pub const EMPTY: Self = Self([0; WORDS]);

    /// How many grants a rule book can declare.
    pub const CAPACITY: usize = WORDS * 64;

    /// A mask from its words, lowest bits first, as the macros write it.
    #[must_use]
    pub const fn from_words(words: [u64; WORDS]) -> Self {
        Self(words)
    }

    /// The words of the mask, lowest bits first.
    #[must_use]
    pub const fn words(self) -> [u64; WORDS] {
        self.0
    }

    /// The set of the given grants. Numbers of [`CAPACITY`](Self::CAPACITY) and above are not grants and are left out.
    #[must_use]
    pub fn of(grants: &[usize]) -> Self {
        grants.iter().fold(Self::EMPTY, |mask, grant| mask.with(*grant))
    }

    /// The set with one more grant. A number of [`CAPACITY`](Self::CAPACITY) or above changes nothing.
    #[must_use]
    pub fn with(mut self, grant: usize) -> Self {
        if let Some(word) = self.0.get_mut(grant / 64) {
            *word |= 1 << (grant % 64);
        }
        self
    }

    /// The grants of both sets.
    #[must_use]
    pub fn union(self, other: Self) -> Self {
        let mut words = self.0;
        for (word, more) in words.iter_mut().zip(other.0) {
            *word |= more;
        }
        Self(words)
    }

    /// Whether the sets share a grant. Nothing shares one with the empty set.
    #[must_use]
    #[inline]
    pub fn intersects(self, other: Self) -> bool {
        let [a0, a1, a2, a3] = self.0;
        let [b0, b1, b2, b3] = other.0;
        (a0 & b0) | (a1 & b1) | (a2 & b2) | (a3 & b3) != 0
    }

    /// Whether every grant of `other` is in this set. The empty set is in every set.
    #[must_use]
    pub fn contains(self, other: Self) -> bool {
        self.0.iter().zip(other.0).all(|(have, want)| have & want == want)
    }

    /// Whether the set has no grant.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self == Self::EMPTY
    }
}

impl fmt::Debug for Mask {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [w0, w1, w2, w3] = self.0;
        write!(f, "Mask({w3:016x}_{w2:016x}_{w1:016x}_{w0:016x})")
    }
}

#[cfg(test)]
mod tests {
    use super::Mask;
    use proptest::prelude::*;

    #[test]
    fn the_empty_set_meets_nothing_and_is_in_everything() {
        assert!(!Mask::EMPTY.intersects(Mask::EMPTY));
        assert!(Mask::EMPTY.contains(Mask::EMPTY));
        assert!(Mask::of(&[255]).contains(Mask::EMPTY));
    }

    #[test]
    fn a_number_past_the_capacity_is_no_grant() {
        assert_eq!(Mask::of(&[Mask::CAPACITY, usize::MAX]), Mask::EMPTY);
    }

    proptest! {
        #[test]
        fn masks_are_sets(a in proptest::collection::hash_set(0usize..256, 0..20), b in proptest::collection::hash_set(0usize..256, 0..20)) {
            let (left, right) = (Mask::of(&Vec::from_iter(a.clone())), Mask::of(&Vec::from_iter(b.clone())));
            prop_assert_eq!(left.intersects(right), !a.is_disjoint(&b));
            prop_assert_eq!(left.contains(right), a.is_superset(&b));
            prop_assert_eq!(left.union(right), Mask::of(&Vec::from_iter(a.union(&b).copied())));
        }
    }
}
