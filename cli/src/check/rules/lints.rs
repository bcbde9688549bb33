//! Lints that speak about secured handlers, and attributes that silence them.

use crate::check::{attributes, catalogue::SILENCED_LINT, inspect::Inspector};
use syn::Attribute;

/// The lints, each with what it would say.
const LINTS: &[(&str, &str)] = &[
    ("dead_code", "that nothing routes the handler"),
    ("unused", "that nothing routes the handler, or that a router is built and dropped"),
    ("unused_must_use", "that a router or a builder is dropped before it guards anything"),
    ("deprecated", "that a way to secure a handler is no longer safe"),
    ("warnings", "all that the compiler notices about the handler"),
];

/// Attributes of a function.
pub(crate) fn on_function(inspector: &mut Inspector<'_>, attributes: &[Attribute]) {
    if inspector.function_attribute(attributes).is_some() {
        silenced(inspector, attributes);
    }
}

/// Attributes of a module or a file.
pub(crate) fn on_module(inspector: &mut Inspector<'_>, attributes: &[Attribute]) {
    if inspector.names.has_secured_below(&inspector.module) {
        silenced(inspector, attributes);
    }
}

fn silenced(inspector: &mut Inspector<'_>, attributes: &[Attribute]) {
    for allowed in attributes.iter().flat_map(attributes::allowed) {
        let Some((lint, says)) = LINTS.iter().find(|(lint, _)| *lint == allowed.lint) else { continue };
        let message = format!("`{lint}` would say {says}, and secured handlers are in here: take the `allow` out");
        inspector.report(&SILENCED_LINT, allowed.span, message);
    }
}
