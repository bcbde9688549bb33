//! The attributes of a field and of the type as they are written, each with its tokens, so that every message has a place.
//! What does not parse is reported and left out.

use super::keys::{self, MASK, MASKS, OUTPUT, OUTPUTS, Row, VISIBLE};
use crate::{
    errors::Errors,
    secure::{Predicate, each_term, is_over, parse_one},
};
use proc_macro2::{Delimiter, Group, Ident, TokenStream, TokenTree};
use quote::{ToTokens, quote};
use syn::{Attribute, LitBool, LitInt, Meta, Path, Token, ext::IdentExt, parse::ParseStream};

/// The rules of a field.
#[derive(Default)]
pub(super) struct Rules {
    pub(super) visible: Option<(Ident, Predicate)>,
    pub(super) mask: Option<(Ident, Mask)>,
    /// Whether a rule was written that does not parse.
    pub(super) is_broken: bool,
}

/// So many characters from the front, and so many from the end; none of each is `all`.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub(super) struct Mask {
    pub(super) first: u16,
    pub(super) last: u16,
}

impl Rules {
    /// The rules among the attributes.
    pub(super) fn parse(attributes: &[Attribute], errors: &mut Errors) -> Self {
        let mut rules = Self::default();
        let before = errors.count();
        let (mut visible, mut mask) = (false, false);
        for attribute in attributes {
            if let Some(name) = named(attribute, &VISIBLE) {
                if is_first(&mut visible, name, "join the predicates with `any(…)` or `all(…)`", errors)
                    && let Some(group) = group(attribute, &VISIBLE, errors)
                {
                    rules.visible = parse_one(name, &group, errors).map(|predicate| (name.clone(), predicate));
                }
            } else if let Some(name) = named(attribute, &MASK)
                && is_first(&mut mask, name, "write both in one, as in `#[mask(first = 2, last = 4)]`", errors)
                && let Some(group) = group(attribute, &MASK, errors)
            {
                rules.mask = parse_mask(&group, errors).map(|mask| (name.clone(), mask));
            }
        }
        rules.is_broken = errors.count() > before;
        rules
    }

    /// The words of the rules that there are.
    pub(super) fn words(&self) -> impl Iterator<Item = &Ident> {
        let visible = self.visible.as_ref().map(|(word, _)| word);
        visible.into_iter().chain(self.mask.as_ref().map(|(word, _)| word))
    }
}

/// Reports a second attribute of a name.
fn is_first(seen: &mut bool, name: &Ident, remedy: &str, errors: &mut Errors) -> bool {
    if *seen {
        errors.at(name, format!("`#[{name}]` is stated twice; {remedy}"));
    }
    !std::mem::replace(seen, true)
}

/// Reports rules where none belong.
pub(super) fn refuse_rules(attributes: &[Attribute], what: &str, errors: &mut Errors) {
    for name in attributes.iter().filter_map(|attribute| named(attribute, &VISIBLE).or_else(|| named(attribute, &MASK))) {
        errors.at(name, format!("`#[{name}]` is a rule of a field; write it above the fields of the {what}"));
    }
}

/// What `#[output(…)]` says of the type.
pub(super) struct Output {
    /// Where the crate is.
    pub(super) krate: Option<Path>,
    /// Whether the type is to have a JSON schema, if it says so.
    pub(super) schema: Option<bool>,
}

impl Output {
    pub(super) fn parse(attributes: &[Attribute], errors: &mut Errors) -> Self {
        let mut output = Self { krate: None, schema: None };
        let mut seen = Vec::<Ident>::new();
        for attribute in attributes.iter().filter(|attribute| named(attribute, &OUTPUT).is_some()) {
            let Some(group) = group(attribute, &OUTPUT, errors) else { continue };
            each_term(group.stream(), errors, |input, errors| {
                let name = word(input, &OUTPUT, OUTPUTS, errors)?;
                if seen.contains(&name) {
                    errors.at(&name, format!("`{name}` is stated twice; keep one"));
                    return None;
                }
                let equals = input.parse::<Token![=]>();
                let is_read = match name == "crate" {
                    true => equals.and_then(|_| input.call(Path::parse_mod_style)).map(|path| output.krate = Some(path)),
                    false => equals.and_then(|_| input.parse::<LitBool>()).map(|schema| output.schema = Some(schema.value)),
                };
                if is_read.is_err() {
                    errors.at(&name, OUTPUT.is_written());
                    return None;
                }
                seen.push(name);
                Some(())
            });
        }
        output
    }
}

/// The name of the attribute, if it is this row's.
fn named<'a>(attribute: &'a Attribute, row: &Row) -> Option<&'a Ident> {
    attribute.path().get_ident().filter(|name| *name == row.name)
}

/// What is in the parentheses of an attribute, which is not nothing.
fn group(attribute: &Attribute, row: &Row, errors: &mut Errors) -> Option<Group> {
    let guilty = match &attribute.meta {
        Meta::List(list) if matches!(list.delimiter, syn::MacroDelimiter::Paren(_)) && !list.tokens.is_empty() => {
            let mut group = Group::new(Delimiter::Parenthesis, list.tokens.clone());
            group.set_span(list.delimiter.span().join());
            return Some(group);
        }
        Meta::NameValue(pair) => pair.value.to_token_stream(),
        Meta::Path(_) | Meta::List(_) => attribute.path().to_token_stream(),
    };
    errors.at(guilty, row.is_written());
    None
}

/// A word of the table that comes next.
fn word(input: ParseStream<'_>, row: &Row, words: &'static [(&str, &str)], errors: &mut Errors) -> Option<Ident> {
    let next: Option<TokenTree> = input.fork().parse().ok();
    let Ok(name) = input.call(Ident::parse_any) else {
        errors.at(next, row.is_written());
        return None;
    };
    let text = name.to_string();
    if words.iter().all(|(word, _)| *word != text) {
        errors.at(&name, keys::unknown(&text, row, words));
        return None;
    }
    Some(name)
}

/// `last = 4`, `first = 2`, both, or `all`.
fn parse_mask(group: &Group, errors: &mut Errors) -> Option<Mask> {
    let (mut mask, mut seen, before) = (Mask::default(), Vec::<Ident>::new(), errors.count());
    each_term(group.stream(), errors, |input, errors| {
        let name = word(input, &MASK, MASKS, errors)?;
        if seen.contains(&name) {
            errors.at(&name, format!("`{name}` is stated twice; keep one"));
            return None;
        }
        if seen.iter().any(|other| *other == "all" || name == "all") {
            errors.at(&name, "`all` shows nothing, so nothing goes with it; keep one of them");
            return None;
        }
        if name == "all" {
            if !is_over(input) {
                let next: Option<TokenTree> = input.fork().parse().ok();
                errors.at(next, "`all` takes no value; write it alone");
                return None;
            }
        } else {
            let shown = characters(&name, input, errors)?;
            *(if name == "first" { &mut mask.first } else { &mut mask.last }) = shown;
        }
        seen.push(name);
        Some(())
    });
    (errors.count() == before).then_some(mask)
}

/// `= 4`
fn characters(name: &Ident, input: ParseStream<'_>, errors: &mut Errors) -> Option<u16> {
    let equals = input.parse::<Token![=]>().is_ok();
    let value: Option<TokenTree> = if is_over(input) { None } else { input.parse().ok() };
    let number = value.as_ref().and_then(|value| syn::parse2::<LitInt>(value.to_token_stream()).ok());
    let guilty: TokenStream = value.map_or_else(|| name.to_token_stream(), |value| quote!(#value));
    match number.map(|number| number.base10_parse::<u16>()) {
        Some(Ok(0)) => errors.at(guilty, "this shows nothing; write `all` if that is meant"),
        Some(Ok(shown)) if equals => return Some(shown),
        Some(Err(_)) => errors.at(guilty, "this is not a number of characters from 1 to 65535"),
        _ => errors.at(guilty, format!("`{name}` is a number of characters, as in `{name} = 4`")),
    }
    None
}
