//! Which types of a field no rule bounds: those are put to the compiler, which knows what is behind an alias.
//! The rules of garde go down into a type level by level, and so does this.

use super::{
    model::{Field, says},
    rules::Rule,
};
use syn::{GenericArgument, PathArguments, Type};

/// A type that no rule bounds.
pub(super) struct Suspect<'a> {
    pub(super) ty: &'a Type,
    /// Whether it is the value of a map, into which garde's rules do not go.
    pub(super) in_map: bool,
}

/// The types in the field whose length nothing bounds, if they are of a kind that has one.
pub(super) fn unbounded(field: &Field) -> Vec<Suspect<'_>> {
    let mut found = Vec::new();
    if field.own.unbounded.is_none() && !field.is_not_read() {
        descend(&field.ty, &field.rules, false, &mut found);
    }
    found
}

fn descend<'a>(ty: &'a Type, rules: &[Rule], in_map: bool, found: &mut Vec<Suspect<'a>>) {
    let (ty, rules) = through_option(ty, rules);
    let inner = inner(&rules);
    match known(ty) {
        Some(("Box", content)) => descend(content, &rules, in_map, found),
        _ if !rules.iter().any(Rule::bounds_length) => match ty {
            Type::Array(array) => descend(&array.elem, &inner, in_map, found),
            _ => found.push(Suspect { ty, in_map }),
        },
        Some((name, value)) if name.ends_with("Map") => descend(value, &[], true, found),
        Some((_, element)) => descend(element, &inner, in_map, found),
        None => {}
    }
}

fn inner(rules: &[Rule]) -> Vec<Rule> {
    rules.iter().filter(|rule| rule.is("inner")).flat_map(Rule::inner).collect()
}

/// What is in an `Option`, and its rules: garde's rules see through it, and `inner` goes no further than into it.
pub(super) fn through_option<'a>(ty: &'a Type, rules: &[Rule]) -> (&'a Type, Vec<Rule>) {
    match known(ty) {
        Some(("Option", content)) => {
            let both: Vec<Rule> = rules.iter().filter(|rule| !rule.is("inner")).cloned().chain(inner(rules)).collect();
            through_option(content, &both)
        }
        _ => (ty, rules.to_vec()),
    }
}

/// What a list holds, into which `inner` goes.
pub(super) fn element(ty: &Type) -> Option<&Type> {
    match known(ty) {
        Some(("Option" | "Box" | "HashMap" | "BTreeMap", _)) | None => None,
        Some((_, element)) => Some(element),
    }
}

/// Whether the field is a map that serde reads in its own way.
pub(super) fn is_map(field: &Field) -> bool {
    let own_way = ["with", "deserialize_with", "skip", "skip_deserializing"];
    matches!(known(&field.ty), Some(("HashMap" | "BTreeMap", _))) && !own_way.into_iter().any(|key| says(&field.serde, key))
}

/// The name of a type of std's, and what it holds, or the last thing that it holds.
fn known(ty: &Type) -> Option<(&'static str, &Type)> {
    const NAMES: [&str; 10] =
        ["Option", "Box", "Vec", "VecDeque", "LinkedList", "HashSet", "BTreeSet", "BinaryHeap", "HashMap", "BTreeMap"];

    let Type::Path(path) = ty else {
        return None;
    };
    let last = path.path.segments.last()?;
    let name = NAMES.into_iter().find(|name| last.ident == name)?;
    let PathArguments::AngleBracketed(arguments) = &last.arguments else {
        return None;
    };
    let mut types = arguments.args.iter().filter_map(|argument| match argument {
        GenericArgument::Type(ty) => Some(ty),
        _ => None,
    });
    let first = types.next()?;
    let content = if name.ends_with("Map") { types.next()? } else { first };
    Some((name, content))
}
