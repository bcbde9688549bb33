//! The oracle against expectations that were written by hand.

use super::{
    Call, Credentials, Flaw, Grant, Grants, Holder, Oracle, Verdict,
    boundary::cast,
    budget::{Budget, interval},
};
use portcullis_policy::{Admission, Limit, Predicate, RateKey, Roles, StepUp, Terms};
use std::time::Duration;

const SECOND: u128 = 1_000_000_000;

fn role(name: &str) -> Predicate {
    Predicate::Role(name.to_owned())
}

fn scope(name: &str) -> Predicate {
    Predicate::Scope(name.to_owned())
}

/// `admin` includes `editor`, which includes `user`.
fn hierarchy() -> Roles {
    Roles::new([("admin", vec!["editor"]), ("editor", vec!["user"]), ("user", vec![])])
}

/// Grants from `admin` and `+reports`, a scope by its sign.
fn grants(names: &[&str]) -> Grants {
    let grant = |name: &&str| match name.strip_prefix('+') {
        Some(scope) => Grant::Scope(scope.to_owned()),
        None => Grant::Role((*name).to_owned()),
    };
    names.iter().map(grant).collect()
}

fn admitted(admission: &Admission, callers: &[&[&str]]) -> Vec<bool> {
    let admits = |caller: &&[&str]| super::admits(admission, &hierarchy(), Some(&grants(caller)));
    callers.iter().map(admits).collect()
}

#[test]
fn nobody_without_credentials_passes_but_on_public_endpoints() {
    let anonymous = |admission| super::admits(&admission, &hierarchy(), None);
    assert!(anonymous(Admission::Public(None)));
    assert!(!anonymous(Admission::Authenticated));
    assert!(!anonymous(Admission::Allow(Predicate::Authenticated)));
    assert!(!anonymous(Admission::Allow(Predicate::Not(Box::new(role("admin"))))));
}

#[test]
fn a_role_is_held_by_those_that_include_it_and_by_no_other() {
    let callers: [&[&str]; 6] = [&[], &["user"], &["editor"], &["admin"], &["stranger"], &["+editor"]];
    assert_eq!(admitted(&Admission::Allow(role("editor")), &callers), [false, false, true, true, false, false]);
}

#[test]
fn a_tree_is_evaluated_as_it_reads() {
    let not_admin = Predicate::Not(Box::new(role("admin")));
    let tree = Predicate::Any(vec![Predicate::All(vec![role("user"), scope("write"), not_admin]), scope("root")]);
    let callers: [&[&str]; 7] = [
        &["user"],
        &["user", "+write"],
        &["editor", "+write"],
        &["admin", "+write"],
        &["admin", "+root"],
        &["+write"],
        &["user", "+write", "+root"],
    ];
    assert_eq!(admitted(&Admission::Allow(tree), &callers), [false, true, true, false, true, false, true]);
    let empty: [&[&str]; 1] = [&["admin"]];
    assert_eq!(admitted(&Admission::Allow(Predicate::Any(Vec::new())), &empty), [false]);
    assert_eq!(admitted(&Admission::Allow(Predicate::All(Vec::new())), &empty), [true]);
}

#[test]
fn a_small_tree_is_tried_with_every_combination_and_every_grant_alone() {
    let tree = Admission::Allow(Predicate::All(vec![role("user"), scope("write")]));
    let declared = [Grant::Role("admin".into()), Grant::Role("user".into()), Grant::Scope("write".into())];
    let cast = cast(&tree, &hierarchy(), &declared);
    let expected: [&[&str]; 5] = [&[], &["admin"], &["user"], &["+write"], &["user", "+write"]];
    for caller in expected {
        assert!(cast.callers.contains(&grants(caller)), "{caller:?}");
    }
    assert!(cast.callers.contains(&grants(&["admin", "user", "+write"])), "all of them");
    assert_eq!((cast.callers.len(), cast.cut), (6, false));
}

#[test]
fn both_sides_of_the_boundary_of_a_larger_tree_are_tried() {
    let names = ["a", "b", "c", "d", "e", "f", "g"];
    let all = Admission::Allow(Predicate::All(names.map(scope).into()));
    let found = cast(&all, &Roles::default(), &[]).callers;
    let held: Vec<String> = names.iter().map(|name| format!("+{name}")).collect();
    for missing in 0..names.len() {
        let one_less: Vec<&str> =
            held.iter().enumerate().filter(|(index, _)| *index != missing).map(|(_, name)| name.as_str()).collect();
        assert!(found.contains(&grants(&one_less)), "{one_less:?}");
    }
    let any = Admission::Allow(Predicate::Any(names.map(scope).into()));
    let found = cast(&any, &Roles::default(), &[]).callers;
    assert!(held.iter().all(|name| found.contains(&grants(&[name]))) && found.contains(&Grants::default()));
}

#[test]
fn a_tree_that_is_too_large_is_tried_in_part_and_says_so() {
    let scopes = |count: usize| Predicate::All((0..count).map(|number| scope(&format!("s{number}"))).collect());
    for (count, cut) in [(12, false), (13, true), (200, true)] {
        let cast = cast(&Admission::Allow(scopes(count)), &Roles::default(), &[]);
        assert_eq!(cast.cut, cut, "{count}");
        assert!(cast.callers.len() > 2 && cast.callers.len() <= 130, "{}", cast.callers.len());
    }
    let nested = Admission::Allow(Predicate::Any(vec![scopes(11), scope("x")]));
    assert!(!cast(&nested, &Roles::default(), &[]).callers.is_empty());
}

#[test]
fn a_limit_lets_its_burst_pass_at_once_and_then_one_an_interval() {
    let limit = Limit::new(5, 60, 3, RateKey::Ip);
    assert_eq!(interval(&limit), 12 * SECOND);
    let mut budget = Budget::new(limit);
    for _ in 0..3 {
        assert_eq!(budget.wait("a", 100), 0);
        budget.spend("a", 100);
    }
    assert_eq!(budget.wait("a", 100), 12 * SECOND);
    assert_eq!(budget.wait("b", 100), 0, "another key");
    assert_eq!(budget.wait("a", 99 + 12 * SECOND), 1, "a nanosecond too early");
    assert_eq!(budget.wait("a", 100 + 12 * SECOND), 0);
    budget.spend("a", 100 + 12 * SECOND);
    assert_eq!(budget.wait("a", 100 + 12 * SECOND), 12 * SECOND, "exactly one");
    assert_eq!(budget.wait("a", 100 + 48 * SECOND), 0);
    assert_eq!(interval(&Limit::new(u32::MAX, 1, 1, RateKey::Ip)), 1, "never 0");
}

/// An endpoint with a limit of each kind.
fn limited(admission: Admission) -> Terms {
    let limits = [RateKey::Global, RateKey::Ip, RateKey::Principal].map(|key| Limit::new(2, 60, 2, key));
    Terms { limits: limits.into(), ..Terms::new("app::handler", admission) }
}

fn holder(subject: &str, names: &[&str]) -> Holder {
    Holder { subject: subject.to_owned(), grants: grants(names), login_age: Some(0), two_factors: true }
}

#[test]
fn limits_and_credentials_are_looked_at_in_the_order_of_the_guard() {
    let terms = limited(Admission::Allow(role("user")));
    let mut oracle = Oracle::new(hierarchy(), Limit::new(60, 60, 60, RateKey::Ip));
    let mut judge = |address: &str, credentials: Credentials| {
        let call = Call { terms: &terms, address, credentials: &credentials, now: Duration::ZERO };
        oracle.judge(call)
    };
    let token = |subject: &str, names: &[&str]| Credentials::Token(holder(subject, names));
    let over = |verdict: Verdict| if let Verdict::OverLimit { limit, wait } = verdict { Some((limit.key(), wait)) } else { None };

    assert_eq!(judge("1", Credentials::None), Verdict::NoCredentials);
    assert_eq!(judge("1", Credentials::Flawed(holder("ann", &[]), Flaw::Expired)), Verdict::InvalidCredentials);
    assert_eq!(over(judge("1", token("ann", &["user"]))), Some((RateKey::Ip, 30 * SECOND)), "two failures used the address up");
    assert_eq!(judge("2", Credentials::Two(holder("ann", &[]))), Verdict::MalformedCredentials);
    assert_eq!(judge("2", token("ann", &[])), Verdict::NotAllowed);
    assert_eq!(judge("3", token("ann", &["user"])), Verdict::Admitted);
    assert_eq!(over(judge("3", token("ann", &["user"]))), Some((RateKey::Principal, 30 * SECOND)));
    assert_eq!(over(judge("4", token("eve", &["user"]))), Some((RateKey::Global, 30 * SECOND)));
}

#[test]
fn a_limit_that_would_refuse_is_told_without_a_call() {
    let terms = limited(Admission::Public(None));
    let mut oracle = Oracle::new(hierarchy(), Limit::new(60, 60, 60, RateKey::Ip));
    let call = |seconds| Call { terms: &terms, address: "1", credentials: &Credentials::None, now: Duration::from_secs(seconds) };
    assert_eq!(oracle.blocked(call(0)), None);
    assert_eq!(oracle.judge(call(0)), Verdict::Admitted);
    assert_eq!(oracle.judge(call(0)), Verdict::Admitted);
    let blocked = oracle.blocked(call(10)).map(|(limit, wait)| (limit.key(), wait));
    assert_eq!(blocked, Some((RateKey::Ip, 20 * SECOND)));
    assert_eq!(oracle.blocked(call(30)), None);
}

#[test]
fn a_login_is_fresh_to_the_second_and_strong_where_it_must_be() {
    let with = |max_age: Option<u64>, mfa| Terms {
        step_up: Some(StepUp { max_age: max_age.map(Duration::from_secs), mfa }),
        ..Terms::new("app::handler", Admission::Allow(role("user")))
    };
    let mut oracle = Oracle::new(hierarchy(), Limit::new(60, 60, 60, RateKey::Ip));
    let mut judge = |terms: &Terms, names: &[&str], login_age, two_factors| {
        let credentials = Credentials::Token(Holder { login_age, two_factors, ..holder("ann", names) });
        oracle.judge(Call { terms, address: "1", credentials: &credentials, now: Duration::ZERO })
    };
    let user: &[&str] = &["user"];
    for (terms, login_age, two_factors, expected) in [
        (with(Some(300), false), Some(300), false, Verdict::Admitted),
        (with(Some(300), false), Some(301), true, Verdict::StepUpNeeded),
        (with(Some(300), false), None, true, Verdict::StepUpNeeded),
        (with(None, true), None, true, Verdict::Admitted),
        (with(None, true), Some(0), false, Verdict::StepUpNeeded),
        (with(Some(300), true), Some(0), true, Verdict::Admitted),
    ] {
        assert_eq!(judge(&terms, user, login_age, two_factors), expected, "{login_age:?} {two_factors}");
    }
    assert_eq!(judge(&with(Some(300), true), &[], Some(301), false), Verdict::NotAllowed, "the grants come first");
}

#[test]
fn failed_authentications_count_by_address_and_good_ones_do_not() {
    let terms = Terms::new("app::handler", Admission::Authenticated);
    let mut oracle = Oracle::new(hierarchy(), Limit::new(1, 60, 2, RateKey::Ip));
    let mut judge = |address, credentials: &Credentials, seconds| {
        oracle.judge(Call { terms: &terms, address, credentials, now: Duration::from_secs(seconds) })
    };
    let (bad, good) = (Credentials::Flawed(holder("ann", &[]), Flaw::Garbage), Credentials::Token(holder("ann", &[])));
    assert_eq!(judge("1", &bad, 0), Verdict::InvalidCredentials);
    assert_eq!(judge("1", &Credentials::None, 0), Verdict::NoCredentials);
    assert_eq!(judge("1", &Credentials::Two(holder("ann", &[])), 0), Verdict::MalformedCredentials);
    let limit = Limit::new(1, 60, 2, RateKey::Ip);
    assert_eq!(judge("1", &bad, 1), Verdict::OverLimit { limit, wait: 59 * SECOND });
    assert_eq!(judge("1", &good, 1), Verdict::Admitted);
    assert_eq!(judge("2", &bad, 1), Verdict::InvalidCredentials);
    assert_eq!(judge("1", &bad, 60), Verdict::InvalidCredentials);
}
