//! "Did you mean": the one place that guesses what a misspelt word was meant to be.
//! Used for keys, roles, scopes and units, so that all of them guess alike.

/// The candidate that a misspelt word most likely meant, if one is near enough.
///
/// ```
/// use portcullis_policy::suggest::closest;
///
/// assert_eq!(closest("admn", ["admin", "user"]), Some("admin"));
/// assert_eq!(closest("zebra", ["admin", "user"]), None);
/// ```
pub fn closest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    /// Below this Jaro-Winkler similarity a suggestion confuses more than it helps; the value that darling uses.
    const NEAR: f64 = 0.8;

    let word = word.to_lowercase();
    candidates
        .into_iter()
        .map(|candidate| (strsim::jaro_winkler(&word, &candidate.to_lowercase()), candidate))
        .filter(|(similarity, _)| *similarity > NEAR)
        .max_by(|(a, _), (b, _)| a.total_cmp(b))
        .map(|(_, candidate)| candidate)
}

/// A list of names for a message: `` `a`, `b` and `c` ``; "none" where there are none.
///
/// ```
/// assert_eq!(portcullis_policy::suggest::list(["a", "b", "c"]), "`a`, `b` and `c`");
/// ```
pub fn list<'a>(names: impl IntoIterator<Item = &'a str>) -> String {
    let quoted: Vec<String> = names.into_iter().map(|name| format!("`{name}`")).collect();
    match quoted.as_slice() {
        [] => "none".to_owned(),
        [one] => one.clone(),
        [most @ .., last] => format!("{} and {last}", most.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::{closest, list};

    #[test]
    fn the_nearest_wins_and_case_does_not_matter() {
        assert_eq!(closest("TimeOut", ["time", "timeout"]), Some("timeout"));
        assert_eq!(closest("athenticated", ["authenticated", "allow"]), Some("authenticated"));
        assert_eq!(closest("", ["role"]), None);
        assert_eq!(closest("x", []), None);
    }

    #[test]
    fn lists_read_as_english() {
        assert_eq!(list([]), "none");
        assert_eq!(list(["a"]), "`a`");
        assert_eq!(list(["a", "b"]), "`a` and `b`");
    }
}
