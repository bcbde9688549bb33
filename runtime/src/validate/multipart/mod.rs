//! `Valid<Multipart<T>>`: a form in parts. Texts are read into memory, files are streamed to where their rules say, within their bounds.
//! What was stored of a form that is refused, broken off or too late is dropped, and so removed.

mod desk;
mod disk;
mod file_name;
mod gate;
mod part;
mod probe;
#[cfg(feature = "openapi")]
mod schema;
mod sink;
mod sniff;
mod upload;

pub(super) use self::upload::TICKET;
pub use self::{
    disk::Disk,
    sink::Sink,
    upload::{Upload, UploadRules},
};

use super::{
    InputBounds, Valid, body, check,
    document::{Node, Object},
    media_type, named,
};
use crate::{Denial, InputError, RequestPart};
use axum::{
    RequestExt,
    extract::{FromRequest, Request},
};
use garde::Validate;
use gate::Gate;
use http::header::CONTENT_TYPE;
use part::Received;
use serde::de::DeserializeOwned;
use std::borrow::Cow;

const PART: RequestPart = RequestPart::Body;

/// The longest boundary (RFC 2046 §5.1.1).
const LONGEST_BOUNDARY: usize = 70;

/// A form in parts (`multipart/form-data`), as the fields of a struct: an extractor in `Valid<Multipart<T>>`.
///
/// A field that is an [`Upload`] takes a file, a `Vec` of them those of one name; any other takes a text, 64 KiB of them in all. A part
/// that no field names is refused. The whole is bounded by the endpoint's `body`, and the number of parts by the service's
/// [`InputBounds`].
///
/// ```
/// use axum::{body::Body, extract::{FromRequest, Request}};
/// use garde::Validate;
/// use portcullis::{Valid, multipart::{Disk, Multipart, Upload, UploadRules}};
/// use serde::Deserialize;
///
/// struct Avatar;
///
/// impl UploadRules for Avatar {
///     const MAX: u64 = 2 * 1024 * 1024;
///     const TYPES: &'static [&'static str] = &["image/png", "image/jpeg"];
///     type Sink = Disk;
/// }
///
/// #[derive(Deserialize, Validate)]
/// struct Profile {
///     #[garde(length(chars, min = 1, max = 50))]
///     name: String,
///     #[garde(skip)]
///     picture: Option<Upload<Avatar>>,
/// }
///
/// async fn save(Valid(Multipart(profile)): Valid<Multipart<Profile>>) -> std::io::Result<()> {
///     if let Some(picture) = profile.picture.and_then(Upload::into_sink) {
///         picture.keep_at("/var/lib/pictures/1.png")?;
///     }
///     Ok(())
/// }
///
/// # tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(async {
/// let body = "--x\r\nContent-Disposition: form-data; name=\"name\"\r\n\r\nAnn\r\n--x--\r\n";
/// let request = Request::post("/").header("content-type", "multipart/form-data; boundary=x").body(Body::from(body)).unwrap();
/// let Valid(Multipart(profile)) = Valid::<Multipart<Profile>>::from_request(request, &()).await.unwrap();
/// assert_eq!(profile.name, "Ann");
/// # });
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Multipart<T>(pub T);

impl<T, S> FromRequest<S> for Valid<Multipart<T>>
where
    T: DeserializeOwned + Validate<Context: Default>,
    S: Send + Sync,
{
    type Rejection = Denial;

    async fn from_request(request: Request, _state: &S) -> Result<Self, Self::Rejection> {
        let fields = named::fields_of::<T>().ok_or(NO_STRUCT)?;
        let form = receive(request, fields, probe::rules_of::<T>).await?;
        desk::with(form.files, || check::read(&form.document, PART)).map(|value| Self(Multipart(value)))
    }
}

const NO_STRUCT: Denial = Denial::Misconfigured("`Valid<Multipart<…>>` takes structs with named fields, none of them flattened");

/// A form that was received whole.
struct Form {
    document: Node<'static>,
    files: Vec<desk::Stored>,
}

/// Receives a form. Which rules a field has for a file, `rules_of` knows.
async fn receive(
    request: Request,
    fields: &'static [&'static str],
    rules_of: fn(&'static str) -> Option<sink::Rules>,
) -> Result<Form, Denial> {
    if !media_type::is_multipart(request.headers()) {
        return Err(Denial::UnsupportedMediaType { expected: media_type::MULTIPART });
    }
    let content_type = request.headers().get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let boundary = multer::parse_boundary(content_type).ok().filter(|boundary| (1..=LONGEST_BOUNDARY).contains(&boundary.len()));
    let boundary = boundary.ok_or(Denial::MalformedInput)?;
    let most_parts = InputBounds::of(request.extensions()).parts;
    let limit = body::limit(request.extensions());
    let (gate, budget) = Gate::new(request.with_limited_body().into_body(), limit);
    let mut multipart = multer::Multipart::new(gate, boundary);
    let mut parts = part::Parts::new(budget);
    let (mut pairs, mut files): (Vec<(Cow<'static, str>, Node<'static>)>, Vec<_>) = (Vec::new(), Vec::new());
    let mut count = 0;
    while let Some(mut part) = parts.next(&mut multipart).await? {
        count += 1;
        if count > most_parts {
            return Err(Denial::TooComplex { of: "parts", limit: most_parts.into() });
        }
        let Some(name) = fields.iter().copied().find(|field| Some(*field) == part.name()) else {
            return Err(invalid(None, "unknown_field", "has a part that is not declared".to_owned()));
        };
        let before = pairs.iter_mut().find(|(other, _)| other == name).map(|(_, node)| node);
        let node = match parts.receive(&mut part, name, rules_of(name)).await? {
            Received::Nothing => continue,
            Received::Text(text) => Node::Word(Cow::Owned(text)),
            Received::File(stored) => {
                files.push(stored);
                Node::File(files.len() as u64 - 1)
            }
        };
        match (before, node) {
            (None, node) => pairs.push((Cow::Borrowed(name), node)),
            (Some(Node::List(items)), Node::File(number)) => items.push(Node::File(number)),
            (Some(before @ Node::File(_)), Node::File(number)) => {
                let first = std::mem::replace(before, Node::Null);
                *before = Node::List(vec![first, Node::File(number)]);
            }
            _ => return Err(invalid(Some(name), "duplicate", super::fault::MORE_THAN_ONCE.to_owned())),
        }
    }
    Ok(Form { document: Node::Object(Object { pairs, ..Object::default() }), files })
}

/// The denial for a part that breaks a rule before the whole is here.
fn invalid(field: Option<&str>, code: &'static str, detail: String) -> Denial {
    let mut pointer = super::pointer::Pointer::root();
    if let Some(field) = field {
        pointer.push(&super::pointer::Segment::Name(field.to_owned()));
    }
    Denial::InvalidInput(vec![InputError::new(PART, pointer.into_text(), code, detail)])
}
