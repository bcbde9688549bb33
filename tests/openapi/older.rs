//! The document in 3.0.3: the same operations, in words that gateways read.

use crate::service::{router, security};
use portcullis::testing::export_openapi;
use serde_json::Value;

#[test]
fn the_same_operations_are_said_in_older_words() {
    let document = router().openapi_document(&security().build().unwrap()).unwrap();
    let (newer, older) = (document.json(), document.json_3_0());
    assert_eq!(older["openapi"], "3.0.3");
    let operations = |document: &Value| {
        let paths = document["paths"].as_object().unwrap().iter();
        paths
            .flat_map(|(path, item)| item.as_object().unwrap().keys().map(move |method| format!("{method} {path}")))
            .collect::<Vec<_>>()
    };
    assert_eq!(operations(newer), operations(&older));
    let text = older.to_string();
    for word in ["\"examples\"", "\"const\"", "\"prefixItems\"", "\"identifier\"", "[\"string\",\"null\"]"] {
        assert!(!text.contains(word), "{word}");
    }
}

#[test]
fn the_document_can_be_exported() {
    export_openapi!(router(), security().build().unwrap());
}
