//! Input types: a value of one exists only if it kept the rules of its type.
//! The derive writes the `Deserialize` that sees to it; here is what that calls.

mod exact;
pub mod fit;
mod flat;
mod forward;
mod length;
mod maps;
mod quiet;
mod read;
pub mod sanitize;
#[cfg(feature = "openapi")]
pub mod schema;
mod scope;
mod shape;
mod strict;
#[cfg(test)]
mod tests;
mod text;
mod texts;

pub use exact::{Exact, exact};
pub use flat::{Flat, flattened};
pub use length::{
    AnyLength, AnyPart, Bound, Bounded, BoundedInAlias, BoundedInMap, BoundedInSet, BoundedInTuple, BoundedKeys, Endless, Length,
    Part, Unbounded, UnboundedPart, bounded, bounded_in_alias, bounded_in_map, bounded_in_set, bounded_in_tuple, bounded_keys,
};
pub(crate) use maps::TOO_LONG;
pub use maps::{Keys, Map, keys, unique};
pub use read::{read, read_from};
pub use scope::Names;
pub(crate) use scope::{Inputs, announced, lost, telling};
pub use shape::{AsAnother, Fields, NoFields};
pub use strict::Strict;
pub(crate) use text::placed;
pub use text::{AnyField, Field, allow};
pub use texts::{Found, Leaf, Refused, Texts, TextsMut};

use garde::Validate;
use serde::de::DeserializeOwned;

/// A type of which no value exists that breaks its rules: `#[derive(Input)]` writes its `Deserialize` so that it checks them.
///
/// ```
/// use portcullis::prelude::*;
///
/// #[derive(Debug, Input)]
/// struct UserInput {
///     #[garde(length(chars, max = 50))]
///     username: String,
///     #[garde(email)]
///     email: String,
///     #[garde(range(min = 0))]
///     age: i32,
/// }
///
/// let good = r#"{"username": "alice", "email": "alice@example.com", "age": 42}"#;
/// let user: UserInput = serde_json::from_str(good).unwrap();
/// assert_eq!((user.username.as_str(), user.email.as_str(), user.age), ("alice", "alice@example.com", 42));
///
/// for bad in [
///     r#"{"username": "alice", "email": "alice", "age": 42}"#,
///     r#"{"username": "alice", "email": "alice@example.com", "age": -1}"#,
///     r#"{"username": "alice", "email": "alice@example.com", "age": "42"}"#,
///     r#"{"username": "alice", "email": "alice@example.com", "age": 42, "is_admin": true}"#,
/// ] {
///     assert!(serde_json::from_str::<UserInput>(bad).is_err());
/// }
/// ```
///
/// Use it as a bound where your own code takes any input, and for the parameters of a generic input:
///
/// ```
/// use portcullis::prelude::*;
///
/// #[derive(Debug, Input)]
/// struct Page<T: Input<Context = ()>> {
///     #[garde(length(max = 100), dive)]
///     items: Vec<T>,
/// }
///
/// #[derive(Debug, Input)]
/// struct Item {
///     #[garde(range(min = 1))]
///     id: u32,
/// }
///
/// assert!(serde_json::from_str::<Page<Item>>(r#"{"items": [{"id": 7}]}"#).is_ok());
/// assert!(serde_json::from_str::<Page<Item>>(r#"{"items": [{"id": 0}]}"#).is_err());
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not an input type",
    label = "may exist with its rules broken",
    note = "add `#[derive(Input)]` to it"
)]
pub trait Input: DeserializeOwned + Validate<Context: Default> + fit::Nested {
    /// What it is read from. The derive says so.
    #[doc(hidden)]
    type Shape;
}
