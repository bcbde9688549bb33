//! What a handler becomes: a home for its policy, the policy as a constant, and the function around the user's own.
//! Data and one call; everything that decides is in the runtime.

use super::{
    arguments::{callers, inputs, parameters, tuple},
    condition::{Names, bindings, by_reference},
    function::{Function, Place},
    model::{Access, Policy, Requirement},
    source_text::source_text,
};
use portcullis_policy::{Limit, Mask, RateKey};
use proc_macro2::{Delimiter, Group, Ident, Literal, Span, TokenStream, TokenTree};
use quote::{ToTokens, format_ident, quote, quote_spanned};
use syn::{Attribute, Pat, PatType, Path, Signature, Type, ext::IdentExt};

/// What all variants of a handler have in common.
pub(super) struct Emitter<'a> {
    /// The path of the `portcullis` crate.
    krate: TokenStream,
    policy: &'a Policy,
    /// Where the rule book is, if there is one.
    rule_book: Option<&'a str>,
    /// Whether the arguments' types are to be checked; not where an error is reported already.
    vet: bool,
}

impl<'a> Emitter<'a> {
    pub(super) fn new(krate: Option<Path>, policy: &'a Policy, rule_book: Option<&'a str>, vet: bool) -> Self {
        let krate = krate.map_or_else(|| quote!(::portcullis), Path::into_token_stream);
        Self { krate, policy, rule_book, vet }
    }

    /// Everything that takes the place of the handler.
    pub(super) fn handler(&self, function: &Function) -> TokenStream {
        let arguments = Arguments::of(function);
        let cfgs: TokenStream = function.attributes_at(&[Place::Everything]).map(Attribute::to_token_stream).collect();
        let home = home(function);
        let policy = self.policy_of(function);
        let condition = self.policy.when.as_ref().map(|when| self.condition(function, &arguments, when));
        let wrapper = self.wrapper(function, &arguments);
        let parts = [Some(home), Some(policy), condition, Some(wrapper)].into_iter().flatten();
        quote!(#(#cfgs #parts)*)
    }

    /// Expands to:
    /// ```text
    /// impl PolicyOf for create_user {
    ///     type When = Always;
    ///     const POLICY: &'static Policy = &Policy::new(…).limits(…);
    /// }
    /// ```
    fn policy_of(&self, function: &Function) -> TokenStream {
        let (krate, name) = (&self.krate, &function.signature.ident);
        let path = format!("::{}", name.unraw());
        let hash = self.rule_book_hash();
        let access = self.access(&self.policy.access);
        let when = if self.policy.when.is_some() { quote!(Self) } else { quote!(#krate::__private::Always) };
        let more = self.more();
        quote! {
            impl #krate::PolicyOf for #name {
                type When = #when;
                const POLICY: &'static #krate::Policy =
                    &#krate::Policy::new(::core::concat!(::core::module_path!(), #path), #hash, #access) #more;
            }
        }
    }

    /// The hash of the rule book, tied to the file: editing it compiles again what it governs.
    fn rule_book_hash(&self) -> TokenStream {
        let hash = Literal::u64_unsuffixed(self.policy.rule_book);
        match self.rule_book {
            Some(path) => quote!((#hash, ::core::include_bytes!(#path)).0),
            None => hash.into_token_stream(),
        }
    }

    /// The parts of the policy that need not be there: `.when(…).limits(…).body(…)`.
    fn more(&self) -> TokenStream {
        let Policy { when, limits, body_bytes, timeout_millis, unvalidated, .. } = self.policy;
        let number = |number: &u64| Literal::u64_unsuffixed(*number);
        let when = when.clone().map(source_text).into_iter();
        let body = body_bytes.iter().map(number);
        let timeout = timeout_millis.iter().map(number);
        let reason = unvalidated.iter();
        let limits = (!limits.is_empty()).then(|| limits.iter().map(|limit| self.limit(limit))).into_iter().map(|limits| quote!(#(#limits),*));
        quote!(#(.when(#when))* #(.limits(&[#limits]))* #(.body(#body))* #(.timeout(#timeout))* #(.unvalidated(#reason))*)
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
                let tree = self.requirement(tree);
                quote!(#krate::Access::Allow(#tree))
            }
        }
    }

    fn requirement(&self, requirement: &Requirement) -> TokenStream {
        let krate = &self.krate;
        let mask = |mask: &Mask| {
            let words = words(*mask);
            quote!(#krate::Mask::from_words(#words))
        };
        match requirement {
            Requirement::Role(name, held_by) => {
                let mask = mask(held_by);
                quote!(#krate::Requirement::Role(#name, #mask))
            }
            Requirement::Scope(name, grant) => {
                let mask = mask(grant);
                quote!(#krate::Requirement::Scope(#name, #mask))
            }
            Requirement::Any(terms) => {
                let terms = terms.iter().map(|term| self.requirement(term));
                quote!(#krate::Requirement::Any(&[#(#terms),*]))
            }
            Requirement::All(terms) => {
                let terms = terms.iter().map(|term| self.requirement(term));
                quote!(#krate::Requirement::All(&[#(#terms),*]))
            }
            Requirement::Not(term) => {
                let term = self.requirement(term);
                quote!(#krate::Requirement::Not(&#term))
            }
        }
    }

    /// Expands to:
    /// ```text
    /// impl<R: Repo> Condition<(State<R>,), Path<u64>> for get_doc {
    ///     async fn after_body(principal: &Principal, _: &(State<R>,), Path(id): &Path<u64>) -> bool { EXPR }
    /// }
    /// ```
    fn condition(&self, function: &Function, arguments: &Arguments<'_>, when: &TokenStream) -> TokenStream {
        let (krate, name, names) = (&self.krate, &function.signature.ident, Names::of(when));
        let (generics, _, bounds) = function.signature.generics.split_for_impl();
        let (parts, body) = (&arguments.parts, &arguments.body);
        let part_pattern = match arguments.heads.iter().any(|head| names.are_bound_by(&head.pat)) {
            true => tuple(&arguments.heads.iter().map(|head| by_reference(&head.pat, &names)).collect::<Vec<Pat>>()),
            false => quote!(_),
        };
        let last = arguments.last.filter(|last| names.are_bound_by(&last.pat));
        // An argument of the user's that is called `principal` comes before ours.
        let taken = arguments.all().any(|argument| bindings(&argument.pat).iter().any(|binding| *binding == "principal"));
        let principal = names.principal().filter(|_| !taken).map_or_else(|| quote!(_), Ident::to_token_stream);
        let (method, body_argument) = match last {
            Some(last) => {
                let pattern = by_reference(&last.pat, &names);
                (quote!(after_body), quote!(, #pattern: &#body))
            }
            None => (quote!(before_body), quote!()),
        };
        quote! {
            impl #generics #krate::Condition<#parts, #body> for #name #bounds {
                async fn #method(#principal: &#krate::Principal, #part_pattern: &#parts #body_argument) -> ::core::primitive::bool {
                    #when
                }
            }
        }
    }

    /// Expands to:
    /// ```text
    /// async fn create_user(call: Call<create_user, (State<Db>,), Valid<Json<NewUser>>>) -> Response {
    ///     async fn create_user(State(db): State<Db>, …) -> … { /* the user's tokens */ }
    ///     use …::__private::{self as __portcullis, AnyArgument as _};
    ///     __portcullis::validated(&__portcullis::Argument::<State<Db>>::OF.input());
    ///     …
    ///     call.run(|(a,), b| create_user(a, b)).await
    /// }
    /// ```
    fn wrapper(&self, function: &Function, arguments: &Arguments<'_>) -> TokenStream {
        let Function { visibility, signature, body, .. } = function;
        let (krate, name, generics) = (&self.krate, &signature.ident, &signature.generics);
        let (asyncness, fn_token, bounds) = (&signature.asyncness, &signature.fn_token, &generics.where_clause);
        let outer = function.attributes_at(&[Place::Outer, Place::Both]);
        let inner = function.attributes_at(&[Place::Inner, Place::Both]);
        let (part_types, body_type) = (&arguments.parts, &arguments.body);

        let call = format_ident!("__portcullis", span = Span::mixed_site());
        let local = |index: usize| format_ident!("__p{index}", span = Span::mixed_site());
        let heads: Vec<Ident> = (0..arguments.heads.len()).map(local).collect();
        let last = arguments.last.map(|_| local(heads.len()));
        let (part_names, body_name) = (tuple(&heads), last.as_ref().map_or_else(|| quote!(()), Ident::to_token_stream));
        let values = heads.iter().chain(&last);
        let parameters = parameters(generics);
        let turbofish = (!parameters.is_empty()).then(|| quote!(::<#(#parameters),*>));
        let vetting = self.vetting(arguments);
        let signature = inner_signature(signature);
        quote! {
            #(#outer)*
            #visibility #asyncness #fn_token #name #generics(#call: #krate::Call<#name, #part_types, #body_type>)
                -> #krate::__private::Response
            #bounds
            {
                #(#inner)*
                #signature #body
                #vetting
                #call.run(|#part_names, #body_name| #name #turbofish(#(#values),*)).await
            }
        }
    }

    /// The checks that only the compiler can make, since they go by type.
    fn vetting(&self, arguments: &Arguments<'_>) -> Option<TokenStream> {
        let (krate, mut checks) = (&self.krate, Vec::new());
        for argument in arguments.all().filter(|_| self.vet) {
            if self.policy.unvalidated.is_none() {
                checks.extend(inputs(&argument.ty).into_iter().map(|ty| check("validated", ty, "input")));
            }
            if self.policy.is_public() {
                checks.extend(callers(&argument.ty).into_iter().map(|ty| check("anonymous", ty, "caller")));
            }
        }
        (!checks.is_empty()).then(|| {
            quote! {
                use #krate::__private::{self as __portcullis, AnyArgument as _};
                #(#checks)*
            }
        })
    }
}

/// Expands to:
/// ```text
/// struct create_user {}
/// ```
///
/// Its name has the place of the user's but the expansion's context, in which the lints about names, use and visibility, which the
/// handler itself answers to, keep silent.
fn home(function: &Function) -> TokenStream {
    let visibility = &function.visibility;
    let mut name = function.signature.ident.clone();
    name.set_span(Span::mixed_site().located_at(name.span()));
    quote! {
        #[doc(hidden)]
        #visibility struct #name {}
    }
}

/// The user's signature, with an `async` that is ours: `#[secure]` asks for it, so no lint shall say that it can be removed.
fn inner_signature(signature: &Signature) -> Signature {
    let mut signature = signature.clone();
    if let Some(word) = &mut signature.asyncness {
        word.span = Span::mixed_site().located_at(word.span);
    }
    signature
}

/// `[1, 0, 0, 0]`
pub(crate) fn words(mask: Mask) -> TokenStream {
    let words = mask.words().map(Literal::u64_unsuffixed);
    quote!([#(#words),*])
}

/// `validated(&Argument::<T>::OF.input());` with the argument, on which the compiler puts its caret, where the user's type is.
fn check(function: &str, ty: &Type, question: &str) -> TokenStream {
    let tokens: Vec<TokenTree> = ty.to_token_stream().into_iter().collect();
    let first = tokens.first().map_or_else(Span::call_site, TokenTree::span);
    let last = tokens.last().map_or(first, TokenTree::span);
    let (function, question) = (Ident::new(function, Span::call_site()), Ident::new(question, Span::call_site()));
    let and = quote_spanned!(first=>&);
    let mut parentheses = Group::new(Delimiter::Parenthesis, TokenStream::new());
    parentheses.set_span(last);
    quote!(__portcullis::#function(#and __portcullis::Argument::<#ty>::OF.#question #parentheses);)
}

/// The arguments as `Call` takes them: the last may read the body, the others read the head of the request.
struct Arguments<'a> {
    heads: Vec<&'a PatType>,
    last: Option<&'a PatType>,
    parts: TokenStream,
    body: TokenStream,
}

impl<'a> Arguments<'a> {
    fn of(function: &'a Function) -> Self {
        let mut heads = function.arguments();
        let last = heads.pop();
        let types: Vec<&Type> = heads.iter().map(|head| &*head.ty).collect();
        let body = last.map_or_else(|| quote!(()), |last| last.ty.to_token_stream());
        Self { parts: tuple(&types), body, heads, last }
    }

    fn all(&self) -> impl Iterator<Item = &'a PatType> {
        self.heads.iter().copied().chain(self.last)
    }
}
