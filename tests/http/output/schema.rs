//! What the schema of an output says of its rules, and that every answer fits it, whoever asked.

use super::{Account, Origin, for_admins, for_everybody, for_nobody_in_particular};
use portcullis::{
    Secret,
    prelude::Output,
    schemars::{JsonSchema, generate::SchemaSettings},
};
use serde_json::{Value, json};
use std::collections::BTreeMap;

fn schema<T: JsonSchema>() -> Value {
    SchemaSettings::draft2020_12().for_serialize().into_generator().into_root_schema_for::<T>().to_value()
}

#[test]
fn who_sees_a_field_is_told() {
    let schema = schema::<Account>();
    assert_eq!(
        schema["properties"],
        json!({
            "name": { "type": "string" },
            "iban": {
                "type": "string",
                "maxLength": 8,
                "pattern": r"^(?:\*{4}[\s\S]{4,8}|\*{4})$",
                "description": "Masked: the last 4 characters, and `****` for the rest.",
                "x-mask": "last = 4",
            },
            "internalNotes": { "type": "string", "description": "Shown to role admin.", "x-visible": r#"role = "admin""# },
            "score": {
                "type": ["integer", "null"],
                "format": "uint32",
                "minimum": 0,
                "description": "Shown to role editor or scope reports:read.",
                "x-visible": r#"any(role = "editor", scope = "reports:read")"#,
            },
            "since": {
                "type": "integer",
                "format": "uint16",
                "minimum": 0,
                "maximum": 65_535,
                "description": "Shown to callers with credentials.",
                "x-visible": "authenticated",
            },
            "pin": {
                "type": "string",
                "description": "Shown to role admin; masked for others: always `****`.",
                "x-visible": r#"role = "admin""#,
                "x-mask": "all",
            },
            "country": { "type": "string", "description": "Shown to role admin.", "x-visible": r#"role = "admin""# },
            "branch": {
                "type": "integer",
                "format": "uint8",
                "minimum": 0,
                "maximum": 255,
                "description": "Shown to scope reports:read.\n\nShown to role admin.",
                "x-visible": r#"all(role = "admin", scope = "reports:read")"#,
            },
        })
    );
    assert_eq!(schema["required"], json!(["name", "iban", "pin"]), "what some do not see is not required");
}

#[test]
fn every_answer_has_what_is_required_and_nothing_else() {
    let schema = schema::<Account>();
    let validator = jsonschema::options().should_validate_formats(true).build(&schema).unwrap();
    for answer in [for_admins(), for_everybody(), for_nobody_in_particular()] {
        assert!(validator.is_valid(&answer), "{answer} is not of {schema}");
        for required in schema["required"].as_array().unwrap() {
            assert!(answer.get(required.as_str().unwrap()).is_some(), "{required} of {answer}");
        }
        for (name, value) in answer.as_object().unwrap() {
            let kind = &schema["properties"][name]["type"];
            let own = if value.is_string() { "string" } else { "integer" };
            assert!(
                *kind == own || kind.as_array().is_some_and(|kinds| kinds.contains(&own.into())),
                "{name}: {value} is no {kind}"
            );
        }
    }
}

#[test]
fn a_field_of_its_own_type_keeps_its_words() {
    #[derive(Output)]
    #[schemars(title = "A bill")]
    #[expect(dead_code, reason = "only its schema counts")]
    struct Bill<T> {
        /// What it costs.
        ///
        /// In cents.
        #[mask(first = 1, last = 1)]
        amount: u64,
        /// Who pays.
        #[visible(all(authenticated, not(role = "admin")))]
        payer: Secret<String>,
        #[visible(any(role = "admin", all(role = "user", scope = "reports:read")))]
        #[mask(last = 2)]
        number: Option<u64>,
        #[mask(all)]
        lines: Option<Vec<Secret<String>>>,
        #[mask(all)]
        generic: T,
        #[serde(skip_serializing)]
        never: Secret<String>,
        #[visible(role = "admin")]
        #[schemars(with = "String")]
        said: Opaque,
        opaque: Opaque,
        itself: Option<Box<Bill<u8>>>,
        origin: Vec<Origin>,
    }
    let schema = schema::<Bill<u8>>();
    assert_eq!(schema["title"], "A bill");
    let fields = &schema["properties"];
    assert_eq!(
        fields["amount"],
        json!({
            "type": "string",
            "maxLength": 6,
            "pattern": r"^(?:[\s\S]{1,2}\*{4}[\s\S]{1,2}|\*{4})$",
            "description": "What it costs.\n\nIn cents.\n\nMasked: the first character and the last character, and `****` for the rest.",
            "x-mask": "first = 1, last = 1",
        })
    );
    assert_eq!(
        fields["payer"],
        json!({
            "type": "string",
            "format": "password",
            "description": "Who pays.\n\nShown to callers with credentials and not role admin.",
            "x-visible": r#"all(authenticated, not(role = "admin"))"#,
        })
    );
    assert_eq!(
        fields["number"]["anyOf"],
        json!([
            { "type": ["integer", "null"], "format": "uint64", "minimum": 0 },
            { "type": ["string", "null"], "maxLength": 6, "pattern": r"^(?:\*{4}[\s\S]{2,4}|\*{4})$" },
        ])
    );
    assert_eq!(
        fields["number"]["description"],
        "Shown to role admin or (role user and scope reports:read); masked for others: the last 2 characters, and `****` for the rest."
    );
    let stars = json!({ "type": "string", "maxLength": 4, "pattern": r"^\*{4}$" });
    assert_eq!(fields["lines"]["anyOf"], json!([{ "type": "array", "items": stars }, { "type": "null" }]));
    assert_eq!(fields["generic"]["type"], json!(["string", "array", "null"]));
    assert_eq!(fields["said"]["type"], "string");
    assert_eq!(fields["opaque"], json!({}), "a type without a schema can be anything");
    assert_eq!(fields["itself"], json!({ "anyOf": [{ "$ref": "#" }, { "type": "null" }] }));
    assert_eq!(fields["origin"], json!({ "type": "array", "items": { "$ref": "#/$defs/Origin" } }));
    assert_eq!(fields.get("never"), None, "what no answer has");
    assert_eq!(schema["required"], json!(["amount", "number", "lines", "generic", "opaque", "itself", "origin"]));
}

#[test]
fn a_default_in_a_schema_is_what_everybody_sees() {
    #[derive(serde::Deserialize, Output)]
    #[serde(default)]
    struct Settings {
        #[mask(last = 2)]
        token: String,
        #[visible(role = "admin")]
        notes: String,
    }
    impl Default for Settings {
        fn default() -> Self {
            Self { token: "hunter2".to_owned(), notes: "hunter2".to_owned() }
        }
    }
    let schema = schema::<Settings>();
    assert_eq!(schema["properties"]["token"]["default"], "****r2");
    assert!(!schema.to_string().contains("hunter2"), "{schema}");
}

#[test]
fn a_type_may_do_without_a_schema() {
    struct NoSchema;
    #[derive(Output)]
    #[output(schema = false)]
    struct Plain {
        #[serde(skip)]
        #[expect(dead_code, reason = "it has no schema, and that is what counts")]
        inner: NoSchema,
    }
    assert_eq!(super::text(&Plain { inner: NoSchema }), "{}");
}

/// Has no schema of its own.
#[derive(serde::Serialize)]
struct Opaque;

#[test]
fn types_that_hold_outputs_refer_to_them() {
    let schema = schema::<BTreeMap<String, Option<Origin>>>();
    assert_eq!(schema["$defs"]["Origin"]["required"], json!(["country"]));
}

#[test]
fn the_document_of_a_service_tells_who_sees_what() {
    #[portcullis::secure(authenticated, get = "/account")]
    async fn account() -> axum::Json<Account> {
        axum::Json(super::account())
    }
    let (security, _) = crate::support::security(|security| security);
    let router = portcullis::SecureRouter::<()>::new().mount(account).openapi(portcullis::OpenApi::new("Accounts", "1"));
    let document = router.openapi_document(&security).unwrap().json().clone();
    let answer = &document["paths"]["/account"]["get"]["responses"]["200"]["content"]["application/json"]["schema"];
    assert_eq!(answer["$ref"], "#/components/schemas/Account");
    let account = &document["components"]["schemas"]["Account"];
    assert_eq!(account["properties"]["internalNotes"]["x-visible"], r#"role = "admin""#);
    assert_eq!(account["properties"]["iban"]["x-mask"], "last = 4");
    assert_eq!(account["required"], json!(["name", "iban", "pin"]));
}
