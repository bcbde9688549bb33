//! `export_openapi!`: the OpenAPI document of a program, written where `cargo portcullis export openapi` asks for it.
//! Where nobody asks, the test shows that there is a document: one that cannot be built fails it.

use crate::{SecureRouter, Security};
use std::{
    env, fs,
    path::Path,
    sync::atomic::{AtomicU64, Ordering},
};

/// Builds the OpenAPI document of a router under a configuration, and hands it to `cargo portcullis export openapi`. One line in a test:
///
/// ```no_run
/// # use portcullis::prelude::*;
/// # fn app() -> SecureRouter { SecureRouter::new() }
/// # fn described(security: Security) {
/// portcullis::testing::export_openapi!(app(), security);
/// # }
/// ```
///
/// Without the command the test passes where the document can be built.
///
/// # Panics
///
/// Where it cannot, with what is wrong.
#[doc(hidden)]
#[macro_export]
macro_rules! __export_openapi {
    ($router:expr, $security:expr $(,)?) => {
        $crate::testing::export_openapi_document(&$router, &$security, ::core::env!("CARGO_PKG_NAME"))
    };
}

/// What [`export_openapi!`](super::export_openapi) does.
#[track_caller]
#[expect(clippy::panic, reason = "an assertion that does not hold panics, which is what it is for")]
pub fn export_openapi_document<S>(router: &SecureRouter<S>, security: &Security, package: &str) {
    let folder = env::var_os("PORTCULLIS_OPENAPI");
    let version = env::var_os("PORTCULLIS_OPENAPI_VERSION");
    let outcome = carry_out(router, security, version.as_ref().map(|version| version.to_string_lossy()).as_deref())
        .and_then(|text| folder.map_or(Ok(()), |folder| write(Path::new(&folder), package, &text)));
    if let Err(failure) = outcome {
        panic!("{failure}");
    }
}

fn carry_out<S>(router: &SecureRouter<S>, security: &Security, version: Option<&str>) -> Result<String, String> {
    let document = router.openapi_document(security).map_err(|errors| format!("the router cannot be described: {errors}"))?;
    match version {
        None | Some("3.1") => Ok(format!("{:#}\n", document.json())),
        Some("3.0") => Ok(format!("{:#}\n", document.json_3_0())),
        Some(other) => Err(format!("`PORTCULLIS_OPENAPI_VERSION` is `{}`: it may be `3.1` or `3.0`", other.escape_debug())),
    }
}

/// Writes one file for each document, since a package may have several programs.
fn write(folder: &Path, package: &str, text: &str) -> Result<(), String> {
    static COUNT: AtomicU64 = AtomicU64::new(0);
    let path = folder.join(format!("{package}-{}-{}.json", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed)));
    fs::write(&path, text).map_err(|error| format!("`{}` cannot be written: {error}", path.display()))
}
