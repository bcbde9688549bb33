//! Every error of a rule book, with its place and its remedy, and what holds for the errors of every text.

use super::RuleBookFile;
use crate::Mask;
use proptest::prelude::*;

fn errors(text: &str) -> Vec<String> {
    RuleBookFile::parse(text).unwrap_err().iter().map(ToString::to_string).collect()
}

#[test]
fn broken_toml_is_located() {
    assert_eq!(errors("[roles\nuser = []"), ["line 1, column 7: unclosed table, expected `]`"]);
    assert_eq!(errors("[roles]\nuser"), ["line 2, column 5: key with no value, expected `=`"]);
    let carriage_return = "line 2, column 11: carriage return must be followed by newline, expected newline";
    assert_eq!(errors("[roles]\nuser = []\r"), [carriage_return]);
    let keys = "invalid unquoted key, expected letters, numbers, `-`, `_`";
    let quotes = "a name with a `:` is written in quotes, as in `\"reports:read\"`";
    assert_eq!(errors("[scopes]\nreports:read = \"x\""), [format!("line 2, column 8: {keys}; {quotes}")]);
}

#[test]
fn duplicates_are_found_and_the_rest_is_still_checked() {
    let twice = |what: &str| format!("`{what}` is declared twice: merge the two, or remove one");
    assert_eq!(errors("[roles]\na = []\n\"a\" = []"), [format!("line 3, column 1: {}", twice("\"a\""))]);
    let expected = [
        format!("line 3, column 2: {}", twice("roles")),
        format!("line 4, column 1: {}", twice("a")),
        "line 5, column 6: unknown role `x`: the declared roles are `a` and `b`".to_owned(),
    ];
    assert_eq!(errors("[roles]\na = []\n[roles]\na = []\nb = [\"x\"]"), expected);
}

#[test]
fn only_the_tables_exist_that_exist() {
    let rule = "a rule book has the tables `roles`, `scopes`, `defaults`, `require` and `rule`";
    assert_eq!(errors("[role]\na = []"), [format!("line 1, column 2: unknown table `role`: did you mean `roles`? {rule}")]);
    assert_eq!(errors("version = 1"), [format!("line 1, column 1: unknown key `version`: {rule}")]);
    assert_eq!(errors("[[roles]]\na = []"), ["line 1, column 3: `roles` is a list, not a table: write `[roles]`"]);
    assert_eq!(errors("scopes = 3"), ["line 1, column 1: `scopes` is an integer, not a table: write `[scopes]`"]);
}

#[test]
fn values_have_their_type() {
    let role = "a role has a list of the roles that it includes";
    assert_eq!(errors("[roles]\na = true"), [format!("line 2, column 5: `a` is a boolean: {role}: write `[]` for none")]);
    assert_eq!(errors("[roles]\nb = []\na = \"b\""), [format!("line 3, column 5: `a` is a string: {role}: write `[\"b\"]`")]);
    let item = "line 2, column 6: a role includes roles by name, and this is a float: write `[\"user\"]`";
    assert_eq!(errors("[roles]\na = [1.5]"), [item]);
    let scope = "a scope has its meaning as text: write `\"Read the reports\"`";
    assert_eq!(errors("[scopes]\na = [\"x\"]"), [format!("line 2, column 5: `a` is a list: {scope}")]);
    assert_eq!(errors("[scopes]\na = 1979-05-27"), [format!("line 2, column 5: `a` is a date or time: {scope}")]);
    let dotted = "a name with a dot is written in quotes, as in `\"a.b\"`";
    assert_eq!(errors("[scopes]\na.b = \"x\""), [format!("line 2, column 1: `a` is a table: {scope}; {dotted}")]);
}

#[test]
fn a_role_whose_list_is_wrong_is_still_declared() {
    let expected = "line 2, column 5: `a` is a boolean: a role has a list of the roles that it includes: write `[]` for none";
    assert_eq!(errors("[roles]\na = true\nb = [\"a\"]"), [expected], "one mistake is one error");
}

#[test]
fn inclusions_are_declared_once_and_not_of_oneself() {
    let expected = [
        "line 3, column 10: unknown role `usr`: did you mean `user`? the declared roles are `admin` and `user`",
        "line 3, column 17: `admin` includes itself: remove it here",
        "line 3, column 34: `admin` includes `user` twice: remove one of them",
    ];
    assert_eq!(errors("[roles]\nuser = []\nadmin = [\"usr\", \"admin\", \"user\", \"user\"]"), expected);
    let itself = "line 2, column 10: unknown role `admn`: the declared roles are `admin`";
    assert_eq!(errors("[roles]\nadmin = [\"admn\"]"), [itself], "a role is not advised to include itself");
}

#[test]
fn cycles_are_shown_the_whole_way_round_and_once() {
    let circle = |way: &str| format!("roles include each other in a circle, `{way}`: remove one of these inclusions");
    assert_eq!(errors("[roles]\na = [\"b\"]\nb = [\"a\"]"), [format!("line 2, column 6: {}", circle("a -> b -> a"))]);
    let two = "[roles]\nstart = [\"c\"]\na = []\nc = [\"a\", \"d\"]\nd = [\"e\"]\ne = [\"c\"]\nx = [\"y\"]\ny = [\"x\"]";
    let expected =
        [format!("line 4, column 11: {}", circle("c -> d -> e -> c")), format!("line 7, column 6: {}", circle("x -> y -> x"))];
    assert_eq!(errors(two), expected);
    let two_ways = "[roles]\na = [\"b\", \"c\"]\nb = [\"d\"]\nc = [\"d\"]\nd = []";
    assert!(RuleBookFile::parse(two_ways).is_ok(), "two ways to one role are no cycle");
}

#[test]
fn names_are_those_of_oauth_scopes() {
    let rule = "use letters, digits and punctuation of ASCII, except spaces, `\"` and `\\`";
    let wrong = [(" ", "a space"), ("\\\"", "`\"`"), ("\\\\", "`\\`"), ("ü", "`ü`"), ("\\u007f", "`\\u{7f}`")];
    for (character, shown) in wrong {
        let found = errors(&format!("[roles]\n\"a{character}b\" = []"));
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(found[0].starts_with("line 2, column 1: the name of the role `a"), "{found:?}");
        assert!(found[0].ends_with(&format!(" has {shown} in it: {rule}")), "{found:?}");
    }
    assert_eq!(errors("[roles]\n\"\" = []"), ["line 2, column 1: a role has an empty name: give it one, or remove it"]);
    assert_eq!(errors("[scopes]\n'' = 'x'"), ["line 2, column 1: a scope has an empty name: give it one, or remove it"]);
    let every: String = ('\u{21}'..='\u{7e}').filter(|character| !matches!(character, '"' | '\\')).collect();
    let book = RuleBookFile::parse(&format!("[scopes]\n\"{every}\" = \"x\"")).unwrap();
    assert_eq!(book.scope(&every), Some(Mask::of(&[0])));
}

#[test]
fn a_scope_says_what_it_permits() {
    let expected = "line 2, column 5: the scope `a` has an empty meaning: say what it permits";
    assert_eq!(errors("[scopes]\na = \"\""), [expected]);
    assert_eq!(errors("[scopes]\na = \" \\t\""), [expected]);
}

#[test]
fn columns_count_characters_and_errors_come_in_order() {
    let text = "\u{feff}[scopes]\r\n\"größe\" = \"\"\r\n[roles]\r\nz = [\"y\"]";
    let places: Vec<_> = RuleBookFile::parse(text).unwrap_err().iter().map(|error| (error.line(), error.column())).collect();
    assert_eq!(places, [(2, 1), (2, 11), (4, 6)]);
}

/// The pieces that a rule book is made of, and those that break one.
const PIECES: &[&str] = &[
    "[roles]",
    "[scopes]",
    "[[roles]]",
    "[roles.a]",
    "[scopes.\"a\"]",
    "[",
    "]",
    "[[",
    "]]",
    "{",
    "}",
    "=",
    " = ",
    "\n",
    "\r\n",
    "\r",
    "#",
    "\"",
    "'",
    "'''",
    "\"\"\"",
    ",",
    ".",
    ":",
    "a",
    "b",
    "\"a\"",
    "[\"a\"]",
    "[\"b\", \"a\"]",
    "a = []\n",
    "b = [\"a\"]\n",
    "a = \"x\"\n",
    "a.b = []\n",
    "roles",
    "scopes = {",
    "1",
    "0x",
    "1979-05-27",
    "true",
    "\\u",
    "\u{feff}",
    "é",
    "\0",
    "\u{85}",
    "\"\\u0000\"",
    "[\"\\u0000\"]",
];

proptest! {
    #[test]
    fn no_bytes_panic_and_every_error_is_in_the_text(
        bytes in proptest::collection::vec(any::<u8>(), 0..200),
        nearly in proptest::collection::vec(proptest::sample::select(PIECES), 0..40),
    ) {
        for text in [String::from_utf8_lossy(&bytes).into_owned(), nearly.concat()] {
            for error in RuleBookFile::parse(&text).err().into_iter().flatten() {
                let line = text.split('\n').nth(error.line() - 1);
                let characters = line.map(|line| line.chars().count());
                prop_assert!(characters.is_some_and(|end| (1..=end + 1).contains(&error.column())), "{} in {:?}", error, text);
                prop_assert!(!error.message().is_empty() && !error.message().chars().any(char::is_control), "{:?}", error);
            }
        }
    }
}
