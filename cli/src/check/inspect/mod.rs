//! The walk over one source: keeps track of where it is, and shows each construct to the rules.

mod walk;

use super::{
    attributes,
    catalogue::Kind,
    finding::{Finding, Place},
    names::{Module, Names, Resolved, Scope, segments},
    rule_books::BookView,
};
use crate::workspace::Source;
use proc_macro2::Span;
use std::{
    collections::{BTreeSet, HashMap},
    path::Path,
};
use syn::{Expr, visit::Visit};

/// What the rules look at a source with.
pub(crate) struct Inspector<'a> {
    pub(crate) names: &'a Names,
    /// What the nearest rule book says.
    pub(crate) book: &'a BookView,
    /// The crate, as a path calls it.
    krate: String,
    path: &'a Path,
    /// The module that the walk is in.
    pub(crate) module: Module,
    /// The blocks around, the innermost last.
    blocks: Vec<Scope>,
    /// The names of the items around.
    items: Vec<String>,
    pub(crate) in_test: bool,
    /// Whether the routes here are given to `merge_unsecured`, which is a finding of its own.
    pub(crate) is_unsecured_on_purpose: bool,
    /// The variables and functions that are given to `merge_unsecured`.
    pub(crate) unsecured: BTreeSet<String>,
    /// The text constants of the source.
    pub(crate) texts: HashMap<String, Vec<u8>>,
    /// The variables that hold an axum router.
    pub(crate) routers: BTreeSet<String>,
    findings: Vec<Finding>,
}

/// All findings of a source, in its order.
pub(crate) fn inspect(names: &Names, book: &BookView, target: usize, source: &Source, shown: &Path) -> Vec<Finding> {
    let module = Module { target, path: source.module.clone() };
    let mut inspector = Inspector {
        in_test: names.is_test(&module) || attributes::is_for_tests(&source.file.attrs),
        names,
        book,
        krate: source.target.name.replace('-', "_"),
        path: shown,
        module,
        blocks: Vec::new(),
        items: Vec::new(),
        is_unsecured_on_purpose: false,
        unsecured: super::rules::routing::given_to_merge_unsecured(&source.file),
        texts: super::rules::secrets::text_constants(&source.file),
        routers: BTreeSet::new(),
        findings: Vec::new(),
    };
    inspector.visit_file(&source.file);
    let mut findings = inspector.findings;
    findings.sort_by(|a, b| (a.place, a.kind.id).cmp(&(b.place, b.kind.id)));
    findings.dedup_by(|a, b| (a.place, a.kind.id) == (b.place, b.kind.id));
    findings
}

impl Inspector<'_> {
    pub(crate) fn report(&mut self, kind: &'static Kind, span: Span, message: impl Into<String>) {
        self.findings.push(Finding {
            kind,
            path: self.path.to_owned(),
            place: Place::of(span),
            item: self.items.join("::"),
            message: message.into(),
            in_test: self.in_test,
            accepted: None,
        });
    }

    /// The module as the compiler calls it: `my_crate::admin`.
    pub(crate) fn module_path(&self) -> String {
        [&self.krate].into_iter().chain(&self.module.path).cloned().collect::<Vec<_>>().join("::")
    }

    /// What a path names here.
    pub(crate) fn resolve(&self, path: &syn::Path) -> Resolved {
        self.names.resolve(&self.module, &self.blocks, &segments(path))
    }

    /// What a called path names, and the type that it is associated with: `JwtKey::hs256` is `hs256` of `JwtKey`.
    pub(crate) fn called(&self, function: &Expr) -> Option<Called> {
        let Expr::Path(path) = function else { return None };
        let path = segments(&path.path);
        let resolved = self.names.resolve(&self.module, &self.blocks, &path);
        let owner = match path.split_last() {
            Some((_, owner @ [_, ..])) => self.names.resolve(&self.module, &self.blocks, owner),
            _ => Resolved::Unknown,
        };
        Some(Called { resolved, owner, name: path.last().cloned().unwrap_or_default() })
    }

    pub(crate) fn function_attribute<'b>(&self, attributes: &'b [syn::Attribute]) -> Option<attributes::Secured<'b>> {
        super::names::function_attribute(self.names, &self.module, &self.blocks, attributes)
    }
}

/// A function that is called by its path.
pub(crate) struct Called {
    pub(crate) resolved: Resolved,
    /// What the path without its last segment names.
    pub(crate) owner: Resolved,
    /// The last segment as it is written.
    pub(crate) name: String,
}

impl Called {
    /// Whether this is one of these functions of a type of the crate.
    pub(crate) fn is_of(&self, krate: &str, types: &[&str], functions: &[&str]) -> bool {
        self.owner.is(krate, types) && functions.contains(&self.name.as_str())
    }
}
