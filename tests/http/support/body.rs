//! Bodies that notice how they are treated.

use axum::body::{Body, Bytes};
use http_body::{Frame, SizeHint};
use std::{
    convert::Infallible,
    future::Future,
    pin::Pin,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    task::{Context, Poll, ready},
    time::Duration,
};
use tokio::time::{Sleep, sleep};

/// A body that fails the test when it is read.
pub(crate) fn untouchable() -> Body {
    Body::new(Untouchable { announced: None })
}

/// The same, with a length that it announces.
pub(crate) fn untouchable_of(bytes: u64) -> Body {
    Body::new(Untouchable { announced: Some(bytes) })
}

struct Untouchable {
    announced: Option<u64>,
}

impl http_body::Body for Untouchable {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        panic!("the body of a refused request was read");
    }

    fn size_hint(&self) -> SizeHint {
        self.announced.map_or_else(SizeHint::default, SizeHint::with_exact)
    }
}

/// A body that says nothing of its length beforehand.
pub(crate) fn unannounced(text: impl Into<Bytes>) -> Body {
    Body::new(Chunks { chunks: vec![Some(text.into())], polled: Arc::default(), ends: true })
}

/// A body that comes in pieces of a size.
pub(crate) fn in_pieces(text: impl Into<Bytes>, size: usize) -> Body {
    let text = text.into();
    let chunks = text.chunks(size).rev().map(|piece| Some(Bytes::copy_from_slice(piece))).collect();
    Body::new(Chunks { chunks, polled: Arc::default(), ends: true })
}

/// A body that comes to this much and never ends.
pub(crate) fn endless(text: impl Into<Bytes>) -> Body {
    Body::new(Chunks { chunks: vec![Some(text.into())], polled: Arc::default(), ends: false })
}

/// A body, and whether it has been read.
pub(crate) fn watched(text: impl Into<Bytes>) -> (Body, Arc<AtomicBool>) {
    let polled = Arc::<AtomicBool>::default();
    (Body::new(Chunks { chunks: vec![Some(text.into())], polled: polled.clone(), ends: true }), polled)
}

struct Chunks {
    chunks: Vec<Option<Bytes>>,
    polled: Arc<AtomicBool>,
    ends: bool,
}

impl http_body::Body for Chunks {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        self.polled.store(true, Ordering::SeqCst);
        match self.chunks.pop().flatten() {
            Some(chunk) => Poll::Ready(Some(Ok(Frame::data(chunk)))),
            None if self.ends => Poll::Ready(None),
            None => Poll::Pending,
        }
    }
}

/// A body that comes after a while.
pub(crate) fn after(wait: Duration, text: impl Into<Bytes>) -> Body {
    Body::new(Late { wait: Box::pin(sleep(wait)), text: Some(text.into()) })
}

struct Late {
    wait: Pin<Box<Sleep>>,
    text: Option<Bytes>,
}

impl http_body::Body for Late {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        if self.text.is_some() {
            ready!(self.wait.as_mut().poll(cx));
        }
        Poll::Ready(self.text.take().map(|text| Ok(Frame::data(text))))
    }
}
