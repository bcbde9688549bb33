//! Files that nobody writes by hand: cut short, put together at random, or made to be slow.

use super::RuleBookFile;
use proptest::prelude::*;
use std::time::Instant;

/// One of everything.
const WHOLE: &str = r#"[roles]
user = []
admin = ["user"]

[scopes]
"reports:read" = "Read the reports"

[defaults]
rate = ["100/min", "1000/day per ip"]
body = "64 KiB"
timeout = "10 s"

[require]
rate = true
reason = true
public = ["health", "token"]
route = false

[[rule]]
name = "admin area"
paths = ["/admin/**"]
endpoints = ["crate::admin::*"]
methods = ["DELETE"]
role = "admin"
step_up = { max_age = "15 min", mfa = true }
rate_at_most = "60/min"
audit = true

[[rule]]
name = "reports"
paths = ["/reports/*"]
scope = "reports:read"
body_at_most = "1 KiB"
timeout_at_most = "5 s"
when = true
validated = true
"#;

/// Parses it; whatever is wrong is somewhere in the text, and can be shown.
fn parse(text: &str) -> Result<RuleBookFile, usize> {
    RuleBookFile::parse(text).map_err(|errors| {
        for error in &errors {
            let characters = text.split('\n').nth(error.line() - 1).map(|line| line.chars().count());
            assert!(characters.is_some_and(|end| (1..=end + 1).contains(&error.column())), "{error} in {text:?}");
            assert!(!error.message().is_empty() && !error.message().chars().any(char::is_control), "{error:?}");
        }
        errors.len()
    })
}

#[test]
fn cut_short_anywhere_it_is_an_error_or_says_less() {
    let whole = RuleBookFile::parse(WHOLE).unwrap();
    for end in 0..WHOLE.trim_end().len() {
        match parse(WHOLE.get(..end).unwrap()) {
            Ok(less) => assert_ne!(less, whole, "cut at {end}"),
            Err(errors) => assert!(errors > 0),
        }
    }
}

#[test]
fn marks_and_line_ends_of_other_editors_do_not_matter() {
    let whole = RuleBookFile::parse(WHOLE).unwrap();
    assert_eq!(parse(&format!("\u{feff}{}", WHOLE.replace('\n', "\r\n"))), Ok(whole));
}

#[test]
fn keys_and_tables_are_said_once() {
    for line in WHOLE.lines().filter(|line| line.contains(" = ")) {
        assert!(parse(&WHOLE.replacen(line, &format!("{line}\n{line}"), 1)).is_err(), "{line} twice");
    }
    for table in ["[roles]", "[scopes]", "[defaults]", "[require]", "[rule]"] {
        assert!(parse(&format!("{WHOLE}\n{table}\n")).is_err(), "{table} again");
    }
}

#[test]
fn a_file_that_was_made_to_be_slow_is_refused_in_time() {
    let repeated = |count: usize, line: &dyn Fn(usize) -> String| (0..count).map(line).collect::<String>();
    let rule = |index: usize| {
        format!("[[rule]]\nname = \"r{index}\"\npaths = [\"/**/a/*/{index}/**\", \"/*/*/{index}\"]\naudit = true\n")
    };
    let many = repeated(500, &rule);
    assert_eq!(parse(&many).map(|book| book.rules().len()), Ok(500), "as many as there may be");
    assert_eq!(parse(&(many + &rule(500))), Err(1), "and one more");

    let patterns = repeated(2_001, &|index| format!("\"/**/{index}\","));
    assert_eq!(parse(&format!("[[rule]]\nname = \"x\"\naudit = true\npaths = [{patterns}]")), Err(1));
    let roles = repeated(256, &|index| format!("role-{index} = []\n"));
    let slow = [
        repeated(20_000, &rule),
        format!("[roles]\n{roles}[[rule]]\n{}", repeated(100_000, &|index| format!("roll-{index} = 1\n"))),
        format!("[roles]\n{roles}{}", repeated(30_000, &|index| format!("[[rule]]\nname = \"{index}\"\nrole = \"rolle\"\n"))),
        format!("[roles]\n{roles}all = [{}]", "\"rolle\",".repeat(100_000)),
        format!("rule = [{}]", "{},".repeat(200_000)),
        format!("require.public = [{}]", "\"a\",".repeat(200_000)),
        format!("require.public = [{}]\n{}", repeated(50_000, &|index| format!("\"a{index}\",")), {
            repeated(500, &|index| format!("[[rule]]\nname = \"{index}\"\npaths = [\"/{index}\"]\nauthenticated = true\n"))
        }) + "[rule.x]",
        format!("defaults.rate = {}", "[".repeat(500_000)),
        format!("defaults.rate = {}", "{a=".repeat(300_000)),
        format!("[{}]", "a.".repeat(500_000)),
        "[[rule]]\n".repeat(100_000),
        "[rule]\n".repeat(100_000),
        format!("[[rule]]\nname = \"{}\"", "é".repeat(500_000)),
    ];
    for text in slow {
        let started = Instant::now();
        let found = RuleBookFile::parse(&text).unwrap_err();
        let shown = text.chars().take(60).collect::<String>();
        assert!(found.len() <= 1_000 && started.elapsed().as_secs() < 10, "{:?} for {shown:?}", started.elapsed());
    }
}

/// The pieces that rules are made of, and those that break them.
const PIECES: &[&str] = &[
    "[roles]\na = []\n",
    "[scopes]\ns = \"S\"\n",
    "[defaults]\n",
    "[require]\n",
    "[[rule]]\n",
    "[rule]\n",
    "[rule.step_up]\n",
    "name = \"x\"\n",
    "name = \"y\"\n",
    "name = 1\n",
    "paths = [\"/**\"]\n",
    "paths = [\"/a/*\"]\n",
    "paths = [\"\"]\n",
    "endpoints = [\"a\"]\n",
    "endpoints = [\"crate::**\"]\n",
    "methods = [\"GET\"]\n",
    "methods = []\n",
    "role = \"a\"\n",
    "scope = \"s\"\n",
    "step_up = { mfa = true }\n",
    "step_up = {}\n",
    "max_age = \"1 s\"\n",
    "rate = \"1/s\"\n",
    "rate = [\"1/s\"]\n",
    "rate = true\n",
    "body = \"1 B\"\n",
    "timeout = \"1 s\"\n",
    "rate_at_most = \"1/min\"\n",
    "body_at_most = \"1 B\"\n",
    "audit = true\n",
    "audit = false\n",
    "public = [\"a\"]\n",
    "reason = true\n",
    "\r\n",
    "= ",
    "\"",
    "\u{feff}",
    "é",
    "\0",
];

proptest! {
    #[test]
    fn nothing_panics_and_every_error_is_in_the_text(
        nearly in proptest::collection::vec(proptest::sample::select(PIECES), 0..30),
        place in 0usize..900,
        piece in proptest::sample::select(PIECES),
        taken in 0usize..30,
    ) {
        let _ = parse(&nearly.concat());
        let place = place.min(WHOLE.len());
        let rest = WHOLE.get(place + taken..).unwrap_or_default();
        let _ = parse(&format!("{}{piece}{rest}", WHOLE.get(..place).unwrap_or_default()));
    }
}
