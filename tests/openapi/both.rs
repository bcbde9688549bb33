//! Types that are read and written: each direction has a schema of its own, and what is answered keeps the one of answers.

use crate::service::{about, document_of};
use axum::Json;
use portcullis::{
    Secret,
    garde::Validate,
    prelude::*,
    schemars::{JsonSchema, generate::SchemaSettings},
};
use serde_json::{Value, json};

/// A person.
#[derive(Clone, Debug, Input, Output)]
#[serde(rename_all = "camelCase")]
struct Person {
    /// What others call them.
    #[garde(length(chars, min = 3, max = 50), ascii, alphanumeric)]
    user_name: String,
    #[garde(email, length(chars, max = 254))]
    #[visible(role = "admin")]
    #[mask(first = 1)]
    mail: String,
    #[garde(range(max = 150))]
    #[visible(role = "admin")]
    age: u8,
    #[garde(pattern("^[0-9]{4}$"))]
    #[mask(all)]
    pin: Secret<String>,
    #[garde(inner(length(max = 3), inner(length(chars, max = 9))))]
    #[input(sanitize(trim))]
    tags: Option<Vec<String>>,
    #[garde(dive)]
    parent: Option<Box<Person>>,
}

#[secure(put = "/person", public)]
async fn put(_: Valid<Json<Person>>) {}

#[secure(get = "/person", public)]
async fn get() -> Json<Person> {
    panic!("nobody calls it")
}

fn document() -> Value {
    document_of(&SecureRouter::new().mount(put).mount(get).openapi(about()))
}

#[test]
fn what_is_read_and_what_is_written_have_a_schema_each() {
    let document = document();
    let at = |path: &str| document.pointer(path).cloned().unwrap_or_default();
    let sent = at("/paths/~1person/put/requestBody/content/application~1json/schema/$ref");
    let answered = at("/paths/~1person/get/responses/200/content/application~1json/schema/$ref");
    assert_eq!((sent, answered), ("#/components/schemas/Person".into(), "#/components/schemas/PersonOutput".into()));

    let (read, written) = (at("/components/schemas/Person"), at("/components/schemas/PersonOutput"));
    assert_eq!(read["required"], json!(["userName", "mail", "age", "pin"]));
    assert_eq!(written["required"], json!(["userName", "mail", "pin", "tags", "parent"]), "who may not see it does not get it");
    assert_eq!((read["additionalProperties"].clone(), written.get("additionalProperties")), (false.into(), None));

    let of = |schema: &Value, field: &str| schema["properties"][field].clone();
    let name = json!({ "type": "string", "description": "What others call them.", "pattern": "^[0-9A-Za-z]*$", "minLength": 3, "maxLength": 50 });
    assert_eq!((of(&read, "userName"), of(&written, "userName")), (name.clone(), name), "what all see whole keeps its rules");
    assert_eq!(of(&read, "mail"), json!({ "type": "string", "format": "email", "maxLength": 254 }));
    let mail = of(&written, "mail");
    let whole = json!({ "type": "string", "format": "email", "maxLength": 254 });
    let mask = json!({ "type": "string", "pattern": r"^(?:[\s\S]{1,2}\*{4}|\*{4})$", "maxLength": 5 });
    assert_eq!((mail["anyOf"].clone(), mail["x-visible"].clone()), (json!([whole, mask]), r#"role = "admin""#.into()));
    let pin = of(&written, "pin");
    assert_eq!(
        (pin["pattern"].clone(), pin["maxLength"].clone(), pin["type"].clone()),
        (r"^\*{4}$".into(), 4.into(), "string".into())
    );
    assert_eq!(
        (pin.get("format"), pin.get("writeOnly"), pin.get("minLength")),
        (None, None, None),
        "of the pin itself nothing is said"
    );
    assert_eq!((of(&read, "age")["maximum"].clone(), of(&written, "age")["maximum"].clone()), (150.into(), 150.into()));
    assert_eq!(of(&written, "age")["x-visible"], r#"role = "admin""#);
    assert_eq!((of(&read, "age").get("x-visible"), of(&read, "mail").get("x-mask")), (None, None));
    assert_eq!(of(&read, "pin")["pattern"], "^[0-9]{4}$");
    let tags = of(&read, "tags");
    assert_eq!((tags["maxItems"].clone(), tags["items"]["maxLength"].clone()), (3.into(), 9.into()));
    assert_eq!((tags["x-sanitize"].clone(), of(&written, "tags").get("x-sanitize")), (json!(["trim"]), None));
    let parent = |name: &str| json!({ "anyOf": [{ "$ref": format!("#/components/schemas/{name}") }, { "type": "null" }] });
    assert_eq!((of(&read, "parent"), of(&written, "parent")), (parent("Person"), parent("PersonOutput")));
}

fn schemas<T: JsonSchema>() -> (Value, Value) {
    let of = |settings: SchemaSettings| settings.into_generator().into_root_schema_for::<T>().to_value();
    (of(SchemaSettings::draft2020_12().for_deserialize()), of(SchemaSettings::draft2020_12().for_serialize()))
}

#[test]
fn every_shape_of_a_type_can_be_both() {
    #[derive(Input, Output)]
    struct Page<T: Input<Context = ()> + Output> {
        #[garde(length(max = 10), dive)]
        items: Vec<T>,
        #[garde(range(min = 1))]
        #[visible(role = "admin")]
        total: u32,
    }
    let (read, written) = schemas::<Page<Person>>();
    assert_eq!((&read["title"], &written["title"]), (&"Page".into(), &"Page".into()));
    assert_eq!((&read["required"], &written["required"]), (&json!(["items", "total"]), &json!(["items"])));
    assert_eq!(read["properties"]["items"]["maxItems"], 10);
    assert_eq!(written["$defs"]["Person"]["properties"]["mail"]["x-mask"], "first = 1");

    #[derive(Input, Output)]
    #[serde(default)]
    struct Settings {
        #[garde(range(max = 9))]
        level: u8,
        #[garde(length(max = 9))]
        #[mask(all)]
        key: String,
    }
    impl Default for Settings {
        fn default() -> Self {
            Self { level: 7, key: "hunter2".to_owned() }
        }
    }
    let (read, written) = schemas::<Settings>();
    assert_eq!((&read["properties"]["level"]["default"], &read["properties"]["level"]["maximum"]), (&7.into(), &9.into()));
    assert_eq!(
        (&written["properties"]["key"]["default"], written["required"].clone()),
        (&"****".into(), json!(["level", "key"]))
    );
    assert_eq!(read.get("required"), None);
    assert!(!written.to_string().contains("hunter2"));

    fn made() -> Pair {
        Pair(3, "x".to_owned())
    }
    #[derive(Input, Output)]
    #[serde(default = "made")]
    struct Pair(
        #[garde(range(max = 9))] u8,
        #[garde(length(max = 2))]
        #[mask(all)]
        String,
    );
    let (read, written) = schemas::<Pair>();
    assert_eq!((&read["prefixItems"][1]["maxLength"], &written["prefixItems"][1]["maxLength"]), (&2.into(), &4.into()));

    #[derive(Input, Output)]
    #[serde(tag = "kind", rename_all = "snake_case")]
    enum Payment {
        Card {
            #[garde(pattern("^[0-9]{16}$"))]
            #[mask(last = 4)]
            number: String,
        },
        Cash,
    }
    let (read, written) = schemas::<Payment>();
    let number = |schema: &Value| schema["oneOf"][0]["properties"]["number"].clone();
    let patterns = (number(&read)["pattern"].clone(), number(&written)["pattern"].clone());
    assert_eq!(patterns, ("^[0-9]{16}$".into(), r"^(?:\*{4}[\s\S]{4,8}|\*{4})$".into()));

    #[derive(Input, Output)]
    #[serde(transparent)]
    struct Nick(
        #[garde(length(max = 5))]
        #[mask(all)]
        Option<String>,
    );
    #[derive(Input, Output)]
    struct Named {
        #[garde(dive)]
        nick: Nick,
    }
    let (read, _) = schemas::<Named>();
    assert_eq!(read.get("required"), None, "what is transparent may be left out if what is in it may: {read}");
    assert!(serde_json::from_str::<Named>("{}").is_ok());
}

#[test]
fn a_type_that_is_read_alone_is_as_before_where_it_is_written() {
    #[derive(Input, serde::Serialize)]
    struct Note {
        #[garde(length(chars, max = 5), ascii)]
        text: String,
    }
    let (read, written) = schemas::<Note>();
    assert_eq!(read["properties"], written["properties"]);
    let _ = Note { text: String::new() }.validate();
}
