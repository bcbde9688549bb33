//! Tests of `#[derive(Input)]` as a function of tokens, without a compiler.
//! What only a compiler can tell is in the tests of the workspace.

use super::derive;
use proptest::prelude::*;
use syn::visit::Visit;

/// The messages of the errors.
fn errors(item: &str) -> Vec<String> {
    struct Messages(Vec<String>);

    impl<'ast> Visit<'ast> for Messages {
        fn visit_macro(&mut self, found: &'ast syn::Macro) {
            if found.path.segments.last().is_some_and(|last| last.ident == "compile_error") {
                self.0.push(found.parse_body::<syn::LitStr>().unwrap().value());
            }
        }
    }

    let mut messages = Messages(Vec::new());
    messages.visit_file(&syn::parse2(derive(item.parse().unwrap())).unwrap());
    messages.0
}

#[test]
fn all_mistakes_are_reported_at_once_and_each_once() {
    let found = errors(
        r#"
        #[serde(remote = "Other")]
        #[input(unbounded = "x")]
        struct A {
            a: u8,
            #[garde(lenght(max = 3), inner(rnage(min = 1)), if(cond = self.a == 1, emial))]
            b: String,
            #[garde(skip)]
            #[input(crate = x, unbounded)]
            c: String,
        }
        "#,
    );
    let begin = [
        "`unbounded` is not a key of the type",
        "unknown rule `emial`",
        "unknown rule `rnage`",
        "unknown rule `lenght`",
        "`crate` is not a key of a field",
        "`unbounded` is written",
        "`remote` reads another type",
        "`a` has no rule",
    ];
    assert_eq!(found.len(), begin.len(), "{found:#?}");
    for begin in begin {
        assert!(found.iter().any(|message| message.starts_with(begin)), "{begin}: {found:#?}");
    }
}

#[test]
fn a_type_with_a_mistake_is_an_input_all_the_same() {
    let expansion = derive("struct A<T>(T);".parse().unwrap()).to_string();
    for part in ["Deserialize < 'de > for A < T >", "Validate for A < T >", "Input for A < T >", "compile_error"] {
        assert!(expansion.contains(part), "{part}: {expansion}");
    }
}

#[test]
fn what_serde_does_not_read_needs_no_rule() {
    assert_eq!(errors("struct A { #[serde(skip)] a: String, #[serde(skip_deserializing)] b: Vec<u8> }"), [""; 0]);
}

proptest! {
    #[test]
    fn no_attribute_breaks_the_expansion(attribute in r"[a-z_=,()\[\]. 0-9]{0,30}", key in "garde|serde|input") {
        let Ok(tokens) = format!("struct A {{ #[{key}({attribute})] a: String }}").parse() else {
            return Ok(());
        };
        prop_assert!(syn::parse2::<syn::File>(derive(tokens)).is_ok());
    }
}

#[test]
fn what_is_ours_to_say_is_read_and_its_mistakes_are_told() {
    assert_eq!(
        errors(
            r#"struct A {
            #[garde(length(max = 3))]
            #[input(sanitize(trim, nfkc, custom = a::b), allow(newlines, zero_width))]
            a: String,
        }"#
        ),
        [""; 0]
    );
    for (attribute, begin) in [
        ("sanitize", "`sanitize` is written `sanitize(trim, lowercase)`"),
        ("sanitize()", "`sanitize` is written"),
        ("sanitize = trim", "`sanitize` is written"),
        ("sanitize(tirm)", "unknown step `tirm`: did you mean `trim`?"),
        ("sanitize(trim = 1)", "`trim` takes no value"),
        ("sanitize(custom)", "`custom` is written `custom = path`"),
        ("allow(bidirectional)", "unknown kind of character `bidirectional`"),
        ("allow(control = 1)", "unknown kind of character `control`"),
        ("schema = false", "`schema` is not a key of a field"),
    ] {
        let found = errors(&format!("struct A {{ #[garde(length(max = 3))] #[input({attribute})] a: String }}"));
        assert!(found.len() == 1 && found[0].starts_with(begin), "{attribute}: {found:?}");
    }
}
