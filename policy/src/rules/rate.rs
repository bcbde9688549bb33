//! Whether one rate implies another: what `rate_at_most` asks of the limits of an endpoint.

use crate::{Limit, Rate, RateKey};
use std::cmp::Ordering;

/// What is wrong with the limits, if none of them implies the bound.
pub(super) fn breach(most: &Rate, limits: &[Limit]) -> Option<String> {
    let faults: Vec<Fault> = limits.iter().map_while(|limit| fault(most, limit)).collect();
    if faults.len() < limits.len() {
        return None;
    }
    let (has, remedy) = match limits {
        [] => ("has none".to_owned(), format!("write `rate = \"{most}\"`")),
        [limit] => match faults.as_slice() {
            [Fault::Pace] => (format!("has `{limit}`"), format!("write `rate = \"{most}\"`")),
            [Fault::Burst] => {
                let and = format!("has `{limit}`, which lets {} calls pass at once", limit.burst());
                (and, format!("write `burst {}` in it, or `rate = \"{most}\"`", most.burst()))
            }
            _ => (format!("has `{limit}`, which counts by another key"), format!("write `rate(\"{limit}\", \"{most}\")`")),
        },
        several => {
            let all: Vec<String> = several.iter().map(|limit| format!("`{limit}`")).collect();
            (format!("has {}, none of which is as strict", all.join(", ")), format!("add `\"{most}\"` to `rate(…)`"))
        }
    };
    Some(format!("wants a rate of at most `{most}`, and the endpoint {has}; {remedy}"))
}

/// Why a limit does not imply a bound: the first reason of several.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Fault {
    Key,
    Pace,
    Burst,
}

/// Why the limit does not imply the bound, if it does not.
fn fault(most: &Rate, limit: &Limit) -> Option<Fault> {
    if !key_implies(Some(limit.key()), most.key()) {
        Some(Fault::Key)
    } else if pace((limit.count(), limit.period_seconds()), (most.count(), most.period_seconds())).is_gt() {
        Some(Fault::Pace)
    } else {
        (limit.burst() > most.burst()).then_some(Fault::Burst)
    }
}

impl Limit {
    /// Whether whoever is held to this limit is held to the other: as slow a pace, as small a burst, and a key that counts at least
    /// as many calls together.
    ///
    /// ```
    /// use portcullis_policy::{Limit, RateKey};
    ///
    /// let (all, each) = (Limit::new(5, 60, 5, RateKey::Global), Limit::new(10, 60, 10, RateKey::Ip));
    /// assert!(all.implies(&each), "what all callers share, each of them is held to");
    /// assert!(!each.implies(&all));
    /// ```
    #[must_use]
    pub fn implies(&self, other: &Self) -> bool {
        fault(&Rate::constant(other.count(), other.period_seconds(), other.burst(), Some(other.key())), self).is_none()
    }
}

/// Whether a limit that is counted by one key bounds what is counted by the other. What all callers share, each of them is held to.
fn key_implies(stricter: Option<RateKey>, other: Option<RateKey>) -> bool {
    other.is_none() || stricter == other || stricter == Some(RateKey::Global)
}

/// Which of two counts in a period is more calls in the long run.
fn pace((count, period): (u32, u64), (other, of): (u32, u64)) -> Ordering {
    (u128::from(count) * u128::from(of)).cmp(&(u128::from(other) * u128::from(period)))
}

/// Whether every limit that implies the first bound implies the second.
#[cfg(feature = "rule-book")]
pub(super) fn implies(stricter: &Rate, other: &Rate) -> bool {
    key_implies(stricter.key(), other.key())
        && pace((stricter.count(), stricter.period_seconds()), (other.count(), other.period_seconds())).is_le()
        && stricter.burst() <= other.burst()
}

#[cfg(test)]
mod tests {
    use super::breach;
    use crate::{Limit, Rate, RateKey};

    fn limit(text: &str, unsaid: RateKey) -> Limit {
        let rate: Rate = text.parse().unwrap();
        Limit::new(rate.count(), rate.period_seconds(), rate.burst(), rate.key().unwrap_or(unsaid))
    }

    /// What is wrong with limits that are counted per principal unless they say otherwise.
    fn fault(most: &str, limits: &[&str]) -> Option<String> {
        let limits: Vec<Limit> = limits.iter().map(|text| limit(text, RateKey::Principal)).collect();
        breach(&most.parse().unwrap(), &limits)
    }

    #[test]
    fn the_boundary_is_met_and_one_more_is_not() {
        assert_eq!(fault("60/min", &["60/min"]), None);
        assert_eq!(fault("60/min", &["1/s"]), None, "the pace is the same, and fewer pass at once");
        assert_eq!(fault("60/min", &["1/min"]), None);
        let expected = "wants a rate of at most `60/min`, and the endpoint has `61/min per principal`; write `rate = \"60/min\"`";
        assert_eq!(fault("60/min", &["61/min"]).unwrap(), expected);
        assert!(fault("60/min", &["59/59s burst 1", "121/2min burst 1"]).is_none(), "one of two is enough");
        assert!(fault("4294967295/s", &["4294967295/s"]).is_none());
        assert!(fault("1/366days", &["4294967295/s"]).is_some());
    }

    #[test]
    fn a_slower_pace_may_not_come_all_at_once() {
        let found = fault("60/min", &["1000/day"]).unwrap();
        let expected = "wants a rate of at most `60/min`, and the endpoint has `1000/day per principal`, which lets 1000 calls pass at \
                        once; write `burst 60` in it, or `rate = \"60/min\"`";
        assert_eq!(found, expected);
        assert_eq!(fault("60/min", &["1000/day burst 60"]), None);
        assert_eq!(fault("60/min burst 5", &["5/min"]), None);
        assert!(fault("60/min burst 5", &["6/min"]).is_some());
    }

    #[test]
    fn the_key_is_the_same_or_shared_by_all_or_not_asked_for() {
        assert_eq!(fault("60/min", &["60/min per ip"]), None);
        assert_eq!(fault("60/min per ip", &["60/min per ip"]), None);
        assert_eq!(fault("60/min per ip", &["60/min per global"]), None);
        let expected = "wants a rate of at most `60/min per ip`, and the endpoint has `5/min per principal`, which counts by another \
                        key; write `rate(\"5/min per principal\", \"60/min per ip\")`";
        assert_eq!(fault("60/min per ip", &["5/min"]).unwrap(), expected);
        assert!(fault("60/min per global", &["60/min"]).is_some(), "many callers are more than one");
    }

    #[test]
    fn no_limit_implies_nothing_and_several_are_all_shown() {
        let expected = "wants a rate of at most `60/min`, and the endpoint has none; write `rate = \"60/min\"`";
        assert_eq!(fault("60/min", &[]).unwrap(), expected);
        let found = fault("60/min", &["100/min", "1000/day"]).unwrap();
        assert!(found.ends_with("none of which is as strict; add `\"60/min\"` to `rate(…)`"), "{found}");
    }
}
