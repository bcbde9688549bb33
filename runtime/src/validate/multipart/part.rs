//! One part after the other: texts into memory, files into their sinks, both no further than their bounds.
//! A file is opened only after what it begins with is known to be of a type that its rules take.

use super::{
    desk::Stored,
    file_name::sanitised,
    gate::Budget,
    invalid,
    sink::{Rules, Writing},
    sniff::{HEAD, Sniffed, sniff},
};
use crate::Denial;
use bytes::{Bytes, BytesMut};
use http::header::CONTENT_DISPOSITION;
use multer::{Field, Multipart};
use portcullis_policy::suggest;
use std::io;

/// How many bytes all texts of a form may have together: they are in memory.
const TEXTS: u64 = 64 * 1024;

/// What came of a part.
pub(super) enum Received {
    /// A browser's way to say that no file was chosen.
    Nothing,
    Text(String),
    File(Stored),
}

/// The parts of a form that is being received.
pub(super) struct Parts {
    budget: Budget,
    texts: u64,
}

impl Parts {
    pub(super) fn new(budget: Budget) -> Self {
        Self { budget, texts: 0 }
    }

    /// The next part, whose content is not read yet.
    pub(super) async fn next(&self, multipart: &mut Multipart<'static>) -> Result<Option<Field<'static>>, Denial> {
        self.budget.refill();
        let part = multipart.next_field().await.map_err(denial)?;
        match &part {
            Some(part) if !is_form_data(part) => Err(Denial::MalformedInput),
            _ => Ok(part),
        }
    }

    /// The content of a part: a file where there are rules for one, a text otherwise.
    pub(super) async fn receive(
        &mut self,
        part: &mut Field<'static>,
        name: &str,
        rules: Option<Rules>,
    ) -> Result<Received, Denial> {
        match rules {
            Some(rules) => self.file(part, name, rules).await,
            None if part.file_name().is_some() => Err(invalid(Some(name), "type", "expected a text, and not a file".to_owned())),
            None => self.text(part).await.map(Received::Text),
        }
    }

    async fn text(&mut self, part: &mut Field<'static>) -> Result<String, Denial> {
        let mut text = BytesMut::new();
        while let Some(chunk) = self.chunk(part).await? {
            self.texts += chunk.len() as u64;
            if self.texts > TEXTS {
                return Err(Denial::BodyTooLarge { limit: TEXTS });
            }
            text.extend_from_slice(&chunk);
        }
        let text = String::from_utf8(text.into()).ok().filter(|text| !text.contains('\0'));
        text.ok_or(Denial::MalformedInput)
    }

    async fn file(&mut self, part: &mut Field<'static>, name: &str, rules: Rules) -> Result<Received, Denial> {
        let mut size = 0;
        let mut head = BytesMut::new();
        while head.len() < HEAD
            && let Some(chunk) = self.bounded_chunk(part, &mut size, name, rules).await?
        {
            head.extend_from_slice(&chunk);
        }
        if head.is_empty() && part.file_name() == Some("") {
            return Ok(Received::Nothing);
        }
        let wrong_type = || {
            let types = suggest::list(rules.types.iter().copied());
            invalid(Some(name), "media_type", format!("not a file of a type that is taken here: {types}"))
        };
        let Sniffed { media_type, mut text } = sniff(&head, rules.types).ok_or_else(wrong_type)?;
        let mut writing = (rules.open)().await.map_err(|error| not_stored(&error))?;
        let mut next = Some(head.freeze());
        while let Some(chunk) = next {
            if text.as_mut().is_some_and(|text| !text.goes_on(&chunk)) {
                return Err(wrong_type());
            }
            store(&mut writing, chunk).await?;
            next = self.bounded_chunk(part, &mut size, name, rules).await?;
        }
        if text.is_some_and(|text| !text.may_end()) {
            return Err(wrong_type());
        }
        let file_name = part.file_name().and_then(sanitised);
        writing.finish(size, media_type, file_name).await.map(Received::File).map_err(|error| not_stored(&error))
    }

    async fn bounded_chunk(
        &self,
        part: &mut Field<'static>,
        size: &mut u64,
        name: &str,
        rules: Rules,
    ) -> Result<Option<Bytes>, Denial> {
        let chunk = self.chunk(part).await?;
        *size += chunk.as_ref().map_or(0, |chunk| chunk.len() as u64);
        if *size > rules.max {
            return Err(invalid(Some(name), "too_large", format!("larger than {} bytes", rules.max)));
        }
        Ok(chunk)
    }

    async fn chunk(&self, part: &mut Field<'static>) -> Result<Option<Bytes>, Denial> {
        self.budget.refill();
        part.chunk().await.map_err(denial)
    }
}

async fn store(writing: &mut Box<dyn Writing>, chunk: Bytes) -> Result<(), Denial> {
    writing.write(chunk).await.map_err(|error| not_stored(&error))
}

/// Whether a part says of itself that it is one of a form (RFC 7578 §4.2).
fn is_form_data(part: &Field<'static>) -> bool {
    let disposition = part.headers().get(CONTENT_DISPOSITION).map(http::HeaderValue::as_bytes);
    let kind = disposition.and_then(|value| value.split(|byte| *byte == b';').next()).unwrap_or_default();
    kind.trim_ascii().eq_ignore_ascii_case(b"form-data") && part.name().is_some()
}

/// Why the parts cannot be told from each other any more.
fn denial(error: multer::Error) -> Denial {
    match error {
        multer::Error::StreamReadFailed(cause) => cause.downcast().map_or(Denial::MalformedInput, |denial| *denial),
        _ => Denial::MalformedInput,
    }
}

/// What is wrong with a store is for the log.
fn not_stored(error: &io::Error) -> Denial {
    tracing::error!(target: "portcullis", %error, "an upload cannot be stored");
    Denial::Misconfigured("an upload cannot be stored")
}
