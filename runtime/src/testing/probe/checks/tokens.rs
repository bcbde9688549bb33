//! Check: credentials that do not hold, each flawed in one way, from a caller who would be admitted.

use crate::testing::probe::{
    inquiry::{Inquiry, Target, Witness},
    issuer::LIFETIME,
    oracle::{Credentials, Flaw},
};

const FLAWS: [(Flaw, &str); 6] = [
    (Flaw::NotYetValid, "a token that is valid from the next second on"),
    (Flaw::OtherAudience, "a token for another audience"),
    (Flaw::OtherIssuer, "a token of another issuer"),
    (Flaw::OtherKey, "a token signed with another key"),
    (Flaw::Unsigned, "a token that is not signed"),
    (Flaw::Garbage, "something that is no token"),
];

pub(in crate::testing::probe) async fn check(inquiry: &mut Inquiry, target: &Target, witness: &Witness) {
    // Public endpoints look at no credentials, unless their handler does.
    let Some(holder) = &witness.holder else { return };
    let flawed = FLAWS.map(|(flaw, case)| (Credentials::Flawed(holder.clone(), flaw), case));
    let two = (Credentials::Two(holder.clone()), "two `Authorization` headers, each with a token that holds");
    for (credentials, case) in flawed.into_iter().chain([two]) {
        let ask = inquiry.ask(target, credentials);
        inquiry.service.advance_to_whole_second();
        inquiry.try_case(target, case, &ask).await;
    }
    let good = inquiry.ask(target, Credentials::Token(holder.clone()));
    inquiry.service.make_room(&target.terms, &good);
    inquiry.try_case(target, "a token in its first second", &good).await;
    inquiry.service.advance(u128::from(LIFETIME) * 1_000_000_000);
    let expired = inquiry.ask(target, Credentials::Flawed(holder.clone(), Flaw::Expired));
    inquiry.try_case(target, "the same token, in the second in which it expires", &expired).await;
}
