//! The schema that is committed is the one of the key table, and agrees with the reader about every key.

use super::schema;

#[test]
fn the_committed_schema_is_that_of_the_key_table() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/security.schema.json");
    // Blessed as the texts of the compile errors are.
    if std::env::var_os("BLESS").is_some() {
        std::fs::write(path, schema()).unwrap();
    }
    assert_eq!(std::fs::read_to_string(path).unwrap(), schema(), "write it anew with `BLESS=1 cargo test -p portcullis-policy`");
}
