//! House rules: what `[[rule]]` of `security.toml` demands of the endpoints that it selects.
//! Checked while `#[secure]` expands where it names its route, and by `secured_by` for the others, with the same words.

mod breach;
mod breaches;
mod glob;
mod handler;
#[cfg(feature = "rule-book")]
mod implication;
#[cfg(feature = "rule-book")]
mod pattern;
mod rate;
mod select;

pub use breach::{Breach, Part};
pub use handler::pattern_matches_handler;
#[cfg(feature = "rule-book")]
pub(crate) use pattern::{check_endpoint, check_handler, check_method, check_path};

use crate::{Rate, StepUp};
use std::{borrow::Cow, fmt, time::Duration};

/// Text that a file or a constant holds.
pub type Text = Cow<'static, str>;

/// A list of such text.
pub type Texts = Cow<'static, [Text]>;

/// A house rule. Made from `security.toml`, and written into the program by `rule_book!()`.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Rule {
    /// What the rule is called in messages.
    pub name: Text,
    /// The line of `security.toml` that it begins in, from 1.
    pub line: u32,
    /// Which endpoints it looks at.
    pub selector: Selector,
    /// What it demands of them.
    pub demands: Demands,
}

/// Prints as messages name it: ``rule `admin area` (security.toml:17)``.
impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "rule `{}` (security.toml:{})", self.name, self.line)
    }
}

/// Which endpoints a rule looks at: those that every list which is not empty has a match for.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Selector {
    /// Patterns of paths: `/admin/**`. `*` is one segment, `**` is any number of them, none included.
    pub paths: Texts,
    /// Patterns of handlers: `crate::admin::*`, or a bare name of a function.
    pub endpoints: Texts,
    /// Methods, in upper case.
    pub methods: Texts,
}

/// What a rule demands.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Demands {
    /// Nobody passes without credentials.
    pub authenticated: bool,
    /// Everybody who passes has this role.
    pub role: Option<Text>,
    /// Everybody who passes has this scope.
    pub scope: Option<Text>,
    /// The login is at least this fresh and this strong.
    pub step_up: Option<StepUp>,
    /// One of the limits is at least this strict.
    pub rate_at_most: Option<Rate>,
    /// The body is stated, and no larger.
    pub body_at_most: Option<u64>,
    /// The timeout is stated, and no longer.
    pub timeout_at_most: Option<Duration>,
    /// Every call leaves an audit record.
    pub audit: bool,
    /// There is a condition on the object: `when`.
    pub when: bool,
    /// No input is read unchecked.
    pub validated: bool,
}

impl Demands {
    /// No demands.
    pub const NONE: Self = Self {
        authenticated: false,
        role: None,
        scope: None,
        step_up: None,
        rate_at_most: None,
        body_at_most: None,
        timeout_at_most: None,
        audit: false,
        when: false,
        validated: false,
    };
}
