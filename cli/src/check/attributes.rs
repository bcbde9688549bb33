//! What the attributes of an item say: for tests only, secured, lints silenced.

use proc_macro2::{Span, TokenStream};
use syn::{Attribute, Meta, Path, Token, parse::Parser, punctuated::Punctuated, spanned::Spanned};

/// The `#[secure]` of a function.
pub(crate) struct Secured<'a> {
    pub(crate) attribute: &'a Attribute,
    /// What is inside its parentheses.
    pub(crate) tokens: TokenStream,
    /// Whether some builds do not see it: it is inside a `cfg_attr`.
    pub(crate) conditional: bool,
}

/// A lint that an attribute allows.
pub(crate) struct Allowed {
    pub(crate) lint: String,
    pub(crate) span: Span,
}

/// Whether an item with these attributes exists in tests only.
pub(crate) fn is_for_tests(attributes: &[Attribute]) -> bool {
    attributes.iter().any(|attribute| {
        let path = attribute.path();
        let is_test =
            path.segments.last().is_some_and(|last| last.ident == "test" || last.ident == "bench" || last.ident == "rstest");
        is_test || path.is_ident("cfg") && metas(&attribute.meta).first().is_some_and(needs_test)
    })
}

/// Whether a predicate of `#[cfg]` holds in tests only.
fn needs_test(predicate: &Meta) -> bool {
    match predicate {
        Meta::Path(path) => path.is_ident("test"),
        Meta::List(list) if list.path.is_ident("all") => metas(predicate).iter().any(needs_test),
        Meta::List(list) if list.path.is_ident("any") => {
            let terms = metas(predicate);
            !terms.is_empty() && terms.iter().all(needs_test)
        }
        _ => false,
    }
}

/// The `#[secure]` that an attribute is, if it is one.
pub(crate) fn secured<'a>(attribute: &'a Attribute, is_secure: impl Fn(&Path) -> bool) -> Option<Secured<'a>> {
    let found = |meta: &Meta, conditional| {
        is_secure(meta.path()).then(|| {
            let tokens = meta.require_list().map(|list| list.tokens.clone()).unwrap_or_default();
            Secured { attribute, tokens, conditional }
        })
    };
    if attribute.path().is_ident("cfg_attr") {
        return metas(&attribute.meta).iter().skip(1).find_map(|meta| found(meta, true));
    }
    found(&attribute.meta, false)
}

/// The lints that an attribute allows outside tests.
pub(crate) fn allowed(attribute: &Attribute) -> Vec<Allowed> {
    let metas = match &attribute.meta {
        meta if meta.path().is_ident("allow") => return lints(meta),
        meta if meta.path().is_ident("cfg_attr") => metas(meta),
        _ => return Vec::new(),
    };
    match metas.as_slice() {
        [predicate, attributes @ ..] if !needs_test(predicate) => {
            attributes.iter().filter(|meta| meta.path().is_ident("allow")).flat_map(lints).collect()
        }
        _ => Vec::new(),
    }
}

fn lints(allow: &Meta) -> Vec<Allowed> {
    let lint = |meta: &Meta| match meta {
        Meta::Path(path) => {
            let names: Vec<String> = path.segments.iter().map(|segment| segment.ident.to_string()).collect();
            Some(Allowed { lint: names.join("::"), span: path.span() })
        }
        _ => None,
    };
    metas(allow).iter().filter_map(lint).collect()
}

/// What is inside the parentheses of an attribute, as far as it can be read.
fn metas(meta: &Meta) -> Vec<Meta> {
    let Meta::List(list) = meta else { return Vec::new() };
    let parsed = Punctuated::<Meta, Token![,]>::parse_terminated.parse2(list.tokens.clone());
    parsed.map(|metas| metas.into_iter().collect()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::{allowed, is_for_tests};
    use syn::{ItemFn, parse_str};

    fn is_test(attributes: &str) -> bool {
        is_for_tests(&parse_str::<ItemFn>(&format!("{attributes} fn f() {{}}")).unwrap().attrs)
    }

    #[test]
    fn tests_are_what_no_other_build_has() {
        for attributes in
            ["#[test]", "#[tokio::test]", "#[cfg(test)]", "#[cfg(all(unix, test))]", "#[cfg(any(test, all(test, unix)))]"]
        {
            assert!(is_test(attributes), "{attributes}");
        }
        for attributes in
            ["", "#[cfg(not(test))]", "#[cfg(any(test, feature = \"x\"))]", "#[cfg(any())]", "#[cfg(feature = \"test\")]"]
        {
            assert!(!is_test(attributes), "{attributes}");
        }
    }

    #[test]
    fn lints_are_read_through_conditions() {
        let lints = |attribute: &str| {
            let item: ItemFn = parse_str(&format!("{attribute} fn f() {{}}")).unwrap();
            item.attrs.iter().flat_map(allowed).map(|allowed| allowed.lint).collect::<Vec<_>>()
        };
        assert_eq!(lints("#[allow(dead_code, clippy::all, reason = \"x\")]"), ["dead_code", "clippy::all"]);
        assert_eq!(lints("#[cfg_attr(debug_assertions, inline, allow(unused))]"), ["unused"]);
        assert!(lints("#[cfg_attr(test, allow(unused))]").is_empty());
        assert!(lints("#[expect(dead_code)]").is_empty());
    }
}
