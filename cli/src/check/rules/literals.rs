//! Literals that parse and bound nothing.

use crate::check::{
    catalogue::{BODY_TOO_LARGE, MANY_FAILURES, RATE_WITHOUT_BOUND, TIMEOUT_TOO_LONG},
    inspect::Inspector,
};
use portcullis_policy::{ByteSize, Period, Rate, RateKey};
use std::time::Duration;
use syn::LitStr;

/// The most calls a second of one caller that still bound something.
const MOST_PER_SECOND: u64 = 1_000;

/// The same where all callers share the rate.
const MOST_SHARED_PER_SECOND: u64 = 100_000;

/// The most calls at once.
const MOST_AT_ONCE: u32 = 100_000;

/// The largest body, in bytes.
const LARGEST_BODY: u64 = 100 << 20;

/// The longest that a request may take.
const LONGEST: Duration = Duration::from_mins(10);

/// The most failures a minute and at once: ten times the default.
const MOST_FAILURES: u64 = 600;

pub(crate) fn rate(inspector: &mut Inspector<'_>, text: &LitStr) {
    // What does not parse is an error of the compiler.
    let Ok(rate) = text.value().parse::<Rate>() else { return };
    let most = if rate.key() == Some(RateKey::Global) { MOST_SHARED_PER_SECOND } else { MOST_PER_SECOND };
    if u64::from(rate.count()) > most.saturating_mul(rate.period_seconds()) {
        let message = format!("`{rate}` is more than {most} calls a second: write what a caller needs, such as `100/min`");
        inspector.report(&RATE_WITHOUT_BOUND, text.span(), message);
    } else if rate.burst() > MOST_AT_ONCE {
        let message =
            format!("`{rate}` lets {} calls pass at once: write what a caller needs at once, such as `burst 20`", rate.burst());
        inspector.report(&RATE_WITHOUT_BOUND, text.span(), message);
    }
}

pub(crate) fn body(inspector: &mut Inspector<'_>, text: &LitStr) {
    if let Ok(size) = text.value().parse::<ByteSize>()
        && size.bytes() > LARGEST_BODY
    {
        let message =
            format!("`{size}` of body for each request fills the memory: stream uploads of this size to a store instead");
        inspector.report(&BODY_TOO_LARGE, text.span(), message);
    }
}

pub(crate) fn timeout(inspector: &mut Inspector<'_>, text: &LitStr) {
    if let Ok(period) = text.value().parse::<Period>()
        && period.duration() > LONGEST
    {
        let message =
            format!("`{period}` keeps a connection for a caller who does nothing: answer 202 and let the caller ask again");
        inspector.report(&TIMEOUT_TOO_LONG, text.span(), message);
    }
}

/// The rate of `failed_authentications`.
pub(crate) fn failures(inspector: &mut Inspector<'_>, text: &LitStr) {
    let Ok(rate) = text.value().parse::<Rate>() else { return };
    let a_minute = u64::from(rate.count()).saturating_mul(60) / rate.period_seconds().max(1);
    if a_minute > MOST_FAILURES || u64::from(rate.burst()) > MOST_FAILURES {
        let message =
            format!("`{rate}` lets an address guess more than {MOST_FAILURES} times a minute: leave it out for `60/min`");
        inspector.report(&MANY_FAILURES, text.span(), message);
    }
}
