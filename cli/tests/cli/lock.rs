//! Writing the lock: the tests that verify it are found and run, and no others.
//! The macro of this workspace is a stand-in that writes what a file says, so that nothing of ours has to be built.

use crate::support::{CHANGED, CLINIC, Folder, call};

const MANIFEST: &str = "[package]\nname = \"api\"\nedition = \"2024\"\n[features]\nsecret = []\n[workspace]\n";

const LIB: &str = r#"
#[macro_export]
macro_rules! assert_locked {
    ($text:expr) => {
        assert_eq!(std::env::var("PORTCULLIS_LOCK").as_deref(), Ok("write"));
        std::fs::write(concat!(env!("CARGO_MANIFEST_DIR"), "/security.lock"), $text).unwrap()
    };
}
#[cfg(test)]
mod tests {
    #[test]
    fn locked() { crate::assert_locked!(include_str!("../wanted.lock")); }
    #[test]
    fn not_run() { panic!() }
}
"#;

fn api(lib: &str) -> Folder {
    Folder::with(&[("Cargo.toml", MANIFEST), ("src/lib.rs", lib), ("wanted.lock", CLINIC)])
}

#[test]
fn the_lock_is_written_and_what_changed_is_said() {
    let folder = api(LIB);
    let said = call(folder.path(), ["lock", "--", "--offline"]);
    assert_eq!((said.code, said.out.as_str()), (0, "wrote security.lock, which is new: 14 endpoints\n"), "{}", said.err);
    assert_eq!(folder.read("security.lock"), CLINIC);
    let again = call(folder.path(), ["lock", "--", "--offline"]);
    assert_eq!(again.out, "security.lock is right already: 14 endpoints\n");
    folder.write("wanted.lock", CHANGED);
    let changed = call(folder.path(), ["lock", "--", "--offline"]);
    assert_eq!(changed.code, 0, "to write is no finding");
    assert!(changed.out.starts_with("wrote security.lock: 14 endpoints\n\nwidened     POST /admin/users"), "{}", changed.out);
    assert!(changed.out.ends_with("2 widened, 2 tightened, 0 equivalent\n"), "{}", changed.out);
}

#[test]
fn without_a_test_the_line_to_add_is_said() {
    let folder = api("fn helper() { assert_locked!(1) }");
    let said = call(folder.path(), ["lock"]);
    assert_eq!(said.code, 2);
    assert!(said.err.contains("portcullis::testing::assert_locked!(app());"), "{}", said.err);
    assert!(said.err.contains("warning: src/lib.rs:1: `assert_locked!` in `helper`, which is no test"), "{}", said.err);
}

#[test]
fn a_test_that_fails_or_is_compiled_out_writes_nothing_and_another_name_is_seen() {
    let failing = api(&LIB.replace("crate::assert_locked", "assert!(false); crate::assert_locked"));
    let said = call(failing.path(), ["lock", "--", "--offline"]);
    assert!(said.code == 2 && said.err.contains("the test `tests::locked` of `api` did not pass"), "{said:?}");
    let named = api(&LIB.replace("\"/security.lock\"", "\"/locks/admin.lock\""));
    named.write("locks/readme.md", "");
    let said = call(named.path(), ["lock", "--", "--offline"]);
    assert_eq!(said.out, "wrote locks/admin.lock, which is new: 14 endpoints\n", "{}", said.err);
    let again = call(named.path(), ["lock", "--", "--offline"]);
    assert_eq!(again.out, "nothing was written: every lock is right already\n");
    let hidden = api(&LIB.replace("#[cfg(test)]", "#[cfg(all(test, feature = \"secret\"))]"));
    let said = call(hidden.path(), ["lock", "--", "--offline"]);
    assert!(said.code == 2 && said.err.contains("was not run") && said.err.contains("--all-features"), "{said:?}");
    assert_eq!(call(hidden.path(), ["lock", "--", "--offline", "--all-features"]).code, 0);
}
