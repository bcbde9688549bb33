//! A first rule book from the sources of a workspace.

use crate::support::{Folder, call};
use expect_test::expect_file;

const MANIFEST: &str = "[package]\nname = \"api\"\nedition = \"2024\"\n[workspace]\n";

const LIB: &str = r#"
mod users;
#[secure(public = "load balancers probe it", rate = "60/min per ip")]
async fn health() {}
#[secure(allow(any(role = "admin", all(role = "editor", scope = "notes:write"))), rate = "5/min", body = "64 KiB", timeout = "3 s")]
async fn write() {}
"#;

const USERS: &str = r#"
struct Users;
impl Users {
    #[portcullis::secure(role = "user", when = principal.has_role("admin") || principal.subject() == id, body = "2 KiB")]
    async fn read() {}
}
"#;

fn api() -> Folder {
    Folder::with(&[("Cargo.toml", MANIFEST), ("src/lib.rs", LIB), ("src/users.rs", USERS)])
}

#[test]
fn what_the_code_uses_is_declared_and_what_it_does_not_is_proposed() {
    let folder = api();
    let said = call(folder.path(), ["init"]);
    assert_eq!((said.code, said.err.as_str()), (0, ""));
    assert_eq!(said.out, "wrote security.toml: 3 roles and 1 scope of 3 endpoints\n");
    expect_file!["golden/init.toml"].assert_eq(&folder.read("security.toml"));
}

#[test]
fn what_is_there_is_not_written_over_unless_forced() {
    let folder = api();
    folder.write("security.toml", "mine");
    let refused = call(folder.path(), ["init"]);
    assert!(refused.err.contains("is there already") && refused.err.contains("--force") && refused.code == 2, "{refused:?}");
    let printed = call(folder.path(), ["init", "--dry-run"]);
    assert!(printed.out.contains("admin = []") && printed.code == 0);
    assert_eq!(folder.read("security.toml"), "mine");
    assert_eq!(call(folder.path(), ["init", "--force"]).code, 0);
    assert_eq!(folder.read("security.toml"), printed.out);
}

#[test]
fn names_that_no_rule_book_can_have_are_an_error() {
    let folder = Folder::with(&[("Cargo.toml", MANIFEST), ("src/lib.rs", "#[secure(role = \"\")] async fn f() {}")]);
    let said = call(folder.path(), ["init"]);
    assert!(said.code == 2 && said.err.starts_with("error: the new security.toml:"), "{said:?}");
    assert!(!folder.path().join("security.toml").exists());
}

#[test]
fn no_workspace_and_an_unknown_package_are_said() {
    let said = call(Folder::new().path(), ["init"]);
    assert!(said.code == 2 && said.err.contains("cargo does not know this workspace"), "{said:?}");
    let said = call(api().path(), ["init", "-p", "apj"]);
    assert_eq!(said.err, "error: unknown package `apj`: did you mean `api`? the workspace has `api`\n");
}

#[test]
fn modules_are_found_where_the_compiler_finds_them() {
    let endpoint = |role: &str, rest: &str| format!("#[secure(role = \"{role}\")] async fn f() {{}} {rest}");
    let folder = Folder::with(&[("Cargo.toml", MANIFEST), ("tests/t.rs", &endpoint("t", ""))]);
    let lib = "mod a; mod c; mod e { mod f; #[path = \"k.rs\"] mod k; } #[path = \"other/g.rs\"] mod g; #[path = \"lib.rs\"] mod again; \
               #[cfg(windows)] mod absent; mod r#type;";
    for (path, role, rest) in [
        ("src/lib.rs", "lib", lib),
        ("src/a.rs", "a", "mod b; mod i { mod j; }"),
        ("src/a/b.rs", "b", ""),
        ("src/a/i/j.rs", "j", ""),
        ("src/c/mod.rs", "c", "mod d;"),
        ("src/c/d.rs", "d", ""),
        ("src/e/f.rs", "f", ""),
        ("src/e/k.rs", "k", ""),
        ("src/other/g.rs", "g", "mod h;"),
        ("src/other/h.rs", "h", ""),
        ("src/type.rs", "type", ""),
        ("src/stray.rs", "stray", ""),
    ] {
        folder.write(path, &endpoint(role, rest));
    }
    let said = call(folder.path(), ["init", "--dry-run"]);
    let roles = said.out.split_once("[roles]").unwrap().1.split_once("[scopes]").unwrap().0.to_owned();
    let names: Vec<&str> = roles.lines().filter_map(|line| line.split_once(" = ")).map(|(name, _)| name).collect();
    assert_eq!(names, ["a", "b", "c", "d", "f", "g", "h", "j", "k", "lib", "t", "type"], "{}", said.err);
    assert_eq!(said.err, "");
}
