//! The survey as a `security.toml`: what holds is said, what would be good is a comment with the count that speaks for it.

use super::survey::Survey;
use std::fmt::{self, Write};

/// Where editors find the schema that completes the file.
const SCHEMA: &str = "https://raw.githubusercontent.com/portcullis-rs/portcullis/main/policy/security.schema.json";

/// The text of the file.
pub(super) fn rule_book(survey: &Survey) -> String {
    let mut text = String::new();
    // A string takes whatever is written to it.
    let _ = write_all(&mut text, survey);
    text
}

fn write_all(text: &mut String, survey: &Survey) -> fmt::Result {
    writeln!(text, "#:schema {SCHEMA}")?;
    text.push_str(
        "# The rule book of this workspace: the roles and scopes that endpoints may name, and the rules that all of them keep.\n",
    );
    text.push_str("\n[roles]                         # a role and the roles it includes\n");
    for (role, count) in &survey.roles {
        writeln!(text, "{:<31} # {}", format!("{} = []", Key(role)), named_by(*count))?;
    }
    if survey.roles.is_empty() {
        text.push_str("# user = []\n# admin = [\"user\"]\n");
    }
    text.push_str("\n[scopes]                        # a scope and what it means, in your words\n");
    for (scope, count) in &survey.scopes {
        writeln!(text, "{:<31} # {}", format!("{} = {}", Quoted(scope), Quoted(&meaning(scope))), named_by(*count))?;
    }
    if survey.scopes.is_empty() {
        text.push_str("# \"reports:read\" = \"Read the reports\"\n");
    }
    defaults(text, survey)?;
    require(text, survey)?;
    text.push_str(
        "\n# [[rule]]                      # what a part of the service has to keep; as many as you like\n# name = \"admin area\"\n\
         # paths = [\"/admin/**\"]\n# role = \"admin\"\n# rate_at_most = \"60/min\"\n# audit = true\n",
    );
    Ok(())
}

fn defaults(text: &mut String, survey: &Survey) -> fmt::Result {
    let body =
        survey.body.map_or_else(|| ("64 KiB".to_owned(), ""), |body| (body.to_string(), "the largest that is stated today"));
    let timeout = survey
        .timeout
        .map_or_else(|| ("10 s".to_owned(), ""), |timeout| (timeout.to_string(), "the longest that is stated today"));
    text.push_str("\n# [defaults]                    # what an endpoint gets that says nothing about it\n");
    let unrated = survey.endpoints - survey.rated;
    line(text, "rate = \"100/min\"", &format!("for {}", endpoints(unrated, "state none", "states none")))?;
    line(text, &format!("body = \"{}\"", body.0), body.1)?;
    line(text, &format!("timeout = \"{}\"", timeout.0), timeout.1)
}

/// A setting that is proposed.
fn line(text: &mut String, setting: &str, why: &str) -> fmt::Result {
    let comment = if why.is_empty() { String::new() } else { format!("# {why}") };
    writeln!(text, "{}", format!("# {setting:<29} {comment}").trim_end())
}

fn require(text: &mut String, survey: &Survey) -> fmt::Result {
    text.push_str("\n[require]                       # what every endpoint has to say\n");
    let mut demand = |setting: &str, missing: usize, what: &str| match (survey.endpoints, missing) {
        (0, _) => line(text, setting, ""),
        (_, 0) => writeln!(text, "{setting:<31} # every endpoint does"),
        (_, missing) => {
            line(text, setting, &format!("{} yet", endpoints(missing, &format!("do not {what}"), &format!("does not {what}"))))
        }
    };
    demand("rate = true", survey.endpoints - survey.rated, "state one")?;
    demand("reason = true", survey.unreasoned, "say why")?;
    demand("route = true", survey.endpoints - survey.routed, "name method and path")?;
    if survey.endpoints > 0 {
        let names: Vec<String> = survey.public.iter().map(|name| Quoted(name).to_string()).collect();
        writeln!(text, "{:<31} # these endpoints and no others", format!("public = [{}]", names.join(", ")))?;
    }
    Ok(())
}

fn named_by(count: usize) -> String {
    format!("named by {count} endpoint{}", if count == 1 { "" } else { "s" })
}

fn endpoints(count: usize, many: &str, one: &str) -> String {
    if count == 1 { format!("1 endpoint that {one}") } else { format!("{count} endpoints that {many}") }
}

/// A first meaning of a scope, for somebody to improve: `reports:read` is "Read reports".
fn meaning(scope: &str) -> String {
    let parts: Vec<&str> = scope.split([':', '.', '/']).filter(|part| !part.is_empty()).collect();
    let words = match parts.as_slice() {
        [things @ .., verb] if !things.is_empty() => format!("{verb} {}", things.join(" ")),
        _ => scope.to_owned(),
    };
    let words = words.replace(['_', '-'], " ");
    let mut characters = words.chars();
    characters.next().map_or_else(String::new, |first| first.to_uppercase().chain(characters).collect())
}

/// Text in the quotes of TOML.
struct Quoted<'a>(&'a str);

impl fmt::Display for Quoted<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_char('"')?;
        for character in self.0.chars() {
            match character {
                '"' | '\\' => write!(f, "\\{character}"),
                control if control.is_control() => write!(f, "\\u{:04X}", control as u32),
                other => f.write_char(other),
            }?;
        }
        f.write_char('"')
    }
}

/// A key of TOML, quoted where it has to be.
struct Key<'a>(&'a str);

impl fmt::Display for Key<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let bare = |character: char| character.is_ascii_alphanumeric() || character == '_' || character == '-';
        match !self.0.is_empty() && self.0.chars().all(bare) {
            true => f.write_str(self.0),
            false => Quoted(self.0).fmt(f),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Quoted, meaning};

    #[test]
    fn a_scope_reads_as_a_sentence() {
        assert_eq!(meaning("reports:read"), "Read reports");
        assert_eq!(meaning("a_b:c:write"), "Write a b c");
        assert_eq!(meaning("admin"), "Admin");
        assert_eq!(meaning(""), "");
    }

    #[test]
    fn quotes_hold_whatever_is_in_them() {
        assert_eq!(Quoted("a\"b\\c\n\u{7}").to_string(), "\"a\\\"b\\\\c\\u000A\\u0007\"");
    }
}
