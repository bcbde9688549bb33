//! Tests of `#[secure]` as a function of tokens, without a compiler.
//! What only a compiler can tell is in the tests of the workspace.

mod errors;
mod expansion;
mod hostile;
mod house;

use super::secure;
use crate::rule_book::BookSource;
use syn::visit::Visit;

/// A rule book in which an admin is a user.
pub(crate) fn book() -> BookSource {
    book_of("[roles]\nuser = []\nadmin = [\"user\"]\n[scopes]\n\"reports:read\" = \"Read the reports\"")
}

/// The rule book of a text.
pub(crate) fn book_of(text: &str) -> BookSource {
    BookSource::parse("/service/security.toml", text)
}

/// The expansion, formatted.
pub(super) fn expand(attribute: &str, item: &str) -> String {
    formatted(&book(), attribute, item)
}

/// The expansion under the given rule book, formatted.
pub(super) fn formatted(book: &BookSource, attribute: &str, item: &str) -> String {
    let tokens = secure(attribute.parse().unwrap(), item.parse().unwrap(), book);
    prettyplease::unparse(&syn::parse2(tokens).unwrap())
}

/// The messages of the errors, under the given rule book.
pub(super) fn errors_under(book: &BookSource, attribute: &str, item: &str) -> Vec<String> {
    struct Messages(Vec<String>);

    impl<'ast> Visit<'ast> for Messages {
        fn visit_macro(&mut self, found: &'ast syn::Macro) {
            if found.path.segments.last().is_some_and(|last| last.ident == "compile_error") {
                self.0.push(found.parse_body::<syn::LitStr>().unwrap().value());
            }
        }
    }

    let tokens = secure(attribute.parse().unwrap(), item.parse().unwrap(), book);
    let mut messages = Messages(Vec::new());
    messages.visit_file(&syn::parse2(tokens).unwrap());
    messages.0
}

/// The messages of the errors.
pub(super) fn errors(attribute: &str, item: &str) -> Vec<String> {
    errors_under(&book(), attribute, item)
}
