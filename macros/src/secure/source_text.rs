//! The source text of an expression, spaced as people space it, for the manifest.
//! Made from the tokens alone, so that the same source prints alike wherever it is compiled.

use proc_macro2::{Delimiter, Spacing, TokenStream, TokenTree};

/// The text of the tokens on one line.
pub(super) fn source_text(tokens: TokenStream) -> String {
    let mut printer = Printer::default();
    printer.all(tokens);
    printer.text
}

#[derive(Default)]
struct Printer {
    text: String,
    last: Last,
    /// How many `::<` are open, inside which `>` closes.
    turbofish: usize,
    /// Whether the `|` of a closure's arguments is open.
    closure: bool,
}

/// What was printed last, as far as it decides about a space.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
enum Last {
    /// Nothing yet, or an opening bracket.
    #[default]
    Start,
    /// A name, a literal, or a closing bracket: something that has a value.
    Value,
    /// A word such as `return`, after which a value begins.
    Keyword,
    /// An operator between two values, which wants a space after it.
    Operator,
    /// An operator that holds on to what follows: `.`, `::`, `!x`.
    Tight,
}

impl Printer {
    fn all(&mut self, tokens: TokenStream) {
        let mut tokens = tokens.into_iter().peekable();
        while let Some(token) = tokens.next() {
            match token {
                TokenTree::Group(group) => self.group(group.delimiter(), group.stream()),
                TokenTree::Ident(name) => self.word(&name.to_string()),
                TokenTree::Literal(literal) => self.word(&literal.to_string()),
                TokenTree::Punct(punct) => {
                    let mut operator = String::from(punct.as_char());
                    let mut spacing = punct.spacing();
                    while let (Spacing::Joint, Some(TokenTree::Punct(next))) = (spacing, tokens.peek()) {
                        if !is_operator(&operator, next.as_char()) {
                            break;
                        }
                        operator.push(next.as_char());
                        spacing = next.spacing();
                        tokens.next();
                    }
                    let before_group = matches!(tokens.peek(), Some(TokenTree::Group(_)));
                    self.operator(&operator, before_group);
                }
            }
        }
    }

    fn word(&mut self, word: &str) {
        const KEYWORDS: &[&str] = &["as", "async", "else", "if", "in", "let", "match", "move", "mut", "ref", "return"];

        if matches!(self.last, Last::Value | Last::Keyword | Last::Operator) {
            self.text.push(' ');
        }
        self.text.push_str(word);
        self.last = if KEYWORDS.contains(&word) { Last::Keyword } else { Last::Value };
    }

    fn group(&mut self, delimiter: Delimiter, inside: TokenStream) {
        let (open, close) = match delimiter {
            Delimiter::Parenthesis => ("(", ")"),
            Delimiter::Bracket => ("[", "]"),
            Delimiter::Brace => ("{ ", " }"),
            Delimiter::None => return self.all(inside),
        };
        let apart =
            matches!(self.last, Last::Operator | Last::Keyword) || (self.last == Last::Value && delimiter == Delimiter::Brace);
        if apart {
            self.text.push(' ');
        }
        let (turbofish, closure) = (std::mem::take(&mut self.turbofish), std::mem::take(&mut self.closure));
        if inside.is_empty() {
            self.text.push_str(open.trim_end());
            self.text.push_str(close.trim_start());
        } else {
            self.text.push_str(open);
            self.last = Last::Start;
            self.all(inside);
            self.text.push_str(close);
        }
        (self.turbofish, self.closure) = (turbofish, closure);
        self.last = Last::Value;
    }

    fn operator(&mut self, operator: &str, before_group: bool) {
        let after_value = self.last == Last::Value;
        let (space_before, last) = match operator {
            "." | ".." | "..=" => (false, Last::Tight),
            "::" => (!after_value && self.last != Last::Start && self.last != Last::Tight, Last::Tight),
            "," | ";" | ":" => (false, Last::Operator),
            "?" => (false, Last::Value),
            "<" if self.text.ends_with("::") => {
                self.turbofish += 1;
                (false, Last::Tight)
            }
            ">" if self.turbofish > 0 => {
                self.turbofish -= 1;
                (false, Last::Value)
            }
            // The `!` of a macro's name.
            "!" if after_value && before_group => (false, Last::Tight),
            "|" if self.closure => {
                self.closure = false;
                (false, Last::Operator)
            }
            "|" if !after_value => {
                self.closure = true;
                (self.last != Last::Start && self.last != Last::Tight, Last::Tight)
            }
            "'" => (self.last != Last::Start && self.last != Last::Tight, Last::Tight),
            // Before a value, an operator belongs to it: `!x`, `-1`, `&id`, `*id`.
            "!" | "-" | "&" | "&&" | "*" | "#" if !after_value => {
                (self.last != Last::Start && self.last != Last::Tight, Last::Tight)
            }
            "||" if !after_value => (self.last != Last::Start && self.last != Last::Tight, Last::Operator),
            _ => (self.last != Last::Start, Last::Operator),
        };
        if space_before {
            self.text.push(' ');
        }
        self.text.push_str(operator);
        self.last = last;
    }
}

/// Whether the character makes a longer operator of the one so far.
fn is_operator(start: &str, next: char) -> bool {
    const LONG: &[&str] = &[
        "!=", "%=", "&&", "&=", "*=", "+=", "-=", "->", "..", "..=", "/=", "::", "<<", "<=", "==", "=>", ">=", ">>", "^=", "|=",
        "||",
    ];

    let longer = format!("{start}{next}");
    LONG.contains(&longer.as_str())
}

#[cfg(test)]
mod tests {
    use super::source_text;

    #[test]
    fn expressions_print_as_they_are_written() {
        for text in [
            "principal.subject() == id",
            r#"principal.subject() == id || principal.has_role("admin")"#,
            "db.owns(principal.subject(), *id).await.is_ok_and(|owner| !owner.blocked)",
            "matches!(kind, Kind::Open | Kind::Draft) && user.age >= 18",
            "ids.iter().all(|id| allowed::<u64, Strict>(id))",
            "[1, 2, -3].contains(&id) && (0..10).contains(id)",
            "{ let owner = db.owner(id).await?; owner == principal.subject() }",
            "if admin { true } else { ids[0] == 1 }",
            "id as i64 - 1 < 5 && move || true",
            "x == 'c' && name != r#type",
        ] {
            assert_eq!(source_text(text.parse().unwrap()), text);
        }
    }

    #[test]
    fn spacing_of_the_source_does_not_matter() {
        let text = source_text("principal . subject ( ) == & id".parse().unwrap());
        assert_eq!(text, "principal.subject() == &id");
    }

    #[test]
    fn nothing_is_nothing() {
        assert_eq!(source_text(proc_macro2::TokenStream::new()), "");
    }
}
