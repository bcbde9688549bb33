//! Stage: the condition of `when`, over the principal and the arguments of the handler.
//! Decided before the body is read wherever the condition does not name it.

use crate::{Denial, Principal};
use std::future::{Future, ready};

/// The condition of an endpoint, as `#[secure(when = …)]` writes it. `Parts` are the arguments from the head of the request, `Body` is
/// the last argument.
pub trait Condition<Parts, Body> {
    /// Whether the condition holds, as far as it can be told before the body is read.
    fn before_body(principal: &Principal, parts: &Parts) -> impl Future<Output = bool> + Send {
        let _ = (principal, parts);
        ready(true)
    }

    /// Whether the condition holds, now that the body is read.
    fn after_body(principal: &Principal, parts: &Parts, body: &Body) -> impl Future<Output = bool> + Send {
        let _ = (principal, parts, body);
        ready(true)
    }
}

/// The condition of an endpoint without `when`.
#[derive(Debug)]
pub enum Always {}

impl<Parts, Body> Condition<Parts, Body> for Always {}

/// Waits for the decision of a condition.
pub(super) async fn check(decision: impl Future<Output = bool>) -> Result<(), Denial> {
    if decision.await { Ok(()) } else { Err(Denial::ConditionNotMet) }
}
