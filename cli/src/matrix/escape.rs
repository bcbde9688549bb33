//! Text that a source wrote, made harmless for the document that it goes into.
//! What cannot be seen is shown as an escape first, so that nothing reads differently from what it is.

use portcullis_policy::visible;
use std::fmt;

/// Text in an element or a quoted attribute of HTML, or of SVG.
#[derive(Clone, Copy, Debug)]
pub(super) struct Html<T>(pub(super) T);

impl<T: AsRef<str>> fmt::Display for Html<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for character in visible(self.0.as_ref()).chars() {
            match character {
                '&' => f.write_str("&amp;"),
                '<' => f.write_str("&lt;"),
                '>' => f.write_str("&gt;"),
                '"' => f.write_str("&quot;"),
                '\'' => f.write_str("&#39;"),
                other => write!(f, "{other}"),
            }?;
        }
        Ok(())
    }
}

/// Text as code in a cell of a Markdown table.
#[derive(Clone, Copy, Debug)]
pub(super) struct Code<T>(pub(super) T);

impl<T: AsRef<str>> fmt::Display for Code<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = visible(self.0.as_ref());
        if text.trim().is_empty() {
            return Ok(());
        }
        // The fence is longer than any run of backticks within, and a space keeps those at the ends apart from it.
        let longest = text.split(|character| character != '`').map(str::len).max().unwrap_or(0);
        let fence = "`".repeat(longest + 1);
        let pad = if text.starts_with('`') || text.ends_with('`') { " " } else { "" };
        // A table ends a cell at a bar even in code, unless a backslash is before it.
        write!(f, "{fence}{pad}{}{pad}{fence}", text.replace('|', "\\|"))
    }
}

#[cfg(test)]
mod tests {
    use super::{Code, Html};

    #[test]
    fn html_stays_text() {
        assert_eq!(
            Html("<script>alert('&')</script>\"").to_string(),
            "&lt;script&gt;alert(&#39;&amp;&#39;)&lt;/script&gt;&quot;"
        );
        assert_eq!(Html("a\u{202e}\nb").to_string(), "a\\u{202e}\\nb");
    }

    #[test]
    fn code_cannot_leave_its_cell() {
        assert_eq!(Code("a | b").to_string(), "`a \\| b`");
        assert_eq!(Code("``x`").to_string(), "``` ``x` ```");
        assert_eq!(Code("a\n<b>").to_string(), "`a\\n<b>`");
        assert_eq!(Code(" ").to_string(), "");
    }
}
