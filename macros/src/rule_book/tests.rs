//! Tests of `rule_book!` as a function of its input and a file.

use super::{
    expand,
    source::{BookSource, nearest},
};
use expect_test::expect;
use std::fs;

fn formatted(input: &str, book: &BookSource) -> String {
    let expression = expand(input.parse().unwrap(), book);
    prettyplease::unparse(&syn::parse2(quote::quote!(static BOOK: &RuleBook = #expression;)).unwrap())
}

#[test]
fn a_rule_book_becomes_a_constant() {
    let text = "[roles]\nuser = []\nadmin = [\"user\"]\n[scopes]\n\"reports:read\" = \"Read the reports\"";
    let book = BookSource::parse("/service/security.toml", text);
    expect![[r#"
        static BOOK: &RuleBook = {
            const _: &[::core::primitive::u8] = ::core::include_bytes!("/service/security.toml");
            static BOOK: my_framework::portcullis::RuleBook = my_framework::portcullis::RuleBook::new(
                2612314575158424142,
                &[
                    my_framework::portcullis::Role::new(
                        "admin",
                        my_framework::portcullis::Mask::from_words([1, 0, 0, 0]),
                        my_framework::portcullis::Mask::from_words([1, 0, 0, 0]),
                    ),
                    my_framework::portcullis::Role::new(
                        "user",
                        my_framework::portcullis::Mask::from_words([2, 0, 0, 0]),
                        my_framework::portcullis::Mask::from_words([3, 0, 0, 0]),
                    ),
                ],
                &[
                    my_framework::portcullis::Scope::new(
                        "reports:read",
                        "Read the reports",
                        my_framework::portcullis::Mask::from_words([4, 0, 0, 0]),
                    ),
                ],
            );
            &BOOK
        };
    "#]]
    .assert_eq(&formatted("crate = my_framework::portcullis", &book));
}

#[test]
fn house_rules_are_written_out() {
    let text = "[[rule]]\nname = \"admin area\"\npaths = [\"/admin/**\"]\nmethods = [\"PUT\", \"DELETE\"]\nauthenticated = true\n\
                step_up = { max_age = \"15 min\", mfa = true }\nrate_at_most = \"60/min per ip burst 5\"\nbody_at_most = \"64 KiB\"";
    let expansion = formatted("", &BookSource::parse("/service/security.toml", text));
    let rules = expansion.split_once(".rules(").unwrap().1;
    expect![[r#"

                    &[
                        ::portcullis::__private::Rule {
                            name: ::portcullis::__private::Cow::Borrowed("admin area"),
                            line: 1u32,
                            selector: ::portcullis::__private::Selector {
                                paths: ::portcullis::__private::Cow::Borrowed(
                                    &[::portcullis::__private::Cow::Borrowed("/admin/**")],
                                ),
                                endpoints: ::portcullis::__private::Cow::Borrowed(&[]),
                                methods: ::portcullis::__private::Cow::Borrowed(
                                    &[
                                        ::portcullis::__private::Cow::Borrowed("PUT"),
                                        ::portcullis::__private::Cow::Borrowed("DELETE"),
                                    ],
                                ),
                            },
                            demands: ::portcullis::__private::Demands {
                                authenticated: true,
                                role: ::core::option::Option::None,
                                scope: ::core::option::Option::None,
                                step_up: ::core::option::Option::Some(::portcullis::__private::StepUp {
                                    max_age: ::core::option::Option::Some(
                                        ::core::time::Duration::from_millis(900000u64),
                                    ),
                                    mfa: true,
                                }),
                                rate_at_most: ::core::option::Option::Some(
                                    ::portcullis::__private::Rate::constant(
                                        60u32,
                                        60u64,
                                        5u32,
                                        ::core::option::Option::Some(
                                            ::portcullis::__private::RateKey::Ip,
                                        ),
                                    ),
                                ),
                                body_at_most: ::core::option::Option::Some(65536u64),
                                timeout_at_most: ::core::option::Option::None,
                                audit: false,
                                when: false,
                                validated: false,
                            },
                        },
                    ],
                );
            &BOOK
        };
    "#]]
    .assert_eq(rules);
}

#[test]
fn an_empty_file_is_a_rule_book() {
    let expansion = formatted("", &BookSource::parse("/service/security.toml", ""));
    assert!(!expansion.contains("compile_error") && expansion.matches("&[]").count() == 2, "{expansion}");
}

#[test]
fn without_a_sound_file_there_are_errors_and_an_empty_rule_book() {
    let missing = formatted("", &BookSource::Missing);
    assert!(missing.contains("there is no `security.toml`; create one"), "{missing}");
    let broken = formatted("", &BookSource::parse("/service/security.toml", "[roles]\na = [\"b\"]\n[scope]"));
    assert_eq!(broken.matches("compile_error").count(), 2, "{broken}");
    assert!(broken.contains("`security.toml` line 2, column 6: "), "{broken}");
    for expansion in [missing, broken] {
        assert!(expansion.contains("RuleBook::new(0, &[], &[])"), "{expansion}");
    }
}

#[test]
fn only_the_path_of_the_crate_is_taken() {
    for input in ["portcullis", "crate", "crate = 5", "crate = a b"] {
        assert!(formatted(input, &BookSource::parse("/security.toml", "")).contains("compile_error"), "{input}");
    }
}

#[test]
fn the_nearest_file_wins() {
    let root = std::env::temp_dir().join(format!("portcullis-macros-{}", std::process::id()));
    let (crates, inner) = (root.join("crates"), root.join("crates/inner"));
    fs::create_dir_all(&inner).unwrap();
    fs::write(root.join("security.toml"), "").unwrap();
    assert_eq!(nearest(&inner), Some(root.join("security.toml")));
    fs::write(crates.join("security.toml"), "").unwrap();
    assert_eq!(nearest(&inner), Some(crates.join("security.toml")));
    // A folder of that name is no file.
    fs::create_dir(inner.join("security.toml")).unwrap();
    assert_eq!(nearest(&inner), Some(crates.join("security.toml")));
    fs::remove_dir_all(root).unwrap();
}
