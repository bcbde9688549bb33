//! Takes Swagger UI out of its archive and writes the page, with the hash of all that it may run.

use base64::{
    Engine,
    engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD},
};
use sha2::{Digest, Sha256};
use std::{
    env,
    error::Error,
    fs,
    io::{Cursor, Read},
    path::PathBuf,
};
use utoipa_swagger_ui_vendored::SWAGGER_UI_VENDORED;
use zip::ZipArchive;

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=page");
    let style = style(vendored("dist/swagger-ui.css")?)?;
    let bundle = script(vendored("dist/swagger-ui-bundle.js")?);
    let start = script(include_str!("page/start.js").to_owned());
    let license = "Swagger UI, Copyright 2020-2021 SmartBear Software Inc., Apache-2.0";

    let before = format!(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>API</title>\n\
         <link rel=\"icon\" href=\"data:,\">\n<!-- {license} -->\n<style>{style}</style>\n</head>\n<body>\n\
         <noscript>This page needs JavaScript.</noscript>\n<div id=\"swagger-ui\"></div>\n\
         <script type=\"application/json\" id=\"openapi\">"
    );
    let after = format!("</script>\n<script>{bundle}</script>\n<script>{start}</script>\n</body>\n</html>\n");
    let policy = format!(
        "default-src 'none'; script-src {} {}; style-src {}; img-src data:; connect-src 'self'; base-uri 'none'; form-action 'none'; \
         frame-ancestors 'none'",
        source(&bundle),
        source(&start),
        source(&style)
    );
    let digest = Sha256::new().chain_update(&before).chain_update(&after).finalize();
    let folder = PathBuf::from(env::var_os("OUT_DIR").ok_or("cargo sets OUT_DIR")?);
    fs::write(folder.join("digest.txt"), URL_SAFE_NO_PAD.encode(digest))?;
    fs::write(folder.join("policy.txt"), policy)?;
    fs::write(folder.join("before.html"), before)?;
    Ok(fs::write(folder.join("after.html"), after)?)
}

/// A file of the distribution. All of the archive is in one folder, which is named for the version.
fn vendored(path: &str) -> Result<String, Box<dyn Error>> {
    let mut archive = ZipArchive::new(Cursor::new(SWAGGER_UI_VENDORED))?;
    for index in 0..archive.len() {
        let mut file = archive.by_index(index)?;
        if file.name()?.split_once('/').is_some_and(|(_, below)| below == path) {
            let mut text = String::new();
            file.read_to_string(&mut text)?;
            return Ok(text);
        }
    }
    Err(format!("the archive of Swagger UI has no {path}").into())
}

/// A script as it may stand in an element: what HTML would take for markup is written as its standard advises for literals ("Restrictions
/// for contents of script elements").
fn script(mut text: String) -> String {
    for markup in ["<!--", "<script", "</script"] {
        while let Some(at) = find(&text, markup) {
            text.replace_range(at..=at, "\\x3C");
        }
    }
    text
}

/// A style as it may stand in an element. One that closes it would have to be mended by hand.
fn style(text: String) -> Result<String, Box<dyn Error>> {
    if find(&text, "</style").is_some() { Err("the style of Swagger UI would end too early".into()) } else { Ok(text) }
}

/// Where this stands in the text, in any case of its letters.
fn find(text: &str, markup: &str) -> Option<usize> {
    text.as_bytes().windows(markup.len()).position(|window| window.eq_ignore_ascii_case(markup.as_bytes()))
}

/// The source expression of a text in an element.
fn source(text: &str) -> String {
    format!("'sha256-{}'", STANDARD.encode(Sha256::digest(text)))
}
