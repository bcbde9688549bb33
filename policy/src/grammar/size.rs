//! Sizes in bytes: the language of `body = "64 KiB"`.
//! A unit is required, and `KiB` and `kB` differ, so that nobody has to guess which one was meant.

use super::unit::{self, Unit};
use crate::GrammarError;
use std::{fmt, str::FromStr};

const UNITS: &[Unit] = &[
    Unit { name: "B", others: &["byte", "bytes"], worth: 1 },
    Unit { name: "kB", others: &["KB"], worth: 1_000 },
    Unit { name: "KiB", others: &[], worth: 1 << 10 },
    Unit { name: "MB", others: &[], worth: 1_000_000 },
    Unit { name: "MiB", others: &[], worth: 1 << 20 },
    Unit { name: "GB", others: &[], worth: 1_000_000_000 },
    Unit { name: "GiB", others: &[], worth: 1 << 30 },
];

/// A number of bytes, written as a whole number and a unit.
///
/// The units are `B` (or `byte`, `bytes`), the decimal `kB` (or `KB`), `MB`, `GB` of 1000 each, and the binary `KiB`, `MiB`, `GiB`
/// of 1024 each. Spaces between number and unit do not matter; a number without a unit is refused.
///
/// ```
/// use portcullis_policy::ByteSize;
///
/// let limit: ByteSize = "64KiB".parse()?;
/// assert_eq!(limit.bytes(), 65_536);
/// assert_eq!(limit.to_string(), "64 KiB");
/// assert!("64".parse::<ByteSize>().is_err());
/// # Ok::<(), portcullis_policy::GrammarError>(())
/// ```
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct ByteSize(u64);

impl ByteSize {
    /// A size of so many bytes. Zero is possible here, though no literal means it.
    #[must_use]
    pub const fn from_bytes(bytes: u64) -> Self {
        Self(bytes)
    }

    /// The number of bytes.
    #[must_use]
    pub const fn bytes(self) -> u64 {
        self.0
    }
}

/// # Errors
/// What is wrong with the text and how to write it; zero is wrong too.
impl FromStr for ByteSize {
    type Err = GrammarError;

    fn from_str(text: &str) -> Result<Self, GrammarError> {
        unit::amount(text, UNITS, "size", "64 KiB").map(Self)
    }
}

/// Prints in the largest unit that needs no fraction: `64 KiB`, `2 MB`.
impl fmt::Display for ByteSize {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match unit::largest_of(self.0, UNITS) {
            Some((number, unit)) => write!(f, "{number} {}", unit.name),
            None => f.write_str("0 B"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::ByteSize;
    use proptest::prelude::*;

    fn error(text: &str) -> String {
        text.parse::<ByteSize>().unwrap_err().to_string()
    }

    #[test]
    fn units_are_decimal_or_binary_as_written() {
        let sizes = ["512 B", "512bytes", "2 kB", "2 KB", "2 KiB", "2 MB", "2 MiB", "2 GB", " 2\tGiB "];
        let bytes = sizes.map(|size| size.parse::<ByteSize>().unwrap().bytes());
        assert_eq!(bytes, [512, 512, 2_000, 2_000, 2_048, 2_000_000, 2_097_152, 2_000_000_000, 2_147_483_648]);
    }

    #[test]
    fn printing_takes_the_largest_unit_without_a_fraction() {
        let printed = [0, 1, 512, 1_000, 1_024, 1_500, 65_536, 1_024_000, 1 << 20, 2_000_000, u64::MAX];
        let printed = printed.map(|bytes| ByteSize::from_bytes(bytes).to_string());
        let expected =
            ["0 B", "1 B", "512 B", "1 kB", "1 KiB", "1500 B", "64 KiB", "1000 KiB", "1 MiB", "2 MB", "18446744073709551615 B"];
        assert_eq!(printed, expected);
    }

    #[test]
    fn the_largest_size_is_64_bits_and_no_more() {
        assert_eq!("18446744073709551615 B".parse(), Ok(ByteSize::from_bytes(u64::MAX)));
        let expected = "the size `18446744073709551616 B` is too large to count: write a smaller one";
        assert_eq!(error("18446744073709551616 B"), expected);
        assert_eq!(error("17179869184 GiB"), "the size `17179869184 GiB` is too large to count: write a smaller one");
    }

    #[test]
    fn errors_say_how_to_write_it() {
        let units = "`B`, `kB`, `KiB`, `MB`, `MiB`, `GB` and `GiB`";
        assert_eq!(error("64 kib"), format!("unknown unit `kib`, did you mean `KiB`? the units are {units}"));
        assert_eq!(error("64 kbb"), format!("unknown unit `kbb`, did you mean `KB`? the units are {units}"));
        assert_eq!(error("64 parsecs"), format!("unknown unit `parsecs`: the units are {units}"));
        assert_eq!(error("512"), format!("the size `512` has no unit: write one of {units} after it, such as `64 KiB`"));
        assert_eq!(error(" "), "the size is empty: write a number and a unit, such as `64 KiB`");
        assert_eq!(error("big"), "`big` is not a size: write a number and a unit, such as `64 KiB`");
        assert_eq!(error("-1 B"), "`-1 B` is not a size: write a number and a unit, such as `64 KiB`");
        assert_eq!(error("0 MiB"), "a size of zero lets nothing through: write at least `1 MiB`");
        let digits_only = "`1.5 MiB` is not a size: write digits only, in a smaller unit if need be, such as `64 KiB`";
        assert_eq!(error("1.5 MiB"), digits_only);
    }

    proptest! {
        #[test]
        fn what_is_printed_parses_back(bytes in 1u64..) {
            let size = ByteSize::from_bytes(bytes);
            prop_assert_eq!(size.to_string().parse(), Ok(size));
        }

        #[test]
        fn what_parses_prints_canonically(number in 1u64..1 << 30, unit in "B|byte|bytes|kB|KB|KiB|MB|MiB|GB|GiB", space in " {0,3}") {
            let size: ByteSize = format!("{number}{space}{unit}").parse().unwrap();
            prop_assert_eq!(size.to_string().parse(), Ok(size));
        }

        #[test]
        fn no_text_panics(text in ".*", near in "[0-9]{0,25}[ ._]?[kKMGiB]{0,3}") {
            let _ = text.parse::<ByteSize>();
            let _ = near.parse::<ByteSize>();
        }
    }
}
