//! What a file is, by what it begins with. What the client calls it is not asked.
//! Text has no such beginning: it is text if all of it is.

/// How many bytes are looked at.
pub(super) const HEAD: usize = 8 * 1024;

/// What plain text is called.
const TEXT: &str = "text/plain";

/// What a file seems to be.
pub(super) struct Sniffed {
    pub(super) media_type: &'static str,
    /// Where it is text as far as it has been seen, the rest has to be, too.
    pub(super) text: Option<Text>,
}

/// Which of the types it is, by its first bytes.
pub(super) fn sniff(head: &[u8], types: &[&'static str]) -> Option<Sniffed> {
    let (found, text) = match infer::get(head) {
        Some(kind) => (kind.mime_type(), None),
        None => (TEXT, Some(Text::default())),
    };
    let media_type = types.iter().copied().find(|media_type| *media_type == found)?;
    Some(Sniffed { media_type, text })
}

/// Text in UTF-8, as it comes in.
#[derive(Default)]
pub(super) struct Text {
    /// The beginning of a character that is not whole yet.
    tail: Vec<u8>,
}

impl Text {
    /// Whether this, behind what was before, is text.
    pub(super) fn goes_on(&mut self, chunk: &[u8]) -> bool {
        let mut bytes = std::mem::take(&mut self.tail);
        bytes.extend_from_slice(chunk);
        let whole = match str::from_utf8(&bytes) {
            Ok(text) => text.len(),
            Err(error) if error.error_len().is_none() => error.valid_up_to(),
            Err(_) => return false,
        };
        self.tail = bytes.split_off(whole);
        let is_text = |character: char| !character.is_control() || matches!(character, '\t' | '\n' | '\r' | '\u{c}');
        String::from_utf8(bytes).is_ok_and(|text| text.chars().all(is_text))
    }

    /// Whether the last character is whole.
    pub(super) fn may_end(&self) -> bool {
        self.tail.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::{Text, sniff};

    #[test]
    fn a_file_is_what_it_begins_with() {
        let png = b"\x89PNG\r\n\x1a\nrest";
        let found = |head: &[u8], types: &[&'static str]| sniff(head, types).map(|sniffed| sniffed.media_type);
        assert_eq!(found(png, &["image/jpeg", "image/png"]), Some("image/png"));
        assert_eq!(found(png, &["image/jpeg", "text/plain"]), None);
        assert_eq!(found(b"hello", &["text/plain"]), Some("text/plain"));
        assert_eq!(found(b"hello", &["image/png"]), None);
        assert_eq!(found(b"<!DOCTYPE html><script>", &["text/plain"]), None);
        assert_eq!(found(png, &[]), None);
    }

    #[test]
    fn text_is_text_wherever_it_is_cut() {
        let whole = "grüße,\r\n\tto 😀".as_bytes();
        for cut in 0..=whole.len() {
            let mut text = Text::default();
            let (before, after) = whole.split_at(cut);
            assert!(text.goes_on(before) && text.goes_on(after) && text.may_end(), "{cut}");
        }
        for bad in [&b"a\0"[..], b"\xff", b"a\x1b[2J", b"\xed\xa0\x80"] {
            assert!(!Text::default().goes_on(bad), "{bad:?}");
        }
        let mut cut_off = Text::default();
        assert!(cut_off.goes_on(b"a\xc3") && !cut_off.may_end());
    }
}
