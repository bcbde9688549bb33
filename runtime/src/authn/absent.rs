//! The stand-in for a scheme that is compiled out. There is no value of it, so it keeps any promise;
//! with it, the code that goes through the schemes is the same for every choice of features.

use crate::{Denial, principal::Principal};
use portcullis_policy::RuleBook;
use std::time::Duration;

/// A scheme that nobody can configure.
#[derive(Debug)]
pub(crate) enum Absent {}

impl Absent {
    pub(super) fn authenticate(&self, _: &str, _: Duration, _: &'static RuleBook) -> Result<Principal, Denial> {
        match *self {}
    }

    pub(super) fn leeway_allowed(&self) -> Duration {
        match *self {}
    }

    pub(super) fn problems(&self, _: &RuleBook) -> Vec<String> {
        match *self {}
    }
}
