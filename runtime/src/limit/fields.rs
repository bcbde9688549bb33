//! The `RateLimit` and `RateLimit-Policy` fields of draft-ietf-httpapi-ratelimit-headers.
//! The policies of an endpoint never change, so their field is made once; only what is left is written per answer.

use bytes::{BufMut, BytesMut};
use http::{HeaderMap, HeaderName, HeaderValue};
use portcullis_policy::Limit;

static RATE_LIMIT: HeaderName = HeaderName::from_static("ratelimit");
static RATE_LIMIT_POLICY: HeaderName = HeaderName::from_static("ratelimit-policy");

/// The fields of one endpoint, but for what is left.
#[derive(Debug)]
pub(crate) struct RateFields {
    /// For each limit: `"5/min per ip";r=` and `;t=12`.
    items: Vec<(String, String)>,
}

impl RateFields {
    /// The fields for an endpoint's limits, in their order.
    pub(crate) fn new(limits: &[Limit]) -> Self {
        let items = limits.iter().map(|limit| {
            // After one interval there is surely one call more than now: an upper bound that is honest at every fill level.
            let interval = limit.period_seconds().div_ceil(u64::from(limit.count()));
            (format!("\"{limit}\";r="), format!(";t={interval}"))
        });
        Self { items: items.collect() }
    }

    /// `RateLimit-Policy` for an endpoint's limits, which is the same on every answer.
    pub(crate) fn policies(limits: &[Limit]) -> Option<(HeaderName, HeaderValue)> {
        let policy = |limit: &Limit| format!("\"{limit}\";q={};w={}", limit.count(), limit.period_seconds());
        let policies: Vec<String> = limits.iter().map(policy).collect();
        let value = HeaderValue::try_from(policies.join(", ")).ok()?;
        (!limits.is_empty()).then(|| (RATE_LIMIT_POLICY.clone(), value))
    }

    /// Writes `RateLimit`. `left` has, for each limit that was asked, its index and how many calls are left at once; `wait` is
    /// the seconds to wait where the last of them refused.
    pub(crate) fn write(&self, left: &[(usize, u32)], wait: Option<u64>, headers: &mut HeaderMap) {
        if left.is_empty() {
            return;
        }
        let mut text = BytesMut::with_capacity(48 * left.len());
        let mut number = itoa::Buffer::new();
        for (position, (index, remaining)) in left.iter().enumerate() {
            let Some((name, interval)) = self.items.get(*index) else { continue };
            if position > 0 {
                text.put_slice(b", ");
            }
            text.put_slice(name.as_bytes());
            text.put_slice(number.format(*remaining).as_bytes());
            match wait.filter(|_| position + 1 == left.len()) {
                Some(wait) => {
                    text.put_slice(b";t=");
                    text.put_slice(number.format(wait).as_bytes());
                }
                None => text.put_slice(interval.as_bytes()),
            }
        }
        if let Ok(value) = HeaderValue::from_maybe_shared(text.freeze()) {
            headers.insert(RATE_LIMIT.clone(), value);
        }
    }
}
