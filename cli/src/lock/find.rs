//! Which tests call a macro of ours, such as `assert_locked!`, by the name that the test runner knows them by.

use crate::workspace::{Package, Source, Target, Workspace};
use proc_macro2::{TokenStream, TokenTree};
use quote::ToTokens;
use syn::{
    Attribute, ItemFn, ItemMod,
    ext::IdentExt,
    visit::{self, Visit},
};

/// A test that calls it.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct Test {
    pub(crate) package: String,
    /// The arguments of `cargo test` that select the target.
    pub(crate) target: Vec<String>,
    /// `module::tests::name`, as the test runner says it.
    pub(crate) name: String,
}

/// The tests, and what a reader has to know besides.
#[derive(Debug, Default)]
pub(crate) struct Found {
    pub(crate) tests: Vec<Test>,
    pub(crate) warnings: Vec<String>,
}

/// The tests of the selected packages.
pub(crate) fn tests(workspace: &Workspace, name: &str) -> Found {
    let mut found = Found::default();
    for package in &workspace.packages {
        let sources = package.sources();
        for source in &sources.files {
            look_at(source, package, workspace, name, &mut found);
        }
        found.warnings.extend(sources.problems.iter().map(|problem| {
            let path = workspace.shown(&problem.path).display();
            format!("{path}:{}:{}: {}", problem.line, problem.column, problem.message)
        }));
    }
    found
}

fn look_at(source: &Source, package: &Package, workspace: &Workspace, called: &str, found: &mut Found) {
    // Most files do not have the word.
    if !source.text.contains(called) {
        return;
    }
    let mut finder = Finder { called, module: source.module.clone(), tests: Vec::new(), elsewhere: Vec::new() };
    finder.visit_file(&source.file);
    let path = workspace.shown(&source.path).display();
    for (name, line) in &finder.elsewhere {
        found
            .warnings
            .push(format!("{path}:{line}: `{called}!` in `{name}`, which is no test: only tests can be run, so call it in one"));
    }
    if finder.tests.is_empty() {
        return;
    }
    match selector(&source.target) {
        Some(target) => found.tests.extend(finder.tests.into_iter().map(|name| Test {
            package: package.name.clone(),
            target: target.clone(),
            name,
        })),
        None => found.warnings.push(format!("{path}: `{called}!` in a {}, which has no tests", source.target.kind)),
    }
}

/// How `cargo test` is told to build this target and no other.
fn selector(target: &Target) -> Option<Vec<String>> {
    let named = |flag: &str| Some(vec![flag.to_owned(), target.name.clone()]);
    match target.kind.as_str() {
        "lib" | "rlib" | "dylib" | "cdylib" | "staticlib" | "proc-macro" => Some(vec!["--lib".to_owned()]),
        "bin" => named("--bin"),
        "test" => named("--test"),
        "example" => named("--example"),
        "bench" => named("--bench"),
        _ => None,
    }
}

struct Finder<'a> {
    called: &'a str,
    module: Vec<String>,
    tests: Vec<String>,
    /// Functions that call the macro and are no tests, with the line.
    elsewhere: Vec<(String, usize)>,
}

impl<'ast> Visit<'ast> for Finder<'_> {
    fn visit_item_mod(&mut self, module: &'ast ItemMod) {
        self.module.push(module.ident.unraw().to_string());
        visit::visit_item_mod(self, module);
        self.module.pop();
    }

    fn visit_item_fn(&mut self, function: &'ast ItemFn) {
        let name = function.sig.ident.unraw().to_string();
        if calls(function.block.to_token_stream(), self.called) {
            match function.attrs.iter().any(is_test) {
                true => self.tests.push(self.module.iter().chain([&name]).cloned().collect::<Vec<_>>().join("::")),
                false => self.elsewhere.push((name, function.sig.ident.span().start().line)),
            }
        }
    }
}

/// `#[test]`, `#[tokio::test]`, `#[tokio::test(flavor = "…")]`.
fn is_test(attribute: &Attribute) -> bool {
    attribute.path().segments.last().is_some_and(|segment| segment.ident == "test")
}

/// Whether the macro is called in these tokens, also within other macros.
fn calls(tokens: TokenStream, called: &str) -> bool {
    let mut tokens = tokens.into_iter().peekable();
    while let Some(token) = tokens.next() {
        match token {
            TokenTree::Ident(name) if name == called => {
                if matches!(tokens.peek(), Some(TokenTree::Punct(bang)) if bang.as_char() == '!') {
                    return true;
                }
            }
            TokenTree::Group(group) if calls(group.stream(), called) => return true,
            _ => {}
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::Finder;
    use syn::visit::Visit;

    #[test]
    fn tests_are_named_as_the_runner_names_them() {
        let text = "
            #[test] fn plain() { portcullis::testing::assert_locked!(app()); }
            #[cfg(test)] mod tests {
                use super::*;
                #[tokio::test(flavor = \"current_thread\")] async fn r#async() { block! { x, assert_locked!(app().await) } }
                #[test] fn other() { let assert_locked = 1; assert_eq!(assert_locked, 1); }
                fn helper() { assert_locked!(app()) }
            }";
        let mut finder =
            Finder { called: "assert_locked", module: vec!["api".to_owned()], tests: Vec::new(), elsewhere: Vec::new() };
        finder.visit_file(&syn::parse_file(text).unwrap());
        assert_eq!(finder.tests, ["api::plain", "api::tests::async"]);
        assert_eq!(finder.elsewhere, [("helper".to_owned(), 7)]);
    }
}
