//! What the types of a handler's arguments give away: whether one reads input that no rule checked, or wants a principal.
//! Found by type, so that no alias hides it: an inherent method is preferred to a trait's, and the telling types have one.

use crate::Principal;
use axum::{
    body::{Body, Bytes},
    extract::{Form, Json, Multipart, Query, RawForm, RawQuery, Request},
};
use bytes::BytesMut;
use std::{fmt, marker::PhantomData};

/// An argument of a handler, by its type.
pub struct Argument<T>(PhantomData<fn() -> T>);

impl<T> Argument<T> {
    /// The argument.
    pub const OF: Self = Self(PhantomData);
}

impl<T> fmt::Debug for Argument<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Argument")
    }
}

/// An argument that nothing is to be said of.
#[derive(Debug)]
pub struct Plain;

/// An argument that reads input which no rule has checked.
#[derive(Debug)]
pub struct Raw;

/// An argument of which nobody can say what it reads.
pub struct Hidden<T>(PhantomData<fn() -> T>);

impl<T> Hidden<T> {
    /// The argument.
    pub const INPUT: Self = Self(PhantomData);
}

impl<T> fmt::Debug for Hidden<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Hidden")
    }
}

/// An argument that needs to know who is calling.
#[derive(Debug)]
pub struct Caller;

/// What is true of an argument unless its type says otherwise.
pub trait AnyArgument {
    /// Whether it reads unchecked input.
    fn input(&self) -> Plain {
        Plain
    }

    /// Whether it needs to know who is calling.
    fn caller(&self) -> Plain {
        Plain
    }

    /// What its type is read from, if it is read by names.
    fn names(&self) -> PhantomData<Plain> {
        PhantomData
    }
}

impl<T> AnyArgument for Argument<T> {}

/// An argument that reads no unchecked input.
#[diagnostic::on_unimplemented(
    message = "this argument reads input that no rule has checked",
    label = "unchecked input",
    note = "wrap it in `Valid<…>`, which checks the rules that its type declares with garde",
    note = "or say why not: `#[secure(…, unvalidated = \"the signature is checked in the handler\")]`"
)]
pub trait Validated {}

#[diagnostic::do_not_recommend]
impl Validated for Plain {}

impl<T: WrittenOut> Validated for Hidden<T> {}

/// An argument that the macros can take apart.
#[diagnostic::on_unimplemented(
    message = "this argument may read input that no rule has checked",
    label = "a tuple behind another name",
    note = "write the tuple out, so that what it reads can be seen",
    note = "or say why not: `#[secure(…, unvalidated = \"the signature is checked in the handler\")]`"
)]
pub trait WrittenOut {}

#[diagnostic::do_not_recommend]
impl WrittenOut for Plain {}

/// An argument that is there without a caller's credentials.
#[diagnostic::on_unimplemented(
    message = "a public endpoint has no principal: its callers need no credentials",
    label = "needs credentials",
    note = "take an `Option<Principal>`, or make the endpoint `authenticated`"
)]
pub trait Anonymous {}

#[diagnostic::do_not_recommend]
impl Anonymous for Plain {}

/// What has names to be read by, as far as anybody can see.
#[diagnostic::on_unimplemented(
    message = "this argument is read by the names of fields, and its type has none",
    label = "not a struct with named fields",
    note = "headers, cookies and the parts of a form have names: take a struct with a field for each that is read"
)]
pub trait Named {}

#[diagnostic::do_not_recommend]
impl Named for Plain {}

#[cfg(feature = "validation")]
#[diagnostic::do_not_recommend]
impl Named for crate::input::Fields {}

#[cfg(feature = "validation")]
#[diagnostic::do_not_recommend]
impl Named for crate::input::AsAnother {}

/// Compiles for arguments that have the names that they are read by.
pub const fn named<K: Named>(_: &PhantomData<K>) {}

/// Compiles for arguments that read no unchecked input.
pub const fn validated<K: Validated>(_: &K) {}

/// Compiles for arguments that are there without a caller's credentials.
pub const fn anonymous<K: Anonymous>(_: &K) {}

impl<T: Telling> Argument<T> {
    /// What it reads.
    pub const fn input(&self) -> T::Input {
        T::INPUT
    }
}

/// An argument that something is to be said of. One inherent method bound by it, rather than one for each type: the compiler looks at all
/// inherent methods of a name whenever it is called, and at no more than one impl of a trait.
#[doc(hidden)]
pub trait Telling {
    /// What it reads.
    type Input;

    /// What it reads.
    const INPUT: Self::Input;
}

impl<T: Telling> Telling for Option<T> {
    type Input = T::Input;
    const INPUT: T::Input = T::INPUT;
}

impl<T: Telling, Rejection> Telling for Result<T, Rejection> {
    type Input = T::Input;
    const INPUT: T::Input = T::INPUT;
}

macro_rules! raw {
    ($([$($generic:ident)?] $argument:ty;)*) => {$(
        impl$(<$generic>)? Telling for $argument {
            type Input = Raw;
            const INPUT: Raw = Raw;
        }
    )*};
}

raw! {
    [T] Json<T>;
    [T] Form<T>;
    [] Multipart;
    [T] Query<T>;
    [] Bytes;
    [] BytesMut;
    [] String;
    [] Body;
    [] Request;
    [] RawForm;
    [] RawQuery;
}

// What only `Valid` extracts: the message that says so is better than that of a trait that is not implemented.
#[cfg(feature = "validation")]
raw! {
    [T] crate::Header<T>;
    [T] crate::Cookie<T>;
}

#[cfg(feature = "multipart")]
raw! {
    [T] crate::multipart::Multipart<T>;
}

/// An extractor that reads by names, by a type whose derive has seen whether it has some.
#[cfg(feature = "validation")]
#[doc(hidden)]
pub trait ReadByName {
    /// What its type is read from.
    type Shape;
}

#[cfg(feature = "validation")]
impl<T: crate::Input> ReadByName for crate::Valid<crate::Header<T>> {
    type Shape = T::Shape;
}

#[cfg(feature = "validation")]
impl<T: crate::Input> ReadByName for crate::Valid<crate::Cookie<T>> {
    type Shape = T::Shape;
}

#[cfg(feature = "multipart")]
impl<T: crate::Input> ReadByName for crate::Valid<crate::multipart::Multipart<T>> {
    type Shape = T::Shape;
}

#[cfg(feature = "validation")]
impl<T: ReadByName> Argument<T> {
    /// What its type is read from.
    pub const fn names(&self) -> PhantomData<T::Shape> {
        PhantomData
    }
}

impl Argument<Principal> {
    /// Needs to know who is calling.
    pub const fn caller(&self) -> Caller {
        Caller
    }
}

/// Tuples behind an alias: the macros take those apart that are written out.
macro_rules! hidden {
    ($([$($generic:ident),*])*) => {$(
        impl<$($generic),*> Telling for ($($generic,)*) {
            type Input = Hidden<Self>;
            const INPUT: Hidden<Self> = Hidden::INPUT;
        }
    )*};
}

hidden! {
    [A] [A, B] [A, B, C] [A, B, C, D] [A, B, C, D, E] [A, B, C, D, E, F] [A, B, C, D, E, F, G] [A, B, C, D, E, F, G, H]
    [A, B, C, D, E, F, G, H, I] [A, B, C, D, E, F, G, H, I, J] [A, B, C, D, E, F, G, H, I, J, K] [A, B, C, D, E, F, G, H, I, J, K, L]
    [A, B, C, D, E, F, G, H, I, J, K, L, M] [A, B, C, D, E, F, G, H, I, J, K, L, M, N] [A, B, C, D, E, F, G, H, I, J, K, L, M, N, O]
    [A, B, C, D, E, F, G, H, I, J, K, L, M, N, O, P]
}
