//! Why a term decides nothing, told by a caller for whom it seems to and does not.
//! The nearest reason counts: what stands right beside the term, before what stands further out.

use super::{Cases, Predicate, constant};

/// What stands around a term, one step up: the terms beside it, without what is reported already.
pub(super) enum Frame {
    Any(Vec<Predicate>),
    All(Vec<Predicate>),
    Not,
}

/// What to say of an `authenticated` that opens nothing.
pub(super) fn said_for_nothing(is_said: bool) -> String {
    if is_said {
        return "`authenticated` is said already; remove this one".to_owned();
    }
    "`authenticated` decides nothing here: whoever comes this far is authenticated, and it is said only beside a `not` that callers with \
     no role and no scope pass; remove it"
        .to_owned()
}

/// Why the term decides nothing, with what to do. The frames lead from the root to the term.
pub(super) fn why_redundant(term: &Predicate, frames: &[Frame], cases: &Cases<'_>) -> String {
    if let Some(Frame::Any(beside) | Frame::All(beside)) = frames.last()
        && beside.contains(term)
    {
        return format!("`{term}` stands here twice; keep one");
    }
    let reason = beside(term, frames, cases).or_else(|| further_out(term, frames, cases));
    let reason = reason.unwrap_or_else(|| "the same callers are admitted without it".to_owned());
    format!("`{term}` decides nothing here: {reason}; remove it")
}

/// The reason that stands beside the term, if it does.
fn beside(term: &Predicate, frames: &[Frame], cases: &Cases<'_>) -> Option<String> {
    let (last, outer) = frames.split_last()?;
    let (met, words) = (cases.met(term), Words::under(outer));
    match last {
        Frame::Any(beside) => {
            let covers = |other: &&Predicate| !met.and(&cases.met(other).not()).has_any();
            let caller = cases.smallest(&met)?;
            if let Some(other) = beside.iter().find(covers) {
                return Some(cases.outcome(&caller, words.met, other));
            }
            let together = cases.met(&Predicate::Any(beside.clone()));
            let other = beside.iter().find(|other| cases.meets(&caller, other))?;
            let is_covered = !met.and(&together.not()).has_any();
            is_covered
                .then(|| format!("whoever meets it meets a term beside it, as {}", cases.outcome(&caller, words.met, other)))
        }
        Frame::All(beside) => {
            let implies = |other: &&Predicate| !cases.met(other).and(&met.not()).has_any();
            // Whom a `not` keeps out says more than whom it lets in.
            if term.is_met_by_nothing() {
                let other = beside.iter().find(implies)?;
                let caller = cases.smallest(&met.not())?;
                return Some(format!("{} too", cases.outcome(&caller, words.unmet, other)));
            }
            let all = Predicate::All(beside.clone());
            let together = cases.met(&all);
            if together.and(&met.not()).has_any() {
                return None;
            }
            let (asking, example) = match beside.iter().find(implies) {
                Some(other) => (other.clone(), cases.met(other)),
                None => (all, together),
            };
            let caller = cases.smallest(&example)?;
            Some(format!("whoever meets `{asking}` meets it too, as {}", cases.outcome(&caller, "meets", term)))
        }
        Frame::Not => None,
    }
}

/// The reason further out: what is asked for there settles it, or decides for the callers for whom the term would.
fn further_out(term: &Predicate, frames: &[Frame], cases: &Cases<'_>) -> Option<String> {
    let (last, outer) = frames.split_last()?;
    let asked_for = || outer.iter().flat_map(|frame| if let Frame::All(beside) = frame { beside.as_slice() } else { &[] });
    if asked_for().any(|other| other == term) {
        return Some("it is asked for further out already".to_owned());
    }
    let met = cases.met(term);
    let (caller, does, meets) = match last {
        Frame::Any(beside) => {
            if let Some(other) = asked_for().find(|other| !cases.met(other).and(&met).has_any()) {
                let reason = constant::why_never_both(other, term, cases);
                return Some(format!("whoever meets `{other}` further out cannot meet it, as {reason}"));
            }
            (cases.smallest(&met.and(&cases.met(&Predicate::Any(beside.clone())).not()))?, "meets", true)
        }
        Frame::All(beside) => {
            if let Some(other) = asked_for().find(|other| !cases.met(other).and(&met.not()).has_any()) {
                let caller = cases.smallest(&cases.met(other))?;
                return Some(format!(
                    "whoever meets `{other}` further out meets it too, as {}",
                    cases.outcome(&caller, "meets", term)
                ));
            }
            (cases.smallest(&cases.met(&Predicate::All(beside.clone())).and(&met.not()))?, "does not meet", false)
        }
        Frame::Not => return None,
    };
    let (index, decisive, is_met) = outer.iter().enumerate().rev().find_map(|(index, frame)| match frame {
        Frame::Any(beside) => beside.iter().find(|other| cases.meets(&caller, other)).map(|other| (index, other, true)),
        Frame::All(beside) => beside.iter().find(|other| !cases.meets(&caller, other)).map(|other| (index, other, false)),
        Frame::Not => None,
    })?;
    let words = Words::under(outer.get(..index)?);
    let then = if is_met { words.met } else { words.unmet };
    let and = if is_met == meets { "and" } else { "but" };
    Some(format!("{caller} {does} it, {and} {then} `{decisive}` further out"))
}

/// What it is called to meet a term or not, where it stands: under a `not` it lets nobody pass.
#[derive(Clone, Copy)]
pub(super) struct Words {
    pub(super) met: &'static str,
    pub(super) unmet: &'static str,
}

impl Words {
    pub(super) const OUTSIDE: Self = Self { met: "passes by", unmet: "is refused by" };
    pub(super) const INSIDE: Self = Self { met: "meets", unmet: "does not meet" };

    pub(super) fn under(frames: &[Frame]) -> Self {
        if frames.iter().any(|frame| matches!(frame, Frame::Not)) { Self::INSIDE } else { Self::OUTSIDE }
    }
}
