//! The quickstart's endpoints under the quickstart's policies, by a clock on which a minute's limit refills within the blink of an eye.
//! `PORT`, `SIGNING_KEY`, `ALICE_PASSWORD` and `BOB_PASSWORD` as there.
#![expect(clippy::print_stdout, reason = "a program speaks on standard output; a library does not")]

use portcullis::clock::{Clock, SystemClock};

include!(concat!(env!("OUT_DIR"), "/quickstart.rs"));

/// Tells the time of the day, and lets limits refill ten thousand times as fast.
#[derive(Debug, Default)]
struct Fast(SystemClock);

impl Clock for Fast {
    fn unix_time(&self) -> Duration {
        self.0.unix_time()
    }

    fn monotonic_time(&self) -> Duration {
        self.0.monotonic_time().saturating_mul(10_000)
    }
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    tracing_subscriber::fmt().with_writer(std::io::stderr).init();
    let port: u16 = env::var("PORT")?.parse()?;
    let key = secret("SIGNING_KEY")?;
    let router = router(app(key.as_bytes(), &secret("ALICE_PASSWORD")?, &secret("BOB_PASSWORD")?)?);
    let security = security(key.as_bytes())?.clock(Arc::new(Fast::default())).build()?;
    let listener = tokio::net::TcpListener::bind(("127.0.0.1", port)).await?;
    Ok(axum::serve(listener, router.secured_by(security)?.into_make_service_with_connect_info::<SocketAddr>()).await?)
}
