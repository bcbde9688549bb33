//! `mutate`: weakens each policy in turn, in a copy, and says which of them the tests of the workspace do not notice.

mod copy;
mod plan;
mod report;
mod trial;
mod weaken;

use crate::{
    Outcome, Output,
    check::{names::Names, rule_books::roles_of},
    failure::Failure,
    workspace::{Selection, Source, Workspace},
};
use clap::{Args, ValueEnum};
use copy::Copy;
use plan::Mutant;
use std::{
    collections::BTreeMap,
    env, fs,
    path::{Path, PathBuf},
    time::{Duration, Instant},
};
use trial::{Trial, Verdict};

const HELP: &str = "\
Examples:
  cargo portcullis mutate --list                  what would be tried
  cargo portcullis mutate                         every policy of the workspace
  cargo portcullis mutate -p clinic --endpoint delete_user
  cargo portcullis mutate -- --all-features       what `cargo test` gets

The copy is in target/portcullis/mutate and has a target directory of its own, which the next run uses again. The workspace itself is
never edited, so the command can be stopped at any time. What git ignores is not in the copy.

A mutant that does not compile is stopped by the compiler, one whose tests fail is noticed, and one whose tests pass has survived: a
change like it would go unseen. PORTCULLIS_LOCK=skip is set, because the test of `security.lock` notices every change and hides what the
other tests miss; `--with-lock` leaves it on.

Exit codes: 0 none survived, 1 some did, 2 the tests fail without any mutant, or wrong usage.";

/// Weakens each policy in turn and says which changes the tests do not notice.
#[derive(Args, Debug)]
#[command(after_help = HELP)]
pub(crate) struct Arguments {
    #[command(flatten)]
    selection: Selection,
    /// Only the policies of this handler; may be said more than once.
    #[arg(long, value_name = "NAME")]
    endpoint: Vec<String>,
    /// Show the mutants and run nothing.
    #[arg(long)]
    list: bool,
    /// Let the test of `security.lock` notice.
    #[arg(long)]
    with_lock: bool,
    /// The longest that a mutant may take, as a multiple of what the tests take without one.
    #[arg(long, value_name = "TIMES", default_value_t = 5, value_parser = clap::value_parser!(u32).range(1..=1000))]
    timeout: u32,
    /// How to print it.
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    format: Format,
    /// What `cargo test` gets.
    #[arg(last = true, value_name = "CARGO TEST ARGUMENTS")]
    cargo_test: Vec<String>,
}

#[derive(Clone, Copy, Debug, Eq, PartialEq, ValueEnum)]
enum Format {
    /// A table, for people.
    Human,
    /// One document, for programs.
    Json,
}

/// The least time that a mutant gets: a build that the tests' time does not foretell.
const LEAST: Duration = Duration::from_secs(60);

/// The longest that the tests may take without any mutant, their first build included.
const BASELINE: Duration = Duration::from_hours(2);

pub(crate) fn run(arguments: &Arguments, output: &mut Output) -> Result<Outcome, Failure> {
    let workspace = Workspace::load(&arguments.selection)?;
    let mutants = plan_all(arguments, &workspace)?;
    if arguments.list {
        output.print(&report::list(&mutants, arguments.format)?)?;
        return Ok(Outcome::Fine);
    }
    let folder = env::var_os("CARGO_TARGET_DIR").map_or_else(|| workspace.root.join("target"), PathBuf::from);
    let folder = std::path::absolute(folder.join("portcullis/mutate"))
        .map_err(|error| Failure::of_file("find", &workspace.root, &error))?;
    fs::create_dir_all(folder.join("workspace")).map_err(|error| Failure::of_file("create", &folder, &error))?;
    let copy = Copy::of(&workspace.root, folder.join("workspace"))?;
    let trial = Trial {
        folder: &copy.folder,
        target: folder.join("target"),
        log: folder.join("log"),
        arguments: test_arguments(arguments),
        with_lock: arguments.with_lock,
    };
    let most = baseline(&trial, arguments.timeout, output)?;
    let mut results = Vec::new();
    for (index, mutant) in mutants.iter().enumerate() {
        let verdict = try_one(&copy, &trial, mutant, &workspace.root, most)?;
        output.note(&format!("{} of {}: {}: {}", index + 1, mutants.len(), report::line(mutant), verdict.name()));
        results.push((mutant.clone(), verdict));
    }
    output.print(&report::results(&results, arguments.format)?)?;
    let survived = results.iter().any(|(_, verdict)| *verdict == Verdict::Survived);
    Ok(if survived { Outcome::Findings } else { Outcome::Fine })
}

/// Runs the tests without any mutant, which must pass, and says how long a mutant may take.
fn baseline(trial: &Trial<'_>, times: u32, output: &mut Output) -> Result<Duration, Failure> {
    output.note("running the tests without any mutant");
    for is_warm in [false, true] {
        let started = Instant::now();
        if trial.run(BASELINE)? != Verdict::Survived {
            return Err(Failure::new(format!(
                "the tests do not pass without any mutant, so none can be judged:\n{}",
                trial.said()
            )));
        }
        if is_warm {
            return Ok(started.elapsed().saturating_mul(times).max(LEAST));
        }
    }
    Ok(LEAST)
}

fn try_one(copy: &Copy, trial: &Trial<'_>, mutant: &Mutant, root: &Path, most: Duration) -> Result<Verdict, Failure> {
    let original = root.join(&mutant.path);
    let text = fs::read_to_string(&original).map_err(|error| Failure::of_file("read", &original, &error))?;
    let changed = mutant.edit.apply(&text);
    let changed = changed
        .ok_or_else(|| Failure::new(format!("`{}` changed while its mutants were tried: run it again", mutant.path.display())))?;
    copy.write(&mutant.path, &changed)?;
    let verdict = trial.run(most);
    copy.restore(&mutant.path)?;
    verdict
}

/// The mutants of the selected packages, with paths from the root of the workspace.
fn plan_all(arguments: &Arguments, workspace: &Workspace) -> Result<Vec<Mutant>, Failure> {
    let mut sources: Vec<(usize, Source, &Path)> = Vec::new();
    let mut targets: BTreeMap<PathBuf, usize> = BTreeMap::new();
    for package in &workspace.packages {
        let found = package.sources();
        if let Some(problem) = found.problems.first() {
            let place = format!("{}:{}:{}", workspace.shown(&problem.path).display(), problem.line, problem.column);
            return Err(Failure::new(format!("{place}: {}", problem.message)));
        }
        for source in found.files {
            let next = targets.len();
            let target = *targets.entry(source.target.root.clone()).or_insert(next);
            sources.push((target, source, package.folder.as_path()));
        }
    }
    let names = Names::of(sources.iter().map(|(target, source, _)| (*target, source)));
    let mut mutants = Vec::new();
    for (target, source, folder) in &sources {
        let roles = roles_of(folder)?;
        mutants.extend(plan::mutants(&names, *target, source, &roles));
    }
    mutants.retain(|mutant| arguments.endpoint.is_empty() || arguments.endpoint.contains(&mutant.handler));
    for mutant in &mut mutants {
        mutant.path = workspace.shown(&mutant.path).to_owned();
    }
    if mutants.is_empty() {
        return Err(Failure::new(
            "there is no policy to weaken: no handler of this name, or none at all, has `#[secure(…)]` outside tests",
        ));
    }
    Ok(mutants)
}

fn test_arguments(arguments: &Arguments) -> Vec<String> {
    let packages = arguments.selection.packages.iter().flat_map(|package| ["-p".to_owned(), package.clone()]);
    let which: Vec<String> =
        if arguments.selection.packages.is_empty() { vec!["--workspace".to_owned()] } else { packages.collect() };
    which.into_iter().chain(arguments.cargo_test.iter().cloned()).collect()
}
