//! The probe: drives every endpoint of a service with callers, calls and bodies on both sides of what its manifest says, and reports
//! where the service does otherwise. What must happen is computed from the manifest, by code that shares nothing with the guard.

mod answer;
mod audit;
mod checks;
mod door;
mod inquiry;
mod issuer;
mod options;
mod oracle;
mod payload;
mod report;
mod service;

pub use report::{Disagreement, NotTried, Report};

use crate::{Ready, SecureRouter, SecurityBuilder, clock::ManualClock};
use axum::body::Bytes;
use inquiry::Inquiry;
use issuer::Issuer;
use options::Options;
use oracle::Oracle;
use portcullis_policy::Roles;
use service::Service;
use std::{
    fmt,
    sync::Arc,
    time::{Duration, SystemTime, UNIX_EPOCH},
};

/// Tries whether a service does what its manifest says, as [`Probe::run`] does, without anything to say of its endpoints.
///
/// ```
/// use portcullis::{jwt::{Jwt, JwtKey}, prelude::*, testing::probe};
///
/// #[secure(role = "admin", rate = "5/min")]
/// async fn delete_user() {}
///
/// # tokio::runtime::Builder::new_current_thread().enable_time().build()?.block_on(async {
/// let router = SecureRouter::new().route("/users/{id}", delete(delete_user));
/// let key = JwtKey::hs256("a secret of at least thirty-two bytes")?;
/// let builder = Security::builder(rule_book!()).jwt(Jwt::new("https://id.example.com", "https://api.example.com", key));
/// let report = probe(router, builder).await;
/// assert!(report.holds(), "{report}");
/// # Ok::<(), portcullis::jwt::KeyError>(())
/// # })?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub async fn probe(router: SecureRouter<()>, builder: SecurityBuilder<Ready>) -> Report {
    Probe::new(router, builder).run().await
}

/// A service to be tried, and what its manifest does not say of its endpoints. Endpoints are named by method and path pattern.
///
/// The service runs as it is set up, with two changes: time is a clock that the probe moves, and the tokens are those of an issuer of
/// the probe's own. Handlers do run, where nothing refuses the request: give the router a state that is for tests. Bodies are such
/// that they do not validate, unless one is given here.
///
/// What is tried, for every endpoint by every method: callers without credentials, with each role and each scope alone, with all of
/// them, and at every boundary of the access tree; for every endpoint by its first method: flawed tokens, logins that are too old or
/// too weak, each limit by its own key, the bound of the body to the byte, and media types; for one endpoint, how many
/// authentications may fail. Every answer must have the headers that the service promises, and an audit record where there has to be
/// one, which tells its name and its status. Time limits are not tried: they pass in real time.
///
/// ```
/// # use portcullis::{prelude::*, testing::Probe};
/// # async fn example(router: SecureRouter, builder: portcullis::SecurityBuilder<portcullis::Ready>) {
/// let probe = Probe::new(router, builder)
///     .path("GET /reports/{month}", "/reports/2026-10?full=true")
///     .body("POST /notes", r#"{"text":"hello"}"#)
///     .condition_admits_all("GET /reports/{month}");
/// let report = probe.run().await;
/// assert!(report.holds(), "{report}");
/// # }
/// ```
#[must_use = "a probe does nothing until it is run"]
pub struct Probe {
    router: SecureRouter<()>,
    builder: SecurityBuilder<Ready>,
    options: Options,
}

impl Probe {
    /// A probe of the router under this configuration.
    pub fn new(router: SecureRouter<()>, builder: SecurityBuilder<Ready>) -> Self {
        Self { router, builder, options: Options::default() }
    }

    /// The path, with its query if need be, by which the endpoint is called. Unsaid, parameters are filled with a number, a word, a
    /// UUID or a date, whichever its arguments take.
    pub fn path(mut self, endpoint: &str, path: &str) -> Self {
        self.options.paths.insert(endpoint.to_owned(), path.to_owned());
        self
    }

    /// The body with which the endpoint is called: one that keeps its rules, so that the handler runs, and before it a `when` that
    /// looks at the body. The parts of a form in parts have `--portcullis` between them.
    pub fn body(mut self, endpoint: &str, body: impl Into<Bytes>) -> Self {
        self.options.bodies.insert(endpoint.to_owned(), body.into());
        self
    }

    /// Says that it is right for the endpoint's `when` to refuse none of the callers of the probe. Unsaid, that is reported: nobody
    /// can tell such a condition from one that is never asked.
    pub fn condition_admits_all(mut self, endpoint: &str) -> Self {
        self.options.open_conditions.insert(endpoint.to_owned());
        self
    }

    /// Tries every endpoint. Wants a runtime of tokio that has time, such as that of `#[tokio::test]`.
    pub async fn run(self) -> Report {
        let Self { router, builder, options } = self;
        let mut report = Report::default();
        let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        let clock = Arc::new(ManualClock::at(Duration::from_secs(now.as_secs())));
        let issuer = Issuer::new().and_then(|issuer| issuer.jwt().ok().map(|jwt| (issuer, jwt)));
        let Some((issuer, jwt)) = issuer else {
            report.add(SERVICE, "a key for the probe", "random numbers", "the operating system has none");
            return report;
        };
        let manifest = router.manifest();
        let (builder, promises) = builder.probed(clock.clone(), jwt);
        let app = match builder.build().and_then(|security| router.secured_by(security)) {
            Ok(app) => app,
            Err(errors) => {
                errors.problems().for_each(|problem| report.add(SERVICE, "start-up", "a service", problem));
                return report;
            }
        };
        let oracle = Oracle::new(Roles::of(promises.rule_book), promises.failures);
        let service = Service::new(app, clock, issuer, oracle);
        Inquiry { service, promises, options, report, failures_tried: false }.run(&manifest).await
    }
}

/// What stands in the place of an endpoint where all of them are meant.
const SERVICE: &str = "(service)";

impl fmt::Debug for Probe {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Probe").field("router", &self.router).field("options", &self.options).finish_non_exhaustive()
    }
}
