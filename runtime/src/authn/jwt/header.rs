//! The header of a token (RFC 7515 §4), read strictly: it says which key to try, and nothing else that we follow.
//! `jwk`, `jku`, `x5u` and `x5c` are never looked at: a token cannot bring its own key.

use super::json;
use jsonwebtoken::Algorithm;
use serde_json::Value;

/// What the header says, of which nothing is proven yet.
#[derive(Debug, Eq, PartialEq)]
pub(super) struct Header {
    pub(super) algorithm: Algorithm,
    /// The opaque name of a key.
    pub(super) key_id: Option<String>,
    /// The media type of the token, in lower case and without `application/`.
    pub(super) media_type: Option<String>,
}

impl Header {
    /// Reads the decoded header.
    pub(super) fn read(text: &[u8]) -> Result<Self, &'static str> {
        let mut members = json::object(text).ok_or("the header is not one JSON object without duplicate members")?;
        // Extensions that change what the signature covers or how the payload is read. We implement none of them.
        if members.contains_key("crit") {
            return Err("the header has `crit`, an extension that must be understood");
        }
        if ["b64", "zip", "enc"].iter().any(|name| members.contains_key(*name)) {
            return Err("the header has `b64`, `zip` or `enc`, which are not supported");
        }
        let algorithm = match members.get("alg") {
            Some(Value::String(name)) => name.parse().map_err(|_| "`alg` is none of the supported algorithms")?,
            _ => return Err("`alg` is missing or not a string"),
        };
        let mut text = |name, wrong| match members.remove(name) {
            None => Ok(None),
            Some(Value::String(text)) => Ok(Some(text)),
            Some(_) => Err(wrong),
        };
        let key_id = text("kid", "`kid` is not a string")?;
        let media_type = text("typ", "`typ` is not a string")?.map(|typ| {
            let typ = typ.to_ascii_lowercase();
            typ.strip_prefix("application/").map(str::to_owned).unwrap_or(typ)
        });
        Ok(Self { algorithm, key_id, media_type })
    }
}

#[cfg(test)]
mod tests {
    use super::Header;
    use jsonwebtoken::Algorithm;

    #[test]
    fn the_usual_header_is_read() {
        let header = Header::read(br#"{"alg":"ES256","typ":"application/AT+JWT","kid":"1","x":[{}]}"#).unwrap();
        let expected = Header { algorithm: Algorithm::ES256, key_id: Some("1".into()), media_type: Some("at+jwt".into()) };
        assert_eq!(header, expected);
    }

    #[test]
    fn any_crit_is_refused() {
        for crit in [r#"["exp"]"#, r#"["x"]"#, "[]", "null"] {
            assert!(Header::read(format!(r#"{{"alg":"HS256","crit":{crit}}}"#).as_bytes()).is_err(), "{crit}");
        }
    }

    #[test]
    fn b64_zip_and_enc_are_refused() {
        for member in [r#""b64":true"#, r#""b64":false"#, r#""zip":"DEF""#, r#""enc":"A128GCM""#] {
            assert!(Header::read(format!(r#"{{"alg":"HS256",{member}}}"#).as_bytes()).is_err(), "{member}");
        }
    }

    #[test]
    fn alg_is_a_known_name_in_its_exact_case() {
        for alg in [r#""none""#, r#""None""#, r#""NONE""#, r#""""#, r#""hs256""#, r#""HS256 ""#, "null", "1", r#"["HS256"]"#] {
            assert!(Header::read(format!(r#"{{"alg":{alg}}}"#).as_bytes()).is_err(), "{alg}");
        }
        assert!(Header::read(b"{}").is_err());
    }

    #[test]
    fn duplicate_header_members_are_refused() {
        assert!(Header::read(br#"{"alg":"HS256","alg":"HS256"}"#).is_err());
        assert!(Header::read(br#"{"alg":"HS256","kid":"a","kid":"b"}"#).is_err());
    }

    #[test]
    fn kid_and_typ_are_strings() {
        for member in [r#""kid":1"#, r#""kid":null"#, r#""typ":1"#, r#""typ":["JWT"]"#] {
            assert!(Header::read(format!(r#"{{"alg":"HS256",{member}}}"#).as_bytes()).is_err(), "{member}");
        }
    }
}
