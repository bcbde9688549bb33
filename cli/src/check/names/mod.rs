//! What a name in a source means: `use`, renames, globs, type aliases and re-exports, followed through the workspace.
//! Only as far as `check` needs: which function of which crate, and which handler of ours.

mod collect;
mod known;
mod resolve;

pub(crate) use collect::{function_attribute, segments};
pub(crate) use known::{METHODS, SERVICES};
pub(crate) use resolve::Resolved;

use crate::workspace::Source;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// A module: the index of its target, and its path in it.
#[derive(Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub(crate) struct Module {
    pub(crate) target: usize,
    pub(crate) path: Vec<String>,
}

/// What is declared in a module or a block.
#[derive(Debug, Default)]
pub(crate) struct Scope {
    names: HashMap<String, Bound>,
    globs: Vec<Vec<String>>,
}

/// What a name stands for.
#[derive(Clone, Debug)]
enum Bound {
    /// Another path: of a `use`, an `extern crate` or a type alias. An empty first segment stands for a leading `::`.
    Path(Vec<String>),
    /// Something that is declared here.
    Item,
}

/// A function that could be a handler.
#[derive(Debug)]
pub(crate) struct Function {
    /// Whether it has `#[secure]`, in whatever build.
    pub(crate) secured: bool,
    pub(crate) in_test: bool,
}

/// The names of all sources that are looked at together.
#[derive(Debug, Default)]
pub(crate) struct Names {
    /// The libraries by the name that a path calls them.
    libraries: HashMap<String, usize>,
    modules: HashMap<Module, Scope>,
    functions: BTreeMap<(Module, String), Function>,
    /// Modules that are compiled for tests only.
    test_modules: BTreeSet<Module>,
    /// The names that expressions outside tests mention, after renames.
    mentions: BTreeSet<String>,
    /// As `mentions`, in tests.
    test_mentions: BTreeSet<String>,
}

impl Names {
    /// Reads the declarations of the sources. Each comes with the index of its target.
    pub(crate) fn of<'a>(sources: impl Iterator<Item = (usize, &'a Source)> + Clone) -> Self {
        let mut names = Self::default();
        for (target, source) in sources.clone() {
            if source.target.kind.ends_with("lib") || source.target.kind == "proc-macro" {
                names.libraries.insert(source.target.name.replace('-', "_"), target);
            }
            names.declare(target, source);
        }
        for (target, source) in sources {
            names.find_functions(target, source);
        }
        names
    }

    /// Whether the module, or one around it, is compiled for tests only.
    pub(crate) fn is_test(&self, module: &Module) -> bool {
        (0..=module.path.len()).any(|length| {
            let path = module.path.get(..length).unwrap_or_default().to_vec();
            self.test_modules.contains(&Module { target: module.target, path })
        })
    }

    pub(crate) fn function(&self, module: &Module, name: &str) -> Option<&Function> {
        self.functions.get(&(module.clone(), name.to_owned()))
    }

    /// Whether every function of this name is secured, and there is one.
    pub(crate) fn is_secured_name(&self, name: &str) -> bool {
        let mut found = self.functions.iter().filter(|((_, other), _)| other == name).peekable();
        found.peek().is_some() && found.all(|(_, function)| function.secured)
    }

    /// Whether a secured handler lives in the module or below it.
    pub(crate) fn has_secured_below(&self, module: &Module) -> bool {
        self.functions.iter().any(|((other, _), function)| {
            function.secured && !function.in_test && other.target == module.target && other.path.starts_with(&module.path)
        })
    }

    /// Whether an expression mentions the name; what a test mentions counts for tests only.
    pub(crate) fn is_mentioned(&self, name: &str, in_test: bool) -> bool {
        self.mentions.contains(name) || in_test && self.test_mentions.contains(name)
    }
}
