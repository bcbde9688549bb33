//! What can be told of a type by how it is written: the containers of std, and what is in them.
//! A name may be an alias, so what is not known here is asked of the compiler.

use super::rules::Rule;
use proc_macro2::Ident;
use quote::ToTokens;
use syn::{GenericArgument, PathArguments, Type};

/// The types that hold others.
const CONTAINERS: [&str; 11] =
    ["Option", "Box", "Secret", "Vec", "VecDeque", "LinkedList", "HashSet", "BTreeSet", "BinaryHeap", "HashMap", "BTreeMap"];

/// The types of the rules' kinds.
const NUMBERS: [&str; 14] =
    ["u8", "u16", "u32", "u64", "u128", "usize", "i8", "i16", "i32", "i64", "i128", "isize", "f32", "f64"];
const OTHERS: [&str; 13] = [
    "char",
    "Bytes",
    "BytesMut",
    "Uuid",
    "Duration",
    "SystemTime",
    "IpAddr",
    "Ipv4Addr",
    "Ipv6Addr",
    "SocketAddr",
    "PathBuf",
    "OsString",
    "PhantomData",
];

/// What rules are for.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Class {
    Text,
    Number,
    /// `true` or `false`.
    Flag,
    /// What `inner` goes into.
    List,
    /// What has a length, and is not gone into.
    Set,
    Map,
    /// What is known, and of no kind that rules are for.
    Other,
    /// A name that may be anything.
    Unknown,
}

impl Class {
    /// The class of a type that is no `Option`.
    pub(super) fn of(ty: &Type) -> Self {
        match known(ty) {
            Some(("Vec", _)) => return Self::List,
            Some(("HashMap" | "BTreeMap", _)) => return Self::Map,
            Some(("Box", Type::Slice(_))) => return Self::List,
            Some(("Box", content)) if name(content).is_some_and(|name| name == "str") => return Self::Text,
            Some(("Secret", content)) => return Self::of(content),
            Some(("Box" | "Option", _)) => return Self::Unknown,
            Some(_) => return Self::Set,
            None => {}
        }
        match ty {
            Type::Array(_) | Type::Slice(_) => return Self::List,
            Type::Tuple(_) => return Self::Other,
            _ => {}
        }
        let Some(name) = name(ty) else { return Self::Unknown };
        match name.to_string().as_str() {
            "String" => Self::Text,
            "bool" => Self::Flag,
            name if NUMBERS.contains(&name) => Self::Number,
            name if OTHERS.contains(&name) => Self::Other,
            _ => Self::Unknown,
        }
    }
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

/// Whether the type is an `Option`.
pub(super) fn is_option(ty: &Type) -> bool {
    matches!(known(ty), Some(("Option", _)))
}

/// Whether the type is a number with a fraction, or an `Option` of one.
pub(super) fn is_float(ty: &Type) -> bool {
    let (ty, _) = through_option(ty, &[]);
    name(ty).is_some_and(|name| name == "f64" || name == "f32")
}

/// The rules for what is in the field.
pub(super) fn inner(rules: &[Rule]) -> Vec<Rule> {
    rules.iter().filter(|rule| rule.is("inner")).flat_map(Rule::inner).collect()
}

/// What a list holds, into which `inner` goes.
pub(super) fn element(ty: &Type) -> Option<&Type> {
    if let Type::Array(array) = ty {
        return Some(&array.elem);
    }
    match known(ty) {
        Some(("Option" | "Box" | "Secret" | "HashMap" | "BTreeMap", _)) | None => None,
        Some((_, element)) => Some(element),
    }
}

/// The name of a type of std's, and what it holds, or the last thing that it holds.
pub(super) fn known(ty: &Type) -> Option<(&'static str, &Type)> {
    let Type::Path(path) = ty else {
        return None;
    };
    let last = path.path.segments.last()?;
    let name = CONTAINERS.into_iter().find(|name| last.ident == name)?;
    let mut types = arguments(ty);
    let first = types.next()?;
    let content = if name.ends_with("Map") { types.next()? } else { first };
    Some((name, content))
}

/// The first type that a type holds, as the key of a map.
pub(super) fn key(ty: &Type) -> Option<&Type> {
    arguments(ty).next()
}

/// How the type is called in a message: by its last name.
pub(super) fn written(ty: &Type) -> String {
    match ty {
        Type::Path(path) => path.path.segments.last().map(|last| last.ident.to_string()).unwrap_or_default(),
        Type::Array(_) => "an array".to_owned(),
        Type::Tuple(_) => "a tuple".to_owned(),
        _ => ty.to_token_stream().to_string(),
    }
}

fn arguments(ty: &Type) -> impl Iterator<Item = &Type> {
    let last = match ty {
        Type::Path(path) => path.path.segments.last(),
        _ => None,
    };
    let arguments = last.and_then(|last| match &last.arguments {
        PathArguments::AngleBracketed(arguments) => Some(&arguments.args),
        _ => None,
    });
    arguments.into_iter().flatten().filter_map(|argument| match argument {
        GenericArgument::Type(ty) => Some(ty),
        _ => None,
    })
}

/// The last name of a path without arguments.
fn name(ty: &Type) -> Option<&Ident> {
    match ty {
        Type::Path(path) => path.path.segments.last().filter(|last| last.arguments.is_none()).map(|last| &last.ident),
        _ => None,
    }
}
