//! The terms of a policy, owned and by names: what the lock keeps, and what rules and comparisons look at.
//! A running guard has the constant instead; both say the same.

use crate::{Access, Input, Limit, Policy, Predicate, Requirement, StepUp};
use std::{fmt, time::Duration};

/// Who may call an endpoint, by names: an [`Access`] that a file can hold.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Admission {
    /// Anybody, with the reason that the source gives for it.
    Public(Option<String>),
    /// Anybody who proved who they are.
    Authenticated,
    /// Who proved who they are and meets the predicate.
    Allow(Predicate),
}

impl Admission {
    /// Whether callers without credentials may pass.
    #[must_use]
    pub const fn is_public(&self) -> bool {
        matches!(self, Self::Public(_))
    }
}

/// Prints as the terms of `#[secure]`: `role = "admin"`, `allow(any(…))`, `public = "why"`.
impl fmt::Display for Admission {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Public(None) => f.write_str("public"),
            Self::Public(Some(reason)) => write!(f, "public = {reason:?}"),
            Self::Authenticated => f.write_str("authenticated"),
            Self::Allow(one @ (Predicate::Role(_) | Predicate::Scope(_))) => one.fmt(f),
            Self::Allow(tree) => write!(f, "allow({tree})"),
        }
    }
}

impl From<&Access> for Admission {
    fn from(access: &Access) -> Self {
        match access {
            Access::Public(reason) => Self::Public(reason.map(str::to_owned)),
            Access::Authenticated => Self::Authenticated,
            Access::Allow(requirement) => Self::Allow(requirement.into()),
        }
    }
}

impl From<&Requirement> for Predicate {
    fn from(requirement: &Requirement) -> Self {
        let all = |terms: &[Requirement]| terms.iter().map(Self::from).collect();
        match requirement {
            Requirement::Authenticated => Self::Authenticated,
            Requirement::Role(name, _) => Self::Role((*name).to_owned()),
            Requirement::Scope(name, _) => Self::Scope((*name).to_owned()),
            Requirement::Any(terms) => Self::Any(all(terms)),
            // The guard lets nobody pass an empty list.
            Requirement::All([]) => Self::Any(Vec::new()),
            Requirement::All(terms) => Self::All(all(terms)),
            Requirement::Not(term) => Self::Not(Box::new(Self::from(*term))),
        }
    }
}

/// What one `#[secure]` declares, with the defaults of the rule book filled in.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Terms {
    /// The path of the handler: `my_crate::users::create_user`.
    pub handler: String,
    /// Who may call.
    pub admission: Admission,
    /// The source text of `when`.
    pub when: Option<String>,
    /// The rate limits, the shortest period first.
    pub limits: Vec<Limit>,
    /// The largest body in bytes, where the policy says one.
    pub body: Option<u64>,
    /// The time that a request may take, where the policy says one.
    pub timeout: Option<Duration>,
    /// How fresh and how strong the login must be.
    pub step_up: Option<StepUp>,
    /// The name under which every call leaves an audit record.
    pub audit: Option<String>,
    /// What the body is validated as, where the source shows it.
    pub input: Option<Input>,
    /// Why unchecked input may be read.
    pub unvalidated: Option<String>,
}

impl Terms {
    /// Terms that say who may call a handler, and nothing else.
    #[must_use]
    pub fn new(handler: impl Into<String>, admission: Admission) -> Self {
        Self {
            handler: handler.into(),
            admission,
            when: None,
            limits: Vec::new(),
            body: None,
            timeout: None,
            step_up: None,
            audit: None,
            input: None,
            unvalidated: None,
        }
    }
}

impl From<&Policy> for Terms {
    fn from(policy: &Policy) -> Self {
        Self {
            when: policy.condition().map(str::to_owned),
            limits: policy.rate_limits().to_vec(),
            body: policy.body_limit(),
            timeout: policy.time_limit(),
            step_up: policy.step_up_needed(),
            audit: policy.audit_name().map(str::to_owned),
            input: policy.validated_input(),
            unvalidated: policy.unvalidated_reason().map(str::to_owned),
            ..Self::new(policy.name(), policy.access().into())
        }
    }
}
