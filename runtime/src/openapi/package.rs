//! `open_api!()`: what the manifest of the package says of a service already, so that nobody writes it twice.
//! A macro, since only the package itself can ask for its own name.

use super::OpenApi;

/// The title, version, description, licence and contact of a service, as the `Cargo.toml` of its package has them.
///
/// ```
/// use portcullis::{open_api, prelude::*};
///
/// let router: SecureRouter = SecureRouter::new().openapi(open_api!().password_flow("/token"));
/// ```
#[macro_export]
macro_rules! open_api {
    () => {
        $crate::OpenApi::of_package(
            ::core::env!("CARGO_PKG_NAME"),
            ::core::env!("CARGO_PKG_VERSION"),
            ::core::env!("CARGO_PKG_DESCRIPTION"),
            ::core::env!("CARGO_PKG_LICENSE"),
            ::core::env!("CARGO_PKG_AUTHORS"),
            [::core::env!("CARGO_PKG_HOMEPAGE"), ::core::env!("CARGO_PKG_REPOSITORY")],
        )
    };
}

impl OpenApi {
    /// What [`open_api!`] says; a part that the manifest leaves out is empty.
    #[doc(hidden)]
    pub fn of_package(name: &str, version: &str, description: &str, license: &str, authors: &str, pages: [&str; 2]) -> Self {
        let mut about = Self::new(name, version);
        if !description.is_empty() {
            about = about.description(description);
        }
        if !license.is_empty() {
            about = about.license(license);
        }
        match pages.into_iter().find(|page| !page.is_empty()) {
            Some(page) => about.contact(first_name(authors).unwrap_or(name), page),
            None => about,
        }
    }
}

/// The name of the first of the authors, who are written `Ann <ann@example.com>:Bob`.
fn first_name(authors: &str) -> Option<&str> {
    let first = authors.split(':').next()?;
    let name = first.split('<').next()?.trim();
    (!name.is_empty()).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::{OpenApi, first_name};
    use serde_json::json;

    #[test]
    fn the_manifest_says_what_it_says() {
        let about =
            OpenApi::of_package("orders", "1.4.0", "Who ordered what.", "MIT", "Ann <ann@example.com>:Bob", ["", "https://a"]);
        let expected = json!({
            "title": "orders", "version": "1.4.0", "description": "Who ordered what.",
            "license": { "name": "MIT", "identifier": "MIT" }, "contact": { "name": "Ann", "url": "https://a" },
        });
        assert_eq!(about.info(), expected);
        let bare = OpenApi::of_package("orders", "1.4.0", "", "", "", ["", ""]);
        assert_eq!(bare.info(), json!({ "title": "orders", "version": "1.4.0" }));
    }

    #[test]
    fn the_first_author_is_the_contact() {
        assert_eq!(
            (first_name("Ann <a@b>:Bob"), first_name("Bob"), first_name(""), first_name("<a@b>")),
            (Some("Ann"), Some("Bob"), None, None)
        );
    }
}
