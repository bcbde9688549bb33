//! What the arguments of a handler come to: parameters by name and place, bodies, and nothing where nothing is known.

use crate::service::{User, about, document_of};
use axum::{
    Form, Json,
    extract::{Multipart, Path, Query, State},
};
use portcullis::{
    Cookie, Header,
    garde::Validate,
    multipart::{Disk, Upload, UploadRules},
    prelude::*,
};
use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::{Value, json};

#[derive(Deserialize, JsonSchema, Validate)]
#[garde(allow_unvalidated)]
struct Place {
    #[serde(rename = "tenantId")]
    tenant: u16,
    name: String,
}

#[derive(Deserialize, JsonSchema, Validate)]
#[garde(allow_unvalidated)]
struct Retry {
    x_request_id: String,
    #[serde(rename = "X-Attempt")]
    attempt: Option<u8>,
    authorization: String,
}

#[derive(Deserialize, JsonSchema, Validate)]
#[garde(allow_unvalidated)]
struct Filter {
    #[serde(flatten)]
    range: Range,
    anything: Value,
}

#[derive(Deserialize, JsonSchema, Validate)]
#[garde(allow_unvalidated)]
struct Range {
    from: i64,
    to: Option<i64>,
}

#[derive(Deserialize)]
struct Opaque {}

type Alias = Valid<Json<User>>;

#[secure(get = "/by-name/{tenantId}/{name}", public)]
async fn by_name(_: Valid<Path<Place>>) {}

#[secure(get = "/by-place/{tenant}/{name}", public, unvalidated = "a test")]
async fn by_place(_: Path<(u16, String)>) {}

#[secure(get = "/unknown/{one}/{two}", public, unvalidated = "a test")]
async fn unknown(_: Path<Opaque>) {}

#[secure(get = "/headers", public)]
async fn headers(_: Valid<Header<Retry>>, _: Valid<Cookie<Range>>) {}

#[secure(get = "/filter", public)]
async fn filter(_: Valid<Query<Filter>>) {}

#[secure(get = "/search", public, unvalidated = "a test")]
async fn search(_: Form<Range>) {}

#[secure(post = "/alias", public)]
async fn alias(_: State<()>, _: Alias) {}

#[secure(post = "/maybe", public, unvalidated = "a test")]
async fn maybe(_: Option<Json<User>>) {}

#[secure(post = "/opaque", public, unvalidated = "a test")]
async fn opaque(_: Json<Opaque>) {}

#[secure(post = "/upload", public, unvalidated = "a test")]
async fn upload(_: Multipart) {}

#[secure(post = "/echo/{id}", public)]
async fn echo(_: axum::http::HeaderMap) {}

fn document() -> Value {
    let router = SecureRouter::new().mount(by_name).mount(by_place).mount(unknown).mount(headers).mount(filter).mount(search);
    let router = router.mount(alias).mount(maybe).mount(opaque).mount(upload).mount(echo);
    document_of(&router.openapi(about()))
}

/// The parameters of an operation as `in name type`, with `!` behind those that are required.
fn parameters(document: &Value, path: &str) -> Vec<String> {
    let parameters = document["paths"][path]["get"]["parameters"].as_array().unwrap();
    let told = |parameter: &Value| {
        let required = if parameter["required"] == true { "!" } else { "" };
        let word = |key: &str| parameter[key].as_str().unwrap().to_owned();
        format!("{} {} {}{required}", word("in"), word("name"), parameter["schema"]["type"].as_str().unwrap_or("?"))
    };
    parameters.iter().map(told).collect()
}

#[test]
fn parameters_have_names_places_and_types() {
    let document = document();
    assert_eq!(parameters(&document, "/by-name/{tenantId}/{name}"), ["path tenantId integer!", "path name string!"]);
    assert_eq!(parameters(&document, "/by-place/{tenant}/{name}"), ["path tenant integer!", "path name string!"]);
    assert_eq!(parameters(&document, "/unknown/{one}/{two}"), ["path one string!", "path two string!"]);
    let headers = ["header x-attempt integer", "header x-request-id string!", "cookie from integer!", "cookie to integer"];
    assert_eq!(parameters(&document, "/headers"), headers);
    assert_eq!(parameters(&document, "/filter"), ["query anything ?!", "query from integer!", "query to integer"]);
    assert_eq!(parameters(&document, "/search"), ["query from integer!", "query to integer"]);
    assert!(document["paths"]["/search"]["get"].get("requestBody").is_none());
}

#[test]
fn bodies_are_found_by_type() {
    let document = document();
    let body = |path: &str| document["paths"][path]["post"]["requestBody"].clone();
    let user = json!({ "$ref": "#/components/schemas/User" });
    let of =
        |media_type: &str, required: bool, schema: Value| json!({ "required": required, "content": { (media_type): schema } });
    assert_eq!(body("/alias"), of("application/json", true, json!({ "schema": user })));
    assert_eq!(body("/maybe"), of("application/json", false, json!({ "schema": user })));
    assert_eq!(body("/opaque"), of("application/json", true, json!({})));
    assert_eq!(body("/upload"), of("multipart/form-data", false, json!({ "schema": { "type": "object" } })));
    assert_eq!(body("/echo/{id}"), Value::Null);
}

#[test]
fn no_schema_is_a_bare_word() {
    fn look(value: &Value, path: &str) {
        match value {
            Value::Object(members) => {
                for (name, member) in members {
                    let path = format!("{path}/{name}");
                    assert!(!(name == "schema" || name == "items") || member.is_object(), "{path}");
                    look(member, &path);
                }
            }
            Value::Array(items) => items.iter().for_each(|item| look(item, path)),
            _ => {}
        }
    }
    let document = document();
    look(&document, "");
    let anything = &document["paths"]["/filter"]["get"]["parameters"][0];
    assert_eq!(*anything, json!({ "name": "anything", "in": "query", "required": true, "schema": {} }));
}

struct Paper;

impl UploadRules for Paper {
    const MAX: u64 = 1_000;
    const TYPES: &'static [&'static str] = &["application/pdf"];
    type Sink = Disk;
}

#[derive(Deserialize, JsonSchema, Validate)]
#[garde(allow_unvalidated)]
struct Paperwork {
    title: String,
    paper: Upload<Paper>,
}

#[secure(post = "/paperwork", public)]
async fn paperwork(_: Valid<portcullis::multipart::Multipart<Paperwork>>) {}

#[test]
fn a_form_in_parts_is_described_with_its_files() {
    let document = document_of(&SecureRouter::new().mount(paperwork).openapi(about()));
    let operation = &document["paths"]["/paperwork"]["post"];
    let content = operation["requestBody"]["content"].as_object().unwrap();
    assert_eq!(content.keys().collect::<Vec<_>>(), ["multipart/form-data"]);
    let text = document.to_string();
    assert!(text.contains(r#""contentMediaType":"application/pdf""#), "{text}");
    for status in ["400", "413", "415", "422"] {
        assert!(operation["responses"].get(status).is_some(), "{status}: {operation}");
    }
}
