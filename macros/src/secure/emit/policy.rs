//! The policy as a constant: what the attribute declares, as calls of `const` functions.

use super::{
    super::{
        function::{Function, Place},
        model::{Access, Policy, Requirement, Route},
        source_text::source_text,
    },
    Emitter,
};
use portcullis_policy::{Input, Limit, Mask, RateKey};
use proc_macro2::{Literal, TokenStream};
use quote::{ToTokens, quote};
use syn::ext::IdentExt;

impl Emitter<'_> {
    /// Expands to:
    /// ```text
    /// impl PolicyOf for create_user {
    ///     type When = Always;
    ///     const POLICY: &'static Policy = &Policy::new(…).limits(…);
    /// }
    /// ```
    pub(super) fn policy_of(&self, function: &Function, input: Option<Input>, constants: TokenStream) -> TokenStream {
        let (krate, name) = (&self.krate, &function.signature.ident);
        let path = format!("::{}", name.unraw());
        let hash = self.rule_book_hash(function);
        let access = self.access(&self.policy.access);
        let when = if self.policy.when.is_some() { quote!(Self) } else { quote!(#krate::__private::Always) };
        let more = self.more(input);
        quote! {
            impl #krate::PolicyOf for #name {
                type When = #when;
                const POLICY: &'static #krate::Policy =
                    &#krate::Policy::new(::core::concat!(::core::module_path!(), #path), #hash, #access) #more;
                #constants
            }
        }
    }

    /// The hash of the rule book, tied to the file: editing it compiles again what it governs. A handler that a `#[cfg]` may take away
    /// ties for itself.
    fn rule_book_hash(&self, function: &Function) -> TokenStream {
        let hash = Literal::u64_unsuffixed(self.policy.rule_book);
        let may_be_missing = function.attributes_at(&[Place::Everything]).next().is_some();
        let path = self.rule_book.and_then(|book| if may_be_missing { book.path() } else { book.tie() });
        match path {
            Some(path) => quote!((#hash, ::core::include_bytes!(#path)).0),
            None => hash.into_token_stream(),
        }
    }

    /// The parts of the policy that need not be there: `.when(…).limits(…).body(…)`.
    fn more(&self, input: Option<Input>) -> TokenStream {
        let Policy { when, limits, body_bytes, timeout_millis, step_up, audit, unvalidated, route, .. } = self.policy;
        let number = |number: &u64| Literal::u64_unsuffixed(*number);
        let when = when.iter().map(|when| source_text(when.expression.clone()));
        let body = body_bytes.iter().map(number);
        let timeout = timeout_millis.iter().map(number);
        let step_up = step_up.iter().map(|step_up| {
            let seconds = Literal::u64_unsuffixed(step_up.max_age.map_or(0, |age| age.as_secs()));
            let mfa = step_up.mfa;
            quote!(#seconds, #mfa)
        });
        let (audit, reason) = (audit.iter(), unvalidated.iter());
        let input = input.and_then(|input| self.input(input)).into_iter();
        let route = route.iter().map(|Route { method, path }| {
            let path = path.as_str();
            quote!(#method, #path)
        });
        let limits = (!limits.is_empty())
            .then(|| limits.iter().map(|limit| self.limit(limit)))
            .into_iter()
            .map(|limits| quote!(#(#limits),*));
        quote!(#(.when(#when))* #(.limits(&[#limits]))* #(.body(#body))* #(.timeout(#timeout))* #(.step_up(#step_up))*
            #(.audit(#audit))* #(.input(#input))* #(.unvalidated(#reason))* #(.route(#route))*)
    }

    fn input(&self, input: Input) -> Option<TokenStream> {
        let krate = &self.krate;
        match input {
            Input::Json => Some(quote!(#krate::InputFormat::Json)),
            Input::Form => Some(quote!(#krate::InputFormat::Form)),
            Input::Multipart => Some(quote!(#krate::InputFormat::Multipart)),
            // Only what the arguments can be written as is ever asked for.
            _ => None,
        }
    }

    fn limit(&self, limit: &Limit) -> TokenStream {
        let krate = &self.krate;
        let (count, burst) = (Literal::u32_unsuffixed(limit.count()), Literal::u32_unsuffixed(limit.burst()));
        let period = Literal::u64_unsuffixed(limit.period_seconds());
        let key = match limit.key() {
            RateKey::Ip => quote!(Ip),
            RateKey::Principal => quote!(Principal),
            RateKey::Global => quote!(Global),
        };
        quote!(#krate::Limit::new(#count, #period, #burst, #krate::RateKey::#key))
    }

    fn access(&self, access: &Access) -> TokenStream {
        let krate = &self.krate;
        match access {
            Access::Public(None) => quote!(#krate::Access::Public(::core::option::Option::None)),
            Access::Public(Some(reason)) => quote!(#krate::Access::Public(::core::option::Option::Some(#reason))),
            Access::Authenticated => quote!(#krate::Access::Authenticated),
            Access::Allow(Requirement::Role(name, held_by)) => {
                let words = words(*held_by);
                quote!(#krate::__private::role(#name, #words))
            }
            Access::Allow(Requirement::Scope(name, grant)) => {
                let words = words(*grant);
                quote!(#krate::__private::scope(#name, #words))
            }
            Access::Allow(tree) => {
                let tree = requirement(krate, tree);
                quote!(#krate::Access::Allow(#tree))
            }
        }
    }
}

/// The requirement as a constant.
pub(crate) fn requirement(krate: &TokenStream, wanted: &Requirement) -> TokenStream {
    let mask = |mask: &Mask| {
        let words = words(*mask);
        quote!(#krate::Mask::from_words(#words))
    };
    match wanted {
        Requirement::Authenticated => quote!(#krate::Requirement::Authenticated),
        Requirement::Role(name, held_by) => {
            let mask = mask(held_by);
            quote!(#krate::Requirement::Role(#name, #mask))
        }
        Requirement::Scope(name, grant) => {
            let mask = mask(grant);
            quote!(#krate::Requirement::Scope(#name, #mask))
        }
        Requirement::Any(terms) => {
            let terms = terms.iter().map(|term| requirement(krate, term));
            quote!(#krate::Requirement::Any(&[#(#terms),*]))
        }
        Requirement::All(terms) => {
            let terms = terms.iter().map(|term| requirement(krate, term));
            quote!(#krate::Requirement::All(&[#(#terms),*]))
        }
        Requirement::Not(term) => {
            let term = requirement(krate, term);
            quote!(#krate::Requirement::Not(&#term))
        }
    }
}

/// `[1, 0, 0, 0]`
pub(crate) fn words(mask: Mask) -> TokenStream {
    let words = mask.words().map(Literal::u64_unsuffixed);
    quote!([#(#words),*])
}
