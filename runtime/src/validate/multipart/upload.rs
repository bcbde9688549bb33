//! A file that was uploaded: its rules, what is known of it, and where it lies.
//! Read by serde with a ticket that only a form in parts has, so that no other input can name a file.

use super::{
    desk,
    sink::{Rules, Sink},
};
use serde::{
    Deserialize, Deserializer,
    de::{Error, Visitor},
};
use std::{fmt, sync::Arc};

/// What a file is asked for with.
pub(in crate::validate) const TICKET: &str = "$portcullis::multipart::Upload";

/// The rules of an upload, on a type of your own.
pub trait UploadRules: Send + Sync + 'static {
    /// The most bytes that the file may have. What is larger is refused at the first byte beyond.
    const MAX: u64;

    /// The media types that are taken, by what the file begins with, never by what the client calls it. `text/plain` is taken for what
    /// is UTF-8 throughout, without control characters but for tabs and ends of lines.
    const TYPES: &'static [&'static str];

    /// Where the file goes while it is received: [`Disk`](super::Disk), or one of your own.
    type Sink: Sink;
}

/// A file that was uploaded, has kept its rules, and lies in their sink. Dropping it drops the sink: a file on [`Disk`](super::Disk) is
/// removed.
pub struct Upload<R: UploadRules>(Arc<Facts<R>>);

pub(super) struct Facts<R: UploadRules> {
    pub(super) sink: R::Sink,
    pub(super) size: u64,
    pub(super) media_type: &'static str,
    pub(super) file_name: Option<String>,
}

impl<R: UploadRules> Upload<R> {
    /// How many bytes it has.
    #[must_use]
    pub fn size(&self) -> u64 {
        self.0.size
    }

    /// Which of the types of its rules it is.
    #[must_use]
    pub fn media_type(&self) -> &'static str {
        self.0.media_type
    }

    /// The name that the client gives it, if there is one: without folders, control characters, or what a file system takes for more than
    /// a name. To be shown, not to be trusted: two files can have the same, and it says nothing about the content.
    #[must_use]
    pub fn file_name(&self) -> Option<&str> {
        self.0.file_name.as_deref()
    }

    /// Where it lies.
    #[must_use]
    pub fn sink(&self) -> &R::Sink {
        &self.0.sink
    }

    /// Where it lies, to keep it. An upload that a handler was given has it always.
    #[must_use]
    pub fn into_sink(self) -> Option<R::Sink> {
        Arc::into_inner(self.0).map(|facts| facts.sink)
    }
}

impl<R: UploadRules> fmt::Debug for Upload<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Upload").field("size", &self.size()).field("media_type", &self.media_type()).finish_non_exhaustive()
    }
}

impl<'de, R: UploadRules> Deserialize<'de> for Upload<R> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Ticket;

        impl Visitor<'_> for Ticket {
            type Value = u64;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a file")
            }

            fn visit_u64<E>(self, number: u64) -> Result<u64, E> {
                Ok(number)
            }
        }

        desk::ask(Rules::of::<R>());
        let number = deserializer.deserialize_newtype_struct(TICKET, Ticket)?;
        let stored = desk::pick_up(number).and_then(|stored| stored.downcast().ok());
        stored.map(Self).ok_or_else(|| D::Error::custom("no such file"))
    }
}
