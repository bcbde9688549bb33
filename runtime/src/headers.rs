//! The response headers that every answer gets, unless the handler said otherwise.
//! The default set is for an API: nothing of it may be framed, sniffed, cached by strangers or run as a page.

use http::{
    HeaderMap, HeaderName, HeaderValue,
    header::{
        CACHE_CONTROL, CONTENT_SECURITY_POLICY, REFERRER_POLICY, STRICT_TRANSPORT_SECURITY, X_CONTENT_TYPE_OPTIONS,
        X_FRAME_OPTIONS,
    },
};
use std::mem;

static CROSS_ORIGIN_RESOURCE_POLICY: HeaderName = HeaderName::from_static("cross-origin-resource-policy");

/// A header with its value.
#[cfg(all(feature = "testing", feature = "jwt"))]
type Header = (HeaderName, HeaderValue);

/// The response headers of a `Security`, each replaceable.
///
/// The default is a set for APIs after the OWASP Secure Headers Project:
///
/// | header | value |
/// | --- | --- |
/// | `X-Content-Type-Options` | `nosniff` |
/// | `X-Frame-Options` | `DENY` |
/// | `Referrer-Policy` | `no-referrer` |
/// | `Content-Security-Policy` | `default-src 'none'; frame-ancestors 'none'` |
/// | `Cross-Origin-Resource-Policy` | `same-origin` |
/// | `Cache-Control` | `no-store`, where the endpoint is not public |
/// | `Strict-Transport-Security` | `max-age=63072000; includeSubDomains`, over TLS only (RFC 6797 §7.2) |
///
/// A header that the handler sets itself is left as it is.
///
/// ```
/// use portcullis::ResponseHeaders;
///
/// let headers = ResponseHeaders::for_api()
///     .set("Cross-Origin-Resource-Policy", "same-site")
///     .set("Permissions-Policy", "geolocation=()")
///     .without("X-Frame-Options");
/// ```
#[derive(Clone, Debug)]
pub struct ResponseHeaders {
    always: Vec<(HeaderName, HeaderValue)>,
    authenticated: Vec<(HeaderName, HeaderValue)>,
    tls: Vec<(HeaderName, HeaderValue)>,
    problems: Vec<String>,
}

impl ResponseHeaders {
    /// The default set, for APIs.
    #[must_use]
    pub fn for_api() -> Self {
        let value = HeaderValue::from_static;
        Self {
            always: vec![
                (X_CONTENT_TYPE_OPTIONS, value("nosniff")),
                (X_FRAME_OPTIONS, value("DENY")),
                (REFERRER_POLICY, value("no-referrer")),
                (CONTENT_SECURITY_POLICY, value("default-src 'none'; frame-ancestors 'none'")),
                (CROSS_ORIGIN_RESOURCE_POLICY.clone(), value("same-origin")),
            ],
            authenticated: vec![(CACHE_CONTROL, value("no-store"))],
            tls: vec![(STRICT_TRANSPORT_SECURITY, value("max-age=63072000; includeSubDomains"))],
            problems: Vec::new(),
        }
    }

    /// Adds a header, or replaces the default of that name where and when the default would be sent. A name or value that HTTP does
    /// not allow is a start-up error of the builder.
    #[must_use]
    pub fn set(mut self, name: &str, value: &str) -> Self {
        let (Ok(name), Ok(value)) = (HeaderName::try_from(name), HeaderValue::try_from(value)) else {
            self.problems.push(format!("response header `{}` has a name or value that HTTP does not allow", name.escape_debug()));
            return self;
        };
        let known = self.groups().into_iter().flatten().find(|(known, _)| *known == name);
        match known {
            Some((_, old)) => *old = value,
            None => self.always.push((name, value)),
        }
        self
    }

    /// Leaves a header of this name out. One that is not in the set is a start-up error of the builder: it is a misspelling.
    #[must_use]
    pub fn without(mut self, name: &str) -> Self {
        let mut found = false;
        for group in self.groups() {
            group.retain(|(known, _)| {
                let other = !known.as_str().eq_ignore_ascii_case(name);
                found |= !other;
                other
            });
        }
        if !found {
            self.problems.push(format!("response header `{}` cannot be left out: it is not in the set", name.escape_debug()));
        }
        self
    }

    fn groups(&mut self) -> [&mut Vec<(HeaderName, HeaderValue)>; 3] {
        [&mut self.always, &mut self.authenticated, &mut self.tls]
    }

    /// The set as data: what every answer has, what those of authenticated endpoints have besides, and what goes over TLS.
    #[cfg(all(feature = "testing", feature = "jwt"))]
    pub(crate) fn promised(&self) -> (&[Header], &[Header], &[Header]) {
        (&self.always, &self.authenticated, &self.tls)
    }

    pub(crate) fn problems(&self) -> &[String] {
        &self.problems
    }

    /// The headers of one kind of endpoint, made once, with one more where the endpoint has it.
    pub(crate) fn precompute(&self, public: bool, more: Option<(HeaderName, HeaderValue)>) -> Precomputed {
        let authenticated: &[_] = if public { &[] } else { &self.authenticated };
        let plain: HeaderMap = self.always.iter().chain(authenticated).cloned().chain(more).collect();
        let over_tls = plain.iter().chain(self.tls.iter().map(|(name, value)| (name, value)));
        Precomputed { over_tls: over_tls.map(|(name, value)| (name.clone(), value.clone())).collect(), plain }
    }
}

impl Default for ResponseHeaders {
    fn default() -> Self {
        Self::for_api()
    }
}

/// The headers of an endpoint, ready to be written.
#[derive(Clone, Debug)]
pub(crate) struct Precomputed {
    plain: HeaderMap,
    over_tls: HeaderMap,
}

impl Precomputed {
    /// Writes those that the answer does not have yet: the answer's own go over a copy of ours, which is quicker than to ask for each.
    pub(crate) fn write(&self, over_tls: bool, headers: &mut HeaderMap) {
        let mut all = if over_tls { self.over_tls.clone() } else { self.plain.clone() };
        all.extend(mem::take(headers));
        *headers = all;
    }
}

#[cfg(test)]
mod tests {
    use super::ResponseHeaders;
    use http::{HeaderMap, HeaderValue, header::SET_COOKIE};

    fn written(set: &ResponseHeaders, public: bool, tls: bool) -> HeaderMap {
        let mut headers = HeaderMap::new();
        set.precompute(public, None).write(tls, &mut headers);
        headers
    }

    #[test]
    fn hsts_is_sent_over_tls_only_and_no_store_on_authenticated_answers_only() {
        let set = ResponseHeaders::for_api();
        assert!(!written(&set, true, false).contains_key("strict-transport-security"));
        assert!(written(&set, true, true).contains_key("strict-transport-security"));
        assert!(!written(&set, true, true).contains_key("cache-control"));
        assert_eq!(written(&set, false, false)["cache-control"], "no-store");
    }

    #[test]
    fn a_replaced_default_keeps_its_condition() {
        let set = ResponseHeaders::for_api().set("Strict-Transport-Security", "max-age=1");
        assert!(!written(&set, true, false).contains_key("strict-transport-security"));
        assert_eq!(written(&set, true, true)["strict-transport-security"], "max-age=1");
    }

    #[test]
    fn what_the_handler_set_stays() {
        let mut headers = HeaderMap::from_iter([(http::header::CACHE_CONTROL, HeaderValue::from_static("max-age=60"))]);
        ResponseHeaders::for_api().precompute(false, None).write(false, &mut headers);
        assert_eq!(headers["cache-control"], "max-age=60");
        assert_eq!(headers.get_all("cache-control").iter().count(), 1);
    }

    #[test]
    fn a_header_that_the_handler_set_twice_stays_twice() {
        let cookies = ["a=1", "b=2"].map(|cookie| (SET_COOKIE, HeaderValue::from_static(cookie)));
        let mut headers = HeaderMap::new();
        for (name, value) in cookies {
            headers.append(name, value);
        }
        ResponseHeaders::for_api().precompute(false, None).write(true, &mut headers);
        assert_eq!(headers.get_all(SET_COOKIE).iter().collect::<Vec<_>>(), ["a=1", "b=2"]);
        assert_eq!(headers["x-content-type-options"], "nosniff");
    }

    #[test]
    fn mistakes_are_kept_for_the_builder_to_report() {
        let set = ResponseHeaders::for_api().set("bad name", "x").set("x-ok", "line\nbreak").without("X-Frame-Option");
        assert_eq!(set.problems().len(), 3);
        assert!(ResponseHeaders::for_api().without("x-frame-options").problems().is_empty());
    }
}
