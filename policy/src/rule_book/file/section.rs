//! Reading the tables whose keys are fixed, from the rows of their keys. What is wrong with a value is said where the value is.

use super::{
    keys::{Group, Key, Kind, Section, Words},
    rule,
};
use crate::{
    GrammarError, StepUp,
    file::{Errors, Name, kind, name_of},
    grammar::Quoted,
    rules::{check_endpoint, check_handler, check_method, check_path},
    suggest,
};
use std::{collections::BTreeSet, str::FromStr};
use toml::{
    Spanned,
    de::{DeTable, DeValue},
};

/// A value with its place.
type Value<'a> = Spanned<DeValue<'a>>;

/// What a table has written in it.
pub(super) struct Contents {
    groups: Vec<Group>,
    /// Whether every key is known.
    is_known: bool,
}

impl Contents {
    /// Whether a key of this group is missing. Where a key is unknown, that is the mistake, and it may have been meant as one.
    fn lacks(&self, group: Group) -> bool {
        self.is_known && !self.groups.contains(&group)
    }
}

/// Reads a table into its section.
pub(super) fn read<T: Section>(table: &DeTable<'_>, section: &mut T, errors: &mut Errors) -> Contents {
    let mut contents = Contents { groups: Vec::new(), is_known: true };
    for (key, value) in table {
        let name = name_of(key);
        match T::KEYS.iter().find(|row| row.name == name.text) {
            Some(row) => {
                contents.groups.push(row.group);
                row.read(value, section, errors);
            }
            None if errors.is_full() => {
                contents.is_known = false;
                errors.add(name.start, "");
            }
            None => {
                contents.is_known = false;
                let names = || T::KEYS.iter().map(|row| row.name);
                let near =
                    suggest::closest(&name.text, names()).map(|near| format!(" did you mean `{near}`?")).unwrap_or_default();
                let rule = format!("{} has the keys {}", T::NAME, suggest::list(names()));
                errors.add(name.start, format!("unknown key {}:{near} {rule}", Quoted(&name.text)));
            }
        }
    }
    contents
}

/// Reads a rule, which has a name, selects something, and demands something.
pub(super) fn read_rule(table: &DeTable<'_>, start: usize, errors: &mut Errors) -> rule::Written {
    let before = errors.len();
    let mut rule = rule::Written::new(start);
    let contents = read(table, &mut rule, errors);
    let names = |group| suggest::list(rule::Written::KEYS.iter().filter(|row| row.group == group).map(|row| row.name));
    let called = rule.name.as_ref().map_or_else(|| "a rule".to_owned(), |name| format!("the rule {}", Quoted(&name.text)));
    if contents.lacks(Group::Required) {
        errors.add(start, "a rule has no name: write `name = \"…\"`, by which messages call it");
    }
    if contents.lacks(Group::Selector) {
        let selectors = names(Group::Selector);
        errors.add(start, format!("{called} has none of {selectors}: write `paths = [\"/**\"]` for all endpoints"));
    }
    if contents.lacks(Group::Demand) {
        errors.add(start, format!("{called} demands nothing: add one of {}", names(Group::Demand)));
    }
    rule.is_sound = errors.len() == before;
    rule
}

impl<T: Section> Key<T> {
    fn read(&self, value: &Value<'_>, section: &mut T, errors: &mut Errors) {
        let start = value.span().start;
        match (&self.kind, value.get_ref()) {
            (Kind::True(set), DeValue::Boolean(true)) => set(section),
            (Kind::True(_), DeValue::Boolean(false)) => {
                errors.add(start, format!("`{} = false` says nothing: remove it, or write `true`", self.name));
            }
            (Kind::Switch(set), DeValue::Boolean(wanted)) => set(section, *wanted, start),
            (Kind::Line(set), DeValue::String(text)) => {
                self.check_line(text, start, errors);
                set(section, Name { text: text.to_string(), start });
            }
            (Kind::Role(set) | Kind::Scope(set), DeValue::String(text)) => set(section, Name { text: text.to_string(), start }),
            (Kind::Rate(set), DeValue::String(text)) => parse(text, start, errors, |rate| set(section, rate)),
            (Kind::Rates(set), DeValue::String(text)) => parse(text, start, errors, |rate| set(section, rate, start)),
            (Kind::Rates(set), DeValue::Array(_)) => {
                for rate in self.words(value, |_| Ok(()), errors) {
                    parse(&rate.text, rate.start, errors, |parsed| set(section, parsed, rate.start));
                }
            }
            (Kind::Size(set), DeValue::String(text)) => parse(text, start, errors, |size| set(section, size, start)),
            (Kind::Time(set), DeValue::String(text)) => parse(text, start, errors, |period| set(section, period, start)),
            (Kind::StepUp(set), DeValue::Table(table)) => {
                let mut step_up = StepUp::default();
                if read(table, &mut step_up, errors).lacks(Group::Demand) {
                    errors.add(start, format!("`{}` says nothing: write `{} = {}`", self.name, self.name, self.example));
                }
                set(section, step_up);
            }
            (Kind::Words(words, set), DeValue::Array(_)) => set(section, self.words(value, words.check(), errors)),
            (Kind::Endpoints(set), DeValue::Array(array)) => {
                let names = if array.is_empty() { Vec::new() } else { self.words(value, check_endpoint, errors) };
                set(section, names, start);
            }
            (_, other) => {
                // Where one word stands in place of a list, the remedy is the user's own.
                let example = match (&self.kind, other) {
                    (Kind::Words(..) | Kind::Endpoints(_), DeValue::String(text)) => format!("[{}]", quoted(text)),
                    _ => self.example.to_owned(),
                };
                errors.add(start, format!("`{}` is {}: write `{} = {example}`", self.name, kind(other), self.name));
            }
        }
    }

    /// The words of a list, each in order and none twice.
    fn words(&self, value: &Value<'_>, check: fn(&str) -> Result<(), String>, errors: &mut Errors) -> Vec<Name> {
        let (mut words, mut seen) = (Vec::new(), BTreeSet::new());
        let DeValue::Array(array) = value.get_ref() else { return words };
        if array.is_empty() {
            errors.add(
                value.span().start,
                format!("`{}` is empty: remove it, or write `{} = {}`", self.name, self.name, self.example),
            );
        }
        for item in array {
            let start = item.span().start;
            match item.get_ref() {
                DeValue::String(text) => match check(text) {
                    Err(message) => errors.add(start, message),
                    Ok(()) if !seen.insert(text.as_ref()) => {
                        errors.add(start, format!("{} is in `{}` twice: remove one of them", Quoted(text), self.name));
                    }
                    Ok(()) => words.push(Name { text: text.to_string(), start }),
                },
                other => {
                    let message =
                        format!("`{}` has text in it, and this is {}: write `{}`", self.name, kind(other), self.example);
                    errors.add(start, message);
                }
            }
        }
        words
    }

    /// A name stands in messages of one line.
    fn check_line(&self, text: &str, start: usize, errors: &mut Errors) {
        /// Longer names are not read.
        const LONGEST: usize = 80;

        if text.trim().is_empty() {
            errors.add(start, format!("`{}` is empty: write `{} = {}`", self.name, self.name, self.example));
        } else if text.chars().any(|character| character.is_control() || character == '`') || text.trim() != text {
            let rule = "one line of text, without backticks and without spaces around it";
            errors.add(start, format!("`{}` stands in messages: write {rule}, such as {}", self.name, self.example));
        } else if text.chars().count() > LONGEST {
            errors.add(start, format!("`{}` stands in messages: write at most {LONGEST} characters", self.name));
        }
    }
}

impl Words {
    fn check(self) -> fn(&str) -> Result<(), String> {
        match self {
            Self::Paths => check_path,
            Self::Handlers => check_handler,
            Self::Methods => check_method,
        }
    }
}

/// Text as the remedy writes it, cut where nobody would read on.
fn quoted(text: &str) -> String {
    Quoted(&format!("{text:?}")).to_string().trim_matches('`').to_owned()
}

fn parse<V: FromStr<Err = GrammarError>>(text: &str, start: usize, errors: &mut Errors, set: impl FnOnce(V)) {
    match text.parse() {
        Ok(value) => set(value),
        Err(error) => errors.add(start, error.to_string()),
    }
}
