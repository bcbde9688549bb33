//! The lock of a router: what its endpoints say, as `security.lock` keeps it.

use crate::{SecureRouter, StartupErrors};
use portcullis_policy::{Lock, Manifest, RuleBook};

/// What has a manifest: a [`SecureRouter`], with its state or without, or the [`Manifest`] itself, or a reference to either.
pub trait Listed {
    /// Every endpoint with its policy.
    ///
    /// # Errors
    ///
    /// The problems of a router that could not route all that it was given, and so cannot list it.
    fn listed(&self) -> Result<Manifest, StartupErrors>;
}

impl<S: Clone + Send + Sync + 'static> Listed for SecureRouter<S> {
    fn listed(&self) -> Result<Manifest, StartupErrors> {
        self.check()?;
        Ok(self.manifest())
    }
}

impl Listed for Manifest {
    fn listed(&self) -> Result<Manifest, StartupErrors> {
        Ok(self.clone())
    }
}

impl<T: Listed + ?Sized> Listed for &T {
    fn listed(&self) -> Result<Manifest, StartupErrors> {
        (*self).listed()
    }
}

/// The lock of a router, under the rule book of its workspace.
///
/// ```
/// use portcullis::{prelude::*, testing::{LockedRoute, lock_of}};
///
/// #[secure(role = "admin")]
/// async fn delete_user() {}
///
/// let router: SecureRouter = SecureRouter::new().route("/users/{id}", delete(delete_user));
/// let lock = lock_of(&router, rule_book!())?;
/// assert!(lock.endpoints.contains_key(&LockedRoute::new("DELETE", "/users/{id}")));
/// # Ok::<(), portcullis::StartupErrors>(())
/// ```
///
/// # Errors
///
/// The problems of a router that could not route all that it was given.
pub fn lock_of(listed: impl Listed, book: &RuleBook) -> Result<Lock, StartupErrors> {
    Ok(Lock::of(&listed.listed()?, book))
}
