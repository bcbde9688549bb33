//! The copy of the type that the derives read: as the user wrote it, but for the attributes.

use proc_macro2::{Ident, TokenStream};
use quote::quote;
use syn::{Attribute, Data, DeriveInput, Fields, Type};

/// The item under a name and with other attributes: of the item none, of a variant those that `keep` wants, of a field these.
pub(super) fn copy(
    item: &DeriveInput,
    ident: &Ident,
    keep: impl Fn(&Attribute) -> bool,
    attributes: &[TokenStream],
) -> TokenStream {
    let DeriveInput { vis, generics, data, .. } = item;
    let clause = &generics.where_clause;
    let mut attributes = attributes.iter();
    match data {
        Data::Struct(data) => match &data.fields {
            Fields::Named(_) | Fields::Unit => {
                let fields = fields(&data.fields, &mut attributes);
                let end = data.semi_token;
                quote!(#vis struct #ident #generics #clause #fields #end)
            }
            Fields::Unnamed(_) => {
                let fields = fields(&data.fields, &mut attributes);
                quote!(#vis struct #ident #generics #fields #clause;)
            }
        },
        Data::Enum(data) => {
            let variants: Vec<TokenStream> = data
                .variants
                .iter()
                .map(|variant| {
                    let own = variant.attrs.iter().filter(|attribute| keep(attribute));
                    let (name, fields) = (&variant.ident, fields(&variant.fields, &mut attributes));
                    quote!(#(#own)* #name #fields)
                })
                .collect();
            quote!(#vis enum #ident #generics #clause { #(#variants),* })
        }
        Data::Union(_) => TokenStream::new(),
    }
}

fn fields<'a>(fields: &Fields, attributes: &mut impl Iterator<Item = &'a TokenStream>) -> TokenStream {
    let all = fields.iter().map(|field| {
        let (own, vis, ty): (_, _, &Type) = (attributes.next(), &field.vis, &field.ty);
        let name = field.ident.as_ref().map(|name| quote!(#name:));
        quote!(#own #vis #name #ty)
    });
    let all: Vec<TokenStream> = all.collect();
    match fields {
        Fields::Named(_) => quote!({ #(#all),* }),
        Fields::Unnamed(_) => quote!((#(#all),*)),
        Fields::Unit => TokenStream::new(),
    }
}
