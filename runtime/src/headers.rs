//! The response headers that every answer gets, unless the handler said otherwise.
//! The default set is for an API: nothing of it may be framed, sniffed, cached by strangers or run as a page.

use http::{
    HeaderName, HeaderValue,
    header::{
        CACHE_CONTROL, CONTENT_SECURITY_POLICY, REFERRER_POLICY, STRICT_TRANSPORT_SECURITY, X_CONTENT_TYPE_OPTIONS,
        X_FRAME_OPTIONS,
    },
};
use std::{fmt, sync::Arc};

static CROSS_ORIGIN_RESOURCE_POLICY: HeaderName = HeaderName::from_static("cross-origin-resource-policy");

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

    pub(crate) fn problems(&self) -> &[String] {
        &self.problems
    }

    /// The headers of one kind of endpoint, made once.
    pub(crate) fn precompute(&self, public: bool) -> Precomputed {
        let mut plain = self.always.clone();
        if !public {
            plain.extend(self.authenticated.iter().cloned());
        }
        Precomputed { plain: plain.into(), tls: self.tls.clone().into() }
    }
}

impl Default for ResponseHeaders {
    fn default() -> Self {
        Self::for_api()
    }
}

/// The headers of an endpoint, ready to be written.
#[derive(Clone)]
pub(crate) struct Precomputed {
    plain: Arc<[(HeaderName, HeaderValue)]>,
    tls: Arc<[(HeaderName, HeaderValue)]>,
}

impl Precomputed {
    /// Writes those that the answer does not have yet, in one reservation.
    pub(crate) fn write(&self, over_tls: bool, headers: &mut http::HeaderMap) {
        let tls: &[_] = if over_tls { &self.tls } else { &[] };
        headers.reserve(self.plain.len() + tls.len());
        for (name, value) in self.plain.iter().chain(tls) {
            if let http::header::Entry::Vacant(slot) = headers.entry(name) {
                slot.insert(value.clone());
            }
        }
    }
}

impl fmt::Debug for Precomputed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.plain.iter().chain(&*self.tls)).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::ResponseHeaders;
    use http::{HeaderMap, HeaderValue};

    fn written(set: &ResponseHeaders, public: bool, tls: bool) -> HeaderMap {
        let mut headers = HeaderMap::new();
        set.precompute(public).write(tls, &mut headers);
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
        ResponseHeaders::for_api().precompute(false).write(false, &mut headers);
        assert_eq!(headers["cache-control"], "max-age=60");
        assert_eq!(headers.get_all("cache-control").iter().count(), 1);
    }

    #[test]
    fn mistakes_are_kept_for_the_builder_to_report() {
        let set = ResponseHeaders::for_api().set("bad name", "x").set("x-ok", "line\nbreak").without("X-Frame-Option");
        assert_eq!(set.problems().len(), 3);
        assert!(ResponseHeaders::for_api().without("x-frame-options").problems().is_empty());
    }
}
