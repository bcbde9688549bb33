//! The matrix as text: what is drawn, where it is written, and that nothing of the lock becomes markup.

use crate::support::{CLINIC, Folder, call};
use expect_test::expect_file;

#[test]
fn markdown_has_every_endpoint_and_a_legend() {
    let folder = Folder::with(&[("security.lock", CLINIC)]);
    let said = call(folder.path(), ["matrix", "--format", "markdown"]);
    expect_file!["golden/matrix.md"].assert_eq(&said.out);
    let table: Vec<&str> = said.out.lines().take_while(|line| !line.is_empty()).collect();
    let columns = |line: &str| line.replace("\\|", "").matches('|').count();
    assert!(table.iter().all(|line| columns(line) == columns(table[0])), "{}", said.out);
}

#[test]
fn a_picture_has_every_endpoint_and_is_xml() {
    let folder = Folder::with(&[("security.lock", CLINIC)]);
    let said = call(folder.path(), ["matrix", "--format", "svg", "--title", "A & B", "-o", "m.svg"]);
    assert_eq!((said.code, said.out.as_str(), said.err.as_str()), (0, "", ""));
    let picture = folder.read("m.svg");
    assert!(picture.contains("DELETE /appointments/{id}") && picture.contains("A &amp; B"), "{picture}");
    assert_eq!(picture.matches("<g ").count(), picture.matches("</g>").count());
}

#[test]
fn a_lock_from_above_or_from_the_one_package_is_found() {
    let folder = Folder::with(&[("Cargo.toml", "[workspace]\nmembers = [\"api\"]\nresolver = \"3\"\n")]);
    folder.write("api/Cargo.toml", "[package]\nname = \"api\"\nedition = \"2024\"\n");
    folder.write("api/src/lib.rs", "");
    let missing = call(folder.path(), ["matrix"]);
    assert!(missing.code == 2 && missing.err.contains("write one with `cargo portcullis lock`"), "{missing:?}");
    folder.write("api/security.lock", CLINIC);
    let page = |place: &str| call(&folder.path().join(place), ["matrix"]);
    assert!(page("").out.contains("<title>api: who reaches what</title>"));
    assert_eq!(page("").out, page("api/src").out);
}

/// A lock whose every text tries to become something else.
pub(crate) fn hostile() -> String {
    let evil = "</script><script>document.title='owned'</script><img src=x onerror=alert(1)>`|\\\" onclick=x";
    let quoted = serde_json::to_string(evil).unwrap();
    let path = serde_json::to_string(&format!("GET /{evil}")).unwrap();
    let access = serde_json::to_string(&format!("public = {quoted}")).unwrap();
    format!(
        "version = 1\n\n[roles]\n{quoted} = []\n\n[scopes]\n{quoted} = {quoted}\n\n[[endpoint]]\nroute = {path}\nhandler = {quoted}\n\
         access = {access}\nwhen = {quoted}\naudit = {quoted}\nunvalidated = {quoted}\n\n[[unsecured]]\nprefix = {path2}\nreason = {quoted}\n",
        path2 = serde_json::to_string(&format!("/{evil}")).unwrap()
    )
}

#[test]
fn nothing_of_the_lock_becomes_markup() {
    let folder = Folder::with(&[("security.lock", &hostile())]);
    for format in ["html", "svg"] {
        let said = call(folder.path(), ["matrix", "--format", format, "--title", "<b>'\""]);
        assert_eq!(said.code, 0, "{}", said.err);
        assert!(!said.out.contains("<img") && !said.out.contains("<script>document") && !said.out.contains("<b>'"), "{format}");
        assert!(said.out.contains("&lt;img src=x onerror=alert(1)&gt;"), "{format}");
        assert!(!said.out.contains("\" onclick"), "{format}");
    }
    let markdown = call(folder.path(), ["matrix", "--format", "markdown"]).out;
    let columns = |line: &str| line.replace("\\|", "").matches('|').count();
    let table: Vec<&str> = markdown.lines().take_while(|line| !line.is_empty()).collect();
    assert!(table.iter().all(|line| columns(line) == columns(table[0])), "{markdown}");
}
