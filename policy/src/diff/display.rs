//! The diff for people: one block a change, the word first, the worst before the rest.
//! Other forms are made of the same data elsewhere.

use super::{Class, Diff};
use std::fmt;

impl fmt::Display for Diff {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_empty() {
            return f.write_str("nothing changed");
        }
        for class in [Class::Widened, Class::Tightened, Class::Equivalent] {
            for change in self.changes.iter().filter(|change| change.class == class) {
                writeln!(f, "{}  {}", class.word(), change.subject)?;
                for detail in &change.details {
                    let own = if detail.class == class { String::new() } else { format!(" ({})", detail.class.word()) };
                    writeln!(f, "  - {}{own}", detail.text)?;
                    if let Some(example) = detail.example() {
                        let cases = detail.cases.map(|cases| format!(" ({cases} cases tried)")).unwrap_or_default();
                        writeln!(f, "    {example}{cases}")?;
                    }
                }
                writeln!(f)?;
            }
        }
        let count = |class| format!("{} {}", self.count(class), Class::word(class));
        write!(f, "{}, {}, {}", count(Class::Widened), count(Class::Tightened), count(Class::Equivalent))
    }
}
