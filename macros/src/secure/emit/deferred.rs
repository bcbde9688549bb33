//! Breaches of house rules that depend on the module of the handler, which only the compiler knows, as constants that it evaluates.

use super::{super::model::Deferred, Emitter, ends};
use proc_macro2::{Delimiter, Group, TokenStream};
use quote::{ToTokens, quote_spanned};

impl Emitter<'_> {
    /// Expands to:
    /// ```text
    /// const _: () = assert!(!(pattern_matches_handler("crate::admin::*", module_path!(), "wipe")), "{}", "rule `…` wants …");
    /// ```
    pub(super) fn deferred(&self, name: &str) -> Option<TokenStream> {
        let checks = self.policy.deferred.iter().map(|deferred| self.check(deferred, name));
        (!self.policy.deferred.is_empty()).then(|| checks.collect())
    }

    /// The caret of a failed constant is on the call of `assert!`, so the call is where the guilty tokens are, from the first to the
    /// last.
    fn check(&self, deferred: &Deferred, name: &str) -> TokenStream {
        let Deferred { patterns, if_meant, guilty, message } = deferred;
        let (first, last) = ends(guilty);
        let krate = &self.krate;
        let means = quote_spanned!(first=> #krate::__private::pattern_matches_handler);
        let is_meant = quote_spanned!(first=> #(#means(#patterns, ::core::module_path!(), #name))||*);
        let holds = if *if_meant { quote_spanned!(first=> !(#is_meant)) } else { is_meant };
        let mut arguments = Group::new(Delimiter::Parenthesis, quote_spanned!(first=> #holds, "{}", #message));
        arguments.set_span(last);
        let arguments = arguments.into_token_stream();
        quote_spanned!(first=> const _: () = ::core::assert!#arguments;)
    }
}
