//! The rounds of a measurement, and what is said of them: the median with the least and the most.
//! No averages: one round in which the machine did something else would spoil them.

/// What was measured, a value per round.
#[derive(Clone, Debug)]
pub(crate) struct Series<T>(Vec<T>);

impl<T> Default for Series<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T> Series<T> {
    pub(crate) fn push(&mut self, value: T) {
        self.0.push(value);
    }

    /// Each round by itself.
    pub(crate) fn summary(&self, of: impl Fn(&T) -> f64) -> Summary {
        Summary::of(self.0.iter().map(of).collect())
    }

    /// Each round beside the same round of another, which the machine treated alike.
    pub(crate) fn summary_beside(&self, other: &Self, of: impl Fn(&T, &T) -> f64) -> Summary {
        Summary::of(self.0.iter().zip(&other.0).map(|(ours, theirs)| of(ours, theirs)).collect())
    }
}

/// The median, the least and the most.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Summary {
    pub(crate) median: f64,
    pub(crate) least: f64,
    pub(crate) most: f64,
}

impl Summary {
    fn of(mut values: Vec<f64>) -> Self {
        values.sort_by(f64::total_cmp);
        let at = |index: usize| values.get(index).copied().unwrap_or(f64::NAN);
        let (lower, upper) = (at(values.len().saturating_sub(1) / 2), at(values.len() / 2));
        Self { median: f64::midpoint(lower, upper), least: at(0), most: at(values.len().saturating_sub(1)) }
    }
}

#[cfg(test)]
mod tests {
    use super::Summary;

    #[test]
    fn the_median_is_the_middle_one_or_between_the_middle_two() {
        assert_eq!(Summary::of(vec![3.0, 1.0, 9.0]), Summary { median: 3.0, least: 1.0, most: 9.0 });
        assert_eq!(Summary::of(vec![4.0, 1.0, 2.0, 9.0]), Summary { median: 3.0, least: 1.0, most: 9.0 });
        assert_eq!(Summary::of(vec![7.0]), Summary { median: 7.0, least: 7.0, most: 7.0 });
        assert!(Summary::of(Vec::new()).median.is_nan());
    }
}
