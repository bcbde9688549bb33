//! The rule book and the lock of the quickstart at work: a rule that stops the build, and a change of who may do what that a reviewer sees.

use crate::mutant::Mutant;
use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

const ROOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/..");

/// The rule book of the quickstart with a rule more, which one of its endpoints breaks.
pub(crate) fn with_a_rule() -> String {
    let book = fs::read_to_string(format!("{ROOT}/examples/quickstart/security.toml")).unwrap();
    book + "\n[[rule]]\nname = \"only admins see users\"\npaths = [\"/users/**\"]\nrole = \"admin\"\n"
}

/// The lock that the quickstart has, which its own test holds to its source.
fn lock() -> PathBuf {
    Path::new(ROOT).join("examples/quickstart/security.lock")
}

/// What the command says of two locks, and how it ends.
fn diff(old: &Path, new: &Path) -> (i32, String) {
    let output = Command::new(env!("CARGO"))
        .args(["run", "--quiet", "--offline", "-p", "cargo-portcullis", "--", "portcullis", "diff"])
        .args([old, new])
        .current_dir(ROOT)
        .output()
        .unwrap();
    (output.status.code().unwrap(), String::from_utf8(output.stdout).unwrap() + &String::from_utf8(output.stderr).unwrap())
}

#[test]
fn a_rule_stops_the_build_at_the_endpoint_that_breaks_it() {
    let mutant = Mutant::new("rule").rule_book(&with_a_rule());
    mutant.fails_with("rule `only admins see users`");
    let said = mutant.says();
    for part in ["#[secure(get = \"/users/{id}\", role = \"user\"", "security.toml:", "write `role = \"admin\"`"] {
        assert!(said.contains(part), "no `{part}` in\n{said}");
    }
}

#[test]
fn an_endpoint_that_may_not_be_public_stops_the_build() {
    let public = "#[secure(get = \"/reports\", public = \"everybody likes reports\")]";
    let mutant = Mutant::new("public").replace("#[secure(get = \"/reports\", scope = \"reports:read\")]", public);
    mutant.fails_with("`docs`, `health`, `openapi` and `token`");
}

#[test]
fn a_weaker_role_is_widened_with_a_caller_who_shows_it_and_the_reverse_is_tightened() {
    let admin = "#[secure(delete = \"/users/{id}\", role = \"admin\"";
    let weakened = Mutant::new("weakened").replace(admin, &admin.replace("admin", "user")).lock();

    let (status, said) = diff(&lock(), &weakened);
    assert_eq!(status, 1, "{said}");
    for part in ["widened", "DELETE /users/{id}", "a caller with the role `user`"] {
        assert!(said.to_lowercase().contains(&part.to_lowercase()), "no `{part}` in\n{said}");
    }
    let (status, said) = diff(&weakened, &lock());
    assert_eq!(status, 0, "{said}");
    assert!(said.to_lowercase().contains("tightened") && !said.to_lowercase().contains("1 widened"), "{said}");
}

#[test]
fn another_order_of_the_same_is_equivalent() {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("quickstart/orders");
    fs::create_dir_all(&folder).unwrap();
    let committed = fs::read_to_string(lock()).unwrap();
    let scope = r#"access = 'scope = "reports:read"'"#;
    assert!(committed.contains(scope), "{committed}");
    let [one, other] =
        [("one", r#"role = "admin", scope = "reports:read""#), ("other", r#"scope = "reports:read", role = "admin""#)].map(
            |(name, terms)| {
                let file = folder.join(format!("{name}.lock"));
                fs::write(&file, committed.replace(scope, &format!("access = 'allow(any({terms}))'"))).unwrap();
                file
            },
        );
    let (status, said) = diff(&one, &other);
    assert_eq!(status, 0, "{said}");
    assert!(!said.to_lowercase().contains("widened:") && !said.contains("newly"), "{said}");
    let (status, said) = diff(&lock(), &one);
    assert_eq!(status, 1, "who has the role and not the scope is new: {said}");
}
