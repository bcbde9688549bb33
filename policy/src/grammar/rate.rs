//! Rates: the language of `rate = "5/min"` and `rate = "100/h per ip burst 20"`.
//! How many calls in which time, counted by what, and how many of them at once.

use super::unit::{self, LONGEST_SECONDS, Quoted, Unit, split_digits};
use crate::{GrammarError, suggest};
use std::{fmt, str::FromStr};

const UNITS: &[Unit] = &[
    Unit { name: "s", others: &["sec", "second", "seconds"], worth: 1 },
    Unit { name: "min", others: &["minute", "minutes"], worth: 60 },
    Unit { name: "h", others: &["hour", "hours"], worth: 3_600 },
    Unit { name: "day", others: &["d", "days"], worth: 86_400 },
];

/// A rate as the source writes it: `COUNT/[N]UNIT [per KEY] [burst N]`.
///
/// The units are `s` (or `sec`, `second`, `seconds`), `min` (`minute`, `minutes`), `h` (`hour`, `hours`) and `day` (`d`, `days`); the
/// keys are those of [`RateKey`]. There are no spaces around the `/`, nor between `N` and the unit. The burst says how many calls
/// pass at once and may be more or less than the count; unsaid, it is the count.
///
/// ```
/// use portcullis_policy::{Rate, RateKey};
///
/// let rate: Rate = "10/15min per ip".parse()?;
/// assert_eq!((rate.count(), rate.period_seconds(), rate.burst()), (10, 900, 10));
/// assert_eq!(rate.key(), Some(RateKey::Ip));
///
/// let misspelt = "5/mim".parse::<Rate>().unwrap_err();
/// assert!(misspelt.to_string().starts_with("unknown unit `mim`, did you mean `min`?"));
/// # Ok::<(), portcullis_policy::GrammarError>(())
/// ```
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub struct Rate {
    count: u32,
    period_seconds: u64,
    burst: u32,
    key: Option<RateKey>,
}

impl Rate {
    /// A rate as the macros write it into the program.
    #[doc(hidden)]
    #[must_use]
    pub const fn constant(count: u32, period_seconds: u64, burst: u32, key: Option<RateKey>) -> Self {
        Self { count, period_seconds, burst, key }
    }

    /// How many calls pass in one period, in the long run. At least 1.
    #[must_use]
    pub const fn count(&self) -> u32 {
        self.count
    }

    /// The period in seconds, from 1 to those of 366 days.
    #[must_use]
    pub const fn period_seconds(&self) -> u64 {
        self.period_seconds
    }

    /// How many calls pass at once. At least 1; the count, unless the rate says otherwise.
    #[must_use]
    pub const fn burst(&self) -> u32 {
        self.burst
    }

    /// What the calls are counted by, if the rate says so.
    #[must_use]
    pub const fn key(&self) -> Option<RateKey> {
        self.key
    }
}

/// # Errors
/// What is wrong with the text and how to write it.
impl FromStr for Rate {
    type Err = GrammarError;

    fn from_str(text: &str) -> Result<Self, GrammarError> {
        let mut words = text.split_whitespace();
        let (count, period_seconds) = match words.next() {
            Some(pace) => parse_pace(pace, text)?,
            None => return refuse("the rate is empty: write a count and a period, such as `5/min`"),
        };
        let (mut key, mut burst) = (None, None);
        while let Some(word) = words.next() {
            match word {
                "per" if key.is_some() => {
                    return refuse("`per` is said twice: a rate is counted by one key, so remove one of them");
                }
                "per" => match words.next() {
                    Some(name) => key = Some(name.parse()?),
                    None => return refuse(format!("`per` has no key: write one of {}, such as `5/min per ip`", RateKey::list())),
                },
                "burst" if burst.is_some() => return refuse("`burst` is said twice: remove one of them"),
                "burst" => match words.next() {
                    Some(number) => burst = Some(parse_number(number, "burst")?),
                    None => return refuse("`burst` has no number: write how many calls pass at once, such as `5/min burst 10`"),
                },
                other => return refuse_word(other),
            }
        }
        Ok(Self { count, period_seconds, burst: burst.unwrap_or(count), key })
    }
}

/// Reads `COUNT/[N]UNIT`; `text` is the whole rate, for messages.
fn parse_pace(pace: &str, text: &str) -> Result<(u32, u64), GrammarError> {
    let Some((count, period)) = pace.split_once('/') else {
        return match text.contains('/') {
            true => refuse(format!("{} has spaces around `/`: write it without, such as `5/min`", Quoted(text.trim()))),
            false => refuse(format!("{} has no period: write a count and a period, such as `5/min`", Quoted(text.trim()))),
        };
    };
    if count.is_empty() {
        return refuse(format!("{} has no count before `/`: write one, such as `5/min`", Quoted(pace)));
    }
    let count = parse_number(count, "count")?;
    if period.is_empty() {
        return refuse(format!(
            "{} has no period after `/`: write one, such as `5/min` or `5/15min`, without spaces",
            Quoted(pace)
        ));
    }
    let (number, word) = split_digits(period);
    if word.is_empty() {
        let names = suggest::list(UNITS.iter().map(|unit| unit.name));
        let message =
            format!("the period `{number}` has no unit: write one of {names} after it, such as `5/15min`, without spaces");
        return refuse(message);
    }
    let unit = unit::find(word, UNITS)?;
    let seconds =
        if number.is_empty() { Some(unit.worth) } else { number.parse().ok().and_then(|n: u64| n.checked_mul(unit.worth)) };
    match seconds {
        Some(0) => refuse(format!("the period {} is zero: write at least one second, such as `5/s`", Quoted(period))),
        Some(seconds) if seconds <= LONGEST_SECONDS => Ok((count, seconds)),
        _ => refuse(format!("the period {} is too long: write at most `366days`", Quoted(period))),
    }
}

/// Reads the count or the burst.
fn parse_number(text: &str, what: &str) -> Result<u32, GrammarError> {
    if !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return refuse(format!("{} is not a {what}: write a whole number in digits only, such as `20`", Quoted(text)));
    }
    match text.parse() {
        Ok(0) => refuse(format!("a {what} of 0 lets nobody pass: write at least 1, or remove the endpoint")),
        Ok(number) => Ok(number),
        Err(_) => refuse(format!("the {what} {} is too large: write at most {}", Quoted(text), u32::MAX)),
    }
}

fn refuse<T>(message: impl Into<String>) -> Result<T, GrammarError> {
    Err(GrammarError::new(message))
}

fn refuse_word<T>(word: &str) -> Result<T, GrammarError> {
    let suggestion = suggest::closest(word, ["per", "burst"]).map(|near| format!(", did you mean `{near}`?"));
    let suggestion = suggestion.unwrap_or_else(|| ":".to_owned());
    let rule = "after the period come `per KEY` and `burst N`, such as `100/h per ip burst 20`";
    refuse(format!("unexpected {}{suggestion} {rule}", Quoted(word)))
}

/// Prints so that it parses back: `100/h per ip burst 20`. A burst that equals the count is left out.
impl fmt::Display for Rate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.count, per_unit(self.period_seconds))?;
        if let Some(key) = self.key {
            write!(f, " per {key}")?;
        }
        if self.burst != self.count {
            write!(f, " burst {}", self.burst)?;
        }
        Ok(())
    }
}

/// A period as it stands behind the `/`: `min`, `10s`, `15min`, `2days`, in the largest unit that needs no fraction.
pub(crate) fn per_unit(seconds: u64) -> impl fmt::Display {
    fmt::from_fn(move |f| match unit::largest_of(seconds, UNITS) {
        Some((1, unit)) => f.write_str(unit.name),
        Some((number, unit)) if unit.name == "day" => write!(f, "{number}days"),
        Some((number, unit)) => write!(f, "{number}{}", unit.name),
        None => f.write_str("0s"),
    })
}

/// What the calls of a rate are counted by.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub enum RateKey {
    /// The address of the caller: `per ip`.
    Ip,
    /// Who is calling, as authenticated: `per principal`.
    Principal,
    /// Nothing: all callers share the rate, `per global`.
    Global,
}

impl RateKey {
    const ALL: [Self; 3] = [Self::Ip, Self::Principal, Self::Global];

    const fn name(self) -> &'static str {
        match self {
            Self::Ip => "ip",
            Self::Principal => "principal",
            Self::Global => "global",
        }
    }

    fn list() -> String {
        suggest::list(Self::ALL.map(Self::name))
    }
}

/// # Errors
/// The keys that exist, with the one that was probably meant.
impl FromStr for RateKey {
    type Err = GrammarError;

    fn from_str(text: &str) -> Result<Self, GrammarError> {
        if let Some(key) = Self::ALL.into_iter().find(|key| key.name() == text) {
            return Ok(key);
        }
        let suggestion = suggest::closest(text, Self::ALL.map(Self::name)).map(|near| format!(", did you mean `{near}`?"));
        let suggestion = suggestion.unwrap_or_else(|| ":".to_owned());
        refuse(format!("unknown key {}{suggestion} a rate is counted per {}", Quoted(text), Self::list()))
    }
}

impl fmt::Display for RateKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

#[cfg(test)]
mod tests;
