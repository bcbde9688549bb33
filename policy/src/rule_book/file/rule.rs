//! `[[rule]]`: which endpoints a house rule looks at, and what it wants of them.

use super::keys::{Group, Key, Kind, Section, Words};
use crate::{
    Demands, Rule, Selector,
    file::{Errors, Name},
    rules::Text,
};

/// A `[[rule]]` as written.
#[derive(Debug)]
pub(super) struct Written {
    /// Where it begins.
    pub(super) start: usize,
    /// Whether it was read without an error, so that it can be compared with others.
    pub(super) is_sound: bool,
    pub(super) name: Option<Name>,
    pub(super) role: Option<Name>,
    pub(super) scope: Option<Name>,
    selector: Selector,
    demands: Demands,
}

impl Written {
    pub(super) fn new(start: usize) -> Self {
        let (selector, demands) = (Selector::default(), Demands::NONE);
        Self { start, is_sound: true, name: None, role: None, scope: None, selector, demands }
    }

    pub(super) fn checked(&self, errors: &Errors) -> Rule {
        let text = |name: &Option<Name>| name.as_ref().map(|name| Text::from(name.text.clone()));
        Rule {
            name: text(&self.name).unwrap_or_default(),
            line: errors.line(self.start),
            selector: self.selector.clone(),
            demands: Demands { role: text(&self.role), scope: text(&self.scope), ..self.demands.clone() },
        }
    }

    /// How many patterns it selects by.
    pub(super) fn patterns(&self) -> usize {
        self.selector.paths.len() + self.selector.endpoints.len()
    }
}

fn texts(names: Vec<Name>) -> Vec<Text> {
    names.into_iter().map(|name| name.text.into()).collect()
}

impl Section for Written {
    const NAME: &'static str = "`[[rule]]`";
    const ABOUT: &'static str = "What the endpoints that it selects are held to. Every list that is there has to match.";
    const KEYS: &'static [Key<Self>] = &[
        Key {
            name: "name",
            about: "What messages call the rule.",
            example: "\"admin area\"",
            group: Group::Required,
            kind: Kind::Line(|rule, name| rule.name = Some(name)),
        },
        Key {
            name: "paths",
            about: "Paths of the router: `*` is any one segment, `**` any number of them.",
            example: "[\"/admin/**\"]",
            group: Group::Selector,
            kind: Kind::Words(Words::Paths, |rule, names| rule.selector.paths = texts(names).into()),
        },
        Key {
            name: "endpoints",
            about: "Functions, by name or by path from `crate`: `*` is any one name, `**` any number of them.",
            example: "[\"crate::admin::*\"]",
            group: Group::Selector,
            kind: Kind::Words(Words::Handlers, |rule, names| rule.selector.endpoints = texts(names).into()),
        },
        Key {
            name: "methods",
            about: "Methods, in upper case.",
            example: "[\"DELETE\"]",
            group: Group::Selector,
            kind: Kind::Words(Words::Methods, |rule, names| rule.selector.methods = texts(names).into()),
        },
        Key {
            name: "authenticated",
            about: "Nobody passes without credentials.",
            example: "true",
            group: Group::Demand,
            kind: Kind::True(|rule| rule.demands.authenticated = true),
        },
        Key {
            name: "role",
            about: "Everybody who passes has this role, or one that includes it.",
            example: "\"admin\"",
            group: Group::Demand,
            kind: Kind::Role(|rule, name| rule.role = Some(name)),
        },
        Key {
            name: "scope",
            about: "Everybody who passes has this scope.",
            example: "\"reports:read\"",
            group: Group::Demand,
            kind: Kind::Scope(|rule, name| rule.scope = Some(name)),
        },
        Key {
            name: "step_up",
            about: "The login is at least this fresh and this strong.",
            example: "{ max_age = \"15 min\" }",
            group: Group::Demand,
            kind: Kind::StepUp(|rule, step_up| rule.demands.step_up = Some(step_up)),
        },
        Key {
            name: "rate_at_most",
            about: "One of the rate limits is at least this strict.",
            example: "\"60/min\"",
            group: Group::Demand,
            kind: Kind::Rate(|rule, rate| rule.demands.rate_at_most = Some(rate)),
        },
        Key {
            name: "body_at_most",
            about: "The largest body is stated, and no larger.",
            example: "\"64 KiB\"",
            group: Group::Demand,
            kind: Kind::Size(|rule, size, _| rule.demands.body_at_most = Some(size.bytes())),
        },
        Key {
            name: "timeout_at_most",
            about: "The timeout is stated, and no longer.",
            example: "\"10 s\"",
            group: Group::Demand,
            kind: Kind::Time(|rule, period, _| rule.demands.timeout_at_most = Some(period.duration())),
        },
        Key {
            name: "audit",
            about: "Every call leaves an audit record.",
            example: "true",
            group: Group::Demand,
            kind: Kind::True(|rule| rule.demands.audit = true),
        },
        Key {
            name: "when",
            about: "There is a condition on the object.",
            example: "true",
            group: Group::Demand,
            kind: Kind::True(|rule| rule.demands.when = true),
        },
        Key {
            name: "validated",
            about: "No input is read unchecked.",
            example: "true",
            group: Group::Demand,
            kind: Kind::True(|rule| rule.demands.validated = true),
        },
    ];
}
