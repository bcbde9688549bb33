//! The house rules as constants. Each field is written out, since a constant cannot take the rest of another that could need dropping.

use portcullis_policy::{Demands, Rate, RateKey, Rule, Selector, StepUp, Text};
use proc_macro2::TokenStream;
use quote::quote;
use std::time::Duration;

/// `Rule { … }`, with every path through the private names of the runtime.
pub(super) fn constant(rule: &Rule, krate: &TokenStream) -> TokenStream {
    let names = quote!(#krate::__private);
    let Rule { name, line, selector, demands } = rule;
    let (name, selector, demands) = (text(name, &names), self::selector(selector, &names), self::demands(demands, &names));
    quote!(#names::Rule { name: #name, line: #line, selector: #selector, demands: #demands })
}

fn text(text: &Text, names: &TokenStream) -> TokenStream {
    let text = text.as_ref();
    quote!(#names::Cow::Borrowed(#text))
}

fn selector(selector: &Selector, names: &TokenStream) -> TokenStream {
    let list = |texts: &[Text]| {
        let texts = texts.iter().map(|one| text(one, names));
        quote!(#names::Cow::Borrowed(&[#(#texts),*]))
    };
    let Selector { paths, endpoints, methods } = selector;
    let (paths, endpoints, methods) = (list(paths), list(endpoints), list(methods));
    quote!(#names::Selector { paths: #paths, endpoints: #endpoints, methods: #methods })
}

fn demands(demands: &Demands, names: &TokenStream) -> TokenStream {
    let Demands { authenticated, role, scope, step_up, rate_at_most, body_at_most, timeout_at_most, audit, when, validated } =
        demands;
    let role = option(role.as_ref().map(|name| text(name, names)));
    let scope = option(scope.as_ref().map(|name| text(name, names)));
    let step_up = option(step_up.map(|StepUp { max_age, mfa }| {
        let max_age = option(max_age.map(duration));
        quote!(#names::StepUp { max_age: #max_age, mfa: #mfa })
    }));
    let rate = option(rate_at_most.map(|most| rate(most, names)));
    let body = option(body_at_most.map(|bytes| quote!(#bytes)));
    let timeout = option(timeout_at_most.map(duration));
    quote!(#names::Demands {
        authenticated: #authenticated,
        role: #role,
        scope: #scope,
        step_up: #step_up,
        rate_at_most: #rate,
        body_at_most: #body,
        timeout_at_most: #timeout,
        audit: #audit,
        when: #when,
        validated: #validated,
    })
}

fn rate(rate: Rate, names: &TokenStream) -> TokenStream {
    let (count, period_seconds, burst) = (rate.count(), rate.period_seconds(), rate.burst());
    let key = option(rate.key().map(|key| match key {
        RateKey::Ip => quote!(#names::RateKey::Ip),
        RateKey::Principal => quote!(#names::RateKey::Principal),
        RateKey::Global => quote!(#names::RateKey::Global),
    }));
    quote!(#names::Rate::constant(#count, #period_seconds, #burst, #key))
}

/// No duration of a rule book has less than a millisecond or more than 366 days.
fn duration(duration: Duration) -> TokenStream {
    let millis = u64::try_from(duration.as_millis()).unwrap_or(u64::MAX);
    quote!(::core::time::Duration::from_millis(#millis))
}

fn option(value: Option<TokenStream>) -> TokenStream {
    match value {
        Some(value) => quote!(::core::option::Option::Some(#value)),
        None => quote!(::core::option::Option::None),
    }
}
