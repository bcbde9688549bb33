//! Patterns of paths, held against the route patterns of axum. They fail closed: a rule looks at a route as soon as one request that the
//! route answers could match.

/// A segment of a pattern.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Segment<'a> {
    /// This text. Letter case and percent-encoding are compared as they stand, as axum compares them.
    Literal(&'a str),
    /// `*`: any one segment.
    One,
    /// `**`: any number of segments, none included.
    Many,
}

impl<'a> Segment<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        match text {
            "*" => Self::One,
            "**" => Self::Many,
            literal => Self::Literal(literal),
        }
    }
}

/// The segments of a path, without the empty one behind a final slash: `/admin/` is held to what `/admin` is held to.
pub(super) fn segments(path: &str) -> impl Iterator<Item = &str> {
    let path = path.strip_prefix('/').unwrap_or(path);
    let is_root = path.is_empty();
    path.strip_suffix('/').unwrap_or(path).split('/').filter(move |_| !is_root)
}

/// What one segment of a route answers.
enum Answered<'a> {
    /// Every request segment that begins so and goes on. From `img-{id}`; the prefix is empty in `{id}`.
    From(String),
    /// Such a segment, and all that follow: `{*rest}`.
    Rest(String),
    /// This text.
    Exactly(&'a str),
    /// A text with braces that stood twice.
    Unescaped(String),
}

impl<'a> Answered<'a> {
    fn new(segment: &'a str) -> Self {
        if !segment.contains(['{', '}']) {
            return Self::Exactly(segment);
        }
        let mut literal = String::new();
        let mut characters = segment.chars().peekable();
        while let Some(character) = characters.next() {
            match character {
                '{' | '}' if characters.peek() == Some(&character) => {
                    characters.next();
                    literal.push(character);
                }
                '{' if characters.peek() == Some(&'*') => return Self::Rest(literal),
                '{' => return Self::From(literal),
                other => literal.push(other),
            }
        }
        Self::Unescaped(literal)
    }

    fn can_be(&self, literal: &str) -> bool {
        match self {
            Self::From(prefix) | Self::Rest(prefix) => literal.starts_with(prefix.as_str()),
            Self::Exactly(text) => *text == literal,
            Self::Unescaped(text) => text == literal,
        }
    }
}

/// Whether some path that the route answers matches the pattern.
pub(super) fn overlaps(pattern: &str, route: &str) -> bool {
    let pattern: Vec<Segment<'_>> = segments(pattern).map(Segment::new).collect();
    // How much of the pattern may be used up after the segments of the route so far.
    let mut used = vec![false; pattern.len() + 1];
    if let Some(nothing) = used.first_mut() {
        *nothing = true;
    }
    skip_many(&pattern, &mut used);
    for segment in segments(route) {
        let answered = Answered::new(segment);
        let mut next = vec![false; used.len()];
        for (at, step) in pattern.iter().enumerate().filter(|(at, _)| used.get(*at) == Some(&true)) {
            let to = match step {
                Segment::Literal(literal) if !answered.can_be(literal) => continue,
                Segment::Literal(_) | Segment::One => at + 1,
                Segment::Many => at,
            };
            if let Some(reached) = next.get_mut(to) {
                *reached = true;
            }
        }
        skip_many(&pattern, &mut next);
        used = next;
        if matches!(answered, Answered::Rest(_)) {
            // Whatever is left of the pattern, some rest of the path is like it.
            return used.contains(&true);
        }
    }
    used.last() == Some(&true)
}

/// `**` may be no segment at all.
fn skip_many(pattern: &[Segment<'_>], used: &mut [bool]) {
    for (at, step) in pattern.iter().enumerate() {
        if *step == Segment::Many
            && used.get(at) == Some(&true)
            && let Some(after) = used.get_mut(at + 1)
        {
            *after = true;
        }
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::overlaps;
    use proptest::prelude::*;

    #[track_caller]
    fn check(pattern: &str, yes: &[&str], no: &[&str]) {
        for route in yes {
            assert!(overlaps(pattern, route), "`{pattern}` looks at `{route}`");
        }
        for route in no {
            assert!(!overlaps(pattern, route), "`{pattern}` does not look at `{route}`");
        }
    }

    #[test]
    fn literals_are_compared_as_they_stand() {
        check("/admin", &["/admin", "/admin/"], &["/", "/Admin", "/%61dmin", "/admin/x", "/x/admin", "/admin//"]);
        check("/", &["/", ""], &["/a", "//"]);
    }

    #[test]
    fn stars_are_one_segment_or_any_number() {
        check("/admin/**", &["/admin", "/admin/", "/admin/x", "/admin/x/y/"], &["/", "/administrators", "/x/admin"]);
        check("/admin/*", &["/admin/x", "/admin/x/", "/admin//"], &["/admin", "/admin/", "/admin/x/y"]);
        check("/**", &["/", "", "/a", "/a/b/c"], &[]);
        check("/**/audit", &["/audit", "/a/audit", "/a/b/audit/"], &["/", "/audit/x"]);
        check("/a/**/b/*/c", &["/a/b/x/c", "/a/y/b/b/c/c"], &["/a/b/c", "/a/b/x/y/c"]);
    }

    #[test]
    fn a_parameter_could_be_any_literal() {
        check("/users/me", &["/users/{id}", "/{thing}/me", "/{a}/{b}"], &["/users/{id}/posts", "/{a}"]);
        check("/admin/**", &["/{tenant}", "/{tenant}/users"], &["/users/{id}"]);
        check("/img-1", &["/img-{id}", "/i{x}"], &["/pic-{id}"]);
    }

    #[test]
    fn a_wildcard_could_be_any_rest_of_at_least_one_segment() {
        check("/admin/**", &["/{*rest}", "/admin/{*rest}"], &["/files/{*rest}"]);
        check("/a/b/c/d", &["/{*rest}", "/a/b/{*rest}", "/{x}/{*rest}"], &["/a/c/{*rest}", "/a/b/c/d/{*rest}"]);
        check("/admin", &["/a{*rest}"], &["/admin/{*rest}", "/b{*rest}"]);
        check("/", &[], &["/{*rest}"]);
    }

    #[test]
    fn braces_that_stand_twice_are_text() {
        check("/a/*", &["/a/{{x}}"], &[]);
        check("/a/x", &[], &["/a/{{x}}", "/a/{{x"]);
        check("/a/b", &["/a/{b"], &["/a/b}}"]);
    }

    /// The slow and obvious way, for paths without parameters.
    pub(in crate::rules) fn matches(pattern: &[&str], path: &[&str]) -> bool {
        match (pattern, path) {
            ([], rest) => rest.is_empty(),
            (["**", more @ ..], rest) => {
                matches(more, rest) || rest.split_first().is_some_and(|(_, others)| matches(pattern, others))
            }
            ([segment, more @ ..], [first, others @ ..]) => (*segment == "*" || segment == first) && matches(more, others),
            _ => false,
        }
    }

    proptest! {
        #[test]
        fn a_route_without_parameters_is_a_path(
            pattern in proptest::collection::vec(proptest::sample::select(vec!["a", "b", "*", "**"]), 0..6),
            path in proptest::collection::vec(proptest::sample::select(vec!["a", "b", "c"]), 0..6),
        ) {
            let found = overlaps(&format!("/{}", pattern.join("/")), &format!("/{}", path.join("/")));
            prop_assert_eq!(found, matches(&pattern, &path));
        }

        #[test]
        fn whatever_a_route_answers_is_looked_at(
            pattern in proptest::collection::vec(proptest::sample::select(vec!["a", "b", "*", "**"]), 0..6),
            route in proptest::collection::vec(proptest::sample::select(vec!["a", "b", "{x}"]), 0..5),
            rest in any::<bool>(),
            chosen in proptest::collection::vec(proptest::sample::select(vec!["a", "b", "c"]), 7),
        ) {
            let mut path: Vec<&str> =
                route.iter().zip(&chosen).map(|(segment, chosen)| if *segment == "{x}" { chosen } else { segment }).copied().collect();
            let mut written = route.clone();
            if rest {
                written.push("{*rest}");
                path.extend(&chosen[5..]);
            }
            if matches(&pattern, &path) {
                let found = overlaps(&format!("/{}", pattern.join("/")), &format!("/{}", written.join("/")));
                prop_assert!(found, "{:?} and {:?}", pattern, written);
            }
        }

        #[test]
        fn no_text_panics(pattern in ".*", route in ".*") {
            overlaps(&pattern, &route);
        }
    }
}
