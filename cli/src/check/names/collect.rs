//! Reading the declarations of a source: its modules, imports, functions, and what its expressions mention.

use super::{Bound, Function, Module, Names, Scope};
use crate::{check::attributes, workspace::Source};
use proc_macro2::{TokenStream, TokenTree};
use std::collections::BTreeSet;
use syn::{
    Attribute, ExprPath, ImplItemFn, Item, ItemFn, ItemMod, ItemUse, Macro, Stmt, Type, UseTree,
    ext::IdentExt,
    visit::{self, Visit},
};

impl Scope {
    /// What the statements of a block declare.
    pub(crate) fn of_block(statements: &[Stmt]) -> Self {
        let mut scope = Self::default();
        statements.iter().for_each(|statement| {
            if let Stmt::Item(item) = statement {
                scope.add(item);
            }
        });
        scope
    }

    fn add(&mut self, item: &Item) {
        let item = match item {
            Item::Use(item) => return self.add_use(item),
            Item::ExternCrate(item) => {
                let name = item.rename.as_ref().map_or(&item.ident, |(_, rename)| rename);
                let path = vec![String::new(), item.ident.unraw().to_string()];
                self.names.insert(name.unraw().to_string(), Bound::Path(path));
                return;
            }
            Item::Type(item) => {
                let bound = match &*item.ty {
                    Type::Path(path) if path.qself.is_none() => Bound::Path(segments(&path.path)),
                    _ => Bound::Item,
                };
                self.names.insert(item.ident.unraw().to_string(), bound);
                return;
            }
            Item::Const(item) => &item.ident,
            Item::Enum(item) => &item.ident,
            Item::Fn(item) => &item.sig.ident,
            Item::Mod(item) => &item.ident,
            Item::Static(item) => &item.ident,
            Item::Struct(item) => &item.ident,
            Item::Trait(item) => &item.ident,
            Item::Union(item) => &item.ident,
            _ => return,
        };
        self.names.insert(item.unraw().to_string(), Bound::Item);
    }

    fn add_use(&mut self, item: &ItemUse) {
        let start = if item.leading_colon.is_some() { vec![String::new()] } else { Vec::new() };
        let mut pending = vec![(start, &item.tree)];
        while let Some((mut path, tree)) = pending.pop() {
            match tree {
                UseTree::Path(tree) => {
                    path.push(tree.ident.unraw().to_string());
                    pending.push((path, &tree.tree));
                }
                UseTree::Group(group) => pending.extend(group.items.iter().map(|tree| (path.clone(), tree))),
                UseTree::Glob(_) => self.globs.push(path),
                UseTree::Name(tree) => {
                    let name = tree.ident.unraw().to_string();
                    self.bind(path, name.clone(), name);
                }
                UseTree::Rename(tree) => self.bind(path, tree.ident.unraw().to_string(), tree.rename.unraw().to_string()),
            }
        }
    }

    /// Binds a name of a `use`; `use path::{self}` binds the last segment of the path.
    fn bind(&mut self, mut path: Vec<String>, name: String, to: String) {
        let mut to = to;
        if name == "self"
            && let Some(last) = path.last()
        {
            to = if to == "self" { last.clone() } else { to };
        } else {
            path.push(name);
        }
        self.names.insert(to, Bound::Path(path));
    }

    /// What a name is imported as, if it is.
    fn import(&self, name: &str) -> Option<&str> {
        match self.names.get(name)? {
            Bound::Path(path) => path.last().map(String::as_str),
            Bound::Item => None,
        }
    }
}

impl Names {
    /// Declares the modules of a source.
    pub(super) fn declare(&mut self, target: usize, source: &Source) {
        let module = Module { target, path: source.module.clone() };
        if matches!(source.target.kind.as_str(), "test" | "bench") || attributes::is_for_tests(&source.file.attrs) {
            self.test_modules.insert(module.clone());
        }
        self.declare_items(&module, &source.file.items);
    }

    fn declare_items(&mut self, module: &Module, items: &[Item]) {
        let scope = self.modules.entry(module.clone()).or_default();
        items.iter().for_each(|item| scope.add(item));
        for item in items {
            let Item::Mod(item) = item else { continue };
            let path = module.path.iter().cloned().chain([item.ident.unraw().to_string()]).collect();
            let child = Module { target: module.target, path };
            if attributes::is_for_tests(&item.attrs) {
                self.test_modules.insert(child.clone());
            }
            if let Some((_, items)) = &item.content {
                self.declare_items(&child, items);
            }
        }
    }

    /// Finds the functions of a source, and what it mentions, once the modules of all are declared.
    pub(super) fn find_functions(&mut self, target: usize, source: &Source) {
        let module = Module { target, path: source.module.clone() };
        let in_test = self.is_test(&module);
        let mut finder = Finder {
            names: self,
            module,
            in_test,
            functions: Vec::new(),
            mentions: BTreeSet::new(),
            test_mentions: BTreeSet::new(),
        };
        finder.visit_file(&source.file);
        let Finder { functions, mentions, test_mentions, .. } = finder;
        self.functions.extend(functions);
        self.mentions.extend(mentions);
        self.test_mentions.extend(test_mentions);
    }
}

struct Finder<'a> {
    names: &'a Names,
    module: Module,
    in_test: bool,
    functions: Vec<((Module, String), Function)>,
    mentions: BTreeSet<String>,
    test_mentions: BTreeSet<String>,
}

impl Finder<'_> {
    fn function(&mut self, attributes: &[Attribute], name: &syn::Ident) {
        let secured = function_attribute(self.names, &self.module, &[], attributes).is_some();
        let in_test = self.in_test || attributes::is_for_tests(attributes);
        self.functions.push(((self.module.clone(), name.unraw().to_string()), Function { secured, in_test }));
    }

    fn mention(&mut self, name: String) {
        let set = if self.in_test { &mut self.test_mentions } else { &mut self.mentions };
        set.insert(name);
    }

    fn mention_all(&mut self, tokens: TokenStream) {
        let mut pending = vec![tokens];
        while let Some(tokens) = pending.pop() {
            for token in tokens {
                match token {
                    TokenTree::Group(group) => pending.push(group.stream()),
                    TokenTree::Ident(name) => self.mention(name.unraw().to_string()),
                    TokenTree::Punct(_) | TokenTree::Literal(_) => {}
                }
            }
        }
    }

    fn inside(&mut self, attributes: &[Attribute], visit: impl FnOnce(&mut Self)) {
        let before = self.in_test;
        self.in_test |= attributes::is_for_tests(attributes);
        visit(self);
        self.in_test = before;
    }
}

impl<'ast> Visit<'ast> for Finder<'_> {
    fn visit_item_mod(&mut self, item: &'ast ItemMod) {
        self.module.path.push(item.ident.unraw().to_string());
        self.inside(&item.attrs, |finder| visit::visit_item_mod(finder, item));
        self.module.path.pop();
    }

    fn visit_item_fn(&mut self, item: &'ast ItemFn) {
        self.function(&item.attrs, &item.sig.ident);
        self.inside(&item.attrs, |finder| visit::visit_item_fn(finder, item));
    }

    fn visit_impl_item_fn(&mut self, item: &'ast ImplItemFn) {
        self.function(&item.attrs, &item.sig.ident);
        self.inside(&item.attrs, |finder| visit::visit_impl_item_fn(finder, item));
    }

    fn visit_expr_path(&mut self, path: &'ast ExprPath) {
        if let Some(last) = path.path.segments.last() {
            let name = last.ident.unraw().to_string();
            let scope = self.names.modules.get(&self.module);
            if path.path.segments.len() == 1
                && let Some(original) = scope.and_then(|scope| scope.import(&name)).map(str::to_owned)
            {
                self.mention(original);
            }
            self.mention(name);
        }
        visit::visit_expr_path(self, path);
    }

    fn visit_macro(&mut self, item: &'ast Macro) {
        self.mention_all(item.tokens.clone());
    }
}

/// The `#[secure]` of a function, also one that some builds do not see.
pub(crate) fn function_attribute<'a>(
    names: &Names,
    module: &Module,
    blocks: &[Scope],
    attributes: &'a [Attribute],
) -> Option<attributes::Secured<'a>> {
    attributes.iter().find_map(|attribute| attributes::secured(attribute, |path| names.is_secure(module, blocks, path)))
}

impl Names {
    /// Whether the path of an attribute is our `secure`. A name that cannot be followed is taken for ours.
    fn is_secure(&self, module: &Module, blocks: &[Scope], path: &syn::Path) -> bool {
        let path = segments(path);
        match self.resolve(module, blocks, &path) {
            super::Resolved::Foreign(found) => match found.as_slice() {
                [only] => only == "secure",
                [.., krate, last] if last == "secure" => krate.starts_with("portcullis") || krate == "prelude",
                _ => false,
            },
            super::Resolved::Unknown => path.last().is_some_and(|last| last == "secure"),
            super::Resolved::Item(..) | super::Resolved::Module(_) => false,
        }
    }
}

/// The segments of a path, without generics. An empty first one stands for a leading `::`.
pub(crate) fn segments(path: &syn::Path) -> Vec<String> {
    let start = path.leading_colon.map(|_| String::new());
    start.into_iter().chain(path.segments.iter().map(|segment| segment.ident.unraw().to_string())).collect()
}
