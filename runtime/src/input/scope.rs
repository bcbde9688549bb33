//! How the reading of an input differs while its errors are collected: all of it is read first, and its rules are checked then.
//! Of the thread, since serde hands nothing down; what it says is undone on every way out.

use garde::Report;
use std::cell::{Cell, RefCell};

/// What the derive knows of a type that its errors need: garde speaks of Rust's names, and a client of the wire's.
#[derive(Debug)]
pub struct Names {
    /// The fields, of all variants, and the names that they are given explicitly, the one that is told first.
    pub fields: &'static [(&'static str, &'static [&'static str])],
    /// The key in which an enum that is tagged adjacently has its content, and the names in that.
    pub content: Option<(&'static str, &'static Names)>,
    /// The fields whose own fields are in the same object, and the names of those.
    pub flattened: &'static [(&'static str, &'static Names)],
    /// Whether it is read from an object although serde asks for anything, because its tag is among the fields.
    pub tag_within: bool,
}

impl Names {
    /// The names of the fields of that field, if they are in the same object.
    pub(crate) fn inner(&self, field: &str) -> Option<&'static Self> {
        let is_it = |(name, _): &&(&str, _)| name.strip_prefix("r#").unwrap_or(name) == field.strip_prefix("r#").unwrap_or(field);
        self.flattened.iter().find(is_it).map(|(_, names)| *names)
    }
}

thread_local! {
    static UNCHECKED: Cell<bool> = const { Cell::new(false) };
    static ANNOUNCED: Cell<Option<&'static Names>> = const { Cell::new(None) };
    static LOST: Cell<Option<&'static str>> = const { Cell::new(None) };
    static BROKEN: RefCell<Option<Report>> = const { RefCell::new(None) };
}

/// Whether inputs check their rules when they are read.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Inputs {
    Checked,
    /// Whatever is read must be dropped, or checked, before anybody sees it.
    Unchecked,
}

impl Inputs {
    /// Has it so in this thread until what is returned is dropped.
    pub(crate) fn set(self) -> Set {
        Set { before: UNCHECKED.replace(self == Self::Unchecked) }
    }
}

/// What the thread returns to when it is dropped.
pub(crate) struct Set {
    before: bool,
}

impl Drop for Set {
    fn drop(&mut self) {
        UNCHECKED.set(self.before);
        ANNOUNCED.set(None);
    }
}

/// Whether inputs are read without their rules.
pub(super) fn is_unchecked() -> bool {
    UNCHECKED.get()
}

/// Says what the object that is read next is, to a document that wants to know.
pub(super) fn announce(names: &'static Names) {
    if is_unchecked() {
        ANNOUNCED.set(Some(names));
    }
}

/// What was said of the object that is read now.
pub(crate) fn announced() -> Option<&'static Names> {
    ANNOUNCED.take()
}

/// Notes the field in which something is wrong, where serde has lost its place.
pub(super) fn lose(name: Option<&'static str>) {
    LOST.set(name);
}

/// The field in which something was wrong last, where serde has lost its place.
pub(crate) fn lost() -> Option<&'static str> {
    LOST.take()
}

/// Keeps the report of an input that is refused, for [`telling`].
pub(super) fn keep(report: Report) {
    BROKEN.with_borrow_mut(|broken| *broken = Some(report));
}

/// The outcome, and the report of the input that was refused last in it.
pub(crate) fn telling<R>(run: impl FnOnce() -> R) -> (R, Option<Report>) {
    BROKEN.take();
    let outcome = run();
    (outcome, BROKEN.take())
}
