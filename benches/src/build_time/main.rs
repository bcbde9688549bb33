//! What Portcullis costs to build: `cargo run -p portcullis-benches --bin build-time` writes one crate twice, on plain axum and secured,
//! and builds the two in turns. Its figures are ratios of one run, of the crate alone: the dependencies are built before.

mod crates;
#[path = "../statistics.rs"]
mod statistics;

use crates::{Generated, Kind};
use statistics::{Series, Summary};
use std::{
    env,
    path::{Path, PathBuf},
    process::{Command, ExitCode},
    time::{Duration, Instant},
};

type Result<T, E = Box<dyn std::error::Error + Send + Sync>> = std::result::Result<T, E>;

const USAGE: &str = "\
Builds a crate on plain axum and the same crate secured, in turns.

Usage: build-time [--endpoints N] [--rules N] [--rounds N] [--only NAME]

  --endpoints N   how many endpoints the crate has [500]
  --rules N       how many house rules its security.toml has [50]
  --rounds N      how often each is built [5]
  --only NAME     check, debug or release; all of them where it is left out";

/// The ways to build that are timed.
const COMMANDS: [(&str, &[&str]); 3] = [("check", &["check"]), ("debug", &["build"]), ("release", &["build", "--release"])];

struct Arguments {
    endpoints: usize,
    rules: usize,
    rounds: usize,
    only: Option<String>,
}

impl Arguments {
    fn read(mut words: impl Iterator<Item = String>) -> Result<Option<Self>> {
        let mut arguments = Self { endpoints: 500, rules: 50, rounds: 5, only: None };
        while let Some(word) = words.next() {
            let place = match word.as_str() {
                "--endpoints" => &mut arguments.endpoints,
                "--rules" => &mut arguments.rules,
                "--rounds" => &mut arguments.rounds,
                "--only" => {
                    let name = words.next().filter(|name| COMMANDS.iter().any(|(known, _)| known == name));
                    arguments.only = Some(name.ok_or("`--only` wants `check`, `debug` or `release`")?);
                    continue;
                }
                "--help" | "-h" => return Ok(None),
                _ => return Err(format!("unknown argument `{word}`; --help lists what there is").into()),
            };
            let number = words.next().and_then(|number| number.parse().ok()).filter(|number| *number > 0);
            *place = number.ok_or_else(|| format!("`{word}` wants a number of at least 1"))?;
        }
        if arguments.rules > arguments.endpoints {
            return Err("a rule selects one module of endpoints, so there cannot be more rules than endpoints".into());
        }
        Ok(Some(arguments))
    }
}

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
    let Some(arguments) = Arguments::read(env::args().skip(1))? else {
        print(USAGE);
        return Ok(());
    };
    let folder = target().join("build-time");
    let generate = |kind| Generated::write(&folder, kind, arguments.endpoints, arguments.rules);
    let (plain, secured) = (generate(Kind::Plain)?, generate(Kind::Secured)?);
    print(&format!("{} endpoints under {} rules, {} rounds\n", arguments.endpoints, arguments.rules, arguments.rounds));
    print("         plain axum, s   secured, s   ratio (least to most)   more per endpoint, ms");
    for (name, command) in COMMANDS.into_iter().filter(|(name, _)| arguments.only.as_deref().is_none_or(|only| only == *name)) {
        // Once before the clock starts, for the dependencies.
        [&plain, &secured].into_iter().try_for_each(|generated| build(generated, command, &folder).map(drop))?;
        let (mut before, mut after) = (Series::default(), Series::default());
        for round in 0..arguments.rounds {
            for (generated, series) in [(&plain, &mut before), (&secured, &mut after)] {
                generated.touch(round)?;
                series.push(build(generated, command, &folder)?.as_secs_f64());
            }
        }
        print(&row(name, &before, &after, arguments.endpoints));
    }
    Ok(())
}

fn row(name: &str, plain: &Series<f64>, secured: &Series<f64>, endpoints: usize) -> String {
    let of = |series: &Series<f64>| series.summary(|seconds| *seconds).median;
    let Summary { median, least, most } = secured.summary_beside(plain, |ours, theirs| ours / theirs);
    #[expect(clippy::cast_precision_loss, reason = "a number of endpoints is small")]
    let more = secured.summary_beside(plain, |ours, theirs| (ours - theirs) * 1_000.0 / endpoints as f64).median;
    let (plain, secured) = (of(plain), of(secured));
    format!("{name:8} {plain:>13.2}   {secured:>10.2}   {median:>5.2} ({least:.2} to {most:.2})   {more:>20.2}")
}

/// Builds the crate alone, from nothing: without what an earlier build left of it.
fn build(generated: &Generated, command: &[&str], folder: &Path) -> Result<Duration> {
    let started = Instant::now();
    let output = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
        .args(command)
        .args(["--quiet", "--offline"])
        .current_dir(&generated.folder)
        .env("CARGO_INCREMENTAL", "0")
        .env("CARGO_TARGET_DIR", folder.join("target"))
        .output()?;
    let took = started.elapsed();
    if !output.status.success() {
        return Err(String::from_utf8_lossy(&output.stderr).into_owned().into());
    }
    Ok(took)
}

/// The target directory of this workspace.
fn target() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../target")
}

#[expect(clippy::print_stdout, reason = "the table is what the program is for")]
fn print(text: &str) {
    println!("{text}");
}
