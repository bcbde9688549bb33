//! The rule book at compile time: finding and reading `security.toml`, and `rule_book!()`, which writes it into the program.
//! The nearest one wins, from the crate upwards, as with `rustfmt.toml` and `.cargo/config.toml`.

use crate::{errors::Errors, secure::words};
use portcullis_policy::{Mask, RuleBookFile};
use proc_macro2::{Literal, TokenStream};
use quote::{ToTokens, quote};
use std::{
    env, fs,
    path::Path,
    sync::{Arc, Mutex, PoisonError},
    time::SystemTime,
};
use syn::{
    Token,
    parse::{ParseStream, Parser},
};

/// The name of the file.
const FILE_NAME: &str = "security.toml";

/// What was found as the rule book.
#[derive(Debug)]
pub(crate) enum BookSource {
    Found { path: String, file: RuleBookFile },
    Missing,
    Broken { messages: Vec<String> },
}

impl BookSource {
    /// Where the file is, if there is a sound one.
    pub(crate) fn path(&self) -> Option<&str> {
        match self {
            Self::Found { path, .. } => Some(path),
            Self::Missing | Self::Broken { .. } => None,
        }
    }

    /// The rule book of a text.
    fn parse(path: &str, text: &str) -> Self {
        match RuleBookFile::parse(text) {
            Ok(file) => Self::Found { path: path.to_owned(), file },
            Err(errors) => Self::Broken { messages: errors.iter().map(|error| format!("`{FILE_NAME}` {error}")).collect() },
        }
    }
}

/// What tells whether a file was read before: its path, its length, and when it was written.
type Stamp = (String, u64, Option<SystemTime>);

/// The rule book that governs the crate which is being compiled.
pub(crate) fn find() -> Arc<BookSource> {
    /// The last file that was read: a crate has one rule book and hundreds of endpoints.
    static LAST: Mutex<Option<(Stamp, Arc<BookSource>)>> = Mutex::new(None);

    let start = env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default();
    let Some(file) = Path::new(&start).ancestors().map(|folder| folder.join(FILE_NAME)).find(|file| file.is_file()) else {
        return Arc::new(BookSource::Missing);
    };
    let Some(path) = file.to_str() else {
        return Arc::new(broken("is in a folder whose name is not Unicode; rename the folder"));
    };
    let stamp = match fs::metadata(&file) {
        Ok(metadata) => (path.to_owned(), metadata.len(), metadata.modified().ok()),
        Err(error) => return Arc::new(broken(&format!("cannot be read: {error}"))),
    };
    let mut last = LAST.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some((known, book)) = &*last
        && *known == stamp
    {
        return Arc::clone(book);
    }
    let book = Arc::new(match fs::read_to_string(&file) {
        Ok(text) => BookSource::parse(path, &text),
        Err(error) => broken(&format!("cannot be read: {error}")),
    });
    *last = Some((stamp, Arc::clone(&book)));
    book
}

fn broken(reason: &str) -> BookSource {
    BookSource::Broken { messages: vec![format!("`{FILE_NAME}` {reason}")] }
}

/// Expands `rule_book!(input)`.
///
/// Expands to:
/// ```text
/// {
///     static BOOK: RuleBook = RuleBook::new(HASH, &[Role::new("admin", …), …], &[Scope::new("reports:read", …), …]);
///     &BOOK
/// }
/// ```
pub(crate) fn expand(input: TokenStream, book: &BookSource) -> TokenStream {
    let mut errors = Errors::default();
    let krate = krate.parse2(input).unwrap_or_else(|error| {
        errors.push(error);
        None
    });
    let krate = krate.map_or_else(|| quote!(::portcullis), syn::Path::into_token_stream);
    match book {
        BookSource::Found { .. } => {}
        BookSource::Missing => errors.at(
            TokenStream::new(),
            "there is no `security.toml`; create one beside the `Cargo.toml` of the workspace; an empty file is a valid start",
        ),
        BookSource::Broken { messages } => messages.iter().for_each(|message| errors.at(TokenStream::new(), message)),
    }
    let tie = book.path().map(|path| quote!(const _: &[::core::primitive::u8] = ::core::include_bytes!(#path);));
    let book = constant(book, &krate);
    quote! {{
        #errors
        #tie
        static BOOK: #krate::RuleBook = #book;
        &BOOK
    }}
}

/// Nothing, or `crate = path`.
fn krate(input: ParseStream<'_>) -> syn::Result<Option<syn::Path>> {
    if input.is_empty() {
        return Ok(None);
    }
    let path = input.parse::<Token![crate]>().and_then(|_| input.parse::<Token![=]>()).and_then(|_| input.call(syn::Path::parse_mod_style));
    let path = path.map_err(|error| {
        syn::Error::new(error.span(), "`rule_book!` takes nothing, or the path of the `portcullis` crate: `rule_book!(crate = path)`")
    })?;
    input.parse::<Option<Token![,]>>()?;
    Ok(Some(path))
}

/// `RuleBook::new(…)`, empty where there is no sound file, so that one mistake is one error.
fn constant(book: &BookSource, krate: &TokenStream) -> TokenStream {
    let BookSource::Found { file, .. } = book else {
        return quote!(#krate::RuleBook::new(0, &[], &[]));
    };
    let hash = Literal::u64_unsuffixed(file.hash());
    let mask = |mask: Option<Mask>| {
        let words = words(mask.unwrap_or_default());
        quote!(#krate::Mask::from_words(#words))
    };
    let roles = file.role_names().map(|name| {
        let (grant, held_by) = (mask(file.role_grant(name)), mask(file.role(name)));
        quote!(#krate::Role::new(#name, #grant, #held_by))
    });
    let scopes = file.scope_names().map(|name| {
        let (meaning, grant) = (file.scope_meaning(name).unwrap_or_default(), mask(file.scope(name)));
        quote!(#krate::Scope::new(#name, #meaning, #grant))
    });
    quote!(#krate::RuleBook::new(#hash, &[#(#roles),*], &[#(#scopes),*]))
}
