//! House rules: what the rule book gives, asks and demands, decided at the handler or left to the compiler.

use super::{book_of, errors_under, formatted};

const GRANTS: &str = "[roles]\nuser = []\nadmin = [\"user\"]\n[scopes]\n\"reports:read\" = \"Read the reports\"\n";

/// The messages under a rule book with these tables.
fn errors(tables: &str, attribute: &str, item: &str) -> Vec<String> {
    errors_under(&book_of(&format!("{GRANTS}{tables}")), attribute, item)
}

/// The policy that is emitted under a rule book with these tables.
fn policy(tables: &str, attribute: &str) -> String {
    formatted(&book_of(&format!("{GRANTS}{tables}")), attribute, "async fn handler() {}")
}

/// The text without its spacing, which the printer leaves as it finds it inside the call of a macro.
fn squeezed(text: &str) -> String {
    text.split_whitespace().collect()
}

const ADMIN: &str = "[[rule]]\nname = \"admin area\"\npaths = [\"/admin/**\"]\nrole = \"admin\"\nrate_at_most = \"60/min\"\n";

#[test]
fn a_rule_is_broken_by_the_endpoints_that_it_selects() {
    let found = errors(ADMIN, "get = \"/admin/users\", role = \"user\", rate = \"61/min\"", "async fn handler() {}");
    assert_eq!(
        found,
        [
            "rule `admin area` (security.toml:6) wants the role `admin`, and a caller with the role `user` gets in; write `role = \
             \"admin\"`",
            "rule `admin area` (security.toml:6) wants a rate of at most `60/min`, and the endpoint has `61/min per principal`; write \
             `rate = \"60/min\"`",
        ]
    );
    for attribute in [
        "get = \"/admin/users\", role = \"admin\", rate = \"60/min\"",
        "get = \"/users\", role = \"user\"",
        // Where it is routed only the router knows.
        "role = \"user\"",
    ] {
        assert_eq!(errors(ADMIN, attribute, "async fn handler() {}"), [] as [&str; 0], "{attribute}");
    }
}

#[test]
fn a_rule_is_not_looked_at_before_the_policy_is_sound() {
    let found = errors(ADMIN, "get = \"/admin/users\", role = \"usr\"", "async fn handler() {}");
    assert!(matches!(found.as_slice(), [one] if one.starts_with("unknown role `usr`")), "{found:?}");
}

#[test]
fn a_bare_name_is_decided_at_once_and_a_path_by_the_compiler() {
    let rule = |endpoint: &str| format!("[[rule]]\nname = \"wiping\"\nendpoints = [{endpoint}]\nrole = \"admin\"\n");
    let bare = errors(&rule("\"wipe\""), "role = \"user\"", "async fn wipe() {}");
    assert_eq!(bare.len(), 1);
    assert_eq!(errors(&rule("\"wipe\""), "role = \"user\"", "async fn r#wipe() {}").len(), 1);
    assert!(errors(&rule("\"wipe\""), "role = \"user\"", "async fn wiper() {}").is_empty());

    let tables = format!("{GRANTS}{}", rule("\"crate::admin::*\", \"wipe\", \"crate::a::wiper\""));
    let expansion = formatted(&book_of(&tables), "role = \"user\"", "async fn wiper() {}");
    let constant = r#"const _: () = ::core::assert!(
        !(::portcullis::__private::pattern_matches_handler("crate::admin::*", ::core::module_path!(), "wiper")
            || ::portcullis::__private::pattern_matches_handler("crate::a::wiper", ::core::module_path!(), "wiper")),
        "{}",
        "rule `wiping` (security.toml:6) wants the role `admin`, and a caller with the role `user` gets in; write `role = \"admin\"`"
    );"#;
    assert!(squeezed(&expansion).contains(&squeezed(constant)), "{expansion}");
    // What meets the rule leaves nothing to the compiler.
    assert!(!formatted(&book_of(&tables), "role = \"admin\"", "async fn wiper() {}").contains("assert!"));
}

#[test]
fn defaults_are_for_what_the_endpoint_leaves_unsaid() {
    let defaults = "[defaults]\nrate = [\"100/min\", \"1000/h per ip\"]\nbody = \"1 KiB\"\ntimeout = \"10 s\"\n";
    let unsaid = policy(defaults, "authenticated");
    for part in [
        "Limit::new(100, 60, 100, ::portcullis::RateKey::Principal)",
        "Limit::new(1000, 3600, 1000, ::portcullis::RateKey::Ip)",
        ".body(1024)",
        ".timeout(10000)",
    ] {
        assert!(unsaid.contains(part), "{part} is not in {unsaid}");
    }
    let public = policy(defaults, "public = \"why\"");
    assert!(public.contains("Limit::new(100, 60, 100, ::portcullis::RateKey::Ip)"), "{public}");
    let said = policy(defaults, "authenticated, rate = \"5/min\", body = \"2 KiB\", timeout = \"1 s\"");
    for part in ["Limit::new(5, 60, 5", ".body(2048)", ".timeout(1000)"] {
        assert!(said.contains(part), "{part} is not in {said}");
    }
    assert!(!said.contains("100, 60") && !said.contains("3600"), "one stated rate takes the place of all defaults: {said}");
}

#[test]
fn defaults_that_count_alike_on_a_public_endpoint_leave_the_stricter() {
    for rates in ["[\"100/min\", \"20/min per ip\"]", "[\"20/min per ip\", \"100/min\"]"] {
        let public = policy(&format!("[defaults]\nrate = {rates}\n"), "public = \"why\"");
        assert!(public.contains("Limit::new(20, 60, 20") && !public.contains("Limit::new(100"), "{public}");
    }
}

#[test]
fn a_default_that_a_rule_forbids_says_where_it_comes_from() {
    let tables = format!("[defaults]\nrate = \"100/min\"\n{ADMIN}");
    let found = errors(&tables, "get = \"/admin\", role = \"admin\"", "async fn handler() {}");
    assert!(matches!(found.as_slice(), [one] if one.ends_with("; the default of `[defaults]` is `100/min`")), "{found:?}");
    let stated = errors(&tables, "get = \"/admin\", role = \"admin\", rate = \"100/min\"", "async fn handler() {}");
    assert!(matches!(stated.as_slice(), [one] if !one.contains("default")), "{stated:?}");
    let found = errors("[defaults]\nrate = \"100/min per principal\"\n", "public = \"why\"", "async fn handler() {}");
    let message = "the default of `[defaults]` is `100/min per principal`, and a public endpoint has no principal to count calls by; \
                   write `rate = \"100/min per ip\"`";
    assert_eq!(found, [message]);
}

#[test]
fn what_is_required_is_said() {
    let require = "[require]\nrate = true\nreason = true\nroute = true\n";
    let found = errors(require, "public", "async fn handler() {}");
    assert_eq!(
        found,
        [
            "`[require]` (security.toml:7) wants a rate, and the endpoint has none; write one, such as `rate = \"60/min\"`, or give all \
             endpoints one in `[defaults]`",
            "`[require]` (security.toml:8) wants a reason, and this endpoint is `public` without one; write it, as in `public = \"load \
             balancers probe it\"`",
            "`[require]` (security.toml:9) wants a route, and the endpoint names none; write its method and path, as in `get = \
             \"/users/{id}\"`",
        ]
    );
    let complete = "get = \"/a\", public = \"why\", rate = \"5/min\"";
    assert!(errors(require, complete, "async fn handler() {}").is_empty());
    let with_default = format!("[defaults]\nrate = \"5/min\"\n{require}");
    assert!(errors(&with_default, "get = \"/a\", role = \"user\"", "async fn handler() {}").is_empty());
}

#[test]
fn only_the_endpoints_listed_are_public() {
    let listed = "[require]\npublic = [\"health\", \"token\"]\n";
    assert!(errors(listed, "public", "async fn health() {}").is_empty());
    assert!(errors(listed, "authenticated", "async fn metrics() {}").is_empty());
    let message = "`[require]` (security.toml:7) wants no endpoints but `health` and `token` to be public; state another access, or \
                   add `metrics` there";
    assert_eq!(errors(listed, "public", "async fn metrics() {}"), [message]);
    let none = errors("[require]\npublic = []\n", "public", "async fn metrics() {}");
    assert!(matches!(none.as_slice(), [one] if one.contains("wants no endpoint to be public")), "{none:?}");

    let tables = format!("{GRANTS}[require]\npublic = [\"health\", \"crate::probes::ready\"]\n");
    let expansion = formatted(&book_of(&tables), "public", "async fn ready() {}");
    let constant = r#"const _: () = ::core::assert!(
        ::portcullis::__private::pattern_matches_handler("crate::probes::ready", ::core::module_path!(), "ready"), "#;
    assert!(squeezed(&expansion).contains(&squeezed(constant)), "{expansion}");
    assert!(!formatted(&book_of(&tables), "public", "async fn health() {}").contains("assert!"));
}
