//! How a file is described: as bytes, which is all that a document can say of them.
//! `contentMediaType` is OpenAPI 3.1's way, `format` the one of 3.0.

use super::{Upload, UploadRules};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use std::borrow::Cow;

impl<R: UploadRules> JsonSchema for Upload<R> {
    /// A definition of its own would be one name more for nothing.
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        Cow::Borrowed("Upload")
    }

    fn schema_id() -> Cow<'static, str> {
        Cow::Owned(format!("portcullis::multipart::Upload<{}>", std::any::type_name::<R>()))
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string", "format": "binary", "contentMediaType": R::TYPES.join(", ") })
    }
}
