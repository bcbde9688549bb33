//! Whether each rule is one for the type that it is on, which garde says in the words of its own traits.
//! A type that is told by how it is written is judged here; of any other name the compiler is asked, with the same words.

use super::{
    model::Field,
    rules::Rule,
    types::{self, Class, known},
};
use crate::errors::Errors;
use proc_macro2::Ident;
use syn::{Type, TypeArray, TypeSlice};

/// The rules that are for text.
const TEXT: [&str; 13] = [
    "alphanumeric",
    "ascii",
    "contains",
    "credit_card",
    "email",
    "ip",
    "ipv4",
    "ipv6",
    "pattern",
    "phone_number",
    "prefix",
    "suffix",
    "url",
];

/// A rule on a type of which no more than the name is known.
pub(super) struct Question<'a> {
    pub(super) rule: Ident,
    pub(super) ty: &'a Type,
    /// The function of the runtime that takes only types that fit.
    pub(super) check: &'static str,
}

/// Reports the rules that do not fit, and returns those about which the compiler is to be asked.
pub(super) fn check<'a>(field: &'a Field, errors: &mut Errors) -> Vec<Question<'a>> {
    let mut found = Found { errors, questions: Vec::new() };
    if !field.is_not_read() {
        found.rules(&field.ty, &field.rules);
    }
    found.questions
}

struct Found<'a, 'e> {
    errors: &'e mut Errors,
    questions: Vec<Question<'a>>,
}

impl<'a> Found<'a, '_> {
    fn rules(&mut self, ty: &'a Type, rules: &[Rule]) {
        // Rules of a module of the user's fit what that says.
        if rules.iter().any(|rule| rule.is("adapt")) {
            return;
        }
        let conditional = rules.iter().filter(|rule| rule.is("if")).flat_map(Rule::inner);
        let rules: Vec<Rule> = rules.iter().cloned().chain(conditional).collect();
        let is_option = matches!(known(ty), Some(("Option", _)));
        let (content, of_content) = types::through_option(ty, &rules);
        let class = Class::of(content);
        for rule in &of_content {
            match rule.name.to_string().as_str() {
                "required" if is_option || class == Class::Unknown => {}
                "required" => self.errors.at(
                    &rule.name,
                    "`required` is for an `Option`: a field of another type has to be sent as it is; leave the rule out",
                ),
                "dive" => self.dive(rule, content),
                "inner" => self.inner(rule, content, class),
                _ => self.rule(rule, content, class),
            }
        }
    }

    fn rule(&mut self, rule: &Rule, ty: &'a Type, class: Class) {
        if class == Class::Unknown {
            let question = question(rule).map(|check| Question { rule: rule.name.clone(), ty, check });
            self.questions.extend(question);
        } else if let Some((is_for, instead)) = misfit(rule, ty, class) {
            let (rule_name, ty) = (&rule.name, types::written(ty));
            self.errors.at(&rule.name, format!("`{rule_name}` is for {is_for}, and this is `{ty}`: {instead}"));
        }
    }

    fn inner(&mut self, rule: &Rule, ty: &'a Type, class: Class) {
        match (class, element(ty)) {
            (Class::List, Some(element)) => self.rules(element, &rule.inner()),
            (Class::List | Class::Unknown, _) => {}
            (Class::Set | Class::Map, _) => self.errors.at(
                &rule.name,
                format!(
                    "`inner` does not go into `{}`: give what is in it a type with the rule, as in `#[derive(Input)] struct \
                     Label(#[garde(length(max = 100))] String);`, and write `dive`",
                    types::written(ty)
                ),
            ),
            _ => self.errors.at(
                &rule.name,
                format!(
                    "`inner` is for what is in a list, and this is `{}`: write the rule without `inner(…)` around it",
                    types::written(ty)
                ),
            ),
        }
    }

    /// `dive` goes into containers of all kinds, down to the first type that is none.
    fn dive(&mut self, rule: &Rule, ty: &'a Type) {
        if let Type::Tuple(tuple) = ty {
            tuple.elems.iter().for_each(|part| self.dive(rule, part));
        } else if let (Some(content), false) = (content(ty), matches!(known(ty), Some(("Secret", _)))) {
            self.dive(rule, content);
        } else if Class::of(ty) == Class::Unknown {
            self.questions.push(Question { rule: rule.name.clone(), ty, check: "dive" });
        } else {
            let instead = match Class::of(ty) {
                Class::Text => "write its rule, as in `length(max = 100)`, and in a list `inner(length(max = 100))`",
                Class::Number => {
                    "write its rule, as in `range(min = 1, max = 100)`, and in a list `inner(range(min = 1, max = 100))`"
                }
                _ => "leave it out, or write `#[garde(skip)]` if there is no other rule",
            };
            self.errors.at(
                &rule.name,
                format!("`dive` is for types that derive `Input`, and `{}` is none: {instead}", types::written(ty)),
            );
        }
    }
}

/// What the rule is for, and what to write instead, where it does not fit.
fn misfit(rule: &Rule, ty: &Type, class: Class) -> Option<(&'static str, String)> {
    let name = rule.name.to_string();
    let instead = |text: &str| text.to_owned();
    let none = || instead("leave it out, or write `#[garde(skip)]` if there is no other rule");
    let (is_for, instead) = match (name.as_str(), class) {
        ("range", Class::Text) => ("numbers", instead("for its length write `length(max = 100)`")),
        ("range", Class::List | Class::Set | Class::Map) => {
            ("numbers", instead("for how many there are write `length(max = 100)`"))
        }
        ("range", Class::Flag | Class::Other) => ("numbers", none()),
        ("length", Class::Number) => ("text and lists", instead("for its value write `range(min = 1, max = 100)`")),
        ("length", Class::Flag) => ("text and lists", none()),
        ("length", Class::Other) if is_bytes(ty) => (
            "text and lists",
            instead(
                "take a `Vec<u8>`, or write `#[garde(skip)]` and `#[input(unbounded = \"the limit of the body is enough\")]`",
            ),
        ),
        ("length", Class::Other) => ("text and lists", none()),
        ("length", Class::List | Class::Set | Class::Map) => {
            let mode = mode(rule).filter(|mode| !counts(mode, ty))?;
            return Some(("text where it counts characters or bytes", format!("write it without `{mode}`")));
        }
        (name, Class::Number) if TEXT.contains(&name) => ("text", instead("for a number write `range(min = 1, max = 100)`")),
        (name, Class::List) if TEXT.contains(&name) => (
            "text",
            format!("for what is in it write `inner({name}…)`").replace("…", if rule.arguments.is_some() { "(…)" } else { "" }),
        ),
        (name, Class::Set | Class::Map) if TEXT.contains(&name) => (
            "text",
            instead(
                "give what is in it a type with the rule, as in `#[derive(Input)] struct Label(#[garde(ascii, length(max = 100))] String);`, and write `dive`",
            ),
        ),
        (name, Class::Flag | Class::Other) if TEXT.contains(&name) => ("text", none()),
        _ => return None,
    };
    Some((is_for, instead))
}

/// The mode of a length that is for text.
fn mode(rule: &Rule) -> Option<String> {
    let modes = ["bytes", "chars", "graphemes", "utf16"];
    rule.arguments().into_iter().map(|argument| argument.name.to_string()).find(|name| modes.contains(&name.as_str()))
}

/// Whether the mode counts what is in the list.
fn counts(mode: &str, ty: &Type) -> bool {
    let Some(element) = element(ty) else { return false };
    matches!((mode, types::written(element).as_str()), ("bytes", "u8") | ("chars", "char"))
}

fn is_bytes(ty: &Type) -> bool {
    matches!(types::written(ty).as_str(), "Bytes" | "BytesMut")
}

/// The function that takes only types that the rule fits. For what is behind a feature of garde's there is none.
fn question(rule: &Rule) -> Option<&'static str> {
    let of_length = || match mode(rule).as_deref() {
        None => Some("length"),
        Some("bytes") => Some("length_in_bytes"),
        Some("chars") => Some("length_in_chars"),
        _ => None,
    };
    match rule.name.to_string().as_str() {
        "range" => Some("range"),
        "length" => of_length(),
        "alphanumeric" => Some("alphanumeric"),
        "ascii" => Some("ascii"),
        "contains" => Some("contains"),
        "pattern" => Some("pattern"),
        "prefix" => Some("prefix"),
        "suffix" => Some("suffix"),
        "ip" | "ipv4" | "ipv6" => Some("ip"),
        "required" => Some("required"),
        _ => None,
    }
}

/// What `inner` goes to.
fn element(ty: &Type) -> Option<&Type> {
    match (ty, known(ty)) {
        (Type::Array(TypeArray { elem, .. }) | Type::Slice(TypeSlice { elem, .. }), _) => Some(elem),
        (_, Some(("Box", Type::Slice(TypeSlice { elem, .. })))) => Some(elem),
        (_, Some(("Vec", content))) => Some(content),
        _ => None,
    }
}

/// What `dive` goes to.
fn content(ty: &Type) -> Option<&Type> {
    match (ty, known(ty)) {
        (_, Some((_, content))) => Some(content),
        _ => element(ty),
    }
}
