//! The boundaries of the rate language, each of its messages, and the properties that hold for every text.

use super::{Rate, RateKey, per_unit};
use crate::Limit;
use proptest::prelude::*;

fn error(text: &str) -> String {
    text.parse::<Rate>().unwrap_err().to_string()
}

fn numbers(text: &str) -> (u32, u64, u32, Option<RateKey>) {
    let rate: Rate = text.parse().unwrap();
    (rate.count(), rate.period_seconds(), rate.burst(), rate.key())
}

#[test]
fn rates_mean_what_they_say() {
    assert_eq!(numbers("5/min"), (5, 60, 5, None));
    assert_eq!(numbers("100/h per ip burst 20"), (100, 3_600, 20, Some(RateKey::Ip)));
    assert_eq!(numbers("10/10s"), (10, 10, 10, None));
    assert_eq!(numbers("5/15min"), (5, 900, 5, None));
    assert_eq!(numbers("1000/day per principal"), (1_000, 86_400, 1_000, Some(RateKey::Principal)));
    assert_eq!(
        numbers("  1/2days   burst 9  per\tglobal "),
        (1, 172_800, 9, Some(RateKey::Global)),
        "spaces and order do not matter"
    );
    assert_eq!(numbers("4294967295/366days"), (u32::MAX, 366 * 86_400, u32::MAX, None));
}

#[test]
fn every_spelling_of_a_unit_means_the_same() {
    for (units, seconds) in
        [("s sec second seconds", 1), ("min minute minutes", 60), ("h hour hours", 3_600), ("d day days", 86_400)]
    {
        for unit in units.split(' ') {
            assert_eq!(numbers(&format!("7/{unit}")), (7, seconds, 7, None), "{unit}");
            assert_eq!(numbers(&format!("7/3{unit}")), (7, 3 * seconds, 7, None), "3{unit}");
        }
    }
}

#[test]
fn periods_print_in_the_largest_unit_without_a_fraction() {
    let printed = [0, 1, 10, 60, 90, 900, 3_600, 86_400, 172_800].map(|seconds| per_unit(seconds).to_string());
    assert_eq!(printed, ["0s", "s", "10s", "min", "90s", "15min", "h", "day", "2days"]);
}

#[test]
fn units_and_keys_suggest_what_was_meant() {
    let units = "the units are `s`, `min`, `h` and `day`";
    assert_eq!(error("5/mim"), format!("unknown unit `mim`, did you mean `min`? {units}"));
    assert_eq!(error("5/MIN"), format!("unknown unit `MIN`, did you mean `min`? {units}"));
    assert_eq!(error("5/m"), format!("unknown unit `m`: {units}"), "minutes or months: it does not say");
    assert_eq!(error("5/-1min"), format!("unknown unit `-1min`: {units}"));
    let keys = "a rate is counted per `ip`, `principal` and `global`";
    assert_eq!(error("5/min per principle"), format!("unknown key `principle`, did you mean `principal`? {keys}"));
    assert_eq!(error("5/min per user"), format!("unknown key `user`: {keys}"));
}

#[test]
fn nothing_is_zero() {
    assert_eq!(error("0/min"), "a count of 0 lets nobody pass: write at least 1, or remove the endpoint");
    assert_eq!(error("5/min burst 0"), "a burst of 0 lets nobody pass: write at least 1, or remove the endpoint");
    assert_eq!(error("5/0min"), "the period `0min` is zero: write at least one second, such as `5/s`");
}

#[test]
fn nothing_overflows() {
    assert_eq!(error("4294967296/min"), "the count `4294967296` is too large: write at most 4294967295");
    assert_eq!(error("1/min burst 99999999999"), "the burst `99999999999` is too large: write at most 4294967295");
    for period in ["367days", "31622401s", "18446744073709551616s", "18446744073709551615day"] {
        assert_eq!(error(&format!("1/{period}")), format!("the period `{period}` is too long: write at most `366days`"));
    }
}

#[test]
fn missing_parts_are_named() {
    assert_eq!(error(""), "the rate is empty: write a count and a period, such as `5/min`");
    assert_eq!(error("5 per minute"), "`5 per minute` has no period: write a count and a period, such as `5/min`");
    assert_eq!(error("/min"), "`/min` has no count before `/`: write one, such as `5/min`");
    assert_eq!(error("5/"), "`5/` has no period after `/`: write one, such as `5/min` or `5/15min`, without spaces");
    assert_eq!(error("5 / min"), "`5 / min` has spaces around `/`: write it without, such as `5/min`");
    let unit = "the period `15` has no unit: write one of `s`, `min`, `h` and `day` after it, such as `5/15min`, without spaces";
    assert_eq!(error("5/15 min"), unit);
    assert_eq!(error("5/min per"), "`per` has no key: write one of `ip`, `principal` and `global`, such as `5/min per ip`");
    let burst = "`burst` has no number: write how many calls pass at once, such as `5/min burst 10`";
    assert_eq!(error("5/min burst"), burst);
}

#[test]
fn what_does_not_belong_is_refused() {
    assert_eq!(error("five/min"), "`five` is not a count: write a whole number in digits only, such as `20`");
    assert_eq!(error("+5/min"), "`+5` is not a count: write a whole number in digits only, such as `20`");
    assert_eq!(error("5/min per ip per ip"), "`per` is said twice: a rate is counted by one key, so remove one of them");
    assert_eq!(error("5/min burst 2 burst 3"), "`burst` is said twice: remove one of them");
    let rule = "after the period come `per KEY` and `burst N`, such as `100/h per ip burst 20`";
    assert_eq!(error("5/min bursts 3"), format!("unexpected `bursts`, did you mean `burst`? {rule}"));
    assert_eq!(error("5/min please"), format!("unexpected `please`: {rule}"));
    assert!(error("5/min\u{1b}[2J").contains("`min\\u{1b}[2J`"), "a message does not drive the terminal");
}

fn key() -> impl Strategy<Value = RateKey> {
    proptest::sample::select(RateKey::ALL.to_vec())
}

proptest! {
    #[test]
    fn what_is_printed_parses_back(count in 1u32.., period_seconds in 1u64..=366 * 86_400, burst in 1u32.., key in proptest::option::of(key())) {
        let rate = Rate { count, period_seconds, burst, key };
        prop_assert_eq!(rate.to_string().parse(), Ok(rate));
    }

    #[test]
    fn a_printed_limit_is_the_same_rate(count in 1u32.., period in 1u64..=366, unit in "s|min|h|day", burst in proptest::option::of(1u32..), key in key()) {
        let burst = burst.map(|burst| format!(" burst {burst}")).unwrap_or_default();
        let rate: Rate = format!("{count}/{period}{unit} per {key}{burst}").parse().unwrap();
        let limit = Limit::new(rate.count(), rate.period_seconds(), rate.burst(), key);
        prop_assert_eq!(limit.to_string(), rate.to_string());
        prop_assert_eq!(limit.to_string().parse(), Ok(rate));
    }

    #[test]
    fn no_text_panics(text in ".*", near in "[0-9]{0,22}/?[0-9]{0,22}[a-z]{0,4}( (per|burst)){0,2}( [a-z0-9]{0,12}){0,2}") {
        for text in [text, near] {
            if let Ok(rate) = text.parse::<Rate>() {
                prop_assert_eq!(rate.to_string().parse(), Ok(rate));
            }
        }
    }
}
