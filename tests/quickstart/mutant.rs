//! A copy of the quickstart with one thing changed, checked by the real compiler.
//! Copies lie below `target/` and share one target directory, so that only the first pays for the dependencies.

use std::{fs, path::PathBuf, process::Command};

const ROOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/..");

pub(crate) struct Mutant {
    folder: PathBuf,
    name: String,
}

impl Mutant {
    pub(crate) fn new(name: &str) -> Self {
        let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("quickstart").join(name);
        fs::create_dir_all(folder.join("src")).unwrap();
        for file in ["security.toml", "src/main.rs", "src/tests.rs", "src/try.sh"] {
            fs::copy(format!("{ROOT}/examples/quickstart/{file}"), folder.join(file)).unwrap();
        }
        fs::copy(format!("{ROOT}/Cargo.lock"), folder.join("Cargo.lock")).unwrap();
        let mutant = Self { folder, name: name.to_owned() };
        mutant.write_manifest();
        mutant
    }

    /// The source of the quickstart.
    pub(crate) fn original() -> String {
        fs::read_to_string(format!("{ROOT}/examples/quickstart/src/main.rs")).unwrap()
    }

    pub(crate) fn replace(self, from: &str, to: &str) -> Self {
        let file = self.folder.join("src/main.rs");
        let source = fs::read_to_string(&file).unwrap();
        assert!(source.contains(from), "`{from}` is not in the quickstart");
        fs::write(file, source.replacen(from, to, 1)).unwrap();
        self
    }

    pub(crate) fn rule_book(self, text: &str) -> Self {
        fs::write(self.folder.join("security.toml"), text).unwrap();
        self
    }

    pub(crate) fn compiles(&self) {
        let (success, output) = self.check();
        assert!(success, "{} does not compile:\n{output}", self.name);
    }

    /// One mistake is one error.
    pub(crate) fn fails_with(&self, message: &str) {
        self.fails_with_each(1, message);
    }

    /// So many mistakes are so many errors, all reported at once.
    pub(crate) fn fails_with_each(&self, mistakes: usize, message: &str) {
        let (success, output) = self.check();
        assert!(!success, "{} compiles", self.name);
        assert!(output.contains(message), "{} fails without `{message}`:\n{output}", self.name);
        let errors =
            output.lines().filter(|line| line.starts_with("error") && !line.starts_with("error: could not compile")).count();
        assert_eq!(errors, mistakes, "{output}");
    }

    /// Runs the tests of it, which write its lock, and returns where that is.
    pub(crate) fn lock(&self) -> PathBuf {
        let output =
            self.cargo(&["test", "--quiet", "--offline", "--color=never"]).env("PORTCULLIS_LOCK", "write").output().unwrap();
        assert!(output.status.success(), "{}: {}", self.name, String::from_utf8_lossy(&output.stdout));
        self.folder.join("security.lock")
    }

    /// What the compiler says of it.
    pub(crate) fn says(&self) -> String {
        self.check().1
    }

    fn check(&self) -> (bool, String) {
        let output = self.cargo(&["check", "--quiet", "--offline", "--color=never"]).output().unwrap();
        (output.status.success(), String::from_utf8(output.stderr).unwrap())
    }

    fn cargo(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO"));
        let target = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("quickstart/target");
        command.args(arguments).current_dir(&self.folder).env("CARGO_TARGET_DIR", target);
        command
    }

    /// The manifest of the quickstart, outside of the workspace that it inherits from.
    fn write_manifest(&self) {
        let workspace = fs::read_to_string(format!("{ROOT}/Cargo.toml")).unwrap();
        let own = fs::read_to_string(format!("{ROOT}/examples/quickstart/Cargo.toml")).unwrap();
        let own = own.replace("name = \"quickstart\"", &format!("name = \"quickstart-{}\"", self.name));
        let sections = workspace.replacen("members = [", "members = []\n# members = [", 1);
        let sections = sections.replace("path = \"", &format!("path = \"{ROOT}/"));
        fs::write(self.folder.join("Cargo.toml"), format!("{own}\n{sections}")).unwrap();
    }
}
