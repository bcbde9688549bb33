//! The whole document, as it was read and found right.

use crate::service::{document_of, router};
use std::{env, fs, path::Path};

#[test]
fn the_document_is_as_it_was_read() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("openapi/golden.json");
    let text = format!("{:#}\n", document_of(&router()));
    if env::var_os("UPDATE_GOLDEN").is_some() {
        fs::write(&path, &text).unwrap();
    }
    assert_eq!(text, fs::read_to_string(&path).unwrap_or_default(), "`UPDATE_GOLDEN=1` writes it anew");
}
