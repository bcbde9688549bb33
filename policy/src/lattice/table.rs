//! Truth tables over every combination of grants: what decides who is admitted, exactly and fast.
//! 64 combinations to a word, so that a million of them are a few thousand ANDs.

/// A truth table over all combinations of the leaves: one bit for each, 64 to a word.
///
/// Combination number `n` grants leaf `i` where bit `i` of `n` is set. Fewer than six leaves repeat within the word, which does no
/// harm: every combination is there, and none that is not.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct Table(Vec<u64>);

/// The leaves whose bit of the combination's number lies within one word.
const WITHIN: [u64; 6] = [
    0xaaaa_aaaa_aaaa_aaaa,
    0xcccc_cccc_cccc_cccc,
    0xf0f0_f0f0_f0f0_f0f0,
    0xff00_ff00_ff00_ff00,
    0xffff_0000_ffff_0000,
    0xffff_ffff_0000_0000,
];

impl Table {
    fn words(leaves: usize) -> usize {
        1 << leaves.saturating_sub(6)
    }

    pub(crate) fn constant(value: bool, leaves: usize) -> Self {
        Self(vec![if value { u64::MAX } else { 0 }; Self::words(leaves)])
    }

    /// The combinations that grant this leaf.
    pub(crate) fn column(leaf: usize, leaves: usize) -> Self {
        let word = |index: usize| match WITHIN.get(leaf) {
            Some(pattern) => *pattern,
            None if index >> (leaf - WITHIN.len()) & 1 == 1 => u64::MAX,
            None => 0,
        };
        Self((0..Self::words(leaves)).map(word).collect())
    }

    pub(crate) fn and(&self, other: &Self) -> Self {
        Self(self.0.iter().zip(&other.0).map(|(a, b)| a & b).collect())
    }

    pub(crate) fn or(&self, other: &Self) -> Self {
        Self(self.0.iter().zip(&other.0).map(|(a, b)| a | b).collect())
    }

    pub(crate) fn not(&self) -> Self {
        Self(self.0.iter().map(|word| !word).collect())
    }

    pub(crate) fn has_any(&self) -> bool {
        self.0.iter().any(|word| *word != 0)
    }

    /// The combinations that lack this leaf, with it granted.
    pub(crate) fn raised(&self, leaf: usize) -> Self {
        let word = |(index, word): (usize, &u64)| match (WITHIN.get(leaf), leaf.checked_sub(WITHIN.len())) {
            (Some(pattern), _) => (word & !pattern) << (1 << leaf),
            (None, Some(bit)) if index >> bit & 1 == 1 => self.0.get(index & !(1 << bit)).copied().unwrap_or(0),
            (None, _) => 0,
        };
        Self(self.0.iter().enumerate().map(word).collect())
    }

    /// The combinations, in order.
    ///
    /// With fewer than six leaves they repeat within the word, and the first time around is the one that counts.
    pub(crate) fn cases(&self, leaves: usize) -> impl Iterator<Item = u64> {
        let words = self.0.iter().zip(0u64..);
        let bits =
            words.flat_map(|(word, index)| (0..64).filter(move |bit| word >> bit & 1 == 1).map(move |bit| index * 64 + bit));
        bits.filter(move |case| leaves >= 64 || case >> leaves == 0)
    }

    /// The combination in which the fewest are granted, of equals the first, if there is any.
    pub(crate) fn smallest(&self, leaves: usize) -> Option<u64> {
        self.cases(leaves).min_by_key(|case| case.count_ones())
    }
}
