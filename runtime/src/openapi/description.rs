//! What a handler says of itself, as a constant that the macro writes beside the policy.
//! Types cannot be kept in a constant, so what is to be said of them is a function.

use super::Sketch;

/// The doc comment of a handler, and what its types say.
#[doc(hidden)]
#[derive(Clone, Copy, Debug)]
pub struct Description {
    docs: &'static str,
    deprecated: bool,
    types: fn(&mut Sketch<'_>),
}

impl Description {
    /// Of a handler that says nothing.
    pub const NONE: Self = Self::new("", false, Self::NO_TYPES);

    /// Of types that nothing is known of.
    pub const NO_TYPES: fn(&mut Sketch<'_>) = |_| {};

    /// The lines of a doc comment, whether the handler is deprecated, and its types.
    #[must_use]
    pub const fn new(docs: &'static str, deprecated: bool, types: fn(&mut Sketch<'_>)) -> Self {
        Self { docs, deprecated, types }
    }

    pub(super) fn is_deprecated(&self) -> bool {
        self.deprecated
    }

    /// The first paragraph, in one line, and everything after it.
    pub(super) fn summary_and_rest(&self) -> (String, String) {
        // rustc keeps the space after `///`.
        let lines: Vec<&str> = self.docs.lines().map(|line| line.strip_prefix(' ').unwrap_or(line).trim_end()).collect();
        let mut paragraphs = lines.iter().copied().skip_while(|line| line.is_empty());
        let summary: Vec<&str> = paragraphs.by_ref().take_while(|line| !line.is_empty()).map(str::trim).collect();
        let rest: Vec<&str> = paragraphs.collect();
        (summary.join(" "), rest.join("\n").trim().to_owned())
    }

    /// Writes what the types say into the sketch.
    pub(super) fn draw(&self, sketch: &mut Sketch<'_>) {
        (self.types)(sketch);
    }
}

#[cfg(test)]
mod tests {
    use super::Description;

    #[test]
    fn a_doc_comment_is_a_summary_and_the_rest() {
        let of = |docs| Description::new(docs, false, Description::NO_TYPES).summary_and_rest();
        let told = |summary: &str, rest: &str| (summary.to_owned(), rest.to_owned());
        assert_eq!(of(""), told("", ""));
        assert_eq!(of("\n \n"), told("", ""));
        assert_eq!(of(" Creates\n a user.\n"), told("Creates a user.", ""));
        assert_eq!(of(" One.\n\n ```\n   code\n ```\n\n Two.\n"), told("One.", "```\n  code\n```\n\nTwo."));
        assert_eq!(of("\n Late.\r\n"), told("Late.", ""));
    }
}
