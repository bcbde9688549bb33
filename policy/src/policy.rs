//! A policy: what one `#[secure]` declares, as a constant.
//! The macros write it with the `const` methods here; the guard and the manifest only read it.

use crate::{Access, ByteSize, Period, RateKey};
use std::{fmt, time::Duration};

/// What one `#[secure]` declares about its endpoint.
///
/// Made by the macro and read through [`PolicyOf`](https://docs.rs/portcullis/latest/portcullis/trait.PolicyOf.html) or a
/// [`Manifest`](crate::Manifest); the methods that build it are the macro's and not part of the stable interface.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Policy {
    name: &'static str,
    rule_book: u64,
    access: Access,
    when: Option<&'static str>,
    limits: &'static [Limit],
    body: Option<u64>,
    timeout: Option<Duration>,
    step_up: Option<StepUp>,
    audit: Option<&'static str>,
    input: Option<Input>,
    unvalidated: Option<&'static str>,
    route: Option<(&'static str, &'static str)>,
}

/// How fresh and how strong a login must be (RFC 9470). Prints as in `step_up(max_age = "5 min", mfa)`.
#[derive(Clone, Copy, Debug, Default, Eq, Hash, PartialEq)]
pub struct StepUp {
    /// The most time since the caller logged in, if that matters.
    pub max_age: Option<Duration>,
    /// Whether more than one factor was needed.
    pub mfa: bool,
}

impl fmt::Display for StepUp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let max_age = self.max_age.map(|age| format!("max_age = \"{}\"", Period::from(age)));
        let terms: Vec<String> = max_age.into_iter().chain(self.mfa.then(|| "mfa".to_owned())).collect();
        f.write_str(&terms.join(", "))
    }
}

/// What the body of a request is read as, and checked by its rules.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum Input {
    /// `application/json`.
    Json,
    /// `application/x-www-form-urlencoded`.
    Form,
    /// `multipart/form-data`.
    Multipart,
}

impl Input {
    /// All that there are.
    pub const ALL: [Self; 3] = [Self::Json, Self::Form, Self::Multipart];

    /// The name, as the lock and the reports say it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Json => "json",
            Self::Form => "form",
            Self::Multipart => "multipart",
        }
    }

    /// The media type.
    #[must_use]
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Json => "application/json",
            Self::Form => "application/x-www-form-urlencoded",
            Self::Multipart => "multipart/form-data",
        }
    }
}

/// What the macros write.
#[doc(hidden)]
impl Policy {
    #[must_use]
    pub const fn new(name: &'static str, rule_book: u64, access: Access) -> Self {
        Self {
            name,
            rule_book,
            access,
            when: None,
            limits: &[],
            body: None,
            timeout: None,
            step_up: None,
            audit: None,
            input: None,
            unvalidated: None,
            route: None,
        }
    }

    #[must_use]
    pub const fn when(mut self, condition: &'static str) -> Self {
        self.when = Some(condition);
        self
    }

    #[must_use]
    pub const fn limits(mut self, limits: &'static [Limit]) -> Self {
        self.limits = limits;
        self
    }

    #[must_use]
    pub const fn body(mut self, bytes: u64) -> Self {
        self.body = Some(bytes);
        self
    }

    #[must_use]
    pub const fn timeout(mut self, millis: u64) -> Self {
        self.timeout = Some(Duration::from_millis(millis));
        self
    }

    /// 0 seconds: however long ago.
    #[must_use]
    pub const fn step_up(mut self, max_age_seconds: u64, mfa: bool) -> Self {
        let max_age = if max_age_seconds == 0 { None } else { Some(Duration::from_secs(max_age_seconds)) };
        self.step_up = Some(StepUp { max_age, mfa });
        self
    }

    #[must_use]
    pub const fn audit(mut self, name: &'static str) -> Self {
        self.audit = Some(name);
        self
    }

    #[must_use]
    pub const fn input(mut self, input: Input) -> Self {
        self.input = Some(input);
        self
    }

    #[must_use]
    pub const fn route(mut self, method: &'static str, path: &'static str) -> Self {
        self.route = Some((method, path));
        self
    }

    #[must_use]
    pub const fn unvalidated(mut self, reason: &'static str) -> Self {
        self.unvalidated = Some(reason);
        self
    }
}

/// What everybody reads.
impl Policy {
    /// The path of the handler: `my_crate::users::create_user`.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        self.name
    }

    /// The hash of the rule book that the policy was compiled against; 0 where there was none.
    #[must_use]
    pub const fn rule_book_hash(&self) -> u64 {
        self.rule_book
    }

    /// Who may call the endpoint.
    #[must_use]
    pub const fn access(&self) -> &Access {
        &self.access
    }

    /// The source text of `when`, if the policy has a condition on the arguments.
    #[must_use]
    pub const fn condition(&self) -> Option<&'static str> {
        self.when
    }

    /// The rate limits, the shortest period first.
    #[must_use]
    pub const fn rate_limits(&self) -> &'static [Limit] {
        self.limits
    }

    /// The largest request body in bytes, where the policy says one.
    #[must_use]
    pub const fn body_limit(&self) -> Option<u64> {
        self.body
    }

    /// The time that a request may take, from the first stage of the guard to the end of the handler.
    #[must_use]
    pub const fn time_limit(&self) -> Option<Duration> {
        self.timeout
    }

    /// How fresh and how strong the login must be, where that matters.
    #[must_use]
    pub const fn step_up_needed(&self) -> Option<StepUp> {
        self.step_up
    }

    /// The name under which every call leaves an audit record, if it does.
    #[must_use]
    pub const fn audit_name(&self) -> Option<&'static str> {
        self.audit
    }

    /// What the body is read as and checked by its rules, where the source shows it.
    #[must_use]
    pub const fn validated_input(&self) -> Option<Input> {
        self.input
    }

    /// The method, in upper case, and the path pattern, where the policy names them.
    #[must_use]
    pub const fn named_route(&self) -> Option<(&'static str, &'static str)> {
        self.route
    }

    /// Why the endpoint may read input that no rule has checked, where it may.
    #[must_use]
    pub const fn unvalidated_reason(&self) -> Option<&'static str> {
        self.unvalidated
    }
}

/// Prints the policy as the arguments of a `#[secure]` that would declare it.
impl fmt::Display for Policy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some((method, path)) = self.route {
            write!(f, "{} = {path:?}, ", method.to_ascii_lowercase())?;
        }
        self.access.fmt(f)?;
        if let Some(condition) = self.when {
            write!(f, ", when = {condition}")?;
        }
        match self.limits {
            [] => {}
            [limit] => write!(f, ", rate = \"{limit}\"")?,
            limits => {
                for (index, limit) in limits.iter().enumerate() {
                    let lead = if index == 0 { ", rate(" } else { ", " };
                    write!(f, "{lead}\"{limit}\"")?;
                }
                f.write_str(")")?;
            }
        }
        if let Some(bytes) = self.body {
            write!(f, ", body = \"{}\"", ByteSize::from_bytes(bytes))?;
        }
        if let Some(timeout) = self.timeout {
            write!(f, ", timeout = \"{}\"", Period::from(timeout))?;
        }
        if let Some(step_up) = self.step_up {
            write!(f, ", step_up({step_up})")?;
        }
        if let Some(name) = self.audit {
            write!(f, ", audit = {name:?}")?;
        }
        if let Some(reason) = self.unvalidated {
            write!(f, ", unvalidated = {reason:?}")?;
        }
        Ok(())
    }
}

/// One rate limit of a policy: a [`Rate`](crate::Rate) whose key is settled.
///
/// `5/min` lets five calls pass at once and then one every twelve seconds (the generic cell rate algorithm); `burst` changes how
/// many pass at once, not how fast they come back.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub struct Limit {
    count: u32,
    period_seconds: u64,
    burst: u32,
    key: RateKey,
}

impl Limit {
    /// A limit as the macros write it. A count, period or burst of 0 is read as 1, so that no limit divides by zero.
    #[doc(hidden)]
    #[must_use]
    pub const fn new(count: u32, period_seconds: u64, burst: u32, key: RateKey) -> Self {
        const fn at_least_one(number: u32) -> u32 {
            if number == 0 { 1 } else { number }
        }
        Self {
            count: at_least_one(count),
            period_seconds: if period_seconds == 0 { 1 } else { period_seconds },
            burst: at_least_one(burst),
            key,
        }
    }

    /// How many calls pass in one period, in the long run. At least 1.
    #[must_use]
    pub const fn count(&self) -> u32 {
        self.count
    }

    /// The period in seconds. At least 1.
    #[must_use]
    pub const fn period_seconds(&self) -> u64 {
        self.period_seconds
    }

    /// How many calls pass at once. At least 1.
    #[must_use]
    pub const fn burst(&self) -> u32 {
        self.burst
    }

    /// What the calls are counted by.
    #[must_use]
    pub const fn key(&self) -> RateKey {
        self.key
    }
}

/// Prints in the grammar of `rate`: `5/min per principal`.
impl fmt::Display for Limit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{} per {}", self.count, crate::grammar::per_unit(self.period_seconds), self.key)?;
        if self.burst != self.count {
            write!(f, " burst {}", self.burst)?;
        }
        Ok(())
    }
}
