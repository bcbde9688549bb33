//! How deep a source nests, without going down there: parsers recurse, and a source may be written to exhaust them.

use proc_macro2::{Delimiter, TokenStream, TokenTree, token_stream::IntoIter};

/// The deepest that is followed: a hundred times what people write, a tenth of what the stack holds.
const DEEPEST: usize = 10_000;

/// One level of brackets.
struct Level {
    tokens: IntoIter,
    /// How deep a parser may be when it enters.
    base: usize,
    /// The tokens since the last `;` or `,`: each may be one call further down.
    run: usize,
    /// The tokens since the last `;` that keep a parser down across commas: `<` of generics and `|` of closures.
    openers: usize,
    /// Whether the last token was a block.
    after_block: bool,
}

/// Whether a parser would go deeper than is followed. Every call of a parser takes a token, and returns by the end of what it is in,
/// so the tokens on the way bound the calls.
pub(super) fn is_too_deep(tokens: TokenStream) -> bool {
    let level = |tokens: TokenStream, base| Level { tokens: tokens.into_iter(), base, run: 0, openers: 0, after_block: false };
    let mut levels = vec![level(tokens, 0)];
    while let Some(current) = levels.last_mut() {
        let Some(token) = current.tokens.next() else {
            levels.pop();
            continue;
        };
        if current.after_block && begins_anew(&token) {
            (current.run, current.openers) = (0, 0);
        }
        current.after_block = matches!(&token, TokenTree::Group(group) if group.delimiter() == Delimiter::Brace);
        match &token {
            TokenTree::Punct(punct) if punct.as_char() == ';' => (current.run, current.openers) = (0, 0),
            TokenTree::Punct(punct) if punct.as_char() == ',' => current.run = 0,
            TokenTree::Punct(punct) if matches!(punct.as_char(), '<' | '|') => current.openers += 1,
            TokenTree::Group(_) | TokenTree::Punct(_) | TokenTree::Ident(_) | TokenTree::Literal(_) => current.run += 1,
        }
        let depth = current.base + current.run + current.openers;
        if depth > DEEPEST {
            return true;
        }
        if let TokenTree::Group(group) = token {
            levels.push(level(group.stream(), depth + 1));
        }
    }
    false
}

/// Whether a token after a block begins an item or a statement, and does not carry on with the one that the block ended.
fn begins_anew(token: &TokenTree) -> bool {
    match token {
        TokenTree::Ident(word) => word != "else",
        TokenTree::Punct(punct) => punct.as_char() == '#',
        TokenTree::Group(_) | TokenTree::Literal(_) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::is_too_deep;

    fn deep(text: &str) -> bool {
        is_too_deep(text.parse().unwrap())
    }

    #[test]
    fn what_keeps_a_parser_down_is_too_deep() {
        let many = |text: &str| text.repeat(20_000);
        for text in [many("!"), many("|a, b| "), many("A<u8, "), many("if a {} else "), many("{} = "), many("return ")] {
            assert!(deep(&text), "{}", &text[..20]);
        }
        assert!(deep(&format!("{}{}", many("("), many(")"))));
        assert!(deep(&format!("f({}{})", "a + [".repeat(5_000), "]".repeat(5_000))));
    }

    #[test]
    fn what_is_long_is_not_deep() {
        let many = |text: &str| text.repeat(20_000);
        for text in
            [many("fn f(a: u8, b: Vec<u8>) -> u8 { a } "), many("#[test] fn f() {} "), many("A, "), many("let a = b | c; ")]
        {
            assert!(!deep(&text), "{}", &text[..20]);
        }
    }
}
