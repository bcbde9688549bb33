//! The rules of `#[garde(…)]`, taken apart as far as it takes to see whether they bound a field.
//! What they mean is garde's; here are their names and their numbers.

use super::{keys, values};
use crate::errors::Errors;
use proc_macro2::{Ident, TokenStream};
use syn::{
    Attribute, Expr, Token,
    ext::IdentExt,
    parse::{Parse, ParseStream, Parser},
    punctuated::Punctuated,
    token::Paren,
};

/// A rule, such as `length(min = 3, max = 50)`.
#[derive(Clone)]
pub(super) struct Rule {
    pub(super) name: Ident,
    /// What is in the parentheses, if there are any.
    pub(super) arguments: Option<TokenStream>,
}

/// An argument of `length` and `range`, such as `max = 50`, or the word of a mode.
pub(super) struct Argument {
    pub(super) name: Ident,
    pub(super) value: Option<Expr>,
}

impl Parse for Rule {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let name = Ident::parse_any(input)?;
        let arguments = if input.peek(Paren) {
            let content;
            syn::parenthesized!(content in input);
            Some(content.parse()?)
        } else {
            None
        };
        Ok(Self { name, arguments })
    }
}

impl Parse for Argument {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let name = Ident::parse_any(input)?;
        let value = input.parse::<Option<Token![=]>>()?.map(|_| input.parse()).transpose()?;
        Ok(Self { name, value })
    }
}

/// The rules of the attributes. Unknown ones are reported, and are in the list all the same.
pub(super) fn of(attributes: &[Attribute], errors: &mut Errors) -> Vec<Rule> {
    let mut rules = Vec::new();
    for attribute in attributes {
        match attribute.parse_args_with(Punctuated::<Rule, Token![,]>::parse_terminated) {
            Ok(list) => rules.extend(list),
            Err(error) => errors.push(error),
        }
    }
    let mut nested = rules.clone();
    while let Some(rule) = nested.pop() {
        let name = rule.name.to_string();
        if !keys::RULES.contains(&name.as_str()) {
            errors.at(&rule.name, keys::unknown_rule(&name));
        }
        nested.extend(rule.inner());
    }
    rules
}

impl Rule {
    /// Whether this is the rule of the name.
    pub(super) fn is(&self, name: &str) -> bool {
        self.name == name
    }

    /// The rules in `inner(…)` or `if(cond = …, …)`.
    pub(super) fn inner(&self) -> Vec<Self> {
        let list = |tokens: &TokenStream| Punctuated::<Self, Token![,]>::parse_terminated.parse2(tokens.clone()).ok();
        match &self.arguments {
            Some(tokens) if self.is("inner") => list(tokens).into_iter().flatten().collect(),
            Some(tokens) if self.is("if") => conditional(tokens),
            _ => Vec::new(),
        }
    }

    /// The arguments of `length` and `range`.
    pub(super) fn arguments(&self) -> Vec<Argument> {
        let Some(tokens) = &self.arguments else {
            return Vec::new();
        };
        let parsed = Punctuated::<Argument, Token![,]>::parse_terminated.parse2(tokens.clone());
        parsed.into_iter().flatten().collect()
    }

    /// The field that this one has to be the same as.
    pub(super) fn matched(&self) -> Option<Ident> {
        self.is("matches").then(|| syn::parse2(self.arguments.clone()?).ok()).flatten()
    }

    /// Whether what keeps it has an upper bound to its length.
    pub(super) fn bounds_length(&self) -> bool {
        match self.name.to_string().as_str() {
            "length" => self.arguments().iter().any(|argument| argument.name == "max" || argument.name == "equal"),
            "pattern" => values::pattern_bounds_length(self),
            // Each of these is of a form that cannot be longer than so much.
            "ip" | "ipv4" | "ipv6" | "email" | "credit_card" => true,
            _ => false,
        }
    }
}

/// The rules of `if(cond = …, rule, …)`; the condition itself is no rule.
fn conditional(tokens: &TokenStream) -> Vec<Rule> {
    struct Entry(Option<Rule>);

    impl Parse for Entry {
        fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
            if input.peek(Ident::peek_any) && input.peek2(Token![=]) {
                Argument::parse(input)?;
                return Ok(Self(None));
            }
            input.parse().map(|rule| Self(Some(rule)))
        }
    }

    let entries = Punctuated::<Entry, Token![,]>::parse_terminated.parse2(tokens.clone());
    entries.into_iter().flatten().filter_map(|entry| entry.0).collect()
}
