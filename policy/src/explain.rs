//! A policy in one English paragraph, for those who answer for it and read no code.
//! It says all that the lock says of the endpoint, and names the roles that pass because they include another.

mod facts;
mod people;
#[cfg(test)]
mod tests;

use crate::{LockedRoute, Roles, Terms, visible};

/// Explains who may call an endpoint, and under which terms. One paragraph, with nothing in it that is not seen as itself.
///
/// ```
/// use portcullis_policy::{LockedRoute, Roles, Terms, explain};
///
/// let terms = Terms::new("clinic::delete_user", r#"role = "user""#.parse()?);
/// let roles = Roles::new([("admin", vec!["user"])]);
/// let paragraph = explain(&LockedRoute::new("DELETE", "/users/{id}"), &terms, &roles);
/// assert_eq!(
///     paragraph,
///     "`DELETE /users/{id}` may be called by every authenticated caller who has the role `user`. The role `admin` includes `user`. \
///      No limit is stated on the rate of calls, on the size of the body, or on the time that a call takes. \
///      The handler is `clinic::delete_user`."
/// );
/// # Ok::<(), portcullis_policy::GrammarError>(())
/// ```
#[must_use]
pub fn explain(route: &LockedRoute, terms: &Terms, roles: &Roles) -> String {
    let mut sentences = vec![format!("{} {}", subject(route), people::who(&terms.admission))];
    sentences.extend(people::holders(&terms.admission, roles));
    sentences.extend(facts::sentences(terms));
    sentences.push(format!("The handler is `{}`.", terms.handler));
    visible(&sentences.join(" ")).into_owned()
}

/// What is called.
fn subject(route: &LockedRoute) -> String {
    let under = if route.path.is_empty() { String::new() } else { format!(" under `{}`", route.path) };
    match route.method.as_str() {
        LockedRoute::FALLBACK => format!("Every path{under} that no endpoint answers"),
        LockedRoute::METHOD_NOT_ALLOWED => format!("Every path{under}, with a method that no endpoint answers,"),
        "*" => format!("`{}`, with every method that no other endpoint answers,", route.path),
        method => format!("`{method} {}`", route.path),
    }
}

/// A list in English: `a`, `a or b`, `a, b or c`.
fn joined(parts: &[String], word: &str) -> String {
    match parts {
        [] => String::new(),
        [one] => one.clone(),
        [most @ .., last] => format!("{} {word} {last}", most.join(", ")),
    }
}
