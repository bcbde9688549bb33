//! What forms and queries have in common: names and values, percent-encoded.
//! What axum and we decode them with is lenient, to U+FFFD and stray `%`; what is validated should be what was sent, so that is refused first.

use super::{
    InputBounds, check,
    document::{Node, Object},
    duplicates, keys,
};
use crate::{Denial, RequestPart};
use garde::Validate;
use serde::de::DeserializeOwned;

/// The value of names and values that are within their bounds and keep their rules.
pub(super) fn read<T: DeserializeOwned + Validate<Context: Default>>(
    encoded: &[u8],
    bounds: InputBounds,
    part: RequestPart,
) -> Result<T, Denial> {
    let document = document(encoded, bounds)?;
    if matches!(&document, Node::Object(Object { pairs, .. }) if keys::repeat(pairs)) {
        return Err(duplicates::denial::<T>(document, part));
    }
    check::read(&document, part)
}

/// The names with their values; the denial for what is malformed or passes the bound, which is looked at before anything is decoded.
fn document(encoded: &[u8], bounds: InputBounds) -> Result<Node<'_>, Denial> {
    if pieces(encoded).zip(0..=bounds.pairs).count() as u64 > bounds.pairs.into() {
        return Err(Denial::TooComplex { of: "pairs", limit: bounds.pairs.into() });
    }
    if !is_well_formed(encoded) {
        return Err(Denial::MalformedInput);
    }
    Ok(Node::from_pairs(form_urlencoded::parse(encoded), false))
}

/// Whether every `%` begins an escape of two hexadecimal digits, and what it all decodes to is UTF-8 without a NUL, which is the end of a
/// text to much that this may be handed on to.
fn is_well_formed(encoded: &[u8]) -> bool {
    // Separators are ASCII and never part of a longer character, so what is true of the whole is true of each name and value.
    match encoded.contains(&b'%') {
        true => decode(encoded).is_some(),
        false => str::from_utf8(encoded).is_ok() && !encoded.contains(&0),
    }
}

/// The names with their values, still encoded.
fn pieces(encoded: &[u8]) -> impl Iterator<Item = &[u8]> {
    encoded.split(|byte| *byte == b'&').filter(|piece| !piece.is_empty())
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
    String::from_utf8(decoded).ok().filter(|text| !text.contains('\0'))
}

#[cfg(test)]
mod tests {
    use super::{document, is_well_formed};
    use crate::{
        Denial,
        validate::{InputBounds, document::Node, keys},
    };

    #[test]
    fn escapes_and_characters_must_be_whole() {
        for good in [&b""[..], b"a=b&c=d", b"a=%C3%A9&b=+", "ö=ö".as_bytes(), "ö=%c3%b6".as_bytes(), b"&&==", b"a=%25zz"] {
            assert!(is_well_formed(good), "{good:?}");
        }
        for bad in [
            &b"%"[..],
            b"a=%4",
            b"a=%zz",
            b"a=%4z",
            b"a=100%&b=1",
            b"a=%FF",
            b"a=%C3&b=%A9",
            b"a=\xff",
            b"a=%C3",
            b"%ED%A0%80",
            b"a=%00",
            b"a%00=",
            b"a=\0",
            b"%C0%80",
        ] {
            assert!(!is_well_formed(bad), "{bad:?}");
        }
    }

    #[test]
    fn names_and_values_are_decoded_after_they_are_separated() {
        let expected = [("a b", "1&2=3"), ("c", ""), ("d", "=x"), ("", "y")];
        let expected = Node::from_pairs(expected.map(|(name, value)| (name.into(), value.into())), false);
        assert_eq!(document(b"a+b=1%262%3D3&c&&d==x&=y", InputBounds::default()), Ok(expected));
    }

    #[test]
    fn pairs_are_counted_before_they_are_decoded_and_names_compared_after() {
        let within = |encoded: &str| match document(encoded.as_bytes(), InputBounds::default().pairs(3)) {
            Ok(Node::Object(object)) => Ok(keys::repeat(&object.pairs)),
            Ok(_) => panic!("an object"),
            Err(denial) => Err(denial),
        };
        let too_many = Err(Denial::TooComplex { of: "pairs", limit: 3 });
        for good in ["", "a=1&b=2&c=3", "&&a&&b&&c&&", "a=1&A=1"] {
            assert_eq!(within(good), Ok(false), "{good}");
        }
        for repeats in ["a=1&a=1", "a+b=1&c=2&a%20b=3", "%61&a", "=&="] {
            assert_eq!(within(repeats), Ok(true), "{repeats}");
        }
        assert_eq!(within("a=1&b=2&c=3&d=4"), too_many);
        assert_eq!(within("a&b&c&%"), too_many);
        assert_eq!(within("a&a&%"), Err(Denial::MalformedInput));
    }
}
