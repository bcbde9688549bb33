//! The functions with `#[secure(…)]`, and what is in the attribute, as the source writes it.
//! What it means is the compiler's business; here it is counted and quoted.

use super::{Package, Problem, Source};
use proc_macro2::{Delimiter, TokenStream, TokenTree};
use std::collections::BTreeSet;
use syn::{
    Attribute, ImplItemFn, ItemFn, Lit, Meta,
    ext::IdentExt,
    visit::{self, Visit},
};

/// A function with `#[secure(…)]`.
#[derive(Clone, Debug)]
pub(crate) struct Secured {
    /// The name of the function.
    pub(crate) function: String,
    pub(crate) terms: Vec<Term>,
}

/// One term of the attribute: a key and what is written after it.
#[derive(Clone, Debug)]
pub(crate) struct Term {
    pub(crate) key: String,
    pub(crate) value: TokenStream,
}

/// Roles and scopes that a source names.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub(crate) struct Grants {
    pub(crate) roles: BTreeSet<String>,
    pub(crate) scopes: BTreeSet<String>,
}

/// The functions with `#[secure(…)]` of a package, and what could not be read.
pub(crate) fn of_package(package: &Package) -> (Vec<Secured>, Vec<Problem>) {
    let sources = package.sources();
    (sources.files.iter().flat_map(of_source).collect(), sources.problems)
}

fn of_source(source: &Source) -> Vec<Secured> {
    let mut finder = Finder::default();
    finder.visit_file(&source.file);
    finder.found
}

#[derive(Default)]
struct Finder {
    found: Vec<Secured>,
}

impl Finder {
    fn look_at(&mut self, function: &syn::Ident, attributes: &[Attribute]) {
        for attribute in attributes {
            let Meta::List(list) = &attribute.meta else { continue };
            if list.path.segments.last().is_some_and(|segment| segment.ident == "secure") {
                self.found.push(Secured { function: function.unraw().to_string(), terms: terms(&list.tokens) });
            }
        }
    }
}

impl<'ast> Visit<'ast> for Finder {
    fn visit_item_fn(&mut self, function: &'ast ItemFn) {
        self.look_at(&function.sig.ident, &function.attrs);
        visit::visit_item_fn(self, function);
    }

    fn visit_impl_item_fn(&mut self, function: &'ast ImplItemFn) {
        self.look_at(&function.sig.ident, &function.attrs);
        visit::visit_impl_item_fn(self, function);
    }
}

impl Secured {
    /// The term with this key.
    pub(crate) fn term(&self, key: &str) -> Option<&Term> {
        self.terms.iter().find(|term| term.key == key)
    }

    /// The roles and scopes that the attribute names, in terms and in `when`.
    pub(crate) fn grants(&self) -> Grants {
        let mut grants = Grants::default();
        for term in &self.terms {
            let assigned = named_after(&term.value);
            match term.key.as_str() {
                "role" => grants.roles.extend(assigned),
                "scope" => grants.scopes.extend(assigned),
                _ => {}
            }
            grants.collect(&term.value);
        }
        grants
    }
}

impl Term {
    /// The texts that are written: of `= "text"` one, of `("text", "text")` each.
    pub(crate) fn texts(&self) -> Vec<String> {
        let mut texts = Vec::new();
        collect_texts(&self.value, &mut texts);
        texts
    }
}

impl Grants {
    /// `role = "…"`, `has_role("…")` and the same of scopes, however deep.
    fn collect(&mut self, tokens: &TokenStream) {
        let mut before: Option<String> = None;
        let mut tokens = tokens.clone().into_iter().peekable();
        while let Some(token) = tokens.next() {
            match &token {
                TokenTree::Ident(name) => {
                    let assigned: TokenStream = match tokens.peek() {
                        Some(TokenTree::Punct(punct)) if punct.as_char() == '=' => tokens.clone().take(2).collect(),
                        _ => TokenStream::new(),
                    };
                    match name.to_string().as_str() {
                        "role" => self.roles.extend(named_after(&assigned)),
                        "scope" => self.scopes.extend(named_after(&assigned)),
                        _ => {}
                    }
                    before = Some(name.to_string());
                }
                TokenTree::Group(group) => {
                    let mut texts = Vec::new();
                    if group.delimiter() == Delimiter::Parenthesis {
                        collect_texts(&group.stream(), &mut texts);
                    }
                    match before.as_deref() {
                        Some("has_role") => self.roles.extend(texts),
                        Some("has_scope") => self.scopes.extend(texts),
                        _ => {}
                    }
                    self.collect(&group.stream());
                    before = None;
                }
                TokenTree::Punct(_) | TokenTree::Literal(_) => before = None,
            }
        }
    }
}

/// The text of `= "text"`.
fn named_after(tokens: &TokenStream) -> Option<String> {
    let mut tokens = tokens.clone().into_iter();
    match (tokens.next(), tokens.next()) {
        (Some(TokenTree::Punct(punct)), Some(TokenTree::Literal(literal))) if punct.as_char() == '=' => text(literal),
        _ => None,
    }
}

fn collect_texts(tokens: &TokenStream, texts: &mut Vec<String>) {
    for token in tokens.clone() {
        match token {
            TokenTree::Literal(literal) => texts.extend(text(literal)),
            TokenTree::Group(group) => collect_texts(&group.stream(), texts),
            TokenTree::Ident(_) | TokenTree::Punct(_) => {}
        }
    }
}

fn text(literal: proc_macro2::Literal) -> Option<String> {
    match Lit::new(literal) {
        Lit::Str(text) => Some(text.value()),
        _ => None,
    }
}

/// The terms between commas; what begins with no word is none.
fn terms(tokens: &TokenStream) -> Vec<Term> {
    let mut terms: Vec<Term> = Vec::new();
    let mut begins = true;
    for token in tokens.clone() {
        match token {
            TokenTree::Punct(punct) if punct.as_char() == ',' => begins = true,
            TokenTree::Ident(key) if begins => {
                terms.push(Term { key: key.unraw().to_string(), value: TokenStream::new() });
                begins = false;
            }
            token => {
                if let Some(term) = terms.last_mut() {
                    term.value.extend([token]);
                }
                begins = false;
            }
        }
    }
    terms
}

#[cfg(test)]
mod tests {
    use super::{Finder, Grants, Secured};
    use syn::visit::Visit;

    fn secured(text: &str) -> Vec<Secured> {
        let mut finder = Finder::default();
        finder.visit_file(&syn::parse_file(text).unwrap());
        finder.found
    }

    #[test]
    fn roles_and_scopes_are_found_wherever_they_are_named() {
        let found = secured(
            "mod inner { #[portcullis::secure(allow(any(role = \"admin\", all(scope = \"a:b\", not(role = \"x\")))), \
             when = principal.has_role(\"boss\") || f(g, principal.has_scope(\"c\")), rate(\"5/min\", \"role = y\"))]\n async fn f() {} }",
        );
        let [one] = found.as_slice() else { panic!("{}", found.len()) };
        assert_eq!(one.function, "f");
        assert_eq!(one.grants().roles.into_iter().collect::<Vec<_>>(), ["admin", "boss", "x"]);
        assert_eq!(one.grants().scopes.into_iter().collect::<Vec<_>>(), ["a:b", "c"]);
        assert_eq!(one.term("rate").unwrap().texts(), ["5/min", "role = y"]);
    }

    #[test]
    fn terms_without_a_value_and_broken_ones_are_no_trouble() {
        for (text, keys) in [
            ("authenticated", vec!["authenticated"]),
            ("= , , role", vec!["role"]),
            ("", vec![]),
            ("5, r#role = 5", vec!["role"]),
        ] {
            let found = secured(&format!("#[secure({text})] async fn f() {{}}"));
            assert_eq!(found[0].terms.iter().map(|term| term.key.as_str()).collect::<Vec<_>>(), keys, "{text}");
            assert_eq!(found[0].grants(), Grants::default(), "{text}");
        }
        assert!(secured("#[secure] async fn f() {} #[insecure(role = \"a\")] fn g() {}").is_empty());
    }
}
