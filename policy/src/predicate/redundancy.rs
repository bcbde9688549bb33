//! The terms without which the same callers are admitted, found in one walk over the tree.
//! A term matters only in the cases that what stands around it leaves open; where it changes none of these, it decides nothing.

use super::{
    Cases, Mistake, Predicate, constant,
    reason::{Frame, Words, said_for_nothing, why_redundant},
};
use crate::lattice::Table;
use std::collections::VecDeque;

/// What the walk found.
pub(super) struct Finding {
    /// The way to a term that can go, or none where one has to be written otherwise.
    pub(super) removable: Option<Vec<usize>>,
    pub(super) mistakes: Vec<Mistake>,
}

/// The ways to all terms that decide nothing.
pub(super) fn ways(predicate: &Predicate, cases: &Cases<'_>) -> Vec<Vec<usize>> {
    if !constant::mistakes(predicate, &[], true, Words::OUTSIDE, cases).is_empty() {
        return Vec::new();
    }
    findings(predicate, cases).into_iter().filter_map(|finding| finding.removable).collect()
}

/// What decides nothing in a predicate that as a whole decides something.
pub(super) fn findings(predicate: &Predicate, cases: &Cases<'_>) -> Vec<Finding> {
    let mut walk = Walk { cases, way: Vec::new(), frames: Vec::new(), found: Vec::new() };
    walk.visit(predicate, &cases.constant(true), Opening { is_reached: true, is_said: false });
    walk.found
}

/// How a caller with no role and no scope comes to a term.
#[derive(Clone, Copy)]
struct Opening {
    /// That caller passes if the term lets them.
    is_reached: bool,
    /// `authenticated` is said around it.
    is_said: bool,
}

struct Walk<'a> {
    cases: &'a Cases<'a>,
    way: Vec<usize>,
    frames: Vec<Frame>,
    found: Vec<Finding>,
}

impl Walk<'_> {
    /// Looks for what can go in a term that matters in the cases of `care`, and returns what is left of it.
    fn visit(&mut self, term: &Predicate, care: &Table, opening: Opening) -> Predicate {
        match term {
            Predicate::Any(terms) => self.visit_all(terms, true, care, opening),
            Predicate::All(terms) => self.visit_all(terms, false, care, opening),
            Predicate::Not(inner) => {
                if let Predicate::Not(twice) = &**inner {
                    let message = format!("`{term}` is `{twice}` said in a roundabout way; write that");
                    self.found.push(Finding { removable: None, mistakes: vec![Mistake { way: self.way.clone(), message }] });
                }
                let opening = Opening { is_reached: false, ..opening };
                Predicate::Not(Box::new(self.inside(0, Frame::Not, |walk| walk.visit(inner, care, opening))))
            }
            Predicate::Authenticated | Predicate::Role(_) | Predicate::Scope(_) => term.clone(),
        }
    }

    fn visit_all(&mut self, terms: &[Predicate], is_any: bool, care: &Table, opening: Opening) -> Predicate {
        let join = if is_any { Table::or } else { Table::and };
        let before: Vec<Table> = terms
            .iter()
            .scan(self.cases.constant(!is_any), |joined, term| {
                Some(std::mem::replace(joined, join(joined, &self.cases.met(term))))
            })
            .collect();
        let is_open = |but: usize| terms.iter().enumerate().all(|(index, term)| index == but || term.is_met_by_nothing());
        let said = terms.iter().position(|term| *term == Predicate::Authenticated);
        let said = said.filter(|said| !is_any && opening.is_reached && !opening.is_said && is_open(*said));

        // From the back, so that of two alike the later one goes; what went is not there any more to excuse the next.
        let mut after = self.cases.constant(!is_any);
        let mut kept: VecDeque<Predicate> = VecDeque::new();
        for ((index, term), before) in terms.iter().enumerate().zip(&before).rev() {
            if said == Some(index) {
                kept.push_front(term.clone());
                continue;
            }
            let others = join(before, &after);
            // The cases in which this term decides: the others leave the outcome open, and it matters.
            let deciding = care.and(&if is_any { others.not() } else { others });
            let met = self.cases.met(term);
            let decides = deciding.and(&if is_any { met } else { met.not() }).has_any();
            let beside: Vec<Predicate> = terms.iter().take(index).chain(&kept).cloned().collect();
            let is_alone = beside.is_empty();
            let frame = if is_any { Frame::Any(beside) } else { Frame::All(beside) };
            if decides || is_alone {
                let is_reached = opening.is_reached && (is_any || is_open(index));
                let opening = Opening { is_reached, is_said: opening.is_said || said.is_some() };
                let rest = self.inside(index, frame, |walk| walk.visit(term, &deciding, opening));
                after = join(&after, &self.cases.met(&rest));
                kept.push_front(rest);
            } else {
                self.inside(index, frame, |walk| walk.report(term, said.is_some() || opening.is_said));
            }
        }
        let is_less = kept.len() < terms.len();
        match kept.pop_front() {
            Some(one) if is_less && kept.is_empty() => one,
            first => {
                let rest = first.into_iter().chain(kept).collect();
                if is_any { Predicate::Any(rest) } else { Predicate::All(rest) }
            }
        }
    }

    fn report(&mut self, term: &Predicate, is_said: bool) {
        let mut mistakes = Vec::new();
        if *term == Predicate::Authenticated {
            mistakes.push(Mistake { way: self.way.clone(), message: said_for_nothing(is_said) });
        } else {
            mistakes.extend(constant::mistakes(term, &self.way, false, Words::under(&self.frames), self.cases));
        }
        if mistakes.is_empty() {
            mistakes.push(Mistake { way: self.way.clone(), message: why_redundant(term, &self.frames, self.cases) });
        }
        self.found.push(Finding { removable: Some(self.way.clone()), mistakes });
    }

    /// Calls `work` one step further down.
    fn inside<T>(&mut self, index: usize, frame: Frame, work: impl FnOnce(&mut Self) -> T) -> T {
        self.way.push(index);
        self.frames.push(frame);
        let result = work(self);
        self.frames.pop();
        self.way.pop();
        result
    }
}
