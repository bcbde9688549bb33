//! Where files go while they are received, and the form in which the extractor can hold any of them.
//! A sink that is dropped before it is finished was refused, or broken off.

use super::{
    desk::Stored,
    upload::{Facts, UploadRules},
};
use bytes::Bytes;
use std::{io, pin::Pin, sync::Arc};

/// Where a file goes while it is received, chunk by chunk: [`Disk`](super::Disk), or a store of your own.
///
/// A sink that is dropped must remove what it was given, unless it was finished and taken over by the handler: that is how nothing stays
/// of an upload that is refused, broken off or too late.
pub trait Sink: Sized + Send + Sync + 'static {
    /// Begins a file, whose type is known to be one of its rules'.
    ///
    /// # Errors
    ///
    /// An error of any of these is logged, and answered with 500.
    fn open() -> impl Future<Output = io::Result<Self>> + Send;

    /// Takes the next bytes.
    ///
    /// # Errors
    ///
    /// See [`open`](Self::open).
    fn write(&mut self, chunk: Bytes) -> impl Future<Output = io::Result<()>> + Send;

    /// All bytes are here, and keep the rules of the upload. The rest of the form may yet break its own.
    ///
    /// # Errors
    ///
    /// See [`open`](Self::open).
    fn finish(&mut self) -> impl Future<Output = io::Result<()>> + Send;
}

/// A future of a sink.
pub(super) type Doing<'a, T> = Pin<Box<dyn Future<Output = io::Result<T>> + Send + 'a>>;

/// The rules of an upload, whichever type has them.
#[derive(Clone, Copy)]
pub(super) struct Rules {
    pub(super) max: u64,
    pub(super) types: &'static [&'static str],
    pub(super) open: fn() -> Doing<'static, Box<dyn Writing>>,
}

impl Rules {
    pub(super) fn of<R: UploadRules>() -> Self {
        let open = || -> Doing<'static, Box<dyn Writing>> {
            Box::pin(async { R::Sink::open().await.map(|sink| Box::new(Open::<R>(sink)) as Box<dyn Writing>) })
        };
        Self { max: R::MAX, types: R::TYPES, open }
    }
}

/// A file that is being received.
pub(super) trait Writing: Send {
    fn write(&mut self, chunk: Bytes) -> Doing<'_, ()>;

    fn finish(self: Box<Self>, size: u64, media_type: &'static str, file_name: Option<String>) -> Doing<'static, Stored>;
}

struct Open<R: UploadRules>(R::Sink);

impl<R: UploadRules> Writing for Open<R> {
    fn write(&mut self, chunk: Bytes) -> Doing<'_, ()> {
        Box::pin(self.0.write(chunk))
    }

    fn finish(mut self: Box<Self>, size: u64, media_type: &'static str, file_name: Option<String>) -> Doing<'static, Stored> {
        Box::pin(async move {
            self.0.finish().await?;
            Ok(Arc::new(Facts::<R> { sink: self.0, size, media_type, file_name }) as Stored)
        })
    }
}
