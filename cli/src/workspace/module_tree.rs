//! From the root of a target through its `mod x;` to every file, as the compiler walks.
//! Files that no module names are not compiled, so they are not looked at either.

use super::{
    Target,
    source::{self, Problem, Source, Sources},
};
use std::{
    collections::BTreeSet,
    path::{Path, PathBuf},
};
use syn::{Attribute, Expr, ExprLit, Item, ItemMod, Lit, Meta, ext::IdentExt};

/// A file that is still to be read.
struct Pending {
    target: Target,
    path: PathBuf,
    module: Vec<String>,
    /// Whether its own modules lie beside it: true of a root and of `mod.rs`.
    owns_folder: bool,
}

/// Where the modules of a block lie.
#[derive(Clone)]
struct Place {
    /// The folder for a module without `#[path]`.
    folder: PathBuf,
    /// The folder that `#[path]` counts from.
    path_base: PathBuf,
    module: Vec<String>,
}

/// All files of these targets, each once.
pub(super) fn walk(targets: &[Target]) -> Sources {
    let mut found = Sources::default();
    let mut seen = BTreeSet::new();
    for target in targets {
        let root = Pending { target: target.clone(), path: target.root.clone(), module: Vec::new(), owns_folder: true };
        let mut pending = vec![root];
        while let Some(next) = pending.pop() {
            if !seen.insert(next.path.clone()) {
                continue;
            }
            match source::read(&next.path) {
                Ok((text, file)) => {
                    let before = pending.len();
                    children(&next, &file.items, &mut pending, &mut found.problems);
                    if let Some(new) = pending.get_mut(before..) {
                        new.reverse();
                    }
                    found.files.push(Source { target: next.target, path: next.path, module: next.module, text, file });
                }
                Err(problem) => found.problems.push(problem),
            }
        }
    }
    found
}

fn children(parent: &Pending, items: &[Item], pending: &mut Vec<Pending>, problems: &mut Vec<Problem>) {
    let folder = parent.path.parent().map(Path::to_owned).unwrap_or_default();
    let own = match parent.path.file_stem() {
        Some(stem) if !parent.owns_folder => folder.join(stem),
        _ => folder.clone(),
    };
    let place = Place { folder: own, path_base: folder, module: parent.module.clone() };
    descend(parent, items, &place, pending, problems);
}

fn descend(parent: &Pending, items: &[Item], place: &Place, pending: &mut Vec<Pending>, problems: &mut Vec<Problem>) {
    for item in items {
        let Item::Mod(item) = item else { continue };
        let name = item.ident.unraw().to_string();
        let module: Vec<String> = place.module.iter().cloned().chain([name.clone()]).collect();
        let path = path_attribute(&item.attrs);
        match &item.content {
            Some((_, items)) => {
                let folder = path.map_or_else(|| place.folder.join(&name), |path| place.path_base.join(path));
                descend(parent, items, &Place { path_base: folder.clone(), folder, module }, pending, problems);
            }
            None => {
                let (path, owns_folder) = match path {
                    Some(path) => (place.path_base.join(path), true),
                    None => match file_of(&place.folder, &name) {
                        Some(found) => found,
                        None => {
                            problems.extend(missing(parent, item, place, &name));
                            continue;
                        }
                    },
                };
                pending.push(Pending { target: parent.target.clone(), path, module, owns_folder });
            }
        }
    }
}

/// `name.rs` or `name/mod.rs`, and whether it owns its folder.
fn file_of(folder: &Path, name: &str) -> Option<(PathBuf, bool)> {
    let candidates = [(folder.join(format!("{name}.rs")), false), (folder.join(name).join("mod.rs"), true)];
    candidates.into_iter().find(|(path, _)| path.is_file())
}

/// A module without a file is an error of the compiler, unless it is compiled out.
fn missing(parent: &Pending, item: &ItemMod, place: &Place, name: &str) -> Option<Problem> {
    if item.attrs.iter().any(|attribute| attribute.path().is_ident("cfg")) {
        return None;
    }
    let start = item.ident.span().start();
    let message =
        format!("no file for module `{name}`: neither `{name}.rs` nor `{name}/mod.rs` is in `{}`", place.folder.display());
    Some(Problem::new(&parent.path, start.line, start.column + 1, message))
}

/// The path of `#[path = "…"]`.
fn path_attribute(attributes: &[Attribute]) -> Option<String> {
    attributes.iter().find_map(|attribute| match &attribute.meta {
        Meta::NameValue(pair) if pair.path.is_ident("path") => match &pair.value {
            Expr::Lit(ExprLit { lit: Lit::Str(path), .. }) => Some(path.value()),
            _ => None,
        },
        _ => None,
    })
}
