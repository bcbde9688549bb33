#![doc = include_str!("../README.md")]
#![cfg_attr(
    test,
    allow(
        clippy::unwrap_used,
        clippy::expect_used,
        clippy::panic,
        clippy::indexing_slicing,
        clippy::string_slice,
        reason = "a test that panics has failed, which is what it is for"
    )
)]

#[doc(hidden)]
pub mod __private;
#[doc(hidden)]
pub mod argument {
    //! What the macros ask of the arguments' types. Its path is part of compile errors, and of nothing else.
    pub use crate::guard::{
        Anonymous, AnyArgument, Argument, Caller, Hidden, Named, Plain, Raw, Validated, WrittenOut, anonymous, named, validated,
    };
}
#[doc(hidden)]
pub mod answer {
    //! What the macros ask of answers and of the types of their fields. Its path is part of compile errors, and of nothing else.
    pub use crate::guard::IntoAnswer;
    #[cfg(feature = "openapi")]
    pub use crate::output::{
        Described, Flattened, Masked, Probe, Undescribed, Unmasked, Written, any_mask_schema, any_schema, note_masked,
        note_visible, note_visible_or_masked, whole_or_mask,
    };
    pub use crate::output::{Displayed, Each, Field, Holding, Kept, Maskable, NeedsNoRule, NoSecret, Plain, Rule, hidden};
}
mod authn;
pub mod clock;
mod denial;
#[cfg(feature = "docs")]
mod docs;
mod fit;
mod guard;
mod headers;
#[cfg(feature = "validation")]
#[doc(hidden)]
pub mod input;
mod limit;
#[cfg(feature = "openapi")]
mod openapi;
mod output;
pub mod prelude;
mod principal;
pub mod routing;
mod secret;
mod security;
mod status;
#[cfg(feature = "testing")]
pub mod testing;
#[cfg(feature = "validation")]
mod validate;

#[cfg(feature = "api-key")]
pub mod api_key {
    //! API keys as credentials, in `X-Api-Key`.
    pub use crate::authn::api_key::*;
}
#[cfg(feature = "jwt")]
pub mod jwt {
    //! JSON Web Tokens as credentials, in `Authorization: Bearer`.
    pub use crate::authn::jwt::*;
}
#[cfg(feature = "multipart")]
pub mod multipart {
    //! Forms with files: `Valid<Multipart<T>>`, where the fields of `T` that are an [`Upload`] are streamed to a [`Sink`].
    pub use crate::validate::multipart::{Disk, Multipart, Sink, Upload, UploadRules};
}

#[cfg(feature = "docs")]
pub use self::docs::DocsPage;
#[cfg(feature = "validation")]
#[doc(inline)]
pub use self::input::Input;
#[cfg(feature = "openapi")]
pub use self::openapi::{OpenApi, OpenApiDocument};
#[cfg(feature = "validation")]
pub use self::validate::{Cookie, Header, InputBounds, Valid};
pub use self::{
    denial::{Denial, InputError, Problem, RequestPart},
    guard::{Call, Condition, OverTls, PolicyOf},
    headers::ResponseHeaders,
    output::Output,
    principal::{Principal, Scheme},
    routing::{NamedRoute, SecureRouter},
    secret::Secret,
    security::{NeedsScheme, Ready, Security, SecurityBuilder, SecurityLayer, StartupErrors},
    status::Status,
};
#[cfg(feature = "validation")]
#[doc(no_inline)]
pub use garde;
#[cfg(feature = "validation")]
#[doc(inline)]
pub use portcullis_macros::Input;
#[doc(inline)]
pub use portcullis_macros::{Output, rule_book, secure};
#[doc(inline)]
pub use portcullis_policy::{
    Access, Entry, Input as InputFormat, Limit, Manifest, Mask, Policy, Rate, RateKey, Requirement, Role, Route, RuleBook, Scope,
};
#[cfg(feature = "openapi")]
#[doc(no_inline)]
pub use schemars;
