//! The keys of `#[secure]`, in one table.
//! The parser, the error messages, the suggestions and the reference page are all made from it, so they cannot disagree.

use portcullis_policy::suggest;

/// A key of `#[secure]`.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Key {
    Public,
    Authenticated,
    Role,
    Scope,
    Allow,
    When,
    Rate,
    Body,
    Timeout,
    StepUp,
    Audit,
    Unvalidated,
    /// A method; its value is the path.
    Route,
    Crate,
}

/// A row of the table.
#[derive(Debug)]
pub(crate) struct Row {
    pub(crate) key: Key,
    pub(crate) name: &'static str,
    /// The ways to write it, each as an example.
    pub(crate) forms: &'static [&'static str],
    #[cfg_attr(not(test), expect(dead_code, reason = "the reference page has it, and a test compares the two"))]
    pub(crate) meaning: &'static str,
}

/// The keys, the ones that state the access first.
pub(crate) const KEYS: &[Row] = &[
    Row {
        key: Key::Public,
        name: "public",
        forms: &[r#"public = "load balancers probe it""#, "public"],
        meaning: "access: anybody may call, without credentials; the reason is for the reader of the manifest",
    },
    Row {
        key: Key::Authenticated,
        name: "authenticated",
        forms: &["authenticated"],
        meaning: "access: anybody who proved who they are",
    },
    Row {
        key: Key::Role,
        name: "role",
        forms: &[r#"role = "admin""#],
        meaning: "access: who has the role, or one that includes it; `security.toml` declares the roles",
    },
    Row {
        key: Key::Scope,
        name: "scope",
        forms: &[r#"scope = "reports:read""#],
        meaning: "access: whose token carries the scope; `security.toml` declares the scopes",
    },
    Row {
        key: Key::Allow,
        name: "allow",
        forms: &[r#"allow(any(role = "admin", scope = "reports:read"))"#],
        meaning: "access: who meets the predicate, written as in `#[cfg]`",
    },
    Row {
        key: Key::When,
        name: "when",
        forms: &["when = principal.subject() == id"],
        meaning: "and only if this is true; it sees `principal` and the arguments by reference, and may `.await`. Decided before the \
                  body is read unless it names the last argument",
    },
    Row {
        key: Key::Rate,
        name: "rate",
        forms: &[r#"rate = "5/min""#, r#"rate("5/min", "1000/day per ip burst 20")"#],
        meaning: "at most so many calls, counted `per principal`, `per ip` or `per global`; unsaid, by principal, or by address on a \
                  public endpoint",
    },
    Row { key: Key::Body, name: "body", forms: &[r#"body = "64 KiB""#], meaning: "the largest body that is read" },
    Row { key: Key::Timeout, name: "timeout", forms: &[r#"timeout = "10 s""#], meaning: "the longest that a request may take" },
    Row {
        key: Key::StepUp,
        name: "step_up",
        forms: &[r#"step_up(max_age = "5 min", mfa)"#, r#"step_up(max_age = "5 min")"#, "step_up(mfa)"],
        meaning: "the login is at most so old, and with more than one factor where `mfa` is said",
    },
    Row {
        key: Key::Audit,
        name: "audit",
        forms: &[r#"audit = "patient.read""#],
        meaning: "every call leaves an audit record under this name",
    },
    Row {
        key: Key::Unvalidated,
        name: "unvalidated",
        forms: &[r#"unvalidated = "the signature is checked in the handler""#],
        meaning: "the arguments may read input that no rule has checked, for this reason",
    },
    route("get", &[r#"get = "/users/{id}""#]),
    route("post", &[r#"post = "/users""#]),
    route("put", &[r#"put = "/users/{id}""#]),
    route("patch", &[r#"patch = "/users/{id}""#]),
    route("delete", &[r#"delete = "/users/{id}""#]),
    route("head", &[r#"head = "/users/{id}""#]),
    route("options", &[r#"options = "/users""#]),
    Row {
        key: Key::Crate,
        name: "crate",
        forms: &["crate = my_framework::portcullis"],
        meaning: "where the `portcullis` crate is, if not at `::portcullis`",
    },
];

/// The row of a method.
const fn route(name: &'static str, forms: &'static [&'static str]) -> Row {
    // One meaning for all of them, so that the reference page has one line for them.
    const MEANING: &str = "the method and the whole path, for house rules to look at and `.mount(handler)` to route; the handler's \
                           `Path<…>` has to fit";

    Row { key: Key::Route, name, forms, meaning: MEANING }
}

/// The words of a predicate, each as it is written.
pub(crate) const PREDICATES: &[(&str, &str)] = &[
    ("any", "any(…)"),
    ("all", "all(…)"),
    ("not", "not(…)"),
    ("role", r#"role = "…""#),
    ("scope", r#"scope = "…""#),
    ("authenticated", "authenticated"),
];

impl Row {
    /// How the key is written, for a message.
    pub(crate) fn is_written(&self) -> String {
        if self.forms == [self.name] {
            return format!("`{}` takes no value; write it alone", self.name);
        }
        format!("`{}` is written {}", self.name, alternatives(self.forms.iter().copied()))
    }

    /// What to say about the key where it was stated before.
    pub(crate) fn is_twice(&self) -> String {
        match self.forms.iter().find(|form| form.contains("\", \"")) {
            Some(list) => format!("`{}` is stated twice; write both in one, as in `{list}`", self.name),
            None => format!("`{}` is stated twice; keep one", self.name),
        }
    }

    /// The method that the key names, in upper case.
    pub(crate) fn method(&self) -> String {
        self.name.to_ascii_uppercase()
    }

    /// Whether the key states the access.
    fn states_access(&self) -> bool {
        matches!(self.key, Key::Public | Key::Authenticated | Key::Role | Key::Scope | Key::Allow)
    }
}

/// The row of a key.
pub(crate) fn find(word: &str) -> Option<&'static Row> {
    KEYS.iter().find(|row| row.name == word)
}

/// What to say about a word that is no key.
pub(crate) fn unknown(word: &str) -> String {
    let names = || KEYS.iter().map(|row| row.name);
    format!("unknown key `{word}`: {}the keys are {}", did_you_mean(word, names()), suggest::list(names()))
}

/// What to say about a word that begins no predicate.
pub(crate) fn unknown_predicate(word: &str) -> String {
    let near = did_you_mean(word, PREDICATES.iter().map(|(name, _)| *name));
    format!("unknown predicate `{word}`: {near}{}", a_predicate_is())
}

/// What a predicate can be, for a message.
pub(crate) fn a_predicate_is() -> String {
    format!("a predicate is {}", alternatives(PREDICATES.iter().map(|(_, form)| *form)))
}

/// The ways to state an access, for a message.
pub(crate) fn ways_of_access() -> String {
    alternatives(KEYS.iter().filter(|row| row.states_access()).filter_map(|row| row.forms.first().copied()))
}

/// "did you mean `x`? " or nothing.
pub(crate) fn did_you_mean<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> String {
    suggest::closest(word, candidates).map(|near| format!("did you mean `{near}`? ")).unwrap_or_default()
}

/// `` `a`, `b` or `c` ``.
pub(crate) fn alternatives<'a>(forms: impl IntoIterator<Item = &'a str>) -> String {
    let forms: Vec<String> = forms.into_iter().map(|form| format!("`{form}`")).collect();
    match forms.as_slice() {
        [most @ .., last] if !most.is_empty() => format!("{} or {last}", most.join(", ")),
        _ => forms.concat(),
    }
}

#[cfg(test)]
mod tests {
    use super::{KEYS, Row, unknown, ways_of_access};

    /// The table of the reference page, as it must be: keys of one meaning share a line.
    fn table() -> String {
        let line = |rows: &[Row]| {
            let quoted = |texts: Vec<&str>| texts.iter().map(|text| format!("`{text}`")).collect::<Vec<_>>().join(", ");
            let names = quoted(rows.iter().map(|row| row.name).collect());
            let forms = quoted(rows[0].forms.to_vec());
            format!("| {names} | {forms} | {} |\n", rows[0].meaning)
        };
        let lines: String = KEYS.chunk_by(|one, next| one.meaning == next.meaning).map(line).collect();
        format!("| key | written | meaning |\n| --- | --- | --- |\n{lines}")
    }

    #[test]
    fn the_reference_page_and_the_readme_have_the_table() {
        for page in [include_str!("secure.md"), include_str!("../../README.md")] {
            assert!(page.contains(&table()), "a page needs this table:\n{}", table());
        }
    }

    #[test]
    fn every_form_begins_with_its_key_and_is_understood() {
        for row in KEYS {
            for form in row.forms {
                assert!(form.starts_with(row.name), "{form}");
                let mut errors = crate::errors::Errors::default();
                crate::secure::parse_attribute(form.parse().unwrap(), &mut errors);
                assert!(errors.is_empty(), "{form}: {errors:?}");
            }
        }
    }

    #[test]
    fn messages_list_the_table() {
        assert!(unknown("athenticated").starts_with(
            "unknown key `athenticated`: did you mean `authenticated`? the keys are `public`, `authenticated`, `role`"
        ));
        assert!(ways_of_access().contains("`authenticated`, `role = \"admin\"`"));
        assert!(!ways_of_access().contains("rate"));
    }
}
