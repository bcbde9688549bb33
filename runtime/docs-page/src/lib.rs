//! The interactive page of an API, as one HTML file with a hole for the OpenAPI document: Swagger UI, its styles and one script of ours.
//! Put together when this crate is built; a page from it asks for nothing else, and its policy lets nothing else run.

/// The page up to the OpenAPI document, which follows as JSON in which every `<` is written `\u003c`.
pub const BEFORE: &str = include_str!(concat!(env!("OUT_DIR"), "/before.html"));

/// The page after the OpenAPI document.
pub const AFTER: &str = include_str!(concat!(env!("OUT_DIR"), "/after.html"));

/// The `Content-Security-Policy` of the page: its own scripts and styles by their hashes, images that are written into it, and calls to
/// the service it came from.
pub const CONTENT_SECURITY_POLICY: &str = include_str!(concat!(env!("OUT_DIR"), "/policy.txt"));

/// What [`BEFORE`] and [`AFTER`] are: a digest of both, in characters that an `ETag` may have.
pub const DIGEST: &str = include_str!(concat!(env!("OUT_DIR"), "/digest.txt"));

#[cfg(test)]
mod tests {
    use super::{AFTER, BEFORE, CONTENT_SECURITY_POLICY, DIGEST};
    use base64::{Engine, engine::general_purpose::STANDARD};
    use sha2::{Digest, Sha256};

    /// What stands in the elements that begin and end so, for the eyes of HTML: it ends each at the first end tag.
    fn elements<'a>(html: &'a str, start: &str, end: &str) -> Vec<&'a str> {
        html.split(start).skip(1).filter_map(|rest| rest.split_once(end)).map(|(text, _)| text).collect()
    }

    #[test]
    fn the_policy_has_the_hash_of_each_script_and_style_and_nothing_unsafe() {
        let page = format!("{BEFORE}{{}}{AFTER}");
        let hashes = |texts: &[&str]| {
            let each = texts.iter().map(|text| format!("'sha256-{}'", STANDARD.encode(Sha256::digest(text))));
            each.collect::<Vec<_>>().join(" ")
        };
        let (scripts, styles) = (elements(&page, "<script>", "</script>"), elements(&page, "<style>", "</style>"));
        assert_eq!((scripts.len(), styles.len()), (2, 1));
        assert!(CONTENT_SECURITY_POLICY.contains(&format!("; script-src {}; ", hashes(&scripts))), "{CONTENT_SECURITY_POLICY}");
        assert!(CONTENT_SECURITY_POLICY.contains(&format!("; style-src {}; ", hashes(&styles))), "{CONTENT_SECURITY_POLICY}");
        assert!(CONTENT_SECURITY_POLICY.starts_with("default-src 'none'; ") && !CONTENT_SECURITY_POLICY.contains("unsafe"));
    }

    #[test]
    fn no_script_can_be_taken_for_markup_and_nothing_is_loaded() {
        let page = format!("{BEFORE}{{}}{AFTER}").to_ascii_lowercase();
        assert_eq!(page.matches("<script").count(), 3, "the document, Swagger UI, and what starts it");
        assert_eq!(page.matches("</script").count(), 3);
        assert_eq!(page.matches("<!--").count(), 1, "the license");
        assert!(!page.contains("<script src") && !page.contains("@import"));
        assert_eq!(elements(&page, "<link ", ">"), ["rel=\"icon\" href=\"data:,\""]);
    }

    #[test]
    fn the_digest_is_fit_for_a_tag() {
        assert!(
            DIGEST.len() == 43 && DIGEST.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte)),
            "{DIGEST}"
        );
    }
}
