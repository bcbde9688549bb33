//! A copy of the workspace's own crates with a service on top, below `target/`, to be changed and built by the real compiler.
//! It shares the target directory of the quickstart's copies. What has not changed is not written again, so that it is not built again.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

const ROOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/..");

/// What a crate of the runtime asks to learn whether a stage is disabled.
const IS_DISABLED: &str = r#"
pub(crate) fn is_disabled(stage: &str) -> bool {
    static DISABLED: std::sync::OnceLock<Option<String>> = std::sync::OnceLock::new();
    DISABLED.get_or_init(|| std::env::var("DISABLED_STAGE").ok()).as_deref() == Some(stage)
}
"#;

const SERVICE: &str = r#"[package]
name = "probed-service"
version.workspace = true
edition.workspace = true

[dependencies]
axum = { workspace = true }
garde = { workspace = true }
portcullis = { workspace = true, features = ["default", "testing"] }
serde = { workspace = true }
tokio = { workspace = true, features = ["macros", "rt", "time"] }
"#;

pub(super) struct Copy {
    folder: PathBuf,
    /// The sources of the runtime, as they will be written.
    sources: std::cell::RefCell<std::collections::BTreeMap<PathBuf, String>>,
}

impl Copy {
    pub(super) fn new() -> Self {
        let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("stages");
        let mut sources = std::collections::BTreeMap::new();
        for part in ["policy", "macros", "runtime"] {
            read_all(&Path::new(ROOT).join(part), Path::new(part), &mut sources);
        }
        let mut workspace = fs::read_to_string(format!("{ROOT}/Cargo.toml")).unwrap();
        let members = workspace.lines().find(|line| line.starts_with("members = ")).unwrap().to_owned();
        workspace = workspace.replacen(&members, r#"members = ["policy", "macros", "runtime", "service"]"#, 1);
        sources.insert("Cargo.toml".into(), workspace);
        for (file, from) in [("Cargo.lock", "Cargo.lock"), ("security.toml", "security.toml"), ("README.md", "README.md")] {
            sources.insert(file.into(), fs::read_to_string(format!("{ROOT}/{from}")).unwrap());
        }
        sources.insert("service/Cargo.toml".into(), SERVICE.to_owned());
        sources.insert("service/src/main.rs".into(), include_str!("app.rs").to_owned());
        let copy = Self { folder, sources: sources.into() };
        copy.sources.borrow_mut().entry("runtime/src/lib.rs".into()).or_default().push_str(IS_DISABLED);
        copy
    }

    /// Replaces text of a source of the runtime, which has to be there exactly once.
    pub(super) fn replace(&self, file: &str, text: &str, instead: &str) {
        let path = Path::new("runtime/src").join(file);
        let mut sources = self.sources.borrow_mut();
        let source = sources.get_mut(&path).unwrap_or_else(|| panic!("there is no {}", path.display()));
        let times = source.matches(text).count();
        assert_eq!(times, 1, "`{text}` is {times} times in {}: the stage has moved, and this test must follow", path.display());
        *source = source.replacen(text, instead, 1);
    }

    /// Writes and builds it, and returns the program.
    pub(super) fn build(self) -> PathBuf {
        let sources = self.sources.into_inner();
        // A file that was renamed since the last time would be there twice.
        for part in ["policy", "macros", "runtime", "service"] {
            remove_others(&self.folder, Path::new(part), &sources);
        }
        for (path, source) in sources {
            let path = self.folder.join(path);
            if fs::read_to_string(&path).is_ok_and(|old| old == source) {
                continue;
            }
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, source).unwrap();
        }
        let target = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("quickstart/target");
        let output = Command::new(env!("CARGO"))
            .args(["build", "--quiet", "--offline", "--color=never", "-p", "probed-service"])
            .current_dir(&self.folder)
            .env("CARGO_TARGET_DIR", &target)
            .output()
            .unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        target.join("debug/probed-service")
    }
}

/// Removes the files below a folder of the copy that are none of its sources.
fn remove_others(copy: &Path, folder: &Path, sources: &std::collections::BTreeMap<PathBuf, String>) {
    // The first time there is none.
    let Ok(entries) = fs::read_dir(copy.join(folder)) else { return };
    for entry in entries {
        let entry = entry.unwrap();
        let path = folder.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            remove_others(copy, &path, sources);
        } else if !sources.contains_key(&path) {
            fs::remove_file(entry.path()).unwrap();
        }
    }
}

/// Reads all files below a folder that are text: the rest is of no use to a compiler.
fn read_all(from: &Path, to: &Path, sources: &mut std::collections::BTreeMap<PathBuf, String>) {
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let to = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            read_all(&entry.path(), &to, sources);
        } else if let Ok(text) = fs::read_to_string(entry.path()) {
            sources.insert(to, text);
        }
    }
}
