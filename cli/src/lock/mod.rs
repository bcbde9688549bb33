//! `lock`: writes `security.lock` by running the tests that verify it, told to write.
//! The program itself says what its endpoints are; nothing is guessed from the sources but which tests to run.

pub(crate) mod find;
pub(crate) mod run;
mod snapshot;

use crate::{
    Outcome, Output,
    failure::Failure,
    workspace::{Selection, Workspace},
};
use clap::Args;
use run::Errand;
use snapshot::Snapshot;

const EXAMPLES: &str = "\
Examples:
  cargo portcullis lock
  cargo portcullis lock --package api
  cargo portcullis lock -- --all-features --offline

Exit codes:
  0  the locks are written, or were right already
  2  no test calls `assert_locked!`, or the tests do not build or pass";

/// Writes security.lock: runs the tests that call `assert_locked!`, and says what changed.
#[derive(Args, Debug)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Arguments {
    #[command(flatten)]
    selection: Selection,
    /// What else to tell `cargo test`: features, `--offline`, `--release` …
    #[arg(last = true, value_name = "CARGO_ARGUMENTS")]
    cargo: Vec<String>,
}

/// The macro that verifies the lock, and writes it when told to.
const MACRO: &str = "assert_locked";

/// What to add where no test verifies the lock.
const NO_TEST: &str = "\
no test calls `assert_locked!`, so nothing can write the lock: add one where your router is made\n\n    \
    #[test]\n    fn the_lock_is_right() {\n        portcullis::testing::assert_locked!(app());\n    }\n\n\
with the feature `testing` of `portcullis` in your `[dev-dependencies]`, and run this again";

pub(crate) fn run(arguments: &Arguments, output: &mut Output) -> Result<Outcome, Failure> {
    let workspace = Workspace::load(&arguments.selection)?;
    let found = find::tests(&workspace, MACRO);
    for warning in &found.warnings {
        output.warning(warning);
    }
    if found.tests.is_empty() {
        return Err(Failure::new(NO_TEST));
    }
    let before = Snapshot::take(&workspace)?;
    let errand =
        Errand { command: "lock", failure: "the lock is not written", variables: &[("PORTCULLIS_LOCK", "write".as_ref())] };
    for run in run::plan(&found.tests) {
        run.carry_out(&workspace, &arguments.cargo, &errand, output)?;
    }
    let after = Snapshot::take(&workspace)?;
    output.print(&before.compared_with(&after, &workspace)?)?;
    Ok(Outcome::Fine)
}
