//! Where the text is in a type, for those who look at it and for those who change it.
//! An input type in another one has none of its own: it looks after itself.

use crate::Secret;
use std::{
    borrow::Cow,
    collections::{BTreeMap, BTreeSet, BinaryHeap, HashMap, HashSet, LinkedList, VecDeque},
    fmt,
    hash::{BuildHasher, Hash},
    ops::ControlFlow,
};
use zeroize::Zeroize;

/// What ends the looking.
pub type Found = ControlFlow<Refused>;

/// What is looked at.
#[derive(Clone, Copy, Debug)]
pub enum Leaf<'a> {
    /// A text.
    Text(&'a str),
    /// A number that may be none.
    Float(f64),
}

/// What is refused, and where that is in its field.
#[derive(Debug)]
pub struct Refused {
    what: &'static str,
    /// The indices, innermost first.
    place: Vec<usize>,
}

impl Refused {
    /// What is said of it.
    #[must_use]
    pub const fn new(what: &'static str) -> Self {
        Self { what, place: Vec::new() }
    }

    /// The same, seen from the list in which it has that index.
    fn within(mut self, index: usize) -> Self {
        self.place.push(index);
        self
    }

    /// The same, seen from something with no indices that a client could use: the keys of a map are the client's, and a set has no order.
    fn within_all(mut self) -> Self {
        self.place.clear();
        self
    }
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.what)?;
        if !self.place.is_empty() {
            f.write_str(AT)?;
        }
        self.place.iter().rev().try_for_each(|index| write!(f, "[{index}]"))
    }
}

/// What stands between what is refused and where.
pub(crate) const AT: &str = " at ";

/// A type that may have text in it.
pub trait Texts {
    /// Looks at each text, until one is found.
    fn each(&self, look: &mut dyn FnMut(Leaf<'_>) -> Found) -> Found;
}

/// A type whose texts can be changed in place.
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no text that could be sanitized",
    label = "no text",
    note = "`sanitize(…)` is for `String`, and for `Option`, `Vec`, `Box`, maps and `Secret` of it; a type of your own says it on its own fields"
)]
pub trait TextsMut {
    /// Changes each text.
    fn each_mut(&mut self, change: &dyn Fn(&mut String));
}

impl Texts for str {
    fn each(&self, look: &mut dyn FnMut(Leaf<'_>) -> Found) -> Found {
        look(Leaf::Text(self))
    }
}

impl Texts for String {
    fn each(&self, look: &mut dyn FnMut(Leaf<'_>) -> Found) -> Found {
        look(Leaf::Text(self))
    }
}

impl Texts for Cow<'_, str> {
    fn each(&self, look: &mut dyn FnMut(Leaf<'_>) -> Found) -> Found {
        look(Leaf::Text(self))
    }
}

impl Texts for char {
    fn each(&self, look: &mut dyn FnMut(Leaf<'_>) -> Found) -> Found {
        look(Leaf::Text(self.encode_utf8(&mut [0; 4])))
    }
}

impl<T: Texts + Zeroize> Texts for Secret<T> {
    fn each(&self, look: &mut dyn FnMut(Leaf<'_>) -> Found) -> Found {
        self.expose().each(look)
    }
}

impl<T: Texts + ?Sized> Texts for Box<T> {
    fn each(&self, look: &mut dyn FnMut(Leaf<'_>) -> Found) -> Found {
        (**self).each(look)
    }
}

macro_rules! of_elements {
    ($([$($generics:tt)*] $ty:ty;)*) => {$(
        impl<$($generics)*> Texts for $ty {
            fn each(&self, look: &mut dyn FnMut(Leaf<'_>) -> Found) -> Found {
                self.iter().enumerate().try_for_each(|(index, element)| element.each(look).map_break(|refused| refused.within(index)))
            }
        }
    )*};
}

of_elements! {
    [T: Texts] [T];
    [T: Texts, const N: usize] [T; N];
    [T: Texts] Vec<T>;
    [T: Texts] VecDeque<T>;
    [T: Texts] LinkedList<T>;
}

macro_rules! of_all {
    ($([$($generics:tt)*] $ty:ty;)*) => {$(
        impl<$($generics)*> Texts for $ty {
            fn each(&self, look: &mut dyn FnMut(Leaf<'_>) -> Found) -> Found {
                self.iter().try_for_each(|element| element.each(look)).map_break(Refused::within_all)
            }
        }
    )*};
}

of_all! {
    [T: Texts] BinaryHeap<T>;
    [T: Texts] BTreeSet<T>;
    [T: Texts, S] HashSet<T, S>;
}

macro_rules! of_pairs {
    ($([$($generics:tt)*] $ty:ty;)*) => {$(
        impl<$($generics)*> Texts for $ty {
            fn each(&self, look: &mut dyn FnMut(Leaf<'_>) -> Found) -> Found {
                let mut both = |(key, value): (&K, &V)| {
                    key.each(look)?;
                    value.each(look)
                };
                self.iter().try_for_each(&mut both).map_break(Refused::within_all)
            }
        }
    )*};
}

of_pairs! {
    [K: Texts, V: Texts] BTreeMap<K, V>;
    [K: Texts, V: Texts, S] HashMap<K, V, S>;
}

impl<T: Texts> Texts for Option<T> {
    fn each(&self, look: &mut dyn FnMut(Leaf<'_>) -> Found) -> Found {
        self.iter().try_for_each(|content| content.each(look))
    }
}

macro_rules! of_tuples {
    ($(($($part:ident $index:tt),*))*) => {$(
        impl<$($part: Texts),*> Texts for ($($part,)*) {
            fn each(&self, look: &mut dyn FnMut(Leaf<'_>) -> Found) -> Found {
                $(self.$index.each(look).map_break(|refused| refused.within($index))?;)*
                ControlFlow::Continue(())
            }
        }
    )*};
}

of_tuples! { (A 0) (A 0, B 1) (A 0, B 1, C 2) (A 0, B 1, C 2, D 3) }

macro_rules! of_floats {
    ($($ty:ty)*) => {$(
        impl Texts for $ty {
            fn each(&self, look: &mut dyn FnMut(Leaf<'_>) -> Found) -> Found {
                look(Leaf::Float((*self).into()))
            }
        }
    )*};
}

of_floats! { f32 f64 }

macro_rules! without {
    ($($ty:ty),*) => {$(
        impl Texts for $ty {
            fn each(&self, _: &mut dyn FnMut(Leaf<'_>) -> Found) -> Found {
                ControlFlow::Continue(())
            }
        }
    )*};
}

without! { (), bool, u8, u16, u32, u64, u128, usize, i8, i16, i32, i64, i128, isize }

impl TextsMut for String {
    fn each_mut(&mut self, change: &dyn Fn(&mut String)) {
        change(self);
    }
}

/// What was there before is overwritten, as when the secret is dropped.
impl<T: TextsMut + Clone + Zeroize> TextsMut for Secret<T> {
    fn each_mut(&mut self, change: &dyn Fn(&mut String)) {
        let mut changed = self.expose().clone();
        changed.each_mut(change);
        *self = Self::new(changed);
    }
}

impl<T: TextsMut + ?Sized> TextsMut for Box<T> {
    fn each_mut(&mut self, change: &dyn Fn(&mut String)) {
        (**self).each_mut(change);
    }
}

macro_rules! change_elements {
    ($([$($generics:tt)*] $ty:ty, $iter:ident;)*) => {$(
        impl<$($generics)*> TextsMut for $ty {
            fn each_mut(&mut self, change: &dyn Fn(&mut String)) {
                self.$iter().for_each(|element| element.each_mut(change));
            }
        }
    )*};
}

change_elements! {
    [T: TextsMut] Option<T>, iter_mut;
    [T: TextsMut] [T], iter_mut;
    [T: TextsMut, const N: usize] [T; N], iter_mut;
    [T: TextsMut] Vec<T>, iter_mut;
    [T: TextsMut] VecDeque<T>, iter_mut;
    [T: TextsMut] LinkedList<T>, iter_mut;
    [K, V: TextsMut] BTreeMap<K, V>, values_mut;
    [K, V: TextsMut, S] HashMap<K, V, S>, values_mut;
}

impl TextsMut for BTreeSet<String> {
    fn each_mut(&mut self, change: &dyn Fn(&mut String)) {
        *self = changed(std::mem::take(self), change).collect();
    }
}

impl<S: BuildHasher + Default> TextsMut for HashSet<String, S>
where
    String: Hash,
{
    fn each_mut(&mut self, change: &dyn Fn(&mut String)) {
        *self = changed(std::mem::take(self), change).collect();
    }
}

fn changed(texts: impl IntoIterator<Item = String>, change: &dyn Fn(&mut String)) -> impl Iterator<Item = String> {
    texts.into_iter().map(|mut text| {
        change(&mut text);
        text
    })
}
