//! The cells of a limiter: one number a key, in a sharded table that never grows past its bound.
//! A key that finds the table full shares one cell with all the others that do, so nobody is unlimited and nobody is reset.

use dashmap::DashMap;
use governor::{
    nanos::Nanos,
    state::{
        StateStore,
        keyed::{KeyedStateStore, ShrinkableKeyedStateStore},
    },
};
use std::{
    net::IpAddr,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering},
    },
    time::Duration,
};

/// How often a full table is searched for cells that are as good as new.
const SWEEP_EVERY: Duration = Duration::from_secs(1);

/// What calls are counted by: an address, a principal, or everybody.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub(crate) struct Key(u128);

impl Key {
    /// One key for all callers.
    pub(crate) const EVERYBODY: Self = Self(0);

    /// The key of an address. All of an IPv6 /64 is one: that is what a household gets, and what an attacker rotates through.
    pub(crate) fn of_address(address: IpAddr) -> Self {
        const IPV6_PREFIX: u128 = !0 << 64;
        const IPV4: u128 = 0xffff << 32;
        match address.to_canonical() {
            IpAddr::V4(v4) => Self(IPV4 | u128::from(v4.to_bits())),
            IpAddr::V6(v6) => Self((v6.to_bits() & IPV6_PREFIX) | 1),
        }
    }

    /// The key of a principal, from a keyed hash of who it is.
    pub(crate) fn of_principal(hash: u128) -> Self {
        Self(hash)
    }
}

/// The table. Clones share it.
#[derive(Clone, Debug)]
pub(super) struct Table(Arc<Cells>);

#[derive(Debug)]
struct Cells {
    by_key: DashMap<Key, Cell, ahash::RandomState>,
    /// How many cells there are or are about to be; never above `capacity`.
    taken: AtomicUsize,
    capacity: usize,
    /// The cell of all keys that found the table full.
    overflow: Cell,
    overflowed: AtomicBool,
    swept_at: AtomicU64,
}

/// The theoretical arrival time of governor's algorithm, in nanoseconds since the limiter began; 0 before the first call.
#[derive(Debug, Default)]
struct Cell(AtomicU64);

impl Cell {
    /// Replaces the number by what the algorithm makes of it, if nobody else did meanwhile.
    fn measure_and_replace<T, F, E>(&self, decide: F) -> Result<T, E>
    where
        F: Fn(Option<Nanos>) -> Result<(T, Nanos), E>,
    {
        let mut seen = self.0.load(Ordering::Acquire);
        loop {
            let (outcome, next) = decide((seen != 0).then(|| Nanos::new(seen)))?;
            match self.0.compare_exchange_weak(seen, next.as_u64(), Ordering::AcqRel, Ordering::Acquire) {
                Ok(_) => return Ok(outcome),
                Err(changed) => seen = changed,
            }
        }
    }
}

impl Table {
    pub(super) fn new(capacity: usize, hasher: ahash::RandomState) -> Self {
        Self(Arc::new(Cells {
            by_key: DashMap::with_hasher(hasher),
            taken: AtomicUsize::new(0),
            capacity,
            overflow: Cell::default(),
            overflowed: AtomicBool::new(false),
            swept_at: AtomicU64::new(0),
        }))
    }

    /// Whether a key was turned away since the last sweep.
    pub(super) fn overflowed(&self) -> bool {
        self.0.overflowed.load(Ordering::Relaxed)
    }

    /// Whether the caller shall sweep: one of them, and not sooner than [`SWEEP_EVERY`] after the last.
    pub(super) fn claims_sweep(&self, now: Duration) -> bool {
        let now = u64::try_from(now.as_nanos()).unwrap_or(u64::MAX);
        let last = self.0.swept_at.load(Ordering::Relaxed);
        let due = u128::from(now.saturating_sub(last)) >= SWEEP_EVERY.as_nanos();
        due && self.0.swept_at.compare_exchange(last, now, Ordering::AcqRel, Ordering::Relaxed).is_ok()
    }

    /// Makes a cell for the key, if there is room.
    fn admit(&self, key: Key) -> bool {
        let cells = &self.0;
        if cells.taken.fetch_add(1, Ordering::AcqRel) >= cells.capacity {
            cells.taken.fetch_sub(1, Ordering::AcqRel);
            cells.overflowed.store(true, Ordering::Relaxed);
            return false;
        }
        let mut fresh = false;
        cells.by_key.entry(key).or_insert_with(|| {
            fresh = true;
            Cell::default()
        });
        if !fresh {
            // Another thread made the cell first, and its place is counted already.
            cells.taken.fetch_sub(1, Ordering::AcqRel);
        }
        true
    }
}

impl StateStore for Table {
    type Key = Key;

    fn measure_and_replace<T, F, E>(&self, key: &Key, decide: F) -> Result<T, E>
    where
        F: Fn(Option<Nanos>) -> Result<(T, Nanos), E>,
    {
        if let Some(cell) = self.0.by_key.get(key) {
            return cell.measure_and_replace(decide);
        }
        if self.admit(*key)
            && let Some(cell) = self.0.by_key.get(key)
        {
            return cell.measure_and_replace(decide);
        }
        // Full, or swept away between the two lines: counted together with all the others.
        self.0.overflow.measure_and_replace(decide)
    }
}

impl ShrinkableKeyedStateStore<Key> for Table {
    fn retain_recent(&self, drop_below: Nanos) {
        let cells = &self.0;
        cells.overflowed.store(false, Ordering::Relaxed);
        let mut dropped = 0;
        cells.by_key.retain(|_, cell| {
            let keep = *cell.0.get_mut() > drop_below.as_u64();
            dropped += usize::from(!keep);
            keep
        });
        cells.taken.fetch_sub(dropped, Ordering::AcqRel);
    }

    fn len(&self) -> usize {
        self.0.by_key.len()
    }

    fn is_empty(&self) -> bool {
        self.0.by_key.is_empty()
    }
}

const _: fn() = || {
    fn is_keyed<T: KeyedStateStore<Key>>() {}
    is_keyed::<Table>();
};
