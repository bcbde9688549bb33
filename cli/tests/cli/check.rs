//! `check` on a folder: what it prints, what it reads on past, and its exit codes.

use crate::support::{Folder, Said, call};
use serde_json::Value;

const MANIFEST: &str = "[package]\nname = \"api\"\nedition = \"2024\"\n[workspace]\n";

const OPEN: &str = "mod users;\nuse axum::{Router, routing::get};\nfn main() {\n    Router::new().route(\"/\", get(index));\n}\nasync fn index() {}\n";

const USERS: &str = "fn f() {\n    router.merge_unsecured(metrics, \"scraped\");\n}\n";

fn api(main: &str, users: &str) -> Folder {
    Folder::with(&[("Cargo.toml", MANIFEST), ("src/main.rs", main), ("src/users/mod.rs", users)])
}

fn check(folder: &Folder, arguments: &[&str]) -> Said {
    call(folder.path(), ["check"].iter().chain(arguments))
}

#[test]
fn findings_have_file_line_and_column_and_exit_with_1() {
    let said = check(&api(OPEN, USERS), &[]);
    assert_eq!((said.code, said.err.as_str()), (1, ""));
    let lines: Vec<&str> = said.out.lines().collect();
    assert!(
        lines[0].starts_with("src/main.rs:4:34: high PC101 unguarded-handler: `index` is routed by axum itself"),
        "{lines:#?}"
    );
    assert!(lines[1].starts_with("src/users/mod.rs:2:12: medium PC102 merge-unsecured: "), "{lines:#?}");
    assert!(lines[2].starts_with("2 findings in 2 files (1 high, 1 medium); "), "{lines:#?}");
}

#[test]
fn a_severity_and_paths_leave_findings_out() {
    let folder = api(OPEN, USERS);
    assert_eq!(check(&folder, &["--severity", "high", "src/users"]).code, 0);
    let said = check(&folder, &["src/users"]);
    assert!(said.code == 1 && !said.out.contains("PC101") && said.out.contains("PC102"), "{said:?}");
    let said = check(&folder, &["nowhere"]);
    assert!(said.code == 2 && said.err.contains("cannot find `nowhere`"), "{said:?}");
    let said = check(&folder, &["Cargo.toml"]);
    assert!(said.code == 2 && said.err.contains("no source of the workspace is in"), "{said:?}");
}

#[test]
fn what_is_accepted_with_a_reason_exits_with_0() {
    let accepted = USERS.replace("    router", "    // portcullis: allow(PC102) moves behind the guard in May\n    router");
    let said = check(&api("mod users;\nfn main() {}\n", &accepted), &[]);
    assert_eq!((said.code, said.out.as_str()), (0, "nothing found in 2 files, 1 accepted\n"));
}

#[test]
fn a_file_that_does_not_parse_is_named_and_the_others_are_looked_at() {
    let folder = api(OPEN, "fn f( {\n");
    let said = check(&folder, &[]);
    assert_eq!(said.code, 2);
    assert!(said.err.contains("src/users/mod.rs:1:"), "{}", said.err);
    assert!(said.out.contains("PC101"), "{}", said.out);
    let sarif: Value = serde_json::from_str(&check(&folder, &["--format", "sarif"]).out).unwrap();
    assert_eq!(sarif["runs"][0]["invocations"][0]["executionSuccessful"], false);
    folder.write("src/users/mod.rs", "");
    folder.write("security.toml", "[roles]\nuser = 5\n");
    let said = check(&folder, &[]);
    assert!(said.code == 2 && said.err.contains("security.toml:2:"), "{said:?}");
}

#[test]
fn every_format_says_the_same_findings() {
    let folder = api(OPEN, USERS);
    let json: Value = serde_json::from_str(&check(&folder, &["--format", "json"]).out).unwrap();
    let sarif: Value = serde_json::from_str(&check(&folder, &["--format", "sarif"]).out).unwrap();
    let ids: Vec<&str> = json["findings"].as_array().unwrap().iter().map(|finding| finding["id"].as_str().unwrap()).collect();
    let rules: Vec<&str> =
        sarif["runs"][0]["results"].as_array().unwrap().iter().map(|result| result["ruleId"].as_str().unwrap()).collect();
    assert_eq!((ids.as_slice(), rules.as_slice()), (&["PC101", "PC102"][..], &["PC101", "PC102"][..]));
    let github = check(&folder, &["--format", "github"]).out;
    assert!(github.starts_with("::error file=src/main.rs,line=4,endLine=4,col=34,title=PC101 unguarded-handler::"), "{github}");
}

#[test]
fn kinds_are_listed_and_explained() {
    let folder = Folder::new();
    let said = check(&folder, &["--list"]);
    assert!(said.code == 0 && said.out.starts_with("PC101  high    unguarded-handler"), "{said:?}");
    let said = check(&folder, &["--explain", "pc405"]);
    assert!(said.code == 0 && said.out.starts_with("# PC405 secret-constant\n"), "{said:?}");
    let said = check(&folder, &["--explain", "PC40"]);
    assert!(said.code == 2 && said.err.contains("no finding is called `PC40`: did you mean"), "{said:?}");
}
