//! What an acceptance accepts, and what is wrong with one.

use super::{check, found, ids};

const DOOR: &str = "fn app() { router.merge_unsecured(metrics, \"scraped\") }";

fn around(before: &str, after: &str) -> Vec<&'static str> {
    found(&format!("{before}{DOOR}{after}\n"))
}

#[test]
fn the_line_or_the_line_above_with_a_reason() {
    let accepted = [
        ("// portcullis: allow(PC102) moves behind the guard in May\n", ""),
        ("", " // portcullis: allow(PC102) moves behind the guard in May"),
        ("// portcullis: allow(pc102, PC102) moves behind the guard in May\n", ""),
        ("// portcullis: allow(PC102) moves behind the guard in May\n// another comment\n", ""),
        ("    //portcullis:allow(PC102): moves behind the guard in May\r\n", ""),
        ("/* first */ // portcullis: allow(PC102) moves behind the guard\n", ""),
    ];
    for (before, after) in accepted.iter().take(5) {
        assert_eq!(around(before, after), [""; 0], "{before:?} {after:?}");
    }
    // Behind something on its line, it is about that line.
    assert_eq!(around(accepted[5].0, ""), ["PC901", "PC102"]);
    let findings = check(&format!("// portcullis: allow(PC102) moves in May\n{DOOR}"));
    assert_eq!(findings[0].accepted.as_deref(), Some("moves in May"));
}

#[test]
fn nothing_else_accepts() {
    for (before, ids) in [
        ("// portcullis: allow(PC102) moves in May\n\n", &["PC901", "PC102"][..]),
        ("// portcullis: allow(PC101) moves in May\n", &["PC901", "PC102"]),
        ("// portcullis: allow(PC102)\n", &["PC903", "PC102"]),
        ("// portcullis: allow(PC102) todo\n", &["PC903", "PC102"]),
        ("// portcullis: allow(PC1) moves in May\n", &["PC902", "PC102"]),
        ("// portcullis: allow(merge-unsecured) moves in May\n", &["PC902", "PC102"]),
        ("// portcullis: allow() moves in May\n", &["PC902", "PC102"]),
        ("// portcullis: ignore PC102\n", &["PC902", "PC102"]),
        ("// portcullis: allow(PC102 moves in May\n", &["PC902", "PC102"]),
        ("// portcullis: allow(PC901) moves in May\n", &["PC902", "PC102"]),
        ("/// portcullis: allow(PC102) documentation\n", &["PC102"]),
        ("/* portcullis: allow(PC102) moves in May */\n", &["PC102"]),
        ("const X: &str = \"// portcullis: allow(PC102) moves in May\";\n", &["PC102"]),
        ("const X: &str = \"\n// portcullis: allow(PC102) moves in May\n\"; ", &["PC102"]),
        ("// see portcullis: allow(PC102) moves in May\n", &["PC102"]),
    ] {
        assert_eq!(around(before, ""), ids, "{before}");
    }
}

#[test]
fn one_comment_accepts_its_ids_and_no_others() {
    let source = "fn app() {\n// portcullis: allow(PC101, PC102) moves in May\nrouter.merge_unsecured(x, \"y\"); axum::routing::get(z); v.validate_exp = false;\n}";
    assert_eq!(found(source), ["PC507"]);
}

#[test]
fn an_acceptance_in_a_test_is_about_a_test() {
    let source = "#[cfg(test)]\nmod tests {\n// portcullis: allow(PC101) nobody calls it\nfn app() { axum::routing::get(z); }\n}";
    let findings = check(source);
    assert!(findings.iter().all(|finding| finding.in_test && finding.accepted.is_some()), "{findings:#?}");
    assert_eq!(ids(&findings), [""; 0]);
}

#[test]
fn the_first_line_may_be_a_mark_or_a_shebang() {
    for start in ["\u{feff}", "#!/usr/bin/env run\n", "#![allow(clippy::all)]\n"] {
        let source = format!("{start}// portcullis: allow(PC102) moves in May\n{DOOR}");
        assert_eq!(found(&source), [""; 0], "{start:?}");
    }
}
