//! What is wrong with a predicate, each mistake once, at its place and with an example of a caller.
//! First what makes it pointless as a whole, for then nothing else matters; then the terms that decide nothing, and what opens it.

use super::{Cases, Predicate, constant, reason::Words, redundancy};
use crate::Caller;

/// One mistake in a predicate.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Mistake {
    /// The way from the root to the term that is to blame, by position, so that the caret can be on it.
    pub way: Vec<usize>,
    /// What is wrong and how to right it: lower case, no final period.
    pub message: String,
}

pub(super) fn mistakes(predicate: &Predicate, word: &str, cases: &Cases<'_>) -> Vec<Mistake> {
    let mut mistakes = constant::mistakes(predicate, &[], true, Words::OUTSIDE, cases);
    if mistakes.is_empty() {
        let findings = redundancy::findings(predicate, cases);
        let removable: Vec<_> = findings.iter().filter_map(|finding| finding.removable.clone()).collect();
        mistakes.extend(findings.into_iter().flat_map(|finding| finding.mistakes));
        let opening = opening(predicate, word, &removable, cases);
        mistakes.extend(opening.filter(|opening| mistakes.iter().all(|mistake| mistake.way != opening.way)));
    }
    mistakes.sort_by(|a, b| a.way.cmp(&b.way));
    mistakes
}

/// The `not` by which a caller with no role and no scope passes, if no `authenticated` says that this is meant.
fn opening(predicate: &Predicate, word: &str, removable: &[Vec<usize>], cases: &Cases<'_>) -> Option<Mistake> {
    let (way, open) = unsaid(predicate, &[], removable)?;
    let said = match unspoken(predicate) {
        Predicate::All(terms) => Predicate::All([&[Predicate::Authenticated], terms.as_slice()].concat()),
        other => Predicate::All(vec![Predicate::Authenticated, other]),
    };
    let passes = cases.outcome(&Caller::holding([], []), "passes by", open);
    let message = format!(
        "{passes}; ask for a role or scope beside it, or, if every caller with credentials is meant, say so: `{word}({said})`"
    );
    Some(Mistake { way, message })
}

/// The predicate without the places where `authenticated` is said.
fn unspoken(term: &Predicate) -> Predicate {
    match term {
        Predicate::Any(terms) => Predicate::Any(terms.iter().map(unspoken).collect()),
        Predicate::All(terms) => {
            let mut rest: Vec<Predicate> = terms.iter().filter(|term| **term != Predicate::Authenticated).map(unspoken).collect();
            match rest.pop() {
                Some(one) if rest.is_empty() && terms.len() > 1 => one,
                last => Predicate::All(rest.into_iter().chain(last).collect()),
            }
        }
        Predicate::Not(term) => Predicate::Not(Box::new(unspoken(term))),
        leaf => leaf.clone(),
    }
}

/// The first term by which a caller with no role and no scope passes without `authenticated` beside it, and the way to it. Of an `all`, it
/// is enough that one term says it; of an `any`, each term by which that caller passes has to. What is to go anyway is passed over.
fn unsaid<'a>(term: &'a Predicate, way: &[usize], removable: &[Vec<usize>]) -> Option<(Vec<usize>, &'a Predicate)> {
    if !term.is_met_by_nothing() {
        return None;
    }
    let (Predicate::Any(terms) | Predicate::All(terms)) = term else {
        return matches!(term, Predicate::Not(_)).then(|| (way.to_vec(), term));
    };
    let ways = terms.iter().enumerate().map(|(index, term)| (term, [way, &[index]].concat()));
    let mut unsaid = ways.filter(|(_, way)| !removable.contains(way)).map(|(term, way)| unsaid(term, &way, removable));
    match term {
        Predicate::All(_) => unsaid.collect::<Option<Vec<_>>>()?.into_iter().next(),
        _ => unsaid.find_map(|found| found),
    }
}

#[cfg(test)]
mod tests;
