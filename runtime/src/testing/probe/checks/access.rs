//! Check: every class of caller, by the grants of their credentials.
//! Also finds the witness, an admitted caller, with whom the other checks are made.

use crate::{
    Denial,
    guard::{Note, Outcome},
    testing::probe::{
        answer::Answer,
        inquiry::{Inquiry, Target, Witness},
        oracle::{Credentials, Holder, cast},
        payload::Payload,
    },
};

/// Why the body of an endpoint cannot be tried.
pub(super) const OUT_OF_REACH: &str = "its arguments or its `when` refuse every request of the probe; give it a `path`";

/// Tries the callers, and returns one who was admitted: if possible one whose request came as far as its body.
pub(in crate::testing::probe) async fn check(inquiry: &mut Inquiry, target: &Target, is_first: bool) -> Witness {
    let terms = &target.terms;
    let holders = holders(inquiry, target);
    let mut best: Option<Witness> = None;
    let (mut admitted, mut refused) = (0, 0);
    for holder in std::iter::once(None).chain(holders.into_iter().map(Some)) {
        let credentials = holder.clone().map_or(Credentials::None, Credentials::Token);
        let ask = inquiry.ask(target, credentials);
        inquiry.service.make_room(terms, &ask);
        let case = describe(target, holder.as_ref());
        let answer = inquiry.try_case(target, &case, &ask).await;
        let is_admitted = match &holder {
            Some(holder) => terms.admission.is_public() || inquiry.service.oracle.admits(terms, &holder.grants),
            None => terms.admission.is_public(),
        };
        if !is_admitted {
            continue;
        }
        admitted += 1;
        refused += usize::from(matches!(answer.denial(), Some(Denial::ConditionNotMet)));
        let reaches_body = reaches_body(&answer);
        if best.as_ref().is_none_or(|best| reaches_body && !best.reaches_body) {
            best = Some(Witness { holder, reaches_body });
        }
    }
    if let Some(condition) = terms.when.as_ref().filter(|_| is_first && admitted > 0 && refused == 0) {
        condition_refused_nobody(inquiry, target, condition, admitted);
    }
    let mut witness = best.unwrap_or_else(|| Witness { holder: inquiry.somebody_admitted(terms), reaches_body: false });
    if !witness.reaches_body && target.body_input().is_some() {
        // A `when` that looks at the body refuses the body that the probe was given; it is not asked about one that does not validate.
        let mut ask = inquiry.ask_as(target, &witness);
        ask.payload = Payload::Filler(1);
        inquiry.service.make_room(terms, &ask);
        witness.reaches_body = reaches_body(&inquiry.try_case(target, "a body that does not validate", &ask).await);
    }
    witness
}

/// Whom the endpoint is tried with.
fn holders(inquiry: &mut Inquiry, target: &Target) -> Vec<Holder> {
    let terms = &target.terms;
    let declared = inquiry.declared();
    let cast = cast(&terms.admission, inquiry.service.oracle.hierarchy(), &declared);
    if cast.cut {
        inquiry
            .report
            .skip(&target.name, "every combination of its grants: they are too many, so part of the boundary was tried");
    }
    let mut holders: Vec<Holder> = cast.callers.into_iter().map(|grants| inquiry.holder(grants)).collect();
    // What a condition compares the parameters of the path with is most often who is calling.
    if terms.when.is_some()
        && let Some(holder) = inquiry.somebody_admitted(terms)
        && !target.way.value.is_empty()
    {
        holders.push(Holder { subject: target.way.value.to_owned(), ..holder });
    }
    holders
}

fn describe(target: &Target, holder: Option<&Holder>) -> String {
    match holder {
        None => "a caller without credentials".to_owned(),
        Some(holder) if holder.subject == target.way.value => format!("{}, called as in the path", holder.grants),
        Some(holder) => holder.grants.to_string(),
    }
}

/// Whether the request came past the arguments and the condition.
fn reaches_body(answer: &Answer) -> bool {
    let Some(Note { outcome, .. }) = &answer.note else { return false };
    match outcome {
        Outcome::Handled => true,
        Outcome::Denied(denial) => {
            matches!(
                denial,
                Denial::MalformedInput
                    | Denial::TooComplex { .. }
                    | Denial::UnsupportedMediaType { .. }
                    | Denial::BodyTooLarge { .. }
            )
        }
        Outcome::Rejected => false,
    }
}

fn condition_refused_nobody(inquiry: &mut Inquiry, target: &Target, condition: &str, admitted: usize) {
    if inquiry.options.open_conditions.contains(&target.told_as) {
        return;
    }
    let case = format!("`when = {condition}`");
    let remedy = "give the probe a path or a body that it refuses, or say that this is right with `condition_admits_all`";
    inquiry.report.add(
        &target.name,
        &case,
        "refuses somebody",
        format!("refused none of {admitted} callers whom the endpoint admits; {remedy}"),
    );
}
