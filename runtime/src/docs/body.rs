//! A body of a few pieces that are there already: the page is nearly two megabytes of the program itself, and nobody copies them.
//! However many slow clients there are, each costs its piece of the document.

use bytes::Bytes;
use http_body::{Body, Frame, SizeHint};
use std::{
    array,
    convert::Infallible,
    pin::Pin,
    task::{Context, Poll},
};

/// Pieces, in their order.
#[derive(Debug)]
pub(super) struct Chunks<const N: usize>(array::IntoIter<Bytes, N>);

impl<const N: usize> Chunks<N> {
    pub(super) fn new(pieces: [Bytes; N]) -> Self {
        Self(pieces.into_iter())
    }
}

impl<const N: usize> Body for Chunks<N> {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        Poll::Ready(self.0.next().map(|piece| Ok(Frame::data(piece))))
    }

    fn is_end_stream(&self) -> bool {
        self.0.as_slice().is_empty()
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.0.as_slice().iter().map(|piece| piece.len() as u64).sum())
    }
}
