//! `[defaults]`: what an endpoint gets that says nothing about it.

use super::{
    Defaults,
    keys::{Group, Key, Kind, Section},
};
use crate::{ByteSize, Period, Rate};

/// `[defaults]` as written, with the place of each value.
#[derive(Debug, Default)]
pub(super) struct Written {
    pub(super) rates: Vec<(Rate, usize)>,
    pub(super) body: Option<(ByteSize, usize)>,
    pub(super) timeout: Option<(Period, usize)>,
}

impl Written {
    pub(super) fn checked(&self) -> Defaults {
        Defaults {
            rates: self.rates.iter().map(|(rate, _)| *rate).collect(),
            body: self.body.map(|(size, _)| size.bytes()),
            timeout: self.timeout.map(|(period, _)| period.duration()),
        }
    }
}

impl Section for Written {
    const NAME: &'static str = "`[defaults]`";
    const ABOUT: &'static str = "What an endpoint gets that says nothing about it.";
    const KEYS: &'static [Key<Self>] = &[
        Key {
            name: "rate",
            about: "The rate limit of an endpoint that states none, or a list of several.",
            example: "\"100/min\"",
            group: Group::Plain,
            kind: Kind::Rates(|defaults, rate, start| defaults.rates.push((rate, start))),
        },
        Key {
            name: "body",
            about: "The largest request body of an endpoint that states none.",
            example: "\"64 KiB\"",
            group: Group::Plain,
            kind: Kind::Size(|defaults, size, start| defaults.body = Some((size, start))),
        },
        Key {
            name: "timeout",
            about: "The time that a request may take at an endpoint that states none.",
            example: "\"10 s\"",
            group: Group::Plain,
            kind: Kind::Time(|defaults, period, start| defaults.timeout = Some((period, start))),
        },
    ];
}
