//! Two files compared: the classes, the callers who show them, the formats, and who answers for what.

use crate::support::{CHANGED, CLINIC, Folder, Said, call};
use expect_test::expect_file;

fn diff(old: &str, new: &str, arguments: &[&str]) -> Said {
    let folder = Folder::with(&[("old.lock", old), ("new.lock", new)]);
    call(folder.path(), ["diff", "old.lock", "new.lock"].iter().chain(arguments))
}

/// A lock with one endpoint of this access.
fn lock(access: &str) -> String {
    format!(
        "version = 1\n\n[roles]\nadmin = [\"user\"]\nuser = []\n\n[scopes]\nx = \"X\"\n\n\
         [[endpoint]]\nroute = \"GET /users/{{id}}\"\nhandler = \"app::get_user\"\naccess = '{access}'\n"
    )
}

#[test]
fn people_see_the_worst_first_with_a_caller_who_shows_it() {
    let said = diff(CLINIC, CHANGED, &[]);
    expect_file!["golden/diff.txt"].assert_eq(&said.out);
    assert_eq!(said.code, 1);
    assert!(said.err.starts_with("note: if that is meant, say so at the end of a commit's message: `Widens: POST /admin/users`"));
}

#[test]
fn programs_read_json() {
    let said = diff(CLINIC, CHANGED, &["--format", "json", "--acknowledge", "POST /admin/users"]);
    expect_file!["golden/diff.json"].assert_eq(&said.out);
    assert_eq!((said.code, said.err.as_str()), (1, ""));
    assert!(serde_json::from_str::<serde_json::Value>(&said.out).is_ok());
}

#[test]
fn a_workflow_sees_the_line_of_the_block() {
    let said = diff(CLINIC, CHANGED, &["--format", "github", "--acknowledge", "POST /admin/users"]);
    expect_file!["golden/diff-github.txt"].assert_eq(&said.out);
    let line = |text: &str| CHANGED.lines().position(|line| line == text).unwrap() + 1;
    assert!(said.out.contains(&format!("::error file=new.lock,line={},", line("route = \"DELETE /admin/users/{id}\""))));
    assert_eq!(said.code, 1);
}

#[test]
fn a_weaker_role_is_widened_and_the_reverse_tightened() {
    let (admin, user) = (lock("role = \"admin\""), lock("role = \"user\""));
    let widened = diff(&admin, &user, &[]);
    assert_eq!(widened.code, 1);
    assert!(widened.out.contains("newly admitted: a caller with the role `user`"), "{}", widened.out);
    let tightened = diff(&user, &admin, &[]);
    assert_eq!(tightened.code, 0);
    assert!(tightened.out.contains("0 widened, 1 tightened, 0 equivalent"), "{}", tightened.out);
}

#[test]
fn another_order_is_equivalent_and_the_same_is_nothing() {
    let (one, other) = (lock("allow(any(role = \"admin\", scope = \"x\"))"), lock("allow(any(scope = \"x\", role = \"admin\"))"));
    let said = diff(&one, &other, &[]);
    assert!(said.out.contains("0 widened, 0 tightened, 1 equivalent"), "{}", said.out);
    assert_eq!((said.code, said.err.as_str()), (0, ""));
    let same = diff(&one, &one, &[]);
    assert_eq!((same.code, same.out.as_str()), (0, "nothing changed\n"));
}

#[test]
fn what_is_acknowledged_is_fine_and_what_is_needless_is_said() {
    let (admin, user) = (lock("role = \"admin\""), lock("role = \"user\""));
    let said = diff(&admin, &user, &["--acknowledge", "GET  /users/{id}"]);
    assert_eq!((said.code, said.err.as_str()), (0, ""));
    assert!(said.out.contains("acknowledged"));
    let typo = diff(&admin, &user, &["--acknowledge", "GET /user/{id}"]);
    assert_eq!(typo.code, 1);
    assert!(
        typo.err.contains("`GET /user/{id}` is acknowledged, and did not change: did you mean `GET /users/{id}`?"),
        "{}",
        typo.err
    );
    let needless = diff(&user, &admin, &["--acknowledge", "GET /users/{id}"]);
    assert_eq!(needless.code, 0);
    assert_eq!(needless.err, "warning: `GET /users/{id}` is acknowledged, and is tightened\n");
}
