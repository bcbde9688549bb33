//! What an access prints parses back, and what does not parse is told how.

use super::{DEEPEST, LONGEST};
use crate::{Admission, Predicate, strategies};
use proptest::prelude::*;

fn error(text: &str) -> String {
    text.parse::<Admission>().unwrap_err().to_string()
}

#[test]
fn every_form_is_read() {
    let role = |name: &str| Predicate::Role(name.to_owned());
    assert_eq!("public".parse(), Ok(Admission::Public(None)));
    assert_eq!(r#" public="a \"b\" \u{202e}\n" "#.parse(), Ok(Admission::Public(Some("a \"b\" \u{202e}\n".to_owned()))));
    assert_eq!("authenticated".parse(), Ok(Admission::Authenticated));
    assert_eq!(r#"role = "a""#.parse(), Ok(Admission::Allow(role("a"))));
    assert_eq!(r#"allow(role = "a",)"#.parse(), Ok(Admission::Allow(role("a"))));
    let tree =
        Predicate::Any(vec![role("a"), Predicate::Not(Box::new(Predicate::All(vec![role("b"), Predicate::Scope("c".into())])))]);
    assert_eq!(r#"allow(any(role = "a", not(all(role = "b", scope = "c"))))"#.parse(), Ok(Admission::Allow(tree)));
}

#[test]
fn errors_say_how_to_write_it() {
    let accesses = "write one of `public`, `authenticated`, `role`, `scope` and `allow`";
    assert_eq!(error(""), format!("the access ends too early: {accesses}"));
    assert_eq!(error("rol = \"a\""), format!("unknown access `rol`: did you mean `role`? {accesses}"));
    assert_eq!(error("(x)"), format!("unexpected `(x)`: {accesses}"));
    assert_eq!(error("any(role = \"a\")"), "`any(…)` stands inside `allow(…)`: write `allow(any(…))`");
    assert_eq!(error("role"), "`role` has no value: write `role = \"…\"`");
    assert_eq!(error("role = a"), "unexpected `a`: the value of `role` is text in double quotes");
    assert_eq!(error("role = \"a"), "the value of `role` does not end: close it with `\"`");
    for escape in ["\\x41", "\\u{}", "\\u{d800}", "\\u{1234567}", "\\u{+41}", "\\u41", "\\"] {
        let expected = if escape == "\\" { "does not end" } else { "has an unknown escape" };
        assert!(error(&format!("role = \"{escape}\"")).contains(expected), "{escape}");
    }
    assert_eq!(error("authenticated, public"), "unexpected `, public`: an endpoint has exactly one access");
    assert_eq!(error("allow"), "`allow` is written `allow(…)`");
    let one = "takes exactly one predicate: join several with `any(…)` or `all(…)`";
    assert_eq!(error("allow()"), format!("`allow` {one}"));
    assert_eq!(error("allow(not(authenticated, authenticated))"), format!("`not` {one}"));
    let comma = "`any(…)` has predicates with a comma between them, and ends with `)`";
    assert_eq!(error("allow(any(role = \"a\" role = \"b\"))"), format!("unexpected `role = \"b\"))`: {comma}"));
    assert_eq!(error("allow(any(role = \"a\""), format!("the access ends too early: {comma}"));
    let predicates = "write one of `role`, `scope`, `authenticated`, `any`, `all` and `not`";
    assert_eq!(error("allow(public)"), format!("unknown predicate `public`: {predicates}"));
    assert_eq!(error("allow(any(,))"), format!("unexpected `,))`: {predicates}"));
}

#[test]
fn neither_depth_nor_length_is_without_bounds() {
    let nested = |depth: usize| format!("allow({}authenticated{})", "not(".repeat(depth - 1), ")".repeat(depth - 1));
    assert!(nested(DEEPEST).parse::<Admission>().is_ok());
    assert_eq!(error(&nested(DEEPEST + 1)), "predicates nest at most 64 deep: simplify this one");
    assert_eq!(error(&format!("allow({}", "any(".repeat(16_000))), "predicates nest at most 64 deep: simplify this one");
    let long = "an access has at most 65536 bytes, and this one has 65537: simplify it";
    assert_eq!(error(&" ".repeat(LONGEST + 1)), long);
}

proptest! {
    #[test]
    fn what_is_printed_parses_back(admission in strategies::admissions(any::<String>())) {
        prop_assert_eq!(admission.to_string().parse(), Ok(admission));
    }

    #[test]
    fn no_text_panics(text in ".*", near in r#"(allow|any|all|not|role|scope|public|authenticated|=|\(|\)|,|"|\\|\\u\{|[a0-9é}]| ){0,12}"#) {
        for text in [text, near] {
            if let Ok(admission) = text.parse::<Admission>() {
                prop_assert_eq!(admission.to_string().parse(), Ok(admission));
            }
        }
    }
}
