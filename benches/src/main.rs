//! What Portcullis costs: `cargo run --release -p portcullis-benches` prints two tables, as ratios measured in one run.
//! Every server answers the same request with the same JSON; only what stands before the handler differs.

mod arguments;
mod contestant;
mod credentials;
mod host;
mod in_process;
mod load;
mod response;
mod servers;
mod statistics;
mod table;

use arguments::Arguments;
use contestant::Contestant;
use statistics::Series;
use std::{process::ExitCode, time::Duration};
use table::print;

type Result<T, E = Box<dyn std::error::Error + Send + Sync>> = std::result::Result<T, E>;

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
    let Some(arguments) = Arguments::read(std::env::args().skip(1))? else {
        print(arguments::USAGE);
        return Ok(());
    };
    let contestants = arguments.selected(contestant::all()?);
    if contestants.is_empty() {
        return Err("`--only` selects no server; leave it out to see their names".into());
    }
    contestants.iter().try_for_each(Contestant::check)?;
    if cfg!(debug_assertions) {
        print("This is a debug build: the numbers mean nothing. Run it with `--release`.\n");
    }
    if arguments.requests {
        print(&table::requests(&contestants, &requests_per_second(&contestants, &arguments)?, &arguments));
    }
    if arguments.calls {
        print(&table::calls(&contestants, &nanoseconds_per_call(&contestants, &arguments)?));
    }
    Ok(())
}

/// Requests over loopback: A B C, A B C, so that what the machine does meanwhile it does to all of them.
fn requests_per_second(contestants: &[Contestant], arguments: &Arguments) -> Result<Vec<Series<load::Load>>> {
    let host = host::Host::start(contestants.iter().map(|contestant| contestant.router.clone()).collect())?;
    let mut series = vec![Series::default(); contestants.len()];
    for _ in 0..arguments.rounds {
        for ((contestant, address), series) in contestants.iter().zip(&host.addresses).zip(&mut series) {
            let measured = load::measure(*address, &contestant.request.bytes(), arguments, || host.processor_time());
            series.push(measured.map_err(|error| format!("{}: {error}", contestant.name()))?);
        }
    }
    Ok(series)
}

/// Nanoseconds per call of the router as a service, without a socket; interleaved as above.
fn nanoseconds_per_call(contestants: &[Contestant], arguments: &Arguments) -> Result<Vec<Series<f64>>> {
    let mut series = vec![Series::default(); contestants.len()];
    // A call is a thousand times shorter than a measurement; a tenth of the time is plenty.
    let period = Duration::from_secs_f64(arguments.seconds / 10.0);
    for _ in 0..arguments.rounds {
        for (contestant, series) in contestants.iter().zip(&mut series) {
            let measured = in_process::measure(&contestant.router, &contestant.request, period);
            series.push(measured.map_err(|error| format!("{}: {error}", contestant.name()))?);
        }
    }
    Ok(series)
}
