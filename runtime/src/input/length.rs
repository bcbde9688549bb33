//! Which types are as long as their sender likes, found by type, so that no alias hides one.
//! The derive asks for each field that no rule bounds; an inherent method is preferred to a trait's, and those types have one.

use crate::Secret;
use bytes::{Bytes, BytesMut};
use std::{
    borrow::Cow,
    cell::RefCell,
    cmp::Reverse,
    collections::{BTreeMap, BTreeSet, BinaryHeap, HashMap, HashSet, LinkedList, VecDeque},
    ffi::{CStr, CString, OsStr, OsString},
    fmt,
    marker::PhantomData,
    path::{Path, PathBuf},
    rc::Rc,
    sync::{Arc, Mutex, RwLock},
};
use zeroize::Zeroize;

/// The length of a type.
pub struct Length<T: ?Sized>(PhantomData<fn() -> Box<T>>);

impl<T: ?Sized> Length<T> {
    /// The length.
    pub const OF: Self = Self(PhantomData);
}

impl<T: ?Sized> fmt::Debug for Length<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Length")
    }
}

/// A length that the type bounds, or that means nothing for it.
#[derive(Debug)]
pub struct Bound;

/// A length that nothing bounds.
pub struct Endless<T: ?Sized>(PhantomData<fn() -> Box<T>>);

impl<T: ?Sized> fmt::Debug for Endless<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Endless")
    }
}

/// A type whose values are as long as their sender likes.
#[diagnostic::on_unimplemented(message = "`{Self}` is not known to be without bound")]
pub trait Unbounded {}

impl<T: Unbounded + ?Sized> Length<T> {
    /// None.
    #[must_use]
    pub const fn bound(&self) -> Endless<T> {
        Endless(PhantomData)
    }
}

/// What is true of a type unless it says otherwise.
pub trait AnyLength {
    /// There is one, or no need of one.
    fn bound(&self) -> Bound {
        Bound
    }
}

impl<T: ?Sized> AnyLength for Length<T> {}

macro_rules! bounded {
    ($($bounded:ident: $message:literal, $first:literal, $second:literal;)*) => {$(
        /// A length with a bound, or none that counts.
        #[diagnostic::on_unimplemented(message = $message, label = "as long as its sender likes", note = $first, note = $second)]
        pub trait $bounded {}

        #[diagnostic::do_not_recommend]
        impl $bounded for Bound {}
    )*};
}

bounded! {
    Bounded: "no rule bounds the length of this field",
        "say how long it may be: `#[garde(length(max = 100))]`, and `inner(length(max = 100))` for what is in it",
        "or say why nothing does: `#[garde(skip)]` and `#[input(unbounded = \"a trusted importer sends it\")]`";
    BoundedInMap: "no rule bounds the length of what is in this map",
        "garde's rules do not go into a map; give the values a type: \
         `#[derive(Input)] struct Label(#[garde(length(max = 100))] String);`, and `#[garde(length(max = 100), dive)]` to the map",
        "or say why nothing does: `#[input(unbounded = \"a trusted importer sends it\")]`";
    BoundedKeys: "no rule bounds the length of the keys of this map",
        "say how long a key may be: `#[input(keys(max = 100))]`",
        "or say why nothing does: `#[input(unbounded = \"a trusted importer sends it\")]`";
    BoundedInSet: "no rule bounds the length of what is in this set",
        "`inner` goes into a `Vec` and no other list; take one, or give the elements a type: \
         `#[derive(Input)] struct Label(#[garde(length(max = 100))] String);`, and `#[garde(length(max = 100), dive)]` to the set",
        "or say why nothing does: `#[input(unbounded = \"a trusted importer sends it\")]`";
    BoundedInTuple: "no rule bounds the length of this part of a tuple",
        "garde's rules do not go into a tuple; make it a type: \
         `#[derive(Input)] struct Pair(#[garde(length(max = 100))] String, #[garde(skip)] bool);`, and `#[garde(dive)]` to the field",
        "or say why nothing does: `#[input(unbounded = \"a trusted importer sends it\")]`";
    BoundedInAlias: "no rule bounds the length of what is in this type",
        "write it out, as `Vec<String>`, so that what is in it is seen; then `inner(length(max = 100))` bounds it in a `Vec`, \
         `#[input(keys(max = 100))]` the keys of a map, and a type of its own that derives `Input` anything else",
        "or say why nothing does: `#[input(unbounded = \"a trusted importer sends it\")]`";
}

// By hand, so that an error does not go on about a macro.

/// Compiles for lengths with a bound.
pub const fn bounded<B: Bounded>(_: &B) {}

/// Compiles for lengths with a bound.
pub const fn bounded_in_map<B: BoundedInMap>(_: &B) {}

/// Compiles for lengths with a bound.
pub const fn bounded_keys<B: BoundedKeys>(_: &B) {}

/// Compiles for lengths with a bound.
pub const fn bounded_in_set<B: BoundedInSet>(_: &B) {}

/// Compiles for lengths with a bound.
pub const fn bounded_in_tuple<B: BoundedInTuple>(_: &B) {}

/// Compiles for lengths with a bound.
pub const fn bounded_in_alias<B: BoundedInAlias>(_: &B) {}

macro_rules! unbounded {
    ($([$($generic:ident),*] $ty:ty;)*) => {$(
        impl<$($generic),*> Unbounded for $ty {}
    )*};
}

unbounded! {
    [] str;
    [] String;
    [] OsStr;
    [] OsString;
    [] CStr;
    [] CString;
    [] Path;
    [] PathBuf;
    [] Bytes;
    [] BytesMut;
    [] serde_json::Value;
    [T] [T];
    [T] Vec<T>;
    [T] VecDeque<T>;
    [T] LinkedList<T>;
    [T] BinaryHeap<T>;
    [T] BTreeSet<T>;
    [K, V] BTreeMap<K, V>;
    [T, S] HashSet<T, S>;
    [K, V, S] HashMap<K, V, S>;
    [K, V] serde_json::Map<K, V>;
}

/// What a type holds, by its number: the first is what is in a list, or the keys of a map.
pub struct Part<T: ?Sized, const N: usize>(PhantomData<fn() -> Box<T>>);

impl<T: ?Sized, const N: usize> Part<T, N> {
    /// The part.
    pub const OF: Self = Self(PhantomData);
}

impl<T: ?Sized, const N: usize> fmt::Debug for Part<T, N> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Part")
    }
}

/// A type of which that part is as long as its sender likes.
#[diagnostic::on_unimplemented(message = "no part of `{Self}` is known to be without bound")]
pub trait UnboundedPart<const N: usize> {}

impl<T: UnboundedPart<N> + ?Sized, const N: usize> Part<T, N> {
    /// None.
    #[must_use]
    pub const fn bound(&self) -> Endless<T> {
        Endless(PhantomData)
    }
}

/// What is true of a part unless its type says otherwise.
pub trait AnyPart {
    /// There is one, or no need of one.
    fn bound(&self) -> Bound {
        Bound
    }
}

impl<T: ?Sized, const N: usize> AnyPart for Part<T, N> {}

macro_rules! unbounded_part {
    ($([$($generics:tt)*] $part:literal of $ty:ty;)*) => {$(
        impl<$($generics)*> UnboundedPart<$part> for $ty {}
    )*};
}

unbounded_part! {
    [T: Unbounded] 0 of [T];
    [T: Unbounded, const N: usize] 0 of [T; N];
    [T: Unbounded] 0 of Vec<T>;
    [T: Unbounded] 0 of VecDeque<T>;
    [T: Unbounded] 0 of LinkedList<T>;
    [T: Unbounded] 0 of BinaryHeap<T>;
    [T: Unbounded] 0 of BTreeSet<T>;
    [T: Unbounded, S] 0 of HashSet<T, S>;
    [K: Unbounded, V] 0 of BTreeMap<K, V>;
    [K, V: Unbounded] 1 of BTreeMap<K, V>;
    [K: Unbounded, V, S] 0 of HashMap<K, V, S>;
    [K, V: Unbounded, S] 1 of HashMap<K, V, S>;
    [A: Unbounded] 0 of (A,);
    [A: Unbounded, B] 0 of (A, B);
    [A, B: Unbounded] 1 of (A, B);
    [A: Unbounded, B, C] 0 of (A, B, C);
    [A, B: Unbounded, C] 1 of (A, B, C);
    [A, B, C: Unbounded] 2 of (A, B, C);
    [A: Unbounded, B, C, D] 0 of (A, B, C, D);
    [A, B: Unbounded, C, D] 1 of (A, B, C, D);
    [A, B, C: Unbounded, D] 2 of (A, B, C, D);
    [A, B, C, D: Unbounded] 3 of (A, B, C, D);
}

impl<T: UnboundedPart<N>, const N: usize> UnboundedPart<N> for Option<T> {}
impl<T: UnboundedPart<N> + ?Sized, const N: usize> UnboundedPart<N> for Box<T> {}

impl<T: Unbounded> Unbounded for Option<T> {}
impl<T: Unbounded> Unbounded for Reverse<T> {}
impl<T: Unbounded + ?Sized> Unbounded for RefCell<T> {}
impl<T: Unbounded + ?Sized> Unbounded for Mutex<T> {}
impl<T: Unbounded + ?Sized> Unbounded for RwLock<T> {}
impl<T: Unbounded + ?Sized> Unbounded for Box<T> {}
impl<T: Unbounded + ?Sized> Unbounded for Rc<T> {}
impl<T: Unbounded + ?Sized> Unbounded for Arc<T> {}
impl<T: Unbounded + ToOwned + ?Sized> Unbounded for Cow<'_, T> {}
impl<T: Unbounded + Zeroize> Unbounded for Secret<T> {}
