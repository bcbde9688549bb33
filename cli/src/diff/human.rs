//! The diff for people: the worst first, coloured by what it means.

use super::acknowledge::Acknowledged;
use crate::output::{EMPHASIS, FINE, Painted, QUIET, WIDENED};
use anstyle::Style;
use portcullis_policy::diff::{Change, Class, Diff};
use std::fmt::{self, Write};

/// The classes, the worst first.
const CLASSES: [Class; 3] = [Class::Widened, Class::Tightened, Class::Equivalent];

/// All changes, and how many there are of each class.
pub(crate) fn report(diff: &Diff, acknowledged: &Acknowledged) -> String {
    let mut text = String::new();
    // A string takes whatever is written to it.
    let _ = write_report(&mut text, diff, acknowledged);
    text
}

fn write_report(text: &mut String, diff: &Diff, acknowledged: &Acknowledged) -> fmt::Result {
    for class in CLASSES {
        for change in diff.changes.iter().filter(|change| change.class == class) {
            write_change(text, change, acknowledged.covers(change))?;
        }
    }
    writeln!(text, "{}", summary(diff))
}

/// How many changes there are of each class.
pub(crate) fn summary(diff: &Diff) -> String {
    if diff.is_empty() {
        return "nothing changed".to_owned();
    }
    let count = |class: Class| {
        let count = diff.count(class);
        let style = if count == 0 { QUIET } else { style(class) };
        Painted(style, format!("{count} {}", class.word())).to_string()
    };
    CLASSES.map(count).join(", ")
}

fn write_change(text: &mut String, change: &Change, acknowledged: bool) -> fmt::Result {
    let Change { subject, class, details } = change;
    let answered = if acknowledged { Painted(QUIET, "  acknowledged").to_string() } else { String::new() };
    writeln!(text, "{}  {}{answered}", Painted(style(*class), format!("{:<10}", class.word())), Painted(EMPHASIS, subject))?;
    for detail in details {
        let own = if detail.class == *class {
            String::new()
        } else {
            format!(" ({})", Painted(style(detail.class), detail.class.word()))
        };
        writeln!(text, "            {}{own}", detail.text)?;
        if let Some(example) = detail.example() {
            let cases = detail.cases.map(|cases| format!(" ({cases} cases tried)")).unwrap_or_default();
            writeln!(text, "            {}{}", Painted(style(detail.class), example), Painted(QUIET, cases))?;
        }
    }
    text.push('\n');
    Ok(())
}

const fn style(class: Class) -> Style {
    match class {
        Class::Widened => WIDENED,
        Class::Tightened => FINE,
        Class::Equivalent => QUIET,
    }
}
