//! The copy of the workspace that mutants are made in, below `target/`: what git knows, and what it does not ignore.
//! The user's files are read and never written, so that nothing has to be put back, whenever somebody stops us.

use crate::failure::Failure;
use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
    process::Command,
};

/// A copy of a workspace.
#[derive(Debug)]
pub(super) struct Copy {
    root: PathBuf,
    pub(super) folder: PathBuf,
}

impl Copy {
    /// Makes the copy, or brings the one of the last run up to date. Files that did not change keep their times, so that cargo does not
    /// build them again.
    pub(super) fn of(root: &Path, folder: PathBuf) -> Result<Self, Failure> {
        let known = files(root)?;
        let copy = Self { root: root.to_owned(), folder };
        for file in &known {
            copy.restore(file)?;
        }
        copy.remove_all_but(&known)?;
        Ok(copy)
    }

    /// Writes the text instead of the file's.
    pub(super) fn write(&self, file: &Path, text: &str) -> Result<(), Failure> {
        let to = self.folder.join(file);
        fs::write(&to, text).map_err(|error| Failure::of_file("write", &to, &error))
    }

    /// Makes the file what it is in the workspace.
    pub(super) fn restore(&self, file: &Path) -> Result<(), Failure> {
        let (from, to) = (self.root.join(file), self.folder.join(file));
        let bytes = fs::read(&from).map_err(|error| Failure::of_file("read", &from, &error))?;
        if fs::read(&to).is_ok_and(|old| old == bytes) {
            return Ok(());
        }
        let folder = to.parent().unwrap_or(&self.folder);
        fs::create_dir_all(folder).map_err(|error| Failure::of_file("create", folder, &error))?;
        fs::copy(&from, &to).map_err(|error| Failure::of_file("write", &to, &error))?;
        // A copy can keep the time of its source; cargo has to see that this one is new.
        let touched = fs::File::options().write(true).open(&to).and_then(|file| file.set_modified(std::time::SystemTime::now()));
        touched.map_err(|error| Failure::of_file("write", &to, &error))
    }

    /// Takes out what the workspace no longer has.
    fn remove_all_but(&self, known: &BTreeSet<PathBuf>) -> Result<(), Failure> {
        let mut pending = vec![self.folder.clone()];
        while let Some(folder) = pending.pop() {
            for entry in fs::read_dir(&folder).map_err(|error| Failure::of_file("read", &folder, &error))?.flatten() {
                let path = entry.path();
                if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
                    pending.push(path);
                } else if path.strip_prefix(&self.folder).is_ok_and(|file| !known.contains(file)) {
                    fs::remove_file(&path).map_err(|error| Failure::of_file("remove", &path, &error))?;
                }
            }
        }
        Ok(())
    }
}

/// The files that git knows, and those that it does not ignore.
fn files(root: &Path) -> Result<BTreeSet<PathBuf>, Failure> {
    let output = Command::new("git")
        .args(["ls-files", "-z", "--cached", "--others", "--exclude-standard"])
        .current_dir(root)
        .output()
        .map_err(|error| Failure::new(format!("cannot run git, which tells what belongs to the workspace: {error}")))?;
    if !output.status.success() {
        let said = String::from_utf8_lossy(&output.stderr);
        return Err(Failure::new(format!("git does not tell what belongs to the workspace: {}", said.trim())));
    }
    let names = String::from_utf8_lossy(&output.stdout);
    let mut files: BTreeSet<PathBuf> = names.split('\0').filter(|name| !name.is_empty()).map(PathBuf::from).collect();
    // What is deleted and not yet committed is still listed. The lock of the dependencies is often ignored, and always wanted.
    files.insert(PathBuf::from("Cargo.lock"));
    files.retain(|file| root.join(file).is_file());
    Ok(files)
}
