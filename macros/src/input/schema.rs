//! The JSON schema of the type: schemars' derive on a copy of it, with what garde's rules and ours state, so that nothing is written twice.
//! Where the type is an output, too, what is written has the schema that `Output` gives it.

use super::{
    ecma,
    emit::Emitter,
    model::{Container, Data, Field, changed, meta, says, written},
    own::Step,
    rules::{Argument, Rule},
    types, values,
};
use crate::schema as copy;
use proc_macro2::{Ident, Literal, Span, TokenStream};
use quote::{ToTokens, quote};
use syn::{Expr, ExprLit, Index, Lit, Member, Meta, Type, UnOp, ext::IdentExt};

impl Emitter<'_> {
    /// Expands to:
    /// ```text
    /// type __This = NewUser;
    /// #[derive(JsonSchema)]
    /// struct __Schema { #[schemars(transform = Told { … })] username: String, … }
    /// impl JsonSchema for NewUser { … }
    /// ```
    pub(super) fn schema(&self) -> TokenStream {
        let (krate, Container { ident, serde, docs, generics, .. }) = (&self.krate, self.container);
        let body = self.body(
            &TokenStream::new(),
            |variant| {
                let (docs, serde) = (&variant.docs, written(&variant.serde));
                quote!(#(#docs)* #serde)
            },
            |field| {
                let (docs, serde, told) = (&field.docs, self::serde(field), of_input(field, krate));
                quote!(#(#docs)* #serde #told)
            },
        );
        let item = self.item(&quote!(__Schema), &body);
        let schemars_crate = format!("{krate}::__private::schemars").replace(' ', "");
        let this = copy::this(ident, generics);
        let name = copy::name(ident, says(serde, "rename"), docs);
        let default = self.default();
        let deny = self.deny_unknown_fields();
        // What the copy has of `Default` is its own, however the type comes to its.
        let serde =
            changed(serde, |meta| Some(if meta.path().is_ident("default") { quote!(default) } else { meta.to_token_stream() }));
        let implementation = self.implementation();
        quote! {
            #this
            #[derive(#krate::__private::schemars::JsonSchema)]
            #[schemars(crate = #schemars_crate)]
            #name
            #deny
            #serde
            #(#docs)*
            #item
            #default
            #implementation
        }
    }

    fn implementation(&self) -> TokenStream {
        let (krate, Container { ident, generics, serde, .. }) = (&self.krate, self.container);
        let schemars = quote!(#krate::__private::schemars);
        let with_bounds = copy::described(krate, generics);
        let (all, arguments, clause) = with_bounds.split_for_impl();
        let read = quote!(<__Schema #arguments as #schemars::JsonSchema>);
        // schemars asks it of what is transparent alone: a field of it may be left out if what is in it may.
        let within = self.container.fields().find(|field| says(serde, "transparent") && !field.is_not_read());
        let option = within.map(|Field { ty, .. }| {
            quote! {
                fn _schemars_private_is_option() -> ::core::primitive::bool {
                    <#ty as #schemars::JsonSchema>::_schemars_private_is_option()
                }
            }
        });
        quote! {
            #[automatically_derived]
            impl #all #schemars::JsonSchema for #ident #arguments #clause {
                fn inline_schema() -> ::core::primitive::bool {
                    #read::inline_schema()
                }

                fn schema_name() -> #krate::__private::Cow<'static, ::core::primitive::str> {
                    #read::schema_name()
                }

                fn schema_id() -> #krate::__private::Cow<'static, ::core::primitive::str> {
                    #read::schema_id()
                }

                fn json_schema(generator: &mut #schemars::SchemaGenerator) -> #schemars::Schema {
                    use #krate::input::schema::Unwritten as _;
                    #krate::input::schema::Shape::<Self>::OF.schema::<__Schema #arguments>(generator)
                }

                #option
            }
        }
    }

    fn default(&self) -> Option<TokenStream> {
        let Container { generics, serde, data, .. } = self.container;
        let (Data::Struct(shape), Some(default)) = (data, meta(serde, "default")) else { return None };
        let (_, arguments, _) = generics.split_for_impl();
        let made = match default {
            Meta::NameValue(pair) => match &pair.value {
                Expr::Lit(ExprLit { lit: Lit::Str(path), .. }) => {
                    let path: syn::ExprPath = path.parse().ok()?;
                    quote!(#path())
                }
                _ => return None,
            },
            _ => quote!(<__This #arguments as ::core::default::Default>::default()),
        };
        let members: Vec<Member> =
            shape.fields.iter().enumerate().map(|(index, field)| member(field.ident.as_ref(), index)).collect();
        Some(copy::default(generics, &members, &made))
    }
}

/// The name of a field, or its number.
fn member(ident: Option<&Ident>, index: usize) -> Member {
    ident.map_or_else(|| Member::Unnamed(Index::from(index)), |ident| Member::Named(ident.clone()))
}

/// serde's attributes of a field, without the functions that read and write it, which schemars would take for types.
fn serde(field: &Field) -> TokenStream {
    let is_function =
        |meta: &Meta| ["with", "serialize_with", "deserialize_with"].into_iter().any(|key| meta.path().is_ident(key));
    changed(&field.serde, |meta| (!is_function(meta)).then(|| meta.to_token_stream()))
}

/// `#[schemars(…)]` for a field that is read. What a function of the user's reads has another form on the wire than its rules speak of.
fn of_input(field: &Field, krate: &TokenStream) -> TokenStream {
    if says(&field.serde, "with") || says(&field.serde, "deserialize_with") {
        return TokenStream::new();
    }
    let steps = field.own.sanitize.iter().map(|step| match step {
        Step::Named(step) => step.to_string(),
        Step::Custom(_) => "custom".to_owned(),
    });
    let steps: Vec<String> = steps.collect();
    let told = told(field, &steps, krate);
    let required = field.rules.iter().any(|rule| rule.is("required")).then(|| quote!(required,));
    quote!(#[schemars(#required transform = #told)])
}

/// What is told of a field that is written: its rules hold where it is shown, for a value of the type is one that kept them.
pub(super) fn of_output(field: &Field, krate: &TokenStream) -> Option<TokenStream> {
    (!field.garde.is_empty()).then(|| told(field, &[], krate))
}

/// What the rules of a field come to, as something that transforms its schema.
fn told(field: &Field, sanitize: &[String], krate: &TokenStream) -> TokenStream {
    let schema = quote!(#krate::input::schema);
    let facts = facts(&field.ty, &field.rules, &schema);
    let allowed = field.own.allow.iter().map(|word| Ident::new(&word.to_string().to_uppercase(), Span::call_site()));
    let keys = match &field.own.keys {
        Some(longest) if is_known(longest) => quote!(::core::option::Option::Some(#longest)),
        _ => quote!(::core::option::Option::None),
    };
    let ty = &field.ty;
    quote! {
        #schema::Told {
            facts: &[#(#facts),*],
            text: {
                use #schema::AnyText as _;
                #schema::Shape::<#ty>::OF.text(0 #(| #krate::input::allow::#allowed)*)
            },
            keys: #keys,
            sanitize: &[#(#sanitize),*],
        }
    }
}

/// What the rules say that a schema can, and whose values are known without a request.
fn facts(ty: &Type, rules: &[Rule], schema: &TokenStream) -> Vec<TokenStream> {
    let (ty, rules) = types::through_option(ty, rules);
    let mut facts: Vec<TokenStream> = rules.iter().filter_map(|rule| fact(rule, schema)).collect();
    let inner: Vec<Rule> = rules.iter().filter(|rule| rule.is("inner")).flat_map(Rule::inner).collect();
    if let Some(element) = types::element(ty).filter(|_| !inner.is_empty()) {
        let inner = self::facts(element, &inner, schema);
        facts.push(quote!(#schema::Fact::Inner(&[#(#inner),*])));
    }
    facts
}

fn fact(rule: &Rule, schema: &TokenStream) -> Option<TokenStream> {
    let name = rule.name.to_string();
    Some(match name.as_str() {
        "length" => {
            let arguments = rule.arguments();
            let unit = |word: &str| arguments.iter().any(|argument| argument.name == word);
            let unit = [("chars", "Chars"), ("bytes", "Bytes"), ("graphemes", "Graphemes"), ("utf16", "Utf16")]
                .into_iter()
                .find_map(|(word, variant)| unit(word).then_some(variant));
            let unit = Ident::new(unit.unwrap_or("Simple"), Span::call_site());
            let (min, max) = ends(&arguments, ToTokens::to_token_stream);
            quote!(#schema::Fact::Length { unit: #schema::Unit::#unit, min: #min, max: #max })
        }
        "range" => {
            let (min, max) = ends(&rule.arguments(), |value| number(value, schema));
            quote!(#schema::Fact::Range { min: #min, max: #max })
        }
        "email" | "ip" | "ipv4" | "ipv6" => quote!(#schema::Fact::Format(#name)),
        "url" => quote!(#schema::Fact::Format("uri")),
        "ascii" => quote!(#schema::Fact::Ascii),
        "alphanumeric" => quote!(#schema::Fact::Alphanumeric),
        "contains" | "prefix" | "suffix" => {
            let text: Expr = syn::parse2(rule.arguments.clone()?).ok().filter(is_known)?;
            match name.as_str() {
                "contains" => quote!(#schema::Fact::Contains(#text)),
                "prefix" => quote!(#schema::Fact::Prefix(#text)),
                _ => quote!(#schema::Fact::Suffix(#text)),
            }
        }
        "pattern" => {
            let ecma::Pattern { text, plain } = ecma::pattern(&values::pattern(rule)?.ok()?);
            quote!(#schema::Fact::Pattern { text: #text, plain: #plain })
        }
        _ => return None,
    })
}

/// The ends that are known without a request, as `Option`s.
fn ends(arguments: &[Argument], value: impl Fn(&Expr) -> TokenStream) -> (TokenStream, TokenStream) {
    let end = |name: &str| {
        let found = arguments.iter().find(|argument| {
            let own = argument.name.unraw().to_string();
            own == name || own == "equal"
        });
        match found.and_then(|argument| argument.value.as_ref()).filter(|value| is_known(value)) {
            Some(known) => {
                let value = value(known);
                quote!(::core::option::Option::Some(#value))
            }
            None => quote!(::core::option::Option::None),
        }
    };
    (end("min"), end("max"))
}

/// An end of a range for JSON. A whole number that is written out says its type, which nothing else would tell.
fn number(value: &Expr, schema: &TokenStream) -> TokenStream {
    let value = match values::integer(value) {
        Some(whole) => match (i64::try_from(whole), u64::try_from(whole)) {
            (Ok(whole), _) => Literal::i64_suffixed(whole).to_token_stream(),
            (_, Ok(whole)) => Literal::u64_suffixed(whole).to_token_stream(),
            _ => value.to_token_stream(),
        },
        None => value.to_token_stream(),
    };
    quote!(#schema::Number::from(#value))
}

/// Whether the value is a literal or the path of a constant.
fn is_known(value: &Expr) -> bool {
    match value {
        Expr::Lit(_) => true,
        Expr::Unary(unary) => matches!(unary.op, UnOp::Neg(_)) && is_known(&unary.expr),
        Expr::Path(path) => path.path.segments.last().is_some_and(|last| {
            let name = last.ident.to_string();
            name.chars().any(char::is_uppercase) && !name.chars().any(char::is_lowercase)
        }),
        _ => false,
    }
}
