//! Whether one rule makes another say nothing: it looks at all that the other looks at, and demands as much.
//! Asked of every two rules of a file, so it is exact and bounded in time.

use super::{
    Demands, Rule, Selector,
    glob::{Segment, segments},
    rate,
};
use crate::{Rate, Roles, Text};

impl Rule {
    /// Whether every endpoint that the other rule looks at is held to at least as much by this one.
    pub(crate) fn implies(&self, other: &Self, roles: &Roles) -> bool {
        self.demands.imply(&other.demands, roles) && self.selector.covers(&other.selector)
    }
}

impl Demands {
    fn imply(&self, other: &Self, roles: &Roles) -> bool {
        let role = |wanted: &Text| self.role.as_ref().is_some_and(|own| own == wanted || roles.includes(own, wanted));
        let authenticated = self.authenticated || self.role.is_some() || self.scope.is_some();
        let step_up = other.step_up.is_none_or(|wanted| {
            self.step_up.is_some_and(|own| {
                (own.mfa || !wanted.mfa) && wanted.max_age.is_none_or(|most| own.max_age.is_some_and(|age| age <= most))
            })
        });
        (authenticated || !other.authenticated)
            && other.role.as_ref().is_none_or(role)
            && (other.scope.is_none() || self.scope == other.scope)
            && step_up
            && other.rate_at_most.is_none_or(|most| self.rate_at_most.is_some_and(|own| rate::implies(&own, &most)))
            && no_more(self.body_at_most, other.body_at_most)
            && no_more(self.timeout_at_most, other.timeout_at_most)
            && (self.audit || !other.audit)
            && (self.when || !other.when)
            && (self.validated || !other.validated)
    }

    /// Whether nobody without credentials can pass.
    pub(crate) const fn closes_to_strangers(&self) -> bool {
        self.authenticated || self.role.is_some() || self.scope.is_some() || self.step_up.is_some()
    }

    /// Whether some endpoint with nothing but this rate can meet the rule. A rate that says no key has the one that fits the endpoint.
    pub(crate) fn permits_rate(&self, default: &Rate) -> bool {
        let Some(most) = self.rate_at_most else { return true };
        let key = match default.key() {
            None if most.key() != Some(crate::RateKey::Global) => most.key(),
            said => said,
        };
        rate::implies(&Rate::constant(default.count(), default.period_seconds(), default.burst(), key), &most)
    }
}

fn no_more<T: Ord>(own: Option<T>, other: Option<T>) -> bool {
    other.is_none_or(|most| own.is_some_and(|own| own <= most))
}

impl Selector {
    /// Whether this selector looks at every endpoint that the other looks at.
    pub(crate) fn covers(&self, other: &Self) -> bool {
        let methods = |selector: &Self| selected(&selector.methods);
        methods(self) & methods(other) == methods(other)
            && covers(&self.paths, &other.paths, "/**", path_pattern)
            && covers(&self.endpoints, &other.endpoints, "**", handler_pattern)
    }

    /// Whether the paths and methods leave nothing out.
    pub(crate) fn is_for_every_route(&self) -> bool {
        covers(&self.paths, &[], "/**", path_pattern) && selected(&self.methods) == selected(&[])
    }

    /// Whether the endpoints mean the one of this name.
    pub(crate) fn covers_endpoint(&self, name: &str) -> bool {
        covers(&self.endpoints, &[name.to_owned().into()], "**", handler_pattern)
    }
}

/// The methods of a route that a list selects, as bits; an endpoint of all methods is the bit above them.
fn selected(methods: &[Text]) -> u16 {
    const ALL: u16 = (1 << (Selector::METHODS.len() + 1)) - 1;

    let bit = |name: &str| Selector::METHODS.iter().position(|method| *method == name).map_or(0, |bit| 1 << bit);
    let one = |method: &Text| bit(method) | if method == "HEAD" { bit("GET") } else { 0 };
    let selected = methods.iter().map(one).fold(1 << Selector::METHODS.len(), |all: u16, one: u16| all | one);
    if methods.is_empty() { ALL } else { selected }
}

/// Whether each pattern of the second list is within one of the first. An empty list is everything.
fn covers<'a>(outer: &'a [Text], inner: &'a [Text], everything: &'a str, pattern: fn(&'a str) -> Vec<Segment<'a>>) -> bool {
    let of = |list: &'a [Text]| -> Vec<Vec<Segment<'a>>> {
        if list.is_empty() { vec![pattern(everything)] } else { list.iter().map(|text| pattern(text)).collect() }
    };
    let outer = of(outer);
    of(inner).iter().all(|inner| outer.iter().any(|outer| contains(outer, inner)))
}

fn path_pattern(text: &str) -> Vec<Segment<'_>> {
    segments(text).map(Segment::new).collect()
}

/// The names of a handler's path. There is at least one, so that all of them are `crate::**`.
fn handler_pattern(text: &str) -> Vec<Segment<'_>> {
    match text.split_once("::") {
        None if text == "**" => vec![Segment::One, Segment::Many],
        None => vec![Segment::Many, Segment::new(text)],
        Some(("crate", rest)) => [Segment::One].into_iter().chain(rest.split("::").map(Segment::new)).collect(),
        Some(_) => text.split("::").map(Segment::new).collect(),
    }
}

/// Whether every sequence of segments that is like the inner pattern is like the outer.
///
/// Where the inner pattern has a star, a segment that the outer has no text for is the hardest to be like, so that one stands for all.
/// What is walked are the ways through the inner pattern, each with the set of places in the outer one that it may have led to; of two
/// sets at one place the smaller is the harder, so that a larger one need not be walked.
fn contains(outer: &[Segment<'_>], inner: &[Segment<'_>]) -> bool {
    /// More steps are for patterns that nobody writes; they count as not contained, so that a rule is called superfluous only if it is.
    const MOST_STEPS: usize = 20_000;

    if outer.len() >= 64 {
        return false;
    }
    let reached = |places: u64| close(outer, places);
    let mut seen: Vec<Vec<u64>> = vec![Vec::new(); inner.len() + 1];
    let mut left = vec![(0, reached(1))];
    let mut steps = 0;
    while let Some((at, places)) = left.pop() {
        let Some(here) = seen.get_mut(at) else { continue };
        steps += here.len() + 1;
        if steps > MOST_STEPS {
            return false;
        }
        if here.iter().any(|smaller| smaller & places == *smaller) {
            continue;
        }
        here.push(places);
        match inner.get(at) {
            None if places >> outer.len() & 1 == 0 => return false,
            None => {}
            Some(Segment::Literal(text)) => left.push((at + 1, reached(step(outer, places, Some(text))))),
            Some(Segment::One) => left.push((at + 1, reached(step(outer, places, None)))),
            Some(Segment::Many) => {
                left.push((at, reached(step(outer, places, None))));
                left.push((at + 1, places));
            }
        }
    }
    true
}

/// The places behind one more segment: this text, or one that no pattern has.
fn step(pattern: &[Segment<'_>], places: u64, text: Option<&str>) -> u64 {
    let steps = pattern.iter().enumerate().filter(|(at, _)| places >> at & 1 == 1);
    steps.fold(0, |next, (at, segment)| match segment {
        Segment::Many => next | 1 << at,
        Segment::Literal(literal) if text != Some(*literal) => next,
        Segment::One | Segment::Literal(_) => next | 1 << (at + 1),
    })
}

/// The places with those that are reached when `**` is no segment at all.
fn close(pattern: &[Segment<'_>], places: u64) -> u64 {
    let many = pattern.iter().enumerate().filter(|(_, segment)| **segment == Segment::Many);
    many.fold(places, |places, (at, _)| places | (places >> at & 1) << (at + 1))
}

#[cfg(test)]
mod tests;
