//! From garde's names of fields, which are Rust's, to those of the wire.
//! Nothing ties the two together at run time, so names are matched by their letters, and a doubt is left a doubt.

use super::document::{Object, Shape};
use crate::input::Names;

/// The name on the wire of a field of the struct that was read out of the object, if it can be told.
///
/// Where the keys are the client's (as in a map), so is the name that garde knows, and it is not told.
/// The names are those of another type than the object says if its fields are among those of that.
pub(super) fn on_the_wire<'n>(object: &'n Object<'_>, rust_name: &str, flattened: Option<&'static Names>) -> Option<&'n str> {
    let rust_name = rust_name.strip_prefix("r#").unwrap_or(rust_name);
    let present = || object.pairs.iter().map(|(key, _)| &**key);
    let said = flattened.or(object.names.get()).and_then(|names| names.fields.iter().find(|(field, _)| *field == rust_name));
    if let Some((_, wire_names)) = said {
        let of_this_variant = |name: &str| match object.shape.get() {
            Shape::Fields(fields) => fields.contains(&name),
            _ => true,
        };
        let mut told = wire_names.iter().copied().filter(|name| of_this_variant(name));
        let in_use = told.clone().find(|name| present().any(|key| key == *name));
        if let Some(name) = in_use.or_else(|| told.next()) {
            return Some(name);
        }
        // A name of the type's own, so that the key that is like it is one too.
        if object.shape.get() == Shape::Free {
            return the_match(present, rust_name);
        }
    }
    match object.shape.get() {
        Shape::Fields(fields) => {
            let declared = || fields.iter().copied();
            // Aliases are declared like other names, and often with the same letters: then the one in use is meant.
            let in_use = || declared().filter(|field| is_like(field, rust_name) && present().any(|key| key == *field));
            the_match(declared, rust_name).or_else(|| the_match(in_use, rust_name))
        }
        Shape::Flattened => the_match(present, rust_name),
        Shape::Free | Shape::Variant | Shape::Newtype if object.ordered => the_match(present, rust_name),
        Shape::Free | Shape::Variant | Shape::Newtype => None,
    }
}

/// The name that is the same, or else the only one with the same letters.
fn the_match<'n, I: Iterator<Item = &'n str>>(names: impl Fn() -> I, rust_name: &str) -> Option<&'n str> {
    names().find(|name| *name == rust_name).or_else(|| {
        let mut alike = names().filter(|name| is_like(name, rust_name));
        let first = alike.next()?;
        alike.all(|other| other == first).then_some(first)
    })
}

fn is_like(name: &str, rust_name: &str) -> bool {
    letters(name).eq(letters(rust_name))
}

/// What all the cases of `rename_all` leave alone.
fn letters(name: &str) -> impl Iterator<Item = char> {
    name.chars().filter(|character| !matches!(character, '_' | '-')).flat_map(char::to_lowercase)
}

#[cfg(test)]
mod tests {
    use super::on_the_wire;
    use crate::validate::document::{Node, Object, Shape};

    fn find(shape: Shape, present: &[&'static str], rust_name: &str) -> Option<String> {
        let object = Object { pairs: present.iter().map(|key| ((*key).into(), Node::Null)).collect(), ..Object::default() };
        object.shape.set(shape);
        on_the_wire(&object, rust_name, None).map(str::to_owned)
    }

    #[test]
    fn every_case_of_rename_all_is_recognised() {
        for name in ["postcode2", "POSTCODE2", "PostCode2", "postCode2", "post_code2", "POST_CODE2", "post-code2", "POST-CODE2"] {
            assert_eq!(find(Shape::Flattened, &["id", name], "post_code2").as_deref(), Some(name));
        }
        assert_eq!(find(Shape::Fields(&["id", "postCode"]), &[], "post_code").as_deref(), Some("postCode"));
        assert_eq!(find(Shape::Fields(&["type"]), &[], "r#type").as_deref(), Some("type"));
        assert_eq!(find(Shape::Fields(&["größe"]), &[], "Größe").as_deref(), Some("größe"));
    }

    #[test]
    fn an_exact_name_wins_then_the_one_in_use_and_a_doubt_stays_one() {
        let both = Shape::Fields(&["postCode", "post_code"]);
        assert_eq!(find(both, &["postCode"], "post_code").as_deref(), Some("post_code"));
        let aliases = Shape::Fields(&["POST-CODE", "postCode"]);
        assert_eq!(find(aliases, &["postCode"], "post_code").as_deref(), Some("postCode"));
        assert_eq!(find(aliases, &[], "post_code"), None);
        assert_eq!(find(aliases, &["POST-CODE", "postCode"], "post_code"), None);
        assert_eq!(find(Shape::Flattened, &["postCode", "postCode"], "post_code").as_deref(), Some("postCode"));
        assert_eq!(find(Shape::Fields(&["zip"]), &["zip"], "post_code"), None);
    }

    #[test]
    fn the_keys_of_a_map_are_not_told() {
        assert_eq!(find(Shape::Free, &["post_code"], "post_code"), None);
        assert_eq!(find(Shape::Variant, &["post_code"], "post_code"), None);
        assert_eq!(find(Shape::Fields(&["id"]), &["post_code"], "post_code"), None);
    }
}
