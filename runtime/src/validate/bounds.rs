//! How complex an input may be, beside how large: a small body can nest deeply or fall into very many parts.
//! Settled once for a service, and found by the extractors in what the guard attached to the request.

use crate::guard::Attachment;
use http::Extensions;

/// The deepest nesting that can be asked for: `serde_json` refuses one level more by itself.
const DEEPEST: u32 = 126;

/// How complex an input may be that [`Valid`](crate::Valid) reads. One that is more so is refused with 400 as soon as it is seen to be.
///
/// These bounds stand beside that of the body's size, and hold for every endpoint of the service; outside of a guard the default ones do.
///
/// ```
/// use portcullis::{InputBounds, Security, rule_book};
///
/// let builder = Security::builder(rule_book!()).input_bounds(InputBounds::default().depth(8).elements(500));
/// ```
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct InputBounds {
    pub(crate) depth: u32,
    pub(crate) elements: u32,
    pub(crate) pairs: u32,
    pub(crate) parts: u32,
}

/// 32 levels of JSON with 10,000 elements, 1,000 pairs of a form, a query or a header of cookies, 100 parts.
impl Default for InputBounds {
    fn default() -> Self {
        Self { depth: 32, elements: 10_000, pairs: 1_000, parts: 100 }
    }
}

impl InputBounds {
    /// How many arrays and objects may lie one within the other in JSON: 32 by default, at least 1 and at most 126.
    #[must_use]
    pub const fn depth(mut self, levels: u32) -> Self {
        self.depth = levels;
        self
    }

    /// How many elements of arrays and members of objects a JSON body may have in all: 10,000 by default.
    #[must_use]
    pub const fn elements(mut self, elements: u32) -> Self {
        self.elements = elements;
        self
    }

    /// How many names with values a form, a query or the cookies of a request may have: 1,000 by default.
    #[must_use]
    pub const fn pairs(mut self, pairs: u32) -> Self {
        self.pairs = pairs;
        self
    }

    /// How many parts a multipart body may have: 100 by default.
    #[must_use]
    pub const fn parts(mut self, parts: u32) -> Self {
        self.parts = parts;
        self
    }

    /// The bounds that hold for a request.
    pub(super) fn of(extensions: &Extensions) -> Self {
        extensions.get::<Attachment>().map_or_else(Self::default, |attachment| attachment.core().input_bounds)
    }

    /// What is wrong with them, each with its remedy.
    pub(crate) fn problems(self) -> impl Iterator<Item = String> {
        let deep = (self.depth > DEEPEST)
            .then(|| format!("`input_bounds`: a depth of {} is more than can be read; the most is {DEEPEST}", self.depth));
        let counts = [("depth", self.depth), ("elements", self.elements), ("pairs", self.pairs), ("parts", self.parts)];
        let none = counts.into_iter().filter(|(_, count)| *count == 0);
        deep.into_iter().chain(
            none.map(|(name, _)| format!("`input_bounds`: `{name}` is 0: nothing could be sent; leave it out for the default")),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::InputBounds;

    #[test]
    fn bounds_that_cannot_hold_are_problems_and_each_is_told() {
        let problems = |bounds: InputBounds| bounds.problems().count();
        assert_eq!(problems(InputBounds::default()), 0);
        assert_eq!(problems(InputBounds::default().depth(126).elements(1).pairs(1).parts(1)), 0);
        assert_eq!(problems(InputBounds::default().depth(127)), 1);
        assert_eq!(problems(InputBounds::default().depth(0).elements(0).pairs(0).parts(0)), 4);
    }
}
