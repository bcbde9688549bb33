//! What a handler becomes: a home for its policy, the policy as a constant, and the function around the user's own.
//! Data and one call; everything that decides is in the runtime.

mod deferred;
mod description;
mod fits;
mod policy;

pub(crate) use policy::{requirement, words};

use super::{
    arguments::{elements, inputs, parameters, tuple, validated_input},
    condition::{Names, as_body, bindings, by_reference},
    function::{Function, Place},
    model::{Policy, When},
};
use crate::rule_book::BookSource;
use proc_macro2::{Ident, Span, TokenStream, TokenTree};
use quote::{ToTokens, format_ident, quote, quote_spanned};
use syn::{Attribute, Pat, PatType, ReturnType, Signature, Type, ext::IdentExt};

/// What all variants of a handler have in common.
pub(super) struct Emitter<'a> {
    /// The path of the `portcullis` crate.
    pub(super) krate: TokenStream,
    pub(super) policy: &'a Policy,
    /// The rule book, unless an error is reported already.
    pub(super) rule_book: Option<&'a BookSource>,
    /// Whether a route is named, be it a wrong one.
    pub(super) names_route: bool,
    /// Whether the arguments' types are to be checked; not where an error is reported already.
    pub(super) vet: bool,
    /// Whether the handler is to be described for an OpenAPI document.
    pub(super) describe: bool,
}

impl Emitter<'_> {
    /// Everything that takes the place of the handler.
    pub(super) fn handler(&self, function: &Function) -> TokenStream {
        let arguments = Arguments::of(function);
        let cfgs: TokenStream = function.attributes_at(&[Place::Everything]).map(Attribute::to_token_stream).collect();
        let home = home(function);
        let description = self.describe.then(|| self.description(function, &arguments));
        let constants = [self.fits(function, &arguments), description].into_iter().flatten().collect();
        let policy = self.policy_of(function, arguments.last.and_then(|last| validated_input(&last.ty)), constants);
        let route = self.names_route.then(|| self.named_route(function));
        let condition = self.policy.when.as_ref().map(|when| self.condition(function, &arguments, when));
        let wrapper = self.wrapper(function, &arguments);
        let deferred = self.deferred(&function.signature.ident.unraw().to_string());
        let parts = [Some(home), Some(policy), route, deferred, condition, Some(wrapper)].into_iter().flatten();
        quote!(#(#cfgs #parts)*)
    }

    /// Expands to:
    /// ```text
    /// impl<R: Repo> Condition<(State<R>,), Path<u64>> for get_doc {
    ///     async fn after_body(principal: &Principal, _: &(State<R>,), Path(id): &Path<u64>) -> bool { EXPR }
    /// }
    /// ```
    fn condition(&self, function: &Function, arguments: &Arguments<'_>, when: &When) -> TokenStream {
        let When { key, expression } = when;
        let (krate, name, names) = (&self.krate, &function.signature.ident, Names::of(expression));
        let expression = as_body(expression);
        let (generics, _, bounds) = function.signature.generics.split_for_impl();
        let (parts, body) = (&arguments.parts, &arguments.body);
        let part_pattern = match arguments.heads.iter().any(|head| names.are_bound_by(&head.pat)) {
            true => tuple(&arguments.heads.iter().map(|head| by_reference(&head.pat, &names)).collect::<Vec<Pat>>()),
            false => quote!(_),
        };
        let last = arguments.last.filter(|last| names.are_bound_by(&last.pat));
        // An argument of the user's that is called `principal` comes before ours.
        let taken = arguments.all().any(|argument| bindings(&argument.pat).iter().any(|binding| *binding == "principal"));
        let principal = names.principal().filter(|_| !taken).map_or_else(|| quote!(_), Ident::into_token_stream);
        let (method, body_argument) = match last {
            Some(last) => {
                let pattern = by_reference(&last.pat, &names);
                (Ident::new("after_body", *key), quote!(, #pattern: &#body))
            }
            None => (Ident::new("before_body", *key), quote!()),
        };
        let levels = function.attributes_at(&[Place::Levels]);
        // An expression that is no `bool`, or whose future is not `Send`, is explained at the word `when`.
        let function = quote_spanned!(*key=> async fn #method);
        let output = quote_spanned!(*key=> -> ::core::primitive::bool);
        quote! {
            #(#levels)*
            impl #generics #krate::Condition<#parts, #body> for #name #bounds {
                #function(#principal: &#krate::Principal, #part_pattern: &#parts #body_argument) #output { #expression }
            }
        }
    }

    /// Expands to:
    /// ```text
    /// impl NamedRoute for create_user {}
    /// ```
    fn named_route(&self, function: &Function) -> TokenStream {
        let (krate, name) = (&self.krate, &function.signature.ident);
        quote!(impl #krate::NamedRoute for #name {})
    }

    /// Expands to:
    /// ```text
    /// fn create_user(call: Call<create_user, (State<Db>,), Valid<Json<NewUser>>>) -> impl Future<Output = Response> {
    ///     async fn create_user(State(db): State<Db>, …) -> … { /* the user's tokens */ }
    ///     use …::argument::{self as __portcullis, AnyArgument as _};
    ///     __portcullis::validated(&__portcullis::Argument::<State<Db>>::OF.input());
    ///     …
    ///     call.run(|(a,), b| create_user(a, b))
    /// }
    /// ```
    ///
    /// The outer function hands the future on instead of awaiting it: one state machine less for the compiler to build and to check.
    fn wrapper(&self, function: &Function, arguments: &Arguments<'_>) -> TokenStream {
        let Function { visibility, signature, body, .. } = function;
        let (krate, name, generics) = (&self.krate, &signature.ident, &signature.generics);
        let (fn_token, bounds) = (&signature.fn_token, &generics.where_clause);
        let outer = function.attributes_at(&[Place::Outer, Place::Levels]);
        let inner = function.attributes_at(&[Place::Inner]);
        let (part_types, body_type) = (&arguments.parts, &arguments.body);

        // What is wrong with the answer is explained where its type is.
        let (answer, _) = match &signature.output {
            ReturnType::Default => ends(name),
            ReturnType::Type(_, ty) => ends(ty),
        };
        let call = Ident::new("__portcullis", answer);
        let local = |index: usize| format_ident!("__p{index}", span = Span::mixed_site());
        let heads: Vec<Ident> = (0..arguments.heads.len()).map(local).collect();
        let last = arguments.last.map(|_| local(heads.len()));
        let (part_names, body_name) = (tuple(&heads), last.as_ref().map_or_else(|| quote!(()), Ident::to_token_stream));
        let values = heads.iter().chain(&last);
        let parameters = parameters(generics);
        let turbofish = (!parameters.is_empty()).then(|| quote!(::<#(#parameters),*>));
        let vetting = self.vetting(function, arguments);
        let signature = inner_signature(signature);
        let run = quote_spanned!(answer=> #call.run(|#part_names, #body_name| #name #turbofish(#(#values),*)));
        // An item that begins and ends with the user's tokens is the user's to the lints, which find a handler that is never routed.
        let outer_body = quote_spanned!(body.span()=> { #(#inner)* #signature #body #vetting #run });
        quote! {
            #(#outer)*
            #visibility #fn_token #name #generics(#call: #krate::Call<#name, #part_types, #body_type>)
                -> impl ::core::future::Future<Output = #krate::__private::Response>
            #bounds
            #outer_body
        }
    }

    /// The checks that only the compiler can make, since they go by type.
    fn vetting(&self, function: &Function, arguments: &Arguments<'_>) -> Option<TokenStream> {
        let (krate, mut checks) = (&self.krate, Vec::new());
        for argument in arguments.all().filter(|_| self.vet) {
            if self.policy.unvalidated.is_none() {
                checks.extend(inputs(&argument.ty).into_iter().map(|ty| check("validated", ty, "input")));
            }
            if self.policy.is_public() {
                checks.extend(elements(&argument.ty).into_iter().map(|ty| check("anonymous", ty, "caller")));
            }
        }
        checks.extend(
            self.read_by_name(function, arguments).filter(|ty| fits::has_names(ty)).map(|ty| check("named", ty, "names")),
        );
        (!checks.is_empty()).then(|| {
            quote! {
                use #krate::argument::{self as __portcullis, AnyArgument as _};
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

/// `validated(&Argument::<T>::OF.input());`, in which the argument, on which the compiler puts its caret, is where the user's type is.
fn check(function: &str, ty: &Type, question: &str) -> TokenStream {
    let (first, last) = ends(ty);
    let (function, question) = (Ident::new(function, last), Ident::new(question, last));
    // The call has the place of its argument, so that the compiler does not point at both.
    let path = quote_spanned!(first=> __portcullis::);
    let argument = quote_spanned!(first=> &__portcullis::Argument::<#ty>::OF);
    let question = quote_spanned!(last=> .#question());
    quote!(#path #function(#argument #question);)
}

/// Where the tokens begin and where they end: on stable Rust a span cannot be joined with another, but an expression's begins with
/// its first token and ends with its last.
fn ends(tokens: impl ToTokens) -> (Span, Span) {
    let tokens: Vec<TokenTree> = tokens.into_token_stream().into_iter().collect();
    let first = tokens.first().map_or_else(Span::call_site, TokenTree::span);
    (first, tokens.last().map_or(first, TokenTree::span))
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
