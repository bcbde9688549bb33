//! Lengths of time: the language of `timeout = "10 s"`.
//! A unit is required, and nothing is longer than 366 days.

use super::unit::{self, LONGEST_SECONDS, Quoted, Unit};
use crate::GrammarError;
use std::{fmt, str::FromStr, time::Duration};

const UNITS: &[Unit] = &[
    Unit { name: "ms", others: &["millisecond", "milliseconds"], worth: 1 },
    Unit { name: "s", others: &["sec", "second", "seconds"], worth: 1_000 },
    Unit { name: "min", others: &["minute", "minutes"], worth: 60_000 },
    Unit { name: "h", others: &["hour", "hours"], worth: 3_600_000 },
    Unit { name: "day", others: &["d", "days"], worth: 86_400_000 },
];

/// A length of time, written as a whole number and a unit.
///
/// The units are `ms` (or `millisecond`, `milliseconds`), `s` (`sec`, `second`, `seconds`), `min` (`minute`, `minutes`), `h` (`hour`,
/// `hours`) and `day` (`d`, `days`). Spaces between number and unit do not matter.
///
/// ```
/// use portcullis_policy::Period;
/// use std::time::Duration;
///
/// let timeout: Period = "10 s".parse()?;
/// assert_eq!(timeout.duration(), Duration::from_secs(10));
/// assert_eq!(Period::from(Duration::from_millis(1_500)).to_string(), "1500 ms");
/// # Ok::<(), portcullis_policy::GrammarError>(())
/// ```
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct Period(Duration);

impl Period {
    /// The time as the standard library counts it.
    #[must_use]
    pub const fn duration(self) -> Duration {
        self.0
    }
}

impl From<Duration> for Period {
    fn from(duration: Duration) -> Self {
        Self(duration)
    }
}

/// # Errors
/// What is wrong with the text and how to write it; zero and more than 366 days are wrong too.
impl FromStr for Period {
    type Err = GrammarError;

    fn from_str(text: &str) -> Result<Self, GrammarError> {
        let millis = unit::amount(text, UNITS, "duration", "10 s")?;
        if millis > LONGEST_SECONDS * 1_000 {
            let message = format!("the duration {} is too long: write at most `366 days`", Quoted(text.trim()));
            return Err(GrammarError::new(message));
        }
        Ok(Self(Duration::from_millis(millis)))
    }
}

/// Prints in the largest unit that needs no fraction, and whole milliseconds, rounded up: `10 s`, `1500 ms`, `2 days`.
impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let millis = u64::try_from(self.0.as_nanos().div_ceil(1_000_000)).unwrap_or(u64::MAX);
        match unit::largest_of(millis, UNITS) {
            Some((number, unit)) => {
                let plural = if unit.name == "day" && number > 1 { "s" } else { "" };
                write!(f, "{number} {}{plural}", unit.name)
            }
            None => f.write_str("0 ms"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Period;
    use proptest::prelude::*;
    use std::time::Duration;

    fn error(text: &str) -> String {
        text.parse::<Period>().unwrap_err().to_string()
    }

    #[test]
    fn every_unit_is_worth_what_it_says() {
        let written = ["500 ms", "10 s", "1sec", "2 minutes", "1 min", "1 h", " 3  hours ", "1 day", "366 days", "1 d"];
        let millis = written.map(|text| text.parse::<Period>().unwrap().duration().as_millis());
        let expected = [500, 10_000, 1_000, 120_000, 60_000, 3_600_000, 10_800_000, 86_400_000, 31_622_400_000, 86_400_000];
        assert_eq!(millis, expected);
    }

    #[test]
    fn printing_takes_the_largest_unit_without_a_fraction() {
        let nanos = [0, 1, 1_000_000, 999_000_001, 90_000_000_000, 86_400_000_000_000, 172_800_000_000_000];
        let printed = nanos.map(|nanos| Period::from(Duration::from_nanos(nanos)).to_string());
        assert_eq!(printed, ["0 ms", "1 ms", "1 ms", "1 s", "90 s", "1 day", "2 days"]);
        assert_eq!(Period::from(Duration::MAX).to_string(), "18446744073709551615 ms", "what no literal can say does not panic");
    }

    #[test]
    fn errors_say_how_to_write_it() {
        let units = "the units are `ms`, `s`, `min`, `h` and `day`";
        assert_eq!(error("5 mim"), format!("unknown unit `mim`, did you mean `min`? {units}"));
        assert_eq!(error("5 fortnights"), format!("unknown unit `fortnights`: {units}"));
        let missing = "the duration `5` has no unit: write one of `ms`, `s`, `min`, `h` and `day` after it, such as `10 s`";
        assert_eq!(error("5"), missing);
        assert_eq!(error("0 s"), "a duration of zero lets nothing through: write at least `1 s`");
        assert_eq!(error(""), "the duration is empty: write a number and a unit, such as `10 s`");
        assert_eq!(error("soon"), "`soon` is not a duration: write a number and a unit, such as `10 s`");
        assert_eq!(error("367 days"), "the duration `367 days` is too long: write at most `366 days`");
        assert_eq!(error("31622400001 ms"), "the duration `31622400001 ms` is too long: write at most `366 days`");
        let overflow = "the duration `99999999999999999999 s` is too large to count: write a smaller one";
        assert_eq!(error("99999999999999999999 s"), overflow);
        let mixed = "`1 min 30 s` has more than one unit: write one number and one unit, such as `10 s`";
        assert_eq!(error("1 min 30 s"), mixed);
    }

    proptest! {
        #[test]
        fn what_is_printed_parses_back(millis in 1u64..=366 * 86_400_000) {
            let period = Period::from(Duration::from_millis(millis));
            prop_assert_eq!(period.to_string().parse(), Ok(period));
        }

        #[test]
        fn what_parses_prints_canonically(number in 1u64..=366, unit in "ms|s|sec|seconds?|min|minutes?|h|hours?|d|days?") {
            let period: Period = format!("{number} {unit}").parse().unwrap();
            prop_assert_eq!(period.to_string().parse(), Ok(period));
        }

        #[test]
        fn no_text_panics(text in ".*", near in "[0-9]{0,25}[ ._]?[a-z]{0,4}", nanos in any::<u64>()) {
            let _ = text.parse::<Period>();
            let _ = near.parse::<Period>();
            let _ = Period::from(Duration::from_nanos(nanos)).to_string();
        }
    }
}
