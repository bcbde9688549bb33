//! A policy as it is meant: checked, complete, and without tokens, except for the condition, which is the user's code.
//! What emits it can no longer fail.

use portcullis_policy::{Limit, Mask, RoutePattern, StepUp};
use proc_macro2::{Span, TokenStream};

/// What one `#[secure]` declares.
pub(super) struct Policy {
    /// The hash of the rule book; 0 where there is none.
    pub(super) rule_book: u64,
    pub(super) access: Access,
    pub(super) when: Option<When>,
    /// The shortest period first.
    pub(super) limits: Vec<Limit>,
    pub(super) body_bytes: Option<u64>,
    pub(super) timeout_millis: Option<u64>,
    pub(super) step_up: Option<StepUp>,
    pub(super) audit: Option<String>,
    pub(super) unvalidated: Option<String>,
    pub(super) route: Option<Route>,
    /// What breaks a house rule in some modules and not in others.
    pub(super) deferred: Vec<Deferred>,
}

/// A breach that depends on the module of the handler.
pub(super) struct Deferred {
    /// Patterns of handlers.
    pub(super) patterns: Vec<String>,
    /// Whether it is one if a pattern means the handler, or if none does.
    pub(super) if_meant: bool,
    pub(super) guilty: TokenStream,
    pub(super) message: String,
}

/// The method, in upper case, and the path that it names.
pub(super) struct Route {
    pub(super) method: String,
    pub(super) path: RoutePattern,
}

/// A condition: the user's expression, and the place of the word `when`.
pub(super) struct When {
    pub(super) key: Span,
    pub(super) expression: TokenStream,
}

pub(super) enum Access {
    Public(Option<String>),
    Authenticated,
    Allow(Requirement),
}

pub(crate) enum Requirement {
    Authenticated,
    /// A role, and who satisfies it.
    Role(String, Mask),
    Scope(String, Mask),
    Any(Vec<Requirement>),
    All(Vec<Requirement>),
    Not(Box<Requirement>),
}

impl Policy {
    /// A policy that lets nobody pass: what a program has that does not compile.
    pub(super) const fn deny_all() -> Self {
        Self {
            rule_book: 0,
            access: Access::Allow(Requirement::Any(Vec::new())),
            when: None,
            limits: Vec::new(),
            body_bytes: None,
            timeout_millis: None,
            step_up: None,
            audit: None,
            unvalidated: None,
            route: None,
            deferred: Vec::new(),
        }
    }

    pub(super) const fn is_public(&self) -> bool {
        matches!(self.access, Access::Public(_))
    }
}
