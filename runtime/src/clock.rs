//! The one source of time: tokens expire and limits refill by it.
//! Injected, so that a test moves time by hand and never sleeps.

use std::{
    fmt,
    sync::atomic::{AtomicU64, Ordering},
    time::{Duration, Instant, SystemTime, UNIX_EPOCH},
};

/// A source of time.
pub trait Clock: fmt::Debug + Send + Sync + 'static {
    /// The time since 1970-01-01T00:00:00Z, by which tokens are judged.
    fn unix_time(&self) -> Duration;

    /// The time since some fixed moment, never going back, by which limits refill.
    fn monotonic_time(&self) -> Duration;
}

/// The clocks of the operating system. What a `Security` uses unless told otherwise.
#[derive(Debug)]
pub struct SystemClock(Instant);

impl Default for SystemClock {
    fn default() -> Self {
        Self(Instant::now())
    }
}

impl Clock for SystemClock {
    fn unix_time(&self) -> Duration {
        // A clock set before 1970 reads as 1970: every token is then too early or unexpired, and `nbf` refuses it.
        SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default()
    }

    fn monotonic_time(&self) -> Duration {
        self.0.elapsed()
    }
}

/// A clock that stands still until it is told to move, for tests.
///
/// ```
/// use portcullis::clock::{Clock, ManualClock};
/// use std::time::Duration;
///
/// let clock = ManualClock::at(Duration::from_secs(1_000));
/// clock.advance(Duration::from_secs(60));
/// assert_eq!(clock.unix_time(), Duration::from_secs(1_060));
/// ```
#[derive(Debug, Default)]
pub struct ManualClock {
    started_at: Duration,
    elapsed_nanos: AtomicU64,
}

impl ManualClock {
    /// A clock that stands at this time since 1970-01-01T00:00:00Z.
    #[must_use]
    pub const fn at(unix_time: Duration) -> Self {
        Self { started_at: unix_time, elapsed_nanos: AtomicU64::new(0) }
    }

    /// Moves the clock forward. At most 584 years in all; more stays there.
    pub fn advance(&self, by: Duration) {
        let nanos = u64::try_from(by.as_nanos()).unwrap_or(u64::MAX);
        let _ = self.elapsed_nanos.fetch_update(Ordering::SeqCst, Ordering::SeqCst, |now| Some(now.saturating_add(nanos)));
    }
}

impl Clock for ManualClock {
    fn unix_time(&self) -> Duration {
        self.started_at.saturating_add(self.monotonic_time())
    }

    fn monotonic_time(&self) -> Duration {
        Duration::from_nanos(self.elapsed_nanos.load(Ordering::SeqCst))
    }
}
