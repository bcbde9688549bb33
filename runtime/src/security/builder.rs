//! Building a `Security`, in two stages: `build` exists only once the service decided which credentials it accepts.
//! Every mistake is kept until `build`, which reports them all.

#[cfg(all(feature = "testing", feature = "jwt"))]
mod probed;

#[cfg(all(feature = "testing", feature = "jwt"))]
pub(crate) use probed::Promises;

use super::{Core, Security, StartupErrors};
#[cfg(feature = "validation")]
use crate::InputBounds;
#[cfg(feature = "api-key")]
use crate::api_key::ApiKeys;
#[cfg(feature = "jwt")]
use crate::jwt::Jwt;
use crate::{
    Denial, InputError, ResponseHeaders,
    authn::Schemes,
    clock::{Clock, SystemClock},
    denial::{Challenges, Renderer, Translator},
    limit::Limiter,
};
use axum::response::Response;
use portcullis_policy::{ByteSize, GrammarError, Limit, Period, Rate, RateKey, RuleBook};
use std::{fmt, marker::PhantomData, str::FromStr, sync::Arc, time::Duration};

/// The stage of a builder that does not know yet which credentials the service accepts.
#[derive(Debug)]
pub enum NeedsScheme {}

/// The stage of a builder that can build.
#[derive(Debug)]
pub enum Ready {}

/// Builds a [`Security`]. Without a decision about credentials there is no `build`:
///
/// ```compile_fail
/// use portcullis::{Security, rule_book};
///
/// let security = Security::builder(rule_book!()).build();
/// ```
#[must_use = "a builder does nothing until it is built"]
pub struct SecurityBuilder<Stage> {
    settings: Settings,
    stage: PhantomData<Stage>,
}

/// What has been set so far.
struct Settings {
    rule_book: &'static RuleBook,
    schemes: Schemes,
    clock: Arc<dyn Clock>,
    headers: ResponseHeaders,
    realm: String,
    renderer: Option<Box<Renderer>>,
    translator: Option<Box<Translator>>,
    body_limit: u64,
    #[cfg(feature = "validation")]
    input_bounds: InputBounds,
    time_limit: Duration,
    failures: Limit,
    tracked_keys: usize,
    behind_tls: bool,
    problems: Vec<String>,
}

impl SecurityBuilder<NeedsScheme> {
    pub(super) fn new(rule_book: &'static RuleBook) -> Self {
        let settings = Settings {
            rule_book,
            schemes: Schemes::default(),
            clock: Arc::new(SystemClock::default()),
            headers: ResponseHeaders::for_api(),
            realm: "api".to_owned(),
            renderer: None,
            translator: None,
            body_limit: 64 * 1024,
            #[cfg(feature = "validation")]
            input_bounds: InputBounds::default(),
            time_limit: Duration::from_secs(30),
            failures: Limit::new(60, 60, 60, RateKey::Ip),
            tracked_keys: 100_000,
            behind_tls: false,
            problems: Vec::new(),
        };
        Self { settings, stage: PhantomData }
    }

    /// Accepts no credentials at all: every endpoint has to be public, and `secured_by` reports each that is not.
    pub fn without_authentication(self) -> SecurityBuilder<Ready> {
        self.at_stage()
    }
}

impl<Stage> SecurityBuilder<Stage> {
    /// Accepts JSON Web Tokens in `Authorization: Bearer`. Once: further keys go into the `Jwt`.
    #[cfg(feature = "jwt")]
    pub fn jwt(mut self, jwt: Jwt) -> SecurityBuilder<Ready> {
        if self.settings.schemes.jwt.replace(jwt).is_some() {
            self.settings
                .problems
                .push("`jwt` is set twice; give further keys of the issuer to one `Jwt` with `.key(…)`".to_owned());
        }
        self.at_stage()
    }

    /// Accepts API keys in `X-Api-Key`. Once: all keys go into one set.
    #[cfg(feature = "api-key")]
    pub fn api_keys(mut self, keys: ApiKeys) -> SecurityBuilder<Ready> {
        if self.settings.schemes.api_keys.replace(keys).is_some() {
            self.settings.problems.push("`api_keys` is set twice; put all keys into one `ApiKeys`".to_owned());
        }
        self.at_stage()
    }

    /// The realm of the challenges, by default `api` (RFC 9110 §11.5).
    pub fn realm(mut self, realm: &str) -> Self {
        realm.clone_into(&mut self.settings.realm);
        self
    }

    /// The response headers, by default [`ResponseHeaders::for_api`].
    pub fn headers(mut self, headers: ResponseHeaders) -> Self {
        self.settings.headers = headers;
        self
    }

    /// The largest body of endpoints that do not say it themselves, by default `64 KiB`.
    pub fn body_limit(mut self, size: &str) -> Self {
        self.parse("body_limit", size, |settings, size: ByteSize| settings.body_limit = size.bytes());
        self
    }

    /// How complex the input of an endpoint may be, by default [`InputBounds::default`].
    #[cfg(feature = "validation")]
    pub fn input_bounds(mut self, bounds: InputBounds) -> Self {
        self.settings.input_bounds = bounds;
        self
    }

    /// The time that a request may take on endpoints that do not say it themselves, from the first stage of the guard to the head of
    /// the answer; by default `30 s`.
    pub fn time_limit(mut self, period: &str) -> Self {
        self.parse("time_limit", period, |settings, period: Period| settings.time_limit = period.duration());
        self
    }

    /// How many authentications may fail per address, by default `60/min`. Failures beyond it are answered 429.
    pub fn failed_authentications(mut self, rate: &str) -> Self {
        self.parse("failed_authentications", rate, |settings, rate: Rate| {
            if rate.key().is_some_and(|key| key != RateKey::Ip) {
                settings.problems.push("failed authentications are counted per ip: leave `per` out".to_owned());
            }
            settings.failures = Limit::new(rate.count(), rate.period_seconds(), rate.burst(), RateKey::Ip);
        });
        self
    }

    /// How many keys (addresses, principals) each rate limit remembers, by default 100,000 at about 70 bytes each. Callers beyond it
    /// share one budget.
    pub fn tracked_keys(mut self, keys: usize) -> Self {
        self.settings.tracked_keys = keys;
        self
    }

    /// Says that every request reached this service over TLS, because the proxy before it speaks nothing else: turns HSTS on. A
    /// listener that ends TLS itself marks its requests with [`OverTls`](crate::OverTls) instead.
    pub fn behind_tls(mut self) -> Self {
        self.settings.behind_tls = true;
        self
    }

    /// The source of time, by default the clocks of the operating system.
    pub fn clock(mut self, clock: Arc<dyn Clock>) -> Self {
        self.settings.clock = clock;
        self
    }

    /// Renders the body of denials. Status, challenges, `Retry-After` and the response headers stay as they are.
    ///
    /// ```
    /// use axum::response::IntoResponse;
    /// use portcullis::{Problem, Security, rule_book};
    ///
    /// let builder = Security::builder(rule_book!()).render_denials(|denial| Problem::of(denial).title.into_response());
    /// ```
    pub fn render_denials(mut self, render: impl Fn(&Denial) -> Response + Send + Sync + 'static) -> Self {
        self.settings.renderer = Some(Box::new(render));
        self
    }

    /// Translates the errors of an input that is not valid, or says them in other words: for each error and the client's
    /// `Accept-Language`, as it was sent, the new `detail`, or `None` to keep the one there is. The pointer and the code stay.
    ///
    /// What the client sent as a language is for choosing one, and not for the answer.
    ///
    /// ```
    /// use portcullis::{Security, rule_book};
    ///
    /// let builder = Security::builder(rule_book!()).translate_errors(|error, languages| {
    ///     let german = languages.is_some_and(|languages| languages.starts_with("de"));
    ///     (german && error.code == "required").then(|| "dieses Feld muss da sein".to_owned())
    /// });
    /// ```
    pub fn translate_errors(
        mut self,
        translate: impl Fn(&InputError, Option<&str>) -> Option<String> + Send + Sync + 'static,
    ) -> Self {
        self.settings.translator = Some(Box::new(translate));
        self
    }

    fn parse<T: FromStr<Err = GrammarError>>(&mut self, setting: &str, text: &str, set: impl FnOnce(&mut Settings, T)) {
        match text.parse() {
            Ok(value) => set(&mut self.settings, value),
            Err(error) => self.settings.problems.push(format!("`{setting}`: {error}")),
        }
    }

    fn at_stage<Next>(self) -> SecurityBuilder<Next> {
        SecurityBuilder { settings: self.settings, stage: PhantomData }
    }
}

impl SecurityBuilder<Ready> {
    /// Settles the configuration.
    ///
    /// # Errors
    ///
    /// Every problem of the builder's settings, at once.
    pub fn build(self) -> Result<Security, StartupErrors> {
        let Settings { rule_book, schemes, clock, headers, tracked_keys, mut problems, .. } = self.settings;
        problems.extend(headers.problems().iter().cloned());
        problems.extend(schemes.problems(rule_book));
        #[cfg(feature = "validation")]
        problems.extend(self.settings.input_bounds.problems());
        if tracked_keys == 0 {
            problems.push("`tracked_keys` is 0: all callers would share one budget; leave it out for 100,000".to_owned());
        }
        let challenges = Challenges::new(&self.settings.realm, schemes.has_bearer(), schemes.has_api_keys());
        if challenges.is_none() {
            problems.push("the realm may hold printable ASCII without quotes and backslashes only".to_owned());
        }
        StartupErrors::check(problems)?;

        let hashers = [ahash::RandomState::new(), ahash::RandomState::new()];
        let [hasher, _] = &hashers;
        Ok(Security(Arc::new(Core {
            rule_book,
            schemes,
            failures: Limiter::new(self.settings.failures, Arc::clone(&clock), tracked_keys, hasher.clone()),
            clock,
            behind_tls: self.settings.behind_tls,
            headers,
            challenges: challenges.unwrap_or_default(),
            renderer: self.settings.renderer,
            translator: self.settings.translator,
            body_limit: self.settings.body_limit,
            #[cfg(feature = "validation")]
            input_bounds: self.settings.input_bounds,
            time_limit: Some(self.settings.time_limit),
            tracked_keys,
            hashers,
        })))
    }
}

impl<Stage> fmt::Debug for SecurityBuilder<Stage> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SecurityBuilder")
            .field("schemes", &self.settings.schemes)
            .field("problems", &self.settings.problems)
            .finish_non_exhaustive()
    }
}
