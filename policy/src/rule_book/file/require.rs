//! `[require]`: what every endpoint has to say.

use super::{
    Require,
    keys::{Group, Key, Kind, Section},
};
use crate::file::{Errors, Name};

/// `[require]` as written, with the place of each value that asks for something.
#[derive(Debug, Default)]
pub(super) struct Written {
    pub(super) rate: Option<usize>,
    pub(super) reason: Option<usize>,
    pub(super) route: Option<usize>,
    pub(super) public: Option<(usize, Vec<Name>)>,
}

impl Written {
    pub(super) fn checked(&self, errors: &Errors) -> Require {
        let line = |start: usize| errors.line(start);
        Require {
            rate: self.rate.map(line),
            reason: self.reason.map(line),
            route: self.route.map(line),
            public: self
                .public
                .as_ref()
                .map(|(start, names)| (line(*start), names.iter().map(|name| name.text.clone()).collect())),
        }
    }
}

impl Section for Written {
    const NAME: &'static str = "`[require]`";
    const ABOUT: &'static str = "What every endpoint has to say.";
    const KEYS: &'static [Key<Self>] = &[
        Key {
            name: "rate",
            about: "A rate limit is stated by every endpoint or by the defaults.",
            example: "true",
            group: Group::Plain,
            kind: Kind::Switch(|require, wanted, start| require.rate = wanted.then_some(start)),
        },
        Key {
            name: "reason",
            about: "`public` and `unvalidated` say why.",
            example: "true",
            group: Group::Plain,
            kind: Kind::Switch(|require, wanted, start| require.reason = wanted.then_some(start)),
        },
        Key {
            name: "public",
            about: "These endpoints may be public, and no others: names of functions, or their paths from `crate`.",
            example: "[\"health\"]",
            group: Group::Plain,
            kind: Kind::Endpoints(|require, names, start| require.public = Some((start, names))),
        },
        Key {
            name: "route",
            about: "Every endpoint names its method and path, so that all rules are decided by the compiler.",
            example: "true",
            group: Group::Plain,
            kind: Kind::Switch(|require, wanted, start| require.route = wanted.then_some(start)),
        },
    ];
}
