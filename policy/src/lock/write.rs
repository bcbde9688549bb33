//! Writing the lock: the text of `security.lock`, made for reading in a diff.
//! Sorted, one fact a line, and only what is stated, so that a change of one policy changes its block and no other line.

use super::{Lock, LockedRoute, VERSION};
use crate::{ByteSize, Limit, Period, StepUp, Terms, visible::is_hidden};
use std::fmt::{self, Write};

/// What a reader who meets the file has to know.
const HEADER: &str = "\
# What every endpoint of this program demands of its callers. Written by `cargo portcullis lock`, and not by hand:
# commit it, and review a change of it as a change of who may do what.
";

/// Prints the file.
impl fmt::Display for Lock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{HEADER}version = {VERSION}")?;
        let mut roles = self.roles.names().peekable();
        if roles.peek().is_some() {
            writeln!(f, "\n[roles]")?;
        }
        for role in roles {
            let included: Vec<String> = self.roles.included_by(role).map(|part| Quoted(part).to_string()).collect();
            writeln!(f, "{} = [{}]", Key(role), included.join(", "))?;
        }
        if !self.scopes.is_empty() {
            writeln!(f, "\n[scopes]")?;
        }
        for (scope, meaning) in &self.scopes {
            writeln!(f, "{} = {}", Key(scope), Quoted(meaning))?;
        }
        for (route, terms) in &self.endpoints {
            write_endpoint(f, route, terms)?;
        }
        let mut unsecured: Vec<_> = self.unsecured.iter().collect();
        unsecured.sort();
        for (prefix, reason) in unsecured {
            writeln!(f, "\n[[unsecured]]\nprefix = {}\nreason = {}", Quoted(prefix), Quoted(reason))?;
        }
        Ok(())
    }
}

fn write_endpoint(f: &mut fmt::Formatter<'_>, route: &LockedRoute, terms: &Terms) -> fmt::Result {
    writeln!(f, "\n[[endpoint]]")?;
    let quoted = |text: &str| Quoted(text).to_string();
    let facts = [
        ("route", Some(quoted(&route.text()))),
        ("handler", Some(quoted(&terms.handler))),
        ("access", Some(quoted(&terms.admission.to_string()))),
        ("when", terms.when.as_deref().map(quoted)),
        ("rate", limits(&terms.limits)),
        ("body", terms.body.map(|bytes| quoted(&ByteSize::from_bytes(bytes).to_string()))),
        ("timeout", terms.timeout.map(|time| quoted(&Period::from(time).to_string()))),
        ("step_up", terms.step_up.map(step_up)),
        ("audit", terms.audit.as_deref().map(quoted)),
        ("input", terms.input.map(|input| quoted(input.name()))),
        ("unvalidated", terms.unvalidated.as_deref().map(quoted)),
    ];
    for (key, value) in facts {
        if let Some(value) = value {
            writeln!(f, "{key} = {value}")?;
        }
    }
    Ok(())
}

/// One limit on the line of its key, and several each on a line of its own.
fn limits(limits: &[Limit]) -> Option<String> {
    match limits {
        [] => None,
        [one] => Some(format!("\"{one}\"")),
        several => {
            let lines = several.iter().map(|limit| format!("  \"{limit}\",\n"));
            Some(format!("[\n{}]", lines.collect::<String>()))
        }
    }
}

fn step_up(step_up: StepUp) -> String {
    let max_age = step_up.max_age.map(|age| format!("max_age = \"{}\"", Period::from(age)));
    let terms: Vec<String> = max_age.into_iter().chain(step_up.mfa.then(|| "mfa = true".to_owned())).collect();
    if terms.is_empty() { "{}".to_owned() } else { format!("{{ {} }}", terms.join(", ")) }
}

/// A key: bare where TOML lets it be.
struct Key<'a>(&'a str);

impl fmt::Display for Key<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let is_bare = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
        if !self.0.is_empty() && self.0.bytes().all(is_bare) { f.write_str(self.0) } else { Quoted(self.0).fmt(f) }
    }
}

/// A string of TOML: as it is between single quotes where that spares escapes, and otherwise with all escaped that is not seen as
/// itself.
struct Quoted<'a>(&'a str);

impl fmt::Display for Quoted<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = self.0;
        if text.contains(['"', '\\']) && !text.contains('\'') && !text.contains(is_hidden) {
            return write!(f, "'{text}'");
        }
        f.write_char('"')?;
        for character in text.chars() {
            match character {
                '"' | '\\' => write!(f, "\\{character}")?,
                '\n' => f.write_str("\\n")?,
                '\t' => f.write_str("\\t")?,
                '\r' => f.write_str("\\r")?,
                hidden if is_hidden(hidden) && u32::from(hidden) <= 0xffff => write!(f, "\\u{:04X}", u32::from(hidden))?,
                hidden if is_hidden(hidden) => write!(f, "\\U{:08X}", u32::from(hidden))?,
                seen => f.write_char(seen)?,
            }
        }
        f.write_char('"')
    }
}
