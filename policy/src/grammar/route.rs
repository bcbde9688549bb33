//! Patterns of paths: the language of `get = "/users/{id}"`, which is axum's, without what no request could match.
//! What axum would panic about is an error here; so is what a client would never send as it is written.

use super::unit::Quoted;
use crate::GrammarError;
use std::{fmt, str::FromStr};

/// The matcher of axum names parameters by letters, and panics where they run out.
const MOST_PARAMETERS: usize = 25;

/// The path of a route, with parameters in braces.
///
/// A segment is text, or text and a parameter after it (`/users/{id}`, `/v{version}`); a last segment `{*rest}` takes the rest of the
/// path, slashes and all. Text is what a path may contain unencoded (RFC 3986, section 3.3), since axum compares paths as they are
/// sent, and a client sends all else encoded, in one of several ways.
///
/// ```
/// use portcullis_policy::RoutePattern;
///
/// let pattern: RoutePattern = "/users/{id}/files/{*path}".parse()?;
/// assert_eq!(pattern.parameters(), ["id", "path"]);
/// assert!("/users/:id".parse::<RoutePattern>().is_err(), "that is how axum wrote it before 0.8");
/// # Ok::<(), portcullis_policy::GrammarError>(())
/// ```
#[derive(Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct RoutePattern {
    text: String,
    parameters: Vec<String>,
}

impl RoutePattern {
    /// The pattern as it was written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The names of the parameters, in order.
    #[must_use]
    pub fn parameters(&self) -> &[String] {
        &self.parameters
    }
}

/// Prints as it was written.
impl fmt::Display for RoutePattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

/// # Errors
/// The first thing that is wrong with the text, and how to write it.
impl FromStr for RoutePattern {
    type Err = GrammarError;

    fn from_str(text: &str) -> Result<Self, GrammarError> {
        let Some(path) = text.strip_prefix('/') else {
            let remedy = if text.is_empty() { "/".to_owned() } else { format!("/{text}") };
            return Err(GrammarError::new(format!("a path starts with `/`: write {}", Quoted(&remedy))));
        };
        let mut pattern = Self { text: text.to_owned(), parameters: Vec::new() };
        let mut segments = path.split('/').peekable();
        while let Some(segment) = segments.next() {
            let is_last = segments.peek().is_none();
            if segment.is_empty() && !is_last {
                return Err(GrammarError::new(format!("{} has an empty segment: write one `/`, not two", Quoted(text))));
            }
            if let Some(name) = parameter(segment)? {
                pattern.add(name, is_last)?;
            }
        }
        Ok(pattern)
    }
}

impl RoutePattern {
    /// Adds a parameter, with the `*` of one that takes the rest.
    fn add(&mut self, written: &str, is_last: bool) -> Result<(), GrammarError> {
        let name = written.strip_prefix('*').unwrap_or(written);
        if name != written && !is_last {
            let message = format!("`{{{written}}}` takes the rest of the path, so nothing can come after it: move it to the end");
            return Err(GrammarError::new(message));
        }
        if self.parameters.iter().any(|other| other == name) {
            return Err(GrammarError::new(format!("two parameters are called `{name}`: rename one of them")));
        }
        if self.parameters.len() == MOST_PARAMETERS {
            let message = format!("a path has at most {MOST_PARAMETERS} parameters: take the rest of it with `{{*rest}}`");
            return Err(GrammarError::new(message));
        }
        self.parameters.push(name.to_owned());
        Ok(())
    }
}

/// What is between the braces of a segment, if it has a parameter.
fn parameter(segment: &str) -> Result<Option<&str>, GrammarError> {
    let error = |message: String| Err(GrammarError::new(message));
    if let Some(name) = segment.strip_prefix(':') {
        return error(format!("a parameter is written in braces: write {} for {}", Quoted(&braced(name)), Quoted(segment)));
    }
    if let Some(name) = segment.strip_prefix('*') {
        let name = if name.is_empty() { "*rest".to_owned() } else { format!("*{name}") };
        return error(format!(
            "the rest of a path is written in braces: write {} for {}",
            Quoted(&braced(&name)),
            Quoted(segment)
        ));
    }
    let Some((text, rest)) = segment.split_once('{') else {
        check_text(segment)?;
        return Ok(None);
    };
    check_text(text)?;
    let Some((written, after)) = rest.split_once('}') else {
        return error(format!("a brace is not closed in {}: write `}}` after the name of the parameter", Quoted(segment)));
    };
    let name = written.strip_prefix('*').unwrap_or(written);
    if name.is_empty() {
        let example = braced(&format!("{written}{}", if written.is_empty() { "id" } else { "rest" }));
        return error(format!("a parameter has no name in {}: give it one, as in `{example}`", Quoted(segment)));
    }
    if let Some((name, _)) = name.split_once(':').filter(|(name, _)| is_name(name)) {
        let remedy = "the `Path<…>` of the handler says its type";
        return error(format!("a parameter has a name and no type: write `{{{name}}}`; {remedy}"));
    }
    if !is_name(name) {
        let rule = "use letters, digits and `_`, and begin with a letter or `_`";
        return error(format!("{} is no name for a parameter: {rule}", Quoted(name)));
    }
    if name != written && !text.is_empty() {
        return error(format!("`{{{written}}}` takes whole segments: put a `/` before it"));
    }
    if after.contains('{') {
        return error(format!("{} has two parameters in one segment: put a `/` between them", Quoted(segment)));
    }
    if !after.is_empty() {
        return error(format!("nothing can come after a parameter but `/`: put {} before `{{{written}}}`", Quoted(after)));
    }
    Ok(Some(written))
}

fn braced(name: &str) -> String {
    format!("{{{name}}}")
}

fn is_name(name: &str) -> bool {
    !name.starts_with(|first: char| first.is_ascii_digit())
        && !name.is_empty()
        && name.chars().all(|character| character.is_ascii_alphanumeric() || character == '_')
}

/// Text is what a path may contain unencoded, except for braces, which are the parameters', and the segments that clients resolve.
fn check_text(text: &str) -> Result<(), GrammarError> {
    let error = |message: String| Err(GrammarError::new(message));
    if text == "." || text == ".." {
        return error(format!(
            "a client resolves `{text}` before it sends a path, so no request has it: write the path without it"
        ));
    }
    let Some(wrong) = text.chars().find(|character| !is_allowed(*character)) else { return Ok(()) };
    match wrong {
        '?' => error("a path ends before the `?`: take the query as an argument, `Valid<Query<…>>`".to_owned()),
        '#' => error("a client keeps what comes after a `#` to itself: write the path without it".to_owned()),
        '}' => error(format!("a brace is not opened in {}: write `{{` before the name of the parameter", Quoted(text))),
        '%' => error(
            "a path is compared as it is sent, and what is encoded can be sent in more than one way: take the segment as a parameter, \
             which is decoded, as in `{name}`"
                .to_owned(),
        ),
        ' ' => error("no path has a space in it, for clients send it encoded: write `-`, or take the segment as a parameter".to_owned()),
        other => error(format!(
            "no path has {} in it, for clients send it encoded: use other characters, or take the segment as a parameter",
            Quoted(other.encode_utf8(&mut [0; 4]))
        )),
    }
}

/// `pchar` of RFC 3986, section 3.3, without what is encoded.
const fn is_allowed(character: char) -> bool {
    matches!(
        character,
        'A'..='Z' | 'a'..='z' | '0'..='9'
            | '-' | '.' | '_' | '~'
            | '!' | '$' | '&' | '\'' | '(' | ')' | '*' | '+' | ',' | ';' | '='
            | ':' | '@'
    )
}

#[cfg(test)]
mod tests;
