//! Every error of a lock, with its place and its remedy, and what holds for the errors of every text.

use super::Lock;
use crate::lock::tests::clinic;
use proptest::prelude::*;

fn errors(text: &str) -> Vec<String> {
    Lock::parse(text).unwrap_err().iter().map(ToString::to_string).collect()
}

/// The errors of an endpoint with these lines.
fn endpoint(lines: &str) -> Vec<String> {
    let grants = "version = 1\n[roles]\nadmin = [\"user\"]\nuser = []\n[scopes]\nread = \"Read\"";
    errors(&format!("{grants}\n[[endpoint]]\n{lines}"))
}

const SOUND: &str = "route = \"GET /x\"\nhandler = \"x\"\naccess = \"authenticated\"\n";
const REWRITE: &str = "run `cargo portcullis lock` to write the file anew";

#[test]
fn other_versions_are_not_guessed_at() {
    assert_eq!(errors(""), [format!("line 1, column 1: the lock does not say its version: {REWRITE}")]);
    let expected = "line 1, column 11: this lock has the version `2`, and version 1 is what can be read: use the version of \
        `cargo-portcullis` that wrote it, or run `cargo portcullis lock` with this one";
    assert_eq!(errors("version = 2\nfuture = true"), [expected], "what it says is not looked at");
    assert_eq!(errors("version = \"1\""), [format!("line 1, column 11: `version` is a string, not a number: {REWRITE}")]);
    assert!(errors("version = 99999999999999999999999999")[0].contains("has the version `99999999999999999999999999`"));
}

#[test]
fn a_merge_that_is_not_resolved_is_said_to_be_one() {
    let expected = "a merge left both sides here: resolve the merge conflict and run `cargo portcullis lock`";
    let text = "version = 1\n<<<<<<< HEAD\n[roles]\n=======\n[scopes]\n>>>>>>> main\n";
    assert_eq!(errors(text), [format!("line 2, column 1: {expected}")]);
    assert_eq!(errors("version = 1\r\n=======\r\n"), [format!("line 2, column 1: {expected}")]);
}

#[test]
fn broken_toml_is_located() {
    assert_eq!(errors("version = 1\n[roles"), [format!("line 2, column 7: unclosed table, expected `]`: {REWRITE}")]);
    let twice = |what: &str| format!("`{what}` is said twice: {REWRITE}");
    assert_eq!(errors("version = 1\nversion = 1"), [format!("line 2, column 1: {}", twice("version"))]);
    assert_eq!(endpoint(&format!("{SOUND}access = \"public\"")), [format!("line 11, column 1: {}", twice("access"))]);
}

#[test]
fn nothing_unknown_is_passed_over() {
    let tables = "a lock has the keys `version`, `roles`, `scopes`, `endpoint` and `unsecured`";
    let expected = format!("line 2, column 3: unknown key `endpoints`: did you mean `endpoint`? {tables}");
    assert_eq!(errors("version = 1\n[[endpoints]]"), [expected]);
    let found = endpoint(&format!("{SOUND}acces = 1\nstep_up = {{ maxage = \"5 min\" }}"));
    assert_eq!(found.len(), 2, "{found:?}");
    assert!(
        found[0].starts_with("line 11, column 1: unknown key `acces`: did you mean `access`? an endpoint has the keys `route`")
    );
    let keys = "`step_up` has the keys `max_age` and `mfa`";
    assert_eq!(found[1], format!("line 12, column 13: unknown key `maxage`: did you mean `max_age`? {keys}"));
}

#[test]
fn nothing_missing_is_made_up() {
    let expected = ["route", "handler", "access"].map(|key| format!("line 7, column 1: an endpoint without `{key}`: {REWRITE}"));
    let mut found = endpoint("");
    found.sort_by_key(|error| ["route", "handler", "access"].iter().position(|key| error.contains(&format!("`{key}`"))));
    assert_eq!(found, expected);
    let unsecured = format!("line 2, column 1: an unsecured router without `reason`: {REWRITE}");
    assert_eq!(errors("version = 1\n[[unsecured]]\nprefix = \"/x\""), [unsecured]);
}

#[test]
fn values_have_their_type() {
    let wrong = |place: &str, key: &str, is: &str| [format!("{place}: `{key}` is {is}: {REWRITE}")];
    assert_eq!(errors("version = 1\nroles = 1"), wrong("line 2, column 9", "roles", "an integer, not a table"));
    assert_eq!(errors("version = 1\n[endpoint]"), wrong("line 2, column 1", "endpoint", "a table, not a list of tables"));
    assert_eq!(errors("version = 1\nendpoint = [1]"), wrong("line 2, column 13", "endpoint", "an integer, not a table"));
    let fact = |line: &str| endpoint(&format!("{SOUND}{line}"));
    assert_eq!(fact("when = true"), wrong("line 11, column 8", "when", "a boolean, not text"));
    assert_eq!(fact("rate = [\"5/min per ip\", 5]"), wrong("line 11, column 25", "rate", "an integer, not text"));
    assert_eq!(fact("step_up = \"mfa\""), wrong("line 11, column 11", "step_up", "a string, not a table"));
    let mfa = wrong("line 11, column 19", "mfa", "an integer, not `true` or `false`");
    assert_eq!(fact("step_up = { mfa = 1 }"), mfa);
    let roles = format!("line 3, column 5: `a` is a boolean, not a list of roles: {REWRITE}");
    assert_eq!(errors("version = 1\n[roles]\na = true"), [roles]);
    let scopes = format!("line 3, column 5: `a` is a list, not the meaning of a scope: {REWRITE}");
    assert_eq!(errors("version = 1\n[scopes]\na = []"), [scopes]);
}

#[test]
fn values_are_in_their_languages() {
    let fact = |line: &str| endpoint(&format!("{SOUND}{line}"))[0].clone();
    let key = "`5/min` does not say what it is counted by: write `per ip`, `per principal` or `per global` after it";
    assert_eq!(fact("rate = \"5/min\""), format!("line 11, column 8: {key}"));
    assert!(fact("rate = [\n\"5/mim per ip\"]").starts_with("line 12, column 1: unknown unit `mim`, did you mean `min`?"));
    assert!(fact("body = \"64\"").starts_with("line 11, column 8: the size `64` has no unit"));
    assert!(fact("timeout = \"0 s\"").starts_with("line 11, column 11: a duration of zero"));
    assert!(fact("step_up = { max_age = \"x\" }").starts_with("line 11, column 23: `x` is not a duration"));
    assert_eq!(
        fact("input = \"jsn\""),
        "line 11, column 9: unknown input `jsn`: did you mean `json`? an input is one of `json`, `form` and `multipart`"
    );
    let access = "route = \"GET /x\"\nhandler = \"x\"\naccess = \"all\"";
    assert_eq!(endpoint(access), ["line 10, column 10: `all(…)` stands inside `allow(…)`: write `allow(all(…))`"]);
    assert!(endpoint(&SOUND.replace("GET ", ""))[0].starts_with("line 8, column 9: `/x` has no method"));
    let prefix = "line 3, column 10: the prefix `x` does not begin with `/`: write the path, or `\"\"` for the root";
    assert_eq!(errors("version = 1\n[[unsecured]]\nprefix = \"x\"\nreason = \"y\""), [prefix]);
}

#[test]
fn names_are_declared() {
    let access = |text: &str| endpoint(&SOUND.replace("\"authenticated\"", text));
    let expected = [
        format!("line 10, column 10: unknown role `admn`: did you mean `admin`? {REWRITE}"),
        format!("line 10, column 10: unknown scope `write`: {REWRITE}"),
    ];
    assert_eq!(access("'allow(any(role = \"admn\", scope = \"write\"))'"), expected);
    let inclusion = format!("line 3, column 10: unknown role `usr`: did you mean `user`? {REWRITE}");
    assert_eq!(errors("version = 1\n[roles]\nadmin = [\"usr\"]\nuser = []"), [inclusion]);
    let circle = errors("version = 1\n[roles]\na = [\"b\"]\nb = [\"a\"]");
    assert_eq!(circle[0], format!("line 3, column 6: `a` includes `b` and is included by it: {REWRITE}"));
}

#[test]
fn endpoints_are_said_once() {
    let twice = endpoint(&format!("{SOUND}[[endpoint]]\n{SOUND}"));
    assert_eq!(twice, ["line 12, column 9: `GET /x` is said twice: remove one of them, or run `cargo portcullis lock`"]);
    let (one, other) = (SOUND.replace("/x", "/{a}"), SOUND.replace("/x", "/{b}"));
    let alike = endpoint(&format!("{one}[[endpoint]]\n{other}"));
    assert_eq!(alike, ["line 12, column 9: `GET /{b}` answers the same requests as `GET /{a}`: run `cargo portcullis lock`"]);
}

#[test]
fn cut_short_anywhere_it_is_an_error_or_says_less() {
    let text = clinic().to_string();
    for end in 0..text.len() {
        match Lock::parse(text.get(..end).unwrap()) {
            Ok(less) => assert_ne!(less, clinic(), "cut at {end}"),
            Err(errors) => assert!(!errors.is_empty()),
        }
    }
}

#[test]
fn a_file_that_was_made_to_be_slow_is_refused_in_time() {
    let started = std::time::Instant::now();
    let huge = "#".repeat((16 << 20) + 1);
    assert!(errors(&huge)[0].contains("a lock has at most 16777216 bytes, and this one has 16777217"));
    let one_line = format!("version = 1\nendpoint = [{}]", "1,".repeat(100_000));
    assert_eq!(Lock::parse(&one_line).unwrap_err().len(), 1_000, "more than that nobody reads");
    assert!(Lock::parse(&format!("version = 1\nx = {}", "[".repeat(100_000))).is_err());
    let many: String = (0..5_000).map(|index| format!("[[endpoint]]\n{}", SOUND.replace("/x", &format!("/{index}")))).collect();
    assert_eq!(Lock::parse(&format!("version = 1\n{many}")).unwrap().endpoints.len(), 5_000);
    assert!(started.elapsed().as_secs() < 30, "{:?}", started.elapsed());
}

proptest! {
    #[test]
    fn no_bytes_panic_and_every_error_is_in_the_text(
        bytes in proptest::collection::vec(any::<u8>(), 0..200),
        place in 0usize..2_000,
        piece in proptest::sample::select(vec!["[", "]", "\"", "'", "=", "\n", "x", "0", "{", "}", "\\", "\0", "é", "[[endpoint]]\n", "\u{feff}"]),
    ) {
        let mut broken = clinic().to_string();
        let place = (0..=place.min(broken.len())).rev().find(|place| broken.is_char_boundary(*place)).unwrap();
        broken.insert_str(place, piece);
        for text in [String::from_utf8_lossy(&bytes).into_owned(), broken] {
            for error in Lock::parse(&text).err().into_iter().flatten() {
                let characters = text.split('\n').nth(error.line() - 1).map(|line| line.chars().count());
                prop_assert!(characters.is_some_and(|end| (1..=end + 1).contains(&error.column())), "{} in {:?}", error, text);
                prop_assert!(!error.message().is_empty() && !error.message().chars().any(char::is_control), "{:?}", error);
            }
        }
    }
}
