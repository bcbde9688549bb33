//! Stage: the condition of `when`, over the principal and the arguments of the handler.
//! Decided before the body is read wherever the condition does not name it.

use super::{Admitted, Refusal};
use crate::{Denial, Principal};
use axum::{
    body::Body as RequestBody,
    extract::{FromRequest, FromRequestParts},
};
use http::request::Parts as Head;
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

    /// The arguments from the head, of a request that meets the condition as far as that can be told by them.
    #[doc(hidden)]
    fn parts<S>(admitted: Admitted<'_>, head: &mut Head, state: &S) -> impl Future<Output = Result<Parts, Refusal>> + Send
    where
        Parts: FromRequestParts<S> + Send,
        S: Sync,
    {
        async move {
            let parts = super::parts(head, state).await?;
            check(Self::before_body(caller(admitted)?, &parts)).await?;
            Ok(parts)
        }
    }

    /// The last argument, of a request that meets the condition. The others are not changed: a shared reference in a future that is
    /// `Send` would want them to be `Sync`.
    #[doc(hidden)]
    fn body<S, M>(
        admitted: Admitted<'_>,
        parts: &mut Parts,
        head: Head,
        body: RequestBody,
        state: &S,
    ) -> impl Future<Output = Result<Body, Refusal>> + Send
    where
        Parts: Send,
        Body: FromRequest<S, M> + Send,
        S: Sync,
    {
        async move {
            let body = super::body(admitted.exchange, head, body, state).await?;
            check(Self::after_body(caller(admitted)?, parts, &body)).await?;
            Ok(body)
        }
    }
}

/// The condition of an endpoint without `when`.
#[derive(Debug)]
pub enum Always {}

/// It asks nothing, so that the compiler has nothing to build either: most endpoints are such.
impl<Parts, Body> Condition<Parts, Body> for Always {
    fn parts<S>(_: Admitted<'_>, head: &mut Head, state: &S) -> impl Future<Output = Result<Parts, Refusal>> + Send
    where
        Parts: FromRequestParts<S> + Send,
        S: Sync,
    {
        super::parts(head, state)
    }

    fn body<S, M>(
        admitted: Admitted<'_>,
        _: &mut Parts,
        head: Head,
        body: RequestBody,
        state: &S,
    ) -> impl Future<Output = Result<Body, Refusal>> + Send
    where
        Parts: Send,
        Body: FromRequest<S, M> + Send,
        S: Sync,
    {
        super::body(admitted.exchange, head, body, state)
    }
}

/// Whom the condition is about. The macros refuse `when` where there is nobody; one that is written by hand is not met there.
fn caller(admitted: Admitted<'_>) -> Result<&Principal, Denial> {
    admitted.principal.ok_or(Denial::ConditionNotMet)
}

/// Waits for the decision of a condition.
async fn check(decision: impl Future<Output = bool>) -> Result<(), Denial> {
    if decision.await { Ok(()) } else { Err(Denial::ConditionNotMet) }
}
