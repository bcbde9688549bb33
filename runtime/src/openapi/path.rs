//! Paths from axum's syntax to that of OpenAPI: `/files/{*rest}` is `/files/{rest}`, and braces that are meant are escaped.
//! The names of the parameters come along, in their order.

/// A path as OpenAPI writes it.
#[derive(Debug, Eq, PartialEq)]
pub(super) struct Template {
    pub(super) path: String,
    pub(super) parameters: Vec<Parameter>,
}

/// A parameter of a path.
#[derive(Debug, Eq, PartialEq)]
pub(super) struct Parameter {
    pub(super) name: String,
    /// Whether it takes the rest of the path, slashes and all.
    pub(super) is_rest: bool,
}

/// Reads a path that a router took.
pub(super) fn template(path: &str) -> Template {
    let (mut text, mut parameters) = (String::with_capacity(path.len()), Vec::new());
    let mut characters = path.chars().peekable();
    while let Some(character) = characters.next() {
        match character {
            '{' if characters.next_if_eq(&'{').is_some() => text.push_str("%7B"),
            '}' => {
                characters.next_if_eq(&'}');
                text.push_str("%7D");
            }
            '{' => {
                let inside: String = characters.by_ref().take_while(|character| *character != '}').collect();
                let name = inside.strip_prefix('*');
                let parameter = Parameter { is_rest: name.is_some(), name: name.unwrap_or(&inside).to_owned() };
                text.push('{');
                text.push_str(&parameter.name);
                text.push('}');
                parameters.push(parameter);
            }
            other => text.push(other),
        }
    }
    Template { path: text, parameters }
}

/// The segments of a path that name no parameter and no version: `/api/v1/users/{id}` is about users.
pub(super) fn subject(path: &str) -> Option<&str> {
    let is_version = |segment: &str| {
        segment.strip_prefix('v').is_some_and(|number| !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit()))
    };
    let named =
        |segment: &&str| !segment.is_empty() && !segment.contains(['{', '}']) && *segment != "api" && !is_version(segment);
    path.split('/').find(named).and_then(|segment| segment.split('.').find(|part| !part.is_empty()))
}

#[cfg(test)]
mod tests {
    use super::{subject, template};

    #[test]
    fn paths_are_written_as_openapi_writes_them() {
        let of = |path| {
            let template = template(path);
            let parameters: Vec<_> =
                template.parameters.into_iter().map(|parameter| (parameter.name, parameter.is_rest)).collect();
            (template.path, parameters)
        };
        assert_eq!(of("/"), ("/".to_owned(), vec![]));
        let (path, parameters) = of("/users/{id}/files/{*rest}");
        assert_eq!(path, "/users/{id}/files/{rest}");
        assert_eq!(parameters, [("id".to_owned(), false), ("rest".to_owned(), true)]);
        assert_eq!(of("/a{{b}}/{c}"), ("/a%7Bb%7D/{c}".to_owned(), vec![("c".to_owned(), false)]));
    }

    #[test]
    fn the_subject_of_a_path_is_what_it_is_about() {
        for (path, expected) in [
            ("/users/{id}", Some("users")),
            ("/api/v1/users", Some("users")),
            ("/v2x/users", Some("v2x")),
            ("/{tenant}/users", Some("users")),
            ("/openapi.json", Some("openapi")),
            ("/.well-known/x", Some("well-known")),
            ("/", None),
            ("/{id}", None),
        ] {
            assert_eq!(subject(path), expected, "{path}");
        }
    }
}
