//! Questions with their answers, and those that have none.

use super::{Proof, QueryError};
use crate::{Caller, Lock, LockedRoute, Roles, Side, Terms, strategies};
use proptest::prelude::*;

fn lock() -> Lock {
    let endpoint = |route: &str, access: &str| (route.parse().unwrap(), Terms::new("x", access.parse().unwrap()));
    Lock {
        roles: Roles::new([("admin", vec!["editor"]), ("editor", vec!["user"])]),
        scopes: [("read".to_owned(), "Read".to_owned())].into(),
        endpoints: [
            endpoint("GET /health", "public"),
            endpoint("* /me", "authenticated"),
            endpoint("DELETE /users/{id}", "role = \"admin\""),
            endpoint("GET /users", "allow(any(role = \"editor\", all(role = \"user\", scope = \"read\")))"),
            endpoint("GET /admin/keys", "allow(all(role = \"user\", not(role = \"editor\"), scope = \"read\"))"),
            endpoint("POST /dead", "allow(any())"),
            endpoint("FALLBACK", "public"),
        ]
        .into(),
        unsecured: vec![("/old".to_owned(), "x".to_owned())],
    }
}

fn holding(role: &str, scopes: &[&str]) -> Caller {
    Caller::holding([role], scopes.iter().copied())
}

#[test]
fn who_can_names_the_fewest_grants_that_are_enough() {
    let printed = |endpoint: &str| lock().who_can(endpoint).unwrap().to_string();
    assert_eq!(printed("GET /health"), "a caller without credentials, and whoever holds more (2 cases tried)");
    assert_eq!(printed("PUT /me"), "a caller with no role and no scope, and whoever holds more (2 cases tried)");
    assert_eq!(printed("DELETE /users/{user}"), "a caller with the role `admin`, and whoever holds more (3 cases tried)");
    let users = "a caller with the role `editor`, or a caller with the role `user` and the scope `read`, and whoever holds more \
        (9 cases tried)";
    assert_eq!(printed("HEAD /users"), users);
    let keys = "a caller with the role `user` and the scope `read`, and not all who hold more (9 cases tried)";
    assert_eq!(printed("GET /admin/keys"), keys);
    assert_eq!(printed("POST /dead"), "nobody (2 cases tried)");
    assert_eq!(lock().who_can("POST /dead").unwrap().minimal, []);
}

#[test]
fn can_asks_for_one_role() {
    let can = |role: &str, endpoint: &str| lock().can(role, endpoint).unwrap();
    assert!(can("admin", "DELETE /users/{id}") && !can("editor", "DELETE /users/{id}"));
    assert!(can("admin", "GET /users") && !can("user", "GET /users"));
    assert!(lock().admits(&holding("user", &["read"]), "GET /users").unwrap());
    assert!(!lock().admits(&Caller::Anonymous, "GET /me").unwrap());
}

#[test]
fn what_is_out_of_reach_is_proved() {
    let proof = lock().unreachable(&holding("editor", &["read"]), "/users/{id}").unwrap();
    let endpoints = vec![LockedRoute::new("DELETE", "/users/{id}")];
    assert_eq!(proof, Proof { cases: 2, endpoints }, "`admin` is all that it looks at");
    let proof = lock().unreachable(&holding("user", &[]), "/users/**").unwrap();
    assert_eq!((proof.cases, proof.endpoints.len()), (5, 2));
    assert_eq!(proof.to_string(), "`GET /users` and `DELETE /users/{id}` are out of reach (5 cases tried)");
    let proof = lock().unreachable(&Caller::Anonymous, "/admin/**").unwrap();
    assert_eq!(proof.to_string(), "`GET /admin/keys` is out of reach (1 case tried)");
    assert!(lock().unreachable(&Caller::Anonymous, "/me").is_ok());
}

#[test]
fn what_is_in_reach_comes_with_what_it_takes() {
    let reached = |caller: &Caller, paths: &str| lock().unreachable(caller, paths).unwrap_err().to_string();
    assert_eq!(reached(&holding("admin", &["read"]), "/users/**"), "`GET /users` admits a caller with the role `admin`");
    assert_eq!(reached(&Caller::Anonymous, "/health"), "`GET /health` admits a caller without credentials");
    assert_eq!(reached(&holding("user", &[]), "/health"), "`GET /health` admits a caller without credentials");
    assert_eq!(reached(&holding("user", &[]), "/me"), "`* /me` admits a caller with no role and no scope");
    let both = Caller::holding(["user", "editor"], ["read"]);
    assert!(!lock().admits(&both, "GET /admin/keys").unwrap());
    let less = "`GET /admin/keys` admits a caller with the role `user` and the scope `read`";
    assert_eq!(reached(&both, "/admin/**"), less, "who holds less of it gets through");
    let door = "a router without policies at `/old` may route what is under `/old/files/*`: nest it under a path of its own, or \
        secure it";
    assert_eq!(reached(&Caller::Anonymous, "/old/files/*"), door);
    let everywhere = Lock { unsecured: vec![(String::new(), "x".to_owned())], ..lock() };
    let found = everywhere.unreachable(&Caller::Anonymous, "/admin/**").unwrap_err();
    assert_eq!(found, QueryError::Unsecured { paths: "/admin/**".to_owned(), prefix: String::new() });
}

#[test]
fn a_question_that_nothing_answers_is_an_error() {
    let error = |endpoint: &str| lock().who_can(endpoint).unwrap_err().to_string();
    let list = "the endpoints are `FALLBACK`, `GET /admin/keys`, `POST /dead`, `GET /health`, `* /me`, `GET /users` and `DELETE /users/{id}`";
    assert_eq!(
        error("DELETE /user/{id}"),
        format!("unknown endpoint `DELETE /user/{{id}}`: did you mean `DELETE /users/{{id}}`? {list}")
    );
    assert!(error("/users").contains("has no method"));
    let roles = "the roles are `admin`, `editor` and `user`";
    let role = lock().can("admn", "GET /users").unwrap_err().to_string();
    assert_eq!(role, format!("unknown role `admn`: did you mean `admin`? {roles}"));
    let scope = lock().unreachable(&holding("user", &["x"]), "/users").unwrap_err().to_string();
    assert_eq!(scope, "unknown scope `x`: the scopes are `read`");
    let paths = lock().unreachable(&Caller::Anonymous, "/admn/**").unwrap_err().to_string();
    assert!(paths.starts_with("no endpoint is under `/admn/**`, so that nothing would be proved"), "{paths}");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]
    #[test]
    fn a_proof_holds_for_everybody_who_holds_no_more(lock in strategies::locks(), pick in 0usize..257) {
        let lock = Lock { unsecured: Vec::new(), ..lock };
        let caller = &strategies::everybody()[pick];
        let parts = |names: &[String], of: &[String]| names.iter().all(|name| of.contains(name));
        let is_part = |other: &Caller| match (caller, other) {
            (_, Caller::Anonymous) => true,
            (Caller::Anonymous, _) => false,
            (Caller::Holding { roles, scopes }, Caller::Holding { roles: some, scopes: few }) => parts(some, roles) && parts(few, scopes),
        };
        let reached = lock.endpoints.values().any(|terms| {
            let side = Side { admission: &terms.admission, roles: &lock.roles };
            strategies::everybody().iter().any(|other| is_part(other) && side.admits(other))
        });
        match lock.unreachable(caller, "/**") {
            Ok(proof) => prop_assert!(!reached && proof.endpoints.len() == lock.endpoints.len()),
            Err(QueryError::Reached { caller: found, .. }) => prop_assert!(reached && is_part(&found)),
            Err(_) => prop_assert!(lock.endpoints.is_empty()),
        }
    }
}
