//! The names of the wire that serde's attributes give explicitly, for the pointers of errors.
//! What `rename_all` makes of a name has the same letters, and is recognised by them.

use super::model::{Serde, meta};
use syn::{Expr, ExprLit, Lit, LitStr, Meta, Token, punctuated::Punctuated};

/// The names of a field, the one that it is renamed to first.
pub(super) fn explicit(serde: &[Serde]) -> Vec<LitStr> {
    let all = || serde.iter().flat_map(|serde| &serde.metas);
    let renamed = all().filter(|meta| meta.path().is_ident("rename")).filter_map(value);
    let aliases = all().filter(|meta| meta.path().is_ident("alias")).filter_map(value);
    renamed.chain(aliases).collect()
}

/// The text of a key.
pub(super) fn text(serde: &[Serde], key: &str) -> Option<LitStr> {
    value(meta(serde, key)?)
}

/// The text of `key = "…"` or `key(deserialize = "…")`.
fn value(meta: &Meta) -> Option<LitStr> {
    match meta {
        Meta::NameValue(pair) => match &pair.value {
            Expr::Lit(ExprLit { lit: Lit::Str(text), .. }) => Some(text.clone()),
            _ => None,
        },
        Meta::List(list) => {
            let inner = list.parse_args_with(Punctuated::<Meta, Token![,]>::parse_terminated).ok()?;
            inner.iter().find(|meta| meta.path().is_ident("deserialize")).and_then(value)
        }
        Meta::Path(_) => None,
    }
}
