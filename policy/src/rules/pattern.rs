//! Whether what a rule selects by is written as it can be meant. Everything else would select nothing, silently.

use super::{Selector, glob::segments};
use crate::{grammar::Quoted, suggest};

/// The most segments of a pattern; no path that people write has as many.
const MOST_SEGMENTS: usize = 60;

/// What is wrong with a pattern of paths.
pub(crate) fn check_path(pattern: &str) -> Result<(), String> {
    let shown = Quoted(pattern);
    if pattern.is_empty() {
        return Err("the path is empty: write `/**` for all paths".to_owned());
    }
    if let Some(wrong) = pattern.chars().find(|character| character.is_control() || matches!(character, ' ' | '?' | '#' | '\\')) {
        let wrong = if wrong == ' ' { "a space".to_owned() } else { Quoted(wrong.encode_utf8(&mut [0; 4])).to_string() };
        return Err(format!("the path {shown} has {wrong} in it, and no path of a router has: remove it"));
    }
    if !pattern.starts_with('/') {
        return Err(format!("the path {shown} does not begin with `/`: write {}", Quoted(&format!("/{pattern}"))));
    }
    if pattern.contains("//") {
        return Err(format!(
            "the path {shown} has an empty segment: write one `/` between two segments, or `/**/` for any number"
        ));
    }
    if pattern.len() > 1 && pattern.ends_with('/') {
        let without = Quoted(pattern.trim_end_matches('/')).to_string();
        return Err(format!("the path {shown} ends with `/`: write {without}, which selects the path with the slash, too"));
    }
    for segment in segments(pattern) {
        if segment.contains(['{', '}']) || segment.starts_with(':') {
            return Err(format!("the path {shown} has the parameter {}: write `*` for any one segment", Quoted(segment)));
        }
        if segment.contains('*') && !matches!(segment, "*" | "**") {
            let rule = "`*` is any one segment and `**` any number of them, never a part of one";
            return Err(format!("the path {shown} has the segment {}: {rule}", Quoted(segment)));
        }
    }
    check_length(segments(pattern).count(), &shown)
}

/// What is wrong with a pattern of handlers.
pub(crate) fn check_handler(pattern: &str) -> Result<(), String> {
    let shown = Quoted(pattern);
    let example = "such as `health`, or `crate::admin::*`";
    if pattern.is_empty() {
        return Err(format!("the endpoint is empty: write the name of a function, {example}"));
    }
    let names: Vec<&str> = pattern.split("::").collect();
    for (index, name) in names.iter().enumerate() {
        match *name {
            "crate" if index == 0 && names.len() > 1 => {}
            "self" | "super" => {
                return Err(format!(
                    "the endpoint {shown} has `{name}` in it: write the path from the root, as in `crate::admin::*`"
                ));
            }
            "*" | "**" => {}
            name if is_identifier(name) && name != "crate" => {}
            name if name.contains('*') && is_identifier(&name.replace('*', "_x")) => {
                let rule = "`*` is any one name and `**` any number of them, never a part of one";
                return Err(format!("the endpoint {shown} has {} in it: {rule}", Quoted(name)));
            }
            _ => return Err(format!("{shown} is not the name of a function, nor the path of one: write one, {example}")),
        }
    }
    check_length(names.len(), &shown)
}

/// What is wrong with the name of one endpoint: what `*` would let in is not listed.
pub(crate) fn check_endpoint(name: &str) -> Result<(), String> {
    check_handler(name)?;
    if name.contains('*') {
        let rule = "the endpoints that may be public are listed one by one";
        return Err(format!("{} has `*` in it, and {rule}: write the name of each", Quoted(name)));
    }
    Ok(())
}

/// What is wrong with a method.
pub(crate) fn check_method(method: &str) -> Result<(), String> {
    if Selector::METHODS.contains(&method) {
        return Ok(());
    }
    let suggestion =
        suggest::closest(method, Selector::METHODS).map(|near| format!(" did you mean `{near}`?")).unwrap_or_default();
    Err(format!("unknown method {}:{suggestion} the methods are {}", Quoted(method), suggest::list(Selector::METHODS)))
}

fn check_length(segments: usize, shown: &Quoted<'_>) -> Result<(), String> {
    if segments > MOST_SEGMENTS {
        return Err(format!("{shown} has {segments} segments: write at most {MOST_SEGMENTS}, or `**` for many"));
    }
    Ok(())
}

fn is_identifier(name: &str) -> bool {
    let mut characters = name.chars();
    characters.next().is_some_and(|first| first.is_alphabetic() || first == '_')
        && characters.all(|character| character.is_alphanumeric() || character == '_')
        && name != "_"
}

#[cfg(test)]
mod tests {
    use super::{check_endpoint, check_handler, check_method, check_path};

    #[test]
    fn what_can_be_meant_is_taken() {
        for path in ["/", "/**", "/admin", "/admin/**", "/**/audit", "/a/*/b", "/größe", "/%61", "/a.b/c-d", "/**/**"] {
            assert_eq!(check_path(path), Ok(()));
        }
        for handler in ["health", "*", "**", "crate::health", "crate::admin::*", "clinic::**::x", "_x1", "größe"] {
            assert_eq!(check_handler(handler), Ok(()));
        }
        assert_eq!(check_endpoint("crate::health"), Ok(()));
        assert_eq!(check_method("DELETE"), Ok(()));
    }

    #[test]
    fn paths_that_no_route_could_have_are_refused() {
        let of = |path: &str| check_path(path).unwrap_err();
        assert_eq!(of(""), "the path is empty: write `/**` for all paths");
        assert_eq!(of("admin/**"), "the path `admin/**` does not begin with `/`: write `/admin/**`");
        assert!(of("/a//b").starts_with("the path `/a//b` has an empty segment: write one `/`"));
        assert!(of("//").contains("an empty segment"));
        assert_eq!(of("/a/"), "the path `/a/` ends with `/`: write `/a`, which selects the path with the slash, too");
        assert_eq!(of("/a/{id}"), "the path `/a/{id}` has the parameter `{id}`: write `*` for any one segment");
        assert!(of("/a/:id").contains("the parameter `:id`") && of("/{a,b}").contains("the parameter `{a,b}`"));
        let rule = "`*` is any one segment and `**` any number of them, never a part of one";
        assert_eq!(of("/a*"), format!("the path `/a*` has the segment `a*`: {rule}"));
        assert!(of("/***").contains(rule));
        assert!(of("/a?b").contains("has `?` in it") && of("/a b").contains("has a space in it") && of("/\u{0}").contains("\\0"));
        assert_eq!(check_path(&"/a".repeat(60)), Ok(()));
        assert!(of(&"/a".repeat(61)).contains("has 61 segments: write at most 60"));
    }

    #[test]
    fn handlers_that_no_function_could_be_are_refused() {
        let of = |handler: &str| check_handler(handler).unwrap_err();
        for wrong in ["a.b", "a:b", "::a", "a::", "crate", "a::crate::b", "1a", "/admin/**", "a b", "a-b", "_", "health()"] {
            assert!(of(wrong).contains("is not the name of a function"), "{wrong}: {}", of(wrong));
        }
        assert!(of("").starts_with("the endpoint is empty: write"));
        assert!(of("super::a").contains("write the path from the root"));
        assert!(of("delete_*").contains("`*` is any one name"));
        assert!(check_endpoint("crate::*").unwrap_err().contains("listed one by one"));
    }

    #[test]
    fn methods_are_in_upper_case() {
        let rule = "the methods are `GET`, `HEAD`, `POST`, `PUT`, `PATCH`, `DELETE`, `OPTIONS`, `TRACE` and `CONNECT`";
        assert_eq!(check_method("delete").unwrap_err(), format!("unknown method `delete`: did you mean `DELETE`? {rule}"));
        assert_eq!(check_method("*").unwrap_err(), format!("unknown method `*`: {rule}"));
    }
}
