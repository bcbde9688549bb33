//! The marks of the matrix: one for each way of reaching an endpoint, told apart by shape and by word and never by colour alone.

use super::reach::{Conditions, Reach};
use portcullis_policy::Caller;
use std::fmt;

/// The shapes of the marks, each a symbol under the mark's name; `door` is that of a router without policies.
pub(super) const SYMBOLS: &str = include_str!("symbols.xml");

/// How a cell is drawn.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Mark {
    Yes,
    When,
    StepUp,
    WhenStepUp,
    Further,
    No,
    Unknown,
}

impl Mark {
    /// The marks, in the order of the legend.
    pub(super) const ALL: [Self; 7] =
        [Self::Yes, Self::When, Self::StepUp, Self::WhenStepUp, Self::Further, Self::No, Self::Unknown];

    pub(super) const fn of(reach: &Reach) -> Self {
        match reach {
            Reach::Passes(Conditions { when: false, step_up: false, unless: None }) => Self::Yes,
            Reach::Passes(Conditions { step_up: false, .. }) => Self::When,
            Reach::Passes(Conditions { when: false, unless: None, .. }) => Self::StepUp,
            Reach::Passes(_) => Self::WhenStepUp,
            Reach::Further(_) => Self::Further,
            Reach::No => Self::No,
            Reach::Unknown => Self::Unknown,
        }
    }

    /// The mark's name where machines read it: a class, an anchor.
    pub(super) const fn id(self) -> &'static str {
        match self {
            Self::Yes => "yes",
            Self::When => "when",
            Self::StepUp => "step",
            Self::WhenStepUp => "when-step",
            Self::Further => "further",
            Self::No => "no",
            Self::Unknown => "unknown",
        }
    }

    /// The mark as a character, for text.
    pub(super) const fn character(self) -> &'static str {
        match self {
            Self::Yes => "●",
            Self::When => "◐",
            Self::StepUp => "▲",
            Self::WhenStepUp => "◭",
            Self::Further => "+",
            Self::No => "·",
            Self::Unknown => "?",
        }
    }

    /// What the mark means, in the legend.
    pub(super) const fn meaning(self) -> &'static str {
        match self {
            Self::Yes => "reaches it",
            Self::When => "depends on a condition",
            Self::StepUp => "after a fresh or stronger login",
            Self::WhenStepUp => "both of these",
            Self::Further => "only together with another grant",
            Self::No => "no",
            Self::Unknown => "too many grants to decide",
        }
    }
}

/// What a cell says in words, where there is more to say than its mark does.
pub(super) fn detail(reach: &Reach) -> Option<String> {
    match reach {
        Reach::Passes(Conditions { unless: Some(with), .. }) => Some(format!("unless also holding {}", Grants(with))),
        Reach::Further(with) => Some(format!("only together with {}", Grants(with))),
        _ => None,
    }
}

/// The grants of a caller, without the caller.
struct Grants<'a>(&'a Caller);

impl fmt::Display for Grants<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = self.0.to_string();
        f.write_str(text.strip_prefix("a caller with ").unwrap_or(&text))
    }
}
