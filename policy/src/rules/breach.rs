//! What an endpoint does that a house rule forbids, in words that say what to write instead.

/// One way in which an endpoint breaks a rule.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Breach {
    /// Which part of the policy is to blame, so that the caret can be on it.
    pub part: Part,
    /// What is wrong and how to right it, with the rule's name and line: lower case, no final period.
    pub message: String,
}

/// A part of a policy.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub enum Part {
    /// Who may call.
    Access,
    /// `step_up`
    StepUp,
    /// `rate`
    Rate,
    /// `body`
    Body,
    /// `timeout`
    Timeout,
    /// `audit`
    Audit,
    /// `when`
    When,
    /// `unvalidated`
    Unvalidated,
}
