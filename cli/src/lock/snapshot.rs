//! The locks of a workspace before and after: which files were written, and what changed in them.

use crate::{diff, failure::Failure, lock_file, workspace::Workspace};
use portcullis_policy::Lock;
use std::{collections::BTreeMap, ffi::OsStr, fmt::Write, fs, path::PathBuf};

/// The text of every file that can be a lock, by its path: a test may name another than security.lock.
#[derive(Debug, Eq, PartialEq)]
pub(super) struct Snapshot(BTreeMap<PathBuf, Vec<u8>>);

impl Snapshot {
    /// Reads the locks that are in the folders of the packages.
    pub(super) fn take(workspace: &Workspace) -> Result<Self, Failure> {
        let mut locks = BTreeMap::new();
        let mut folders: Vec<PathBuf> = workspace.packages.iter().map(|package| package.folder.clone()).collect();
        while let Some(folder) = folders.pop() {
            // What cannot be listed has no lock that a test of ours wrote.
            for entry in fs::read_dir(&folder).into_iter().flatten().flatten() {
                let (path, name) = (entry.path(), entry.file_name());
                let name = name.to_string_lossy();
                if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
                    if !name.starts_with('.') && name != "target" {
                        folders.push(path);
                    }
                } else if name.ends_with(".lock") && name != "Cargo.lock" {
                    let text = lock_file::read(&path)?;
                    locks.insert(path, text);
                }
            }
        }
        Ok(Self(locks))
    }

    /// What changed since, for a reader.
    pub(super) fn compared_with(&self, after: &Self, workspace: &Workspace) -> Result<String, Failure> {
        let mut text = String::new();
        for (path, new) in &after.0 {
            if self.0.get(path) == Some(new) && path.file_name() != Some(OsStr::new(lock_file::NAME)) {
                continue;
            }
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
        Ok(if text.is_empty() { "nothing was written: every lock is right already\n".to_owned() } else { text })
    }
}

/// What changed, or why that cannot be said of a file that was broken before.
fn changes(old: &[u8], new: &Lock) -> String {
    match lock_file::parse("the old one", old) {
        Ok(old) => diff::summary(&old, new).trim_end().to_owned(),
        Err(_) => "what was there before was no lock, so nothing is compared".to_owned(),
    }
}
