//! Mutants of a workspace with a `secure` of its own, so small that the whole loop of edit, build and test is run in seconds.

use crate::support::{Folder, Said, call};
use serde_json::Value;

const WORKSPACE: &str = "[workspace]\nresolver = \"3\"\nmembers = [\"macros\", \"app\"]\n";

const MACROS: &str = "[package]\nname = \"portcullis\"\nversion = \"0.0.0\"\nedition = \"2024\"\n[lib]\nproc-macro = true\n";

/// Writes a policy into a constant, and has one house rule: nothing is public.
const SECURE: &str = r#"
use proc_macro::TokenStream;
#[proc_macro_attribute]
pub fn secure(policy: TokenStream, item: TokenStream) -> TokenStream {
    let policy = policy.to_string();
    if policy.contains("public") {
        return "compile_error!(\"nothing is public\");".parse().unwrap();
    }
    let item = item.to_string();
    let name = item.split("fn ").nth(1).unwrap().split('(').next().unwrap().trim();
    format!("pub const {}: &str = {policy:?}; {item}", name.to_uppercase()).parse().unwrap()
}
"#;

const APP: &str =
    "[package]\nname = \"app\"\nversion = \"0.0.0\"\nedition = \"2024\"\n[dependencies]\nportcullis = { path = \"../macros\" }\n";

/// The tests look at the role of one handler, and at the variable that lets the test of the lock pass.
const LIB: &str = "use portcullis::secure;

#[secure(role = \"admin\",   audit = \"user.delete\")] // é
pub fn delete_user() {}

#[cfg(test)]
mod tests {
    #[portcullis::secure(authenticated)]
    fn of_a_test() {}

    #[test]
    fn the_role_is_right() {
        of_a_test();
        assert!(super::DELETE_USER.contains(\"role = \\\"admin\\\"\"));
    }

    #[test]
    fn the_lock_is_right() {
        assert_eq!(std::env::var(\"PORTCULLIS_LOCK\").as_deref(), Ok(\"skip\"));
    }
}
";

fn app() -> Folder {
    let folder = Folder::with(&[
        ("Cargo.toml", WORKSPACE),
        (".gitignore", "target\n"),
        ("macros/Cargo.toml", MACROS),
        ("macros/src/lib.rs", SECURE),
        ("app/Cargo.toml", APP),
        ("app/src/lib.rs", LIB),
        ("security.toml", "[roles]\nuser = []\nadmin = [\"user\"]\n"),
    ]);
    folder.git(&["init", "--quiet"]);
    folder.commit("first");
    folder
}

fn mutate(folder: &Folder, arguments: &[&str]) -> Said {
    call(folder.path(), ["mutate"].iter().chain(arguments))
}

#[test]
fn the_list_runs_nothing() {
    let folder = app();
    let said = mutate(&folder, &["--list"]);
    assert_eq!((said.code, said.err.as_str()), (0, ""));
    assert_eq!(
        said.out,
        "app/src/lib.rs:3: delete_user: `role = \"admin\"` becomes `authenticated`\n\
         app/src/lib.rs:3: delete_user: role `admin` becomes `user`\n\
         app/src/lib.rs:3: delete_user: `role = \"admin\"` becomes `public = \"mutant\"`\n\
         app/src/lib.rs:3: delete_user: `audit = \"user.delete\"` is gone\n"
    );
    assert!(!folder.path().join("target").exists());
}

#[test]
fn each_mutant_is_stopped_noticed_or_survives_and_the_sources_stay() {
    let folder = app();
    let said = mutate(&folder, &["--format", "json", "--", "--offline"]);
    assert_eq!(said.code, 1, "{said:?}");
    let report: Value = serde_json::from_str(&said.out).unwrap();
    let verdicts: Vec<&str> =
        report["mutants"].as_array().unwrap().iter().map(|mutant| mutant["verdict"].as_str().unwrap()).collect();
    assert_eq!(verdicts, ["noticed", "noticed", "stopped", "survived"]);
    assert_eq!((&report["stopped"], &report["noticed"], &report["survived"]), (&1.into(), &2.into(), &1.into()));
    assert_eq!(folder.read("app/src/lib.rs"), LIB);
    assert_eq!(folder.read("target/portcullis/mutate/workspace/app/src/lib.rs"), LIB, "the copy is put back, too");

    // Once a test looks at the record, nothing survives. The copy of the last run is brought up to date.
    let noticing =
        LIB.replace("        of_a_test();\n", "        of_a_test();\n        assert!(super::DELETE_USER.contains(\"audit\"));\n");
    folder.write("app/src/lib.rs", &noticing);
    let said = mutate(&folder, &["-p", "app", "--endpoint", "delete_user", "--", "--offline"]);
    assert_eq!(said.code, 0, "{said:?}");
    assert!(said.out.ends_with("4 mutants: 1 stopped by the compiler, 3 noticed, 0 survived\n"), "{}", said.out);
}

#[test]
fn tests_that_fail_without_a_mutant_judge_none() {
    let folder = app();
    let said = mutate(&folder, &["--with-lock", "--", "--offline"]);
    assert_eq!((said.code, said.out.as_str()), (2, ""));
    assert!(said.err.contains("the tests do not pass without any mutant"), "{}", said.err);
    assert!(said.err.contains("the_lock_is_right"), "{}", said.err);
}

#[test]
fn what_is_not_there_is_said() {
    let folder = app();
    let said = mutate(&folder, &["--endpoint", "nobody", "--list"]);
    assert_eq!(said.code, 2);
    assert!(said.err.contains("there is no policy to weaken"), "{}", said.err);
    let said = mutate(&folder, &["-p", "apq", "--list"]);
    assert!(said.code == 2 && said.err.contains("did you mean `app`?"), "{}", said.err);
}
