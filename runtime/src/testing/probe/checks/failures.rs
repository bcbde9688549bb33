//! Check: how many authentications may fail at one address. That is one limit for the whole service, so one endpoint is enough.

use crate::testing::probe::{
    inquiry::{Inquiry, Target, Witness},
    oracle::{Credentials, Flaw},
};
use portcullis_policy::RateKey;

/// The most failures that are tried.
const MOST_FAILURES: u32 = 2_000;

pub(in crate::testing::probe) async fn check(inquiry: &mut Inquiry, target: &Target, witness: &Witness) {
    let limit = inquiry.promises.failures;
    let hidden = target.terms.limits.iter().any(|other| other.key() == RateKey::Ip);
    let Some(holder) = witness.holder.clone().filter(|_| !inquiry.failures_tried && !hidden) else { return };
    inquiry.failures_tried = true;
    if limit.burst() > MOST_FAILURES {
        let what = format!("the limit of failed authentications, {limit}: it takes more than {MOST_FAILURES} to reach it");
        inquiry.report.skip(&target.name, what);
        return;
    }
    let guess = inquiry.ask(target, Credentials::Flawed(holder.clone(), Flaw::Garbage));
    for number in 1..=limit.burst() {
        inquiry.try_case(target, &format!("failed authentication {number} of {limit}"), &guess).await;
    }
    inquiry.try_case(target, &format!("one failed authentication more than {limit}"), &guess).await;

    let mut good = guess.clone();
    good.credentials = Credentials::Token(holder);
    inquiry.service.make_room(&target.terms, &good);
    inquiry.try_case(target, "a token that holds, from an address where too many failed", &good).await;

    let wait = inquiry.service.failures_wait(guess.address);
    inquiry.service.advance(wait.saturating_sub(1));
    inquiry.try_case(target, "a failed authentication, a nanosecond before it is one too many no more", &guess).await;
    inquiry.service.advance(1);
    inquiry.try_case(target, "a failed authentication, when it is one too many no more", &guess).await;
}
