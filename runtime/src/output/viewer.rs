//! Who looks at what is being serialized: the principal whose request this thread is just answering.
//! Serde has no way to hand that to `Serialize`, so it waits in the thread; a copy of the grants does, and costs no allocation.

use super::Rule;
use crate::Principal;
use portcullis_policy::{Mask, Requirement};
use std::{
    cell::Cell,
    marker::PhantomData,
    sync::atomic::{AtomicBool, Ordering},
};

/// What is to be known of a caller to tell what they may see.
#[derive(Clone, Copy)]
pub(crate) struct Viewer {
    grants: Mask,
    /// The hash of the rule book that gave the grants their bits.
    rule_book: u64,
}

impl Viewer {
    pub(crate) fn of(principal: &Principal) -> Self {
        Self { grants: principal.grants(), rule_book: principal.rule_book() }
    }
}

thread_local! {
    /// Nobody, but for the moments in which the guard turns the answer of a handler into bytes.
    static VIEWER: Cell<Option<Viewer>> = const { Cell::new(None) };
}

/// Lets the viewer see what is serialized on this thread until the value is dropped, be it by a panic. Nobody sees for a caller without
/// credentials.
pub(crate) fn as_seen_by(viewer: Option<Viewer>) -> Seen {
    Seen { before: VIEWER.replace(viewer), of_this_thread: PhantomData }
}

/// Puts back who was looking before.
#[must_use = "who looks is put back when this is dropped"]
pub(crate) struct Seen {
    before: Option<Viewer>,
    of_this_thread: PhantomData<*const ()>,
}

impl Drop for Seen {
    fn drop(&mut self) {
        VIEWER.set(self.before);
    }
}

/// Whether a field is left out, as serde asks it.
#[must_use]
pub fn hidden<R: Rule, T: ?Sized>(_: &T) -> bool {
    !is_shown::<R>()
}

/// Whether who looks meets the rule.
#[must_use]
pub(super) fn is_shown<R: Rule>() -> bool {
    meets(R::RULE_BOOK, &R::SHOWN_TO)
}

fn meets(rule_book: u64, requirement: &Requirement) -> bool {
    let Some(viewer) = VIEWER.get() else { return false };
    if viewer.rule_book != rule_book {
        warn_of_a_mixture();
        return false;
    }
    requirement.is_met_by(viewer.grants)
}

/// The bits of one rule book mean nothing in another, so the field stays hidden; said once, since every answer would say it.
#[cold]
fn warn_of_a_mixture() {
    static SAID: AtomicBool = AtomicBool::new(false);
    if !SAID.swap(true, Ordering::Relaxed) {
        tracing::error!(
            target: "portcullis",
            "an answer has fields that are shown by another rule book than the service has; they stay hidden: compile both crates \
             with one `security.toml`"
        );
    }
}

#[cfg(all(test, any(feature = "jwt", feature = "api-key")))]
mod tests {
    use super::{Viewer, as_seen_by, meets};
    use crate::{Principal, Scheme, principal::Details};
    use portcullis_policy::{Mask, Requirement, Role, RuleBook};
    use std::{
        panic::{AssertUnwindSafe, catch_unwind},
        thread,
    };

    const ADMIN: Requirement = Requirement::Role("admin", Mask::from_words([1, 0, 0, 0]));
    static BOOK: RuleBook =
        RuleBook::new(7, &[Role::new("admin", Mask::from_words([1, 0, 0, 0]), Mask::from_words([1, 0, 0, 0]))], &[]);

    fn caller(roles: &[&str]) -> Principal {
        let details = Details {
            subject: "ann".to_owned(),
            issuer: None,
            scheme: Scheme::ApiKey,
            roles: roles.iter().map(|&role| role.to_owned()).collect(),
            scopes: Vec::new(),
            claims: serde_json::Map::new(),
            expires_at: None,
        };
        Principal::new(details, &BOOK)
    }

    #[test]
    fn nobody_sees_but_who_is_being_answered() {
        let (admin, user) = (caller(&["admin"]), caller(&[]));
        assert!(!meets(7, &ADMIN) && !meets(7, &Requirement::Authenticated));
        {
            let _seen = as_seen_by(Some(Viewer::of(&admin)));
            assert!(meets(7, &ADMIN) && meets(7, &Requirement::Authenticated));
            assert!(!thread::spawn(|| meets(7, &ADMIN)).join().unwrap(), "another thread");
            {
                let _seen = as_seen_by(Some(Viewer::of(&user)));
                assert!(!meets(7, &ADMIN) && meets(7, &Requirement::Authenticated));
            }
            {
                let _seen = as_seen_by(None);
                assert!(!meets(7, &Requirement::Authenticated), "without credentials");
                assert!(!meets(7, &Requirement::Not(&ADMIN)), "a `not` opens nothing to who has no credentials");
            }
            assert!(meets(7, &ADMIN), "back again");
        }
        assert!(!meets(7, &ADMIN));
    }

    #[test]
    fn a_panic_leaves_nobody_behind() {
        let admin = caller(&["admin"]);
        let panicked = catch_unwind(AssertUnwindSafe(|| {
            let _seen = as_seen_by(Some(Viewer::of(&admin)));
            panic!("in the middle of an answer");
        }));
        assert!(panicked.is_err() && !meets(7, &ADMIN));
    }

    #[test]
    fn the_bits_of_another_rule_book_show_nothing() {
        let admin = caller(&["admin"]);
        let _seen = as_seen_by(Some(Viewer::of(&admin)));
        assert!(meets(7, &ADMIN) && !meets(8, &ADMIN));
        assert!(!meets(8, &Requirement::Not(&ADMIN)) && !meets(8, &Requirement::Authenticated));
    }
}
