//! All who may call: the fewest grants that are enough, every way there is.
//! The whole truth about an access in a few lines, where an example is one case of it.

use super::{Caller, Roles, Side, TooLarge, Universe};
use std::fmt;

/// Who may call an endpoint.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Callers {
    /// Whether callers without credentials may.
    pub anonymous: bool,
    /// The callers who may and who hold no more than it takes: nobody with less may, and nobody with a weaker role in place of
    /// one of theirs. Empty where nobody may; the caller without credentials alone, where everybody may.
    pub minimal: Vec<Caller>,
    /// Whether everybody who holds more than one of these may, too. Not so, where the access says `not`.
    pub monotone: bool,
    /// How many cases were tried.
    pub cases: u64,
}

impl Callers {
    /// Tries every case.
    ///
    /// # Errors
    /// [`TooLarge`], where there are more than 20 kinds of grants that differ in what they satisfy.
    ///
    /// ```
    /// use portcullis_policy::{Caller, Callers, Roles, Side};
    ///
    /// let admission = r#"allow(any(role = "user", all(role = "guest", scope = "read")))"#.parse()?;
    /// let roles = Roles::new([("admin", vec!["user"])]);
    /// let callers = Callers::of(Side { admission: &admission, roles: &roles }).unwrap();
    /// assert_eq!(callers.minimal, [Caller::holding(["user"], []), Caller::holding(["guest"], ["read"])]);
    /// assert!(callers.monotone && !callers.anonymous);
    /// # Ok::<(), portcullis_policy::GrammarError>(())
    /// ```
    pub fn of(side: Side<'_>) -> Result<Self, TooLarge> {
        let universe = Universe::new(&[side])?;
        let admitted = universe.admitted(side);
        let cases = universe.combinations() + 1;
        if admitted.anonymous {
            return Ok(Self { anonymous: true, minimal: vec![Caller::Anonymous], monotone: true, cases });
        }
        let more = universe.above(&admitted.holding);
        let fewest = universe.callers(&admitted.holding.and(&more.not()));
        let monotone = !more.and(&admitted.holding.not()).has_any();
        Ok(Self { anonymous: false, minimal: weakest(fewest, side.roles), monotone, cases })
    }
}

/// Those of whom none is as strong as another: who has `admin` need not be named beside who has the `user` that it includes.
fn weakest(callers: Vec<Caller>, roles: &Roles) -> Vec<Caller> {
    /// Of more than these nobody reads the list, and it is as true when it is longer than it need be.
    const MOST: usize = 1_000;

    if callers.len() > MOST {
        return callers;
    }
    let is_stronger = |index: usize, caller: &Caller| {
        let mut others = callers.iter().enumerate().filter(|(other, _)| *other != index);
        // Of two that are as strong as each other the first stays.
        others.any(|(other, weaker)| caller.covers(weaker, roles) && (other < index || !weaker.covers(caller, roles)))
    };
    callers.iter().enumerate().filter(|(index, caller)| !is_stronger(*index, caller)).map(|(_, caller)| caller.clone()).collect()
}

impl fmt::Display for Callers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.minimal.as_slice() {
            [] => f.write_str("nobody")?,
            minimal => {
                for (index, caller) in minimal.iter().enumerate() {
                    let lead = if index == 0 { "" } else { ", or " };
                    write!(f, "{lead}{caller}")?;
                }
            }
        }
        let more = match (self.minimal.is_empty(), self.monotone) {
            (true, _) => "",
            (false, true) => ", and whoever holds more",
            (false, false) => ", and not all who hold more",
        };
        write!(f, "{more} ({} cases tried)", self.cases)
    }
}
