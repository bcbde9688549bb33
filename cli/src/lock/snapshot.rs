//! The locks of a workspace before and after: which files were written, and what changed in them.

use crate::{diff, failure::Failure, lock_file, workspace::Workspace};
use portcullis_policy::Lock;
use std::{
    collections::BTreeMap,
    fmt::Write,
    path::{Path, PathBuf},
};

/// The text of every lock, by its path.
#[derive(Debug, Eq, PartialEq)]
pub(super) struct Snapshot(BTreeMap<PathBuf, Vec<u8>>);

impl Snapshot {
    /// Reads the locks that are in the folders of the packages and in the folder of the workspace.
    pub(super) fn take(workspace: &Workspace) -> Result<Self, Failure> {
        let mut locks = BTreeMap::new();
        let mut folders: Vec<&Path> = workspace.packages.iter().map(|package| package.folder.as_path()).collect();
        folders.push(&workspace.root);
        for folder in folders {
            let path = folder.join(lock_file::NAME);
            if path.is_file() {
                locks.insert(path.clone(), lock_file::read(&path)?);
            }
        }
        Ok(Self(locks))
    }

    /// What changed since, for a reader.
    pub(super) fn compared_with(&self, after: &Self, workspace: &Workspace) -> Result<String, Failure> {
        let mut text = String::new();
        for (path, new) in &after.0 {
            let name = workspace.shown(path).display().to_string();
            let lock = lock_file::parse(&name, new)?;
            let count = lock.endpoints.len();
            let endpoints = format!("{count} endpoint{}", if count == 1 { "" } else { "s" });
            // A string takes whatever is written to it.
            let _ = match self.0.get(path) {
                Some(old) if old == new => writeln!(text, "{name} is right already: {endpoints}"),
                Some(old) => writeln!(text, "wrote {name}: {endpoints}\n\n{}", changes(old, &lock)),
                None => writeln!(text, "wrote {name}, which is new: {endpoints}"),
            };
        }
        Ok(text)
    }
}

/// What changed, or why that cannot be said of a file that was broken before.
fn changes(old: &[u8], new: &Lock) -> String {
    match lock_file::parse("the old one", old) {
        Ok(old) => diff::summary(&old, new).trim_end().to_owned(),
        Err(_) => "what was there before was no lock, so nothing is compared".to_owned(),
    }
}
