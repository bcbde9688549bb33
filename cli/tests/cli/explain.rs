//! Policies in English, by whatever name somebody has for an endpoint.

use crate::support::{CLINIC, Folder, Said, call};
use expect_test::expect_file;

fn explain(what: &str) -> Said {
    let folder = Folder::with(&[("security.lock", CLINIC)]);
    call(folder.path(), ["explain", what])
}

#[test]
fn a_policy_reads_as_english() {
    let said = explain("PUT /patients/{id}/prescriptions");
    expect_file!["golden/explain.txt"].assert_eq(&said.out);
    assert_eq!((said.code, said.err.as_str()), (0, ""));
    assert_eq!(explain("prescribe").out, said.out, "by the name of the handler");
    assert_eq!(explain("/patients/{id}/prescriptions").out, said.out, "by the path");
}

#[test]
fn a_path_with_several_methods_is_explained_for_each() {
    let said = explain("/appointments");
    assert!(said.out.contains("GET /appointments") && said.out.contains("POST /appointments"), "{}", said.out);
}

#[test]
fn what_is_unknown_or_ambiguous_is_said() {
    let ambiguous = explain("create");
    assert_eq!(ambiguous.code, 2);
    assert_eq!(
        ambiguous.err,
        "error: several handlers end in `create`: say which, `clinic::appointments::create` and `clinic::notes::create`\n"
    );
    let near = explain("POST /apointments");
    assert!(near.code == 2 && near.err.contains("did you mean `POST /appointments`?"), "{near:?}");
}

#[test]
fn a_finding_has_its_page() {
    let said = call(Folder::new().path(), ["explain", "PC101"]);
    assert!(said.code == 0 && said.out.starts_with("# PC101"), "{said:?}");
    assert!(explain("PC1").err.contains("no endpoint is called `PC1`"));
}
