//! What a service should test of its policies: that nobody changed them unseen, and that they hold.

use super::{Error, app, router, security};
use portcullis::testing::{assert_locked, export_openapi, probe};

const KEY: [u8; 32] = [7; 32];

/// Who may do what is a change that somebody reviews: `cargo portcullis lock` writes it down.
#[test]
fn policies_are_locked() -> Result<(), Box<dyn Error>> {
    assert_locked!(router(app(&KEY, "alice", "bob")?));
    Ok(())
}

/// What tools read of the service: `cargo portcullis export openapi` writes it to a file.
#[test]
fn the_service_is_described() -> Result<(), Box<dyn Error>> {
    export_openapi!(router(app(&KEY, "alice", "bob")?), security(&KEY)?.build()?);
    Ok(())
}

/// Every endpoint refuses whom its policy refuses.
#[tokio::test]
async fn policies_hold() -> Result<(), Box<dyn Error>> {
    let report = probe(router(app(&KEY, "alice", "bob")?), security(&KEY)?).await;
    assert!(report.holds(), "{report}");
    Ok(())
}
