//! Verdicts on the cases that authors write, and the same verdict from a slow and obvious way for random ones.

use super::{Predicate, Verdict, cases::MOST_LEAVES};
use crate::Roles;
use proptest::prelude::*;

pub(super) fn role(name: &str) -> Predicate {
    Predicate::Role(name.to_owned())
}

pub(super) fn scope(name: &str) -> Predicate {
    Predicate::Scope(name.to_owned())
}

pub(super) fn not(term: Predicate) -> Predicate {
    Predicate::Not(Box::new(term))
}

pub(super) fn any(terms: impl Into<Vec<Predicate>>) -> Predicate {
    Predicate::Any(terms.into())
}

pub(super) fn all(terms: impl Into<Vec<Predicate>>) -> Predicate {
    Predicate::All(terms.into())
}

/// `admin` includes `editor` and `user`, `editor` includes `user`.
fn ranks() -> Roles {
    Roles::new([("admin", vec!["editor"]), ("editor", vec!["user"])])
}

fn flat() -> Roles {
    Roles::default()
}

#[test]
fn a_role_or_scope_decides_something() {
    assert_eq!(role("user").verdict(&ranks()), Verdict::Depends);
    assert_eq!(not(scope("read")).verdict(&ranks()), Verdict::Depends);
    assert_eq!(
        any([role("user"), scope("user")]).verdict(&ranks()),
        Verdict::Depends,
        "a role and a scope of one name are two things"
    );
    assert_eq!(all([role("user"), not(scope("user"))]).verdict(&flat()), Verdict::Depends);
}

#[test]
fn contradictions_are_met_by_nobody() {
    assert_eq!(any([]).verdict(&flat()), Verdict::Nobody);
    assert_eq!(not(all([])).verdict(&flat()), Verdict::Nobody);
    assert_eq!(all([scope("read"), not(scope("read"))]).verdict(&flat()), Verdict::Nobody);
    assert_eq!(all([any([role("a"), role("b")]), not(role("a")), not(role("b"))]).verdict(&flat()), Verdict::Nobody);
}

#[test]
fn tautologies_are_met_by_everybody() {
    assert_eq!(all([]).verdict(&flat()), Verdict::Everybody);
    assert_eq!(not(any([])).verdict(&flat()), Verdict::Everybody);
    assert_eq!(any([role("a"), not(role("a"))]).verdict(&flat()), Verdict::Everybody);
}

#[test]
fn the_hierarchy_counts() {
    let admin_but_no_user = all([role("admin"), not(role("user"))]);
    assert_eq!(admin_but_no_user.verdict(&flat()), Verdict::Depends);
    assert_eq!(admin_but_no_user.verdict(&ranks()), Verdict::Nobody);

    let user_or_no_admin = any([role("user"), not(role("admin"))]);
    assert_eq!(user_or_no_admin.verdict(&flat()), Verdict::Depends);
    assert_eq!(user_or_no_admin.verdict(&ranks()), Verdict::Everybody);

    let user_but_no_admin = all([role("user"), not(role("admin"))]);
    assert_eq!(user_but_no_admin.verdict(&ranks()), Verdict::Depends, "a plain user exists");
    assert_eq!(all([scope("admin"), not(scope("user"))]).verdict(&ranks()), Verdict::Depends, "scopes include nothing");
}

#[test]
fn sixteen_leaves_are_tried_and_seventeen_are_not() {
    let leaves = |count: usize| (0..count).map(|leaf| scope(&format!("s{leaf}"))).collect::<Vec<_>>();
    assert_eq!(any(leaves(MOST_LEAVES)).verdict(&flat()), Verdict::Depends);
    assert_eq!(all([all(leaves(MOST_LEAVES)), not(scope("s15"))]).verdict(&flat()), Verdict::Nobody);
    assert_eq!(any([any(leaves(MOST_LEAVES)), not(scope("s15"))]).verdict(&flat()), Verdict::Everybody);
    assert_eq!(any(leaves(MOST_LEAVES + 1)).verdict(&flat()), Verdict::TooLarge);
    assert_eq!(
        any([any(leaves(MOST_LEAVES)), any(leaves(MOST_LEAVES))]).verdict(&flat()),
        Verdict::Depends,
        "the same leaf counts once"
    );
}

#[test]
fn terms_that_decide_nothing_are_found() {
    let ways = |predicate: &Predicate| predicate.redundant(&ranks());
    let nothing: [[usize; 0]; 0] = [];
    assert_eq!(ways(&any([role("admin"), role("user")])), [[0]]);
    assert_eq!(ways(&all([role("admin"), role("user")])), [[1]]);
    assert_eq!(ways(&any([scope("a"), scope("a")])), [[1]], "of two alike the later one");
    assert_eq!(ways(&any([role("user"), all([role("editor"), scope("a")])])), [[1]]);
    assert_eq!(ways(&all([scope("a"), any([role("admin"), role("user")])])), [[1, 0]]);
    assert_eq!(ways(&not(any([scope("a"), scope("a")]))), [[0, 1]]);
    assert_eq!(ways(&any([role("user"), all([role("a"), scope("b")])])), nothing);
    assert_eq!(ways(&any([role("user"), all([role("a"), any([scope("b"), all([role("user"), scope("c")])])])])), [[1, 1, 1]]);
    assert_eq!(ways(&all([Predicate::Authenticated, not(role("a"))])), nothing, "said aloud, for the reader");
    assert_eq!(ways(&all([Predicate::Authenticated, role("a")])), [[0]], "who has a role is authenticated");
    assert_eq!(ways(&all([role("admin"), not(role("user"))])), nothing, "the whole is at fault, and no term of it alone");
}

#[test]
fn a_predicate_prints_as_it_is_written() {
    let predicate = any([role("admin"), all([role("editor"), not(scope("notes:\"x\""))]), any([])]);
    assert_eq!(predicate.to_string(), r#"any(role = "admin", all(role = "editor", not(scope = "notes:\"x\"")), any())"#);
}

const NAMES: [&str; 8] = ["admin", "editor", "user", "a", "b", "c", "d", "e"];

fn predicates() -> impl Strategy<Value = Predicate> {
    let name = || proptest::sample::select(NAMES.to_vec());
    let leaf = prop_oneof![name().prop_map(role), name().prop_map(scope)];
    leaf.prop_recursive(4, 24, 4, |term| {
        prop_oneof![
            proptest::collection::vec(term.clone(), 0..4).prop_map(any),
            proptest::collection::vec(term.clone(), 0..4).prop_map(all),
            term.prop_map(not),
        ]
    })
}

/// Whether a caller with these roles and scopes (bits in the order of [`NAMES`], roles first) meets the predicate.
fn is_met(predicate: &Predicate, held: u32) -> bool {
    let bit = |name: &str| NAMES.iter().position(|other| *other == name).unwrap();
    match predicate {
        Predicate::Authenticated => true,
        Predicate::Role(name) => held >> bit(name) & 1 == 1,
        Predicate::Scope(name) => held >> (8 + bit(name)) & 1 == 1,
        Predicate::Any(terms) => terms.iter().any(|term| is_met(term, held)),
        Predicate::All(terms) => terms.iter().all(|term| is_met(term, held)),
        Predicate::Not(term) => !is_met(term, held),
    }
}

/// Whether somebody can hold exactly these: an admin is an editor, an editor a user.
fn is_possible(held: u32) -> bool {
    matches!(held & 0b111, 0b000 | 0b100 | 0b110 | 0b111)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]
    #[test]
    fn the_verdict_is_that_of_trying_everybody(predicate in predicates()) {
        let (mut met, mut unmet) = (false, false);
        for held in (0..1 << 16).filter(|held| is_possible(*held)) {
            if is_met(&predicate, held) { met = true } else { unmet = true }
        }
        let expected = match (met, unmet) {
            (true, true) => Verdict::Depends,
            (true, false) => Verdict::Everybody,
            (false, _) => Verdict::Nobody,
        };
        prop_assert_eq!(predicate.verdict(&ranks()), expected);
    }
}
