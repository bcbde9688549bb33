//! Exporting the OpenAPI document: the test that can build it is found and run, and what it wrote is printed.
//! The macro of this workspace is a stand-in, so that nothing of ours has to be built.

use crate::support::{Folder, call};

const MANIFEST: &str = "[package]\nname = \"api\"\nedition = \"2024\"\n[workspace]\n";

const LIB: &str = r#"
#[macro_export]
macro_rules! export_openapi {
    ($name:expr) => {
        let folder = std::env::var("PORTCULLIS_OPENAPI").unwrap();
        let version = std::env::var("PORTCULLIS_OPENAPI_VERSION").unwrap();
        std::fs::write(format!("{folder}/{}.json", $name), version + "\n").unwrap()
    };
}
#[cfg(test)]
mod tests {
    #[test]
    fn described() { crate::export_openapi!("one"); }
    #[test]
    fn not_run() { panic!() }
}
"#;

fn api(lib: &str) -> Folder {
    Folder::with(&[("Cargo.toml", MANIFEST), ("src/lib.rs", lib)])
}

#[test]
fn the_document_is_printed_or_written() {
    let folder = api(LIB);
    let said = call(folder.path(), ["export", "openapi", "--", "--offline"]);
    assert_eq!((said.code, said.out.as_str()), (0, "3.1\n"), "{}", said.err);
    let written = call(folder.path(), ["export", "openapi", "--version", "3.0", "--output", "older.json", "--", "--offline"]);
    assert_eq!((written.code, written.out.as_str()), (0, ""), "{}", written.err);
    assert_eq!(folder.read("older.json"), "3.0\n");
}

#[test]
fn what_cannot_be_exported_is_said_with_what_to_do() {
    let none = call(api("").path(), ["export", "openapi"]);
    assert!(none.code == 2 && none.err.contains("portcullis::testing::export_openapi!(app(), security());"), "{none:?}");
    let two = LIB.replace("export_openapi!(\"one\")", "export_openapi!(\"one\"); crate::export_openapi!(\"two\")");
    let two = call(api(&two).path(), ["export", "openapi", "--", "--offline"]);
    assert!(two.code == 2 && two.err.contains("there are 2 documents") && two.err.contains("--package"), "{two:?}");
    let failing = LIB.replace("crate::export_openapi", "assert!(false); crate::export_openapi");
    let failing = call(api(&failing).path(), ["export", "openapi", "--", "--offline"]);
    assert!(failing.code == 2 && failing.err.contains("did not pass, so the document is not written"), "{failing:?}");
    let wrong = call(api(LIB).path(), ["export", "openapi", "--version", "2.0"]);
    assert_eq!(wrong.code, 2, "{wrong:?}");
}
