//! Any tokens, as attribute and as item: errors, never a panic, and always tokens that the compiler can go on with.

use super::{book, book_of, secure};
use crate::rule_book::BookSource;
use proc_macro2::TokenStream;
use proptest::{collection::vec, prelude::*};

/// Tokens that the parser may take for something, in any order and any nesting.
fn tokens() -> impl Strategy<Value = String> {
    let words = vec![
        "public",
        "authenticated",
        "role",
        "scope",
        "allow",
        "when",
        "rate",
        "body",
        "timeout",
        "step_up",
        "max_age",
        "mfa",
        "audit",
        "get",
        "unvalidated",
        "crate",
        "any",
        "all",
        "not",
        "async",
        "fn",
        "const",
        "unsafe",
        "extern",
        "pub",
        "self",
        "&self",
        "impl",
        "struct",
        "where",
        "for",
        "mut",
        "ref",
        "dyn",
        "async fn f",
        "async fn g(a: A, #[cfg(x)] b: B) {}",
        "principal",
        "r#type",
        "<T>",
        "<'a>",
        "T",
        "Option<",
        "Json",
        "Path(id): Path<u64>",
        "::",
        "->",
        "=",
        "==",
        ",",
        ";",
        ":",
        ".",
        "..",
        "...",
        "|",
        "||",
        "!",
        "?",
        "#",
        "#!",
        "@",
        "$",
        "&",
        "*",
        "-",
        "<",
        ">",
        "=>",
        "'a",
        "_",
        "\"admin\"",
        "\"user\"",
        "\"reports:read\"",
        "\"5/min\"",
        "\"64 KiB\"",
        "\"\"",
        "\"{id}\"",
        "5",
        "1.5",
        "b\"x\"",
        "c\"x\"",
        "'c'",
        "0x",
        "role = \"user\"",
        "not(role = \"user\")",
        "any(role = \"admin\", role = \"user\")",
        "rate(\"5/min\")",
        "step_up(max_age = \"5 min\", mfa)",
        "audit = \"patient.read\"",
        "get = \"/users/{id}\"",
        "Valid<Path<(A, B)>>",
        "\"/{*rest}/:id\"",
        "#[secure]",
        "#[cfg(all())]",
    ];
    let leaf = prop_oneof![6 => proptest::sample::select(words).prop_map(str::to_owned), 1 => "[a-z]{1,8}", 1 => "\"[ -!#-\\[\\]-~]{0,12}\""];
    let node = leaf.prop_recursive(4, 48, 8, |inner| {
        (vec(inner, 0..8), proptest::sample::select(vec![("(", ")"), ("[", "]"), ("{", "}")]))
            .prop_map(|(inside, (open, close))| format!("{open} {} {close}", inside.join(" ")))
    });
    vec(node, 0..12).prop_map(|nodes| nodes.join(" "))
}

/// A rule book that gives, asks and demands something of every endpoint.
fn house() -> BookSource {
    book_of(
        "[roles]\nuser = []\nadmin = [\"user\"]\n[scopes]\n\"reports:read\" = \"Read the reports\"\n\
         [defaults]\nrate = \"100/min\"\nbody = \"64 KiB\"\n\
         [require]\nreason = true\npublic = [\"f\", \"crate::a::handler\"]\n\
         [[rule]]\nname = \"paths\"\npaths = [\"/users/**\"]\nrole = \"admin\"\naudit = true\n\
         [[rule]]\nname = \"modules\"\nendpoints = [\"crate::**\", \"handler\"]\ntimeout_at_most = \"1 s\"\nwhen = true\n",
    )
}

fn expand(attribute: &str, item: &str) {
    let (Ok(attribute), Ok(item)) = (attribute.parse::<TokenStream>(), item.parse::<TokenStream>()) else { return };
    for book in [book(), house(), BookSource::Missing, BookSource::Broken { messages: vec!["broken".to_owned()] }] {
        let _ = secure(attribute.clone(), item.clone(), &book);
        let _ = crate::rule_book::expand(attribute.clone(), &book);
    }
}

proptest! {
    #[test]
    fn any_attribute(attribute in tokens()) {
        expand(&attribute, "async fn handler<R: Repo>(Path(id): Path<u64>, State(repo): State<R>) -> u8 { 1 }");
    }

    #[test]
    fn any_item(item in tokens()) {
        expand("role = \"user\", when = principal.subject() == id", &item);
    }

    #[test]
    fn any_arguments_and_answer(arguments in tokens(), answer in tokens()) {
        expand("authenticated, when = id == 5", &format!("pub async fn handler({arguments}) -> {answer} {{}}"));
    }

    #[test]
    fn any_condition(condition in tokens()) {
        expand(&format!("authenticated, when = {condition}"), "async fn handler(Path(id): Path<u64>, principal: Principal) {}");
    }

    #[test]
    fn any_route(path in "(/|[a-z]|\\{|\\}|\\*|:|\\.|%|é|\\?){0,12}", argument in tokens()) {
        expand(&format!("authenticated, get = {path:?}"), &format!("async fn handler(a: Path<{argument}>, b: {argument}) {{}}"));
    }

    #[test]
    fn any_step_up(terms in tokens()) {
        expand(&format!("authenticated, step_up({terms})"), "async fn handler() {}");
    }

    #[test]
    fn any_predicate(predicate in tokens()) {
        expand(&format!("allow({predicate})"), "async fn handler() {}");
    }
}
