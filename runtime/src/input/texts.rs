//! Where the text is in a type, for those who look at it and for those who change it.
//! An input type in another one has none of its own: it looks after itself.

use crate::Secret;
use std::{
    borrow::Cow,
    collections::{BTreeMap, BTreeSet, HashMap, HashSet, LinkedList, VecDeque},
    hash::{BuildHasher, Hash},
    ops::ControlFlow,
};
use zeroize::Zeroize;

/// What is said of a text that ends the looking.
type Found = ControlFlow<&'static str>;

/// A type that may have text in it.
pub trait Texts {
    /// Looks at each text, until one is found.
    fn each(&self, look: &mut dyn FnMut(&str) -> Found) -> Found;
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
    fn each(&self, look: &mut dyn FnMut(&str) -> Found) -> Found {
        look(self)
    }
}

impl Texts for String {
    fn each(&self, look: &mut dyn FnMut(&str) -> Found) -> Found {
        look(self)
    }
}

impl Texts for Cow<'_, str> {
    fn each(&self, look: &mut dyn FnMut(&str) -> Found) -> Found {
        look(self)
    }
}

impl Texts for char {
    fn each(&self, look: &mut dyn FnMut(&str) -> Found) -> Found {
        look(self.encode_utf8(&mut [0; 4]))
    }
}

impl<T: Texts + Zeroize> Texts for Secret<T> {
    fn each(&self, look: &mut dyn FnMut(&str) -> Found) -> Found {
        self.expose().each(look)
    }
}

impl<T: Texts + ?Sized> Texts for Box<T> {
    fn each(&self, look: &mut dyn FnMut(&str) -> Found) -> Found {
        (**self).each(look)
    }
}

macro_rules! of_elements {
    ($([$($generics:tt)*] $ty:ty;)*) => {$(
        impl<$($generics)*> Texts for $ty {
            fn each(&self, look: &mut dyn FnMut(&str) -> Found) -> Found {
                self.iter().try_for_each(|element| element.each(look))
            }
        }
    )*};
}

of_elements! {
    [T: Texts] Option<T>;
    [T: Texts] [T];
    [T: Texts, const N: usize] [T; N];
    [T: Texts] Vec<T>;
    [T: Texts] VecDeque<T>;
    [T: Texts] LinkedList<T>;
    [T: Texts] BTreeSet<T>;
    [T: Texts, S] HashSet<T, S>;
}

macro_rules! of_pairs {
    ($([$($generics:tt)*] $ty:ty;)*) => {$(
        impl<$($generics)*> Texts for $ty {
            fn each(&self, look: &mut dyn FnMut(&str) -> Found) -> Found {
                self.iter().try_for_each(|(key, value)| {
                    key.each(look)?;
                    value.each(look)
                })
            }
        }
    )*};
}

of_pairs! {
    [K: Texts, V: Texts] BTreeMap<K, V>;
    [K: Texts, V: Texts, S] HashMap<K, V, S>;
}

impl<A: Texts, B: Texts> Texts for (A, B) {
    fn each(&self, look: &mut dyn FnMut(&str) -> Found) -> Found {
        self.0.each(look)?;
        self.1.each(look)
    }
}

impl<A: Texts, B: Texts, C: Texts> Texts for (A, B, C) {
    fn each(&self, look: &mut dyn FnMut(&str) -> Found) -> Found {
        self.0.each(look)?;
        self.1.each(look)?;
        self.2.each(look)
    }
}

macro_rules! without {
    ($($ty:ty),*) => {$(
        impl Texts for $ty {
            fn each(&self, _: &mut dyn FnMut(&str) -> Found) -> Found {
                ControlFlow::Continue(())
            }
        }
    )*};
}

without! { (), bool, u8, u16, u32, u64, u128, usize, i8, i16, i32, i64, i128, isize, f32, f64 }

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
