//! The bodies of the probe: of an exact size, announced or not, and none that keeps its rules unless its user gave it.

use axum::body::{Body, Bytes, HttpBody};
use http_body::{Frame, SizeHint};
use portcullis_policy::Input;
use std::{
    convert::Infallible,
    pin::Pin,
    task::{Context, Poll},
};

/// What is sent at once of a large body.
const CHUNK: usize = 64 * 1024;

/// A byte that begins neither JSON nor, twice, an escape of a form: a body of it is malformed as either.
const FILLER: u8 = b'%';

/// The media type that a body comes with, of an input of this kind: a form in parts also says what is between them.
pub(super) const fn media_type(input: Input) -> &'static str {
    match input {
        Input::Multipart => "multipart/form-data; boundary=portcullis",
        _ => input.media_type(),
    }
}

/// The body of a request.
#[derive(Clone, Debug)]
pub(super) enum Payload {
    None,
    /// These bytes.
    Text(Bytes),
    /// So many bytes of nonsense.
    Filler(u64),
    /// The same, without their number beforehand.
    Streamed(u64),
    /// So many bytes, says the header; none comes.
    Announced(u64),
}

impl Payload {
    pub(super) fn body(&self) -> Body {
        match self {
            Self::None => Body::empty(),
            Self::Text(text) => Body::from(text.clone()),
            Self::Filler(bytes) => Body::new(Filler { left: *bytes, announced: Some(*bytes), chunk: chunk() }),
            Self::Streamed(bytes) => Body::new(Filler { left: *bytes, announced: None, chunk: chunk() }),
            Self::Announced(bytes) => Body::new(Filler { left: 0, announced: Some(*bytes), chunk: Bytes::new() }),
        }
    }

    /// What `Content-Length` says.
    pub(super) fn announced(&self) -> Option<u64> {
        match self {
            Self::None | Self::Streamed(_) => None,
            Self::Text(text) => u64::try_from(text.len()).ok(),
            Self::Filler(bytes) | Self::Announced(bytes) => Some(*bytes),
        }
    }
}

fn chunk() -> Bytes {
    Bytes::from_static(&[FILLER; CHUNK])
}

struct Filler {
    left: u64,
    announced: Option<u64>,
    chunk: Bytes,
}

impl HttpBody for Filler {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        let size = usize::try_from(self.left).map_or(CHUNK, |left| left.min(CHUNK));
        if size == 0 {
            return Poll::Ready(None);
        }
        self.left = self.left.saturating_sub(size as u64);
        let mut chunk = self.chunk.clone();
        chunk.truncate(size);
        Poll::Ready(Some(Ok(Frame::data(chunk))))
    }

    fn size_hint(&self) -> SizeHint {
        self.announced.map_or_else(SizeHint::default, SizeHint::with_exact)
    }
}
