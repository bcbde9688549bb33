//! `#[secure(…)]` as a source has it: its terms in their order, each with its tokens and their places.
//! Reads what the compiler may yet refuse, so it is lenient: what makes no term is left out.

use proc_macro2::{Delimiter, Ident, TokenStream, TokenTree};
use syn::{LitStr, ext::IdentExt};

/// What is inside the parentheses.
#[derive(Debug, Default)]
pub(crate) struct PolicyAttribute {
    pub(crate) terms: Vec<Term>,
}

/// A key with its value.
#[derive(Debug)]
pub(crate) struct Term {
    pub(crate) key: Ident,
    /// What follows the key: `= value`, `(…)` or nothing.
    pub(crate) rest: Vec<TokenTree>,
}

impl PolicyAttribute {
    pub(crate) fn parse(tokens: TokenStream) -> Self {
        Self { terms: split(tokens).into_iter().filter_map(Term::read).collect() }
    }

    /// The term of a key, if it is there.
    pub(crate) fn get(&self, key: &str) -> Option<&Term> {
        self.terms.iter().find(|term| term.is(key))
    }
}

impl Term {
    pub(crate) fn read(tokens: Vec<TokenTree>) -> Option<Self> {
        let mut tokens = tokens.into_iter();
        match tokens.next()? {
            TokenTree::Ident(key) => Some(Self { key, rest: tokens.collect() }),
            _ => None,
        }
    }

    pub(crate) fn is(&self, key: &str) -> bool {
        self.key.unraw() == key
    }

    /// The text of `key = "text"`.
    pub(crate) fn text(&self) -> Option<LitStr> {
        match self.rest.as_slice() {
            [TokenTree::Punct(equals), TokenTree::Literal(literal)] if equals.as_char() == '=' => text(literal),
            _ => None,
        }
    }

    /// The texts of `key = "text"` and of `key("text", "text")`.
    pub(crate) fn texts(&self) -> Vec<LitStr> {
        let listed = self.arguments().unwrap_or_default().into_iter().filter_map(|tokens| match tokens.as_slice() {
            [TokenTree::Literal(literal)] => text(literal),
            _ => None,
        });
        self.text().into_iter().chain(listed).collect()
    }

    /// What is between the commas of `key(…)`.
    pub(crate) fn arguments(&self) -> Option<Vec<Vec<TokenTree>>> {
        match self.rest.as_slice() {
            [TokenTree::Group(group)] if group.delimiter() == Delimiter::Parenthesis => Some(split(group.stream())),
            _ => None,
        }
    }
}

/// The items of a list with commas.
pub(crate) fn split(tokens: TokenStream) -> Vec<Vec<TokenTree>> {
    let mut items = vec![Vec::new()];
    for token in tokens {
        match (&token, items.last_mut()) {
            (TokenTree::Punct(comma), _) if comma.as_char() == ',' => items.push(Vec::new()),
            (_, Some(item)) => item.push(token),
            (_, None) => {}
        }
    }
    items.retain(|item| !item.is_empty());
    items
}

fn text(literal: &proc_macro2::Literal) -> Option<LitStr> {
    syn::parse2(TokenTree::from(literal.clone()).into()).ok()
}

#[cfg(test)]
mod tests {
    use super::PolicyAttribute;

    fn parse(text: &str) -> PolicyAttribute {
        PolicyAttribute::parse(text.parse().unwrap())
    }

    #[test]
    fn terms_have_their_keys_and_texts() {
        let attribute = parse(r#"role = "admin", rate("5/min", "20/s per ip"), authenticated, when = a < b, crate = x::y"#);
        let keys: Vec<String> = attribute.terms.iter().map(|term| term.key.to_string()).collect();
        assert_eq!(keys, ["role", "rate", "authenticated", "when", "crate"]);
        assert_eq!(attribute.get("role").unwrap().text().unwrap().value(), "admin");
        assert_eq!(attribute.get("rate").unwrap().texts().len(), 2);
        assert!(attribute.get("when").unwrap().text().is_none() && attribute.get("authenticated").unwrap().texts().is_empty());
    }

    #[test]
    fn what_the_compiler_refuses_is_left_out() {
        for text in ["", ",", ",,role", "= \"x\"", "\"x\", role = 5, rate(), rate(5)", "()", "role = = \"x\""] {
            let attribute = parse(text);
            assert!(attribute.terms.iter().all(|term| term.texts().is_empty()), "{text}");
        }
    }
}
