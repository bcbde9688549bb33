//! What every command keeps: help, exit codes, colours, and a name as a subcommand of cargo.

use crate::support::{CHANGED, CLINIC, Folder, call, call_with};

#[test]
fn it_answers_as_a_subcommand_of_cargo_and_by_itself() {
    let folder = Folder::new();
    let (alone, by_cargo) = (call(folder.path(), ["--help"]), call(folder.path(), ["portcullis", "--help"]));
    assert_eq!((alone.code, &alone.out), (0, &by_cargo.out));
    assert!(alone.out.contains("Usage: cargo portcullis"), "{}", alone.out);
    assert!(alone.out.contains("2  broken input or wrong usage"));
}

#[test]
fn a_wrong_word_is_exit_code_2_with_a_suggestion_on_standard_error() {
    let said = call(Folder::new().path(), ["matrx"]);
    assert_eq!((said.code, said.out.as_str()), (2, ""));
    assert!(said.err.contains("'matrix'"), "{}", said.err);
    let said = call(Folder::new().path(), ["diff", "a", "b", "--format", "jsno"]);
    assert_eq!(said.code, 2);
    assert!(said.err.contains("'json'"), "{}", said.err);
}

#[test]
fn colours_are_for_terminals_and_for_who_asks() {
    let folder = Folder::with(&[("a.lock", CLINIC), ("b.lock", CHANGED)]);
    let coloured = |arguments: &[&str], variables: &[(&str, &str)]| {
        let said = call_with(folder.path(), ["diff", "a.lock", "b.lock"].iter().chain(arguments), variables);
        assert_eq!(said.code, 1);
        said.out.contains('\u{1b}')
    };
    assert!(!coloured(&[], &[]), "piped");
    assert!(coloured(&["--color", "always"], &[("NO_COLOR", "1")]));
    assert!(coloured(&[], &[("CLICOLOR_FORCE", "1")]));
    assert!(!coloured(&[], &[("CLICOLOR_FORCE", "1"), ("NO_COLOR", "1")]));
    assert!(!coloured(&["--color", "never"], &[("CLICOLOR_FORCE", "1")]));
}

#[test]
fn every_shell_gets_its_completions() {
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let said = call(Folder::new().path(), ["completions", shell]);
        assert_eq!((said.code, said.err.as_str()), (0, ""), "{shell}");
        assert!(said.out.contains("matrix") && said.out.contains("cargo-portcullis"), "{shell}");
    }
}

#[test]
fn the_schema_is_json_of_the_rule_book() {
    let said = call(Folder::new().path(), ["schema"]);
    let schema: serde_json::Value = serde_json::from_str(&said.out).unwrap();
    for key in ["roles", "scopes", "defaults", "require", "rule"] {
        assert!(schema["properties"][key].is_object(), "{key}");
    }
}
