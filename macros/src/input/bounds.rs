//! Which types of a field no rule bounds: those are put to the compiler, which knows what is behind an alias.
//! The rules of garde go down into a type level by level, and so does this.

use super::{
    model::{Field, Shape, says},
    rules::Rule,
    types::{self, Class, known},
};
use proc_macro2::Ident;
use syn::{Generics, Type};

/// A type that no rule bounds.
#[derive(Clone, Copy)]
pub(super) struct Suspect<'a> {
    pub(super) ty: &'a Type,
    pub(super) place: Place,
}

/// What the type is of in its field, which decides about what to write.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Place {
    /// The field itself, or what `inner` goes to.
    Field,
    /// The elements of a set and its like, to which `inner` does not go.
    Set,
    /// The keys of a map.
    Keys,
    /// The values of a map.
    Values,
    /// A part of a tuple.
    Tuple,
    /// Anything that a type holds of which no more than the name is known here.
    Parts,
    /// The same, but for the keys of a map.
    PartsButKeys,
    /// Where a type parameter stands, without a rule that asks something of it.
    Parameter,
}

impl Place {
    /// The function of the runtime that takes no type without bound there.
    pub(super) const fn check(self) -> &'static str {
        match self {
            Self::Field => "bounded",
            Self::Set => "bounded_in_set",
            Self::Keys => "bounded_keys",
            Self::Values => "bounded_in_map",
            Self::Tuple => "bounded_in_tuple",
            Self::Parts | Self::PartsButKeys | Self::Parameter => "bounded_in_alias",
        }
    }
}

/// The types in the field whose length nothing bounds, if they are of a kind that has one.
pub(super) fn unbounded<'a>(field: &'a Field, shape: &Shape, generics: &Generics) -> Vec<Suspect<'a>> {
    let mut found = Vec::new();
    if field.own.unbounded.is_none() && !field.is_not_read() {
        let mut search =
            Search { shape, generics, keys: field.own.keys.is_some(), dives: field.rules.iter().any(dives), found: &mut found };
        search.descend(&field.ty, &field.rules, Place::Field);
    }
    found
}

/// The type parameters in the fields of which no rule asks anything.
pub(super) fn of_parameters<'a>(shape: &'a Shape, generics: &Generics) -> Vec<&'a Type> {
    let suspects = shape.fields.iter().flat_map(|field| unbounded(field, shape, generics));
    suspects.filter(|suspect| suspect.place == Place::Parameter).map(|suspect| suspect.ty).collect()
}

fn dives(rule: &Rule) -> bool {
    rule.is("dive") || rule.inner().iter().any(dives)
}

struct Search<'a, 's> {
    shape: &'s Shape,
    generics: &'s Generics,
    /// Whether the keys of maps are bounded.
    keys: bool,
    /// Whether what is at the bottom checks itself, if it can.
    dives: bool,
    found: &'s mut Vec<Suspect<'a>>,
}

impl<'a> Search<'a, '_> {
    fn descend(&mut self, ty: &'a Type, rules: &[Rule], place: Place) {
        let (ty, rules) = types::through_option(ty, rules);
        let inner = types::inner(&rules);
        let suspect = Suspect { ty, place };
        let is_bounded = rules.iter().any(|rule| bounds_length(rule, self.shape));
        match (known(ty), ty) {
            (Some(("Box" | "Secret", content)), _) => self.descend(content, &rules, place),
            _ if matches!(Class::of(ty), Class::Number | Class::Flag) => {}
            _ if self.is_parameter(ty) => {
                if (!self.dives || place == Place::Keys) && !is_bounded && !rules.iter().any(|rule| rule.is("range")) {
                    self.found.push(Suspect { ty, place: Place::Parameter });
                }
            }
            (_, Type::Tuple(tuple)) => tuple.elems.iter().for_each(|part| self.descend(part, &[], Place::Tuple)),
            (_, Type::Array(array)) => self.descend(&array.elem, &inner, place),
            (None, _) if Class::of(ty) != Class::Unknown => self.found.extend((!is_bounded).then_some(suspect)),
            (None, _) if !is_bounded => self.found.extend([suspect, self.parts(ty)]),
            (None, _) if !inner.iter().any(|rule| bounds_length(rule, self.shape)) => self.found.push(self.parts(ty)),
            (None, _) => {}
            (Some((name, content)), _) => {
                if !is_bounded {
                    self.found.push(suspect);
                }
                self.content(ty, name, content, &inner);
            }
        }
    }

    /// What is in a list or a map of std's.
    fn content(&mut self, ty: &'a Type, name: &str, content: &'a Type, inner: &[Rule]) {
        match name {
            "HashMap" | "BTreeMap" => {
                if let Some(key) = types::key(ty).filter(|_| !self.keys) {
                    self.descend(key, &[], Place::Keys);
                }
                self.descend(content, &[], Place::Values);
            }
            "Vec" => self.descend(content, inner, Place::Field),
            _ => self.descend(content, &[], Place::Set),
        }
    }

    fn is_parameter(&self, ty: &Type) -> bool {
        let is_it = |name: &Ident| matches!(ty, Type::Path(path) if path.path.is_ident(name));
        self.generics.type_params().any(|parameter| is_it(&parameter.ident))
    }

    fn parts(&self, ty: &'a Type) -> Suspect<'a> {
        Suspect { ty, place: if self.keys { Place::PartsButKeys } else { Place::Parts } }
    }
}

/// Whether what keeps the rule has an upper bound to its length. What is the same as another field has that field's.
fn bounds_length(rule: &Rule, shape: &Shape) -> bool {
    let of_other = || {
        let other = rule.matched()?;
        shape.fields.iter().find(|field| field.ident.as_ref() == Some(&other))
    };
    rule.bounds_length() || of_other().is_some_and(|other| other.rules.iter().any(Rule::bounds_length))
}

/// Whether the field is a map that serde reads in its own way.
pub(super) fn is_map(field: &Field) -> bool {
    matches!(known(&field.ty), Some(("HashMap" | "BTreeMap", _))) && is_read_by_serde(field)
}

/// Whether the field is a number with a fraction that serde reads in its own way.
pub(super) fn is_float(field: &Field) -> bool {
    types::is_float(&field.ty) && is_read_by_serde(field)
}

fn is_read_by_serde(field: &Field) -> bool {
    let own_way = ["with", "deserialize_with", "skip", "skip_deserializing"];
    !own_way.into_iter().any(|key| says(&field.serde, key))
}
