//! The JSON schema of the type, by schemars, with the bounds that garde's rules state: nothing is written twice.
//! Of the rules only those are in it that a schema can state, and whose values are known without a request.

use super::{
    model::{Field, changed},
    rules::{Argument, Rule},
    types,
};
use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, quote};
use syn::{Expr, LitStr, Meta, Type, UnOp, ext::IdentExt};

/// What text may have that nothing is allowed to, for a schema: the characters below the space, the one after `~`, and the bidi controls.
const PLAIN_TEXT: &str = "^[^\\u0000-\\u001f\\u007f-\\u009f\\u00ad\\u061c\\u180e\\u200b-\\u200f\\u202a-\\u202e\\u2060-\\u206f\\ufeff\\ufff9-\\ufffb]*$";

/// serde's attributes of a field, without the functions that read and write it, which schemars would take for types.
pub(super) fn serde(field: &Field) -> TokenStream {
    let is_function =
        |meta: &Meta| ["with", "serialize_with", "deserialize_with"].into_iter().any(|key| meta.path().is_ident(key));
    changed(&field.serde, |meta| (!is_function(meta)).then(|| meta.to_token_stream()))
}

/// `#[schemars(…)]` for a field.
pub(super) fn attributes(field: &Field) -> TokenStream {
    let constraints = constraints(&field.ty, &field.rules, field.own.allow.is_empty());
    if constraints.is_empty() { TokenStream::new() } else { quote!(#[schemars(#(#constraints),*)]) }
}

fn constraints(ty: &Type, rules: &[Rule], is_plain: bool) -> Vec<TokenStream> {
    let (ty, rules) = types::through_option(ty, rules);
    let mut constraints = Vec::new();
    constraints.extend(length(ty, &rules));
    let find = |name: &str| rules.iter().find(|rule| rule.is(name));
    if let Some(range) = find("range") {
        constraints.extend(ends("range", &range.arguments(), |_, value| value));
    }
    for format in ["email", "url", "ip", "ipv4", "ipv6", "required"] {
        constraints.extend(find(format).map(|rule| rule.name.to_token_stream()));
    }
    match find("pattern").map(|rule| rule.arguments.as_ref().and_then(|tokens| syn::parse2::<LitStr>(tokens.clone()).ok())) {
        Some(Some(pattern)) => constraints.push(quote!(regex(pattern = #pattern))),
        Some(None) => {}
        None if is_plain && is_text(ty) && !constraints.iter().any(is_format) => {
            let pattern = LitStr::new(if find("ascii").is_some() { "^[ -~]*$" } else { PLAIN_TEXT }, Span::call_site());
            constraints.push(quote!(regex(pattern = #pattern)));
        }
        None => {}
    }
    let inner: Vec<Rule> = rules.iter().filter(|rule| rule.is("inner")).flat_map(Rule::inner).collect();
    if let Some(element) = types::element(ty) {
        let inner = self::constraints(element, &inner, is_plain);
        if !inner.is_empty() {
            constraints.push(quote!(inner(#(#inner),*)));
        }
    }
    constraints
}

/// Whether the constraint says already what the text is.
fn is_format(constraint: &TokenStream) -> bool {
    ["email", "url", "ip", "ipv4", "ipv6"].contains(&constraint.to_string().as_str())
}

/// A schema counts characters. What is counted in bytes has no more characters than bytes, and at least one if it has bytes at all.
fn length(ty: &Type, rules: &[Rule]) -> Option<TokenStream> {
    let lengths: Vec<Vec<Argument>> = rules.iter().filter(|rule| rule.is("length")).map(Rule::arguments).collect();
    let counts = |arguments: &[Argument], mode: &str| arguments.iter().any(|argument| argument.name == mode);
    let arguments = lengths.iter().find(|arguments| counts(arguments, "chars")).or_else(|| lengths.first())?;
    let exact = counts(arguments, "chars") || types::element(ty).is_some();
    ends("length", arguments, |name, value| match name {
        "min" | "equal" if !exact => syn::parse_quote!(1),
        _ => value,
    })
}

/// `length(min = …, max = …)`, of the ends that are known without a request.
fn ends(key: &str, arguments: &[Argument], weaken: impl Fn(&str, Expr) -> Expr) -> Option<TokenStream> {
    let mut ends = Vec::new();
    for argument in arguments {
        let name = argument.name.unraw().to_string();
        let Some(value) = argument.value.clone().filter(is_known) else { continue };
        match name.as_str() {
            "equal" => {
                let least = weaken("equal", value.clone());
                ends.extend([quote!(min = #least), quote!(max = #value)]);
            }
            "min" | "max" => {
                let (name, value) = (Ident::new(&name, Span::call_site()), weaken(&name, value));
                ends.push(quote!(#name = #value));
            }
            _ => {}
        }
    }
    let key = Ident::new(key, Span::call_site());
    (!ends.is_empty()).then(|| quote!(#key(#(#ends),*)))
}

/// Whether the value is a literal or the path of a constant.
fn is_known(value: &Expr) -> bool {
    match value {
        Expr::Lit(_) => true,
        Expr::Unary(unary) => matches!(unary.op, UnOp::Neg(_)) && is_known(&unary.expr),
        Expr::Path(path) => path.path.segments.last().is_some_and(|last| {
            let name = last.ident.to_string();
            name.chars().any(char::is_uppercase) && !name.chars().any(char::is_lowercase)
        }),
        _ => false,
    }
}

/// Whether the type is text, as far as its name says.
fn is_text(ty: &Type) -> bool {
    matches!(ty, Type::Path(path) if path.path.segments.last().is_some_and(|last| last.ident == "String"))
}
