//! Check: the media type of a body that is validated.

use super::super::{
    inquiry::{Inquiry, Target, Witness},
    payload::{Payload, media_type},
};
use crate::Denial;
use portcullis_policy::Input;

pub(in crate::testing::probe) async fn check(inquiry: &mut Inquiry, target: &Target, witness: &Witness) {
    let Some(input) = target.body_input() else { return };
    if !witness.reaches_body {
        inquiry.report.skip(&target.name, format!("the media type of its body: {}", super::access::OUT_OF_REACH));
        return;
    }
    let others = [None, Some("text/plain")].map(|name| (None, name));
    for (kind, name) in others.into_iter().chain(Input::ALL.map(|input| (Some(input), Some(media_type(input))))) {
        let mut ask = inquiry.ask_as(target, witness);
        (ask.payload, ask.media_type) = (Payload::Filler(1), name);
        inquiry.service.make_room(&target.terms, &ask);
        let case = name.map_or("a body of no media type".to_owned(), |name| format!("a body of {name}"));
        let answer = inquiry.try_case(target, &case, &ask).await;
        let refused = matches!(answer.denial(), Some(Denial::UnsupportedMediaType { .. })) && answer.status == 415;
        let expected = match kind {
            Some(kind) if kind == input => {
                (!refused && answer.status != 415).then_some(()).ok_or("not refused for its media type")
            }
            _ => refused.then_some(()).ok_or("415, the body is of another media type"),
        };
        if let Err(expected) = expected {
            inquiry.report.add(&target.name, &case, expected, answer.describe());
        }
    }
}
