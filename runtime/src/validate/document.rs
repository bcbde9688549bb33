//! An input as a tree, which types are read out of (`read`): within its bounds, and well formed.
//! Reading notes in the objects which fields the type declares there, so that what is wrong can be told by their names.

use crate::input::Names;
use std::{borrow::Cow, cell::Cell};

/// One value of an input.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Node<'a> {
    Null,
    Bool(bool),
    Unsigned(u64),
    Signed(i64),
    Float(f64),
    /// A number that none of these is exactly, where `serde_json` has its digits.
    Digits(Cow<'a, str>),
    /// A JSON string.
    Text(Cow<'a, str>),
    /// A value of a form, a query or a path: a string, or a number if one is asked for.
    Word(Cow<'a, str>),
    /// A file that was received, by its number.
    #[cfg(feature = "multipart")]
    File(u64),
    List(Vec<Node<'a>>),
    Object(Object<'a>),
}

/// Keys and values, in the order of the input and with its duplicates.
#[derive(Clone, Debug, Default)]
pub(super) struct Object<'a> {
    pub(super) pairs: Vec<(Cow<'a, str>, Node<'a>)>,
    /// Whether a list can be read out of it: the parameters of a path have both names and an order.
    pub(super) ordered: bool,
    pub(super) shape: Cell<Shape>,
    /// What an input type that is read out of it says of its names.
    pub(super) names: Cell<Option<&'static Names>>,
}

/// Equal as inputs: what was noted while a type was read out of it does not count.
impl PartialEq for Object<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.pairs == other.pairs && self.ordered == other.ordered
    }
}

/// What the type that is read out of an object makes of its keys.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) enum Shape {
    /// Nothing that is known, as in a map: the keys are the client's.
    #[default]
    Free,
    /// The fields of a struct that flattens others into itself, so that only those in the input are known.
    Flattened,
    /// The fields of a struct, all of them.
    Fields(&'static [&'static str]),
    /// The one key is the name of a variant.
    Variant,
    /// The same, and the content is that of its only field, which has no name and no index on the wire.
    Newtype,
}

impl<'a> Node<'a> {
    /// The tree of a form, a query (`ordered` is false) or a path (`ordered` is true).
    pub(super) fn from_pairs(pairs: impl IntoIterator<Item = (Cow<'a, str>, Cow<'a, str>)>, ordered: bool) -> Self {
        let pairs = pairs.into_iter().map(|(name, value)| (name, Node::Word(value))).collect();
        Self::Object(Object { pairs, ordered, ..Object::default() })
    }
}
