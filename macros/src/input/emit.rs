//! What the type becomes: garde's rules and serde's reading, each derived on a copy of the type, and the impl that joins the two.
//! The copy that garde sees has the type's own name and vanishes after it was seen, so that the rules land on the type itself.

use super::{
    bounds::{self, Suspect},
    check,
    model::{Container, Data, Field, Kind, Shape, Variant, changed, says, written},
    names,
    own::Step,
    schema,
};
use crate::errors::Errors;
use proc_macro2::{Ident, Literal, Span, TokenStream, TokenTree};
use quote::{ToTokens, format_ident, quote, quote_spanned};
use syn::{GenericParam, Generics, Meta, ext::IdentExt, parse_quote, spanned::Spanned};

/// Everything that the derive adds.
pub(super) fn emit(container: &Container, errors: &Errors) -> TokenStream {
    let emitter = Emitter {
        krate: container.own.krate.as_ref().map_or_else(|| quote!(::portcullis), ToTokens::to_token_stream),
        container,
    };
    if !errors.is_empty() {
        let refusing = emitter.refusing();
        return quote!(#errors const _: () = { #refusing };);
    }
    let schema = (cfg!(feature = "openapi") && !container.own.without_schema).then(|| emitter.schema());
    let parts = [Some(emitter.rules()), Some(emitter.wire()), Some(emitter.reading()), Some(emitter.bounds()), schema];
    let parts = parts.into_iter().flatten();
    quote! {
        #[allow(dead_code, unused_imports, clippy::all, reason = "the copies of the type are read by derives, and by nobody else")]
        const _: () = { #(#parts)* };
    }
}

struct Emitter<'a> {
    krate: TokenStream,
    container: &'a Container,
}

impl Emitter<'_> {
    /// The rules, by garde.
    fn rules(&self) -> TokenStream {
        let (krate, Container { ident, garde, .. }) = (&self.krate, self.container);
        if matches!(&self.container.data, Data::Struct(shape) if shape.kind == Kind::Unit) {
            return self.no_rules();
        }
        let body = self.body(
            &TokenStream::new(),
            |_| TokenStream::new(),
            |field| {
                if field.is_not_read() && field.garde.is_empty() {
                    return quote!(#[garde(skip)]);
                }
                // Text is looked at even where nothing else is.
                let skips = matches!(field.rules.as_slice(), [rule] if rule.is("skip"));
                let (garde, text) = (field.garde.iter().filter(|_| !skips), self.text(field));
                quote!(#(#garde)* #text)
            },
        );
        let item = self.item(&ident.to_token_stream(), &body);
        quote! {
            #[derive(::garde::Validate)]
            #(#garde)*
            #[#krate::__private::vanish]
            #item
        }
    }

    /// The rule about what is not seen in text and yet changes it, for a field that may have text.
    fn text(&self, field: &Field) -> TokenStream {
        let (krate, ty) = (&self.krate, &field.ty);
        let allowed = field.own.allow.iter().map(|word| Ident::new(&word.to_string().to_uppercase(), Span::call_site()));
        quote! {
            #[garde(custom(|field: &#ty, _: &_| {
                use #krate::input::AnyField as _;
                #krate::input::Field(field).text(0 #(| #krate::input::allow::#allowed)*)
            }))]
        }
    }

    /// The schema, by schemars.
    fn schema(&self) -> TokenStream {
        let (krate, Container { ident, serde, docs, .. }) = (&self.krate, self.container);
        let body = self.body(
            &TokenStream::new(),
            |variant| {
                let (docs, serde) = (&variant.docs, written(&variant.serde));
                quote!(#(#docs)* #serde)
            },
            |field| {
                let (docs, serde, constraints) = (&field.docs, schema::serde(field), schema::attributes(field));
                quote!(#(#docs)* #serde #constraints)
            },
        );
        let item = self.item(&ident.to_token_stream(), &body);
        let schemars_crate = format!("{krate}::__private::schemars").replace(' ', "");
        let (deny, serde) = (self.deny_unknown_fields(), written(serde));
        quote! {
            #[derive(#krate::__private::schemars::JsonSchema)]
            #[schemars(crate = #schemars_crate)]
            #deny
            #serde
            #(#docs)*
            #[#krate::__private::vanish]
            #item
        }
    }

    fn deny_unknown_fields(&self) -> Option<TokenStream> {
        check::denies_unknown_fields(self.container).then(|| quote!(#[serde(deny_unknown_fields)]))
    }

    /// The impl of a type that nothing can be wrong with.
    fn no_rules(&self) -> TokenStream {
        let (krate, ident) = (&self.krate, &self.container.ident);
        let (generics, types, bounds) = self.container.generics.split_for_impl();
        quote! {
            #[automatically_derived]
            impl #generics #krate::__private::garde::Validate for #ident #types #bounds {
                type Context = ();

                fn validate_into(
                    &self,
                    _: &Self::Context,
                    _: &mut dyn ::core::ops::FnMut() -> #krate::__private::garde::Path,
                    _: &mut #krate::__private::garde::Report,
                ) {}
            }
        }
    }

    /// What is read, by serde.
    fn wire(&self) -> TokenStream {
        let (krate, Container { ident, serde, .. }) = (&self.krate, self.container);
        // Beside a tag in the object itself, serde takes any field for a variant without fields, unless it reads one with no fields in it.
        let is_tagged_within = says(serde, "tag") && !says(serde, "content");
        let unit = if is_tagged_within { quote!({}) } else { TokenStream::new() };
        let body = self.body(&unit, |variant| written(&variant.serde), |field| self.field_on_the_wire(field));
        let item = self.item(&quote!(__Wire), &body);
        let serde_crate = format!("{krate}::__private::serde").replace(' ', "");
        let remote = ident.to_string();
        let deny = self.deny_unknown_fields();
        // serde wants `Default` of the copy where that is asked for by a word, and of the type where it is asked for by a path.
        let default = |meta: &Meta| match meta {
            Meta::Path(path) if path.is_ident("default") => quote!(default = "::core::default::Default::default"),
            _ => meta.to_token_stream(),
        };
        let bound = self.bound().map(|bound| quote!(#[serde(bound(deserialize = #bound))]));
        let serde = changed(serde, |meta| Some(default(meta)));
        quote! {
            #[derive(#krate::__private::serde::Deserialize)]
            #[serde(crate = #serde_crate, remote = #remote)]
            #deny
            #bound
            #serde
            #item
        }
    }

    /// A field as serde sees it: the keys of a map are to be given once.
    fn field_on_the_wire(&self, field: &Field) -> TokenStream {
        let serde = written(&field.serde);
        if !bounds::is_map(field) {
            return serde;
        }
        let unique = format!("{}::input::unique", self.krate).replace(' ', "");
        quote!(#serde #[serde(deserialize_with = #unique)])
    }

    /// The bound of the type parameters for serde, which must be the one that the impl has, unless the type says its own.
    fn bound(&self) -> Option<String> {
        if says(&self.container.serde, "bound") {
            return None;
        }
        let krate = &self.krate;
        let bounds = self.container.generics.type_params().map(|parameter| {
            let name = &parameter.ident;
            quote!(#name: #krate::__private::serde::de::DeserializeOwned,).to_string()
        });
        let bounds: String = bounds.collect();
        (!bounds.is_empty()).then_some(bounds)
    }

    /// The impls that read the wire and then check the rules.
    fn reading(&self) -> TokenStream {
        let (krate, ident) = (&self.krate, &self.container.ident);
        let serde = quote!(#krate::__private::serde);
        let with_bounds = self.generics();
        let (input_generics, types, bounds) = with_bounds.split_for_impl();
        let with_lifetime = lifetime(&with_bounds);
        let (generics, _, _) = with_lifetime.split_for_impl();
        let wire = types.as_turbofish();
        let (names, clean) = (self.names(), self.clean());
        // What is made by code of the user's out of another input gets none that breaks its rules, not even while errors are collected.
        let from = ["from", "try_from"].into_iter().any(|key| says(&self.container.serde, key));
        let read = Ident::new(if from { "read_from" } else { "read" }, Span::call_site());
        quote! {
            #[automatically_derived]
            impl #generics #serde::Deserialize<'de> for #ident #types #bounds {
                fn deserialize<__D: #serde::Deserializer<'de>>(deserializer: __D) -> ::core::result::Result<Self, __D::Error> {
                    #names
                    #krate::input::#read(deserializer, &NAMES, |deserializer| __Wire #wire::deserialize(deserializer), #clean)
                }
            }

            #[automatically_derived]
            impl #input_generics #krate::Input for #ident #types #bounds {}

            #[automatically_derived]
            impl #input_generics #krate::input::Texts for #ident #types #bounds {
                fn each(
                    &self,
                    _: &mut dyn ::core::ops::FnMut(&str) -> ::core::ops::ControlFlow<&'static str>,
                ) -> ::core::ops::ControlFlow<&'static str> {
                    ::core::ops::ControlFlow::Continue(())
                }
            }
        }
    }

    /// What is done to the texts of a value that was read.
    fn clean(&self) -> TokenStream {
        let arms = self.container.shapes_by_name().filter_map(|(variant, shape)| self.clean_arm(variant, shape));
        let arms: Vec<TokenStream> = arms.collect();
        if arms.is_empty() {
            return quote!(|_| {});
        }
        quote! {
            |value: &mut Self| match value {
                #(#arms)*
                #[allow(unreachable_patterns, reason = "a struct has one arm")]
                _ => {}
            }
        }
    }

    fn clean_arm(&self, variant: Option<&Ident>, shape: &Shape) -> Option<TokenStream> {
        let mut bindings = Vec::new();
        let mut calls = Vec::new();
        for (index, field) in shape.fields.iter().enumerate().filter(|(_, field)| !field.own.sanitize.is_empty()) {
            let span = field.ty.span();
            let (krate, binding) = (at(&self.krate, span), format_ident!("field_{index}", span = span));
            let member = match &field.ident {
                Some(ident) => ident.to_token_stream(),
                None => Literal::usize_unsuffixed(index).to_token_stream(),
            };
            let steps = field.own.sanitize.iter().map(|step| match step {
                Step::Named(step) => quote!(#krate::input::sanitize::#step),
                Step::Custom(path) => path.to_token_stream(),
            });
            bindings.push(quote!(#member: #binding));
            calls.push(quote_spanned!(span=> #krate::input::sanitize::sanitize(#binding, &[#(#steps),*]);));
        }
        let variant = variant.map(|variant| quote!(::#variant));
        (!calls.is_empty()).then(|| quote!(Self #variant { #(#bindings,)* .. } => { #(#calls)* }))
    }

    /// What errors need to know of the names.
    fn names(&self) -> TokenStream {
        let krate = &self.krate;
        let fields = self.container.fields().filter_map(|field| {
            let rust = field.ident.as_ref()?.unraw().to_string();
            let wire = names::explicit(&field.serde);
            Some(quote!((#rust, &[#(#wire),*])))
        });
        let content = match names::text(&self.container.serde, "content") {
            Some(key) => {
                quote!(::core::option::Option::Some((#key, &#krate::input::Names { fields: FIELDS, content: ::core::option::Option::None })))
            }
            None => quote!(::core::option::Option::None),
        };
        quote! {
            const FIELDS: &[(&str, &[&str])] = &[#(#fields),*];
            static NAMES: #krate::input::Names = #krate::input::Names { fields: FIELDS, content: #content };
        }
    }

    /// The generics of the type, with the bound that reading it takes.
    fn generics(&self) -> Generics {
        let mut generics = self.container.generics.clone();
        let krate = &self.krate;
        let parameters: Vec<_> = generics.type_params().map(|parameter| parameter.ident.clone()).collect();
        for parameter in parameters {
            generics
                .make_where_clause()
                .predicates
                .push(parse_quote!(#parameter: #krate::__private::serde::de::DeserializeOwned));
        }
        generics
    }

    /// Asks the compiler whether the types that no rule bounds are of a kind that needs a bound.
    fn bounds(&self) -> TokenStream {
        let krate = &self.krate;
        let (generics, _, bounds) = self.container.generics.split_for_impl();
        let checks = self.container.fields().flat_map(bounds::unbounded).map(|Suspect { ty, in_map }| {
            let check = Ident::new(if in_map { "bounded_in_map" } else { "bounded" }, ty.span());
            let krate = at(krate, ty.span());
            quote_spanned!(ty.span()=> #krate::input::#check(&#krate::input::Length::<#ty>::OF.bound());)
        });
        quote! {
            fn __bounded #generics () #bounds {
                use #krate::input::AnyLength as _;
                #(#checks)*
            }
        }
    }

    /// The impls of a type with a mistake, which is reported already: it can be named everywhere, and there is never a value of it.
    fn refusing(&self) -> TokenStream {
        let (krate, ident) = (&self.krate, &self.container.ident);
        let with_lifetime = lifetime(&self.container.generics);
        let (generics, _, _) = with_lifetime.split_for_impl();
        let (input_generics, types, bounds) = self.container.generics.split_for_impl();
        let (serde, no_rules) = (quote!(#krate::__private::serde), self.no_rules());
        quote! {
            #no_rules

            #[automatically_derived]
            impl #generics #serde::Deserialize<'de> for #ident #types #bounds {
                fn deserialize<__D: #serde::Deserializer<'de>>(_: __D) -> ::core::result::Result<Self, __D::Error> {
                    ::core::result::Result::Err(#serde::de::Error::custom("this type has a mistake"))
                }
            }

            #[automatically_derived]
            impl #input_generics #krate::Input for #ident #types #bounds {}
        }
    }

    /// A copy of the type under a name.
    fn item(&self, name: &TokenStream, body: &TokenStream) -> TokenStream {
        let generics = &self.container.generics;
        let bounds = &generics.where_clause;
        match &self.container.data {
            Data::Struct(Shape { kind: Kind::Named, .. }) => quote!(struct #name #generics #bounds #body),
            Data::Struct(_) => quote!(struct #name #generics #body #bounds;),
            Data::Enum(_) => quote!(enum #name #generics #bounds { #body }),
        }
    }

    /// The fields, or the variants, with the attributes that are wanted; `unit` is what a variant without fields has behind its name.
    fn body(
        &self,
        unit: &TokenStream,
        variant_attributes: impl Fn(&Variant) -> TokenStream,
        attributes: impl Fn(&Field) -> TokenStream,
    ) -> TokenStream {
        match &self.container.data {
            Data::Struct(shape) => fields(shape, &attributes),
            Data::Enum(variants) => variants
                .iter()
                .map(|variant| {
                    let (ident, serde) = (&variant.ident, variant_attributes(variant));
                    let fields = match variant.shape.kind == Kind::Unit && !says(&variant.serde, "other") {
                        true => unit.clone(),
                        false => fields(&variant.shape, &attributes),
                    };
                    quote!(#serde #ident #fields,)
                })
                .collect(),
        }
    }
}

fn fields(shape: &Shape, attributes: &impl Fn(&Field) -> TokenStream) -> TokenStream {
    let fields = shape.fields.iter().map(|field| {
        let (attributes, ty) = (attributes(field), &field.ty);
        match &field.ident {
            Some(ident) => quote!(#attributes #ident: #ty),
            None => quote!(#attributes #ty),
        }
    });
    match shape.kind {
        Kind::Named => quote!({ #(#fields,)* }),
        Kind::Tuple => quote!((#(#fields,)*)),
        Kind::Unit => TokenStream::new(),
    }
}

/// The path of the crate, as if it were written there: the compiler points to where all of an expression was written.
fn at(krate: &TokenStream, span: Span) -> TokenStream {
    let moved = |mut token: TokenTree| {
        token.set_span(span);
        token
    };
    krate.clone().into_iter().map(moved).collect()
}

/// The generics with the lifetime of what is read from, in front.
fn lifetime(generics: &Generics) -> Generics {
    let mut generics = generics.clone();
    let lifetime: GenericParam = parse_quote!('de);
    generics.params.insert(0, lifetime);
    generics
}
