//! What does not compile under a given rule book: each folder of `fail` has a `security.toml` and the cases that it governs.
//! `TRYBUILD=overwrite` writes the words anew; then they are to be read.
#![allow(clippy::unwrap_used, reason = "a test that panics has failed, which is what it is for")]

use std::{
    fs,
    path::{Path, PathBuf},
};

/// Where trybuild puts the crate of the cases. The rule book goes there, since the nearest one above a crate is the crate's.
fn crate_of_the_cases() -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).with_file_name("tests").join("trybuild").join(env!("CARGO_PKG_NAME"))
}

#[test]
fn what_a_rule_book_forbids_does_not_compile() {
    let folder = crate_of_the_cases();
    fs::create_dir_all(&folder).unwrap();
    let fail = Path::new(env!("CARGO_MANIFEST_DIR")).join("fail");
    let mut books: Vec<PathBuf> = fs::read_dir(fail).unwrap().map(|entry| entry.unwrap().path()).collect();
    books.sort();
    assert!(!books.is_empty());
    for book in books {
        fs::copy(book.join("security.toml"), folder.join("security.toml")).unwrap();
        let cases = trybuild::TestCases::new();
        cases.compile_fail(format!("fail/{}/*.rs", book.file_name().unwrap().to_str().unwrap()));
    }
}
