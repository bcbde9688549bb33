//! The first step: from text to what was written, with the place of each name, or to the errors of the TOML itself.
//! What it means, and whether it can be meant, is the next step.

use super::{defaults, require, rule, section};
use crate::{
    FileError,
    file::{Errors, Name, kind, name_of},
    grammar::Quoted,
    suggest,
};
use std::ops::Range;
use toml::{
    Spanned,
    de::{DeArray, DeTable, DeValue, Error},
};

/// The tables of a rule book.
pub(super) const TABLES: [&str; 5] = ["roles", "scopes", "defaults", "require", "rule"];

/// What was written, unchecked, in the order of the text.
#[derive(Debug, Default)]
pub(super) struct Source {
    pub(super) roles: Vec<Role>,
    pub(super) scopes: Vec<Scope>,
    pub(super) defaults: defaults::Written,
    pub(super) require: require::Written,
    pub(super) rules: Vec<rule::Written>,
    pub(super) errors: Errors,
}

#[derive(Debug)]
pub(super) struct Role {
    pub(super) name: Name,
    pub(super) includes: Vec<Name>,
}

#[derive(Debug)]
pub(super) struct Scope {
    pub(super) name: Name,
    pub(super) meaning: Name,
}

/// Reads the tables. Where the TOML itself is broken, the errors are about that alone: what follows from it would mislead.
pub(super) fn read(text: &str) -> Result<Source, Vec<FileError>> {
    // Some editors begin a file with a byte order mark; no column counts it.
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut source = Source { errors: Errors::new(text), ..Source::default() };
    let (document, syntax) = DeTable::parse_recoverable(text);
    let mut is_readable = true;
    for error in &syntax {
        is_readable &= report_syntax(error, text, &mut source.errors);
    }
    if !is_readable {
        return Err(source.errors.into_sorted());
    }
    for (key, value) in document.get_ref() {
        match (key.get_ref().as_ref(), value.get_ref()) {
            ("roles", DeValue::Table(table)) => read_roles(table, &mut source),
            ("scopes", DeValue::Table(table)) => read_scopes(table, &mut source),
            ("defaults", DeValue::Table(table)) => {
                section::read(table, &mut source.defaults, &mut source.errors);
            }
            ("require", DeValue::Table(table)) => {
                section::read(table, &mut source.require, &mut source.errors);
            }
            ("rule", DeValue::Array(array)) => read_rules(array, &mut source),
            ("rule", other) => {
                let message = format!("`rule` is {}, not a list of rules: write `[[rule]]` above each", kind(other));
                source.errors.add(key.span().start, message);
            }
            (name @ ("roles" | "scopes" | "defaults" | "require"), other) => {
                source.errors.add(key.span().start, format!("`{name}` is {}, not a table: write `[{name}]`", kind(other)));
            }
            (name, value) => {
                let what = if matches!(value, DeValue::Table(_)) { "table" } else { "key" };
                let suggestion =
                    suggest::closest(name, TABLES).map(|near| format!(" did you mean `{near}`?")).unwrap_or_default();
                let message =
                    format!("unknown {what} {}:{suggestion} a rule book has the tables {}", Quoted(name), suggest::list(TABLES));
                source.errors.add(key.span().start, message);
            }
        }
    }
    source.roles.sort_by_key(|role| role.name.start);
    source.scopes.sort_by_key(|scope| scope.name.start);
    Ok(source)
}

/// Reports an error of the TOML, and says whether the rest can be understood all the same: after a duplicate key it can.
fn report_syntax(error: &Error, text: &str, errors: &mut Errors) -> bool {
    let span = error.span().unwrap_or(0..0);
    if error.message() == "duplicate key" {
        let key = text.get(span.clone()).unwrap_or_default();
        errors.add(span.start, format!("{} is declared twice: merge the two, or remove one", Quoted(key)));
        return true;
    }
    let remedy = if is_bare_name_with_colon(text, &span) {
        "; a name with a `:` is written in quotes, as in `\"reports:read\"`"
    } else {
        ""
    };
    errors.add(span.start, format!("{}{remedy}", error.message()));
    false
}

/// Whether a key such as `reports:read` lacks its quotes, which is what the TOML parser would not say.
fn is_bare_name_with_colon(text: &str, span: &Range<usize>) -> bool {
    let line = text.get(..span.start).and_then(|before| before.rsplit('\n').next()).unwrap_or_default();
    let rest = text.get(span.start..).and_then(|rest| rest.lines().next()).unwrap_or_default();
    !line.contains(['=', '"', '\'', '[', '#']) && (rest.starts_with(':') || line.contains(':'))
}

fn read_roles(table: &DeTable<'_>, source: &mut Source) {
    for (key, value) in table {
        let name = name_of(key);
        let mut includes = Vec::new();
        match value.get_ref() {
            DeValue::Array(array) => {
                for item in array {
                    match item.get_ref() {
                        DeValue::String(text) => includes.push(Name { text: text.to_string(), start: item.span().start }),
                        other => {
                            let message =
                                format!("a role includes roles by name, and this is {}: write `[\"user\"]`", kind(other));
                            source.errors.add(item.span().start, message);
                        }
                    }
                }
            }
            other => {
                let example = match other {
                    DeValue::String(included) => format!("write `[{:?}]`", included.as_ref()),
                    _ => "write `[]` for none".to_owned(),
                };
                wrong_value(&name, value, &format!("a role has a list of the roles that it includes: {example}"), source);
            }
        }
        source.roles.push(Role { name, includes });
    }
}

fn read_rules(array: &DeArray<'_>, source: &mut Source) {
    for item in array {
        match item.get_ref() {
            DeValue::Table(table) => source.rules.push(section::read_rule(table, item.span().start, &mut source.errors)),
            other => {
                let message = format!("a rule is a table, and this is {}: write `[[rule]]` and its keys below", kind(other));
                source.errors.add(item.span().start, message);
            }
        }
    }
}

fn read_scopes(table: &DeTable<'_>, source: &mut Source) {
    for (key, value) in table {
        let name = name_of(key);
        match value.get_ref() {
            DeValue::String(text) => {
                let meaning = Name { text: text.to_string(), start: value.span().start };
                source.scopes.push(Scope { name, meaning });
            }
            _ => wrong_value(&name, value, "a scope has its meaning as text: write `\"Read the reports\"`", source),
        }
    }
}

/// Reports a value of the wrong type. A table here is most often a name with a dot that lacks its quotes.
fn wrong_value(name: &Name, value: &Spanned<DeValue<'_>>, rule: &str, source: &mut Source) {
    let found = kind(value.get_ref());
    match value.get_ref() {
        DeValue::Table(_) => {
            let message =
                format!("{} is {found}: {rule}; a name with a dot is written in quotes, as in `\"a.b\"`", Quoted(&name.text));
            source.errors.add(name.start, message);
        }
        _ => source.errors.add(value.span().start, format!("{} is {found}: {rule}", Quoted(&name.text))),
    }
}
