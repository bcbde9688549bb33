//! How a secret is described: as its value is, written and never read, and without an example.
//! Tools hide what is typed into a field with the format `password`.

use super::Secret;
use schemars::{JsonSchema, Schema, SchemaGenerator};
use std::borrow::Cow;
use zeroize::Zeroize;

/// ```
/// use portcullis::Secret;
///
/// let schema = schemars::schema_for!(Secret<String>);
/// assert_eq!(schema.get("format").and_then(|format| format.as_str()), Some("password"));
/// assert_eq!(schema.get("writeOnly").and_then(|only| only.as_bool()), Some(true));
/// ```
impl<T: Zeroize + JsonSchema> JsonSchema for Secret<T> {
    /// A definition of its own would be one name more for nothing.
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        Cow::Owned(format!("Secret_{}", T::schema_name()))
    }

    fn schema_id() -> Cow<'static, str> {
        Cow::Owned(format!("portcullis::Secret<{}>", T::schema_id()))
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let mut schema = generator.subschema_for::<T>();
        for telling in ["const", "default", "enum", "example", "examples"] {
            schema.remove(telling);
        }
        // A number that is secret is one still: the format is for texts.
        if schema.get("type").is_some_and(|kind| kind == "string") {
            schema.insert("format".to_owned(), "password".into());
        }
        schema.insert("writeOnly".to_owned(), true.into());
        schema
    }
}

#[cfg(test)]
mod tests {
    use crate::Secret;
    use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
    use std::borrow::Cow;

    struct Telling;

    impl zeroize::Zeroize for Telling {
        fn zeroize(&mut self) {}
    }

    impl JsonSchema for Telling {
        fn inline_schema() -> bool {
            true
        }

        fn schema_name() -> Cow<'static, str> {
            "Telling".into()
        }

        fn json_schema(_: &mut SchemaGenerator) -> Schema {
            json_schema!({ "type": "string", "examples": ["hunter2"], "default": "hunter2", "example": "hunter2", "enum": ["hunter2"] })
        }
    }

    #[test]
    fn no_example_of_a_secret_is_told() {
        let schema = SchemaGenerator::default().into_root_schema_for::<Secret<Telling>>();
        assert!(!schema.as_value().to_string().contains("hunter2"), "{schema:?}");
    }

    #[test]
    fn a_field_of_a_struct_keeps_its_rules_and_is_written_only() {
        #[derive(JsonSchema)]
        #[expect(dead_code, reason = "only its schema counts")]
        struct Login {
            #[garde(length(max = 200))]
            password: Secret<String>,
            pin: Secret<u16>,
        }
        let schema = schemars::schema_for!(Login);
        let password = schema.pointer("/properties/password").unwrap();
        assert_eq!(*password, serde_json::json!({ "type": "string", "format": "password", "writeOnly": true, "maxLength": 200 }));
        let pin = schema.pointer("/properties/pin").unwrap();
        assert_eq!((pin.get("format").unwrap(), pin.get("writeOnly").unwrap()), (&"uint16".into(), &true.into()));
    }
}
