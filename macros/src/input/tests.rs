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
            b: Vec<String>,
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

#[test]
fn a_rule_is_for_its_type() {
    for (field, begin) in [
        (
            "#[garde(range(max = 3))] a: String",
            Some("`range` is for numbers, and this is `String`: for its length write `length("),
        ),
        ("#[garde(range(max = 3))] a: Option<std::string::String>", Some("`range` is for numbers, and this is `String`")),
        ("#[garde(range(max = 3))] a: Secret<String>", Some("`range` is for numbers, and this is `Secret`")),
        ("#[garde(range(max = 3))] a: HashMap<u8, u8>", Some("`range` is for numbers, and this is `HashMap`: for how many")),
        ("#[garde(range(max = 3))] a: [u8; 3]", Some("`range` is for numbers, and this is `an array`")),
        ("#[garde(range(max = 3))] a: Option<f32>", None),
        ("#[garde(range(max = 3))] a: Age", None),
        (
            "#[garde(length(max = 3))] a: u32",
            Some("`length` is for text and lists, and this is `u32`: for its value write `range("),
        ),
        ("#[garde(length(max = 3))] a: bool", Some("`length` is for text and lists, and this is `bool`: leave it out")),
        ("#[garde(length(max = 3))] a: Uuid", Some("`length` is for text and lists, and this is `Uuid`: leave it out")),
        (
            "#[garde(length(max = 3))] a: bytes::Bytes",
            Some("`length` is for text and lists, and this is `Bytes`: take a `Vec<u8>`"),
        ),
        ("#[garde(length(chars, max = 3))] a: Vec<u8>", Some("`length` is for text where it counts")),
        ("#[garde(length(bytes, max = 3))] a: Vec<u8>", None),
        ("#[garde(length(chars, max = 3))] a: Vec<char>", None),
        ("#[garde(email)] a: i8", Some("`email` is for text, and this is `i8`: for a number write `range(")),
        (
            "#[garde(pattern(\"^a$\"))] a: Vec<String>",
            Some("`pattern` is for text, and this is `Vec`: for what is in it write `inner(pattern(…))`"),
        ),
        ("#[garde(length(max = 3), inner(ascii))] a: BTreeSet<String>", Some("`inner` does not go into `BTreeSet`")),
        ("#[garde(inner(ascii))] a: char", Some("`inner` is for what is in a list")),
        ("#[garde(ascii)] a: HashSet<String>", Some("`ascii` is for text, and this is `HashSet`: give what is in it a type")),
        (
            "#[garde(length(max = 3), inner(range(max = 3)))] a: Vec<Option<String>>",
            Some("`range` is for numbers, and this is `String`"),
        ),
        ("#[garde(if(cond = true, range(max = 3)))] a: String", Some("`range` is for numbers")),
        ("#[garde(adapt(mine), range(max = 3))] a: String", None),
        ("#[garde(required)] a: u8", Some("`required` is for an `Option`")),
        ("#[garde(required)] a: Option<u8>", None),
        ("#[garde(dive)] a: String", Some("`dive` is for types that derive `Input`, and `String` is none: write its rule")),
        (
            "#[garde(length(max = 3), dive)] a: Vec<(Inner, u8)>",
            Some("`dive` is for types that derive `Input`, and `u8` is none"),
        ),
        ("#[garde(dive)] a: Option<Box<Inner>>", None),
        ("#[garde(range(max = 3))] #[serde(skip)] a: String", None),
    ] {
        let found = errors(&format!("struct A {{ {field} }}"));
        match begin {
            Some(begin) => assert!(found.len() == 1 && found[0].starts_with(begin), "{field}: {found:?}"),
            None => assert_eq!(found, [""; 0], "{field}"),
        }
    }
}

#[test]
fn what_may_be_any_type_is_bounded_by_what_is_asked_of_it() {
    for (field, wrong) in [
        ("#[garde(skip)] a: T", 1),
        ("#[garde(skip)] a: Option<Box<T>>", 1),
        ("#[garde(length(max = 3))] a: Vec<T>", 1),
        ("#[garde(length(max = 3), dive)] a: Vec<T>", 0),
        ("#[garde(length(max = 3), dive)] a: BTreeMap<T, Inner>", 1),
        ("#[garde(length(max = 3), dive)] #[input(keys(max = 3))] a: BTreeMap<T, Inner>", 0),
        ("#[garde(length(max = 3))] a: T", 0),
        ("#[garde(range(max = 3))] a: T", 0),
        ("#[garde(skip)] #[input(unbounded = \"numbers\")] a: T", 0),
        ("#[garde(skip)] a: PhantomData<T>", 0),
        ("#[garde(skip)] #[serde(skip)] a: T", 0),
    ] {
        let found = errors(&format!("struct A<T = String> {{ {field} }}"));
        assert_eq!(found.len(), wrong, "{field}: {found:?}");
    }
}

/// The calls that ask the compiler whether a length has a bound.
fn asked(fields: &str) -> Vec<String> {
    let expansion = derive(format!("struct A {{ {fields} }}").parse().unwrap()).to_string();
    let calls = expansion.split("input :: bounded").skip(1);
    calls.map(|call| call.split_once('(').unwrap().0.trim_matches(['_', ' ']).to_owned()).collect()
}

#[test]
fn what_no_rule_bounds_is_asked_about() {
    for (field, expected) in [
        ("#[garde(skip)] a: u8, #[garde(skip)] b: Vec2", &["", "in_alias", "in_alias", "in_alias", "in_alias"][..]),
        ("#[garde(length(max = 3))] a: String", &[]),
        ("#[garde(length(max = 3))] a: HashMap<String, u8>", &["keys"]),
        ("#[garde(length(max = 3))] #[input(keys(max = 3))] a: HashMap<String, String>", &["in_map"]),
        ("#[garde(length(max = 3))] #[input(keys(max = 3))] a: Map", &["in_alias", "in_alias", "in_alias"]),
        ("#[garde(length(max = 3), inner(length(max = 3)))] a: Names", &[]),
        ("#[garde(length(max = 3), inner(length(max = 3)))] a: Vec<String>", &[]),
        ("#[garde(length(max = 3))] a: HashSet<String>", &["in_set"]),
        ("#[garde(skip)] a: (String, u8)", &["in_tuple"]),
        ("#[garde(inner(length(max = 3)))] a: [String; 3]", &[]),
        ("#[garde(matches(b))] a: String, #[garde(length(max = 3))] b: String", &[]),
        ("#[garde(matches(b))] a: String, #[garde(matches(a))] b: String", &["", ""]),
        ("#[garde(skip)] #[input(unbounded = \"x\")] a: Vec<String>", &[]),
    ] {
        assert_eq!(asked(field), expected, "{field}");
    }
}

#[test]
fn only_a_struct_of_a_known_kind_is_flattened() {
    for (item, begin) in [
        ("struct A { #[garde(dive)] #[serde(flatten)] a: B }", None),
        (
            "struct A { #[garde(dive)] #[serde(flatten)] a: Option<B> }",
            Some("`flatten` is for a struct that derives `Input`, and `Option`"),
        ),
        (
            "struct A { #[garde(length(max = 3), dive)] #[serde(flatten)] a: Vec<B> }",
            Some("`flatten` is for a struct that derives `Input`, and `Vec`"),
        ),
        ("struct A { #[garde(dive)] #[serde(flatten, default)] a: B }", Some("what is flattened is read by its own `Input`")),
        (
            "struct A { #[garde(dive)] #[serde(flatten, with = \"x\")] a: B }",
            Some("what is flattened is read by its own `Input`"),
        ),
        (
            "struct A<T: Input> { #[garde(dive)] #[serde(flatten)] a: B, #[garde(dive)] b: T }",
            Some("`flatten` is for a struct without type"),
        ),
        ("enum A { A { #[garde(dive)] #[serde(flatten)] a: B } }", Some("`flatten` is for the fields of a struct")),
    ] {
        let found = errors(item);
        match begin {
            Some(begin) => assert!(found.len() == 1 && found[0].starts_with(begin), "{item}: {found:?}"),
            None => assert_eq!(found, [""; 0], "{item}"),
        }
    }
    for (item, can) in [
        ("struct A { #[garde(skip)] a: u8 }", true),
        ("struct A(#[garde(skip)] u8);", false),
        ("enum A { A }", false),
        ("#[serde(tag = \"t\")] struct A { #[garde(skip)] a: u8 }", false),
        ("#[serde(try_from = \"B\")] struct A { #[garde(skip)] a: u8 }", false),
        ("struct A { #[garde(dive)] #[serde(flatten)] a: B }", false),
    ] {
        assert_eq!(derive(item.parse().unwrap()).to_string().contains("input :: Flat for A"), can, "{item}");
    }
}
