//! The attributes of `#[derive(Output)]`, in one table.
//! The parser's messages, the suggestions and the reference page are all made from it, so they cannot disagree.

use crate::keys::{alternatives, did_you_mean};
use portcullis_policy::suggest;

/// A row of the table.
#[derive(Debug)]
pub(crate) struct Row {
    pub(crate) name: &'static str,
    /// Where it is written.
    #[cfg_attr(not(test), expect(dead_code, reason = "the reference page has it, and a test compares the two"))]
    pub(crate) on: &'static str,
    /// The ways to write it, each as an example.
    pub(crate) forms: &'static [&'static str],
    #[cfg_attr(not(test), expect(dead_code, reason = "the reference page has it, and a test compares the two"))]
    pub(crate) meaning: &'static str,
}

pub(crate) const VISIBLE: Row = Row {
    name: "visible",
    on: "a field",
    forms: &[r#"#[visible(role = "admin")]"#, r#"#[visible(any(role = "admin", scope = "reports:read"))]"#],
    meaning: "the field is there for callers who meet the predicate, written as in `#[secure(allow(…))]`, and missing for all others",
};

pub(crate) const MASK: Row = Row {
    name: "mask",
    on: "a field",
    forms: &["#[mask(last = 4)]", "#[mask(first = 2)]", "#[mask(first = 2, last = 4)]", "#[mask(all)]"],
    meaning: "so many characters of the field and `****` for the rest; beside `#[visible(…)]`, for those who may not see all of it",
};

pub(crate) const OUTPUT: Row = Row {
    name: "output",
    on: "the type",
    forms: &["#[output(crate = my_framework::portcullis)]", "#[output(schema = false)]"],
    meaning: "where the `portcullis` crate is, if not at `::portcullis`; and whether the type has a JSON schema, under the feature \
              `openapi`",
};

/// The attributes.
#[cfg(test)]
pub(crate) const ROWS: &[&Row] = &[&VISIBLE, &MASK, &OUTPUT];

/// The words of `#[mask]`, each as it is written.
pub(crate) const MASKS: &[(&str, &str)] = &[("last", "last = 4"), ("first", "first = 2"), ("all", "all")];

/// The words of `#[output]`.
pub(crate) const OUTPUTS: &[(&str, &str)] = &[("crate", "crate = path"), ("schema", "schema = false")];

impl Row {
    /// How the attribute is written, for a message.
    pub(crate) fn is_written(&self) -> String {
        format!("`#[{}]` is written {}", self.name, alternatives(self.forms.iter().copied()))
    }
}

/// What to say about a word that is none of these.
pub(crate) fn unknown(word: &str, row: &Row, words: &'static [(&str, &str)]) -> String {
    let near = did_you_mean(word, words.iter().map(|(name, _)| *name));
    format!("unknown word `{word}` in `#[{}]`: {near}it takes {}", row.name, suggest::list(words.iter().map(|(_, form)| *form)))
}

#[cfg(test)]
mod tests {
    use super::{MASK, MASKS, ROWS, unknown};

    #[test]
    fn the_reference_page_has_the_table() {
        let line = |row: &&super::Row| {
            let forms = row.forms.iter().map(|form| format!("`{form}`")).collect::<Vec<_>>().join(", ");
            format!("| `{}` | {} | {forms} | {} |\n", row.name, row.on, row.meaning)
        };
        let table = format!(
            "| attribute | on | written | meaning |\n| --- | --- | --- | --- |\n{}",
            ROWS.iter().map(line).collect::<String>()
        );
        assert!(include_str!("../output.md").contains(&table), "the page needs this table:\n{table}");
    }

    #[test]
    fn every_form_is_understood() {
        for row in ROWS {
            for form in row.forms {
                let item = match row.on {
                    "a field" => format!("struct S {{ {form} x: String }}"),
                    _ => format!("{form} struct S {{ x: String }}"),
                };
                assert_eq!(crate::output::tests::errors(&item), [""; 0], "{form}");
            }
        }
    }

    #[test]
    fn what_is_near_is_offered() {
        assert_eq!(
            unknown("lsat", &MASK, MASKS),
            "unknown word `lsat` in `#[mask]`: did you mean `last`? it takes `last = 4`, `first = 2` and `all`"
        );
    }
}
