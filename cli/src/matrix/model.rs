//! The matrix before it is drawn: who calls across, endpoints down, and what holds at each.
//! All pictures are made from this, so that they show the same.

use super::reach::Reach;
use portcullis_policy::{Admission, ByteSize, Caller, Lock, LockedRoute, Period, Terms};
use std::fmt;

/// Who reaches what.
#[derive(Debug)]
pub(super) struct Matrix {
    pub(super) title: String,
    pub(super) columns: Vec<Column>,
    pub(super) rows: Vec<Row>,
    /// The doors past the guard: prefix and reason.
    pub(super) doors: Vec<(String, String)>,
}

/// A class of callers.
#[derive(Clone, Debug)]
pub(super) struct Column {
    pub(super) group: Group,
    pub(super) name: String,
    /// What it stands for, as a tooltip says it.
    pub(super) meaning: String,
    pub(super) caller: Caller,
}

/// What a column stands for.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Group {
    Anybody,
    Role,
    Scope,
}

/// An endpoint.
#[derive(Debug)]
pub(super) struct Row {
    pub(super) route: LockedRoute,
    pub(super) handler: String,
    /// Who may call, as the source says it.
    pub(super) access: String,
    pub(super) is_public: bool,
    /// One for each column.
    pub(super) cells: Vec<Reach>,
    pub(super) rates: Vec<String>,
    pub(super) body: Option<String>,
    pub(super) timeout: Option<String>,
    /// What else holds.
    pub(super) facts: Vec<Fact>,
}

/// Something else that holds at an endpoint.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) struct Fact {
    pub(super) kind: FactKind,
    pub(super) text: String,
}

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum FactKind {
    When,
    StepUp,
    Audit,
    Input,
    Unvalidated,
}

impl Matrix {
    pub(super) fn of(lock: &Lock, title: String) -> Self {
        let columns = columns(lock);
        let row = |(route, terms): (&LockedRoute, &Terms)| Row::of(route, terms, &columns, lock);
        let mut rows: Vec<Row> = lock.endpoints.iter().map(row).collect();
        // What answers the rest comes after what it is the rest of.
        rows.sort_by_key(|row| row.route.is_fallback());
        Self { title, rows, doors: lock.unsecured.clone(), columns }
    }

    /// How many columns a group has.
    pub(super) fn width(&self, group: Group) -> usize {
        self.columns.iter().filter(|column| column.group == group).count()
    }

    /// How many endpoints the callers of this column reach, if only sometimes.
    pub(super) fn reached(&self, column: usize) -> usize {
        self.rows.iter().filter(|row| row.cells.get(column).is_some_and(Reach::passes)).count()
    }
}

fn columns(lock: &Lock) -> Vec<Column> {
    let column = |group, name: &str, meaning: String, caller| Column { group, name: name.to_owned(), meaning, caller };
    let mut columns = vec![
        column(Group::Anybody, "anonymous", "a caller without credentials".to_owned(), Caller::Anonymous),
        column(Group::Anybody, "authenticated", "a caller with no role and no scope".to_owned(), Caller::holding([], [])),
    ];
    // The weakest first, so that the marks of a hierarchy grow to the right.
    let mut roles: Vec<&str> = lock.roles.names().collect();
    roles.sort_by_key(|role| (lock.roles.included_by(role).count(), *role));
    for role in roles {
        let included: Vec<&str> = lock.roles.included_by(role).collect();
        let meaning = match included.is_empty() {
            true => "includes no other role".to_owned(),
            false => format!("includes {}", included.join(", ")),
        };
        columns.push(column(Group::Role, role, meaning, Caller::holding([role], [])));
    }
    for (scope, meaning) in &lock.scopes {
        columns.push(column(Group::Scope, scope, meaning.clone(), Caller::holding([], [scope.as_str()])));
    }
    columns
}

impl Row {
    fn of(route: &LockedRoute, terms: &Terms, columns: &[Column], lock: &Lock) -> Self {
        let mut facts = Vec::new();
        let mut fact = |kind, text: Option<String>| facts.extend(text.map(|text| Fact { kind, text }));
        fact(FactKind::When, terms.when.clone());
        fact(FactKind::StepUp, terms.step_up.map(|step_up| step_up.to_string()));
        fact(FactKind::Audit, terms.audit.clone());
        fact(FactKind::Input, terms.input.map(|input| input.media_type().to_owned()));
        fact(FactKind::Unvalidated, terms.unvalidated.clone());
        Self {
            route: route.clone(),
            handler: terms.handler.clone(),
            access: terms.admission.to_string(),
            is_public: matches!(terms.admission, Admission::Public(_)),
            cells: columns.iter().map(|column| Reach::of(&column.caller, terms, &lock.roles)).collect(),
            rates: terms.limits.iter().map(ToString::to_string).collect(),
            body: terms.body.map(|bytes| ByteSize::from_bytes(bytes).to_string()),
            timeout: terms.timeout.map(|timeout| Period::from(timeout).to_string()),
            facts,
        }
    }

    /// The path, or what the endpoint answers instead of one.
    pub(super) fn path(&self) -> String {
        let under = |what: &str| match self.route.path.as_str() {
            "" => format!("({what})"),
            prefix => format!("{prefix} ({what})"),
        };
        match self.route.method.as_str() {
            LockedRoute::FALLBACK => under("no such path"),
            LockedRoute::METHOD_NOT_ALLOWED => under("method not allowed"),
            _ => self.route.path.clone(),
        }
    }

    /// The method; `*` is all of them.
    pub(super) fn method(&self) -> &str {
        match self.route.method.as_str() {
            LockedRoute::FALLBACK | LockedRoute::METHOD_NOT_ALLOWED => "*",
            method => method,
        }
    }

    pub(super) fn has(&self, kind: FactKind) -> bool {
        self.facts.iter().any(|fact| fact.kind == kind)
    }
}

impl Group {
    /// The groups, from left to right.
    pub(super) const ALL: [Self; 3] = [Self::Anybody, Self::Role, Self::Scope];
}

impl fmt::Display for Group {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Anybody => "anybody",
            Self::Role => "roles",
            Self::Scope => "scopes",
        })
    }
}

impl fmt::Display for FactKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::When => "when",
            Self::StepUp => "step-up",
            Self::Audit => "audit",
            Self::Input => "input",
            Self::Unvalidated => "unvalidated",
        })
    }
}
