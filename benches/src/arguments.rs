//! The arguments of the program, read by hand: five words are no reason for a parser.
//! Whatever is not known is an error, because a misspelt option would measure something else.

use crate::{Result, contestant::Contestant};
use std::str::FromStr;

pub(crate) const USAGE: &str = "\
Measures what Portcullis costs, beside a naked handler and the stack people write by hand.

    cargo run --release -p portcullis-benches -- [OPTIONS]

    --seconds N        how long each server is measured per round; default 1.5
    --rounds N         how many rounds; default 5
    --connections N    how many keep-alive connections ask at once; default 64
    --only A,B         only servers whose name contains A or B, such as `by hand ES256`; naked ones stay
    --table NAME       only one table: `requests` over loopback, or `calls` in process, which take a tenth of the time
    --help             this

The server runs on one thread and the load generator on another: give them a core each, for example with
`taskset -c 0,1`, and the machine to themselves.";

/// What to measure, and for how long.
#[derive(Debug)]
pub(crate) struct Arguments {
    pub(crate) seconds: f64,
    pub(crate) rounds: usize,
    pub(crate) connections: usize,
    /// Whether to measure over loopback.
    pub(crate) requests: bool,
    /// Whether to measure in process.
    pub(crate) calls: bool,
    only: Vec<String>,
}

impl Arguments {
    /// The arguments, or `None` where help is asked for.
    pub(crate) fn read(mut words: impl Iterator<Item = String>) -> Result<Option<Self>> {
        let mut arguments = Self { seconds: 1.5, rounds: 5, connections: 64, requests: true, calls: true, only: Vec::new() };
        while let Some(word) = words.next() {
            let mut value = || words.next().ok_or_else(|| format!("`{word}` needs a value; see `--help`"));
            match word.as_str() {
                "--seconds" => arguments.seconds = number(&value()?, 0.1, 3600.0)?,
                "--rounds" => arguments.rounds = number(&value()?, 1, 1000)?,
                "--connections" => arguments.connections = number(&value()?, 1, 1000)?,
                "--only" => arguments.only = value()?.split(',').map(|part| part.trim().to_lowercase()).collect(),
                "--table" => (arguments.requests, arguments.calls) = table(&value()?)?,
                "--help" | "-h" => return Ok(None),
                other => return Err(format!("unknown argument `{other}`; see `--help`").into()),
            }
        }
        Ok(Some(arguments))
    }

    /// The servers that `--only` selects, each with the naked one that it is compared with.
    pub(crate) fn selected(&self, contestants: Vec<Contestant>) -> Vec<Contestant> {
        if self.only.is_empty() {
            return contestants;
        }
        let named = |contestant: &Contestant| self.only.iter().any(|word| contestant.name().to_lowercase().contains(word));
        let algorithms: Vec<_> = contestants.iter().filter(|other| named(other)).map(|other| other.algorithm).collect();
        let kept = |contestant: &Contestant| {
            named(contestant) || (contestant.is_baseline() && algorithms.contains(&contestant.algorithm))
        };
        contestants.into_iter().filter(kept).collect()
    }
}

/// Whether a table is the one over loopback, and whether it is the one in process.
fn table(name: &str) -> Result<(bool, bool)> {
    match name {
        "requests" => Ok((true, false)),
        "calls" => Ok((false, true)),
        other => Err(format!("unknown table `{other}`; there are `requests` and `calls`").into()),
    }
}

/// A number within bounds that keep a measurement a measurement.
fn number<T: FromStr + PartialOrd + std::fmt::Display>(text: &str, least: T, most: T) -> Result<T> {
    match text.parse() {
        Ok(number) if number >= least && number <= most => Ok(number),
        _ => Err(format!("`{text}` is not a number from {least} to {most}").into()),
    }
}

#[cfg(test)]
mod tests {
    use super::Arguments;

    fn read(line: &str) -> crate::Result<Option<Arguments>> {
        Arguments::read(line.split_whitespace().map(str::to_owned))
    }

    #[test]
    fn numbers_out_of_bounds_and_unknown_words_are_refused() {
        for line in ["--rounds 0", "--seconds NaN", "--seconds -1", "--connections x", "--rounds", "--round 3", "--table x", "5"]
        {
            assert!(read(line).is_err(), "{line}");
        }
        assert!(read("--help").is_ok_and(|arguments| arguments.is_none()));
        assert!(read("--rounds 1 --seconds 0.1").is_ok_and(|arguments| arguments.is_some_and(|read| read.rounds == 1)));
    }
}
