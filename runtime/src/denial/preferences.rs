//! What a client asks of the answer in `Accept` and `Accept-Language`, as far as a denial has a choice.
//! Kept from the request until it may be refused, and looked at only then.

use http::{
    HeaderMap, HeaderValue,
    header::{ACCEPT, ACCEPT_LANGUAGE},
};
use mediatype::{MediaType, MediaTypeList, Name, ReadParams, names};

/// The media type of RFC 9457.
pub(crate) const PROBLEM: &str = "application/problem+json";

/// What a client asks of an answer.
#[derive(Clone, Debug, Default)]
pub(crate) struct Preferences {
    accept: Option<HeaderValue>,
    languages: Option<HeaderValue>,
}

impl Preferences {
    /// Those of a request; the languages only where somebody translates.
    pub(crate) fn of(headers: &HeaderMap, translates: bool) -> Self {
        // Most clients take everything: nothing to keep.
        let accept = headers.get(ACCEPT).filter(|accept| *accept != "*/*").cloned();
        Self { accept, languages: headers.get(ACCEPT_LANGUAGE).filter(|_| translates).cloned() }
    }

    /// The media type for a problem. Who takes neither gets the standard one all the same: a refusal that cannot be read is better than
    /// one whose reason is missing, and RFC 9110 §12.5.1 lets a server disregard the field.
    pub(crate) fn problem_type(&self) -> &'static str {
        let Some(accept) = self.accept.as_ref().and_then(|accept| accept.to_str().ok()) else { return PROBLEM };
        match (weight(accept, &PROBLEM_JSON), weight(accept, &JSON)) {
            (problem, json) if json > 0.0 && problem == 0.0 => "application/json",
            _ => PROBLEM,
        }
    }

    /// The languages as the client sent them, if there is somebody to read them.
    pub(crate) fn languages(&self) -> Option<&str> {
        self.languages.as_ref().and_then(|languages| languages.to_str().ok())
    }
}

const JSON: MediaType<'static> = MediaType::new(names::APPLICATION, names::JSON);
const PROBLEM_JSON: MediaType<'static> =
    MediaType::from_parts(names::APPLICATION, Name::new_unchecked("problem"), Some(names::JSON), &[]);

/// The weight of a media type in this `Accept`, by its most specific range (RFC 9110 §12.5.1): 0 where it is not taken.
fn weight(accept: &str, media_type: &MediaType<'_>) -> f32 {
    let any = Name::new_unchecked("*");
    let ranges = MediaTypeList::new(accept).filter_map(Result::ok);
    let weighed = ranges.filter_map(|range| {
        let specific = if range.essence() == *media_type {
            2
        } else if range.ty == media_type.ty && range.subty == any {
            1
        } else if range.ty == any && range.subty == any {
            0
        } else {
            return None;
        };
        let weight = range.get_param(Name::new_unchecked("q")).map_or(Some(1.0), |weight| weight.as_str().parse::<f32>().ok());
        // What is no number is no wish.
        Some((specific, weight.filter(|weight| (0.0..=1.0).contains(weight)).unwrap_or(0.0)))
    });
    weighed.max_by_key(|(specific, _)| *specific).map_or(0.0, |(_, weight)| weight)
}

#[cfg(test)]
mod tests {
    use super::Preferences;
    use http::{HeaderMap, HeaderValue, header::ACCEPT};

    #[test]
    fn a_problem_is_plain_json_only_for_who_takes_nothing_else() {
        for (accept, expected) in [
            ("*/*", "application/problem+json"),
            ("application/*", "application/problem+json"),
            ("application/problem+json", "application/problem+json"),
            ("application/json, application/problem+json;q=0.1", "application/problem+json"),
            ("application/json", "application/json"),
            ("APPLICATION/JSON;q=0.5", "application/json"),
            ("text/html, application/json;charset=utf-8", "application/json"),
            ("text/html, application/json", "application/json"),
            ("application/json, */*;q=0.8", "application/problem+json"),
            ("application/json, */*;q=0", "application/json"),
            ("application/json, application/problem+json;q=0, */*", "application/json"),
            ("application/json;q=0", "application/problem+json"),
            ("application/json;q=NaN", "application/problem+json"),
            ("application/json;q=9", "application/problem+json"),
            ("text/html", "application/problem+json"),
            ("", "application/problem+json"),
            (",;,/q=", "application/problem+json"),
        ] {
            let mut headers = HeaderMap::new();
            headers.insert(ACCEPT, HeaderValue::from_static(accept));
            assert_eq!(Preferences::of(&headers, false).problem_type(), expected, "{accept}");
        }
        assert_eq!(Preferences::default().problem_type(), "application/problem+json");
    }
}
