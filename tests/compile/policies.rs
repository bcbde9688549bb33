//! What `#[secure]` says is what the policy holds: each prints as the attribute that made it.

use axum::extract::Path;
use portcullis::{Entry, PolicyOf, prelude::*};
use std::time::Duration;

/// Declares a handler for each policy, and what it must print.
macro_rules! policies {
    ($($name:ident: #[secure($($written:tt)*)] $printed:literal;)*) => {
        $(
            #[secure($($written)*)]
            async fn $name(_: Path<u64>) {}
        )*

        #[test]
        fn policies_print_as_they_are_written() {
            $(
                assert_eq!($name::POLICY.to_string(), $printed, stringify!($name));
                assert!($name::POLICY.name().ends_with(concat!("::policies::", stringify!($name))), "{}", $name::POLICY.name());
                assert_eq!($name::POLICY.rule_book_hash(), rule_book!().hash());
            )*
        }

        #[test]
        fn the_manifest_shows_them() {
            let router: SecureRouter = SecureRouter::new()$(.route(concat!("/", stringify!($name), "/{id}"), get($name)))*;
            let manifest = router.manifest();
            let shown: Vec<_> = manifest.entries().iter().map(|entry| match entry {
                Entry::Endpoint { policy, .. } => policy.to_string(),
                _ => panic!("{entry:?}"),
            }).collect();
            $(
                assert!(shown.contains(&$printed.to_owned()), "{shown:?}");
            )*
        }
    };
}

policies! {
    public: #[secure(public)] "public";
    public_with_reason: #[secure(public = "load balancers \"probe\" it")] r#"public = "load balancers \"probe\" it""#;
    raw_text: #[secure(public = r#"C:\ and "quotes""#)] r#"public = "C:\\ and \"quotes\"""#;
    trailing_comma: #[secure(authenticated,)] "authenticated";
    role: #[secure(role = "admin")] r#"role = "admin""#;
    scope: #[secure(scope = "notes:write")] r#"scope = "notes:write""#;
    allow: #[secure(allow(role = "admin"))] r#"role = "admin""#;
    tree: #[secure(allow(any(role = "admin", all(role = "editor", scope = "notes:write",), all(role = "user", not(scope = "reports:read")))))]
        r#"allow(any(role = "admin", all(role = "editor", scope = "notes:write"), all(role = "user", not(scope = "reports:read"))))"#;
    said_aloud: #[secure(allow(all(authenticated, not(role = "admin"))))] r#"allow(all(authenticated, not(role = "admin")))"#;
    said_first: #[secure(allow(all(not(any(role = "admin", scope = "notes:write")), authenticated,)))]
        r#"allow(all(not(any(role = "admin", scope = "notes:write")), authenticated))"#;
    said_for_all: #[secure(allow(all(authenticated, any(role = "admin", not(role = "user")))))]
        r#"allow(all(authenticated, any(role = "admin", not(role = "user"))))"#;
    said_on_each_way: #[secure(allow(any(all(authenticated, not(role = "user")), all(authenticated, not(scope = "notes:write")))))]
        r#"allow(any(all(authenticated, not(role = "user")), all(authenticated, not(scope = "notes:write"))))"#;
    said_where_it_opens: #[secure(allow(any(role = "admin", all(authenticated, not(role = "user")))))]
        r#"allow(any(role = "admin", all(authenticated, not(role = "user"))))"#;
    kept_in: #[secure(allow(all(role = "user", not(role = "admin"), not(scope = "reports:read"))))]
        r#"allow(all(role = "user", not(role = "admin"), not(scope = "reports:read")))"#;
    rate: #[secure(authenticated, rate = "5/min")] r#"authenticated, rate = "5/min per principal""#;
    rate_of_the_public: #[secure(public, rate = "5/min")] r#"public, rate = "5/min per ip""#;
    rates_by_period: #[secure(role = "user", rate("1000/day per global", "100/15min per ip burst 20", "5/s"))]
        r#"role = "user", rate("5/s per principal", "100/15min per ip burst 20", "1000/day per global")"#;
    one_rate_in_a_list: #[secure(authenticated, rate("5/min"))] r#"authenticated, rate = "5/min per principal""#;
    bounds: #[secure(authenticated, body = "64 KiB", timeout = "1500ms")] r#"authenticated, body = "64 KiB", timeout = "1500 ms""#;
    any_order: #[secure(unvalidated = "why", timeout = "2 min", rate = "5/min", body = "1MiB", role = "user")]
        r#"role = "user", rate = "5/min per principal", body = "1 MiB", timeout = "2 min", unvalidated = "why""#;
    when_true: #[secure(authenticated, when = true)] "authenticated, when = true";
    when_then_more: #[secure(authenticated, when = principal.roles().count() > 5 && [1, 2].contains(&1), rate = "5/min")]
        r#"authenticated, when = principal.roles().count() > 5 && [1, 2].contains(&1), rate = "5/min per principal""#;
}

#[test]
fn what_is_not_said_is_not_there() {
    let policy = role::POLICY;
    assert!(!policy.access().is_public());
    assert_eq!((policy.body_limit(), policy.time_limit(), policy.unvalidated_reason()), (None, None, None));
    assert!(policy.rate_limits().is_empty());
    assert_eq!(policy.condition(), None);
    assert_eq!(bounds::POLICY.body_limit(), Some(65_536));
    assert_eq!(bounds::POLICY.time_limit(), Some(Duration::from_millis(1_500)));
}

#[test]
fn the_rule_book_is_the_file() {
    let book = rule_book!();
    let names: Vec<_> = ["user", "editor", "admin"].into_iter().filter(|name| book.role(name).is_some()).collect();
    assert_eq!(names, ["user", "editor", "admin"]);
    assert!(book.scope("notes:write").is_some());
    assert!(book.role("notes:write").is_none());
}
