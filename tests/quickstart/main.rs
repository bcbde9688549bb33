//! The quickstart as a stranger meets it: started by its command, driven by the lines that it prints.
//! And as a developer meets it: each slip in it stops the build with our message.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test that panics has failed, which is what it is for"
)]

mod house;
mod mutant;
mod service;

use mutant::Mutant;
use service::Service;

#[test]
fn every_line_that_it_prints_works_when_pasted() {
    let service = Service::start();
    let lines = service.lines_to_try();
    let statuses = service.paste(&lines);
    let expected = ["200", "401", "200", "200", "403", "200", "201", "422", "204"];
    assert_eq!(statuses, expected, "{lines:#?}");
}

#[test]
fn it_prints_its_manifest() {
    let printed = Service::start().printed().to_owned();
    for (method, path, access) in [
        ("POST", "/token", "public = \"callers log in here\""),
        ("GET", "/health", "public = \"load balancers probe it\""),
        ("GET", "/openapi.json", "public = \"clients are generated from it\""),
        ("GET", "/docs", "public = \"people try the API out here\""),
        ("GET", "/me", "authenticated"),
        ("GET", "/users/{id}", "role = \"user\", when = principal.subject() == id || principal.has_role(\"admin\")"),
        ("DELETE", "/users/{id}", "role = \"admin\""),
        ("POST", "/users", "role = \"admin\""),
        ("GET", "/reports", "scope = \"reports:read\""),
    ] {
        let found = printed.lines().any(|line| line.starts_with(method) && line.contains(path) && line.contains(access));
        assert!(found, "{method} {path} {access} in\n{printed}");
    }
}

#[test]
fn six_new_users_in_a_minute_are_five_and_a_429_that_says_when() {
    let service = Service::start();
    let alice = service.token("alice");
    let create = |number: usize| {
        let body = format!(r#"{{"username":"user{number}","email":"user{number}@example.com","age":33}}"#);
        service.post_user(&alice, &body)
    };
    for number in 0..5 {
        assert_eq!(create(number).status, 201);
    }
    let refused = create(5);
    assert_eq!(refused.status, 429);
    let wait: u64 = refused.header("retry-after").expect("a Retry-After").parse().unwrap();
    assert!((1..=12).contains(&wait), "{wait}");
}

#[test]
fn the_sixth_wrong_password_is_a_429() {
    let service = Service::start();
    let guess = || service.curl(&["/token", "-d", "grant_type=password", "-d", "username=alice", "-d", "password=wrong"]).status;
    let statuses: Vec<u16> = (0..6).map(|_| guess()).collect();
    assert_eq!(statuses, [400, 400, 400, 400, 400, 429]);
}

#[test]
fn what_a_new_user_must_be_is_said_all_at_once_and_never_echoed() {
    let service = Service::start();
    let alice = service.token("alice");
    let invalid = service.post_user(&alice, r#"{"username":"x!","email":"nobody","age":151}"#);
    assert_eq!(invalid.status, 422);
    for pointer in ["#/username", "#/email", "#/age"] {
        assert!(invalid.body.contains(pointer), "{}", invalid.body);
    }
    assert!(!invalid.body.contains("nobody") && !invalid.body.contains("x!"), "{}", invalid.body);
    let unknown = service.post_user(&alice, r#"{"username":"carol","email":"carol@example.com","age":33,"is_admin":true}"#);
    assert_eq!(unknown.status, 422);
    assert!(!unknown.body.contains("is_admin"), "{}", unknown.body);
}

#[test]
fn the_quickstart_as_it_is_compiles() {
    Mutant::new("unchanged").compiles();
}

#[test]
fn each_secured_handler_without_its_attribute_stops_the_build() {
    let source = Mutant::original();
    let attributes: Vec<&str> = source.lines().filter(|line| line.starts_with("#[secure(")).collect();
    assert_eq!(attributes.len(), 9);
    for (index, attribute) in attributes.into_iter().enumerate() {
        Mutant::new(&format!("unsecured{index}")).replace(attribute, "").fails_with("this handler has no security policy");
    }
}

#[test]
fn a_misspelt_role_stops_the_build_with_a_suggestion() {
    Mutant::new("typo").replace(r#"role = "admin", rate"#, r#"role = "admn", rate"#).fails_with("did you mean `admin`");
}

#[test]
fn editing_the_rule_book_rebuilds_what_it_governs() {
    let mutant = Mutant::new("rulebook");
    mutant.compiles();
    let renamed = "[roles]\nuser = []\nboss = [\"user\"]\n\n[scopes]\n\"reports:read\" = \"Read the reports\"\n";
    mutant.rule_book(renamed).fails_with_each(3, "unknown role `admin`");
}

#[test]
fn a_broken_rule_book_is_reported_with_its_line() {
    Mutant::new("brokenbook").rule_book("[roles]\nuser = []\nadmin = [\"usr\"]\n").fails_with("line 3");
}

#[test]
fn the_readme_shows_what_the_compiler_says() {
    let readme = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../README.md")).unwrap();
    let secured = r#"#[secure(post = "/users", role = "admin", rate = "5/min", audit = "user.create")]"#;
    for mutant in [
        Mutant::new("readmebare").replace(secured, ""),
        Mutant::new("readmetypo").replace(secured, &secured.replace("admin", "admn")),
        Mutant::new("readmerule").rule_book(&house::with_a_rule()),
        Mutant::new("readmeinput").replace("    #[garde(length(chars, min = 3, max = 50), ascii, alphanumeric)]\n", ""),
    ] {
        let output = mutant.says();
        let (error, _) = output.split_once("\nnote: required by").or_else(|| output.split_once("\n\n")).unwrap();
        let quoted = format!("```text\n{error}\n```");
        assert!(readme.contains(&quoted), "the README lacks:\n{quoted}");
    }
}
