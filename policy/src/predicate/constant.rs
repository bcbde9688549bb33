//! Terms that nobody or everybody meets: which of them is to blame, and a caller who shows why.
//! The blame goes as deep as the contradiction does, so that the caret is where it has to be undone.

use super::{Cases, Mistake, Predicate, Verdict, reason::Words};
use crate::{Caller, suggest::list};

/// What is wrong with a term at `way` that nobody or everybody meets; nothing if it decides something. `is_all` where the whole predicate
/// is like that, and not only a part of it.
pub(super) fn mistakes(term: &Predicate, way: &[usize], is_all: bool, words: Words, cases: &Cases<'_>) -> Vec<Mistake> {
    let is_met = match cases.verdict(term) {
        Verdict::Depends | Verdict::TooLarge => return Vec::new(),
        Verdict::Nobody => false,
        Verdict::Everybody => true,
    };
    let blamed = blamed(term, is_met, cases);
    if !blamed.is_empty() {
        let deeper = |(index, term)| mistakes(term, &[way, &[index]].concat(), is_all, words, cases);
        return blamed.into_iter().flat_map(deeper).collect();
    }
    let Why { place, reason, remedy } = if is_met { why_everybody(term, words, cases) } else { why_nobody(term, words, cases) };
    let who = if is_met { "everybody meets" } else { "nobody can meet" };
    let remedy = match remedy {
        Some(remedy) => remedy,
        None if !is_met || !is_all => "remove it".to_owned(),
        None if says_authenticated_alone(term) => "write `authenticated` as the access itself, without `allow`".to_owned(),
        None => "write `authenticated` if that is meant".to_owned(),
    };
    vec![Mistake { way: way.iter().copied().chain(place).collect(), message: format!("{who} `{term}`: {reason}; {remedy}") }]
}

/// Why no caller meets both, by one who meets the first.
pub(super) fn why_never_both(first: &Predicate, second: &Predicate, cases: &Cases<'_>) -> String {
    let seconds = if let Predicate::All(terms) = second { terms.as_slice() } else { std::slice::from_ref(second) };
    why_nobody(&Predicate::All([std::slice::from_ref(first), seconds].concat()), Words::INSIDE, cases).reason
}

/// The terms inside that make it so alone. `authenticated` is blamed only where it stands alone.
fn blamed<'a>(term: &'a Predicate, is_met: bool, cases: &Cases<'_>) -> Vec<(usize, &'a Predicate)> {
    let wanted = if is_met { Verdict::Everybody } else { Verdict::Nobody };
    let (Predicate::Any(terms) | Predicate::All(terms)) = term else { return Vec::new() };
    let alike = |(_, term): &(usize, &Predicate)| **term != Predicate::Authenticated && cases.verdict(term) == wanted;
    terms.iter().enumerate().filter(alike).collect()
}

/// Why a term is constant.
struct Why {
    /// Which of its terms shows it best, if it has any.
    place: Option<usize>,
    reason: String,
    /// What to do, where that depends on the reason.
    remedy: Option<String>,
}

impl Why {
    fn whole(reason: impl Into<String>) -> Self {
        Self { place: None, reason: reason.into(), remedy: None }
    }
}

fn why_nobody(term: &Predicate, words: Words, cases: &Cases<'_>) -> Why {
    match term {
        Predicate::All(terms) => {
            let core = core(terms, Predicate::All, Verdict::Nobody, cases);
            // What refuses is what a caller with no role and no scope would meet: a `not`, most likely.
            let refusing = core.iter().rev().find(|(_, term)| term.is_met_by_nothing()).or(core.last());
            let Some((place, refusing)) = refusing.copied() else { return Why::whole("it names nothing") };
            let others = core.iter().filter(|(index, _)| *index != place).map(|(_, term)| (*term).clone()).collect();
            let Some(caller) = cases.smallest(&cases.met(&Predicate::All(others))) else {
                return Why::whole(format!("nobody can meet `{refusing}`"));
            };
            let terms: Vec<String> = core.iter().map(|(_, term)| term.to_string()).collect();
            let remedy = format!("one of {} has to go", list(terms.iter().map(String::as_str)));
            Why { place: Some(place), reason: cases.outcome(&caller, words.unmet, refusing), remedy: Some(remedy) }
        }
        Predicate::Not(inner) if **inner == Predicate::Authenticated => Why::whole("whoever comes this far is authenticated"),
        Predicate::Not(inner) => {
            Why::whole(format!("everybody meets `{inner}`, as {}", why_everybody(inner, Words::INSIDE, cases).reason))
        }
        Predicate::Any(terms) => match terms.first() {
            Some(first) => Why::whole(format!("nobody can meet `{first}`, as {}", why_nobody(first, words, cases).reason)),
            None => Why::whole("it names nothing"),
        },
        Predicate::Authenticated | Predicate::Role(_) | Predicate::Scope(_) => {
            Why::whole("no roles and scopes together are enough")
        }
    }
}

fn why_everybody(term: &Predicate, words: Words, cases: &Cases<'_>) -> Why {
    let nobody = Caller::holding([], []);
    match term {
        Predicate::Any(terms) => {
            let core = core(terms, Predicate::Any, Verdict::Everybody, cases);
            let Some((place, open)) = core.iter().copied().find(|(_, term)| term.is_met_by_nothing()) else {
                return Why::whole(format!("{nobody} does, for example"));
            };
            let mut reason = cases.outcome(&nobody, words.met, open);
            if let Some(other) = cases.smallest(&cases.met(open).not())
                && let Some((_, by)) = core.iter().find(|(_, term)| cases.meets(&other, term))
            {
                reason = format!("{reason}, while {}", cases.outcome(&other, words.met, by));
            }
            Why { place: Some(place), reason, remedy: None }
        }
        Predicate::Not(inner) => {
            Why::whole(format!("nobody can meet `{inner}`, as {}", why_nobody(inner, Words::INSIDE, cases).reason))
        }
        Predicate::All(terms) if let Some(first) = terms.first() => {
            Why { place: Some(0), reason: cases.outcome(&nobody, words.met, first), remedy: None }
        }
        Predicate::All(_) | Predicate::Authenticated | Predicate::Role(_) | Predicate::Scope(_) => {
            Why::whole(format!("{nobody} does, for example"))
        }
    }
}

/// `authenticated`, or `all` of nothing else.
fn says_authenticated_alone(term: &Predicate) -> bool {
    match term {
        Predicate::All(terms) => terms.iter().all(says_authenticated_alone),
        other => *other == Predicate::Authenticated,
    }
}

/// The fewest of the terms that together have the verdict, the first ones where there is a choice.
fn core<'a>(
    terms: &'a [Predicate],
    join: fn(Vec<Predicate>) -> Predicate,
    verdict: Verdict,
    cases: &Cases<'_>,
) -> Vec<(usize, &'a Predicate)> {
    let mut core: Vec<(usize, &Predicate)> = terms.iter().enumerate().collect();
    for index in (0..terms.len()).rev() {
        let rest: Vec<_> = core.iter().copied().filter(|(other, _)| *other != index).collect();
        if cases.verdict(&join(rest.iter().map(|(_, term)| (*term).clone()).collect())) == verdict {
            core = rest;
        }
    }
    core
}
