//! What came back: what the guard noted of the request, and what a client sees of it.

use super::{audit::Heard, oracle::Verdict};
use crate::{
    Denial,
    guard::{Note, Outcome},
};
use axum::response::Response;
use http::{
    HeaderMap, StatusCode,
    header::{RETRY_AFTER, WWW_AUTHENTICATE},
};

/// An answer, without its body.
#[derive(Clone, Debug)]
pub(super) struct Answer {
    /// What the guard noted; `None` where no guard was asked.
    pub(super) note: Option<Note>,
    pub(super) status: StatusCode,
    pub(super) headers: HeaderMap,
    /// The audit records that the call left.
    pub(super) records: Vec<Heard>,
}

impl Answer {
    pub(super) fn read(response: &Response, records: Vec<Heard>) -> Self {
        let note = response.extensions().get::<Note>().cloned();
        Self { note, status: response.status(), headers: response.headers().clone(), records }
    }

    /// The denial, where there was one.
    pub(super) fn denial(&self) -> Option<&Denial> {
        match &self.note {
            Some(Note { outcome: Outcome::Denied(denial), .. }) => Some(denial),
            _ => None,
        }
    }

    /// The one value of a header.
    pub(super) fn header(&self, name: impl http::header::AsHeaderName) -> Option<&str> {
        self.headers.get(name).and_then(|value| value.to_str().ok())
    }

    /// Whether this is what had to become of the request.
    pub(super) fn is(&self, verdict: &Verdict, conditional: bool) -> bool {
        let Some(note) = &self.note else { return false };
        match (verdict, &note.outcome) {
            (Verdict::Admitted, Outcome::Handled | Outcome::Rejected) => true,
            (Verdict::Admitted, Outcome::Denied(denial)) => match denial {
                Denial::ConditionNotMet => conditional,
                other => concerns_the_input(other),
            },
            (Verdict::NoCredentials, Outcome::Denied(Denial::NoCredentials))
            | (Verdict::MalformedCredentials, Outcome::Denied(Denial::MalformedCredentials(_)))
            | (Verdict::InvalidCredentials, Outcome::Denied(Denial::InvalidCredentials(_)))
            | (Verdict::NotAllowed, Outcome::Denied(Denial::NotAllowed { .. }))
            | (Verdict::StepUpNeeded, Outcome::Denied(Denial::StepUpNeeded { .. })) => true,
            (Verdict::OverLimit { limit, wait }, Outcome::Denied(Denial::OverLimit { limit: found, retry_after })) => {
                limit == found && u128::from(*retry_after) == whole_seconds(*wait)
            }
            _ => false,
        }
    }

    /// What is wrong with the answer to a denied request, as a client sees it: what it must say, and what it says.
    pub(super) fn faults(&self, verdict: &Verdict) -> Vec<(String, String)> {
        let challenge = self.header(WWW_AUTHENTICATE).unwrap_or_default();
        let (status, error) = match verdict {
            Verdict::Admitted => return Vec::new(),
            Verdict::NoCredentials => (401, Some("realm=")),
            Verdict::MalformedCredentials => (400, Some("error=\"invalid_request\"")),
            Verdict::InvalidCredentials => (401, Some("error=\"invalid_token\"")),
            Verdict::NotAllowed => (403, None),
            Verdict::StepUpNeeded => (401, Some("error=\"insufficient_user_authentication\"")),
            Verdict::OverLimit { .. } => (429, None),
        };
        let mut faults = Vec::new();
        if self.status != status {
            faults.push((format!("status {status}"), format!("status {}", self.status.as_u16())));
        }
        if let Some(error) = error.filter(|error| !challenge.contains(error)) {
            faults.push((format!("`WWW-Authenticate` with `{error}`"), format!("`{challenge}`")));
        }
        if let Verdict::OverLimit { wait, .. } = verdict {
            let said = self.header(RETRY_AFTER).unwrap_or_default();
            let wait = whole_seconds(*wait).to_string();
            if said != wait {
                faults.push((format!("`Retry-After: {wait}`"), format!("`Retry-After: {said}`")));
            }
        }
        faults
    }

    /// What the guard did, for people.
    pub(super) fn describe(&self) -> String {
        let status = self.status.as_u16();
        match &self.note {
            None => format!("{status}, and no guard was asked"),
            Some(Note { outcome: Outcome::Handled, .. }) => format!("{status} from the handler"),
            Some(Note { outcome: Outcome::Rejected, .. }) => format!("{status} from an extractor"),
            Some(Note { outcome: Outcome::Denied(denial), .. }) => match denial {
                Denial::OverLimit { retry_after, .. } => format!("{status}, {denial}, for {retry_after} s"),
                denial => format!("{status}, {denial}"),
            },
        }
    }
}

/// Whether a denial comes after all that concerns the caller.
pub(super) fn concerns_the_input(denial: &Denial) -> bool {
    matches!(
        denial,
        Denial::BodyTooLarge { .. }
            | Denial::UnsupportedMediaType { .. }
            | Denial::MalformedInput
            | Denial::TooComplex { .. }
            | Denial::InvalidInput(_)
            | Denial::BodyTooSlow
            | Denial::HandlerTooSlow
    ) || matches!(denial, Denial::Rejected(status) if !status.is_server_error())
}

/// What `Retry-After` has to say: the first whole second at which a call passes.
pub(super) fn whole_seconds(nanos: u128) -> u128 {
    nanos.div_ceil(1_000_000_000).max(1)
}

/// What a verdict says, for people.
pub(super) fn expectation(verdict: &Verdict) -> String {
    match verdict {
        Verdict::Admitted => "admitted".to_owned(),
        Verdict::NoCredentials => "401, the request has no credentials".to_owned(),
        Verdict::MalformedCredentials => "400, the credentials are malformed".to_owned(),
        Verdict::InvalidCredentials => "401, the credentials do not hold".to_owned(),
        Verdict::NotAllowed => "403, the caller lacks what the endpoint requires".to_owned(),
        Verdict::StepUpNeeded => "401, the endpoint needs a fresher or a stronger login".to_owned(),
        Verdict::OverLimit { limit, wait } => format!("429, over the limit of {limit}, for {} s", whole_seconds(*wait)),
    }
}
