//! Revisions compared: of a branch, of a file at a revision, of the working tree; and what commits answer for.

use crate::support::{CLINIC, Folder, call};

/// A repository whose main branch has the lock.
fn repository() -> Folder {
    let folder = Folder::with(&[("security.lock", CLINIC)]);
    folder.git(&["init", "--quiet"]);
    folder.commit("First");
    folder
}

/// The clinic with its health check for staff only, or its administration for everybody.
fn tightened() -> String {
    CLINIC.replace("'public = \"load balancers probe it\"'", "'role = \"staff\"'")
}

fn widened() -> String {
    CLINIC.replacen("access = 'role = \"admin\"'", "access = 'authenticated'", 1)
}

#[test]
fn head_and_the_working_tree_are_compared_unless_others_are_named() {
    let folder = repository();
    assert_eq!(call(folder.path(), ["diff"]).out, "nothing changed\n");
    folder.write("security.lock", &tightened());
    assert!(call(folder.path(), ["diff"]).out.contains("0 widened, 1 tightened"));
    folder.commit("Second");
    assert_eq!(call(folder.path(), ["diff"]).out, "nothing changed\n");
    for arguments in [&["diff", "HEAD~1"][..], &["diff", "HEAD~1", "main"], &["diff", "HEAD~1:security.lock", "security.lock"]] {
        let said = call(folder.path(), arguments);
        assert!(said.out.contains("tightened   GET /health") && said.code == 0, "{arguments:?}: {said:?}");
    }
    let back = call(folder.path(), ["diff", "main", "HEAD~1"]);
    assert!(back.out.contains("newly admitted: a caller without credentials") && back.code == 1, "{back:?}");
}

#[test]
fn a_trailer_between_the_revisions_acknowledges() {
    let folder = repository();
    folder.git(&["checkout", "--quiet", "-b", "change"]);
    folder.write("security.lock", &widened());
    folder.commit("Open the creation of users");
    let open = call(folder.path(), ["diff", "main", "change"]);
    assert_eq!(open.code, 1, "{open:?}");
    folder.commit("Mean it\n\nEverybody signs up by themselves now.\n\nWidens: POST /admin/users\nWidens: GET /health");
    let said = call(folder.path(), ["diff", "main"]);
    assert_eq!(said.code, 0, "{said:?}");
    assert_eq!(said.err, "warning: `GET /health` is acknowledged, and did not change\n");
    let before = call(folder.path(), ["diff", "change", "main"]);
    assert_eq!(before.code, 0, "{before:?}");
}

#[test]
fn a_trailer_from_before_the_comparison_acknowledges_nothing() {
    let folder = repository();
    folder.commit("Old\n\nWidens: POST /admin/users");
    folder.write("security.lock", &widened());
    assert_eq!(call(folder.path(), ["diff"]).code, 1);
}

#[test]
fn a_lock_that_is_new_widens_and_one_that_is_gone_is_an_error() {
    let folder = repository();
    folder.git(&["rm", "--quiet", "security.lock"]);
    folder.commit("Without");
    let gone = call(folder.path(), ["diff", "HEAD~1", "HEAD"]);
    assert_eq!(gone.code, 2);
    assert!(gone.err.contains("there is no `HEAD:security.lock`: write it with `cargo portcullis lock`"), "{}", gone.err);
    folder.write("security.lock", CLINIC);
    let new = call(folder.path(), ["diff"]);
    assert_eq!(new.code, 1, "an endpoint that was not there is reached by more");
    assert!(new.err.contains("note: there is no `HEAD:security.lock`: all that the new lock says counts as new"), "{}", new.err);
}

#[test]
fn several_locks_are_ambiguous_until_one_is_meant() {
    let folder = Folder::with(&[("api/security.lock", CLINIC), ("web/security.lock", CLINIC), ("web/src/x.rs", "")]);
    folder.git(&["init", "--quiet"]);
    folder.commit("First");
    let said = call(folder.path(), ["diff"]);
    assert_eq!(said.code, 2);
    assert!(said.err.contains("`api/security.lock` and `web/security.lock`: say which with `--lock PATH`"), "{}", said.err);
    folder.write("web/security.lock", &tightened());
    assert_eq!(call(folder.path(), ["diff", "--lock", "api/security.lock"]).out, "nothing changed\n");
    let near = call(&folder.path().join("web/src"), ["diff"]);
    assert!(near.out.contains("1 tightened"), "the nearest above: {near:?}");
    let outside = call(folder.path(), ["diff", "--lock", "../x.lock"]);
    assert!(outside.err.contains("outside of the repository") && outside.code == 2, "{outside:?}");
}

#[test]
fn names_that_mean_nothing_or_two_things_are_said() {
    let folder = repository();
    folder.git(&["branch", "feature"]);
    folder.write("feature", "a file");
    let two = call(folder.path(), ["diff", "feature"]);
    assert!(two.err.contains("`feature` is a file and a git revision: write `./feature`") && two.code == 2, "{two:?}");
    let near = call(folder.path(), ["diff", "featrue"]);
    assert!(near.err.contains("neither a file nor a git revision: did you mean `feature`?") && near.code == 2, "{near:?}");
    let option = call(folder.path(), ["diff", "--", "--output=x"]);
    assert!(option.code == 2 && !folder.path().join("x").exists(), "{option:?}");
    let nowhere = Folder::new();
    let said = call(nowhere.path(), ["diff"]);
    assert!(said.err.contains("in no git repository: name two files instead") && said.code == 2, "{said:?}");
}
