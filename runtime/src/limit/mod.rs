//! One rate limit of one endpoint, in memory: governor's cell rate algorithm over a table of bounded size.
//! A limiter answers with what is left, or with the whole seconds after which a retry passes.

mod fields;
mod table;
#[cfg(test)]
mod tests;

pub(crate) use fields::RateFields;
pub(crate) use table::Key;

use crate::{Denial, clock::Clock};
use governor::{Quota, RateLimiter, clock::Clock as _, middleware::StateInformationMiddleware};
use portcullis_policy::Limit;
use std::{fmt, num::NonZeroU32, sync::Arc, time::Duration};
use table::Table;

/// The longest time that a full burst may take to come back: what the algorithm can count in 64 bits of nanoseconds, with room.
const LONGEST_REFILL: u64 = u64::MAX / 8;

/// Governor reads our clock through this.
#[derive(Clone, Debug)]
struct Time(Arc<dyn Clock>);

impl governor::clock::Clock for Time {
    type Instant = Duration;

    fn now(&self) -> Duration {
        self.0.monotonic_time()
    }
}

/// One rate limit, with a cell for each key that it has seen lately.
pub(crate) struct Limiter {
    limit: Limit,
    cells: RateLimiter<Key, Table, Time, StateInformationMiddleware>,
    table: Table,
}

impl Limiter {
    /// A limiter that tracks at most `capacity` keys.
    pub(crate) fn new(limit: Limit, clock: Arc<dyn Clock>, capacity: usize, hasher: ahash::RandomState) -> Self {
        let period = limit.period_seconds().saturating_mul(1_000_000_000);
        let interval = (period / u64::from(limit.count())).clamp(1, LONGEST_REFILL);
        let burst = u32::try_from(LONGEST_REFILL / interval).unwrap_or(u32::MAX).min(limit.burst());
        let burst = NonZeroU32::new(burst).unwrap_or(NonZeroU32::MIN);
        let interval = Duration::from_nanos(interval);
        let quota = Quota::with_period(interval).unwrap_or(Quota::per_second(NonZeroU32::MIN)).allow_burst(burst);
        let table = Table::new(capacity, hasher);
        let cells = RateLimiter::new(quota, table.clone(), Time(clock));
        Self { limit, cells, table }
    }

    pub(crate) fn limit(&self) -> &Limit {
        &self.limit
    }

    /// Takes one call off the key's budget and says how many are left at once.
    pub(crate) fn take(&self, key: Key) -> Result<u32, Denial> {
        let outcome = self.cells.check_key(&key);
        let clock = self.cells.clock();
        if self.table.overflowed() && self.table.claims_sweep(clock.now()) {
            self.cells.retain_recent();
        }
        match outcome {
            Ok(state) => Ok(state.remaining_burst_capacity()),
            Err(refusal) => {
                let retry_after = whole_seconds(refusal.wait_time_from(clock.now()));
                Err(Denial::OverLimit { limit: self.limit, retry_after })
            }
        }
    }
}

impl fmt::Debug for Limiter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Limiter").field("limit", &self.limit).finish_non_exhaustive()
    }
}

/// Rounded up, and never 0: a client that waits this long is let through.
fn whole_seconds(wait: Duration) -> u64 {
    let rounded = wait.as_secs().saturating_add(u64::from(wait.subsec_nanos() > 0));
    rounded.max(1)
}
