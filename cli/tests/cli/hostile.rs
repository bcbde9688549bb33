//! Files that are broken, huge or meant to hurt: an error with its place and exit code 2, and never a panic.

use crate::support::{CLINIC, Folder, call};
use std::fs;

#[test]
fn a_broken_lock_is_an_error_with_its_place() {
    for (text, expected) in [
        ("", "x.lock:1:1: "),
        (
            "version = 1\n[[endpoint]]\nroute = \"GET /\"\nhandler = \"a\"\nacess = \"public\"\n",
            "x.lock:2:1: an endpoint without `access`",
        ),
        ("version = 9\n", "x.lock:1:11: "),
        ("version = 1\n<<<<<<< HEAD\n", "x.lock:2:1: a merge left both sides"),
        (&CLINIC[..400], "x.lock:"),
        ("\0\u{1b}[2J", "x.lock:1:"),
    ] {
        let folder = Folder::with(&[("x.lock", text), ("ok.lock", CLINIC)]);
        for arguments in [&["matrix", "--lock", "x.lock"][..], &["diff", "x.lock", "ok.lock"], &["diff", "ok.lock", "x.lock"]] {
            let said = call(folder.path(), arguments);
            assert_eq!((said.code, said.out.as_str()), (2, ""), "{arguments:?} {text:?}");
            assert!(said.err.starts_with(&format!("error: {expected}")), "{text:?}: {}", said.err);
        }
    }
}

#[test]
fn what_is_no_text_and_what_is_not_there_is_said() {
    let folder = Folder::new();
    fs::write(folder.path().join("x.lock"), [0xff, 0xfe, 0x00]).unwrap();
    assert!(call(folder.path(), ["matrix", "--lock", "x.lock"]).err.contains("`x.lock` is not UTF-8"));
    let none = call(Folder::new().path(), ["matrix"]);
    assert!(none.err.starts_with("error: there is no security.lock here") && none.code == 2, "{none:?}");
    let gone = call(folder.path(), ["matrix", "--lock", "gone.lock"]);
    assert!(gone.err.contains("cannot read `gone.lock`") && gone.code == 2, "{gone:?}");
    let huge = fs::File::create(folder.path().join("huge.lock")).unwrap();
    huge.set_len(1 << 40).unwrap();
    assert!(call(folder.path(), ["matrix", "--lock", "huge.lock"]).err.contains("larger than 16 MiB"));
}

#[test]
fn sources_that_do_not_parse_or_nest_without_end_are_warned_of() {
    let manifest = "[package]\nname = \"api\"\nedition = \"2024\"\n[workspace]\n";
    let deep = |open: &str, close: &str| format!("fn f() {{ {}1{}; }}", open.repeat(100_000), close.repeat(100_000));
    for (text, expected) in [
        ("fn broken( {".to_owned(), "src/lib.rs:1:"),
        ("mod gone;".to_owned(), "src/lib.rs:1:5: no file for module `gone`"),
        (format!("//{}", "x".repeat(1 << 20)), "larger than 1 MiB"),
        (deep("(", ")"), ""),
        (deep("!", ""), ""),
        (deep("{", "}"), ""),
        (deep("&mut ", ""), ""),
        (deep("|| ", ""), ""),
    ] {
        let folder = Folder::with(&[("Cargo.toml", manifest), ("src/lib.rs", &text)]);
        let said = call(folder.path(), ["init", "--dry-run"]);
        assert_eq!(said.code, 0, "{expected}: {}", said.err);
        assert!(said.err.contains(expected), "{expected}: {}", said.err);
    }
}
