//! A JSON pointer (RFC 6901) in URI fragment form, written a segment at a time.
//! Escaped for both, and bounded: what would grow too long ends at the nearest parent that fits.

use std::fmt::Write as _;

/// The longest pointer in bytes. Field names are short and nesting is shallow in any input that people describe.
const LONGEST: usize = 200;

/// One step into an input.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) enum Segment {
    /// A field, by the name that the input's type declares for it.
    Name(String),
    /// An element of a list, from 0.
    Index(usize),
}

/// A pointer under construction.
#[derive(Clone, Debug)]
pub(super) struct Pointer {
    text: String,
    full: bool,
}

impl Pointer {
    /// The pointer to the whole input.
    pub(super) fn root() -> Self {
        Self { text: "#".to_owned(), full: false }
    }

    /// One step further. After the first step that does not fit, none are added, so the pointer stays one to a parent.
    pub(super) fn push(&mut self, segment: &Segment) {
        if self.full {
            return;
        }
        let parent = self.text.len();
        self.text.push('/');
        match segment {
            Segment::Name(name) => escape(name, &mut self.text),
            Segment::Index(index) => {
                // Writing to a string cannot fail.
                let _ = write!(self.text, "{index}");
            }
        }
        if self.text.len() > LONGEST {
            self.text.truncate(parent);
            self.full = true;
        }
    }

    pub(super) fn into_text(self) -> String {
        self.text
    }
}

/// The escapes of RFC 6901 §3 first, then those of a fragment (RFC 3986 §3.5).
fn escape(name: &str, out: &mut String) {
    for byte in name.bytes() {
        match byte {
            b'~' => out.push_str("~0"),
            b'/' => out.push_str("~1"),
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' => out.push(char::from(byte)),
            b'!' | b'$' | b'&' | b'\'' | b'(' | b')' | b'*' | b'+' | b',' | b';' | b'=' | b':' | b'@' | b'?' => {
                out.push(char::from(byte));
            }
            _ => {
                // Writing to a string cannot fail.
                let _ = write!(out, "%{byte:02X}");
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{LONGEST, Pointer, Segment};

    fn pointer(names: &[&str]) -> String {
        let mut pointer = Pointer::root();
        names.iter().for_each(|name| pointer.push(&Segment::Name((*name).to_owned())));
        pointer.into_text()
    }

    #[test]
    fn the_root_is_the_bare_fragment() {
        assert_eq!(pointer(&[]), "#");
        assert_eq!(pointer(&[""]), "#/");
    }

    #[test]
    fn names_are_escaped_as_in_the_table_of_rfc_6901_section_6() {
        for (name, expected) in [
            ("foo", "#/foo"),
            ("a/b", "#/a~1b"),
            ("c%d", "#/c%25d"),
            ("e^f", "#/e%5Ef"),
            ("g|h", "#/g%7Ch"),
            ("i\\j", "#/i%5Cj"),
            ("k\"l", "#/k%22l"),
            (" ", "#/%20"),
            ("m~n", "#/m~0n"),
            ("größe", "#/gr%C3%B6%C3%9Fe"),
            ("~1", "#/~01"),
            ("#", "#/%23"),
        ] {
            assert_eq!(pointer(&[name]), expected);
        }
    }

    #[test]
    fn an_index_is_a_plain_number() {
        let mut pointer = Pointer::root();
        pointer.push(&Segment::Index(0));
        pointer.push(&Segment::Index(usize::MAX));
        assert_eq!(pointer.into_text(), format!("#/0/{}", usize::MAX));
    }

    #[test]
    fn a_long_pointer_ends_at_a_parent() {
        let long = "x".repeat(LONGEST);
        assert_eq!(pointer(&["a", &long, "b"]), "#/a");
        let fits = "x".repeat(LONGEST - 2);
        assert_eq!(pointer(&[&fits]).len(), LONGEST);
        assert_eq!(pointer(&[&format!("{fits}x")]), "#");
        assert_eq!(pointer(&[&"ö".repeat(LONGEST)]), "#");
    }
}
