//! The keys of `[defaults]`, `[require]` and `[[rule]]`: one row for each, which feeds the reader, the messages, the suggestions and the
//! schema. A key that is not here does not exist, and one that is here is known to all four.

use crate::{ByteSize, Period, Rate, StepUp, file::Name};

/// A key of a table that fills a `T`.
pub(super) struct Key<T> {
    pub(super) name: &'static str,
    /// What it says, for whoever completes it in an editor: a sentence.
    #[cfg_attr(not(feature = "schema"), expect(dead_code, reason = "only the schema says it"))]
    pub(super) about: &'static str,
    /// A value as it is written.
    pub(super) example: &'static str,
    pub(super) group: Group,
    pub(super) kind: Kind<T>,
}

/// What a key is for.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Group {
    /// It stands for itself.
    Plain,
    /// The table cannot be without it.
    Required,
    /// It says which endpoints a rule looks at.
    Selector,
    /// It says what a rule wants of them.
    Demand,
}

/// What a key's value is, and where it goes. The number beside a value is where the value begins, in bytes.
pub(super) enum Kind<T> {
    /// `true`; anything else would say nothing.
    True(fn(&mut T)),
    /// `true` or `false`.
    Switch(fn(&mut T, bool, usize)),
    /// A line of text.
    Line(fn(&mut T, Name)),
    Role(fn(&mut T, Name)),
    Scope(fn(&mut T, Name)),
    Rate(fn(&mut T, Rate)),
    /// One rate, or a list of them.
    Rates(fn(&mut T, Rate, usize)),
    Size(fn(&mut T, ByteSize, usize)),
    Time(fn(&mut T, Period, usize)),
    StepUp(fn(&mut T, StepUp)),
    /// A list of words that is not empty.
    Words(Words, fn(&mut T, Vec<Name>)),
    /// A list of endpoints that may be empty, and where it begins.
    Endpoints(fn(&mut T, Vec<Name>, usize)),
}

/// What the words of a list are.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Words {
    Paths,
    Handlers,
    Methods,
}

/// A table whose keys are fixed.
pub(super) trait Section: Sized + 'static {
    /// What messages call it.
    const NAME: &'static str;
    /// What it says, as a sentence.
    #[cfg_attr(not(feature = "schema"), expect(dead_code, reason = "only the schema says it"))]
    const ABOUT: &'static str;
    const KEYS: &'static [Key<Self>];
}

/// `step_up = { max_age = "15 min", mfa = true }`
impl Section for StepUp {
    const NAME: &'static str = "`step_up`";
    const ABOUT: &'static str = "The login is at least this fresh and this strong.";
    const KEYS: &'static [Key<Self>] = &[
        Key {
            name: "max_age",
            about: "The most time since the caller logged in.",
            example: "\"15 min\"",
            group: Group::Demand,
            kind: Kind::Time(|step_up, max_age, _| step_up.max_age = Some(max_age.duration())),
        },
        Key {
            name: "mfa",
            about: "The caller logged in with more than one factor.",
            example: "true",
            group: Group::Demand,
            kind: Kind::True(|step_up| step_up.mfa = true),
        },
    ];
}
