//! Tests of the patterns of paths, beside the matcher that axum uses.

use super::RoutePattern;
use proptest::{collection::vec, prelude::*, sample::select};

fn error(text: &str) -> String {
    text.parse::<RoutePattern>().unwrap_err().to_string()
}

/// Whether axum would route it: what it checks itself, and then the matcher's verdict.
fn is_routed(path: &str) -> bool {
    path.starts_with('/')
        && !path.split('/').any(|segment| segment.starts_with([':', '*']))
        && matchit::Router::new().insert(path, ()).is_ok()
}

#[test]
fn patterns_have_parameters() {
    for (text, parameters) in [
        ("/", &[] as &[&str]),
        ("/users", &[]),
        ("/users/", &[]),
        ("/users/{id}", &["id"]),
        ("/users/{id}/", &["id"]),
        ("/v{version}/{_tenant}/files/{*path}", &["version", "_tenant", "path"]),
        ("/{*rest}", &["rest"]),
        ("/a.b-c_d~e/!$&'()*+,;=:@", &[]),
        ("/.well-known/...", &[]),
    ] {
        let pattern: RoutePattern = text.parse().unwrap();
        assert_eq!(pattern.parameters(), parameters, "{text}");
        assert_eq!(pattern.to_string(), text);
        assert!(is_routed(text), "{text}");
    }
}

#[test]
fn errors_say_how_to_write_it() {
    for (text, message) in [
        ("", "a path starts with `/`: write `/`"),
        ("users", "a path starts with `/`: write `/users`"),
        ("//", "`//` has an empty segment: write one `/`, not two"),
        ("/users//{id}", "`/users//{id}` has an empty segment: write one `/`, not two"),
        ("/users/:id", "a parameter is written in braces: write `{id}` for `:id`"),
        ("/files/*path", "the rest of a path is written in braces: write `{*path}` for `*path`"),
        ("/files/*", "the rest of a path is written in braces: write `{*rest}` for `*`"),
        ("/users/{id", "a brace is not closed in `{id`: write `}` after the name of the parameter"),
        ("/users/id}", "a brace is not opened in `id}`: write `{` before the name of the parameter"),
        ("/users/{}", "a parameter has no name in `{}`: give it one, as in `{id}`"),
        ("/users/{*}", "a parameter has no name in `{*}`: give it one, as in `{*rest}`"),
        ("/users/{id:u64}", "a parameter has a name and no type: write `{id}`; the `Path<…>` of the handler says its type"),
        ("/users/{id?}", "`id?` is no name for a parameter: use letters, digits and `_`, and begin with a letter or `_`"),
        ("/users/{1}", "`1` is no name for a parameter: use letters, digits and `_`, and begin with a letter or `_`"),
        ("/users/{{id}}", "`{id` is no name for a parameter: use letters, digits and `_`, and begin with a letter or `_`"),
        ("/{**a}", "`*a` is no name for a parameter: use letters, digits and `_`, and begin with a letter or `_`"),
        ("/{id}/{id}", "two parameters are called `id`: rename one of them"),
        ("/{id}/{*id}", "two parameters are called `id`: rename one of them"),
        ("/{*rest}/x", "`{*rest}` takes the rest of the path, so nothing can come after it: move it to the end"),
        ("/{*rest}/", "`{*rest}` takes the rest of the path, so nothing can come after it: move it to the end"),
        ("/x{*rest}", "`{*rest}` takes whole segments: put a `/` before it"),
        ("/{a}{b}", "`{a}{b}` has two parameters in one segment: put a `/` between them"),
        ("/{a}-{b}", "`{a}-{b}` has two parameters in one segment: put a `/` between them"),
        ("/{name}.json", "nothing can come after a parameter but `/`: put `.json` before `{name}`"),
        ("/users?page=1", "a path ends before the `?`: take the query as an argument, `Valid<Query<…>>`"),
        ("/users#top", "a client keeps what comes after a `#` to itself: write the path without it"),
        ("/a b", "no path has a space in it, for clients send it encoded: write `-`, or take the segment as a parameter"),
        ("/café", "no path has `é` in it, for clients send it encoded: use other characters, or take the segment as a parameter"),
        ("/a/../b", "a client resolves `..` before it sends a path, so no request has it: write the path without it"),
        ("/.", "a client resolves `.` before it sends a path, so no request has it: write the path without it"),
    ] {
        assert_eq!(error(text), message, "{text}");
    }
    assert!(error("/a%20b").starts_with("a path is compared as it is sent"));
    assert!(error("/a\u{1b}b").contains("`\\u{1b}`"));
}

#[test]
fn the_matcher_has_letters_for_so_many_parameters_and_no_more() {
    let path = |count: usize| (0..count).map(|n| format!("/{{p{n}}}")).collect::<String>();
    assert!(path(25).parse::<RoutePattern>().is_ok() && is_routed(&path(25)));
    assert_eq!(error(&path(26)), "a path has at most 25 parameters: take the rest of it with `{*rest}`");
}

fn near() -> impl Strategy<Value = String> {
    let pieces = [
        "/", "/", "/", "a", "b", "users", "{id}", "{b}", "{*rest}", "{", "}", "*", ":", "{{", "}}", ".", "..", "-", "?", "%41",
        "é",
    ];
    vec(select(pieces.to_vec()), 0..10).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn what_parses_is_routed_and_prints_itself(text in near()) {
        if let Ok(pattern) = text.parse::<RoutePattern>() {
            prop_assert!(is_routed(&text), "{}", text);
            prop_assert_eq!(pattern.to_string(), text);
        }
    }

    #[test]
    fn parameters_are_what_the_matcher_finds(text in near(), value in "[a-z]{1,5}") {
        if let Ok(pattern) = text.parse::<RoutePattern>() {
            let request = pattern.parameters().iter().fold(text.clone(), |path, name| {
                path.replace(&format!("{{{name}}}"), &value).replace(&format!("{{*{name}}}"), &value)
            });
            let mut router = matchit::Router::new();
            router.insert(text.as_str(), ()).unwrap();
            let found = router.at(&request).unwrap();
            let names: Vec<&str> = found.params.iter().map(|(name, _)| name).collect();
            prop_assert_eq!(names, pattern.parameters());
        }
    }

    #[test]
    fn no_text_panics(text in ".*") {
        let _ = text.parse::<RoutePattern>();
    }
}
