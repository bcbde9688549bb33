//! Output that cannot leak: what an answer shows of a value depends on who asked, and outside of an answer nothing is shown.
//! The guard says who looks; what `#[derive(Output)]` writes asks here, field by field.

mod field;
mod mask;
#[cfg(feature = "openapi")]
mod probe;
#[cfg(feature = "openapi")]
mod schema;
mod viewer;
#[cfg(feature = "openapi")]
mod written;

pub use field::{Field, Holding, NeedsNoRule, NoSecret, Plain};
pub use mask::{Displayed, Each, Kept, Maskable};
#[cfg(feature = "openapi")]
pub use probe::{Described, Masked, Probe, Undescribed, Unmasked};
#[cfg(feature = "openapi")]
pub use schema::{Flattened, any_mask_schema, any_schema, note_masked, note_visible, note_visible_or_masked, whole_or_mask};
pub use viewer::hidden;
pub(crate) use viewer::{Viewer, as_seen_by};
#[cfg(feature = "openapi")]
pub use written::Written;

use portcullis_policy::Requirement;
use serde::Serialize;

/// A type whose fields are shown to those who may see them: what `#[derive(Output)]` makes of a struct or an enum.
///
/// ```
/// use portcullis::{Output, prelude::*};
///
/// #[derive(Output)]
/// struct Account {
///     name: String,
///     #[mask(last = 4)]
///     iban: String,
///     #[visible(role = "admin")]
///     notes: Option<String>,
/// }
///
/// // For logs, files and queues, what only some may see is not there.
/// let account = Account { name: "Ann".into(), iban: "DE02120300000000202051".into(), notes: Some("owes us".into()) };
/// assert_eq!(serde_json::to_string(&account).unwrap(), r#"{"name":"Ann","iban":"****2051"}"#);
/// ```
pub trait Output: Serialize {}

/// The rule of a field that not everybody may see.
pub trait Rule {
    /// The hash of the rule book that gave the roles and scopes their bits.
    const RULE_BOOK: u64;
    /// Who may see the field.
    const SHOWN_TO: Requirement;
}
