//! Reads a type out of a document, as `serde_json` and its like do, and learns two things that they do not tell:
//! what is wrong, without what was sent, and which names the type declares for the keys.

use super::{
    document::{Node, Object, Shape},
    fault::Fault,
    pointer::Segment,
    word::Word,
    wrapped,
};
use crate::input;
use serde::{
    Deserializer,
    de::{DeserializeSeed, EnumAccess, MapAccess, SeqAccess, VariantAccess, Visitor},
    forward_to_deserialize_any,
};
use std::{borrow::Cow, cell::Cell, slice};

macro_rules! number {
    ($($method:ident)*) => {$(
        fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
            match self {
                Node::Word(text) => Word::value(text).$method(visitor),
                Node::Digits(digits) => match digits.parse() {
                    Ok(value) => visitor.visit_f64(value),
                    Err(_) => Err(Fault::expected(&visitor)),
                },
                _ => self.deserialize_any(visitor),
            }
        }
    )*};
}

/// As `serde_json` does: a visitor of names takes a number for one of them, if it gets one.
macro_rules! text {
    ($($method:ident)*) => {$(
        fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
            match self {
                Node::Text(text) | Node::Word(text) => visitor.visit_str(text),
                _ => Err(Fault::expected(&visitor)),
            }
        }
    )*};
}

macro_rules! list {
    ($($method:ident($($argument:ident: $type:ty),*))*) => {$(
        fn $method<V: Visitor<'de>>(self, $($argument: $type,)* visitor: V) -> Result<V::Value, Fault> {
            match self {
                Node::Object(Object { pairs, ordered: true, .. }) => visit_list(Elements::of_pairs(pairs), visitor),
                _ => self.deserialize_any(visitor),
            }
        }
    )*};
}

impl<'de> Deserializer<'de> for &Node<'_> {
    type Error = Fault;

    number! {
        deserialize_bool deserialize_i8 deserialize_i16 deserialize_i32 deserialize_i64 deserialize_u8 deserialize_u16 deserialize_u32
        deserialize_u64 deserialize_f32 deserialize_f64
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        match self {
            // The only one of a field that takes several.
            #[cfg(feature = "multipart")]
            Node::File(_) => visit_list(Elements::of_list(slice::from_ref(self)), visitor),
            _ => self.deserialize_tuple(0, visitor),
        }
    }

    list! {
        deserialize_tuple(_length: usize)
        deserialize_tuple_struct(_name: &'static str, _length: usize)
    }

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        match self {
            Node::Null => visitor.visit_unit(),
            Node::Bool(value) => visitor.visit_bool(*value),
            Node::Unsigned(value) => visitor.visit_u64(*value),
            Node::Signed(value) => visitor.visit_i64(*value),
            Node::Float(value) => visitor.visit_f64(*value),
            Node::Digits(digits) => wrapped::number(digits, visitor),
            Node::Text(text) | Node::Word(text) => visitor.visit_str(text),
            #[cfg(feature = "multipart")]
            Node::File(_) => Err(Fault::expected(&visitor)),
            Node::List(items) => visit_list(Elements::of_list(items), visitor),
            Node::Object(object) => {
                // A struct with another one's fields reads these after it has read all others, out of what has no places.
                input::lost();
                visitor.visit_map(Entries::of(object)).map_err(|fault| match input::lost() {
                    Some(name) => fault.within_lost(Segment::Name(name.to_owned())),
                    None => fault,
                })
            }
        }
    }

    fn deserialize_i128<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        match self {
            Node::Word(text) | Node::Digits(text) => Word::value(text).deserialize_i128(visitor),
            Node::Float(value) if value.fract() == 0.0 => Err(Fault::beyond_64_bits()),
            _ => self.deserialize_any(visitor),
        }
    }

    fn deserialize_u128<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        match self {
            Node::Word(text) | Node::Digits(text) => Word::value(text).deserialize_u128(visitor),
            Node::Float(value) if value.fract() == 0.0 => Err(Fault::beyond_64_bits()),
            _ => self.deserialize_any(visitor),
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        if matches!(self, Node::Null) { visitor.visit_none() } else { visitor.visit_some(self) }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, name: &'static str, visitor: V) -> Result<V::Value, Fault> {
        #[cfg(feature = "multipart")]
        if name == super::multipart::TICKET {
            return match self {
                Node::File(number) => visitor.visit_u64(*number),
                _ => Err(Fault::expected(&visitor)),
            };
        }
        if name == wrapped::RAW_VALUE {
            return wrapped::raw(self, visitor);
        }
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Fault> {
        // As `serde_json` does, and not by `deserialize_any`: what that could visit is built for every type that is read.
        match self {
            Node::Object(object) => {
                object.shape.set(Shape::Fields(fields));
                visitor.visit_map(Entries::of(object))
            }
            Node::List(items) => visit_list(Elements::of_list(items), visitor),
            _ => Err(Fault::expected(&visitor)),
        }
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        name: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Fault> {
        match self {
            Node::Text(text) | Node::Word(text) => Word::value(text).deserialize_enum(name, variants, visitor),
            Node::Object(object) => match object.pairs.as_slice() {
                [(name, value)] => visitor.visit_enum(Variant { object, name, value }),
                _ => Err(Fault::expected(&visitor)),
            },
            _ => Err(Fault::expected(&visitor)),
        }
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        visitor.visit_unit()
    }

    text! { deserialize_char deserialize_str deserialize_string deserialize_identifier }

    forward_to_deserialize_any! { bytes byte_buf unit unit_struct map }
}

/// Visits the elements of a list, which the visitor is to take to the last one.
fn visit_list<'de, V: Visitor<'de>>(mut elements: Elements<'_>, visitor: V) -> Result<V::Value, Fault> {
    let value = visitor.visit_seq(&mut elements)?;
    match elements.next() {
        Some(_) => Err(Fault::new("type", "has more elements than are taken here")),
        None => Ok(value),
    }
}

/// The elements of a list, or the values of an object whose order counts.
struct Elements<'n> {
    nodes: Either<'n>,
    index: usize,
}

enum Either<'n> {
    List(slice::Iter<'n, Node<'n>>),
    Pairs(slice::Iter<'n, Pair<'n>>),
}

impl<'n> Elements<'n> {
    fn of_list(items: &'n [Node<'n>]) -> Self {
        Self { nodes: Either::List(items.iter()), index: 0 }
    }

    fn of_pairs(pairs: &'n [Pair<'n>]) -> Self {
        Self { nodes: Either::Pairs(pairs.iter()), index: 0 }
    }

    fn next(&mut self) -> Option<(Segment, &'n Node<'n>)> {
        match &mut self.nodes {
            Either::List(items) => {
                let index = self.index;
                self.index += 1;
                items.next().map(|item| (Segment::Index(index), item))
            }
            Either::Pairs(pairs) => pairs.next().map(|(name, value)| (Segment::Name(name.to_string()), value)),
        }
    }
}

impl<'de> SeqAccess<'de> for Elements<'_> {
    type Error = Fault;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, Fault> {
        let Some((segment, node)) = self.next() else { return Ok(None) };
        match seed.deserialize(node) {
            Ok(element) => Ok(Some(element)),
            Err(fault) => Err(fault.within(segment)),
        }
    }
}

type Pair<'n> = (Cow<'n, str>, Node<'n>);

struct Entries<'n> {
    object: &'n Object<'n>,
    rest: slice::Iter<'n, Pair<'n>>,
    /// The pair whose value is next, and whether its key is a name that the type declares.
    value: Option<(&'n Pair<'n>, bool)>,
}

impl<'n> Entries<'n> {
    fn of(object: &'n Object<'n>) -> Self {
        if let Some(names) = input::announced() {
            object.names.set(Some(names));
        }
        Self { object, rest: object.pairs.iter(), value: None }
    }

    /// Notes what the type made of the key that was read last.
    fn was_read(&mut self, pair: &'n Pair<'n>, declared: bool) {
        if declared && self.object.shape.get() == Shape::Free {
            self.object.shape.set(Shape::Flattened);
        }
        self.value = Some((pair, declared));
    }

    /// The fault in the value of a pair, seen from the object.
    fn within(&self, fault: Fault, name: &str, declared: bool) -> Fault {
        let named = match self.object.shape.get() {
            Shape::Fields(fields) => fields.contains(&name),
            // Beside what the type declares there are keys of the client's, but their values are kept for later and cannot fail here.
            _ => declared,
        };
        if named { fault.within(Segment::Name(name.to_owned())) } else { fault.within_map() }
    }
}

impl<'de> MapAccess<'de> for Entries<'_> {
    type Error = Fault;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Fault> {
        let Some(pair) = self.rest.next() else { return Ok(None) };
        let declared = Cell::new(false);
        let key = seed.deserialize(Word::key(&pair.0, &declared))?;
        self.was_read(pair, declared.get());
        Ok(Some(key))
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Fault> {
        let Some(((name, value), declared)) = self.value.take() else { return Err(Fault::generic()) };
        match seed.deserialize(value) {
            Ok(value) => Ok(value),
            Err(fault) => Err(self.within(fault, name, declared)),
        }
    }
}

/// An enum's variant with content, `{"variant": content}`.
struct Variant<'n> {
    object: &'n Object<'n>,
    name: &'n str,
    value: &'n Node<'n>,
}

impl Variant<'_> {
    /// What the content is read as, now that the name is known to be one that the type declares.
    fn content<T>(self, shape: Shape, read: impl FnOnce(&Node<'_>) -> Result<T, Fault>) -> Result<T, Fault> {
        self.object.shape.set(shape);
        read(self.value).map_err(|fault| fault.within(Segment::Name(self.name.to_owned())))
    }
}

impl<'de> EnumAccess<'de> for Variant<'_> {
    type Error = Fault;
    type Variant = Self;

    fn variant_seed<V: DeserializeSeed<'de>>(self, seed: V) -> Result<(V::Value, Self), Fault> {
        Ok((seed.deserialize(Word::value(self.name))?, self))
    }
}

impl<'de> VariantAccess<'de> for Variant<'_> {
    type Error = Fault;

    /// The only kind that can stand for any name (`#[serde(other)]`), so this name may be the client's.
    fn unit_variant(self) -> Result<(), Fault> {
        if matches!(self.value, Node::Null) { Ok(()) } else { Err(Fault::new("type", "this variant has no content")) }
    }

    fn newtype_variant_seed<T: DeserializeSeed<'de>>(self, seed: T) -> Result<T::Value, Fault> {
        self.content(Shape::Newtype, |value| seed.deserialize(value))
    }

    fn tuple_variant<V: Visitor<'de>>(self, _length: usize, visitor: V) -> Result<V::Value, Fault> {
        self.content(Shape::Variant, |value| value.deserialize_any(visitor))
    }

    fn struct_variant<V: Visitor<'de>>(self, fields: &'static [&'static str], visitor: V) -> Result<V::Value, Fault> {
        self.content(Shape::Variant, |value| value.deserialize_struct("", fields, visitor))
    }
}
