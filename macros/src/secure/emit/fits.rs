//! The arguments that can be read from one route and not from another, or by one type and not by another, for the router to look at.
//! Only where an argument may be such a one: most handlers have none, and build nothing for it.

use super::{
    super::{
        arguments::{elements, parameter_of},
        route::is_settled,
    },
    Arguments, Emitter, Function,
    description::Hidden,
};
use proc_macro2::TokenStream;
use quote::quote;
use syn::Type;

/// What is read by the names of fields.
const NAMED: [&str; 3] = ["Header", "Cookie", "Multipart"];

impl Emitter<'_> {
    /// Expands to:
    /// ```text
    /// const FITS: Option<fn(&mut Fitting<'_>)> = {
    ///     fn look(fitting: &mut Fitting<'_>) {
    ///         use …::AnyFit as _;
    ///         (&Fit::<Path<Member>>::OF).look(fitting);
    ///     }
    ///     Some(look)
    /// };
    /// ```
    pub(super) fn fits(&self, function: &Function, arguments: &Arguments<'_>) -> Option<TokenStream> {
        let is_settled = |ty: &&Type| self.names_route && path(ty).is_some_and(is_settled);
        let types: Vec<&Type> = self.read_by_name(function, arguments).filter(|ty| !is_settled(ty)).collect();
        let krate = &self.krate;
        (!types.is_empty()).then(|| {
            quote! {
                const FITS: ::core::option::Option<fn(&mut #krate::__private::Fitting<'_>)> = {
                    fn look(fitting: &mut #krate::__private::Fitting<'_>) {
                        #[allow(unused_imports, reason = "an argument may know for itself")]
                        use #krate::__private::AnyFit as _;
                        #((&#krate::__private::Fit::<#types>::OF).look(fitting);)*
                    }
                    ::core::option::Option::Some(look)
                };
            }
        })
    }

    /// The arguments, as far as their types are written out and are nothing that only a caller of a generic handler knows.
    pub(super) fn read_by_name<'a>(&self, function: &Function, arguments: &'a Arguments<'_>) -> impl Iterator<Item = &'a Type> {
        let (vet, hidden) = (self.vet, Hidden::of(function));
        let types = arguments.all().flat_map(|argument| elements(&argument.ty));
        types.filter(move |ty| vet && is_read_by_name(ty) && !hidden.is_in(ty))
    }
}

fn is_read_by_name(ty: &Type) -> bool {
    path(ty).is_some() || has_names(ty)
}

/// The `T` of `Path<T>` and `Valid<Path<T>>`.
fn path(ty: &Type) -> Option<&Type> {
    parameter_of(parameter_of(ty, "Valid").unwrap_or(ty), "Path")
}

/// Whether it is read by names, and by nothing else.
pub(super) fn has_names(ty: &Type) -> bool {
    parameter_of(ty, "Valid").is_some_and(|ty| NAMED.iter().any(|name| parameter_of(ty, name).is_some()))
}
