//! House rules: what `security.toml` gives every endpoint, asks of every endpoint, and demands of those that a rule selects.
//! Looked at once the policy is sound, so that no message about a rule is about a slip of the pen.

mod defaults;
mod require;
mod rules;

use super::{
    attribute::Attribute,
    function::Function,
    model::{Deferred, Policy},
};
use crate::errors::Errors;
use portcullis_policy::{Part, RuleBookFile};
use proc_macro2::TokenStream;
use syn::ext::IdentExt;

/// Fills in the defaults and holds the policy to the rules. What the module of the handler decides is left to the compiler.
pub(super) fn check(policy: &mut Policy, attribute: &Attribute, function: &Function, file: &RuleBookFile, errors: &mut Errors) {
    let endpoint = Endpoint { attribute, function, name: function.signature.ident.unraw().to_string() };
    defaults::fill(policy, &endpoint, file.defaults(), errors);
    let mut deferred: Vec<Deferred> = require::check(policy, &endpoint, file.require(), errors).into_iter().collect();
    deferred.extend(rules::check(policy, &endpoint, file, errors));
    policy.deferred = deferred;
}

/// The endpoint as it is written.
struct Endpoint<'a> {
    attribute: &'a Attribute,
    function: &'a Function,
    /// The name of the function.
    name: String,
}

impl Endpoint<'_> {
    /// The tokens to blame for a part of the policy: those that state it, or all that the attribute says where none do.
    fn guilty(&self, part: Part) -> TokenStream {
        self.attribute.stated(part).unwrap_or_else(|| self.attribute.tokens.clone())
    }
}
