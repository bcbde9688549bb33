//! The way of a body into the parser of its parts, which takes all that it can get at once: here it gets little, and then has to ask again.
//! How much it may ask for before it finds something is bounded, or a part whose header never ends would fill the memory.

use crate::{Denial, validate::body};
use axum::body::{Body, Bytes, HttpBody as _};
use futures_core::Stream;
use std::{
    pin::Pin,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    task::{Context, Poll, ready},
};

/// How many bytes are let in at once.
const AT_ONCE: usize = 16 * 1024;

/// How many bytes may be let in before something is found in them: the end of a header, or content.
const UNTIL_FOUND: usize = 64 * 1024;

/// What may yet be let in before something is found.
#[derive(Clone)]
pub(super) struct Budget(Arc<AtomicUsize>);

impl Budget {
    /// Something was found.
    pub(super) fn refill(&self) {
        self.0.store(UNTIL_FOUND, Ordering::Relaxed);
    }

    /// Takes as much as there is of what is wanted.
    fn take(&self, wanted: usize) -> usize {
        let left = self.0.load(Ordering::Relaxed);
        let taken = wanted.min(left);
        self.0.store(left - taken, Ordering::Relaxed);
        taken
    }
}

pub(super) struct Gate {
    body: Body,
    limit: u64,
    /// What came of the body and was not let in yet.
    waiting: Bytes,
    budget: Budget,
    closed: bool,
}

impl Gate {
    pub(super) fn new(body: Body, limit: u64) -> (Self, Budget) {
        let budget = Budget(Arc::new(AtomicUsize::new(UNTIL_FOUND)));
        (Self { body, limit, waiting: Bytes::new(), budget: budget.clone(), closed: false }, budget)
    }
}

impl Stream for Gate {
    type Item = Result<Bytes, Denial>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        if std::mem::take(&mut self.closed) {
            // Whoever asks on gets nothing until it has looked at what it has.
            cx.waker().wake_by_ref();
            return Poll::Pending;
        }
        while self.waiting.is_empty() {
            match ready!(Pin::new(&mut self.body).poll_frame(cx)) {
                None => return Poll::Ready(None),
                Some(Err(error)) => return Poll::Ready(Some(Err(body::denial_of(&error, self.limit)))),
                Some(Ok(frame)) => self.waiting = frame.into_data().unwrap_or_default(),
            }
        }
        let size = self.budget.take(self.waiting.len().min(AT_ONCE));
        if size == 0 {
            return Poll::Ready(Some(Err(Denial::MalformedInput)));
        }
        self.closed = true;
        Poll::Ready(Some(Ok(self.waiting.split_to(size))))
    }
}
