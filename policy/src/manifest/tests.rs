//! The table, whole and exact: people compare it by eye and tools by line.

use super::{Entry, Manifest, Route};
use crate::{Access, Limit, Mask, Policy, RateKey, Requirement, visible};
use proptest::prelude::*;

static HEALTH: Policy = Policy::new("clinic::health", 0, Access::Public(Some("load balancers probe it"))).limits(&[Limit::new(
    60,
    60,
    60,
    RateKey::Ip,
)]);
static GET_USER: Policy = Policy::new("clinic::users::get_user", 7, Access::Allow(Requirement::Role("user", Mask::EMPTY)))
    .when("principal.subject() == id || principal.has_role(\"admin\")");
static CREATE_USER: Policy = Policy::new("clinic::users::create_user", 7, Access::Allow(Requirement::Role("admin", Mask::EMPTY)))
    .limits(&[Limit::new(5, 60, 5, RateKey::Principal), Limit::new(100, 86_400, 20, RateKey::Global)])
    .body(65_536)
    .timeout(1_500);
static HOOK: Policy =
    Policy::new("clinic::hook", 7, Access::Authenticated).body(65_536).unvalidated("the signature is checked in the handler");
static LOST: Policy = Policy::new("clinic::lost", 7, Access::Public(None));

fn path(methods: &[&'static str], path: &str, policy: &'static Policy) -> Entry {
    Entry::Endpoint { route: Route::Path { methods: methods.to_vec(), path: path.to_owned() }, policy }
}

fn unsecured(prefix: &str, reason: &str) -> Entry {
    Entry::Unsecured { reason: reason.to_owned(), prefix: prefix.to_owned() }
}

#[test]
fn the_table_shows_everything_in_order() {
    let manifest = Manifest::new(vec![
        unsecured("/legacy", "moves here in May"),
        Entry::Endpoint { route: Route::MethodNotAllowed { prefix: "/api".to_owned() }, policy: &LOST },
        Entry::Endpoint { route: Route::Fallback { prefix: String::new() }, policy: &LOST },
        path(&["POST"], "/users", &CREATE_USER),
        path(&["*"], "/hook", &HOOK),
        path(&["GET", "HEAD"], "/users", &GET_USER),
        path(&["GET"], "/health", &HEALTH),
    ]);
    // Two columns of the table are wide, so it is compared line by line, with the spaces between the columns in the text.
    let expected = [
        "METHOD    PATH                       ACCESS                                                                          LIMITS                                            BODY                                                          TIMEOUT  HANDLER",
        "GET       /health                    public = \"load balancers probe it\"                                              60/min per ip                                     -                                                             -        clinic::health",
        "*         /hook                      authenticated                                                                   -                                                 64 KiB, unvalidated: the signature is checked in the handler  -        clinic::hook",
        "GET,HEAD  /users                     role = \"user\", when = principal.subject() == id || principal.has_role(\"admin\")  -                                                 -                                                             -        clinic::users::get_user",
        "POST      /users                     role = \"admin\"                                                                  5/min per principal, 100/day per global burst 20  64 KiB                                                        1500 ms  clinic::users::create_user",
        "*         (fallback)                 public                                                                          -                                                 -                                                             -        clinic::lost",
        "*         /api (method not allowed)  public                                                                          -                                                 -                                                             -        clinic::lost",
        "*         /legacy (unsecured)        unsecured = \"moves here in May\"                                                 -                                                 -                                                             -        -",
    ];
    assert_eq!(manifest.to_string().lines().collect::<Vec<_>>(), expected);
}

#[test]
fn a_router_without_endpoints_has_a_header_only() {
    assert_eq!(Manifest::default().to_string(), "METHOD  PATH  ACCESS  LIMITS  BODY  TIMEOUT  HANDLER");
    assert!(Manifest::default().entries().is_empty());
}

#[test]
fn entries_have_the_order_of_the_table() {
    let (a, b) = (path(&["GET"], "/a", &LOST), path(&["GET"], "/b", &LOST));
    let post = path(&["POST"], "/a", &LOST);
    let door = unsecured("", "x");
    let manifest = Manifest::new(vec![door.clone(), b.clone(), post.clone(), a.clone()]);
    assert_eq!(manifest.entries(), [a, post, b, door]);
}

#[test]
fn a_cell_cannot_rewrite_the_table() {
    let manifest = Manifest::new(vec![
        path(&[], "/a\u{1b}[2J\r\n\u{202e}b\u{200b}", &LOST),
        unsecured("/x\n", "why\u{7}\nGET  /fake  authenticated"),
    ]);
    let expected = "\
METHOD  PATH                              ACCESS                                             LIMITS  BODY  TIMEOUT  HANDLER
-       /a\\u{1b}[2J\\r\\n\\u{202e}b\\u{200b}  public                                             -       -     -        clinic::lost
*       /x\\n (unsecured)                  unsecured = \"why\\u{7}\\nGET  /fake  authenticated\"  -       -     -        -";
    assert_eq!(manifest.to_string(), expected);
}

#[test]
fn other_scripts_are_shown_as_they_are() {
    assert_eq!(visible("/größe/日本"), "/größe/日本");
}

proptest! {
    #[test]
    fn every_entry_is_one_line_without_trailing_space(paths in proptest::collection::vec(any::<String>(), 0..5), reason in any::<String>()) {
        let mut entries: Vec<Entry> = paths.iter().map(|text| path(&["GET"], text, &LOST)).collect();
        entries.push(unsecured(&reason, &reason));
        let lines = entries.len() + 1;
        let printed = Manifest::new(entries).to_string();
        prop_assert_eq!(printed.split('\n').count(), lines);
        prop_assert!(printed.split('\n').all(|line| line == line.trim_end()));
        prop_assert!(!printed.replace('\n', "").chars().any(char::is_control));
    }
}
