//! Which media type a request says that its body is of (RFC 9110 §8.3).
//! Read strictly: what this service takes for JSON, everything in front of it must take for JSON too.

use http::{HeaderMap, header::CONTENT_TYPE};

/// What `Valid<Json<…>>` takes, as a denial names it.
pub(super) const JSON: &str = "application/json";

/// What `Valid<Form<…>>` takes.
pub(super) const FORM: &str = "application/x-www-form-urlencoded";

/// What `Valid<Multipart<…>>` takes.
#[cfg(feature = "multipart")]
pub(super) const MULTIPART: &str = "multipart/form-data";

/// Whether the body is a form in parts.
#[cfg(feature = "multipart")]
pub(super) fn is_multipart(headers: &HeaderMap) -> bool {
    essence(headers).is_some_and(|essence| essence == MULTIPART)
}

/// Whether the body is `application/json` or of a type that builds on it (`application/…+json`), in UTF-8.
pub(super) fn is_json(headers: &HeaderMap) -> bool {
    essence(headers).is_some_and(|essence| {
        let structured = |subtype: &str| {
            let (format, suffix) = subtype.rsplit_once('+').unwrap_or_default();
            suffix == "json" && !format.is_empty() && format.bytes().all(is_token)
        };
        essence == JSON || essence.strip_prefix("application/").is_some_and(structured)
    })
}

/// Whether the body is an encoded form, in UTF-8.
pub(super) fn is_form(headers: &HeaderMap) -> bool {
    essence(headers).is_some_and(|essence| essence == FORM)
}

/// The type and subtype in lower case; `None` unless there is exactly one header, well formed and in UTF-8 as far as it says.
fn essence(headers: &HeaderMap) -> Option<String> {
    let mut values = headers.get_all(CONTENT_TYPE).iter();
    let (Some(value), None) = (values.next(), values.next()) else {
        return None;
    };
    let (essence, parameters) = match value.to_str().ok()?.split_once(';') {
        Some((essence, parameters)) => (essence, Some(parameters)),
        None => (value.to_str().ok()?, None),
    };
    let in_utf8 = parameters.is_none_or(|parameters| charsets_are_utf8(parameters).unwrap_or(false));
    in_utf8.then(|| essence.trim().to_ascii_lowercase())
}

/// Whether every charset among the parameters is UTF-8; `None` where the parameters are not of their form.
fn charsets_are_utf8(parameters: &str) -> Option<bool> {
    let mut rest = parameters;
    let mut utf8 = true;
    loop {
        // An empty parameter is legal: `a/b;` and `a/b;;c=d`.
        rest = rest.trim_start_matches([' ', '\t', ';']);
        if rest.is_empty() {
            return Some(utf8);
        }
        let (name, after) = rest.split_once('=')?;
        if name.is_empty() || !name.bytes().all(is_token) {
            return None;
        }
        let (value, after) = match after.strip_prefix('"') {
            Some(quoted) => quoted_string(quoted)?,
            None => {
                let end = after.find([' ', '\t', ';']).unwrap_or(after.len());
                let (value, after) = after.split_at_checked(end)?;
                (value.bytes().all(is_token) && !value.is_empty()).then(|| (value.to_owned(), after))?
            }
        };
        rest = after.trim_start_matches([' ', '\t']);
        if !rest.is_empty() && !rest.starts_with(';') {
            return None;
        }
        utf8 &= !name.eq_ignore_ascii_case("charset") || value.eq_ignore_ascii_case("utf-8");
    }
}

/// The content of a quoted string, from behind its opening quote, and what follows the closing one.
fn quoted_string(text: &str) -> Option<(String, &str)> {
    let mut value = String::new();
    let mut characters = text.chars();
    loop {
        match characters.next()? {
            '"' => return Some((value, characters.as_str())),
            '\\' => value.push(characters.next()?),
            character => value.push(character),
        }
    }
}

/// What a token consists of (RFC 9110 §5.6.2).
fn is_token(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte)
}

#[cfg(test)]
mod tests {
    use super::{is_form, is_json};
    use http::{HeaderMap, HeaderValue, header::CONTENT_TYPE};

    fn headers(values: &[&[u8]]) -> HeaderMap {
        values.iter().map(|value| (CONTENT_TYPE, HeaderValue::from_bytes(value).unwrap())).collect()
    }

    #[test]
    fn json_is_taken_with_its_suffix_and_in_utf8() {
        for value in [
            "application/json",
            "Application/JSON",
            " application/json ",
            "application/json;",
            "application/json; charset=utf-8",
            "application/json;CHARSET=\"UTF-8\"",
            "application/json ; charset=utf-8 ; profile=\"a;b\"",
            "application/json; profile=\"charset=latin1; \\\"\"",
            "application/merge-patch+json",
            "application/vnd.api+json",
        ] {
            assert!(is_json(&headers(&[value.as_bytes()])), "{value}");
        }
    }

    #[test]
    fn what_is_not_json_in_utf8_is_refused() {
        for value in [
            "",
            "json",
            "text/json",
            "text/plain",
            "application/jsonp",
            "application/json5",
            "application/+json",
            "application/a b+json",
            "application/x-www-form-urlencoded",
            "multipart/form-data; boundary=application/json",
            "text/plain; application/json",
            "application/json, text/plain",
            "application/json; charset=latin1",
            "application/json; charset=utf-8; charset=latin1",
            "application/json; charset=",
            "application/json; charset",
            "application/json; charset=\"utf-8",
            "application/json; charset=\"utf-8\"x",
            "application/json; charset =utf-8",
            "application/json; charset=\"\\",
        ] {
            assert!(!is_json(&headers(&[value.as_bytes()])), "{value}");
        }
        assert!(!is_json(&headers(&[b"application/json\xff"])));
    }

    #[test]
    fn none_and_two_are_refused() {
        assert!(!is_json(&headers(&[])));
        assert!(!is_json(&headers(&[b"application/json", b"application/json"])));
        assert!(!is_form(&headers(&[b"application/x-www-form-urlencoded", b"text/plain"])));
    }

    #[test]
    fn a_form_is_a_form() {
        assert!(is_form(&headers(&[b"application/x-www-form-urlencoded"])));
        assert!(is_form(&headers(&[b"APPLICATION/x-www-form-urlencoded; charset=UTF-8"])));
        assert!(!is_form(&headers(&[b"application/x-www-form-urlencoded; charset=latin1"])));
        assert!(!is_form(&headers(&[b"multipart/form-data"])));
    }
}
