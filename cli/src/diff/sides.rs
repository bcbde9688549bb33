//! What is compared: files, a file at a revision, or the lock of a revision and of the working tree.

use crate::{failure::Failure, git::Repository, lock_file};
use portcullis_policy::{Lock, suggest};
use std::{
    env,
    path::{Path, PathBuf},
};

/// One side of the comparison, as it was asked for.
#[derive(Debug, Eq, PartialEq)]
enum Side {
    File(PathBuf),
    /// `REV:path`
    At {
        revision: String,
        path: String,
    },
    /// The lock of a revision, wherever it is.
    Revision(String),
    WorkingTree,
}

/// Two locks, read.
#[derive(Debug)]
pub(super) struct Sides {
    pub(super) old: Loaded,
    pub(super) new: Loaded,
    /// The revisions that lie between, for what their messages say.
    pub(super) between: Option<(Repository, String, String)>,
    /// What a reader has to know besides.
    pub(super) notes: Vec<String>,
}

/// A lock and where it is from.
#[derive(Debug)]
pub(super) struct Loaded {
    /// What messages call it.
    pub(super) name: String,
    /// The file, as an annotation names it.
    pub(super) path: String,
    pub(super) text: String,
    pub(super) lock: Lock,
}

/// Reads both sides; unsaid, they are HEAD and the working tree.
pub(super) fn load(old: Option<&str>, new: Option<&str>, lock: Option<&Path>) -> Result<Sides, Failure> {
    // Two files need no repository.
    let repository = Repository::here();
    let side = |text: Option<&str>, unsaid: Side| match text {
        Some(text) => Side::read(text, repository.as_ref().ok()),
        None => Ok(unsaid),
    };
    let old = side(old, Side::Revision("HEAD".to_owned()))?;
    let new = side(new, Side::WorkingTree)?;
    if let (Side::File(old), Side::File(new)) = (&old, &new) {
        let (old, new) = (of_file(old)?, of_file(new)?);
        return Ok(Sides { old, new, between: None, notes: Vec::new() });
    }
    let repository = repository?;
    let searched = |side: &Side| matches!(side, Side::Revision(_) | Side::WorkingTree);
    let path = match lock {
        Some(path) => repository.path_from_root(path)?,
        None if searched(&old) || searched(&new) => find(&repository, &old, &new)?,
        None => String::new(),
    };
    let mut notes = Vec::new();
    let loaded_new = new.load(&repository, &path)?.ok_or_else(|| new.is_missing(&path))?;
    let loaded_old = match old.load(&repository, &path)? {
        Some(old) => old,
        None if matches!(old, Side::Revision(_)) => {
            let name = old.name(&path);
            notes.push(format!("there is no `{name}`: all that the new lock says counts as new"));
            Loaded { name, path: path.clone(), text: String::new(), lock: Lock::default() }
        }
        None => return Err(old.is_missing(&path)),
    };
    let between = old.revision().zip(new.revision()).map(|(old, new)| (repository, old.to_owned(), new.to_owned()));
    Ok(Sides { old: loaded_old, new: loaded_new, between, notes })
}

impl Side {
    /// What a word of the command line means.
    fn read(text: &str, repository: Option<&Repository>) -> Result<Self, Failure> {
        let path = Path::new(text);
        let file = match path.is_dir() && path.join(lock_file::NAME).is_file() {
            true => Some(path.join(lock_file::NAME)),
            false => path.is_file().then(|| path.to_owned()),
        };
        let is_revision = |name: &str| repository.is_some_and(|repository| repository.is_revision(name));
        match (file, is_revision(text)) {
            (Some(_), true) => Err(Failure::new(format!(
                "`{text}` is a file and a git revision: write `./{text}` or `{text}:{}`",
                lock_file::NAME
            ))),
            (Some(file), false) => Ok(Self::File(file)),
            (None, true) => Ok(Self::Revision(text.to_owned())),
            (None, false) => match text.split_once(':') {
                Some((revision, path)) if is_revision(revision) && !path.is_empty() => {
                    Ok(Self::At { revision: revision.to_owned(), path: path.to_owned() })
                }
                Some((revision, _)) => Err(unknown(revision, repository)),
                None => Err(unknown(text, repository)),
            },
        }
    }

    fn revision(&self) -> Option<&str> {
        match self {
            Self::File(_) => None,
            Self::At { revision, .. } | Self::Revision(revision) => Some(revision),
            Self::WorkingTree => Some("HEAD"),
        }
    }

    fn name(&self, path: &str) -> String {
        match self {
            Self::File(file) => file.display().to_string(),
            Self::At { revision, path } => format!("{revision}:{path}"),
            Self::Revision(revision) => format!("{revision}:{path}"),
            Self::WorkingTree => path.to_owned(),
        }
    }

    /// The lock, if it is there.
    fn load(&self, repository: &Repository, path: &str) -> Result<Option<Loaded>, Failure> {
        let (bytes, path) = match self {
            Self::File(file) => return of_file(file).map(Some),
            Self::WorkingTree => {
                let file = repository.root.join(path);
                (if file.is_file() { Some(lock_file::read(&file)?) } else { None }, path)
            }
            Self::Revision(revision) => (repository.file_at(revision, path)?, path),
            Self::At { revision, path } => (repository.file_at(revision, path)?, path.as_str()),
        };
        bytes.map(|bytes| loaded(self.name(path), path.to_owned(), &bytes)).transpose()
    }

    fn is_missing(&self, path: &str) -> Failure {
        let name = self.name(path);
        Failure::new(format!("there is no `{name}`: write it with `cargo portcullis lock`, or name another with `--lock PATH`"))
    }
}

fn of_file(file: &Path) -> Result<Loaded, Failure> {
    let name = file.display().to_string();
    loaded(name.clone(), name, &lock_file::read(file)?)
}

fn loaded(name: String, path: String, bytes: &[u8]) -> Result<Loaded, Failure> {
    let lock = lock_file::parse(&name, bytes)?;
    Ok(Loaded { name, path, text: String::from_utf8_lossy(bytes).into_owned(), lock })
}

/// The one lock that there is on either side, or the nearest above the current folder.
fn find(repository: &Repository, old: &Side, new: &Side) -> Result<String, Failure> {
    let mut found = Vec::new();
    for side in [old, new] {
        match side {
            Side::Revision(revision) => found.extend(repository.locks_at(revision)?),
            Side::WorkingTree => found.extend(repository.locks_in_working_tree()?),
            Side::File(_) | Side::At { .. } => {}
        }
    }
    found.sort();
    found.dedup();
    if let [one] = found.as_slice() {
        return Ok(one.clone());
    }
    let here = env::current_dir().map_err(|error| Failure::new(format!("cannot tell the current folder: {error}")))?;
    for folder in here.ancestors() {
        match repository.path_from_root(&folder.join(lock_file::NAME)) {
            Ok(near) if found.contains(&near) => return Ok(near),
            Ok(_) => {}
            Err(_) => break,
        }
    }
    match found.is_empty() {
        true => Err(Failure::new("there is no security.lock on either side: write one with `cargo portcullis lock`")),
        false => {
            let names = suggest::list(found.iter().map(String::as_str));
            Err(Failure::new(format!("the repository has several locks, {names}: say which with `--lock PATH`")))
        }
    }
}

fn unknown(text: &str, repository: Option<&Repository>) -> Failure {
    let names = repository.map(Repository::names).unwrap_or_default();
    let near = suggest::closest(text, names.iter().map(String::as_str)).map(|near| format!(": did you mean `{near}`?"));
    Failure::new(format!("`{text}` is neither a file nor a git revision{}", near.unwrap_or_default()))
}
