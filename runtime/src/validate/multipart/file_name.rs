//! The name that a client gives a file, as far as it is one: no folder, nothing that a file system or a reader takes for more.
//! It names nothing here. It is kept to be shown.

use sanitize_filename::{Options, sanitize_with_options};

/// The name, or `None` where nothing is left of it.
pub(super) fn sanitised(name: &str) -> Option<String> {
    let last = name.rsplit(['/', '\\']).next()?;
    let visible: String = last.chars().filter(|character| !is_invisible(*character)).collect();
    let options = Options { windows: true, truncate: true, replacement: "" };
    let clean = sanitize_with_options(visible, options);
    // A file that begins with a dot is hidden, or configures a server.
    let clean = clean.trim().trim_start_matches('.').trim();
    (!clean.is_empty()).then(|| clean.to_owned())
}

/// What changes how the rest is read and cannot be seen: `photo\u{202e}gpj.exe` looks like a picture.
fn is_invisible(character: char) -> bool {
    matches!(character, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{61c}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::sanitised;

    #[test]
    fn a_name_is_a_name_and_no_path() {
        for (name, clean) in [
            ("photo.png", Some("photo.png")),
            ("größe 😀.txt", Some("größe 😀.txt")),
            ("../../etc/passwd", Some("passwd")),
            ("/etc/passwd", Some("passwd")),
            (r"C:\windows\..\boot.ini", Some("boot.ini")),
            ("a/../..\\", None),
            ("..", None),
            (".", None),
            ("", None),
            (" ", None),
            (".htaccess", Some("htaccess")),
            ("...a", Some("a")),
            ("CON", None),
            ("nul.txt", None),
            ("a\0b\r\n.png", Some("ab.png")),
            ("photo\u{202e}gpj.exe", Some("photogpj.exe")),
            ("a.png. . ", Some("a.png")),
            ("file:stream|<x>?*\"", Some("filestreamx")),
        ] {
            assert_eq!(sanitised(name).as_deref(), clean, "{name:?}");
        }
        assert!(sanitised(&"ü".repeat(1_000)).unwrap().len() <= 255);
    }
}
