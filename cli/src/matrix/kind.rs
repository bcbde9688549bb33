//! The kinds of rows that a reviewer looks at first: counted at the top of the page, and a filter of it.

use super::{
    model::{FactKind, Matrix, Row},
    reach::{Conditions, Reach},
};

/// A kind of rows.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Kind {
    Public,
    Conditional,
    StepUp,
    Unlimited,
    Unvalidated,
    Unaudited,
    Door,
}

impl Kind {
    pub(super) const ALL: [Self; 7] =
        [Self::Public, Self::Conditional, Self::StepUp, Self::Unlimited, Self::Unvalidated, Self::Unaudited, Self::Door];

    /// What the address calls it.
    pub(super) const fn id(self) -> &'static str {
        match self {
            Self::Public => "public",
            Self::Conditional => "conditional",
            Self::StepUp => "step-up",
            Self::Unlimited => "unlimited",
            Self::Unvalidated => "unvalidated",
            Self::Unaudited => "unaudited",
            Self::Door => "door",
        }
    }

    /// What a reader calls it, after a number.
    pub(super) const fn words(self) -> &'static str {
        match self {
            Self::Public => "public",
            Self::Conditional => "on a condition",
            Self::StepUp => "with step-up",
            Self::Unlimited => "without a rate",
            Self::Unvalidated => "with unchecked input",
            Self::Unaudited => "without audit",
            Self::Door => "past the guard",
        }
    }

    /// Whether an endpoint is of this kind.
    pub(super) fn holds(self, row: &Row) -> bool {
        match self {
            Self::Public => row.is_public,
            Self::Conditional => row.has(FactKind::When) || row.cells.iter().any(has_exception),
            Self::StepUp => row.has(FactKind::StepUp),
            Self::Unlimited => row.rates.is_empty(),
            Self::Unvalidated => row.has(FactKind::Unvalidated),
            Self::Unaudited => !row.has(FactKind::Audit),
            Self::Door => false,
        }
    }

    /// How many rows are of this kind.
    pub(super) fn count(self, matrix: &Matrix) -> usize {
        match self {
            Self::Door => matrix.doors.len(),
            kind => matrix.rows.iter().filter(|row| kind.holds(row)).count(),
        }
    }
}

fn has_exception(reach: &Reach) -> bool {
    matches!(reach, Reach::Passes(Conditions { unless: Some(_), .. }))
}
