//! Which types are as long as their sender likes, found by type, so that no alias hides one.
//! The derive asks for each field that no rule bounds; an inherent method is preferred to a trait's, and those types have one.

use crate::Secret;
use bytes::{Bytes, BytesMut};
use std::{
    borrow::Cow,
    collections::{BTreeMap, BTreeSet, BinaryHeap, HashMap, HashSet, LinkedList, VecDeque},
    ffi::OsString,
    fmt,
    marker::PhantomData,
    path::PathBuf,
    rc::Rc,
    sync::Arc,
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

/// A length with a bound.
#[diagnostic::on_unimplemented(
    message = "no rule bounds the length of this field",
    label = "as long as its sender likes",
    note = "say how long it may be: `#[garde(length(max = 100))]`, and `inner(length(max = 100))` for what is in it",
    note = "or say why nothing does: `#[garde(skip)]` and `#[input(unbounded = \"a trusted importer sends it\")]`"
)]
pub trait Bounded {}

#[diagnostic::do_not_recommend]
impl Bounded for Bound {}

/// A length with a bound, of the values of a map.
#[diagnostic::on_unimplemented(
    message = "no rule bounds the length of what is in this map",
    label = "as long as its sender likes",
    note = "garde's rules do not go into a map; give the values a type: \
            `#[derive(Input)] struct Label(#[garde(length(max = 100))] String);`, and `#[garde(length(max = 100), dive)]` to the map",
    note = "or say why nothing does: `#[input(unbounded = \"a trusted importer sends it\")]`"
)]
pub trait BoundedInMap {}

#[diagnostic::do_not_recommend]
impl BoundedInMap for Bound {}

/// Compiles for lengths with a bound.
pub const fn bounded_in_map<B: BoundedInMap>(_: &B) {}

/// Compiles for lengths with a bound.
pub const fn bounded<B: Bounded>(_: &B) {}

macro_rules! unbounded {
    ($([$($generic:ident),*] $ty:ty;)*) => {$(
        impl<$($generic),*> Unbounded for $ty {}
    )*};
}

unbounded! {
    [] str;
    [] String;
    [] OsString;
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

impl<T: Unbounded> Unbounded for Option<T> {}
impl<T: Unbounded + ?Sized> Unbounded for Box<T> {}
impl<T: Unbounded + ?Sized> Unbounded for Rc<T> {}
impl<T: Unbounded + ?Sized> Unbounded for Arc<T> {}
impl<T: Unbounded + ToOwned + ?Sized> Unbounded for Cow<'_, T> {}
impl<T: Unbounded + Zeroize> Unbounded for Secret<T> {}
