//! Check: each limit by its own key. So many calls pass, the next is refused until the very moment that it was told; another key passes.

use crate::testing::probe::{
    answer::whole_seconds,
    inquiry::{Inquiry, Target, Witness},
    oracle::{Credentials, interval},
    service::Ask,
};
use portcullis_policy::{Limit, RateKey};

/// The most calls that are made to reach a limit.
const MOST_CALLS: u32 = 2_000;

/// The longest that the probe waits for a limit to be full again: a year, in nanoseconds.
const LONGEST_WAIT: u128 = 366 * 86_400 * 1_000_000_000;

const SECOND: u128 = 1_000_000_000;

pub(in crate::testing::probe) async fn check(inquiry: &mut Inquiry, target: &Target, witness: &Witness) {
    for limit in &target.terms.limits {
        let first = inquiry.ask_as(target, witness);
        let mut trial = Trial { inquiry, target, limit: *limit, first };
        if let Err(reason) = trial.run().await {
            inquiry.report.skip(&target.name, format!("the limit of {limit}: {reason}"));
        }
    }
}

/// One limit, and the request whose key uses it up.
struct Trial<'a> {
    inquiry: &'a mut Inquiry,
    target: &'a Target,
    limit: Limit,
    first: Ask,
}

impl Trial<'_> {
    /// Tries the limit, or says why it cannot be tried.
    async fn run(&mut self) -> Result<(), String> {
        let limit = self.limit;
        self.can_be_tried()?;
        if limit.key() == RateKey::Global {
            self.inquiry.service.advance(interval(&limit) * u128::from(limit.burst()));
        }
        let mut first = self.first.clone();
        self.rename_caller_of(&mut first);
        self.first = first;
        self.spend().await?;
        self.call(&format!("one call more than {limit}")).await;

        self.spend().await?;
        let (other, case) = self.other_key();
        self.make_room_but_for_this(&other);
        self.inquiry.try_case(self.target, &case, &other).await;

        let wait = self.spend().await?;
        self.inquiry.service.advance(wait - 1);
        self.call(&format!("{limit}, a nanosecond before the next call passes")).await;
        self.inquiry.service.advance(1);
        self.call(&format!("{limit}, when the next call passes")).await;
        self.call(&format!("{limit}, right after that")).await;

        let retry_after = whole_seconds(self.spend().await?);
        if retry_after > 1 {
            self.inquiry.service.advance((retry_after - 1) * SECOND);
            self.call(&format!("{limit}, a second before `Retry-After` is over")).await;
            self.inquiry.service.advance(SECOND);
        } else {
            self.inquiry.service.advance(retry_after * SECOND);
        }
        self.call(&format!("{limit}, when `Retry-After` is over")).await;
        Ok(())
    }

    fn can_be_tried(&self) -> Result<(), String> {
        let limit = &self.limit;
        if limit.burst() > MOST_CALLS {
            return Err(format!("it takes more than {MOST_CALLS} calls to reach it"));
        }
        if interval(limit) * u128::from(limit.burst()) > LONGEST_WAIT {
            return Err("it takes more than a year to be full again".to_owned());
        }
        let masks =
            |other: &&Limit| shares_key(other, limit) && interval(other) >= interval(limit) && other.burst() < limit.burst();
        match self.target.terms.limits.iter().find(masks) {
            Some(other) => Err(format!("the limit of {other} is always reached before it")),
            None => Ok(()),
        }
    }

    /// Calls until the limit refuses the next call, and says for how long, in nanoseconds.
    async fn spend(&mut self) -> Result<u128, String> {
        let mut calls = 0;
        let most = MOST_CALLS + self.limit.burst();
        loop {
            let ask = self.same_key();
            self.make_room_but_for_this(&ask);
            match self.inquiry.service.blocked(&self.target.terms, &ask) {
                Some((limit, wait)) if limit == self.limit => return Ok(wait),
                _ if calls >= most => return Err(format!("{most} calls do not reach it, another limit always does before")),
                _ => {}
            }
            calls += 1;
            self.inquiry.try_case(self.target, &format!("call {calls} of {}", self.limit), &ask).await;
        }
    }

    async fn call(&mut self, case: &str) {
        let ask = self.same_key();
        self.inquiry.try_case(self.target, case, &ask).await;
    }

    /// A request of the same key, which shares no other key with those before.
    fn same_key(&mut self) -> Ask {
        let mut ask = self.first.clone();
        if self.limit.key() != RateKey::Ip {
            ask.address = self.inquiry.service.fresh_address();
        }
        if self.limit.key() != RateKey::Principal {
            self.rename_caller_of(&mut ask);
        }
        ask
    }

    /// A request of another key, and what the case is called. Of a limit for all, there is no other.
    fn other_key(&mut self) -> (Ask, String) {
        let mut ask = self.same_key();
        ask.address = self.inquiry.service.fresh_address();
        self.rename_caller_of(&mut ask);
        let case = match self.limit.key() {
            RateKey::Ip => "another address, beside one that is over",
            RateKey::Principal => "another principal, beside one who is over",
            RateKey::Global => "another principal at another address, after all together are over",
        };
        (ask, format!("{case} {}", self.limit))
    }

    /// Gives the caller a name that nobody had, so that no limit has seen it, unless the name is what lets it pass.
    fn rename_caller_of(&mut self, ask: &mut Ask) {
        if let Credentials::Token(holder) = &mut ask.credentials
            && holder.subject.starts_with("probe-")
        {
            holder.subject = self.inquiry.service.fresh_subject();
        }
    }

    /// Waits until no other limit refuses the request.
    fn make_room_but_for_this(&mut self, ask: &Ask) {
        for _ in 0..=self.target.terms.limits.len() {
            match self.inquiry.service.blocked(&self.target.terms, ask) {
                Some((limit, wait)) if limit != self.limit => self.inquiry.service.advance(wait),
                _ => break,
            }
        }
    }
}

/// Whether whoever calls by the key of one limit cannot but call by the key of the other.
fn shares_key(other: &Limit, limit: &Limit) -> bool {
    other != limit && (other.key() == limit.key() || other.key() == RateKey::Global)
}
