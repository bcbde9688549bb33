//! `Valid<Header<T>>`: the headers that the fields of a struct name, and no others.
//! `x_request_id` reads `x-request-id`: an underscore in the name of a header, which some servers take for a hyphen, is never read.

use super::{Valid, named};
use crate::{Denial, RequestPart};
use axum::extract::FromRequestParts;
use garde::Validate;
use http::{HeaderMap, HeaderName, request::Parts};
use serde::de::DeserializeOwned;

const PART: RequestPart = RequestPart::Header;

/// Headers, as the fields of a struct: an extractor in `Valid<Header<T>>`.
///
/// Each field is one header, by its name on the wire in lower case with underscores for the hyphens, or renamed with serde to what you
/// like better. A field that is an `Option` may be absent. A header that is there twice is a 422, and one that is not UTF-8 a 400;
/// neither concerns headers that no field names.
///
/// ```
/// use axum::{body::Body, extract::{FromRequest, Request}};
/// use garde::Validate;
/// use portcullis::{Denial, Header, Valid};
/// use serde::Deserialize;
///
/// #[derive(Deserialize, Validate)]
/// struct Retry {
///     #[garde(length(bytes, min = 16, max = 64), ascii)]
///     idempotency_key: String,
///     #[serde(rename = "X-Attempt")]
///     #[garde(range(max = 9))]
///     attempt: Option<u8>,
/// }
///
/// # tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(async {
/// let request = |key| Request::post("/").header("Idempotency-Key", key).header("X-Attempt", "2").body(Body::empty()).unwrap();
/// let Valid(Header(retry)) = Valid::<Header<Retry>>::from_request(request("0123456789abcdef"), &()).await.unwrap();
/// assert_eq!((retry.idempotency_key.as_str(), retry.attempt), ("0123456789abcdef", Some(2)));
///
/// let refused = Valid::<Header<Retry>>::from_request(request("short"), &()).await;
/// assert!(matches!(refused, Err(Denial::InvalidInput(errors)) if errors[0].pointer == "#/idempotency-key"));
/// # });
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Header<T>(pub T);

impl<T, S> FromRequestParts<S> for Valid<Header<T>>
where
    T: DeserializeOwned + Validate<Context: Default>,
    S: Send + Sync,
{
    type Rejection = Denial;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Self::Rejection> {
        let mut seen = Vec::new();
        let read = named::read(PART, |field| values(&parts.headers, field, &mut seen));
        read.map(|value| Self(Header(value))).map_err(in_names_of_the_wire)
    }
}

const NO_NAME: Denial = Denial::Misconfigured("a field of the type in `Valid<Header<…>>` has a name that no header can have");

/// The header that a field reads, if one can have that name.
pub(crate) fn name(field: &str) -> Option<HeaderName> {
    HeaderName::from_bytes(field.replace('_', "-").as_bytes()).ok()
}

/// The values of a field's header, unless a field before it was its other name (`#[serde(alias = "…")]`).
fn values<'h>(headers: &'h HeaderMap, field: &str, seen: &mut Vec<HeaderName>) -> Result<Vec<&'h str>, Denial> {
    let name = name(field).ok_or(NO_NAME)?;
    if seen.contains(&name) {
        return Ok(Vec::new());
    }
    let values = headers.get_all(&name).iter().map(|value| str::from_utf8(value.as_bytes()));
    let values = values.collect::<Result<_, _>>().map_err(|_| Denial::MalformedInput);
    seen.push(name);
    values
}

/// The denial with the names of headers instead of those of fields.
fn in_names_of_the_wire(denial: Denial) -> Denial {
    let Denial::InvalidInput(mut errors) = denial else { return denial };
    for error in &mut errors {
        error.pointer = error.pointer.replace('_', "-").to_ascii_lowercase();
    }
    Denial::InvalidInput(errors)
}
