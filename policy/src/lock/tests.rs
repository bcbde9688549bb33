//! The lock as it is written: the whole text, since people review it line by line.

use super::{Lock, LockedRoute};
use crate::{Admission, Input, Limit, RateKey, Roles, StepUp, Terms};
use proptest::prelude::*;
use std::time::Duration;

/// A lock with one of everything.
pub(crate) fn clinic() -> Lock {
    let terms = |handler: &str, access: &str| Terms::new(handler, access.parse::<Admission>().unwrap());
    let delete = Terms {
        when: Some("principal.subject() != id || principal.has_role(\"it's\")".to_owned()),
        limits: vec![Limit::new(5, 60, 5, RateKey::Principal), Limit::new(100, 86_400, 20, RateKey::Global)],
        body: Some(65_536),
        timeout: Some(Duration::from_secs(10)),
        step_up: Some(StepUp { max_age: Some(Duration::from_secs(300)), mfa: true }),
        audit: Some("user.delete".to_owned()),
        input: Some(Input::Json),
        ..terms("clinic::users::delete_user", "role = \"admin\"")
    };
    let health = Terms {
        limits: vec![Limit::new(60, 60, 60, RateKey::Ip)],
        unvalidated: Some("nothing is read".to_owned()),
        ..terms("clinic::health", "public = \"load balancers probe it\"")
    };
    let notes = terms("clinic::notes", "allow(any(role = \"admin\", all(role = \"editor\", scope = \"notes:write\")))");
    let lost = Terms { step_up: Some(StepUp::default()), ..terms("clinic::lost", "authenticated") };
    Lock {
        roles: Roles::new([("admin", vec!["editor"]), ("editor", vec!["user"]), ("it's", vec![])]),
        scopes: [("notes:write".to_owned(), "Write \"notes\"".to_owned())].into(),
        endpoints: [
            (LockedRoute::new("GET", "/health"), health),
            (LockedRoute::new("DELETE", "/users/{id}"), delete),
            (LockedRoute::new("*", "/no\ntes/\u{202e}"), notes),
            (LockedRoute::new(LockedRoute::FALLBACK, ""), lost.clone()),
            (LockedRoute::new(LockedRoute::METHOD_NOT_ALLOWED, "/api"), lost),
        ]
        .into(),
        unsecured: vec![("/legacy".to_owned(), "moves here in May".to_owned()), (String::new(), "a file server".to_owned())],
    }
}

#[test]
fn the_file_shows_everything_in_order() {
    let expected = r#"# What every endpoint of this program demands of its callers. Written by `cargo portcullis lock`, and not by hand:
# commit it, and review a change of it as a change of who may do what.
version = 1

[roles]
admin = ["editor", "user"]
editor = ["user"]
"it's" = []
user = []

[scopes]
"notes:write" = 'Write "notes"'

[[endpoint]]
route = "FALLBACK"
handler = "clinic::lost"
access = "authenticated"
step_up = {}

[[endpoint]]
route = "METHOD_NOT_ALLOWED /api"
handler = "clinic::lost"
access = "authenticated"
step_up = {}

[[endpoint]]
route = "GET /health"
handler = "clinic::health"
access = 'public = "load balancers probe it"'
rate = "60/min per ip"
unvalidated = "nothing is read"

[[endpoint]]
route = "* /no\ntes/\u202E"
handler = "clinic::notes"
access = 'allow(any(role = "admin", all(role = "editor", scope = "notes:write")))'

[[endpoint]]
route = "DELETE /users/{id}"
handler = "clinic::users::delete_user"
access = 'role = "admin"'
when = "principal.subject() != id || principal.has_role(\"it's\")"
rate = [
  "5/min per principal",
  "100/day per global burst 20",
]
body = "64 KiB"
timeout = "10 s"
step_up = { max_age = "5 min", mfa = true }
audit = "user.delete"
input = "json"

[[unsecured]]
prefix = ""
reason = "a file server"

[[unsecured]]
prefix = "/legacy"
reason = "moves here in May"
"#;
    assert_eq!(clinic().to_string(), expected);
    let empty = Lock::default().to_string();
    assert!(empty.ends_with("version = 1\n") && empty.lines().count() == 3, "{empty}");
}

#[test]
fn routes_say_what_is_wrong_with_them() {
    let error = |text: &str| text.parse::<LockedRoute>().unwrap_err().to_string();
    assert_eq!(error("/users"), "`/users` has no method: write one before the path, as in `GET /users`");
    assert_eq!(error("GET"), "`GET` has no path: write one that begins with `/`, as in `GET /users`");
    assert_eq!(error("GET users"), "`GET users` has no path: write one that begins with `/`, as in `GET /users`");
    assert_eq!(error("FALLBACK "), "`FALLBACK ` has no path: write one that begins with `/`, as in `GET /users`");
    assert!(error("delete /users").starts_with("unknown method `delete`: did you mean `DELETE`? the methods are `*`, `CONNECT`"));
    for text in ["* /", "GET /a b", "FALLBACK", "FALLBACK /api", "METHOD_NOT_ALLOWED"] {
        assert_eq!(text.parse::<LockedRoute>().unwrap().to_string(), text);
    }
    assert_eq!(LockedRoute::new("GET", "/{a}/b{{c}}/{*d}/{e").shape(), "/{}/b{{c}}/{*}/{e");
}

proptest! {
    #[test]
    fn nothing_hides_in_the_file(lock in crate::strategies::locks()) {
        let text = lock.to_string();
        prop_assert!(!text.chars().any(|character| character != '\n' && crate::visible::is_hidden(character)), "{:?}", text);
    }

    #[cfg(feature = "rule-book")]
    #[test]
    fn what_is_printed_parses_back(lock in crate::strategies::locks()) {
        let text = lock.to_string();
        prop_assert_eq!(Lock::parse(&text), Ok(lock.clone()), "{}", text);
        prop_assert_eq!(Lock::parse(&format!("\u{feff}{}", text.replace('\n', "\r\n"))), Ok(lock));
    }
}
