//! Check: how fresh and how strong the login of an admitted caller is, at the second that decides.

use crate::testing::probe::{
    inquiry::{Inquiry, Target, Witness},
    oracle::{Credentials, Holder},
};

pub(in crate::testing::probe) async fn check(inquiry: &mut Inquiry, target: &Target, witness: &Witness) {
    let (Some(step_up), Some(witness)) = (target.terms.step_up, &witness.holder) else { return };
    let mut cases = vec![("a login of which the token does not say when it was", None, true)];
    if let Some(max_age) = step_up.max_age {
        cases.push(("a login that is just fresh enough", Some(max_age.as_secs()), true));
        cases.push(("a login that is a second too old", Some(max_age.as_secs() + 1), true));
    }
    cases.push(("a login with one factor", Some(0), false));
    for (case, login_age, two_factors) in cases {
        let subject = inquiry.service.fresh_subject();
        let holder = Holder { subject, grants: witness.grants.clone(), login_age, two_factors };
        let ask = inquiry.ask(target, Credentials::Token(holder));
        inquiry.service.make_room(&target.terms, &ask);
        inquiry.try_case(target, case, &ask).await;
    }
}
