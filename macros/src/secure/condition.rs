//! The condition of `when`: which names it uses, and the patterns that bind them by reference.
//! Only what it names is bound, so nothing of the user's is hidden and no unused variable is left over.

use proc_macro2::{Delimiter, Ident, Spacing, Span, TokenStream, TokenTree};
use quote::quote;
use std::collections::BTreeMap;
use syn::{
    FieldPat, Pat, PatIdent, PatWild, Token,
    visit::Visit,
    visit_mut::{VisitMut, visit_field_pat_mut, visit_pat_mut},
};

/// The names that an expression may take from its surroundings, each as it first occurs.
pub(super) struct Names(BTreeMap<String, Option<Ident>>);

impl Names {
    pub(super) fn of(expression: &TokenStream) -> Self {
        let mut names = Self(BTreeMap::new());
        names.collect(expression.clone());
        names
    }

    pub(super) fn contains(&self, name: &Ident) -> bool {
        self.0.contains_key(&name.to_string())
    }

    /// `principal`, if the expression says it, with the hygiene that it has there: inside a `macro_rules!` it is not the call's.
    pub(super) fn principal(&self) -> Option<Ident> {
        let said = self.0.get("principal")?;
        Some(said.clone().unwrap_or_else(|| Ident::new("principal", Span::call_site())))
    }

    /// Whether the expression uses a name that the pattern binds.
    pub(super) fn are_bound_by(&self, pattern: &Pat) -> bool {
        bindings(pattern).iter().any(|binding| self.contains(binding))
    }

    fn collect(&mut self, tokens: TokenStream) {
        let tokens: Vec<TokenTree> = tokens.into_iter().collect();
        for (at, token) in tokens.iter().enumerate() {
            let before = |steps: usize| at.checked_sub(steps).and_then(|at| tokens.get(at));
            let after = |steps: usize| tokens.get(at + steps);
            match token {
                TokenTree::Group(group) => self.collect(group.stream()),
                TokenTree::Ident(name) => {
                    let member = is(before(1), '.') && !is(before(2), '.');
                    let path = is_double_colon(before(2), before(1)) || is_double_colon(after(1), after(2));
                    let call_of_macro = is(after(1), '!') && matches!(after(2), Some(TokenTree::Group(_)));
                    if !(member || path || call_of_macro) {
                        self.0.entry(name.to_string()).or_insert_with(|| Some(name.clone()));
                    }
                }
                // `format!("{id}")` names `id` inside a literal.
                TokenTree::Literal(literal) => {
                    for part in literal.to_string().split('{').skip(1) {
                        let name: String = part.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
                        self.0.entry(name).or_insert(None);
                    }
                }
                TokenTree::Punct(_) => {}
            }
        }
    }
}

fn is(token: Option<&TokenTree>, wanted: char) -> bool {
    matches!(token, Some(TokenTree::Punct(punct)) if punct.as_char() == wanted)
}

fn is_double_colon(first: Option<&TokenTree>, second: Option<&TokenTree>) -> bool {
    is(first, ':') && is(second, ':') && matches!(first, Some(TokenTree::Punct(punct)) if punct.spacing() == Spacing::Joint)
}

/// The expression as the body of a function: in parentheses where it would end too early, as `{ a } && b` does after `{ a }`.
pub(super) fn as_body(expression: &TokenStream) -> TokenStream {
    if begins_like_a_statement(expression.clone()) { quote!((#expression)) } else { expression.clone() }
}

fn begins_like_a_statement(tokens: TokenStream) -> bool {
    const KEYWORDS: &[&str] = &["async", "const", "for", "if", "loop", "match", "unsafe", "while"];

    match tokens.into_iter().next() {
        Some(TokenTree::Group(group)) => match group.delimiter() {
            Delimiter::Brace => true,
            Delimiter::None => begins_like_a_statement(group.stream()),
            Delimiter::Parenthesis | Delimiter::Bracket => false,
        },
        Some(TokenTree::Ident(word)) => KEYWORDS.iter().any(|keyword| word == keyword),
        // A label.
        Some(TokenTree::Punct(punct)) => punct.as_char() == '\'',
        Some(TokenTree::Literal(_)) | None => false,
    }
}

/// The names that a pattern binds.
pub(super) fn bindings(pattern: &Pat) -> Vec<&Ident> {
    struct Bindings<'a>(Vec<&'a Ident>);

    impl<'ast> Visit<'ast> for Bindings<'ast> {
        fn visit_pat_ident(&mut self, found: &'ast PatIdent) {
            self.0.push(&found.ident);
            if let Some((_, inner)) = &found.subpat {
                self.visit_pat(inner);
            }
        }
    }

    let mut found = Bindings(Vec::new());
    found.visit_pat(pattern);
    found.0
}

/// The pattern for a reference to what the user's pattern takes, with only those names that the condition uses.
pub(super) fn by_reference(pattern: &Pat, names: &Names) -> Pat {
    if !names.are_bound_by(pattern) {
        return wild();
    }
    let mut pattern = pattern.clone();
    ByReference(names).visit_pat_mut(&mut pattern);
    pattern
}

fn wild() -> Pat {
    Pat::Wild(PatWild { attrs: Vec::new(), underscore_token: <Token![_]>::default() })
}

struct ByReference<'a>(&'a Names);

impl VisitMut for ByReference<'_> {
    fn visit_pat_mut(&mut self, pattern: &mut Pat) {
        // Under a reference everything is bound by reference, and the compiler wants no `mut`, `ref` or `&` to say otherwise.
        while let Pat::Reference(inner) = pattern {
            *pattern = std::mem::replace(&mut *inner.pat, wild());
        }
        if let Pat::Ident(binding) = pattern {
            binding.by_ref = None;
            binding.mutability = None;
            if !self.0.contains(&binding.ident) {
                *pattern = binding.subpat.take().map_or_else(wild, |(_, inner)| *inner);
                if !matches!(pattern, Pat::Wild(_)) {
                    return self.visit_pat_mut(pattern);
                }
            }
        }
        visit_pat_mut(self, pattern);
    }

    fn visit_field_pat_mut(&mut self, field: &mut FieldPat) {
        visit_field_pat_mut(self, field);
        if !matches!(&*field.pat, Pat::Ident(_)) {
            field.colon_token.get_or_insert_default();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Names, as_body, by_reference};
    use quote::ToTokens;
    use syn::{Pat, parse::Parser};

    fn names(expression: &str) -> Names {
        Names::of(&expression.parse().unwrap())
    }

    fn pattern(text: &str) -> Pat {
        Pat::parse_single.parse_str(text).unwrap()
    }

    #[test]
    fn names_of_variables_are_found_and_others_are_not() {
        let id = pattern("id");
        for expression in
            ["id == 1", "f(&id)", "0..id", "0..=id", "{ [1, id] }", "format!(\"{id:?}\") == x", "User { id }", "id.len()"]
        {
            assert!(names(expression).are_bound_by(&id), "{expression}");
        }
        for expression in ["user.id == 1", "Kind::id()", "id::of(x)", "id!(x)", "\"id\"", "ident", "x != \"{{idx}}\""] {
            assert!(!names(expression).are_bound_by(&id), "{expression}");
        }
        assert!(names("id != x").are_bound_by(&id), "a comparison is no macro");
        assert!(names("\"{principal}\" == x").principal().is_some());
        assert!(names("x.principal == y").principal().is_none());
    }

    #[test]
    fn what_would_be_a_statement_is_put_in_parentheses() {
        let parenthesised = |text: &str| as_body(&text.parse().unwrap()).to_string().starts_with('(');
        for text in ["{ a } && b", "if a { b } else { c } == d", "match a { _ => b } || c", "'l: { a }", "unsafe { a } && b"] {
            assert!(parenthesised(text), "{text}");
        }
        for text in ["a == b", "!a", "|| a", "[a].len() == 1", "if_not", "\"a\" == b"] {
            assert!(!parenthesised(text), "{text}");
        }
    }

    #[test]
    fn patterns_bind_by_reference_what_is_named() {
        let bound = names("id == owner");
        for (written, wanted) in [
            ("Path(mut id)", "Path(id)"),
            ("Path((id, ref mut owner))", "Path((id, owner))"),
            ("Path((id, title))", "Path((id, _))"),
            ("Path(&id)", "Path(id)"),
            ("Path(whole @ Doc { id, title, .. })", "Path(Doc { id, title: _, .. })"),
            ("Path(Doc { mut id, owner: Owner(name), .. })", "Path(Doc { id, owner: Owner(_), .. })"),
            ("id @ Some(inner)", "id @ Some(_)"),
            ("State(db)", "_"),
            ("_", "_"),
        ] {
            let found = by_reference(&pattern(written), &bound).to_token_stream().to_string();
            assert_eq!(found, pattern(wanted).to_token_stream().to_string(), "{written}");
        }
    }
}
