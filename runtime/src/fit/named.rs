//! What is read by the names of fields needs a struct that has some.
//! Asked of the type itself, as the extractors do.

use super::Fits;
use crate::{Cookie, Header, validate};
use portcullis_policy::RoutePattern;
use serde::de::DeserializeOwned;

const REMEDY: &str = "take a struct with named fields, none of them flattened";

impl<T: DeserializeOwned> Fits for Header<T> {
    fn misfit(_: &RoutePattern) -> Option<String> {
        let Some(fields) = validate::fields_of::<T>() else {
            return Some(format!("reads headers by a type without names for them; {REMEDY}"));
        };
        let nameless = fields.iter().find(|field| validate::header_name(field).is_none())?;
        Some(format!(
            "reads the header `{nameless}`, and no header can have that name; rename the field with `#[serde(rename = \"…\")]`"
        ))
    }
}

impl<T: DeserializeOwned> Fits for Cookie<T> {
    fn misfit(_: &RoutePattern) -> Option<String> {
        validate::fields_of::<T>().is_none().then(|| format!("reads cookies by a type without names for them; {REMEDY}"))
    }
}

#[cfg(feature = "multipart")]
impl<T: DeserializeOwned> Fits for crate::multipart::Multipart<T> {
    fn misfit(_: &RoutePattern) -> Option<String> {
        validate::fields_of::<T>().is_none().then(|| format!("reads a form in parts by a type without names for them; {REMEDY}"))
    }
}
