//! What a handler's signature can be. What it cannot is reported and taken out,
//! so that the rest of the program sees the function that the author is about to write.

use super::function::Function;
use crate::errors::Errors;
use quote::ToTokens;
use syn::{FnArg, GenericParam, Safety, Token, TypeImplTrait, visit::Visit};

/// Checks and mends the signature. False if there is no handler to be had of it, as with methods.
pub(super) fn check(function: &mut Function, errors: &mut Errors) -> bool {
    check_attributes(function, errors);
    let signature = &mut function.signature;
    if let Some(receiver) = signature.receiver() {
        errors.at(
            receiver,
            format!(
                "a method cannot be an endpoint; move it to a free `async fn {}` that takes what it needs of `self` as `State<…>`",
                signature.ident
            ),
        );
        return false;
    }
    let constness = signature.constness.take();
    if let Some(word) = &constness {
        errors.at(word, format!("an endpoint is asynchronous, and cannot be `const`; write `async fn {}`", signature.ident));
    }
    match std::mem::take(&mut signature.safety) {
        Safety::Unsafe(word) => {
            errors.at(word, "an endpoint cannot be `unsafe`, for its callers are clients; use an `unsafe` block inside");
        }
        Safety::Safe(word) => errors.at(word, "an endpoint cannot be `safe`; remove the word"),
        Safety::Default => {}
    }
    if let Some(abi) = signature.abi.take() {
        errors.at(abi, "an endpoint has the calling convention of Rust; remove `extern`");
    }
    if let Some(variadic) = signature.variadic.take() {
        errors.at(variadic.dots, "an endpoint has a fixed number of arguments; remove `...`");
    }
    if signature.asyncness.is_none() {
        if constness.is_none() {
            errors.at(signature.fn_token, format!("an endpoint is asynchronous; write `async fn {}`", signature.ident));
        }
        signature.asyncness = Some(Token![async](signature.fn_token.span));
    }
    for parameter in &signature.generics.params {
        if let GenericParam::Lifetime(lifetime) = parameter {
            let message = format!("the arguments of an endpoint own what they hold; remove the lifetime `{}`", lifetime.lifetime);
            errors.at(lifetime, message);
        }
    }
    for argument in &signature.inputs {
        if let FnArg::Typed(argument) = argument {
            ImplTraits { name: &signature.ident, errors }.visit_type(&argument.ty);
        }
    }
    true
}

/// Two `#[secure]`s would guard twice, each with a policy of its own.
fn check_attributes(function: &mut Function, errors: &mut Errors) {
    function.attributes.retain(|attribute| {
        let another = attribute.path().segments.last().is_some_and(|last| last.ident == "secure");
        if another {
            errors.at(attribute.path(), "a handler has one `#[secure]`; put everything into one of them");
        }
        !another
    });
}

/// Finds `impl Trait`, wherever it is inside a type.
struct ImplTraits<'a> {
    name: &'a syn::Ident,
    errors: &'a mut Errors,
}

impl<'ast> Visit<'ast> for ImplTraits<'_> {
    fn visit_type_impl_trait(&mut self, found: &'ast TypeImplTrait) {
        let message = format!(
            "the type of an endpoint's argument needs a name; write a generic parameter, as in `async fn {}<T: {}>(…)`",
            self.name,
            found.bounds.to_token_stream()
        );
        self.errors.at(found, message);
    }
}
