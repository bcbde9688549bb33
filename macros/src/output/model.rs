//! A type as it is meant: which of its fields is shown to whom, and how. What emits it can no longer fail.

use super::{attribute::Mask, serde::Serde};
use crate::secure::Requirement;
use proc_macro2::TokenStream;
use syn::{DeriveInput, Field};

/// What one `#[derive(Output)]` declares.
pub(super) struct Declared<'a> {
    pub(super) item: &'a DeriveInput,
    /// The path of the `portcullis` crate.
    pub(super) krate: TokenStream,
    /// Whose JSON schema it has.
    pub(super) described: Described,
    pub(super) serde: Serde,
    /// The fields in the order of the source, those of all variants.
    pub(super) fields: Vec<Declaration<'a>>,
}

/// Who describes a type.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Described {
    /// Nobody, or others.
    Elsewhere,
    /// This derive, as the type's `JsonSchema`.
    Here,
    /// `Input`, which asks here for what is written.
    BesideInput,
}

/// A field and its rule.
pub(super) struct Declaration<'a> {
    pub(super) field: &'a Field,
    pub(super) serde: Serde,
    pub(super) rule: Rule,
}

impl Declaration<'_> {
    /// Whether its own fields take its place.
    pub(super) fn is_flat(&self) -> bool {
        self.serde.word("flatten").is_some()
    }
}

/// What decides how a field is written.
pub(super) enum Rule {
    /// Serde alone: the type surely holds no secret, or the field is not written, or by a function of the user's.
    Serde,
    /// The type: if it holds a secret, this does not compile.
    Open,
    /// Who looks; `by_function` where a function of the user's writes it for them.
    Visible { shown_to: Requirement, by_function: bool },
    /// Its mask, whoever looks.
    Masked(Mask),
    /// Who looks; the others see the mask.
    VisibleOrMasked { shown_to: Requirement, mask: Mask },
}
