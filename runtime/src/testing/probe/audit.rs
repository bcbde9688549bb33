//! Listening for the audit records of one request: a subscriber of `tracing` that counts them and lets everything else go.

use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};
use tracing::{
    Dispatch, Event, Metadata, Subscriber,
    span::{Attributes, Id, Record},
};

/// The target of audit records.
const TARGET: &str = "portcullis::audit";

/// Counts audit records.
#[derive(Clone, Debug)]
pub(super) struct Listener {
    heard: Arc<AtomicUsize>,
    dispatch: Dispatch,
}

impl Listener {
    pub(super) fn new() -> Self {
        let heard = Arc::<AtomicUsize>::default();
        Self { dispatch: Dispatch::new(Records(Arc::clone(&heard))), heard }
    }

    /// What a future is to be run with, so that its records are heard.
    pub(super) fn dispatch(&self) -> Dispatch {
        self.dispatch.clone()
    }

    /// How many records there were since the last time.
    pub(super) fn take(&self) -> usize {
        self.heard.swap(0, Ordering::Relaxed)
    }
}

struct Records(Arc<AtomicUsize>);

impl Subscriber for Records {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        metadata.target() == TARGET
    }

    fn event(&self, _: &Event<'_>) {
        self.0.fetch_add(1, Ordering::Relaxed);
    }

    fn new_span(&self, _: &Attributes<'_>) -> Id {
        Id::from_u64(1)
    }

    fn record(&self, _: &Id, _: &Record<'_>) {}

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn enter(&self, _: &Id) {}

    fn exit(&self, _: &Id) {}
}
