//! Listening for the audit records of one request: a subscriber of `tracing` that keeps what they say and lets everything else go.

use std::{
    fmt::{self, Debug},
    mem,
    sync::{Arc, Mutex, PoisonError},
};
use tracing::{
    Dispatch, Event, Metadata, Subscriber,
    field::{Field, Visit},
    span::{Attributes, Id, Record},
};

/// The target of audit records.
const TARGET: &str = "portcullis::audit";

/// What an audit record says that the probe can compare.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub(super) struct Heard {
    pub(super) name: Option<String>,
    /// What the client was answered.
    pub(super) status: Option<u64>,
}

impl Visit for Heard {
    fn record_str(&mut self, field: &Field, value: &str) {
        if field.name() == "name" {
            self.name = Some(value.to_owned());
        }
    }

    fn record_u64(&mut self, field: &Field, value: u64) {
        if field.name() == "status" {
            self.status = Some(value);
        }
    }

    fn record_debug(&mut self, _: &Field, _: &dyn Debug) {}
}

impl fmt::Display for Heard {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.name {
            Some(name) => write!(f, "an audit record, `{name}`, ")?,
            None => f.write_str("an audit record without a name, ")?,
        }
        match self.status {
            Some(status) => write!(f, "with the status {status}"),
            None => f.write_str("without a status"),
        }
    }
}

/// Keeps audit records.
#[derive(Clone, Debug)]
pub(super) struct Listener {
    heard: Arc<Mutex<Vec<Heard>>>,
    dispatch: Dispatch,
}

impl Listener {
    pub(super) fn new() -> Self {
        let heard = Arc::<Mutex<Vec<Heard>>>::default();
        Self { dispatch: Dispatch::new(Records(Arc::clone(&heard))), heard }
    }

    /// What a future is to be run with, so that its records are heard.
    pub(super) fn dispatch(&self) -> Dispatch {
        self.dispatch.clone()
    }

    /// The records since the last time.
    pub(super) fn take(&self) -> Vec<Heard> {
        mem::take(&mut self.heard.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

struct Records(Arc<Mutex<Vec<Heard>>>);

impl Subscriber for Records {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        metadata.target() == TARGET
    }

    fn event(&self, event: &Event<'_>) {
        let mut heard = Heard::default();
        event.record(&mut heard);
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(heard);
    }

    fn new_span(&self, _: &Attributes<'_>) -> Id {
        Id::from_u64(1)
    }

    fn record(&self, _: &Id, _: &Record<'_>) {}

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn enter(&self, _: &Id) {}

    fn exit(&self, _: &Id) {}
}

#[cfg(test)]
mod tests {
    use super::Listener;
    use tracing::dispatcher::with_default;

    #[test]
    fn audit_records_are_heard_and_nothing_else() {
        let listener = Listener::new();
        with_default(&listener.dispatch(), || {
            tracing::info!(target: "portcullis", name = "note", status = 500_u16, "denied");
            tracing::info!(target: "portcullis::audit", name = "user.delete", status = Some(403_u16), "answered");
            tracing::info!(target: "portcullis::audit", name = "user.delete", status = None::<u16>, "abandoned");
            tracing::info!(target: "portcullis::audit", endpoint = "name", "answered");
        });
        let heard: Vec<String> = listener.take().iter().map(ToString::to_string).collect();
        let expected = [
            "an audit record, `user.delete`, with the status 403",
            "an audit record, `user.delete`, without a status",
            "an audit record without a name, without a status",
        ];
        assert_eq!(heard, expected);
        assert!(listener.take().is_empty(), "once taken, they are gone");
    }
}
