//! The matrix as a Markdown table, for a pull request or a wiki.

use super::{
    escape::Code,
    mark::{self, Mark},
    model::{Matrix, Row},
};
use std::fmt::{self, Write};

/// The table, with its legend and what does not fit into a cell.
pub(super) fn document(matrix: &Matrix) -> String {
    let mut text = String::new();
    // A string takes whatever is written to it.
    let _ = write_document(&mut text, matrix);
    text
}

fn write_document(text: &mut String, matrix: &Matrix) -> fmt::Result {
    let mut notes = Vec::new();
    write!(text, "| endpoint |")?;
    matrix.columns.iter().try_for_each(|column| write!(text, " {} |", Code(&column.name)))?;
    text.push_str(" at most | terms |\n| --- |");
    matrix.columns.iter().for_each(|_| text.push_str(" :-: |"));
    text.push_str(" --- | --- |\n");
    for row in &matrix.rows {
        endpoint(text, row, &mut notes)?;
    }
    for (prefix, reason) in &matrix.doors {
        let prefix = if prefix.is_empty() { "/" } else { prefix };
        write!(text, "| {} |", Code(format!("* {prefix}")))?;
        matrix.columns.iter().for_each(|_| text.push_str(" ◆ |"));
        writeln!(text, "  | unsecured: {} |", Code(reason))?;
    }
    let legend = Mark::ALL.into_iter().filter(|mark| *mark != Mark::Unknown || text.contains(" ? |"));
    let legend: Vec<String> = legend.map(|mark| format!("{} {}", mark.character(), mark.meaning())).collect();
    writeln!(text, "\n{}, ◆ past the guard", legend.join(", "))?;
    for (index, note) in notes.iter().enumerate() {
        writeln!(text, "{}{}. {note}", if index == 0 { "\n" } else { "" }, index + 1)?;
    }
    Ok(())
}

fn endpoint(text: &mut String, row: &Row, notes: &mut Vec<String>) -> fmt::Result {
    write!(text, "| {} |", Code(format!("{} {}", row.method(), row.path())))?;
    for reach in &row.cells {
        let character = Mark::of(reach).character();
        match mark::detail(reach) {
            Some(detail) => {
                // Notes that say the same are one.
                let number = notes.iter().position(|note| *note == detail).unwrap_or_else(|| {
                    notes.push(detail);
                    notes.len() - 1
                });
                write!(text, " {character} ({}) |", number + 1)?;
            }
            None => write!(text, " {character} |")?,
        }
    }
    let most: Vec<String> = row.rates.iter().chain(&row.body).chain(&row.timeout).cloned().collect();
    write!(text, " {} |", most.join(", "))?;
    let facts = row.facts.iter().map(|fact| format!("{}: {}", fact.kind, Code(&fact.text)));
    let terms: Vec<String> = [Code(&row.access).to_string()].into_iter().chain(facts).collect();
    writeln!(text, " {} |", terms.join(", "))
}
