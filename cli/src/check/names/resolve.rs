//! Following a path to what it names.

use super::{Bound, Module, Names, Scope, known};
use std::cell::Cell;

/// How many steps a path takes at most: `use` may go in circles, and globs fan out.
const FARTHEST: u32 = 200;

/// The steps that are left.
struct Fuel(Cell<u32>);

impl Fuel {
    fn burn(&self) -> Option<()> {
        self.0.set(self.0.get().checked_sub(1)?);
        Some(())
    }
}

/// What a path names.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) enum Resolved {
    /// Something of another crate, or a name that nothing declares.
    Foreign(Vec<String>),
    /// Something that a module of the workspace declares.
    Item(Module, String),
    Module(Module),
    Unknown,
}

impl Resolved {
    /// Whether this is one of these items of a foreign crate, wherever the crate keeps it.
    pub(crate) fn is(&self, krate: &str, items: &[&str]) -> bool {
        self.item_of(krate).is_some_and(|item| items.contains(&item))
    }

    /// The last segment, where the first is this crate.
    pub(crate) fn item_of(&self, krate: &str) -> Option<&str> {
        match self {
            Self::Foreign(path) => match path.as_slice() {
                [first, .., last] if first == krate => Some(last),
                _ => None,
            },
            _ => None,
        }
    }
}

impl Names {
    /// What the path names, seen from the blocks of a module, the innermost last.
    pub(crate) fn resolve(&self, module: &Module, blocks: &[Scope], path: &[String]) -> Resolved {
        let fuel = &Fuel(Cell::new(FARTHEST));
        if let [first, rest @ ..] = path {
            for block in blocks.iter().rev() {
                if let Some(found) = self.in_scope(block, module, first, rest, fuel) {
                    return found;
                }
            }
        }
        self.seen_from(module, path, fuel)
    }

    fn seen_from(&self, module: &Module, path: &[String], fuel: &Fuel) -> Resolved {
        let Some(()) = fuel.burn() else { return Resolved::Unknown };
        match path {
            [] => Resolved::Unknown,
            [first, rest @ ..] => match first.as_str() {
                "" => self.outside(rest, fuel),
                "crate" => self.within(&Module { target: module.target, path: Vec::new() }, rest, fuel),
                "self" | "super" => self.within(module, path, fuel),
                _ => {
                    let here = self.modules.get(module).and_then(|scope| self.in_scope(scope, module, first, rest, fuel));
                    here.unwrap_or_else(|| self.outside(path, fuel))
                }
            },
        }
    }

    /// What the rest of a path names inside a module.
    fn within(&self, module: &Module, path: &[String], fuel: &Fuel) -> Resolved {
        let Some(()) = fuel.burn() else { return Resolved::Unknown };
        let [first, rest @ ..] = path else { return Resolved::Module(module.clone()) };
        match first.as_str() {
            "self" => self.within(module, rest, fuel),
            "super" => match module.path.split_last() {
                Some((_, parent)) => self.within(&Module { target: module.target, path: parent.to_vec() }, rest, fuel),
                None => Resolved::Unknown,
            },
            _ => {
                let found = self.modules.get(module).and_then(|scope| self.in_scope(scope, module, first, rest, fuel));
                found.unwrap_or(Resolved::Unknown)
            }
        }
    }

    fn in_scope(&self, scope: &Scope, module: &Module, first: &str, rest: &[String], fuel: &Fuel) -> Option<Resolved> {
        fuel.burn()?;
        match scope.names.get(first) {
            Some(Bound::Path(path)) => {
                let whole: Vec<String> = path.iter().chain(rest).cloned().collect();
                // `use axum;` and `use list::list;` name themselves.
                let names_itself = path.first().is_some_and(|start| start == first);
                let is_module = |name| self.modules.contains_key(&child(module, name));
                Some(if names_itself && !is_module(first) {
                    self.outside(&whole, fuel)
                } else if names_itself {
                    self.within(&child(module, first), whole.get(1..).unwrap_or_default(), fuel)
                } else {
                    self.seen_from(module, &whole, fuel)
                })
            }
            Some(Bound::Item) => {
                let below = child(module, first);
                Some(match rest.last() {
                    _ if self.modules.contains_key(&below) => self.within(&below, rest, fuel),
                    Some(associated) => Resolved::Item(module.clone(), associated.clone()),
                    None => Resolved::Item(module.clone(), first.to_owned()),
                })
            }
            None => scope.globs.iter().find_map(|glob| self.through(glob, module, first, rest, fuel)),
        }
    }

    /// What a glob brings in under the name.
    fn through(&self, glob: &[String], module: &Module, first: &str, rest: &[String], fuel: &Fuel) -> Option<Resolved> {
        match self.glob(module, glob, fuel) {
            Resolved::Foreign(path) if known::glob_has(&path, first) => {
                Some(Resolved::Foreign(path.into_iter().chain([first.to_owned()]).chain(rest.iter().cloned()).collect()))
            }
            Resolved::Module(other) if other != *module => {
                self.modules.get(&other).and_then(|scope| self.in_scope(scope, &other, first, rest, fuel))
            }
            _ => None,
        }
    }

    /// What the path of a glob names. It does not begin with something that another glob brings in: nobody writes that.
    fn glob(&self, module: &Module, path: &[String], fuel: &Fuel) -> Resolved {
        let declared = |first: &String| self.modules.get(module).is_some_and(|scope| scope.names.contains_key(first));
        match path.first() {
            Some(first) if !declared(first) && !matches!(first.as_str(), "" | "crate" | "self" | "super") => {
                self.outside(path, fuel)
            }
            _ => self.seen_from(module, path, fuel),
        }
    }

    /// A path that begins with the name of a crate.
    fn outside(&self, path: &[String], fuel: &Fuel) -> Resolved {
        match path {
            [krate, rest @ ..] if !known::is_known(krate) => match self.libraries.get(krate) {
                Some(target) => self.within(&Module { target: *target, path: Vec::new() }, rest, fuel),
                None => Resolved::Foreign(path.to_vec()),
            },
            _ => Resolved::Foreign(path.to_vec()),
        }
    }
}

fn child(module: &Module, name: &str) -> Module {
    Module { target: module.target, path: module.path.iter().cloned().chain([name.to_owned()]).collect() }
}
