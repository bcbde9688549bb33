//! What validated input costs: `cargo run --release -p portcullis-benches --bin inputs` reads the same requests by `Valid<…>` and by
//! axum's own extractors followed by garde, as people write it by hand. Ratios of one run, without a guard around either.

mod requests;
#[path = "../statistics.rs"]
mod statistics;

use requests::{Case, cases};
use statistics::{Series, Summary};
use std::{
    env,
    process::ExitCode,
    time::{Duration, Instant},
};
use tokio::runtime;

type Result<T, E = Box<dyn std::error::Error + Send + Sync>> = std::result::Result<T, E>;

const USAGE: &str = "\
Measures what it costs to read an input by `Valid`, beside axum's extractors and garde.

Usage: inputs [--rounds N]

  --rounds N      how often each is measured, for 50 ms [15]";

/// How long each is measured in a round; a fifth of it warms up before.
const PERIOD: Duration = Duration::from_millis(50);

/// How many requests are made at a time, outside of the time that counts.
const BATCH: u32 = 32;

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            print(&format!("error: {error}"));
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<()> {
    let Some(rounds) = rounds(env::args().skip(1))? else {
        print(USAGE);
        return Ok(());
    };
    if cfg!(debug_assertions) {
        print("This is a debug build: the numbers mean nothing. Run it with `--release`.\n");
    }
    print("| input | of by hand | by hand | Portcullis |\n| --- | --- | --- | --- |");
    let runtime = runtime::Builder::new_current_thread().build()?;
    for case in cases() {
        let (mut by_hand, mut ours) = (Series::default(), Series::default());
        for _ in 0..rounds {
            by_hand.push(nanoseconds(&runtime, &case, case.by_hand)?);
            ours.push(nanoseconds(&runtime, &case, case.ours)?);
        }
        let of = |series: &Series<f64>| series.summary(|nanoseconds| *nanoseconds / 1000.0).median;
        let Summary { median, least, most } = ours.summary_beside(&by_hand, |ours, theirs| ours / theirs);
        let (by_hand, ours) = (of(&by_hand), of(&ours));
        print(&format!("| {} | {median:.2} ({least:.2} to {most:.2}) | {by_hand:.2} µs | {ours:.2} µs |", case.name));
    }
    Ok(())
}

fn rounds(mut words: impl Iterator<Item = String>) -> Result<Option<usize>> {
    match words.next().as_deref() {
        None => Ok(Some(15)),
        Some("--help" | "-h") => Ok(None),
        Some("--rounds") => {
            let number = words.next().and_then(|number| number.parse().ok()).filter(|number| *number > 0);
            Ok(Some(number.ok_or("`--rounds` wants a number of at least 1")?))
        }
        Some(_) => Err("unknown argument; --help lists what there is".into()),
    }
}

/// The nanoseconds of a reading: the median of the batches that the period has room for.
fn nanoseconds(runtime: &runtime::Runtime, case: &Case, read: requests::Read) -> Result<f64> {
    runtime.block_on(async {
        batches(case, read, PERIOD / 5).await?;
        batches(case, read, PERIOD).await
    })
}

async fn batches(case: &Case, read: requests::Read, period: Duration) -> Result<f64> {
    let (mut series, mut spent) = (Series::default(), Duration::ZERO);
    while spent < period {
        let batch: Vec<_> = (0..BATCH).map(|_| case.request()).collect();
        let begun = Instant::now();
        let mut good = true;
        for request in batch {
            good &= read(request).await;
        }
        let took = begun.elapsed();
        if !good {
            return Err(format!("{}: the input was refused", case.name).into());
        }
        spent += took;
        series.push(took.as_secs_f64() * 1e9 / f64::from(BATCH));
    }
    Ok(series.summary(|nanoseconds| *nanoseconds).median)
}

#[expect(clippy::print_stdout, reason = "the table is what the program is for")]
fn print(text: &str) {
    println!("{text}");
}
