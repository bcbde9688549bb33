//! Where in the text of a lock something is said.

use portcullis_policy::{LockedRoute, diff::Subject};
use std::collections::BTreeMap;
use toml::de::{DeTable, DeValue};

/// The lines of a lock's text, from 1.
#[derive(Debug, Default)]
pub(super) struct Lines {
    endpoints: BTreeMap<LockedRoute, usize>,
    unsecured: BTreeMap<String, usize>,
    roles: Option<usize>,
    scopes: Option<usize>,
}

impl Lines {
    /// Of a text that is a lock. Of one that is none, nothing is known.
    pub(super) fn of(text: &str) -> Self {
        let Ok(document) = DeTable::parse(text) else { return Self::default() };
        let line = |offset: usize| 1 + text.bytes().take(offset).filter(|byte| *byte == b'\n').count();
        let mut lines = Self::default();
        for (key, value) in document.get_ref() {
            let said = Some(line(key.span().start));
            match (key.get_ref().as_ref(), value.get_ref()) {
                ("roles", _) => lines.roles = said,
                ("scopes", _) => lines.scopes = said,
                ("endpoint", DeValue::Array(blocks)) => {
                    let found = blocks.iter().filter_map(|block| named(block.get_ref(), "route"));
                    lines.endpoints = found.filter_map(|(name, start)| Some((name.parse().ok()?, line(start)))).collect();
                }
                ("unsecured", DeValue::Array(blocks)) => {
                    let found = blocks.iter().filter_map(|block| named(block.get_ref(), "prefix"));
                    lines.unsecured = found.map(|(name, start)| (name.to_owned(), line(start))).collect();
                }
                _ => {}
            }
        }
        lines
    }

    /// The line that a change is best shown at, if the text still has what changed.
    pub(super) fn of_subject(&self, subject: &Subject) -> Option<usize> {
        match subject {
            Subject::Roles => self.roles,
            Subject::Scopes => self.scopes,
            // What `*` answers is said there.
            Subject::Endpoint(route) => {
                self.endpoints.get(route).or_else(|| self.endpoints.get(&LockedRoute::new("*", &route.path))).copied()
            }
            Subject::Unsecured(prefix) => self.unsecured.get(prefix).copied(),
            _ => None,
        }
    }
}

/// The text of a key in a block, and where it stands.
fn named<'a>(block: &'a DeValue<'_>, key: &str) -> Option<(&'a str, usize)> {
    let DeValue::Table(table) = block else { return None };
    let (_, value) = table.iter().find(|(own, _)| own.get_ref() == key)?;
    match value.get_ref() {
        DeValue::String(text) => Some((text, value.span().start)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::Lines;
    use portcullis_policy::{LockedRoute, diff::Subject};

    #[test]
    fn a_subject_is_found_at_its_line() {
        let text = "version = 1\n\n[roles]\na = []\n\n[[endpoint]]\nroute = \"GET /a\"\n\n[[endpoint]]\nroute = '* /b'\n\n[[unsecured]]\nprefix = \"\"\n";
        let lines = Lines::of(text);
        let line = |method, path| lines.of_subject(&Subject::Endpoint(LockedRoute::new(method, path)));
        assert_eq!((line("GET", "/a"), line("PUT", "/b"), line("PUT", "/a")), (Some(7), Some(10), None));
        assert_eq!(lines.of_subject(&Subject::Roles), Some(3));
        assert_eq!(lines.of_subject(&Subject::Unsecured(String::new())), Some(13));
        assert_eq!(Lines::of("[[").of_subject(&Subject::Scopes), None);
    }
}
