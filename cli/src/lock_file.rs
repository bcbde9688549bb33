//! Finding and reading `security.lock`: the one that is named, the nearest one above, or the only one in the workspace.

use crate::{
    failure::Failure,
    workspace::{Selection, Workspace},
};
use clap::Args;
use portcullis_policy::{Lock, suggest};
use std::{
    env, fs,
    io::Read,
    path::{Path, PathBuf},
};

/// What the file is called.
pub(crate) const NAME: &str = "security.lock";

/// The largest lock that is read: thousands of endpoints take a tenth of it.
const LARGEST: u64 = 16 << 20;

/// What to do where no lock is found.
const NONE: &str = "there is no security.lock here, above, or in a package of the workspace: write one with `cargo portcullis lock`, \
                    or name it with `--lock PATH`";

/// Which lock a command looks at.
#[derive(Args, Clone, Debug)]
pub(crate) struct Choice {
    /// The lock; by default the security.lock of this folder or the nearest one above, or the only one in the workspace.
    #[arg(long, value_name = "PATH")]
    lock: Option<PathBuf>,
}

impl Choice {
    /// The lock that is meant, read.
    pub(crate) fn read(&self) -> Result<(PathBuf, Lock), Failure> {
        let path = self.path()?;
        let lock = parse(&path.display().to_string(), &read(&path)?)?;
        Ok((path, lock))
    }

    /// Where the lock is that is meant.
    pub(crate) fn path(&self) -> Result<PathBuf, Failure> {
        match &self.lock {
            Some(path) if path.is_dir() => Ok(path.join(NAME)),
            Some(path) => Ok(path.clone()),
            None => find(),
        }
    }
}

/// The text of a file, if it is one that can be a lock.
pub(crate) fn read(path: &Path) -> Result<Vec<u8>, Failure> {
    let mut bytes = Vec::new();
    let file = fs::File::open(path).and_then(|file| file.take(LARGEST + 1).read_to_end(&mut bytes));
    file.map_err(|error| Failure::of_file("read", path, &error))?;
    Ok(bytes)
}

/// A lock from its bytes; `name` is what messages call it.
pub(crate) fn parse(name: &str, bytes: &[u8]) -> Result<Lock, Failure> {
    if bytes.len() as u64 > LARGEST {
        return Err(Failure::new(format!("`{name}` is larger than 16 MiB: that is no lock")));
    }
    let Ok(text) = str::from_utf8(bytes) else {
        return Err(Failure::new(format!("`{name}` is not UTF-8: that is no lock; write it with `cargo portcullis lock`")));
    };
    Lock::parse(text).map_err(|errors| Failure::in_file(name, &errors))
}

fn find() -> Result<PathBuf, Failure> {
    let here = env::current_dir().map_err(|error| Failure::new(format!("cannot tell the current folder: {error}")))?;
    if let Some(near) = here.ancestors().map(|folder| folder.join(NAME)).find(|path| path.is_file()) {
        return Ok(near.strip_prefix(&here).map(Path::to_owned).unwrap_or(near));
    }
    // Where cargo sees no workspace either, what is missing is still the lock.
    let Ok(workspace) = Workspace::load(&Selection { packages: Vec::new(), manifest_path: None }) else {
        return Err(Failure::new(NONE));
    };
    let folders = workspace.packages.iter().map(|package| &package.folder).chain([&workspace.root]);
    let mut found: Vec<PathBuf> = folders.map(|folder| folder.join(NAME)).filter(|path| path.is_file()).collect();
    found.sort();
    found.dedup();
    match found.as_slice() {
        [] => Err(Failure::new(NONE)),
        [one] => Ok(one.clone()),
        several => {
            let names: Vec<String> = several.iter().map(|path| workspace.shown(path).display().to_string()).collect();
            let names = suggest::list(names.iter().map(String::as_str));
            Err(Failure::new(format!("the workspace has several locks, {names}: say which with `--lock PATH`")))
        }
    }
}
