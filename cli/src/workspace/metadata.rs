//! `cargo metadata --no-deps`: the packages and their targets, without a network and without a build.

use super::{Selection, Sources, module_tree};
use crate::failure::Failure;
use portcullis_policy::suggest;
use serde_json::Value;
use std::{
    env,
    path::{Path, PathBuf},
    process::Command,
};

/// A workspace: the packages that were selected, in the order of their names.
#[derive(Debug)]
pub(crate) struct Workspace {
    /// The folder of the workspace.
    pub(crate) root: PathBuf,
    /// The Cargo.toml that was asked for, to hand on to cargo.
    pub(crate) manifest_path: Option<PathBuf>,
    pub(crate) packages: Vec<Package>,
}

/// A package of the workspace.
#[derive(Debug)]
pub(crate) struct Package {
    pub(crate) name: String,
    /// The folder of its Cargo.toml.
    pub(crate) folder: PathBuf,
    pub(crate) targets: Vec<Target>,
}

/// What cargo builds of a package: a library, a binary, a test …
#[derive(Clone, Debug)]
pub(crate) struct Target {
    pub(crate) name: String,
    /// `lib`, `bin`, `test`, `example`, `bench`, `proc-macro`, `custom-build` …
    pub(crate) kind: String,
    /// The file that it begins in.
    pub(crate) root: PathBuf,
}

impl Workspace {
    /// Asks cargo.
    ///
    /// # Errors
    /// What cargo says, or that a package is not there.
    pub(crate) fn load(selection: &Selection) -> Result<Self, Failure> {
        let mut command = cargo();
        command.args(["metadata", "--no-deps", "--format-version", "1", "--color", "never"]);
        if let Some(path) = &selection.manifest_path {
            command.arg("--manifest-path").arg(path);
        }
        let output = command.output().map_err(|error| Failure::new(format!("cannot run cargo: {error}")))?;
        if !output.status.success() {
            let said = String::from_utf8_lossy(&output.stderr);
            let said = said.trim().trim_start_matches("error: ");
            return Err(Failure::new(format!("cargo does not know this workspace: {said}")));
        }
        let metadata: Value = serde_json::from_slice(&output.stdout)
            .map_err(|error| Failure::new(format!("cannot read what `cargo metadata` prints: {error}")))?;
        let mut packages: Vec<Package> = list(&metadata, "packages").iter().filter_map(Package::read).collect();
        packages.sort_by(|a, b| a.name.cmp(&b.name));
        for wanted in &selection.packages {
            if !packages.iter().any(|package| package.name == *wanted) {
                return Err(unknown(wanted, &packages));
            }
        }
        packages.retain(|package| selection.packages.is_empty() || selection.packages.contains(&package.name));
        let root = text(&metadata, "workspace_root").map(PathBuf::from).unwrap_or_default();
        Ok(Self { root, manifest_path: selection.manifest_path.clone(), packages })
    }

    /// A path as a reader wants it: from the root of the workspace.
    pub(crate) fn shown<'a>(&self, path: &'a Path) -> &'a Path {
        path.strip_prefix(&self.root).unwrap_or(path)
    }
}

impl Package {
    fn read(package: &Value) -> Option<Self> {
        let folder = Path::new(text(package, "manifest_path")?).parent()?.to_owned();
        let targets = list(package, "targets").iter().filter_map(Target::read).collect();
        Some(Self { name: text(package, "name")?.to_owned(), folder, targets })
    }

    /// Every source file of every target, each once: the one that two targets share belongs to the first.
    pub(crate) fn sources(&self) -> Sources {
        module_tree::walk(&self.targets)
    }
}

impl Target {
    fn read(target: &Value) -> Option<Self> {
        let kind = list(target, "kind").first()?.as_str()?.to_owned();
        Some(Self { name: text(target, "name")?.to_owned(), kind, root: text(target, "src_path")?.into() })
    }
}

/// The cargo that called us, or the one on the path.
pub(crate) fn cargo() -> Command {
    Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
}

fn unknown(wanted: &str, packages: &[Package]) -> Failure {
    let names = || packages.iter().map(|package| package.name.as_str());
    let near = suggest::closest(wanted, names()).map(|near| format!("did you mean `{near}`? ")).unwrap_or_default();
    Failure::new(format!("unknown package `{wanted}`: {near}the workspace has {}", suggest::list(names())))
}

fn text<'a>(value: &'a Value, key: &str) -> Option<&'a str> {
    value.get(key)?.as_str()
}

fn list<'a>(value: &'a Value, key: &str) -> &'a [Value] {
    value.get(key).and_then(Value::as_array).map_or(&[], Vec::as_slice)
}
