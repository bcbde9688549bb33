//! `assert_unreachable`: nobody of a kind gets to some paths, proved by every case there is.
//! Fails with the counterexample: the endpoint, and the least that lets a caller in.

use portcullis_policy::{Caller, Lock, Proof};

/// Asserts that the caller reaches no endpoint under the paths: not with all that they hold, not with a part of it, and not without
/// credentials. Returns the proof, with the endpoints and the count of the cases.
///
/// It is about the access of the endpoints, without their conditions and limits; see [`Lock::unreachable`] for what is under a path.
/// [`Lock::who_can`], [`Lock::can`] and [`Lock::admits`] answer questions about one endpoint.
///
/// ```
/// use portcullis::{prelude::*, testing::{Caller, assert_unreachable, lock_of}};
///
/// #[secure(role = "admin")]
/// async fn delete_user() {}
///
/// #[secure(role = "admin")]
/// async fn keys() {}
///
/// let router: SecureRouter = SecureRouter::new().route("/users/{id}", delete(delete_user)).route("/admin/keys", get(keys));
/// let lock = lock_of(&router, rule_book!())?;
///
/// let proof = assert_unreachable(&lock, &Caller::Anonymous, "/admin/**");
/// assert_eq!(proof.to_string(), "`GET /admin/keys` is out of reach (1 case tried)");
/// assert_eq!(lock.who_can("DELETE /users/{id}")?.minimal, [Caller::holding(["admin"], [])]);
/// assert!(!lock.can("user", "DELETE /users/{id}")?);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Panics
///
/// Where an endpoint under the paths admits the caller, with its route and what it takes; where a router without policies may route
/// what is under the paths; and where nothing would be proved: no endpoint is under the paths, or the rule book does not declare a
/// role or a scope of the caller.
#[track_caller]
#[expect(clippy::panic, reason = "an assertion that does not hold panics, which is what it is for")]
pub fn assert_unreachable(lock: &Lock, caller: &Caller, paths: &str) -> Proof {
    match lock.unreachable(caller, paths) {
        Ok(proof) => proof,
        Err(error) => panic!("{error}"),
    }
}
