//! What the document says of the endpoint that serves the page in which it is shown.

use super::{
    answer::{Gives, Status},
    argument::Reads,
    sketch::Sketch,
};
use crate::DocsPage;
use serde_json::json;

impl<K> Reads<K> for DocsPage {
    fn read(sketch: &mut Sketch<'_>, _: bool) {
        sketch.wants_document = true;
    }
}

impl<K> Gives<K> for DocsPage {
    fn give(sketch: &mut Sketch<'_>, _: Status) {
        sketch.answers("200", Some(("text/html", json!({ "type": "string" }))));
        sketch.answers("304", None);
    }
}
