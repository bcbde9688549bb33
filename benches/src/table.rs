//! The two tables, in Markdown, so that they can be pasted where they are quoted.
//! Ratios come first: they survive a change of machine, and absolute numbers do not.

use crate::{
    arguments::Arguments,
    contestant::Contestant,
    load::Load,
    statistics::{Series, Summary},
};
use std::thread;

/// Requests per second, and beside the naked server that was asked the same.
pub(crate) fn requests(contestants: &[Contestant], series: &[Series<Load>], arguments: &Arguments) -> String {
    let cores = thread::available_parallelism().map_or_else(|_| "?".to_owned(), |cores| cores.to_string());
    let Arguments { seconds, rounds, connections, .. } = arguments;
    let mut table = format!(
        "Requests per second of one core, HTTP/1.1 keep-alive over loopback, {connections} connections; {rounds} interleaved rounds \
         of {seconds} s on a machine of {cores} cores; median (least to most). A second of one core is a second in which the server's \
         thread had it; the ratio is to the naked handler that got the same request in the same round.\n\n\
         | server | of naked | requests per core second | by the clock | thread busy |\n| --- | --- | --- | --- | --- |\n"
    );
    for (contestant, own) in contestants.iter().zip(series) {
        let busy = own.summary(|load| load.busy.unwrap_or(f64::NAN));
        let ratio = baseline(contestant, contestants, series)
            .map(|naked| own.summary_beside(naked, |own, naked| own.per_core_second / naked.per_core_second));
        table += &row([
            contestant.name(),
            ratio.map_or_else(|| "1".to_owned(), |ratio| spread(ratio, |value| format!("{value:.2}"))),
            spread(own.summary(|load| load.per_core_second), thousands),
            spread(own.summary(|load| load.per_second), thousands),
            if busy.median.is_nan() { "?".to_owned() } else { format!("{:.0} %", busy.median * 100.0) },
        ]);
    }
    table
}

/// Nanoseconds per call, and what is added to the naked server's.
pub(crate) fn calls(contestants: &[Contestant], series: &[Series<f64>]) -> String {
    let mut table = "In process, per call of the router as a service, without a socket; median (least to most).\n\n\
                     | server | added to naked | a call |\n| --- | --- | --- |\n"
        .to_owned();
    let time = |nanoseconds: f64| format!("{:.2} µs", nanoseconds / 1000.0);
    for (contestant, own) in contestants.iter().zip(series) {
        let added = baseline(contestant, contestants, series).map(|naked| own.summary_beside(naked, |own, naked| own - naked));
        table += &row([
            contestant.name(),
            added.map_or_else(|| "0".to_owned(), |added| spread(added, time)),
            spread(own.summary(|nanoseconds| *nanoseconds), time),
        ]);
    }
    table
}

/// What was measured of the naked server that got the same request; `None` for that one itself.
fn baseline<'a, T>(contestant: &Contestant, contestants: &[Contestant], series: &'a [Series<T>]) -> Option<&'a Series<T>> {
    let same = |other: &Contestant| other.is_baseline() && other.algorithm == contestant.algorithm;
    let naked = contestants.iter().zip(series).find(|(other, _)| same(other)).map(|(_, series)| series);
    naked.filter(|_| !contestant.is_baseline())
}

fn row<const N: usize>(cells: [String; N]) -> String {
    format!("| {} |\n", cells.join(" | "))
}

fn spread(Summary { median, least, most }: Summary, show: impl Fn(f64) -> String) -> String {
    format!("{} ({} to {})", show(median), show(least), show(most))
}

/// A whole number with commas between the thousands.
fn thousands(value: f64) -> String {
    let digits = format!("{value:.0}");
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// A program speaks on standard output; the libraries do not.
#[expect(clippy::print_stdout, reason = "this is what the user started the program for")]
pub(crate) fn print(text: &str) {
    println!("{text}");
}

#[cfg(test)]
mod tests {
    use super::thousands;

    #[test]
    fn thousands_are_set_apart() {
        assert_eq!([0.4, 999.0, 1000.0, 147_000.4, 1e6].map(thousands), ["0", "999", "1,000", "147,000", "1,000,000"]);
    }
}
