//! The fields of one table: each of its type, none unknown, none missing.
//! What is wrong is reported where it stands, and the rest is read all the same.

use super::{Block, REWRITE, meant};
use crate::{
    GrammarError,
    file::{Errors, Name, kind},
    grammar::Quoted,
    suggest,
};
use std::str::FromStr;
use toml::{
    Spanned,
    de::{DeTable, DeValue},
};

/// A table, and what it is called in messages.
pub(super) struct Fields<'a, 'e> {
    table: &'a DeTable<'a>,
    what: &'static str,
    start: usize,
    pub(super) errors: &'e mut Errors,
}

impl<'a, 'e> Fields<'a, 'e> {
    /// The table that begins here. Reports the keys that it cannot have.
    pub(super) fn new(
        table: &'a DeTable<'a>,
        what: &'static str,
        start: usize,
        known: &[&'static str],
        errors: &'e mut Errors,
    ) -> Self {
        for (key, _) in table {
            let name = key.get_ref().as_ref();
            if !known.contains(&name) {
                let meant = meant(name, known.iter().copied());
                let list = suggest::list(known.iter().copied());
                errors.add(key.span().start, format!("unknown key {}:{meant} {what} has the keys {list}", Quoted(name)));
            }
        }
        Self { table, what, start, errors }
    }

    pub(super) fn value(&self, key: &str) -> Option<&'a Spanned<DeValue<'a>>> {
        self.table.iter().find(|(name, _)| name.get_ref() == key).map(|(_, value)| value)
    }

    /// The text of a key, if it is there.
    pub(super) fn text(&mut self, key: &str) -> Option<Name> {
        let value = self.value(key)?;
        self.text_of(key, value)
    }

    pub(super) fn text_of(&mut self, key: &str, value: &Spanned<DeValue<'_>>) -> Option<Name> {
        match value.get_ref() {
            DeValue::String(text) => Some(Name { text: text.to_string(), start: value.span().start }),
            other => self.wrong(key, value, kind(other), "text"),
        }
    }

    /// The text of a key that has to be there.
    pub(super) fn needed(&mut self, key: &str) -> Option<Name> {
        if self.value(key).is_none() {
            self.errors.add(self.start, format!("{} without `{key}`: {REWRITE}", self.what));
        }
        self.text(key)
    }

    /// The meaning of a key's text, if it is there.
    pub(super) fn parsed<T: FromStr<Err = GrammarError>>(&mut self, key: &str) -> Option<T> {
        let text = self.text(key)?;
        self.parse(&text)
    }

    pub(super) fn parse<T: FromStr<Err = GrammarError>>(&mut self, text: &Name) -> Option<T> {
        text.text.parse().map_err(|error: GrammarError| self.errors.add(text.start, error.to_string())).ok()
    }

    /// The table of a key, if it is there.
    pub(super) fn table(&mut self, key: &str) -> Option<Block<'a>> {
        let value = self.value(key)?;
        match value.get_ref() {
            DeValue::Table(table) => Some(Spanned::new(value.span(), table)),
            other => self.wrong(key, value, kind(other), "a table"),
        }
    }

    /// The tables of a key: none, where it is not there.
    pub(super) fn tables(&mut self, key: &str) -> Vec<Block<'a>> {
        let Some(value) = self.value(key) else { return Vec::new() };
        let DeValue::Array(array) = value.get_ref() else {
            self.wrong::<()>(key, value, kind(value.get_ref()), "a list of tables");
            return Vec::new();
        };
        let table = |item: &'a Spanned<DeValue<'a>>| match item.get_ref() {
            DeValue::Table(table) => Some(Spanned::new(item.span(), table)),
            other => self.wrong(key, item, kind(other), "a table"),
        };
        array.iter().filter_map(table).collect()
    }

    pub(super) fn wrong<T>(&mut self, key: &str, value: &Spanned<DeValue<'_>>, found: &str, expected: &str) -> Option<T> {
        self.errors.add(value.span().start, format!("`{key}` is {found}, not {expected}: {REWRITE}"));
        None
    }
}
