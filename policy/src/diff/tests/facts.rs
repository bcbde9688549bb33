//! The diff of limits, bounds, conditions, logins and names: which way each change goes, and in which words.

use super::{changed, terms, with};
use crate::{
    Admission, Input, Limit, StepUp, Terms,
    diff::{Class, diff},
};
use std::time::Duration;

#[test]
fn limits_are_compared_by_what_they_hold_callers_to() {
    let rates = |texts: &[&str]| {
        let limit = |text: &&str| {
            let rate: crate::Rate = text.parse().unwrap();
            Limit::new(rate.count(), rate.period_seconds(), rate.burst(), rate.key().unwrap())
        };
        Terms { limits: texts.iter().map(limit).collect(), ..terms("authenticated") }
    };
    let class = |old: &[&str], new: &[&str]| changed(rates(old), rates(new)).0;
    assert_eq!(class(&["5/min per ip"], &["50/min per ip"]), Class::Widened);
    assert_eq!(class(&["50/min per ip"], &["5/min per ip"]), Class::Tightened);
    assert_eq!(class(&["5/min per ip"], &[]), Class::Widened);
    assert_eq!(class(&[], &["5/min per ip"]), Class::Tightened);
    assert_eq!(class(&["5/min per ip"], &["5/min per ip burst 6"]), Class::Widened);
    assert_eq!(class(&["5/min per ip"], &["5/min per principal"]), Class::Widened, "another key holds others");
    assert_eq!(class(&["5/min per ip"], &["5/min per global"]), Class::Tightened);
    assert_eq!(class(&["60/min per ip burst 1"], &["1/s per ip"]), Class::Equivalent, "the same pace and burst");
    assert_eq!(class(&["5/min per ip", "9/min per ip"], &["5/min per ip"]), Class::Equivalent, "the other held nobody");
    assert_eq!(class(&["5/min per ip", "9/h per ip"], &["9/h per ip", "4/min per ip", "1/s per global"]), Class::Tightened);
    let (both, texts) = changed(rates(&["5/min per ip"]), rates(&["6/min per ip burst 1"]));
    let said = "`rate` was `5/min per ip` and is `6/min per ip burst 1`";
    let (lost, gained) = ("callers are not held to `5/min per ip` any more", "callers are newly held to `6/min per ip burst 1`");
    assert_eq!((both, texts), (Class::Widened, vec![format!("{said}: {lost}"), format!("{said}: {gained}")]));
    let reordered = diff(
        &with(&[("GET /x", rates(&["5/s per ip", "9/h per ip"]))]),
        &with(&[("GET /x", rates(&["9/h per ip", "5/s per ip"]))]),
    );
    assert!(reordered.is_empty());
}

#[test]
fn every_other_fact_has_its_direction() {
    let base = || terms("authenticated");
    let check = |less: Terms, more: Terms, tightened: &str, widened: &str| {
        assert_eq!(changed(more.clone(), less.clone()), (Class::Tightened, vec![tightened.to_owned()]));
        assert_eq!(changed(less, more), (Class::Widened, vec![widened.to_owned()]));
    };
    let body = |bytes| Terms { body: Some(bytes), ..base() };
    check(body(1_024), body(2_048), "`body` was `2 KiB` and is `1 KiB`", "`body` was `1 KiB` and is `2 KiB`");
    check(body(1_024), base(), "`body` was not stated and is `1 KiB`", "`body` was `1 KiB` and is not stated");
    let timeout = |seconds| Terms { timeout: Some(Duration::from_secs(seconds)), ..base() };
    check(timeout(1), timeout(60), "`timeout` was `1 min` and is `1 s`", "`timeout` was `1 s` and is `1 min`");
    let when = Terms { when: Some("a == b".to_owned()), ..base() };
    check(when.clone(), base(), "`when` was not stated and is `a == b`", "`when` was `a == b` and is not stated");
    let step_up =
        |max_age: Option<u64>, mfa| Terms { step_up: Some(StepUp { max_age: max_age.map(Duration::from_secs), mfa }), ..base() };
    let (fresher, older) = (": the login has to be fresher", ": an older login is enough");
    let (five, ten) = ("`max_age = \"5 s\"`", "`max_age = \"10 s\"`");
    let said = |was: &str, is: &str, so: &str| format!("`step_up` was {was} and is {is}{so}");
    check(step_up(Some(5), false), step_up(Some(10), false), &said(ten, five, fresher), &said(five, ten, older));
    let (more, one) = (": more than one factor is needed", ": one factor is enough");
    check(step_up(None, true), base(), &said("not stated", "`mfa`", more), &said("`mfa`", "not stated", one));
    let audit = Terms { audit: Some("a".to_owned()), ..base() };
    let (leave, none) = ("calls leave a record now", "calls leave no record any more");
    check(
        audit,
        base(),
        &format!("`audit` was not stated and is `a`: {leave}"),
        &format!("`audit` was `a` and is not stated: {none}"),
    );
    let input = Terms { input: Some(Input::Json), ..base() };
    let (now, no_more) = ("the body is validated now", "the body is not seen to be validated any more");
    check(
        input,
        base(),
        &format!("`input` was not stated and is `json`: {now}"),
        &format!("`input` was `json` and is not stated: {no_more}"),
    );
    let unvalidated = Terms { unvalidated: Some("x".to_owned()), ..base() };
    let (checked, unchecked) = (": all input is checked now", ": input may be read unchecked");
    check(
        base(),
        unvalidated,
        &format!("`unvalidated` was `x` and is not stated{checked}"),
        &format!("`unvalidated` was not stated and is `x`{unchecked}"),
    );
}

#[test]
fn what_has_no_order_is_widened_and_what_is_a_name_is_not() {
    let base = || terms("authenticated");
    let text = |text: &str| Some(text.to_owned());
    let when = |condition| Terms { when: text(condition), ..base() };
    let (class, texts) = changed(when("a"), when("b"));
    assert_eq!(class, Class::Widened);
    assert_eq!(texts, ["`when` was `a` and is `b`: conditions cannot be compared, so that it counts as widened"]);
    let input = |input| Terms { input: Some(input), ..base() };
    assert_eq!(changed(input(Input::Json), input(Input::Form)).0, Class::Widened);
    assert_eq!(changed(input(Input::Form), input(Input::Multipart)).0, Class::Widened);
    let step_up = |seconds, mfa| Terms { step_up: Some(StepUp { max_age: Some(Duration::from_secs(seconds)), mfa }), ..base() };
    let traded = changed(step_up(5, false), step_up(10, true));
    assert_eq!((traded.0, traded.1.len()), (Class::Widened, 2), "{traded:?}");
    let names = Terms { audit: text("a"), unvalidated: text("a"), ..base() };
    let others = Terms { audit: text("b"), unvalidated: text("b"), ..Terms::new("x::renamed", Admission::Authenticated) };
    let renamed = changed(names, others);
    assert_eq!((renamed.0, renamed.1.len()), (Class::Equivalent, 3), "{renamed:?}");
}
