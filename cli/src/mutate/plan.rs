//! Which mutants a source has: each weakens one thing in one `#[secure(…)]`, by editing the bytes of its tokens and nothing else.
//! Pure, so that a test needs no files.

use super::weaken;
use crate::{
    check::names::{Module, Names, function_attribute},
    policy_attribute::PolicyAttribute,
    workspace::Source,
};
use portcullis_policy::Roles;
use std::{ops::Range, path::PathBuf};
use syn::{
    Attribute, ImplItemFn, ItemFn, ItemMod, Signature,
    ext::IdentExt,
    visit::{self, Visit},
};

/// One policy, weakened in one way.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct Mutant {
    pub(crate) path: PathBuf,
    /// From 1.
    pub(crate) line: usize,
    pub(crate) handler: String,
    /// What is weaker, for people.
    pub(crate) change: String,
    pub(crate) edit: Edit,
}

/// Bytes of a source, and what stands there instead.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct Edit {
    pub(crate) range: Range<usize>,
    pub(crate) instead: String,
}

impl Edit {
    /// The source with the edit made; `None` where the range is not of this text.
    pub(crate) fn apply(&self, text: &str) -> Option<String> {
        let (before, after) = (text.get(..self.range.start)?, text.get(self.range.end..)?);
        Some(format!("{before}{}{after}", self.instead))
    }
}

/// The mutants of a source, in its order. What is compiled for tests only guards nobody.
pub(crate) fn mutants(names: &Names, target: usize, source: &Source, roles: &Roles) -> Vec<Mutant> {
    let module = Module { target, path: source.module.clone() };
    let mut planner = Planner { names, module, source, roles, found: Vec::new() };
    planner.visit_file(&source.file);
    planner.found
}

struct Planner<'a> {
    names: &'a Names,
    module: Module,
    source: &'a Source,
    roles: &'a Roles,
    found: Vec<Mutant>,
}

impl Planner<'_> {
    fn function(&mut self, attributes: &[Attribute], signature: &Signature) {
        let handler = signature.ident.unraw().to_string();
        let is_in_test =
            self.names.is_test(&self.module) || self.names.function(&self.module, &handler).is_some_and(|f| f.in_test);
        let Some(secured) = function_attribute(self.names, &self.module, &[], attributes).filter(|_| !is_in_test) else { return };
        // The parser takes a byte order mark off before it counts.
        let offset = if self.source.text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
        let attribute = PolicyAttribute::parse(secured.tokens);
        for weaker in weaken::all(&attribute, self.roles, self.source.text.get(offset..).unwrap_or_default()) {
            self.found.push(Mutant {
                path: self.source.path.clone(),
                line: weaker.line,
                handler: handler.clone(),
                change: weaker.change,
                edit: Edit { range: weaker.range.start + offset..weaker.range.end + offset, instead: weaker.instead },
            });
        }
    }
}

impl<'ast> Visit<'ast> for Planner<'_> {
    fn visit_item_mod(&mut self, item: &'ast ItemMod) {
        self.module.path.push(item.ident.unraw().to_string());
        visit::visit_item_mod(self, item);
        self.module.path.pop();
    }

    fn visit_item_fn(&mut self, item: &'ast ItemFn) {
        self.function(&item.attrs, &item.sig);
        visit::visit_item_fn(self, item);
    }

    fn visit_impl_item_fn(&mut self, item: &'ast ImplItemFn) {
        self.function(&item.attrs, &item.sig);
        visit::visit_impl_item_fn(self, item);
    }
}
