//! From what is written to what is meant: every rule about the rules of a field that needs no type.
//! All of them are checked, so that all mistakes are reported at once.

use super::{
    attribute::{self, Output, Rules},
    model::{Declaration, Declared, Described, Rule},
    serde::Serde,
    types,
};
use crate::{errors::Errors, rule_book::BookSource, secure::requirement};
use proc_macro2::Ident;
use quote::{ToTokens, quote};
use syn::{Attribute, Data, DeriveInput, Field, Fields, Generics, Path, Variant};

/// What the item declares. It means something only if no errors were found.
pub(super) fn check<'a>(item: &'a DeriveInput, book: &BookSource, describe: bool, errors: &mut Errors) -> Declared<'a> {
    let Output { krate, schema } = Output::parse(&item.attrs, errors);
    let krate = krate.map_or_else(|| quote!(::portcullis), Path::into_token_stream);
    let serde = Serde::of(&item.attrs);
    refuse_detours(&serde, errors);
    let mut checker = Checker { generics: &item.generics, serde: &serde, book, is_book_told: false, errors, fields: Vec::new() };
    match &item.data {
        Data::Struct(data) => {
            attribute::refuse_rules(&item.attrs, "struct", checker.errors);
            checker.fields(&data.fields, None);
        }
        Data::Enum(data) => {
            attribute::refuse_rules(&item.attrs, "variants", checker.errors);
            for variant in &data.variants {
                attribute::refuse_rules(&variant.attrs, "variant", checker.errors);
                checker.fields(&variant.fields, Some(variant));
            }
        }
        Data::Union(data) => {
            checker.errors.at(data.union_token, "a union has no fields that can be shown; make it a struct or an enum");
        }
    }
    let fields = checker.fields;
    let described = match (describe, schema) {
        (false, _) | (_, Some(false)) => Described::Elsewhere,
        (true, None) if is_input(item) => Described::BesideInput,
        (true, _) => Described::Here,
    };
    Declared { item, krate, described, serde, fields }
}

/// Whether the type has rules of garde's, so that it has its `JsonSchema` from `Input`: of two there can be one.
fn is_input(item: &DeriveInput) -> bool {
    let has_rules = |attributes: &[Attribute]| attributes.iter().any(|attribute| attribute.path().is_ident("garde"));
    let in_fields = |fields: &Fields| fields.iter().any(|field| has_rules(&field.attrs));
    let in_data = match &item.data {
        Data::Struct(data) => in_fields(&data.fields),
        Data::Enum(data) => data.variants.iter().any(|variant| in_fields(&variant.fields)),
        Data::Union(_) => false,
    };
    has_rules(&item.attrs) || in_data
}

/// Ways of serde that go past the fields of a type.
fn refuse_detours(serde: &Serde, errors: &mut Errors) {
    if let Some(word) = serde.word("into") {
        errors.at(
            word,
            "serde's `into` writes another type, past the rules of this one; derive `Output` for that type, and \
             `Serialize` for this one",
        );
    }
    if let Some(word) = serde.word("remote") {
        errors.at(word, "serde's `remote` makes no output of this type; remove it");
    }
}

struct Checker<'a, 'b> {
    generics: &'b Generics,
    serde: &'b Serde,
    book: &'b BookSource,
    /// Whether what is wrong with the rule book was reported.
    is_book_told: bool,
    errors: &'b mut Errors,
    fields: Vec<Declaration<'a>>,
}

impl<'a> Checker<'a, '_> {
    fn fields(&mut self, fields: &'a Fields, variant: Option<&Variant>) {
        let of_variant = variant.map(|variant| Serde::of(&variant.attrs));
        for field in fields {
            let serde = Serde::of(&field.attrs);
            let rules = Rules::parse(&field.attrs, self.errors);
            self.hold_to_serde(&rules, &serde, field, variant.is_some());
            let written_whole = of_variant.as_ref().and_then(|serde| serde.any_of(&["serialize_with", "with"]));
            if let (Some(word), Some(rule)) = (written_whole, rules.words().next()) {
                self.errors
                    .at(rule, format!("serde's `{word}` writes the whole variant, past the rules of its fields; remove it"));
            }
            let rule = self.rule(&rules, &serde, field, written_whole.is_some());
            self.fields.push(Declaration { field, serde, rule });
        }
    }

    /// Refuses rules that serde would not ask, or that change more than they say.
    fn hold_to_serde(&mut self, rules: &Rules, serde: &Serde, field: &Field, in_variant: bool) {
        if let (Some(word), Some(rule)) = (serde.any_of(&["skip", "skip_serializing"]), rules.words().next()) {
            self.errors.at(
                rule,
                format!("`{word}` leaves the field out for everybody, so `#[{rule}]` decides nothing; keep one of them"),
            );
            return;
        }
        if let (Some((rule, _)), None) = (&rules.visible, &rules.mask)
            && !rules.is_broken
        {
            if self.serde.word("transparent").is_some() {
                self.errors.at(
                    rule,
                    "a transparent type is its one field, which cannot be missing; add `#[mask(all)]`, or write the \
                     rule where the type is a field",
                );
            } else if field.ident.is_none() {
                self.errors.at(
                    rule,
                    "without a name, a missing field moves the others or leaves nothing; give the field a \
                     name, or add `#[mask(all)]`",
                );
            }
        }
        let Some((rule, _)) = &rules.mask else { return };
        if let Some(word) = serde.any_of(&["serialize_with", "with"]) {
            self.errors.at(rule, format!("`#[mask]` writes the field, so serde's `{word}` would not be asked; keep one of them"));
        }
        if serde.word("flatten").is_some() {
            self.errors.at(rule, "a flattened field has no text to mask; write the rules above the fields of its type");
        }
        if in_variant && field.ident.is_none() && self.serde.word("tag").is_some() && self.serde.word("content").is_none() {
            self.errors.at(
                rule,
                "the content of an internally tagged variant is an object, and a mask is a text; give the field a name",
            );
        }
    }

    fn rule(&mut self, rules: &Rules, serde: &Serde, field: &Field, is_written_whole: bool) -> Rule {
        let by_function = serde.any_of(&["serialize_with", "with"]).is_some();
        let shown_to = rules.visible.as_ref().map(|(name, predicate)| {
            self.tell_of_the_book(name, predicate.first().is_some());
            requirement("visible", name, predicate, self.book, self.errors)
        });
        match (shown_to, rules.mask.as_ref().map(|(_, mask)| *mask)) {
            (Some(Some(shown_to)), Some(mask)) => Rule::VisibleOrMasked { shown_to, mask },
            (Some(Some(shown_to)), None) => Rule::Visible { shown_to, by_function: by_function || self.knows(field) },
            (None, Some(mask)) => Rule::Masked(mask),
            // What is wrong is reported.
            (Some(None), _) => Rule::Serde,
            (None, None) => {
                let is_skipped = serde.any_of(&["skip", "skip_serializing"]).is_some();
                if is_written_whole || by_function || is_skipped || self.knows(field) { Rule::Serde } else { Rule::Open }
            }
        }
    }

    fn knows(&self, field: &Field) -> bool {
        types::is_known(&field.ty, self.generics)
    }

    /// Reports what is wrong with the rule book, once, where the first rule wants it.
    fn tell_of_the_book(&mut self, word: &Ident, names_some: bool) {
        match self.book {
            BookSource::Broken { messages } if !self.is_book_told => {
                messages.iter().for_each(|message| self.errors.at(word, message));
                self.is_book_told = true;
            }
            // A name that nobody declares is reported by itself.
            BookSource::Missing if !names_some => {
                self.errors.at(
                    word,
                    "there is no `security.toml`; create one beside the `Cargo.toml` of the workspace; an empty \
                     file is a valid start",
                );
            }
            _ => {}
        }
    }
}
