//! What the numbers and patterns in the rules say, where they are literals: ends that cross, and patterns that are none.
//! A pattern never backtracks: garde's are those of the `regex` crate, whose time is linear in the text.

use super::{keys, rules::Rule};
use crate::errors::Errors;
use regex_syntax::hir::{Hir, Look};
use syn::{Expr, ExprLit, Lit, LitStr, UnOp};

/// The arguments of `length`, and those that `range` has of them.
const LENGTH: &[&str] = &["min", "max", "equal", "simple", "bytes", "chars", "graphemes", "utf16"];
const RANGE: &[&str] = &["min", "max", "equal"];

/// Reports what is wrong in a rule, and in those inside of it.
pub(super) fn check(rule: &Rule, errors: &mut Errors) {
    match rule.name.to_string().as_str() {
        "length" => ends(rule, LENGTH, errors),
        "range" => ends(rule, RANGE, errors),
        "pattern" => {
            if let Some(Err((literal, reason))) = pattern(rule) {
                errors.at(literal, format!("not a regular expression: {reason}"));
            }
        }
        _ => {}
    }
    rule.inner().iter().for_each(|inner| check(inner, errors));
}

fn ends(rule: &Rule, known: &[&str], errors: &mut Errors) {
    let arguments = rule.arguments();
    for argument in &arguments {
        let word = argument.name.to_string();
        if !known.contains(&word.as_str()) {
            errors.at(&argument.name, keys::unknown_word(&format!("argument of `{}`", rule.name), &word, known));
        }
    }
    let value = |name: &str| arguments.iter().find(|argument| argument.name == name)?.value.as_ref();
    let (Some(min), Some(max)) = (value("min"), value("max")) else {
        return;
    };
    let crossed = match (integer(min), integer(max)) {
        (Some(least), Some(most)) => least > most,
        _ => matches!((float(min), float(max)), (Some(least), Some(most)) if least > most),
    };
    if crossed {
        errors.at(max, "nothing is in this range: `max` is below `min`");
    }
}

/// The value of a literal, with its sign.
pub(super) fn integer(value: &Expr) -> Option<i128> {
    match value {
        Expr::Lit(ExprLit { lit: Lit::Int(literal), .. }) => literal.base10_parse().ok(),
        Expr::Unary(unary) if matches!(unary.op, UnOp::Neg(_)) => integer(&unary.expr)?.checked_neg(),
        _ => None,
    }
}

/// The value of a literal, with its sign, as near as it takes to compare it with another.
fn float(value: &Expr) -> Option<f64> {
    match value {
        Expr::Lit(ExprLit { lit: Lit::Float(literal), .. }) => literal.base10_parse().ok(),
        Expr::Lit(ExprLit { lit: Lit::Int(literal), .. }) => literal.base10_digits().parse().ok(),
        Expr::Unary(unary) if matches!(unary.op, UnOp::Neg(_)) => float(&unary.expr).map(|value| -value),
        _ => None,
    }
}

/// The pattern of a rule, if it is a literal; or the literal, and what is wrong with it.
pub(super) fn pattern(rule: &Rule) -> Option<Result<Hir, (LitStr, String)>> {
    let literal: LitStr = syn::parse2(rule.arguments.clone()?).ok()?;
    Some(regex_syntax::parse(&literal.value()).map_err(|error| {
        let reason = match &error {
            regex_syntax::Error::Parse(error) => error.kind().to_string(),
            regex_syntax::Error::Translate(error) => error.kind().to_string(),
            _ => error.to_string(),
        };
        (literal, reason)
    }))
}

/// Whether the pattern is of the whole text and of a length that is bounded.
pub(super) fn pattern_bounds_length(rule: &Rule) -> bool {
    pattern(rule).and_then(Result::ok).is_some_and(|pattern| {
        let properties = pattern.properties();
        properties.maximum_len().is_some()
            && properties.look_set_prefix().contains(Look::Start)
            && properties.look_set_suffix().contains(Look::End)
    })
}

#[cfg(test)]
mod tests {
    use super::{check, pattern_bounds_length};
    use crate::{errors::Errors, input::rules::Rule};

    fn rule(text: &str) -> Rule {
        syn::parse_str(text).unwrap()
    }

    #[test]
    fn ends_that_cross_and_patterns_that_are_none_are_found_at_any_depth() {
        for (text, wrong) in [
            ("length(min = 3, max = 3)", 0),
            ("length(min = 3, max = 2)", 1),
            ("length(chars, max = 2, min = 3)", 1),
            ("range(min = -3, max = -2)", 0),
            ("range(min = -2, max = -3)", 1),
            ("range(min = 0.5, max = 0)", 1),
            ("range(min = 1, max = self.most)", 0),
            ("range(min = MIN, max = 1)", 0),
            ("length(maxi = 3)", 1),
            ("range(chars, max = 3)", 1),
            ("inner(inner(range(min = 2, max = 1)))", 1),
            ("if(cond = self.a, range(min = 2, max = 1))", 1),
            (r#"pattern("[a-z")"#, 1),
            (r#"pattern(r"(?=a)")"#, 1),
            (r#"pattern(r"^(a+)+$")"#, 0),
            ("pattern(PATTERN)", 0),
        ] {
            let mut errors = Errors::default();
            check(&rule(text), &mut errors);
            assert_eq!(errors.count(), wrong, "{text}");
        }
    }

    #[test]
    fn a_pattern_bounds_the_length_if_it_is_of_the_whole_text() {
        for (text, bounds) in [
            (r#"pattern("^[a-z]{1,10}$")"#, true),
            (r#"pattern(r"\A(a|bc)\z")"#, true),
            (r#"pattern("^[a-z]+$")"#, false),
            (r#"pattern("^[a-z]{1,10}")"#, false),
            (r#"pattern("[a-z]{1,10}$")"#, false),
            (r#"pattern("^a$|b")"#, false),
            (r#"pattern("(?m)^a$")"#, false),
            ("pattern(PATTERN)", false),
        ] {
            assert_eq!(pattern_bounds_length(&rule(text)), bounds, "{text}");
        }
    }
}
