//! Which rules are for which types, in words of ours: the derive asks for each rule on a type of which it knows no more than the name.
//! What is true of a type is what garde's own traits say of it.

use garde::rules;

/// What `dive` goes into: types that check their rules themselves, and what holds them.
#[diagnostic::on_unimplemented(
    message = "`dive` is for types that derive `Input`, and `{Self}` is none",
    label = "may exist with its rules broken",
    note = "add `#[derive(Input)]` to it, or write its rule here, as in `length(max = 100)` or `range(min = 1, max = 100)`"
)]
pub trait Nested {}

/// Compiles for what `dive` goes into.
pub const fn dive<T: Nested + ?Sized>() {}

macro_rules! nested {
    ($([$($generics:tt)*] $ty:ty;)*) => {$(
        #[diagnostic::do_not_recommend]
        impl<$($generics)*> Nested for $ty {}
    )*};
}

nested! {
    [T: Nested] Option<T>;
    [T: Nested + ?Sized] Box<T>;
    [T: Nested] [T];
    [T: Nested, const N: usize] [T; N];
    [T: Nested] Vec<T>;
    [T: Nested] std::collections::VecDeque<T>;
    [T: Nested] std::collections::LinkedList<T>;
    [T: Nested] std::collections::BinaryHeap<T>;
    [T: Nested] std::collections::BTreeSet<T>;
    [T: Nested, S] std::collections::HashSet<T, S>;
    [K, V: Nested] std::collections::BTreeMap<K, V>;
    [K, V: Nested, S] std::collections::HashMap<K, V, S>;
    [A: Nested, B: Nested] (A, B);
}

macro_rules! rules {
    ($($rule:ident($($path:tt)+): $message:literal, $note:literal;)*) => {$(
        /// A type that the rule is for.
        #[diagnostic::on_unimplemented(message = $message, label = "the rule does not fit the type of the field", note = $note)]
        pub trait $rule {}

        #[diagnostic::do_not_recommend]
        impl<T: $($path)+ + ?Sized> $rule for T {}
    )*};
}

rules! {
    Range(rules::range::Bounds): "`range` is for numbers, and this is `{Self}`",
        "for the length of text or of a list write `length(max = 100)`, for an input type `dive`, for anything else `skip`";
    Measured(rules::length::simple::Simple): "`length` is for text and lists, and this is `{Self}`",
        "for the value of a number write `range(min = 1, max = 100)`, for an input type `dive`, for anything else `skip`";
    InBytes(rules::length::bytes::Bytes): "`length(bytes)` is for text and `Vec<u8>`, and this is `{Self}`",
        "for the value of a number write `range(min = 1, max = 100)`, for how many there are in a list `length(max = 100)`";
    InChars(rules::length::chars::Chars): "`length(chars)` is for text, and this is `{Self}`",
        "for the value of a number write `range(min = 1, max = 100)`, for how many there are in a list `length(max = 100)`";
    Alphanumeric(rules::alphanumeric::Alphanumeric): "`alphanumeric` is for text, and this is `{Self}`",
        "for what is in a list write `inner(alphanumeric)`, for a number `range(min = 1, max = 100)`, for an input type `dive`";
    Ascii(rules::ascii::Ascii): "`ascii` is for text, and this is `{Self}`",
        "for what is in a list write `inner(ascii)`, for a number `range(min = 1, max = 100)`, for an input type `dive`";
    Contains(rules::contains::Contains): "`contains` is for text, and this is `{Self}`",
        "for what is in a list write `inner(contains(…))`, for a number `range(min = 1, max = 100)`, for an input type `dive`";
    Pattern(rules::pattern::Pattern): "`pattern` is for text, and this is `{Self}`",
        "for what is in a list write `inner(pattern(…))`, for a number `range(min = 1, max = 100)`, for an input type `dive`";
    Prefix(rules::prefix::Prefix): "`prefix` is for text, and this is `{Self}`",
        "for what is in a list write `inner(prefix(…))`, for a number `range(min = 1, max = 100)`, for an input type `dive`";
    Suffix(rules::suffix::Suffix): "`suffix` is for text, and this is `{Self}`",
        "for what is in a list write `inner(suffix(…))`, for a number `range(min = 1, max = 100)`, for an input type `dive`";
    Ip(rules::ip::Ip): "`ip` is for text, and this is `{Self}`",
        "take a `std::net::IpAddr`, which needs no rule but `skip`; for what is in a list write `inner(ip)`";
    Required(rules::required::Required): "`required` is for an `Option`, and this is `{Self}`",
        "a field of another type has to be sent as it is; leave the rule out";
}

// By hand, so that an error does not go on about a macro.

/// Compiles for what the rule is for.
pub const fn range<T: Range + ?Sized>() {}

/// Compiles for what the rule is for.
pub const fn length<T: Measured + ?Sized>() {}

/// Compiles for what the rule is for.
pub const fn length_in_bytes<T: InBytes + ?Sized>() {}

/// Compiles for what the rule is for.
pub const fn length_in_chars<T: InChars + ?Sized>() {}

/// Compiles for what the rule is for.
pub const fn alphanumeric<T: Alphanumeric + ?Sized>() {}

/// Compiles for what the rule is for.
pub const fn ascii<T: Ascii + ?Sized>() {}

/// Compiles for what the rule is for.
pub const fn contains<T: Contains + ?Sized>() {}

/// Compiles for what the rule is for.
pub const fn pattern<T: Pattern + ?Sized>() {}

/// Compiles for what the rule is for.
pub const fn prefix<T: Prefix + ?Sized>() {}

/// Compiles for what the rule is for.
pub const fn suffix<T: Suffix + ?Sized>() {}

/// Compiles for what the rule is for.
pub const fn ip<T: Ip + ?Sized>() {}

/// Compiles for what the rule is for.
pub const fn required<T: Required + ?Sized>() {}
