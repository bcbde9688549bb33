//! Check: the bound of the body, to the byte, with its length announced and without.

use super::super::{
    inquiry::{Inquiry, Target, Witness},
    payload::{Payload, media_type},
};
use crate::{Denial, testing::probe::answer::Answer};
use portcullis_policy::Input;

/// The largest body that is sent. Of a larger one only the length is announced.
const MOST_SENT: u64 = 8 * 1024 * 1024;

pub(in crate::testing::probe) async fn check(inquiry: &mut Inquiry, target: &Target, witness: &Witness) {
    let bound = target.terms.body.unwrap_or(inquiry.promises.body_limit);
    if !witness.reaches_body {
        inquiry.report.skip(&target.name, format!("the bound of its body, {bound} bytes: {}", super::access::OUT_OF_REACH));
        return;
    }
    let Some(too_large) = bound.checked_add(1) else { return };
    // What is between the parts of a form is looked for from the first byte on, and nonsense refused before it was read to its bound.
    let is_parts = target.body_input() == Some(Input::Multipart);
    let is_read = target.body_input().is_some() && !is_parts;
    let sent = if too_large > MOST_SENT { Payload::Announced } else { Payload::Filler };
    let mut cases = vec![(sent(bound), bound, "announced"), (sent(too_large), too_large, "announced")];
    match (is_read, too_large > MOST_SENT) {
        (true, false) => {
            cases.push((Payload::Streamed(bound), bound, "not announced"));
            cases.push((Payload::Streamed(too_large), too_large, "not announced"));
        }
        (true, true) => inquiry.report.skip(&target.name, format!("a body of {too_large} bytes: only its length was announced")),
        (false, _) if is_parts => {
            inquiry.report.skip(&target.name, "a body of unannounced length: nonsense has no parts to be read");
        }
        (false, _) if target.terms.unvalidated.is_some() => {
            let what = "a body of unannounced length: the manifest does not say whether the handler reads one";
            inquiry.report.skip(&target.name, what);
        }
        (false, _) => {}
    }
    for (payload, bytes, how) in cases {
        let mut ask = inquiry.ask_as(target, witness);
        ask.payload = payload;
        ask.media_type = target.body_input().map(media_type).or(ask.media_type);
        inquiry.service.make_room(&target.terms, &ask);
        let case = format!("a body of {bytes} bytes, {how}");
        let answer = inquiry.try_case(target, &case, &ask).await;
        let (holds, expected) = match bytes > bound {
            true => (is_too_large(&answer, bound), format!("413, the body is larger than {bound} bytes")),
            false => (!is_too_large(&answer, bound) && answer.status != 413, "not refused for its size".to_owned()),
        };
        if !holds {
            inquiry.report.add(&target.name, &case, expected, answer.describe());
        }
    }
}

fn is_too_large(answer: &Answer, bound: u64) -> bool {
    matches!(answer.denial(), Some(Denial::BodyTooLarge { limit }) if *limit == bound) && answer.status == 413
}
