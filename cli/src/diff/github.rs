//! The diff as annotations of a GitHub workflow: on the endpoint's block in the new lock, where a reviewer reads it.

use super::{acknowledge::Acknowledged, lines::Lines, sides::Sides};
use portcullis_policy::diff::{Change, Class, Diff};
use std::fmt::{self, Write};

/// One annotation a line: an error for what nobody answers for, a warning for what somebody does, a notice for what is tightened.
pub(super) fn annotations(diff: &Diff, sides: &Sides, acknowledged: &Acknowledged) -> String {
    let lines = Lines::of(&sides.new.text);
    let mut text = String::new();
    for change in &diff.changes {
        let level = match change.class {
            Class::Widened if acknowledged.covers(change) => "warning",
            Class::Widened => "error",
            Class::Tightened => "notice",
            Class::Equivalent => continue,
        };
        let place = lines.of_subject(&change.subject).map(|line| format!(",line={line}")).unwrap_or_default();
        let (file, title) = (Property(&sides.new.path), format!("{} {}", change.subject, change.class.word()));
        // A string takes whatever is written to it.
        let _ =
            writeln!(text, "::{level} file={file}{place},title={}::{}", Property(&title), Data(&message(change, acknowledged)));
    }
    text
}

fn message(change: &Change, acknowledged: &Acknowledged) -> String {
    let mut lines = Vec::new();
    for detail in &change.details {
        lines.push(detail.text.clone());
        lines.extend(detail.example());
    }
    if change.class == Class::Widened && !acknowledged.covers(change) {
        lines.push(format!("if that is meant, add the line `Widens: {}` to the end of the commit's message", change.subject));
    }
    lines.join("\n")
}

/// Text after `::`.
struct Data<'a>(&'a str);

impl fmt::Display for Data<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A"))
    }
}

/// The value of a property, which also ends at a comma and at a colon.
struct Property<'a>(&'a str);

impl fmt::Display for Property<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&Data(self.0).to_string().replace(':', "%3A").replace(',', "%2C"))
    }
}

#[cfg(test)]
mod tests {
    use super::{Data, Property};

    #[test]
    fn nothing_in_a_path_becomes_a_command() {
        assert_eq!(Property("a,line=1::x%\r\n").to_string(), "a%2Cline=1%3A%3Ax%25%0D%0A");
        assert_eq!(Data("50%\n::error::x").to_string(), "50%25%0A::error::x");
    }
}
