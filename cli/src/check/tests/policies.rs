//! What a `#[secure(…)]` says.

use super::{check_under, found, ids};

fn of(policy: &str) -> Vec<&'static str> {
    found(&format!("use portcullis::prelude::*; {policy} async fn handler() {{}} fn app() {{ route(handler) }}"))
}

#[test]
fn only_our_attribute_is_looked_at() {
    assert_eq!(of("#[secure(public)]"), ["PC202"]);
    assert_eq!(of("#[portcullis::secure(public)]"), ["PC202"]);
    assert_eq!(of("#[::portcullis::secure(public)]"), ["PC202"]);
    assert_eq!(of("use portcullis::secure as guarded; #[guarded(public)]"), ["PC202"]);
    assert_eq!(of("#[other::secure(public)]"), [""; 0]);
    assert_eq!(of("use other::secure; #[secure(public)]"), [""; 0]);
    assert_eq!(of("#[get(\"/\")]"), [""; 0]);
}

#[test]
fn the_list_of_public_endpoints_is_that_of_the_rule_book() {
    let under = |book: &str| {
        let source = "#[secure(public = \"probed\", rate = \"1/s\")] async fn health() {} fn app() { route(health) }";
        ids(&check_under(book, source))
    };
    assert_eq!(under("[require]\npublic = [\"health\"]"), [""; 0]);
    assert_eq!(under("[require]\npublic = [\"token\"]"), ["PC201"]);
    assert_eq!(under("[require]\npublic = [\"crate::health\"]"), [""; 0]);
    assert_eq!(under("[require]\npublic = [\"crate::admin::health\"]"), ["PC201"]);
    assert_eq!(under("[require]\npublic = []"), ["PC201"]);
    assert_eq!(under(""), ["PC201"]);
}

#[test]
fn the_rate_of_the_defaults_is_a_rate() {
    let source = "#[secure(public = \"probed\")] async fn health() {} fn app() { route(health) }";
    let listed = "[require]\npublic = [\"health\"]\n";
    assert_eq!(ids(&check_under(listed, source)), ["PC203"]);
    assert_eq!(ids(&check_under(&format!("{listed}[defaults]\nrate = \"60/min\""), source)), [""; 0]);
}

#[test]
fn literals_bound_something_up_to_the_boundary() {
    for (good, bad, id) in [
        ("rate = \"1000/s\"", "rate = \"1001/s\"", "PC301"),
        ("rate = \"60000/min\"", "rate = \"60001/min\"", "PC301"),
        ("rate = \"100000/s per global\"", "rate = \"100001/s per global\"", "PC301"),
        ("rate(\"5/min\", \"9/s\")", "rate(\"5/min\", \"9999/s per ip\")", "PC301"),
        ("rate = \"5/min burst 100000\"", "rate = \"5/min burst 100001\"", "PC301"),
        ("body = \"100 MiB\"", "body = \"101 MiB\"", "PC302"),
        ("timeout = \"10 min\"", "timeout = \"601 s\"", "PC303"),
    ] {
        assert_eq!(of(&format!("#[secure(role = \"user\", {good})]")), [""; 0], "{good}");
        assert_eq!(of(&format!("#[secure(role = \"user\", {bad})]")), [id], "{bad}");
    }
    assert_eq!(
        of("#[secure(role = \"user\", rate = \"5/mim\", body = 5, timeout)]"),
        [""; 0],
        "what does not compile is not ours"
    );
}

#[test]
fn reasons_are_read() {
    assert_eq!(of("#[secure(role = \"user\", unvalidated = \"signed by the sender\")]"), ["PC204"]);
    assert_eq!(of("#[secure(role = \"user\", unvalidated = \"todo\")]"), ["PC204", "PC205"]);
    assert_eq!(of("#[secure(public = \"public\")]"), ["PC205"]);
}

#[test]
fn a_policy_in_some_builds_is_none_in_the_others() {
    assert_eq!(of("#[cfg_attr(not(debug_assertions), secure(role = \"admin\"))]"), ["PC206"]);
    assert_eq!(of("#[cfg_attr(feature = \"x\", inline, portcullis::secure(public))]"), ["PC206", "PC202"]);
    assert_eq!(of("#[cfg_attr(feature = \"x\", inline)]"), [""; 0]);
}

#[test]
fn lints_are_silenced_around_secured_handlers_only() {
    let secured = "#[secure(role = \"user\")] async fn handler() {} fn app() { route(handler) }";
    for (source, count) in [
        (format!("#![allow(dead_code)] {secured}"), 1),
        (format!("#![allow(unused, warnings, deprecated, unused_must_use)] {secured}"), 4),
        (format!("#[allow(unused)] mod inner {{ {secured} }}"), 1),
        (format!("#[cfg_attr(not(test), allow(warnings))] {secured}"), 1),
        (format!("#![cfg_attr(test, allow(dead_code))] {secured}"), 0),
        (format!("#![allow(clippy::all, non_snake_case)] {secured}"), 0),
        (format!("#[allow(dead_code)] mod other {{ fn f() {{}} }} {secured}"), 0),
        ("#![allow(dead_code)] fn f() {}".to_owned(), 0),
        (format!("#![allow(dead_code)] #[cfg(test)] mod tests {{ {secured} }}"), 0),
    ] {
        assert_eq!(found(&source), vec!["PC207"; count], "{source}");
    }
}
