//! From garde's report to the errors that a client can use: every broken rule, at its place in the input as it was sent.
//! Works on the refused input's document, if there is one, and only there.

use super::{
    codes,
    document::{Node, Object, Shape},
    fault::clip,
    names::on_the_wire,
    pointer::{Pointer, Segment},
};
use crate::{Denial, InputError, RequestPart, input};
use garde::Report;
use std::collections::HashMap;

/// How many errors are reported at most: a small body with a long list in it can break a rule a million times.
pub(super) const MOST_ERRORS: usize = 100;

/// The denial for a report; `part` says which part of the request the input is.
pub(super) fn denial(report: &Report, document: Option<&Node<'_>>, part: RequestPart) -> Denial {
    denial_within(Pointer::root(), report, document, part)
}

/// The denial for the report of a part of the input, which is at that place and is that document.
pub(super) fn denial_within(place: Pointer, report: &Report, document: Option<&Node<'_>>, part: RequestPart) -> Denial {
    let mut names = Names::default();
    let mut error = |path: &garde::Path, error: &garde::Error| {
        let (code, text, within) = codes::split(error.message());
        let pointer = pointer(place.clone(), &(path.to_string() + within), document, &mut names);
        InputError::new(part, pointer.into_text(), code, clip(text.to_owned()))
    };
    Denial::InvalidInput(report.iter().take(MOST_ERRORS).map(|(path, broken)| error(path, broken)).collect())
}

/// The names found so far, by object and Rust's name: an object can have a hundred thousand keys, and be on the way to every error.
#[derive(Default)]
struct Names<'n>(HashMap<(*const Object<'n>, Option<*const input::Names>, String), Option<&'n str>>);

impl<'n> Names<'n> {
    fn on_the_wire(&mut self, object: &'n Object<'n>, field: &str, flattened: Option<&'static input::Names>) -> Option<&'n str> {
        let key = (std::ptr::from_ref(object), flattened.map(std::ptr::from_ref), field.to_owned());
        *self.0.entry(key).or_insert_with(|| on_the_wire(object, field, flattened))
    }
}

/// One step of a path of garde's.
#[derive(Debug, Eq, PartialEq)]
enum Step<'p> {
    Field(&'p str),
    Index(usize),
}

/// The pointer for a path of garde's, as far as the document confirms it.
fn pointer<'n>(mut pointer: Pointer, path: &str, document: Option<&'n Node<'n>>, names: &mut Names<'n>) -> Pointer {
    let mut place = document;
    let mut flattened = None;
    for step in steps(path) {
        // The content of an enum's variant is one level deeper on the wire than in Rust.
        let mut is_newtype = false;
        while let Some(Node::Object(object)) = place
            && matches!(object.shape.get(), Shape::Variant | Shape::Newtype)
            && let [(name, content)] = object.pairs.as_slice()
        {
            pointer.push(&Segment::Name(name.to_string()));
            place = Some(content);
            is_newtype = object.shape.get() == Shape::Newtype;
        }
        if is_newtype && step == Step::Index(0) {
            continue;
        }
        // So is that of an enum that is tagged adjacently, and what is in it has no names of its own.
        if let Some(Node::Object(object)) = place
            && let Some(outer) = object.names.get()
            && let Some((key, of_content)) = outer.content
            && let Some((_, content)) = object.pairs.iter().find(|(name, _)| name == key)
        {
            pointer.push(&Segment::Name(key.to_owned()));
            place = Some(content);
            if let Node::Object(inner) = content
                && inner.names.get().is_none()
            {
                inner.names.set(Some(of_content));
            }
        }
        match (step, place) {
            (Step::Index(index), Some(Node::List(items))) if index < items.len() => {
                pointer.push(&Segment::Index(index));
                place = items.get(index);
            }
            (Step::Index(index), Some(Node::Object(object))) if object.ordered && index < object.pairs.len() => {
                let Some((name, value)) = object.pairs.get(index) else { break };
                pointer.push(&Segment::Name(name.to_string()));
                place = Some(value);
            }
            // The content of a newtype is at the place of the newtype itself.
            (Step::Index(0), Some(_)) => {}
            (Step::Field(field), Some(Node::Object(object))) => {
                let inner = object.names.get().filter(|_| flattened.is_none()).and_then(|names| names.inner(field));
                if inner.is_some() {
                    flattened = inner;
                    continue;
                }
                let Some(name) = names.on_the_wire(object, field, flattened.take()) else { break };
                pointer.push(&Segment::Name(name.to_owned()));
                place = object.pairs.iter().find(|(key, _)| key == name).map(|(_, value)| value);
            }
            _ => break,
        }
    }
    pointer
}

/// The steps of a path that reads like `tags[1].name`.
///
/// The key of a map can look like several steps. That does no harm: none of them is followed into a map.
fn steps(path: &str) -> impl Iterator<Item = Step<'_>> {
    path.split(['.', '[']).filter(|step| !step.is_empty()).map(|step| {
        let index = step.strip_suffix(']').unwrap_or(step).parse();
        index.map_or(Step::Field(step), Step::Index)
    })
}

#[cfg(test)]
mod tests {
    use super::{Names, Step, steps};
    use crate::validate::document::{Node, Object, Shape};
    use crate::validate::pointer::Pointer;

    #[test]
    fn paths_fall_into_steps() {
        let parsed = |path: &'static str| steps(path).collect::<Vec<_>>();
        assert_eq!(parsed(""), []);
        assert_eq!(parsed("a.b"), [Step::Field("a"), Step::Field("b")]);
        assert_eq!(parsed("[0].a[12]"), [Step::Index(0), Step::Field("a"), Step::Index(12)]);
        // A newtype's only field has no brackets behind a name: `NoKey`, or garde's index after a field.
        assert_eq!(parsed("a[0][1]"), [Step::Field("a"), Step::Index(0), Step::Index(1)]);
    }

    fn pointer(path: &str, document: Option<&Node<'_>>) -> String {
        super::pointer(Pointer::root(), path, document, &mut Names::default()).into_text()
    }

    fn struct_of(json: &'static str, fields: &'static [&'static str]) -> Node<'static> {
        let node = crate::validate::json::document(json).unwrap();
        if let Node::Object(object) = &node {
            object.shape.set(Shape::Fields(fields));
        }
        node
    }

    #[test]
    fn a_pointer_goes_as_far_as_the_document_confirms() {
        let document = struct_of(r#"{"postCode":"x","tags":["a",{"k":1}]}"#, &["postCode", "tags", "city"]);
        for (path, expected) in [
            ("", "#"),
            ("post_code", "#/postCode"),
            ("post_code[0]", "#/postCode"),
            ("post_code.deeper", "#/postCode"),
            ("tags[0]", "#/tags/0"),
            ("tags[2]", "#/tags"),
            ("tags[1].k", "#/tags/1"),
            ("city", "#/city"),
            ("city.name", "#/city"),
            ("zip", "#"),
        ] {
            assert_eq!(pointer(path, Some(&document)), expected, "{path}");
        }
        assert_eq!(pointer("post_code", None), "#");
    }

    #[test]
    fn the_parameters_of_a_path_have_names_and_an_order() {
        let document = Node::from_pairs([("team_id".into(), "1".into()), ("id".into(), "2".into())], true);
        assert!(matches!(&document, Node::Object(Object { ordered: true, .. })));
        assert_eq!(pointer("[1]", Some(&document)), "#/id");
        assert_eq!(pointer("team_id", Some(&document)), "#/team_id");
        assert_eq!(pointer("[2]", Some(&document)), "#");
    }
}
