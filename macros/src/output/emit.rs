//! What a type becomes: serde's own derive, on a copy of the type in which every rule is an attribute of serde.
//! The copy vanishes after the derives have read it, and so their impls are the user's type's.

mod copy;
mod schema;

use super::{
    attribute::Mask,
    generics,
    model::{Declaration, Declared, Described, Rule},
    types,
};
use crate::{
    rule_book::BookSource,
    secure::{Requirement, emit_requirement},
};
use proc_macro2::{Ident, Literal, Span, TokenStream};
use quote::{ToTokens, format_ident, quote};
use syn::{Attribute, ExprPath, LitStr, Type};

/// Expands to:
/// ```text
/// const _: () = {
///     use ::portcullis as __portcullis;
///     const __RULE_BOOK: u64 = …;
///     enum __Rule0 {}
///     impl Rule for __Rule0 { const RULE_BOOK: u64 = __RULE_BOOK; const SHOWN_TO: Requirement = …; }
///     #[derive(Serialize)]
///     #[serde(crate = "…")]
///     #[vanish]
///     struct Account { #[serde(skip_serializing_if = "__portcullis::answer::hidden::<__Rule0, _>")] notes: String, … }
///     impl Output for Account {}
/// };
/// ```
pub(super) fn emit(declared: &Declared<'_>, book: &BookSource) -> TokenStream {
    let Declared { item, krate, .. } = declared;
    let mut rules = TokenStream::new();
    let indexed = || declared.fields.iter().enumerate();
    let attributes: Vec<TokenStream> = indexed().map(|(index, field)| declared.field(index, field, &mut rules)).collect();
    let of_schema: Vec<TokenStream> =
        indexed().map(|(index, field)| declared.schema_of_field(index, field, &mut rules)).collect();
    let asks = |field: &Declaration<'_>| matches!(field.rule, Rule::Visible { .. } | Rule::VisibleOrMasked { .. });
    let hash = declared.fields.iter().any(asks).then(|| rule_book(book));
    // One copy does for both derives, unless what is written has a schema beside that of what is read.
    let schema = (declared.described == Described::Here).then(|| declared.derive_schema());
    let beside = (declared.described == Described::BesideInput).then(|| declared.schema_beside_input(&of_schema, &attributes));
    let shared: Vec<TokenStream> = match declared.described {
        Described::Here => of_schema.iter().zip(&attributes).map(|(schema, serde)| quote!(#schema #serde)).collect(),
        Described::Elsewhere | Described::BesideInput => attributes,
    };
    let is_read =
        |attribute: &Attribute| attribute.path().is_ident("serde") || (schema.is_some() && schema::is_for_schema(attribute));
    let copy = copy::copy(item, &item.ident, is_read, &shared);
    let serde = match declared.serde.word("crate") {
        Some(_) => declared.serde.without("", []),
        None => declared.serde.without("", [quote!(crate = "__portcullis::__private::serde")]),
    };
    let name = &item.ident;
    let (generics, arguments, clause) = item.generics.split_for_impl();
    // Without parameters it is no condition, but a fact, and the compiler says so.
    let condition = (!item.generics.params.is_empty()).then(|| quote!(Self: __portcullis::__private::serde::Serialize,));
    let predicates = clause.map(|clause| &clause.predicates).into_iter().flatten();
    let clause = condition.map(|condition| quote!(where #(#predicates,)* #condition));
    quote! {
        const _: () = {
            use #krate as __portcullis;
            #hash
            #rules
            #[derive(__portcullis::__private::serde::Serialize)]
            #schema
            #serde
            #[__portcullis::__private::vanish]
            #copy
            #[automatically_derived]
            impl #generics __portcullis::Output for #name #arguments #clause {}
            #beside
        };
    }
}

/// What takes the place of a type with mistakes: it serializes to nothing, so that its other uses do not add errors of their own.
pub(super) fn emit_nothing(declared: &Declared<'_>) -> TokenStream {
    let Declared { item, krate, .. } = declared;
    let name = &item.ident;
    let (generics, arguments, clause) = item.generics.split_for_impl();
    let schema = declared.no_schema();
    quote! {
        #[automatically_derived]
        impl #generics #krate::__private::serde::Serialize for #name #arguments #clause {
            fn serialize<__S: #krate::__private::serde::Serializer>(
                &self,
                serializer: __S,
            ) -> ::core::result::Result<__S::Ok, __S::Error> {
                #krate::__private::serde::Serializer::serialize_unit(serializer)
            }
        }
        #[automatically_derived]
        impl #generics #krate::Output for #name #arguments #clause {}
        #schema
    }
}

impl Declared<'_> {
    /// The attributes of a field for serde; what they name is added to the rules.
    fn field(&self, index: usize, field: &Declaration<'_>, rules: &mut TokenStream) -> TokenStream {
        let answer = quote!(__portcullis::answer);
        // A `$crate` means nothing in a text. Then the type is found from the value, and a mistake is told of at the derive as well.
        let ty =
            Some(self.without_self(&field.field.ty)).filter(|ty| !ty.to_string().contains("$crate")).unwrap_or_else(|| quote!(_));
        // Each a path that asks the type itself for a trait, and no function with bounds, which the compiler would show as well.
        let serialize = || quote!(__portcullis::__private::serde::Serialize);
        let display = || quote!(::core::fmt::Display);
        match &field.rule {
            Rule::Serde => field.serde.without("", []),
            Rule::Open => {
                let asked = if types::says_secret(&field.field.ty) { quote!(NoSecret) } else { quote!(Field<_>) };
                field.serde.without("", self.writer(field, &quote!(<#ty as #answer::#asked>::open), &serialize()))
            }
            Rule::Masked(mask) => {
                let mask = numbers(*mask);
                field
                    .serde
                    .without("", self.writer(field, &quote!(<#ty as #answer::Maskable<_>>::masked::<#mask, _>), &display()))
            }
            Rule::VisibleOrMasked { shown_to, mask } => {
                let (rule, mask) = (self.shown_to(index, shown_to, rules), numbers(*mask));
                let (serialize, display) = (serialize(), display());
                let function = quote!(<#ty as #answer::Maskable<_>>::whole_or_masked::<#rule, #mask, _, _>);
                field.serde.without("", self.writer(field, &function, &quote!(#serialize + #display)))
            }
            Rule::Visible { shown_to, by_function } => {
                let rule = self.shown_to(index, shown_to, rules);
                let hidden = self.hidden(index, field, &rule, rules);
                let writer = if *by_function {
                    Vec::new()
                } else {
                    self.writer(field, &quote!(<#ty as #answer::Field<_>>::write), &serialize())
                };
                field.serde.without("skip_serializing_if", writer.into_iter().chain([hidden]))
            }
        }
    }

    /// A type of a field, for where `Self` is another.
    fn without_self(&self, ty: &Type) -> TokenStream {
        let (name, (_, arguments, _)) = (&self.item.ident, self.item.generics.split_for_impl());
        generics::without_self(ty, &quote!(#name #arguments))
    }

    /// Expands to:
    /// ```text
    /// serialize_with = "<Page<T> as __portcullis::answer::Field<_>>::write", bound(serialize = "T: Serialize")
    /// ```
    fn writer(&self, field: &Declaration<'_>, function: &TokenStream, traits: &TokenStream) -> Vec<TokenStream> {
        // The place is the user's altogether: what is wrong with the type is told there, and not of the derive as well.
        let function = LitStr::new(&function.to_string(), types::place(&field.field.ty));
        let mut writer = vec![quote!(serialize_with = #function)];
        let bounds = types::bounds(&field.field.ty, &self.item.generics, traits);
        if !bounds.is_empty() && field.serde.word("bound").is_none() {
            let bounds = text(&quote!(#(#bounds),*), Span::call_site());
            writer.push(quote!(bound(serialize = #bounds)));
        }
        writer
    }

    /// The name of the rule that says who may see a field.
    fn shown_to(&self, index: usize, shown_to: &Requirement, rules: &mut TokenStream) -> Ident {
        let name = rule_name(index);
        let shown_to = emit_requirement(&quote!(__portcullis), shown_to);
        rules.extend(quote! {
            enum #name {}
            impl __portcullis::answer::Rule for #name {
                const RULE_BOOK: ::core::primitive::u64 = __RULE_BOOK;
                const SHOWN_TO: __portcullis::Requirement = #shown_to;
            }
        });
        name
    }

    /// Expands to:
    /// ```text
    /// skip_serializing_if = "__portcullis::answer::hidden::<__Rule0, _>"
    /// ```
    /// or, where the user has a condition, to the name of a function that asks both:
    /// ```text
    /// fn __hidden0<T>(value: &Option<T>) -> bool { hidden::<__Rule0, _>(value) || Option::is_none(value) }
    /// ```
    fn hidden(&self, index: usize, field: &Declaration<'_>, rule: &Ident, rules: &mut TokenStream) -> TokenStream {
        let ty = &field.field.ty;
        let hidden = quote!(__portcullis::answer::hidden::<#rule, _>);
        let Some(own) = field.serde.text("skip_serializing_if") else {
            let hidden = text(&hidden, types::place(ty));
            return quote!(skip_serializing_if = #hidden);
        };
        let Ok(condition) = own.parse::<ExprPath>() else {
            // Serde says what is wrong with it.
            return quote!(skip_serializing_if = #own);
        };
        let function = format_ident!("__hidden{index}");
        let name = text(&function, own.span());
        let (ty, generics) = generics::argument(self.without_self(ty), &self.item.generics);
        let (generics, _, clause) = generics.split_for_impl();
        rules.extend(quote! {
            fn #function #generics(value: &#ty) -> ::core::primitive::bool #clause {
                #hidden(value) || #condition(value)
            }
        });
        quote!(skip_serializing_if = #name)
    }
}

/// The name of the rule of a field.
fn rule_name(index: usize) -> Ident {
    format_ident!("__Rule{index}")
}

/// `0, 4`
fn numbers(mask: Mask) -> TokenStream {
    let (first, last) = (Literal::u16_unsuffixed(mask.first), Literal::u16_unsuffixed(mask.last));
    quote!(#first, #last)
}

/// The hash of the rule book, tied to the file: editing it compiles again what it governs.
fn rule_book(book: &BookSource) -> TokenStream {
    let hash = match book {
        BookSource::Found { file, .. } => {
            let hash = Literal::u64_unsuffixed(file.hash());
            match book.tie() {
                Some(path) => quote!((#hash, ::core::include_bytes!(#path)).0),
                None => hash.into_token_stream(),
            }
        }
        BookSource::Missing | BookSource::Broken { .. } => quote!(0),
    };
    quote!(const __RULE_BOOK: ::core::primitive::u64 = #hash;)
}

/// The tokens as a text, in which their names mean what they mean here and have their place in the user's source.
fn text(tokens: &impl ToTokens, place: Span) -> LitStr {
    LitStr::new(&tokens.to_token_stream().to_string(), Span::call_site().located_at(place))
}
