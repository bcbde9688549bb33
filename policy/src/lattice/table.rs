//! Truth tables over every combination of grants: what decides who is admitted, exactly and fast.
//! 64 combinations to a word, so that a million of them are a few thousand ANDs.

/// A truth table over all combinations of the leaves: one bit for each, 64 to a word.
///
/// Combination number `n` grants leaf `i` where bit `i` of `n` is set. Fewer than six leaves repeat within the word, which does no
/// harm: every combination is there, and none that is not.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct Table(Vec<u64>);

impl Table {
    fn words(leaves: usize) -> usize {
        1 << leaves.saturating_sub(6)
    }

    pub(crate) fn constant(value: bool, leaves: usize) -> Self {
        Self(vec![if value { u64::MAX } else { 0 }; Self::words(leaves)])
    }

    /// The combinations that grant this leaf.
    pub(crate) fn column(leaf: usize, leaves: usize) -> Self {
        /// The leaves whose bit of the combination's number lies within one word.
        const WITHIN: [u64; 6] = [
            0xaaaa_aaaa_aaaa_aaaa,
            0xcccc_cccc_cccc_cccc,
            0xf0f0_f0f0_f0f0_f0f0,
            0xff00_ff00_ff00_ff00,
            0xffff_0000_ffff_0000,
            0xffff_ffff_0000_0000,
        ];
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

    /// The combination in which the fewest are granted, of equals the first, if there is any.
    ///
    /// With fewer than six leaves the combinations repeat within the word, and the first time around is the one that counts.
    pub(crate) fn smallest(&self, leaves: usize) -> Option<u64> {
        let bits = self
            .0
            .iter()
            .zip(0u64..)
            .flat_map(|(word, index)| (0..64).filter(move |bit| word >> bit & 1 == 1).map(move |bit| index * 64 + bit));
        bits.filter(|case| leaves >= 64 || case >> leaves == 0).min_by_key(|case| case.count_ones())
    }
}
