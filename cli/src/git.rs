//! The few things that are asked of git: which revisions there are, what a file was at one of them, and what commits say.

use crate::{failure::Failure, lock_file};
use std::{
    env,
    ffi::OsStr,
    path::{Component, Path, PathBuf},
    process::{Command, Output},
};

/// The repository of the current folder.
#[derive(Debug)]
pub(crate) struct Repository {
    pub(crate) root: PathBuf,
}

impl Repository {
    /// The repository that the current folder is in.
    ///
    /// # Errors
    /// There is none, or git says why it does not look at it.
    pub(crate) fn here() -> Result<Self, Failure> {
        let root = text(run(["rev-parse", "--show-toplevel"])?).map_err(|said| {
            Failure::new(format!("this folder is in no git repository: name two files instead; git says: {said}"))
        })?;
        Ok(Self { root: PathBuf::from(root.trim_end_matches(['\n', '\r'])) })
    }

    /// Whether this names a commit.
    pub(crate) fn is_revision(&self, name: &str) -> bool {
        !name.is_empty() && self.commit(name).is_ok()
    }

    /// The commit of a name.
    fn commit(&self, name: &str) -> Result<String, Failure> {
        let commit = format!("{name}^{{commit}}");
        let told = text(run(["rev-parse", "--verify", "--quiet", "--end-of-options", &commit])?);
        told.map(|commit| commit.trim().to_owned()).map_err(|_| Failure::new(format!("`{name}` is no git revision")))
    }

    /// What a file was at a revision, if it was there. The path is from the root, or with `./` from the current folder.
    pub(crate) fn file_at(&self, revision: &str, path: &str) -> Result<Option<Vec<u8>>, Failure> {
        let object = format!("{}:{path}", self.commit(revision)?);
        let output = run(["cat-file", "blob", &object])?;
        Ok(output.status.success().then_some(output.stdout))
    }

    /// The locks at a revision, as paths from the root.
    pub(crate) fn locks_at(&self, revision: &str) -> Result<Vec<String>, Failure> {
        self.locks(&["ls-tree", "-r", "-z", "--name-only", "--full-tree", &self.commit(revision)?])
    }

    /// The locks in the working tree, as paths from the root.
    pub(crate) fn locks_in_working_tree(&self) -> Result<Vec<String>, Failure> {
        let pattern = format!(":(top,glob)**/{}", lock_file::NAME);
        self.locks(&["ls-files", "-z", "--full-name", "--cached", "--others", "--exclude-standard", "--", &pattern])
    }

    fn locks(&self, arguments: &[&str]) -> Result<Vec<String>, Failure> {
        let listed = text(run(arguments)?).map_err(|said| Failure::new(format!("git cannot list the files: {said}")))?;
        let named = |path: &&str| Path::new(path).file_name() == Some(OsStr::new(lock_file::NAME));
        Ok(listed.split('\0').filter(named).map(str::to_owned).collect())
    }

    /// The values of a trailer in the messages of the commits that are in `new` and not in `old`.
    pub(crate) fn trailers(&self, key: &str, old: &str, new: &str) -> Result<Vec<String>, Failure> {
        let format = format!("--format=%(trailers:key={key},valueonly,unfold)");
        let range = format!("{}..{}", self.commit(old)?, self.commit(new)?);
        let told =
            text(run(["log", &format, &range])?).map_err(|said| Failure::new(format!("git cannot read the log: {said}")))?;
        Ok(told.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect())
    }

    /// The names of branches and tags, for suggestions.
    pub(crate) fn names(&self) -> Vec<String> {
        let told = run(["for-each-ref", "--format=%(refname:short)"]).ok().and_then(|output| text(output).ok());
        told.unwrap_or_default().lines().map(str::to_owned).collect()
    }

    /// A path from the root of the repository, given one from the current folder, whether or not the file is there.
    pub(crate) fn path_from_root(&self, path: &Path) -> Result<String, Failure> {
        let here = env::current_dir().and_then(|here| here.canonicalize());
        let here = here.map_err(|error| Failure::new(format!("cannot tell the current folder: {error}")))?;
        let mut whole = PathBuf::new();
        for component in here.join(path).components() {
            match component {
                Component::ParentDir => drop(whole.pop()),
                Component::CurDir => {}
                other => whole.push(other),
            }
        }
        let outside = || Failure::new(format!("`{}` is outside of the repository `{}`", path.display(), self.root.display()));
        let root = self.root.canonicalize().unwrap_or_else(|_| self.root.clone());
        let inside = whole.strip_prefix(root).map_err(|_| outside())?;
        let parts: Vec<&str> = inside.iter().filter_map(OsStr::to_str).collect();
        Ok(parts.join("/"))
    }
}

fn run<A: AsRef<OsStr>>(arguments: impl IntoIterator<Item = A>) -> Result<Output, Failure> {
    let mut command = Command::new("git");
    command.arg("--no-pager").args(arguments).env("GIT_OPTIONAL_LOCKS", "0").env("LC_ALL", "C");
    command.output().map_err(|error| Failure::new(format!("cannot run git: {error}; install it, or name two files")))
}

/// What git printed, or what it complained of.
fn text(output: Output) -> Result<String, String> {
    let lossy = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    if output.status.success() { Ok(lossy(&output.stdout)) } else { Err(lossy(&output.stderr).trim().to_owned()) }
}
