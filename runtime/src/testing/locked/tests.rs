//! Every state that a lock can be in, on a disk, in each mode.

use super::{carry_out, lock_of};
use crate::{RuleBook, prelude::*, testing::mode::Mode};
use std::{
    env, fs,
    path::{Path, PathBuf},
};

#[secure(crate = crate, role = "user")]
async fn show() {}

#[secure(crate = crate, role = "admin")]
async fn remove() {}

fn book() -> &'static RuleBook {
    rule_book!(crate = crate)
}

fn router() -> SecureRouter {
    SecureRouter::new().route("/users/{id}", get(show).delete(remove))
}

fn lock() -> String {
    lock_of(router(), book()).unwrap().to_string()
}

/// A folder of the test's own, gone when it is over.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let folder = env::temp_dir().join(format!("portcullis-{}-{name}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        Self(folder)
    }

    fn lock(&self) -> PathBuf {
        self.0.join("security.lock")
    }

    /// The outcome of a comparison with a file of this content.
    fn compared(&self, content: impl AsRef<[u8]>) -> Result<(), String> {
        fs::write(self.lock(), content).unwrap();
        compared(&self.lock())
    }

    fn files(&self) -> Vec<String> {
        let entries = fs::read_dir(&self.0).unwrap();
        entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        fs::remove_dir_all(&self.0).unwrap();
    }
}

fn compared(path: &Path) -> Result<(), String> {
    carry_out(Mode::Compare, router(), book(), path)
}

#[track_caller]
fn fails(outcome: Result<(), String>, parts: &[&str]) {
    let failure = outcome.unwrap_err();
    for part in parts {
        assert!(failure.contains(part), "{part:?} in {failure}");
    }
}

#[test]
fn what_is_written_compares() {
    let folder = Folder::new("written");
    for _ in 0..2 {
        carry_out(Mode::Write, router(), book(), &folder.lock()).unwrap();
        assert_eq!(fs::read_to_string(folder.lock()).unwrap(), lock());
        compared(&folder.lock()).unwrap();
    }
    assert_eq!(folder.files(), ["security.lock"], "no draft is left");
}

#[test]
fn what_git_does_to_the_ends_of_lines_is_no_change() {
    let folder = Folder::new("crlf");
    folder.compared(lock()).unwrap();
    folder.compared(lock().replace('\n', "\r\n")).unwrap();
}

#[test]
fn a_change_is_shown_with_the_lines_around_it_and_the_command() {
    let folder = Folder::new("changed");
    let reviewed = lock().replace("role = \"admin\"", "role = \"editor\"");
    assert_ne!(reviewed, lock());
    fails(
        folder.compared(reviewed),
        &[
            "security.lock` says something else than the program",
            "--- security.lock\n+++ the program\n@@ ",
            "\n-access = 'role = \"editor\"'\n",
            "\n+access = 'role = \"admin\"'\n",
            "\ntightened  DELETE /users/{id}\n",
            "a caller with the role `editor`",
            "0 widened, 1 tightened, 0 equivalent",
            "`cargo portcullis lock`",
            "`PORTCULLIS_LOCK=write`",
        ],
    );
}

#[test]
fn a_byte_that_means_nothing_is_a_change_all_the_same() {
    let folder = Folder::new("byte");
    fails(folder.compared(lock() + "\n"), &["says something else", "nothing that it means has changed"]);
}

#[test]
fn no_file_says_what_to_run() {
    let folder = Folder::new("missing");
    fails(compared(&folder.lock()), &["there is no `", "security.lock`", "`cargo portcullis lock`", "commit"]);
}

#[test]
fn what_cannot_be_read_says_where_and_why() {
    let folder = Folder::new("broken");
    let half = lock().len() / 2;
    fails(folder.compared(&lock()[..half]), &["cannot be read", "- line ", "column ", "`cargo portcullis lock`"]);
    fails(folder.compared("hunter2"), &["cannot be read", "- line 1, column "]);
    fails(folder.compared(""), &["cannot be read", "- line 1, column 1"]);
    fails(folder.compared([0xff, 0xfe, 0]), &["is not UTF-8", "`cargo portcullis lock`"]);
    fails(compared(&folder.0), &["cannot be read"]);
}

#[test]
fn what_cannot_be_written_leaves_nothing() {
    let folder = Folder::new("unwritable");
    let outcome = carry_out(Mode::Write, router(), book(), &folder.0.join("nowhere/security.lock"));
    fails(outcome, &["nowhere/security.lock` cannot be written: "]);
    fs::create_dir(folder.lock()).unwrap();
    fails(carry_out(Mode::Write, router(), book(), &folder.lock()), &["cannot be written: "]);
    assert_eq!(folder.files(), ["security.lock"]);
}

#[test]
fn skipping_looks_at_nothing() {
    carry_out(Mode::Skip, router(), book(), Path::new("/nowhere/security.lock")).unwrap();
}

#[test]
fn a_router_that_could_not_route_everything_is_not_locked() {
    let folder = Folder::new("problems");
    let broken = || router().route("users", get(show));
    for mode in [Mode::Compare, Mode::Write] {
        fails(carry_out(mode, broken(), book(), &folder.lock()), &["the router cannot be locked: 1 problem", "`users`"]);
    }
    assert!(folder.files().is_empty());
}
