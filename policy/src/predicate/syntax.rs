//! Reading who may call, as the lock writes it: the access terms of `#[secure]`, from text.
//! The macros read the same syntax from tokens, where the compiler has done the first half.

use super::Predicate;
use crate::{Admission, GrammarError, grammar::Quoted, suggest};
use std::str::FromStr;

/// Predicates nest this deep; far more than anybody reads, and little enough for every stack.
const DEEPEST: usize = 64;

/// No access is written longer than this, in bytes.
const LONGEST: usize = 1 << 16;

const ACCESSES: [&str; 5] = ["public", "authenticated", "role", "scope", "allow"];
const PREDICATES: [&str; 6] = ["role", "scope", "authenticated", "any", "all", "not"];

/// # Errors
/// What is wrong with the text and how to write it.
impl FromStr for Admission {
    type Err = GrammarError;

    fn from_str(text: &str) -> Result<Self, GrammarError> {
        if text.len() > LONGEST {
            return refuse(format!("an access has at most {LONGEST} bytes, and this one has {}: simplify it", text.len()));
        }
        let mut reader = Reader { rest: text };
        let admission = reader.admission()?;
        reader.end()?;
        Ok(admission)
    }
}

/// What is left of the text.
struct Reader<'a> {
    rest: &'a str,
}

impl<'a> Reader<'a> {
    fn admission(&mut self) -> Result<Admission, GrammarError> {
        match self.word() {
            "public" if self.eats('=') => Ok(Admission::Public(Some(self.text("public")?))),
            "public" => Ok(Admission::Public(None)),
            "authenticated" => Ok(Admission::Authenticated),
            "role" => Ok(Admission::Allow(Predicate::Role(self.name("role")?))),
            "scope" => Ok(Admission::Allow(Predicate::Scope(self.name("scope")?))),
            "allow" => Ok(Admission::Allow(self.only("allow", DEEPEST)?)),
            word @ ("any" | "all" | "not") => refuse(format!("`{word}(…)` stands inside `allow(…)`: write `allow({word}(…))`")),
            other => self.unknown(other, "access", &ACCESSES),
        }
    }

    fn predicate(&mut self, depth: usize) -> Result<Predicate, GrammarError> {
        let Some(depth) = depth.checked_sub(1) else {
            return refuse(format!("predicates nest at most {DEEPEST} deep: simplify this one"));
        };
        match self.word() {
            "role" => Ok(Predicate::Role(self.name("role")?)),
            "scope" => Ok(Predicate::Scope(self.name("scope")?)),
            "authenticated" => Ok(Predicate::Authenticated),
            "any" => Ok(Predicate::Any(self.list("any", depth)?)),
            "all" => Ok(Predicate::All(self.list("all", depth)?)),
            "not" => Ok(Predicate::Not(Box::new(self.only("not", depth)?))),
            other => self.unknown(other, "predicate", &PREDICATES),
        }
    }

    /// The predicates in the parentheses behind a word.
    fn list(&mut self, word: &str, depth: usize) -> Result<Vec<Predicate>, GrammarError> {
        if !self.eats('(') {
            return refuse(format!("`{word}` is written `{word}(…)`"));
        }
        let mut terms = Vec::new();
        while !self.eats(')') {
            terms.push(self.predicate(depth)?);
            if !self.eats(',') && !self.ahead().starts_with(')') {
                return self.unexpected(&format!("`{word}(…)` has predicates with a comma between them, and ends with `)`"));
            }
        }
        Ok(terms)
    }

    fn only(&mut self, word: &str, depth: usize) -> Result<Predicate, GrammarError> {
        let mut terms = self.list(word, depth)?.into_iter();
        match (terms.next(), terms.next()) {
            (Some(term), None) => Ok(term),
            _ => refuse(format!("`{word}` takes exactly one predicate: join several with `any(…)` or `all(…)`")),
        }
    }

    fn name(&mut self, word: &str) -> Result<String, GrammarError> {
        if self.eats('=') { self.text(word) } else { refuse(format!("`{word}` has no value: write `{word} = \"…\"`")) }
    }

    /// A literal as Rust's `Debug` prints one.
    fn text(&mut self, word: &str) -> Result<String, GrammarError> {
        if !self.eats('"') {
            return self.unexpected(&format!("the value of `{word}` is text in double quotes"));
        }
        let mut text = String::new();
        let mut characters = self.rest.chars();
        loop {
            match characters.next() {
                Some('"') => break,
                Some('\\') => match escaped(&mut characters) {
                    Some(character) => text.push(character),
                    None => {
                        return refuse(format!(
                            "the value of `{word}` has an unknown escape: write `\\\"`, `\\\\`, or `\\u{{…}}`"
                        ));
                    }
                },
                Some(other) => text.push(other),
                None => return refuse(format!("the value of `{word}` does not end: close it with `\"`")),
            }
        }
        self.rest = characters.as_str();
        Ok(text)
    }

    /// The word that comes next; empty where something else does.
    fn word(&mut self) -> &'a str {
        let text = self.rest.trim_start();
        let end = text.find(|character: char| !character.is_alphanumeric() && character != '_').unwrap_or(text.len());
        let (word, rest) = text.split_at_checked(end).unwrap_or((text, ""));
        self.rest = rest;
        word
    }

    fn eats(&mut self, expected: char) -> bool {
        let rest = self.rest.trim_start().strip_prefix(expected);
        self.rest = rest.unwrap_or(self.rest);
        rest.is_some()
    }

    fn ahead(&self) -> &'a str {
        self.rest.trim_start()
    }

    fn end(&self) -> Result<(), GrammarError> {
        if self.ahead().is_empty() { Ok(()) } else { self.unexpected("an endpoint has exactly one access") }
    }

    fn unexpected<T>(&self, rule: &str) -> Result<T, GrammarError> {
        match self.ahead() {
            "" => refuse(format!("the access ends too early: {rule}")),
            rest => refuse(format!("unexpected {}: {rule}", Quoted(rest))),
        }
    }

    fn unknown<T>(&self, word: &str, what: &str, known: &[&'static str]) -> Result<T, GrammarError> {
        let list = suggest::list(known.iter().copied());
        if word.is_empty() {
            return self.unexpected(&format!("write one of {list}"));
        }
        let near = suggest::closest(word, known.iter().copied()).map(|near| format!(" did you mean `{near}`?"));
        refuse(format!("unknown {what} {}:{} write one of {list}", Quoted(word), near.unwrap_or_default()))
    }
}

/// The character that an escape stands for, behind its backslash.
fn escaped(characters: &mut std::str::Chars<'_>) -> Option<char> {
    match characters.next()? {
        '0' => Some('\0'),
        't' => Some('\t'),
        'n' => Some('\n'),
        'r' => Some('\r'),
        same @ ('"' | '\'' | '\\') => Some(same),
        'u' => {
            let (digits, rest) = characters.as_str().strip_prefix('{')?.split_once('}')?;
            let is_hexadecimal = (1..=6).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_hexdigit());
            *characters = rest.chars();
            is_hexadecimal.then(|| u32::from_str_radix(digits, 16).ok().and_then(char::from_u32))?
        }
        _ => None,
    }
}

fn refuse<T>(message: impl Into<String>) -> Result<T, GrammarError> {
    Err(GrammarError::new(message))
}

#[cfg(test)]
mod tests;
