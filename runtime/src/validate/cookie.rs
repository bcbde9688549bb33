//! `Valid<Cookie<T>>`: the cookies that the fields of a struct name, and no others.
//! Who else sets cookies for this host cannot make a request fail, but with a second one of a name that is read.

use super::{InputBounds, Valid, named};
use crate::{Denial, RequestPart};
use axum::extract::FromRequestParts;
use garde::Validate;
use http::{HeaderMap, header::COOKIE, request::Parts};
use serde::de::DeserializeOwned;

const PART: RequestPart = RequestPart::Cookie;

/// Cookies, as the fields of a struct: an extractor in `Valid<Cookie<T>>`.
///
/// Each field is one cookie, by its exact name. A field that is an `Option` may be absent. The value is what was sent, with its quotes
/// and without decoding. A cookie that is there twice is a 422: a page of another host of the same site may have set the second. One
/// that is not UTF-8 or holds control characters is a 400. Neither concerns cookies that no field names.
///
/// ```
/// use axum::{body::Body, extract::{FromRequest, Request}};
/// use garde::Validate;
/// use portcullis::{Cookie, Valid};
/// use serde::Deserialize;
///
/// #[derive(Deserialize, Validate)]
/// struct Settings {
///     #[garde(length(bytes, equal = 2), ascii)]
///     language: Option<String>,
/// }
///
/// # tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(async {
/// let request = Request::get("/").header("cookie", "theme=dark; language=de").body(Body::empty()).unwrap();
/// let Valid(Cookie(settings)) = Valid::<Cookie<Settings>>::from_request(request, &()).await.unwrap();
/// assert_eq!(settings.language.as_deref(), Some("de"));
/// # });
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Cookie<T>(pub T);

impl<T, S> FromRequestParts<S> for Valid<Cookie<T>>
where
    T: DeserializeOwned + Validate<Context: Default>,
    S: Send + Sync,
{
    type Rejection = Denial;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Self::Rejection> {
        let limit = InputBounds::of(&parts.extensions).pairs;
        if pieces(&parts.headers).zip(0..=limit).count() as u64 > limit.into() {
            return Err(Denial::TooComplex { of: "pairs", limit: limit.into() });
        }
        named::read(PART, |field| values(&parts.headers, field)).map(|value| Self(Cookie(value)))
    }
}

/// The cookies, still as bytes (RFC 6265 §5.4). HTTP/2 may send them in several headers (RFC 9113 §8.2.3).
fn pieces(headers: &HeaderMap) -> impl Iterator<Item = &[u8]> {
    let pieces = headers.get_all(COOKIE).iter().flat_map(|value| value.as_bytes().split(|byte| *byte == b';'));
    pieces.map(<[u8]>::trim_ascii).filter(|piece| !piece.is_empty())
}

/// The values of all cookies with this name.
fn values<'h>(headers: &'h HeaderMap, name: &str) -> Result<Vec<&'h str>, Denial> {
    let named = pieces(headers).filter_map(|piece| {
        let end = piece.iter().position(|byte| *byte == b'=')?;
        let (before, value) = piece.split_at_checked(end)?;
        (before.trim_ascii() == name.as_bytes()).then(|| value.get(1..).unwrap_or_default().trim_ascii())
    });
    let text = |value| str::from_utf8(value).ok().filter(|text: &&str| !text.contains(char::is_control));
    named.map(text).collect::<Option<_>>().ok_or(Denial::MalformedInput)
}
