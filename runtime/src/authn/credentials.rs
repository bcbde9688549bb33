//! Reading credentials off the headers of a request: at most one, of its exact form, or none.
//! Strict on purpose: where two readers could disagree about who calls, the request is refused.

use crate::Denial;
use http::{HeaderMap, HeaderName, HeaderValue, header::AUTHORIZATION};

const X_API_KEY: HeaderName = HeaderName::from_static("x-api-key");

/// The credential of a request. No `Debug` outside tests: it is a secret.
#[derive(Clone, Copy)]
#[cfg_attr(test, derive(Debug, Eq, PartialEq))]
pub(super) enum Credentials<'a> {
    /// The token after `Bearer`: of the form `b64token`, not verified.
    Bearer(&'a str),
    /// The value of `X-Api-Key`: visible ASCII, not verified.
    ApiKey(&'a str),
}

/// The schemes that are configured. What none of them reads is not ours to refuse.
#[derive(Clone, Copy, Debug)]
pub(super) struct Accepted {
    pub(super) bearer: bool,
    pub(super) api_key: bool,
}

/// The credential of a request, or `None` where it has none that we know.
///
/// Takes time linear in the length of the headers, whatever they hold.
pub(super) fn read(headers: &HeaderMap, accepted: Accepted) -> Result<Option<Credentials<'_>>, Denial> {
    // `Authorization` holds one value for all schemes, so two are malformed even where neither is ours.
    let authorization = only_one(headers, &AUTHORIZATION, "there are two `Authorization` headers")?;
    let token = match authorization {
        Some(value) if accepted.bearer => bearer_token(value)?,
        _ => None,
    };
    let key = if accepted.api_key {
        only_one(headers, &X_API_KEY, "there are two `X-Api-Key` headers")?.map(api_key).transpose()?
    } else {
        None
    };
    match (token, key) {
        (None, None) => Ok(None),
        (Some(token), None) => Ok(Some(Credentials::Bearer(token))),
        (None, Some(key)) => Ok(Some(Credentials::ApiKey(key))),
        (Some(_), Some(_)) => Err(Denial::MalformedCredentials("there are both a bearer token and an API key")),
    }
}

fn only_one<'a>(headers: &'a HeaderMap, name: &HeaderName, two: &'static str) -> Result<Option<&'a HeaderValue>, Denial> {
    let mut values = headers.get_all(name).iter();
    match (values.next(), values.next()) {
        (value, None) => Ok(value),
        (_, Some(_)) => Err(Denial::MalformedCredentials(two)),
    }
}

/// The token of `Bearer <b64token>` (RFC 6750 §2.1), or `None` for another scheme.
fn bearer_token(value: &HeaderValue) -> Result<Option<&str>, Denial> {
    let value = value.as_bytes();
    let scheme_length = value.iter().take_while(|byte| is_token_character(**byte)).count();
    let (scheme, rest) = value.split_at(scheme_length);
    if scheme.is_empty() {
        return Err(Denial::MalformedCredentials("the `Authorization` header names no scheme"));
    }
    if !scheme.eq_ignore_ascii_case(b"Bearer") {
        return Ok(None);
    }
    let token = match rest.iter().position(|byte| *byte != b' ') {
        None => return Err(Denial::MalformedCredentials("there is no token after `Bearer`")),
        Some(0) => return Err(Denial::MalformedCredentials("there is no space after `Bearer`")),
        Some(spaces) => rest.split_at(spaces).1,
    };
    match str::from_utf8(token) {
        Ok(text) if is_b64token(token) => Ok(Some(text)),
        _ => Err(Denial::MalformedCredentials("what follows `Bearer` is not one token")),
    }
}

fn api_key(value: &HeaderValue) -> Result<&str, Denial> {
    match str::from_utf8(value.as_bytes()) {
        Ok(key) if !key.is_empty() && key.bytes().all(|byte| byte.is_ascii_graphic()) => Ok(key),
        _ => Err(Denial::MalformedCredentials("the `X-Api-Key` header is empty or not visible ASCII")),
    }
}

/// `tchar` of RFC 9110 §5.6.2, of which scheme names are made.
fn is_token_character(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte)
}

/// `b64token` of RFC 6750 §2.1: at least one character of its alphabet, then any number of `=`.
fn is_b64token(token: &[u8]) -> bool {
    let padding = token.iter().rev().take_while(|byte| **byte == b'=').count();
    let (characters, _) = token.split_at(token.len() - padding);
    !characters.is_empty()
        && characters
            .iter()
            .all(|byte| matches!(byte, b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'+' | b'/'))
}

#[cfg(test)]
mod tests {
    use super::{Accepted, Credentials, read};
    use crate::Denial;
    use http::{HeaderMap, HeaderName, HeaderValue};
    use proptest::prelude::*;

    const BOTH: Accepted = Accepted { bearer: true, api_key: true };

    fn headers(lines: &[(&'static str, &[u8])]) -> HeaderMap {
        lines.iter().map(|(name, value)| (HeaderName::from_static(name), HeaderValue::from_bytes(value).unwrap())).collect()
    }

    fn authorization(value: &[u8]) -> HeaderMap {
        headers(&[("authorization", value)])
    }

    #[track_caller]
    fn malformed(headers: &HeaderMap) {
        let outcome = read(headers, BOTH);
        assert!(matches!(outcome, Err(Denial::MalformedCredentials(_))), "{outcome:?}");
    }

    #[test]
    fn no_headers_are_no_credentials() {
        assert_eq!(read(&HeaderMap::new(), BOTH), Ok(None));
    }

    #[test]
    fn the_scheme_is_read_in_any_case_and_spaces_before_the_token_do_not_matter() {
        for value in ["Bearer a.b.c", "bearer a.b.c", "BEARER   a.b.c", "bEaReR a.b.c"] {
            assert_eq!(read(&authorization(value.as_bytes()), BOTH), Ok(Some(Credentials::Bearer("a.b.c"))), "{value}");
        }
    }

    #[test]
    fn every_character_of_b64token_passes() {
        let token = "AZaz09-._~+/==";
        assert_eq!(read(&authorization(format!("Bearer {token}").as_bytes()), BOTH), Ok(Some(Credentials::Bearer(token))));
    }

    #[test]
    fn two_authorization_headers_are_malformed_whatever_they_hold() {
        malformed(&headers(&[("authorization", b"Bearer a"), ("authorization", b"Bearer a")]));
        malformed(&headers(&[("authorization", b"Bearer a"), ("authorization", b"Basic eDp5")]));
        malformed(&headers(&[("authorization", b"Basic eDp5"), ("authorization", b"Bearer a")]));
        let two = headers(&[("authorization", b"Basic a"), ("authorization", b"Basic b")]);
        assert!(read(&two, Accepted { bearer: false, api_key: false }).is_err());
    }

    #[test]
    fn a_bearer_without_exactly_one_b64token_is_malformed() {
        let values: [&[u8]; 15] = [
            b"",
            b" ",
            b"Bearer",
            b"Bearer ",
            b"Bearer    ",
            b"Bearer\ttoken",
            b"Bearer,token",
            b"Bearer: token",
            b"Bearer a b",
            b"Bearer a,b",
            b"Bearer a ",
            b"Bearer =",
            b"Bearer a=b",
            b"Bearer \xfftoken",
            b"Bearer \"a\"",
        ];
        for value in values {
            malformed(&authorization(value));
        }
    }

    #[test]
    fn another_scheme_is_no_credentials() {
        for value in ["Basic eDp5", "DPoP a.b.c", "Bearertoken", "Bearer-x token", "Negotiate"] {
            assert_eq!(read(&authorization(value.as_bytes()), BOTH), Ok(None), "{value}");
        }
    }

    #[test]
    fn an_api_key_is_read() {
        assert_eq!(read(&headers(&[("x-api-key", b"p.s")]), BOTH), Ok(Some(Credentials::ApiKey("p.s"))));
    }

    #[test]
    fn a_malformed_api_key_is_refused() {
        malformed(&headers(&[("x-api-key", b"a"), ("x-api-key", b"a")]));
        for value in [&b""[..], b"a b", b"a\tb", b"\xe2\x82\xac", b"\xff"] {
            malformed(&headers(&[("x-api-key", value)]));
        }
    }

    #[test]
    fn two_kinds_of_credentials_are_malformed() {
        malformed(&headers(&[("authorization", b"Bearer a"), ("x-api-key", b"a")]));
        let with_basic = headers(&[("authorization", b"Basic a"), ("x-api-key", b"a")]);
        assert_eq!(read(&with_basic, BOTH), Ok(Some(Credentials::ApiKey("a"))));
    }

    #[test]
    fn what_no_scheme_reads_is_ignored() {
        let both = headers(&[("authorization", b"Bearer a"), ("x-api-key", b"k")]);
        assert_eq!(read(&both, Accepted { bearer: true, api_key: false }), Ok(Some(Credentials::Bearer("a"))));
        assert_eq!(read(&both, Accepted { bearer: false, api_key: true }), Ok(Some(Credentials::ApiKey("k"))));
        assert_eq!(read(&both, Accepted { bearer: false, api_key: false }), Ok(None));
        let malformed = headers(&[("authorization", b"Bearer a b"), ("x-api-key", b"")]);
        assert_eq!(read(&malformed, Accepted { bearer: false, api_key: false }), Ok(None));
    }

    proptest! {
        #[test]
        fn any_bytes_are_read_or_refused_and_never_panic(
            authorization in proptest::collection::vec(any::<u8>(), 0..200),
            after_bearer in proptest::collection::vec(any::<u8>(), 0..200),
            key in proptest::collection::vec(any::<u8>(), 0..200),
        ) {
            let after_bearer = [b"Bearer ", after_bearer.as_slice()].concat();
            for value in [authorization, after_bearer] {
                let mut map = HeaderMap::new();
                if let Ok(value) = HeaderValue::from_bytes(&value) {
                    map.insert("authorization", value);
                }
                if let Ok(value) = HeaderValue::from_bytes(&key) {
                    map.insert("x-api-key", value);
                }
                for (bearer, api_key) in [(true, true), (true, false), (false, true)] {
                    match read(&map, Accepted { bearer, api_key }) {
                        Ok(Some(Credentials::Bearer(text) | Credentials::ApiKey(text))) => {
                            prop_assert!(!text.is_empty() && text.bytes().all(|byte| byte.is_ascii_graphic()));
                        }
                        Ok(None) | Err(Denial::MalformedCredentials(_)) => {}
                        Err(other) => prop_assert!(false, "{other:?}"),
                    }
                }
            }
        }

        #[test]
        fn every_b64token_is_read_as_it_is(token in "[A-Za-z0-9._~+/-]{1,300}={0,2}") {
            let map = authorization(format!("Bearer {token}").as_bytes());
            prop_assert_eq!(read(&map, BOTH), Ok(Some(Credentials::Bearer(&token))));
        }
    }
}
