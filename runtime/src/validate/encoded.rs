//! What forms and queries have in common: names and values, percent-encoded.
//! Axum decodes leniently, to U+FFFD and stray `%`; what is validated should be what was sent, so that is refused first.

use std::borrow::Cow;

/// Whether every `%` begins an escape of two hexadecimal digits, and what it all decodes to is UTF-8.
pub(super) fn is_well_formed(encoded: &[u8]) -> bool {
    // Separators are ASCII and never part of a longer character, so what is true of the whole is true of each name and value.
    if encoded.contains(&b'%') { decode(encoded).is_some() } else { str::from_utf8(encoded).is_ok() }
}

/// The names and values; `None` unless [`is_well_formed`].
pub(super) fn pairs(encoded: &[u8]) -> Option<Vec<(Cow<'static, str>, Cow<'static, str>)>> {
    let pieces = encoded.split(|byte| *byte == b'&').filter(|piece| !piece.is_empty());
    pieces
        .map(|piece| {
            let mut halves = piece.splitn(2, |byte| *byte == b'=');
            let mut half = || decode(halves.next().unwrap_or_default()).map(Cow::Owned);
            Some((half()?, half()?))
        })
        .collect()
}

fn decode(encoded: &[u8]) -> Option<String> {
    let mut decoded = Vec::with_capacity(encoded.len());
    let mut rest = encoded.iter();
    while let Some(byte) = rest.next() {
        let mut digit = || char::from(*rest.next()?).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
        decoded.push(match byte {
            b'+' => b' ',
            b'%' => digit()? * 16 + digit()?,
            _ => *byte,
        });
    }
    String::from_utf8(decoded).ok()
}

#[cfg(test)]
mod tests {
    use super::{is_well_formed, pairs};

    #[test]
    fn escapes_and_characters_must_be_whole() {
        for good in
            [&b""[..], b"a=b&c=d", b"a=%C3%A9&b=+", b"a=%00", "ö=ö".as_bytes(), "ö=%c3%b6".as_bytes(), b"&&==", b"a=%25zz"]
        {
            assert!(is_well_formed(good), "{good:?}");
            assert!(pairs(good).is_some(), "{good:?}");
        }
        for bad in
            [&b"%"[..], b"a=%4", b"a=%zz", b"a=%4z", b"a=100%&b=1", b"a=%FF", b"a=%C3&b=%A9", b"a=\xff", b"a=%C3", b"%ED%A0%80"]
        {
            assert!(!is_well_formed(bad), "{bad:?}");
            assert!(pairs(bad).is_none(), "{bad:?}");
        }
    }

    #[test]
    fn names_and_values_are_decoded_after_they_are_separated() {
        let expected = [("a b", "1&2=3"), ("c", ""), ("d", "=x"), ("", "y")];
        assert_eq!(pairs(b"a+b=1%262%3D3&c&&d==x&=y").unwrap(), expected.map(|(name, value)| (name.into(), value.into())));
    }
}
