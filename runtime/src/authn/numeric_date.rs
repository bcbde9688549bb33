//! A moment as tokens write it: the `NumericDate` of RFC 7519 §2.

use serde_json::Value;
use std::time::Duration;

/// The seconds since 1970, with a fraction if need be; `None` for what is not a number from 0 up. One past the end of time is the end
/// of time.
pub(crate) fn numeric_date(value: &Value) -> Option<Duration> {
    if let Some(seconds) = value.as_u64() {
        return Some(Duration::from_secs(seconds));
    }
    let seconds = value.as_f64().filter(|seconds| seconds.is_finite() && *seconds >= 0.0)?;
    Some(Duration::try_from_secs_f64(seconds).unwrap_or(Duration::MAX))
}
