//! The page in a real browser: what its script hides, that a hostile lock stays text, and that it is drawn light, dark and on paper.

use crate::{
    matrix::hostile,
    support::{CLINIC, Folder, call},
};
use std::{
    fs,
    process::{Command, Stdio},
};

/// A page in a folder of its own.
fn page(lock: &str) -> Folder {
    let folder = Folder::with(&[("security.lock", lock)]);
    let said = call(folder.path(), ["matrix", "--output", "matrix.html", "--title", "Clinic"]);
    assert_eq!(said.code, 0, "{}", said.err);
    folder
}

/// What Chromium prints when it is shown the page with this fragment.
fn chromium(folder: &Folder, fragment: &str, flags: &[&str]) -> String {
    let profile = Folder::new();
    let mut command = Command::new("chromium");
    command.args(["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--hide-scrollbars"]);
    command.args(["--disable-background-networking", "--disable-component-update", "--disable-sync"]).args(flags);
    command.arg(format!("--user-data-dir={}", profile.path().display()));
    command.arg(format!("file://{}{fragment}", folder.path().join("matrix.html").display()));
    let output = command.stdin(Stdio::null()).current_dir(folder.path()).output();
    let output = output.expect("`chromium` is not on the path: these tests look at the page in it; `apt-get install chromium`");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// The paths of the rows that are shown.
fn shown(folder: &Folder, fragment: &str) -> Vec<String> {
    let dom = chromium(folder, fragment, &["--dump-dom"]);
    let body = dom.split_once("<tbody>").unwrap().1.split_once("</tbody>").unwrap().0;
    let rows = body.split("<tr").skip(1).filter(|row| !row.split_once('>').unwrap().0.contains("hidden"));
    let cell = |row: &str, class: &str| {
        let start = format!("<span class=\"{class}\">");
        row.split_once(&start).unwrap().1.split_once("</span>").unwrap().0.to_owned()
    };
    rows.map(|row| format!("{} {}", cell(row, "method"), cell(row, "path"))).collect()
}

#[test]
fn the_address_filters() {
    let folder = page(CLINIC);
    assert_eq!(shown(&folder, "").len(), 15);
    assert!(!folder.read("matrix.html").contains("<tr hidden"), "whole without the script");
    assert_eq!(shown(&folder, "#q=admin::").as_slice(), ["POST /admin/users", "DELETE /admin/users/{id}"]);
    assert_eq!(shown(&folder, "#only=public"), ["GET /health", "POST /token", "* (no such path)"]);
    let reader = ["GET /health", "GET /me", "GET /reports/{month}", "POST /token", "* (no such path)", "* /legacy"];
    assert_eq!(shown(&folder, "#who=scope%3Areports%3Aread"), reader);
    assert_eq!(shown(&folder, "#q=REPORTS+month&who=scope%3Areports%3Aread&only=unlimited"), ["GET /reports/{month}"]);
    assert!(shown(&folder, "#q=zebra").is_empty());
}

#[test]
fn a_hostile_lock_stays_text_and_may_run_nothing() {
    let folder = page(&hostile());
    let dom = chromium(&folder, "#q=onerror", &["--dump-dom"]);
    assert!(dom.contains("<title>Clinic: who reaches what</title>"), "no script of the lock ran");
    assert!(!dom.contains("<img") && dom.contains("Filtered: 2 of 2 rows"), "{dom}");
    // The page's own policy would stop even what is put into it by hand.
    let html = folder.read("matrix.html").replace("<tbody>", "<script>document.title='owned'</script><tbody>");
    folder.write("matrix.html", &html);
    assert!(chromium(&folder, "", &["--dump-dom"]).contains("<title>Clinic: who reaches what</title>"));
}

#[test]
fn the_page_is_drawn_in_the_light_in_the_dark_and_on_paper() {
    let folder = page(CLINIC);
    let size = ["--window-size=1600,1000"];
    chromium(&folder, "", &[size[0], "--screenshot=light.png"]);
    chromium(&folder, "", &[size[0], "--screenshot=dark.png", "--blink-settings=preferredColorScheme=0"]);
    chromium(&folder, "", &["--print-to-pdf=paper.pdf", "--no-pdf-header-footer"]);
    let read = |name: &str| fs::read(folder.path().join(name)).unwrap();
    let (light, dark, paper) = (read("light.png"), read("dark.png"), read("paper.pdf"));
    assert!(light.starts_with(b"\x89PNG") && dark.starts_with(b"\x89PNG") && light != dark);
    assert!(light.len() > 50_000 && dark.len() > 50_000, "{} {}", light.len(), dark.len());
    assert!(paper.starts_with(b"%PDF") && paper.len() > 20_000);
}

#[test]
fn colours_can_be_told_apart_by_everybody() {
    let style = include_str!("../../src/matrix/page.css");
    let ratio = |one: &str, other: &str| {
        let (a, b) = (luminance(one), luminance(other));
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    };
    let themes: Vec<&str> = style.split(":root {").skip(1).map(|rest| rest.split_once('}').unwrap().0).collect();
    assert_eq!(themes.len(), 3, "light, dark and paper");
    for theme in themes {
        let colour = |name: &str| {
            let value = theme.split_once(&format!("--{name}: ")).unwrap().1.split_once(';').unwrap().0;
            if value.len() == 4 {
                value.chars().flat_map(|digit| if digit == '#' { vec![digit] } else { vec![digit; 2] }).collect()
            } else {
                value.to_owned()
            }
        };
        for ground in ["ground", "sheet", "hover", "chosen", "chip"] {
            for ink in ["ink", "muted", "reach", "open", "danger"] {
                let ratio = ratio(&colour(ink), &colour(ground));
                assert!(ratio >= 4.5, "{ink} on {ground}: {ratio:.2}");
            }
        }
    }
}

/// The relative luminance of `#rrggbb`, as WCAG defines it.
fn luminance(colour: &str) -> f64 {
    let channel = |index: usize| {
        let value = f64::from(u8::from_str_radix(&colour[index..index + 2], 16).unwrap()) / 255.0;
        if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
    };
    0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5)
}
