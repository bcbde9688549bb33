//! The schemas of a document's types: one set for what is read and one for what is written, since defaults and skipped fields make the
//! two differ. Where they do not, they share a component; where they do, the written one is `NameOutput`.

use schemars::{
    JsonSchema, Schema, SchemaGenerator,
    generate::SchemaSettings,
    transform::{ReplaceBoolSchemas, Transform},
};
use serde_json::{Map, Value};
use std::collections::{BTreeMap, BTreeSet};

/// Whether a schema is of what is read or of what is written.
#[doc(hidden)]
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum Contract {
    /// What is deserialized.
    Input,
    /// What is serialized.
    Output,
}

impl Contract {
    /// Where references to the definitions of this contract point until the two are one.
    const fn path(self) -> &'static str {
        match self {
            Self::Input => "/x-input",
            Self::Output => "/x-output",
        }
    }
}

/// What makes the schemas, and keeps those that have a name.
#[derive(Debug)]
pub(super) struct Schemas {
    input: SchemaGenerator,
    output: SchemaGenerator,
}

impl Schemas {
    pub(super) fn new() -> Self {
        let generator = |contract: Contract| {
            let mut settings = SchemaSettings::draft2020_12();
            settings.definitions_path = contract.path().into();
            settings.meta_schema = None;
            settings.transforms = vec![Box::new(objects())];
            let settings = if contract == Contract::Input { settings.for_deserialize() } else { settings.for_serialize() };
            settings.into_generator()
        };
        Self { input: generator(Contract::Input), output: generator(Contract::Output) }
    }

    /// The schema of a type, or a reference to it.
    pub(super) fn of<T: JsonSchema>(&mut self, contract: Contract) -> Value {
        let generator = if contract == Contract::Input { &mut self.input } else { &mut self.output };
        in_objects(generator.subschema_for::<T>()).to_value()
    }

    /// The schema that a reference to what is read means; the schema itself if it is none.
    pub(super) fn resolved(&self, schema: &Value) -> Value {
        let mut schema = schema;
        // A reference to a reference is no cycle in any schema that serde could read.
        for _ in 0..16 {
            let named = schema.get("$ref").and_then(Value::as_str).and_then(reference);
            match named.and_then(|(_, name)| self.input.definitions().get(&name)) {
                Some(definition) => schema = definition,
                None => break,
            }
        }
        Schema::try_from(schema.clone()).map(in_objects).unwrap_or_default().to_value()
    }

    /// The components, and how references to them are to be written.
    pub(super) fn settle(mut self, taken: &[&str]) -> Components {
        let input = self.input.take_definitions(true);
        let output = self.output.take_definitions(true);
        let shared = shared(&input, &output);
        let mut names = BTreeMap::new();
        let mut used: BTreeSet<String> = taken.iter().map(|name| (*name).to_owned()).collect();
        for name in input.keys() {
            let free = free(&component_name(name), &used);
            used.insert(free.clone());
            names.insert((Contract::Input, name.clone()), free);
        }
        for name in output.keys() {
            let same = names.get(&(Contract::Input, name.clone())).filter(|_| shared.contains(name)).cloned();
            let of_both = |name: &str| if input.contains_key(name) { format!("{name}Output") } else { name.to_owned() };
            let own = same.unwrap_or_else(|| free(&component_name(&of_both(name)), &used));
            used.insert(own.clone());
            names.insert((Contract::Output, name.clone()), own);
        }
        let definitions = [(Contract::Input, input), (Contract::Output, output)];
        let mut components = Components { names, schemas: Map::new() };
        for (contract, definitions) in definitions {
            for (name, mut schema) in definitions {
                components.refer(&mut schema);
                plain_numbers(&mut schema);
                if let Some(name) = components.names.get(&(contract, name)) {
                    components.schemas.insert(name.clone(), schema);
                }
            }
        }
        components
    }
}

/// `true` and `false` as objects, which every tool reads; but for `additionalProperties`, where all of them expect the words.
fn objects() -> ReplaceBoolSchemas {
    let mut objects = ReplaceBoolSchemas::default();
    objects.skip_additional_properties = true;
    objects
}

fn in_objects(mut schema: Schema) -> Schema {
    objects().transform(&mut schema);
    schema
}

/// The named schemas of a document.
#[derive(Debug)]
pub(super) struct Components {
    names: BTreeMap<(Contract, String), String>,
    pub(super) schemas: Map<String, Value>,
}

impl Components {
    /// Makes the references in a value point to the components.
    pub(super) fn refer(&self, value: &mut Value) {
        each_reference(value, &mut |target| {
            let key = reference(target)?;
            self.names.get(&key).map(|name| format!("{COMPONENTS}{name}"))
        });
    }
}

/// Says of whole numbers how far they go, and calls those that fit `int32` and `int64`, which are the formats that every tool knows.
pub(super) fn plain_numbers(value: &mut Value) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(plain_numbers),
        Value::Object(members) => {
            // What is given for an example is no schema, whatever it looks like.
            let schemas =
                members.iter_mut().filter(|(name, _)| !["const", "default", "enum", "examples"].contains(&name.as_str()));
            schemas.for_each(|(_, schema)| plain_numbers(schema));
            let format = members.get("format").and_then(Value::as_str);
            let Some((least, most)) = format.and_then(range) else { return };
            let lower = members.entry("minimum").or_insert(least).as_i64();
            let upper = members.entry("maximum").or_insert(most).as_i64();
            let Some((lower, upper)) = lower.zip(upper) else { return };
            let is_short = i32::try_from(lower).is_ok() && i32::try_from(upper).is_ok();
            members.insert("format".to_owned(), if is_short { "int32" } else { "int64" }.into());
        }
        _ => {}
    }
}

/// The range of a type of whole numbers, by the format that it has in schemas.
fn range(format: &str) -> Option<(Value, Value)> {
    Some(match format {
        "int8" => (i8::MIN.into(), i8::MAX.into()),
        "int16" => (i16::MIN.into(), i16::MAX.into()),
        "int32" => (i32::MIN.into(), i32::MAX.into()),
        "int64" | "int" => (i64::MIN.into(), i64::MAX.into()),
        "uint8" => (u8::MIN.into(), u8::MAX.into()),
        "uint16" => (u16::MIN.into(), u16::MAX.into()),
        "uint32" => (u32::MIN.into(), u32::MAX.into()),
        "uint64" | "uint" => (u64::MIN.into(), u64::MAX.into()),
        _ => return None,
    })
}

/// Where components are, for references.
const COMPONENTS: &str = "#/components/schemas/";

/// The names of the components that a value refers to.
pub(super) fn referred(value: &Value) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    let mut value = value.clone();
    each_reference(&mut value, &mut |target| {
        names.extend(target.strip_prefix(COMPONENTS).map(str::to_owned));
        None
    });
    names
}

/// Replaces the references in a value by what is made of them.
fn each_reference(value: &mut Value, replace: &mut impl FnMut(&str) -> Option<String>) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(|item| each_reference(item, replace)),
        Value::Object(members) => {
            for (name, member) in members {
                match member {
                    Value::String(target) if name == "$ref" => {
                        if let Some(other) = replace(target) {
                            *target = other;
                        }
                    }
                    member => each_reference(member, replace),
                }
            }
        }
        _ => {}
    }
}

/// The names whose definitions say the same in both contracts, and refer to nothing that does not.
fn shared(input: &Map<String, Value>, output: &Map<String, Value>) -> BTreeSet<String> {
    let mut shared: BTreeSet<String> = output.keys().filter(|name| input.contains_key(*name)).cloned().collect();
    loop {
        let differs = |name: &String| {
            let (Some(read), Some(written)) = (input.get(name), output.get(name)) else { return true };
            let (read, read_of) = unplaced(read);
            let (written, written_of) = unplaced(written);
            read != written || read_of.iter().chain(&written_of).any(|name| !shared.contains(name))
        };
        let different: Vec<String> = shared.iter().filter(|name| differs(name)).cloned().collect();
        if different.is_empty() {
            return shared;
        }
        for name in different {
            shared.remove(&name);
        }
    }
}

/// A schema whose references do not say of which contract they are, and the names that they mean.
fn unplaced(schema: &Value) -> (Value, BTreeSet<String>) {
    let (mut schema, mut names) = (schema.clone(), BTreeSet::new());
    each_reference(&mut schema, &mut |target| {
        let (_, name) = reference(target)?;
        names.insert(name.clone());
        Some(name)
    });
    (schema, names)
}

/// What a reference of ours points to.
fn reference(text: &str) -> Option<(Contract, String)> {
    let (_, rest) = text.split_once('#')?;
    let (contract, name) = [Contract::Input, Contract::Output]
        .into_iter()
        .find_map(|contract| Some((contract, rest.strip_prefix(contract.path())?.strip_prefix('/')?)))?;
    Some((contract, decoded(name)))
}

/// The name behind a JSON pointer in a fragment (RFC 6901 §6).
fn decoded(name: &str) -> String {
    let mut bytes = Vec::with_capacity(name.len());
    let mut rest = name.as_bytes();
    loop {
        rest = match rest {
            [] => break,
            [b'%', high, low, after @ ..] => {
                let digit = |byte: u8| char::from(if byte == b' ' { b'0' } else { byte }).to_digit(16);
                match digit(*high).zip(digit(*low)).and_then(|(high, low)| u8::try_from(high * 16 + low).ok()) {
                    Some(byte) => bytes.push(byte),
                    None => bytes.extend([b'%', *high, *low]),
                }
                after
            }
            [b'~', b'1', after @ ..] => {
                bytes.push(b'/');
                after
            }
            [b'~', b'0', after @ ..] => {
                bytes.push(b'~');
                after
            }
            [byte, after @ ..] => {
                bytes.push(*byte);
                after
            }
        };
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// A name that a component can have: `^[a-zA-Z0-9.\-_]+$`.
fn component_name(name: &str) -> String {
    let allowed = |character: char| character.is_ascii_alphanumeric() || matches!(character, '.' | '-' | '_');
    name.chars().map(|character| if allowed(character) { character } else { '_' }).collect()
}

/// The name, or the first with a number behind it that is not taken.
fn free(name: &str, used: &BTreeSet<String>) -> String {
    let numbered = (2_u32..).map(|number| format!("{name}{number}"));
    [name.to_owned()].into_iter().chain(numbered).find(|name| !used.contains(name)).unwrap_or_default()
}
