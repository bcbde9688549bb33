//! Patterns of handlers: `crate::admin::*`, or the bare name of a function. Decided by constants, since a macro knows the name of its
//! function and not the module that it stands in.

/// Whether a pattern of a rule's `endpoints` or of `[require] public` means this function of this module.
///
/// A bare name is that of a function in any module. With `::` in it, the pattern is the whole path; in it `crate` is whatever crate
/// the handler is in, `*` is one name, and `**` is any number of names, none included.
///
/// ```
/// use portcullis_policy::pattern_matches_handler;
///
/// const _: () = assert!(pattern_matches_handler("crate::admin::*", "clinic::admin", "delete_user"));
/// assert!(pattern_matches_handler("health", "clinic::probes", "health"));
/// assert!(!pattern_matches_handler("crate::admin::*", "clinic::admin::users", "delete_user"));
/// ```
#[must_use]
pub const fn pattern_matches_handler(pattern: &str, module_path: &str, function: &str) -> bool {
    let pattern = pattern.as_bytes();
    let module = if module_path.is_empty() { None } else { Some(module_path.as_bytes()) };
    let names = Names { module, function: Some(function.as_bytes()) };
    match first(pattern) {
        (name, None) => means(name, function.as_bytes()),
        (b"crate", rest) => match names.next() {
            Some((_, names)) => matches(rest, names),
            None => false,
        },
        (_, Some(_)) => matches(Some(pattern), names),
    }
}

/// The names of a handler's path that are left to match.
#[derive(Clone, Copy)]
struct Names<'a> {
    module: Option<&'a [u8]>,
    function: Option<&'a [u8]>,
}

impl<'a> Names<'a> {
    const fn next(self) -> Option<(&'a [u8], Self)> {
        match (self.module, self.function) {
            (Some(module), function) => {
                let (name, module) = first(module);
                Some((name, Self { module, function }))
            }
            (None, Some(function)) => Some((function, Self { module: None, function: None })),
            (None, None) => None,
        }
    }
}

/// Of several `**` only the last can need another length than the shortest, so one way back is enough.
const fn matches(mut pattern: Option<&[u8]>, mut names: Names<'_>) -> bool {
    let mut way_back: Option<(Option<&[u8]>, Names<'_>)> = None;
    loop {
        match (pattern, names.next()) {
            (None, None) => return true,
            (Some(text), next) => match (first(text), next) {
                ((b"**", rest), _) => {
                    way_back = Some((rest, names));
                    pattern = rest;
                    continue;
                }
                ((segment, rest), Some((name, others))) if means(segment, name) => {
                    pattern = rest;
                    names = others;
                    continue;
                }
                (_, None) => return false,
                (_, Some(_)) => {}
            },
            (None, Some(_)) => {}
        }
        let Some((after, from)) = way_back else { return false };
        let Some((_, others)) = from.next() else { return false };
        way_back = Some((after, others));
        pattern = after;
        names = others;
    }
}

const fn means(segment: &[u8], name: &[u8]) -> bool {
    matches!(segment, b"*" | b"**") || equal(segment, name)
}

/// The first name of a path, and what is behind its `::`.
const fn first(path: &[u8]) -> (&[u8], Option<&[u8]>) {
    let (mut length, mut rest) = (0, path);
    loop {
        match rest {
            [b':', b':', behind @ ..] => return (path.split_at(length).0, Some(behind)),
            [_, more @ ..] => {
                length += 1;
                rest = more;
            }
            [] => return (path, None),
        }
    }
}

const fn equal(mut a: &[u8], mut b: &[u8]) -> bool {
    loop {
        match (a, b) {
            ([], []) => return true,
            ([first, more @ ..], [other, others @ ..]) if *first == *other => {
                a = more;
                b = others;
            }
            _ => return false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::glob::tests::matches;
    use super::pattern_matches_handler;
    use proptest::prelude::*;

    #[track_caller]
    fn check(pattern: &str, yes: &[(&str, &str)], no: &[(&str, &str)]) {
        for (module, function) in yes {
            assert!(pattern_matches_handler(pattern, module, function), "`{pattern}` means `{module}::{function}`");
        }
        for (module, function) in no {
            assert!(!pattern_matches_handler(pattern, module, function), "`{pattern}` does not mean `{module}::{function}`");
        }
    }

    #[test]
    fn a_bare_name_is_a_function_in_any_module() {
        check(
            "health",
            &[("clinic", "health"), ("clinic::a::b", "health"), ("", "health")],
            &[("health", "x"), ("a", "health2")],
        );
        check("*", &[("clinic", "health"), ("clinic::a", "x")], &[]);
    }

    #[test]
    fn crate_is_the_crate_of_the_handler() {
        check("crate::health", &[("clinic", "health"), ("other", "health")], &[("clinic::a", "health"), ("", "health")]);
        check("crate::admin::*", &[("clinic::admin", "x")], &[("clinic", "x"), ("clinic::admin::users", "x"), ("admin", "x")]);
        check("crate::**", &[("clinic", "x"), ("clinic::a::b", "x")], &[]);
    }

    #[test]
    fn another_first_name_is_the_name_of_the_crate() {
        check("clinic::admin::*", &[("clinic::admin", "x")], &[("other::admin", "x"), ("clinic::crate::admin", "x")]);
        check("*::admin::*", &[("clinic::admin", "x")], &[("clinic", "admin")]);
    }

    #[test]
    fn two_stars_are_any_number_of_names() {
        check(
            "crate::admin::**",
            &[("c::admin", "x"), ("c::admin::a::b", "x"), ("c", "admin")],
            &[("c", "x"), ("c::a::admin", "x")],
        );
        check("crate::**::delete", &[("c", "delete"), ("c::a::b", "delete")], &[("c::delete", "x")]);
        check("**::a::**::b", &[("a", "b"), ("c::a::a", "b"), ("c::a::b::d", "b")], &[("c::b", "a"), ("c::a::b", "x")]);
    }

    #[test]
    fn it_is_decided_in_constants() {
        const YES: bool = pattern_matches_handler("**::admin::**::delete_*::**", module_path!(), "x");
        const NO: bool = pattern_matches_handler("crate::rules::**", module_path!(), "x");
        assert_eq!([YES, NO], [false, true]);
    }

    proptest! {
        #[test]
        fn one_way_back_is_enough(
            pattern in proptest::collection::vec(proptest::sample::select(vec!["a", "b", "*", "**"]), 2..7),
            module in proptest::collection::vec(proptest::sample::select(vec!["a", "b"]), 1..6),
            function in proptest::sample::select(vec!["a", "b"]),
        ) {
            let path: Vec<&str> = module.iter().copied().chain([function]).collect();
            let found = pattern_matches_handler(&pattern.join("::"), &module.join("::"), function);
            prop_assert_eq!(found, matches(&pattern, &path));
        }

        #[test]
        fn no_text_panics(pattern in ".*", near in "[a:*]{0,20}", module in "[a:]{0,20}", function in ".*") {
            let _ = pattern_matches_handler(&pattern, &module, &function);
            let _ = pattern_matches_handler(&near, &module, &function);
        }
    }
}
