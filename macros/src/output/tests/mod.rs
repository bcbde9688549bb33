//! Tests of `#[derive(Output)]` as a function of tokens, without a compiler.
//! What only a compiler can tell is in the tests of the workspace.

mod errors;
mod expansion;

use super::output;
use crate::{rule_book::BookSource, secure::tests::book};
use syn::visit::Visit;

/// The expansion, formatted.
fn expand(item: &str) -> String {
    prettyplease::unparse(&syn::parse2(output(item.parse().unwrap(), &book(), false)).unwrap())
}

/// The expansion with a JSON schema, formatted.
fn expand_described(item: &str) -> String {
    prettyplease::unparse(&syn::parse2(output(item.parse().unwrap(), &book(), true)).unwrap())
}

/// The messages of the errors, under the given rule book.
fn errors_under(book: &BookSource, item: &str) -> Vec<String> {
    struct Messages(Vec<String>);

    impl<'ast> Visit<'ast> for Messages {
        fn visit_macro(&mut self, found: &'ast syn::Macro) {
            if found.path.segments.last().is_some_and(|last| last.ident == "compile_error") {
                self.0.push(found.parse_body::<syn::LitStr>().unwrap().value());
            }
        }
    }

    let mut messages = Messages(Vec::new());
    messages.visit_file(&syn::parse2(output(item.parse().unwrap(), book, false)).unwrap());
    messages.0
}

/// The messages of the errors.
pub(super) fn errors(item: &str) -> Vec<String> {
    errors_under(&book(), item)
}
