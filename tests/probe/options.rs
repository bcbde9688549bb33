//! What the probe is told of endpoints.

use crate::service::builder;
use axum::extract::Path;
use portcullis::{prelude::*, testing::Probe};

#[secure(role = "user", when = id != "refused")]
async fn tolerant(Path(id): Path<String>) -> String {
    id
}

fn probe() -> Probe {
    Probe::new(SecureRouter::new().route("/things/{id}", get(tolerant)), builder())
}

#[tokio::test]
async fn a_condition_that_refuses_nobody_is_reported() {
    let report = probe().run().await;
    assert!(!report.holds());
    let [row] = report.disagreements() else { panic!("{report}") };
    assert_eq!((row.endpoint.as_str(), row.expected.as_str()), ("GET /things/{id}", "refuses somebody"));
    assert!(row.case.contains(r#"id != "refused""#) && row.found.contains("condition_admits_all"), "{report}");
}

#[tokio::test]
async fn a_path_that_the_condition_refuses_settles_it() {
    let report = probe().path("GET /things/{id}", "/things/refused").run().await;
    assert!(report.holds(), "{report}");
    assert!(report.to_string().contains("`when` refuse every request of the probe"), "{report}");
}

#[tokio::test]
async fn a_condition_that_is_said_to_admit_all_passes() {
    let report = probe().condition_admits_all("GET /things/{id}").run().await;
    assert!(report.holds(), "{report}");
}

#[tokio::test]
async fn an_endpoint_that_is_not_there_is_reported_with_the_one_that_was_meant() {
    let report = probe().condition_admits_all("GET /things/{id}").path("GET /thing/{id}", "/things/1").body("x", "y").run().await;
    let rows: Vec<_> = report.disagreements().iter().map(|row| (row.endpoint.as_str(), row.found.as_str())).collect();
    assert_eq!(rows[0], ("GET /thing/{id}", "no such endpoint, did you mean `GET /things/{id}`?"));
    assert_eq!((rows.len(), rows[1].0), (2, "x"));
}

#[tokio::test]
async fn a_path_that_leads_elsewhere_is_reported() {
    let report = probe().condition_admits_all("GET /things/{id}").path("GET /things/{id}", "/nowhere").run().await;
    let found: Vec<_> = report.disagreements().iter().map(|row| (row.endpoint.as_str(), row.found.as_str())).collect();
    let elsewhere = "/nowhere is answered 404, and no guard was asked";
    assert_eq!(found, [("GET /things/{id}", elsewhere), ("HEAD /things/{id}", elsewhere)], "{report}");
}
