//! What holds for the words of every compile error. trybuild compares them with the compiler's; this reads them.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that panics has failed, which is what it is for")]

use std::{
    fs,
    path::{Path, PathBuf},
};

/// What a message of ours never needs, and what each would mean.
const NEVER: &[(&str, &str)] = &[
    ("E0432", "an import that the macro broke"),
    ("E0433", "a path that the macro broke"),
    ("originates in the attribute macro", "a caret on the attribute, or a token of the macro's own that is to blame"),
    ("__portcullis", "a name of the expansion"),
    ("__private", "a name of the expansion"),
    ("$RUST", "a piece of the standard library"),
    (concat!(env!("CARGO_MANIFEST_DIR"), "/"), "a path of this machine"),
];

fn files(folder: &Path, extension: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path, extension));
        } else if path.extension().is_some_and(|own| own == extension) {
            found.push(path);
        }
    }
    found
}

/// Those of the mistakes, under the workspace's rule book and under rule books of their own.
fn of_the_mistakes(extension: &str) -> Vec<PathBuf> {
    let tests = Path::new(env!("CARGO_MANIFEST_DIR"));
    ["ui/fail", "house/fail"].iter().flat_map(|folder| files(&tests.join(folder), extension)).collect()
}

#[test]
fn every_mistake_has_its_words_and_no_words_are_left_over() {
    let mistakes = of_the_mistakes("rs");
    assert!(mistakes.len() >= 260, "{} mistakes", mistakes.len());
    for mistake in &mistakes {
        assert!(mistake.with_extension("stderr").exists(), "{} has no `.stderr`", mistake.display());
    }
    for words in of_the_mistakes("stderr") {
        assert!(words.with_extension("rs").exists(), "{} belongs to nothing", words.display());
    }
}

#[test]
fn one_mistake_is_one_error_without_noise() {
    for file in of_the_mistakes("stderr") {
        let (name, words) = (file.display(), fs::read_to_string(&file).unwrap());
        for (noise, reason) in NEVER {
            assert!(!words.contains(noise), "{name} has `{noise}`: {reason}");
        }
        let errors = words.lines().filter(|line| line.starts_with("error")).count();
        let several = file.parent().is_some_and(|folder| folder.ends_with("several"));
        assert!(if several { errors > 1 } else { errors == 1 }, "{name} has {errors} errors");
    }
}
