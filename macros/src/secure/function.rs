//! The handler as it is written: its signature is read, its body is not.
//! The body stays the user's tokens, so that its errors, and the editor, see the user's code.

use crate::errors::Errors;
use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};
use quote::quote;
use syn::{
    Attribute, FnArg, Meta, PatType, Signature, Visibility,
    parse::{ParseStream, Parser},
};

/// A function, and nothing else.
#[derive(Clone)]
pub(super) struct Function {
    pub(super) attributes: Vec<Attribute>,
    pub(super) visibility: Visibility,
    pub(super) signature: Signature,
    pub(super) body: Group,
}

/// Reads the item under `#[secure]`.
pub(super) fn parse(item: TokenStream, errors: &mut Errors) -> Option<Function> {
    let first = item.clone().into_iter().next();
    match read.parse2(item) {
        Ok(Some(function)) => return Some(function),
        Ok(None) => errors.at(first, "a handler has a body; `#[secure]` goes on a free `async fn`, not on a declaration"),
        Err(_) => errors.at(first, "this is no handler; `#[secure]` goes on a free `async fn`"),
    }
    None
}

fn read(input: ParseStream<'_>) -> syn::Result<Option<Function>> {
    let attributes = input.call(Attribute::parse_outer)?;
    let visibility = input.parse()?;
    let signature = input.parse()?;
    let rest: TokenStream = input.parse()?;
    Ok(body(rest).map(|body| Function { attributes, visibility, signature, body }))
}

/// The braces, which a `macro_rules!` may have wrapped in invisible delimiters.
fn body(tokens: TokenStream) -> Option<Group> {
    let mut tokens = tokens.into_iter();
    match (tokens.next(), tokens.next()) {
        (Some(TokenTree::Group(group)), None) => match group.delimiter() {
            Delimiter::Brace => Some(group),
            Delimiter::None => body(group.stream()),
            Delimiter::Parenthesis | Delimiter::Bracket => None,
        },
        _ => None,
    }
}

/// Where an attribute of the handler goes: `#[secure]` makes two functions of one.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Place {
    /// On everything that is generated.
    Everything,
    /// On the function that the router sees.
    Outer,
    /// On the function that the router sees, and on the condition of `when`.
    Levels,
    /// On the user's function inside it.
    Inner,
}

impl Place {
    fn of(attribute: &Attribute) -> Self {
        let is = |names: &[&str]| names.iter().any(|name| attribute.path().is_ident(name));
        if is(&["cfg"]) {
            Self::Everything
        } else if is(&["doc", "deprecated", "expect"]) {
            Self::Outer
        } else if is(&["allow", "warn", "deny", "forbid"]) {
            // The user's function inside has the level of the one around it.
            Self::Levels
        } else {
            // `#[instrument]` is among them: it traces the user's function, not the guard.
            Self::Inner
        }
    }
}

impl Function {
    /// The attributes that go to one of the places.
    pub(super) fn attributes_at(&self, places: &[Place]) -> impl Iterator<Item = &Attribute> {
        self.attributes.iter().filter(|attribute| places.contains(&Place::of(attribute)))
    }

    /// The arguments. There is no `self` among them once the signature is checked.
    pub(super) fn arguments(&self) -> Vec<&PatType> {
        let inputs = self.signature.inputs.iter();
        inputs
            .filter_map(|argument| match argument {
                FnArg::Typed(argument) => Some(argument),
                FnArg::Receiver(_) => None,
            })
            .collect()
    }

    /// The handler once for each way in which the `#[cfg]`s of its arguments can turn out, each under its own `#[cfg]`.
    ///
    /// The types of the arguments become a tuple, and the elements of a tuple can have no `#[cfg]`.
    pub(super) fn variants(self, errors: &mut Errors) -> Vec<Self> {
        /// Two to the power of this many functions are enough for anybody.
        const MOST: usize = 4;

        let conditional = |argument: &&FnArg| attributes_of(argument).iter().any(is_cfg);
        if let Some(one_too_many) = self.signature.inputs.iter().filter(conditional).nth(MOST) {
            errors.at(
                one_too_many,
                format!("a handler has at most {MOST} arguments with `#[cfg]`; put `#[cfg]` on two handlers instead"),
            );
        }
        let mut variants = vec![self];
        for _ in 0..MOST {
            // Each on its own: an argument is at another place where one before it is gone.
            let split = |variant: Self| match variant.signature.inputs.iter().position(|argument| conditional(&argument)) {
                Some(index) => Vec::from(variant.split_at(index)),
                None => vec![variant],
            };
            variants = variants.into_iter().flat_map(split).collect();
        }
        variants
    }

    /// The handler without and with the argument, each under the condition for it.
    fn split_at(self, index: usize) -> [Self; 2] {
        let (mut without, mut with) = (self.clone(), self);
        let mut cfgs = Vec::new();
        if let Some(argument) = with.signature.inputs.iter_mut().nth(index) {
            let attributes = match argument {
                FnArg::Typed(argument) => &mut argument.attrs,
                FnArg::Receiver(argument) => &mut argument.attrs,
            };
            cfgs = attributes.extract_if(.., |attribute| is_cfg(attribute)).collect();
        }
        let conditions: Vec<TokenStream> =
            cfgs.iter().filter_map(|cfg| Some(cfg.meta.require_list().ok()?.tokens.clone())).collect();
        let cfg = |condition: TokenStream| {
            cfgs.first().cloned().map(|mut cfg| {
                if let Meta::List(list) = &mut cfg.meta {
                    list.tokens = condition;
                }
                cfg
            })
        };
        with.attributes.extend(cfg(quote!(all(#(all(#conditions)),*))));
        without.attributes.extend(cfg(quote!(not(all(#(all(#conditions)),*)))));
        without.signature.inputs = without
            .signature
            .inputs
            .into_iter()
            .enumerate()
            .filter(|(at, _)| *at != index)
            .map(|(_, argument)| argument)
            .collect();
        [without, with]
    }
}

fn attributes_of(argument: &FnArg) -> &[Attribute] {
    match argument {
        FnArg::Typed(argument) => &argument.attrs,
        FnArg::Receiver(argument) => &argument.attrs,
    }
}

fn is_cfg(attribute: &Attribute) -> bool {
    attribute.path().is_ident("cfg")
}
