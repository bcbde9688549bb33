use super::{Key, Limiter, whole_seconds};
use crate::{Denial, clock::ManualClock};
use portcullis_policy::{Limit, RateKey};
use std::{
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    thread,
    time::Duration,
};

fn limiter(limit: Limit, capacity: usize) -> (Limiter, Arc<ManualClock>) {
    let clock = Arc::new(ManualClock::default());
    (Limiter::new(limit, clock.clone(), capacity, ahash::RandomState::new()), clock)
}

fn five_a_minute() -> Limit {
    Limit::new(5, 60, 5, RateKey::Ip)
}

fn key(number: u128) -> Key {
    Key::of_principal(number)
}

/// Takes the five calls that a minute has.
fn spend(limiter: &Limiter, key: Key) {
    for _ in 0..5 {
        limiter.take(key).unwrap();
    }
}

fn retry_after(outcome: Result<u32, Denial>) -> u64 {
    let Err(Denial::OverLimit { retry_after, .. }) = outcome else { panic!("{outcome:?}") };
    retry_after
}

#[test]
fn five_a_minute_lets_five_pass_and_counts_down() {
    let (limiter, _) = limiter(five_a_minute(), 10);
    let left: Vec<u32> = (0..5).map(|_| limiter.take(key(1)).unwrap()).collect();
    assert_eq!(left, [4, 3, 2, 1, 0]);
    assert_eq!(retry_after(limiter.take(key(1))), 12);
}

#[test]
fn a_retry_at_the_said_second_passes_and_one_before_does_not() {
    let (limiter, clock) = limiter(five_a_minute(), 10);
    spend(&limiter, key(1));
    clock.advance(Duration::from_millis(500));
    let wait = retry_after(limiter.take(key(1)));
    assert_eq!(wait, 12, "11.5 s are rounded up");
    clock.advance(Duration::from_millis(11_499));
    assert_eq!(retry_after(limiter.take(key(1))), 1, "never 0");
    clock.advance(Duration::from_millis(501));
    assert!(limiter.take(key(1)).is_ok());
}

#[test]
fn keys_do_not_share_a_budget() {
    let (limiter, _) = limiter(Limit::new(1, 60, 1, RateKey::Ip), 10);
    assert!(limiter.take(key(1)).is_ok());
    assert!(limiter.take(key(1)).is_err());
    assert!(limiter.take(key(2)).is_ok());
}

#[test]
fn a_burst_says_how_many_pass_at_once() {
    let (limiter, clock) = limiter(Limit::new(60, 60, 2, RateKey::Ip), 10);
    assert!(limiter.take(key(1)).is_ok());
    assert!(limiter.take(key(1)).is_ok());
    assert_eq!(retry_after(limiter.take(key(1))), 1);
    clock.advance(Duration::from_secs(1));
    assert!(limiter.take(key(1)).is_ok());
}

#[test]
fn a_flood_of_keys_is_bounded_resets_nobody_and_is_limited_together() {
    let (limiter, _) = limiter(five_a_minute(), 100);
    spend(&limiter, key(0));
    let passed = (1..1_000_000).filter(|number| limiter.take(key(*number)).is_ok()).count();
    assert_eq!(limiter.cells.len(), 100);
    assert_eq!(passed, 99 + 5, "each that has a cell, and five of all the others together");
    assert!(limiter.take(key(0)).is_err(), "the first key is still spent");
}

#[test]
fn a_full_table_forgets_what_is_as_good_as_new() {
    let (limiter, clock) = limiter(five_a_minute(), 2);
    for number in 0..8 {
        let _ = limiter.take(key(number));
    }
    clock.advance(Duration::from_secs(61));
    assert!(limiter.take(key(100)).is_ok(), "from the overflow, which has refilled, and now swept");
    assert!(limiter.cells.len() <= 2);
    assert_eq!(limiter.take(key(101)).unwrap(), 4, "a cell of its own");
}

#[test]
fn many_threads_get_no_more_than_the_limit() {
    let (limiter, _) = limiter(Limit::new(100, 60, 100, RateKey::Global), 10);
    let passed = AtomicUsize::new(0);
    thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| {
                for _ in 0..100 {
                    passed.fetch_add(usize::from(limiter.take(Key::EVERYBODY).is_ok()), Ordering::Relaxed);
                }
            });
        }
    });
    assert_eq!(passed.into_inner(), 100);
}

#[test]
fn the_largest_numbers_do_not_overflow() {
    for limit in [
        Limit::new(1, 366 * 86_400, u32::MAX, RateKey::Ip),
        Limit::new(u32::MAX, 1, u32::MAX, RateKey::Ip),
        Limit::new(1, u64::MAX, 1, RateKey::Ip),
        Limit::new(0, 0, 0, RateKey::Ip),
    ] {
        let (limiter, clock) = limiter(limit, 10);
        assert!(limiter.take(key(1)).is_ok(), "{limit}");
        clock.advance(Duration::from_secs(366 * 86_400));
        let _ = limiter.take(key(1));
    }
}

#[test]
fn an_ipv6_network_is_one_caller_and_a_mapped_address_is_its_ipv4() {
    let key = |text: &str| Key::of_address(text.parse().unwrap());
    assert_eq!(key("2001:db8:1:2::1"), key("2001:db8:1:2:ffff:ffff:ffff:ffff"));
    assert_ne!(key("2001:db8:1:2::1"), key("2001:db8:1:3::1"));
    assert_eq!(key("::ffff:192.0.2.1"), key("192.0.2.1"));
    assert_ne!(key("192.0.2.1"), key("192.0.2.2"));
    assert_ne!(key("::1"), Key::EVERYBODY);
    assert_ne!(key("0.0.0.0"), Key::EVERYBODY);
}

#[test]
fn waits_are_rounded_up_to_at_least_a_second() {
    assert_eq!(whole_seconds(Duration::ZERO), 1);
    assert_eq!(whole_seconds(Duration::from_nanos(1)), 1);
    assert_eq!(whole_seconds(Duration::from_secs(1)), 1);
    assert_eq!(whole_seconds(Duration::from_nanos(1_000_000_001)), 2);
}
