//! What a sound rule book means: its bits, its hierarchy and its hash.

use super::RuleBookFile;
use crate::Mask;
use proptest::prelude::*;
use std::collections::BTreeSet;

const BOOK: &str = r#"
[roles]                      # a role and the roles it includes
user = []
editor = ["user"]
admin = ["editor"]
auditor = []

[scopes]                     # a scope and what it means
"reports:write" = "Write the reports"
"reports:read" = "Read the reports"
user = "A scope may have the name of a role"
"#;

fn book(text: &str) -> RuleBookFile {
    RuleBookFile::parse(text).unwrap()
}

fn errors(text: &str) -> Vec<String> {
    RuleBookFile::parse(text).unwrap_err().iter().map(ToString::to_string).collect()
}

#[test]
fn bits_go_to_roles_then_scopes_by_name() {
    let book = book(BOOK);
    assert_eq!(book.role_names().collect::<Vec<_>>(), ["admin", "auditor", "editor", "user"]);
    assert_eq!(book.scope_names().collect::<Vec<_>>(), ["reports:read", "reports:write", "user"]);
    let grants: Vec<_> = book.role_names().filter_map(|name| book.role_grant(name)).collect();
    assert_eq!(grants, [0, 1, 2, 3].map(|bit| Mask::of(&[bit])));
    let scopes: Vec<_> = book.scope_names().filter_map(|name| book.scope(name)).collect();
    assert_eq!(scopes, [4, 5, 6].map(|bit| Mask::of(&[bit])));
    assert_eq!(book.scope_meaning("reports:read"), Some("Read the reports"));
}

#[test]
fn a_role_is_held_through_every_role_that_includes_it() {
    let book = book(BOOK);
    assert_eq!(book.role("admin"), Some(Mask::of(&[0])));
    assert_eq!(book.role("auditor"), Some(Mask::of(&[1])));
    assert_eq!(book.role("editor"), Some(Mask::of(&[0, 2])));
    assert_eq!(book.role("user"), Some(Mask::of(&[0, 2, 3])));
    assert_eq!((book.role("nobody"), book.role_grant("nobody"), book.scope("nobody")), (None, None, None));
    assert_eq!(book.scope_meaning("nobody"), None);
}

#[test]
fn an_empty_rule_book_declares_nothing() {
    for text in ["", "\u{feff}", "# nothing yet\r\n", "[roles]", "[scopes]\n[roles]\n"] {
        let book = book(text);
        assert_eq!((book.role_names().count(), book.scope_names().count()), (0, 0), "{text:?}");
        assert_ne!(book.hash(), 0);
    }
}

#[test]
fn byte_order_marks_line_ends_and_inline_tables_do_not_matter() {
    assert_eq!(book(&format!("\u{feff}{}", BOOK.replace('\n', "\r\n"))), book(BOOK));
    assert_eq!(book("roles = { user = [] }\nscopes.read = \"Read\""), book("[roles]\nuser = []\n[scopes]\nread = \"Read\""));
}

#[test]
fn the_hash_is_that_of_the_meaning() {
    let hash = |text: &str| book(text).hash();
    let base = hash("[roles]\nb = []\na = [\"b\"]\n[scopes]\nx = \"X\"");
    assert_eq!(hash("# words\n[scopes]\nx = \"X in other words\"\n[roles]\na = [\"b\"] # comment\nb = []"), base);
    assert_eq!(
        hash("[roles]\na = [\"b\", \"c\"]\nb = [\"c\"]\nc = []"),
        hash("[roles]\na = [\"b\"]\nb = [\"c\"]\nc = []"),
        "an inclusion that follows from others changes nothing"
    );
    let others = [
        "[roles]\nb = []\na = []\n[scopes]\nx = \"X\"",
        "[roles]\nb = [\"a\"]\na = []\n[scopes]\nx = \"X\"",
        "[roles]\nb = []\na = [\"b\"]\n[scopes]\ny = \"X\"",
        "[roles]\nb = []\na = [\"b\"]",
        "[roles]\nb = []\na = [\"b\"]\nx = []",
        "[roles]\nba = []\n[scopes]\nx = \"X\"",
        "",
    ];
    let mut hashes = others.map(hash).to_vec();
    hashes.push(base);
    hashes.sort_unstable();
    hashes.dedup();
    assert_eq!(hashes.len(), others.len() + 1, "different meanings have different hashes");
}

#[test]
fn there_are_256_grants_and_no_more() {
    let roles: String = (0..200).map(|role| format!("r{role} = []\n")).collect();
    let scopes = |count: usize| (0..count).map(|scope| format!("s{scope} = \"x\"\n")).collect::<String>();
    let full = book(&format!("[roles]\n{roles}[scopes]\n{}", scopes(56)));
    assert_eq!(full.scope("s9"), Some(Mask::of(&[255])));
    let expected = "line 259, column 1: a rule book has at most 256 roles and scopes, and this one has 258: remove some";
    assert_eq!(errors(&format!("[roles]\n{roles}[scopes]\n{}", scopes(58))), [expected]);
}

#[test]
fn a_long_chain_of_inclusions_is_followed_to_its_end() {
    let chain: String = (1..256).map(|role| format!("r{role} = [\"r{}\"]\n", role - 1)).collect();
    let book = book(&format!("[roles]\nr0 = []\n{chain}"));
    assert_eq!(book.role("r0"), Some(Mask::from_words([u64::MAX; 4])));
    assert_eq!(book.role("r255"), book.role_grant("r255"));
}

/// A sound rule book: each role includes only roles that were declared before it.
fn sound() -> impl Strategy<Value = Vec<Vec<usize>>> {
    proptest::collection::vec(proptest::collection::btree_set(0usize..40, 0..6), 0..40).prop_map(|roles| {
        let below = |(index, parts): (usize, BTreeSet<usize>)| parts.into_iter().filter(|part| *part < index).collect();
        roles.into_iter().enumerate().map(below).collect()
    })
}

proptest! {
    #[test]
    fn whoever_includes_a_role_holds_it(roles in sound()) {
        let line = |(index, parts): (usize, &Vec<usize>)| {
            format!("r{index} = {:?}\n", parts.iter().map(|part| format!("r{part}")).collect::<Vec<_>>())
        };
        let text: String = roles.iter().enumerate().map(line).collect();
        let book = book(&format!("[roles]\n{text}"));
        let mut holders = vec![Mask::EMPTY; roles.len()];
        for (index, parts) in roles.iter().enumerate().rev() {
            let all = holders[index].union(book.role_grant(&format!("r{index}")).unwrap());
            holders[index] = all;
            parts.iter().for_each(|part| holders[*part] = holders[*part].union(all));
        }
        for (index, held_by) in holders.iter().enumerate() {
            prop_assert_eq!(book.role(&format!("r{index}")), Some(*held_by));
        }
    }
}
