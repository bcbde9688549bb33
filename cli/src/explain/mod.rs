//! `explain`: the policy of an endpoint in English, or what a finding means.
//! A finding of `check` has a page under its id; an endpoint goes by its route, by its path, or by as much of its handler's name as tells it from the others.

mod find;

use crate::{Outcome, Output, check, failure::Failure, lock_file};
use clap::Args;
use portcullis_policy::explain;

const EXAMPLES: &str = "\
Examples:
  cargo portcullis explain \"DELETE /users/{id}\"
  cargo portcullis explain /users/{id}              every method of the path
  cargo portcullis explain delete_user              by the name of the handler
  cargo portcullis explain users::delete_user --lock api/security.lock
  cargo portcullis explain PC101                    a finding of `cargo portcullis check`

Exit codes:
  0  it is explained
  2  there is no such endpoint or finding, or several";

/// Says the policy of an endpoint in English, or what a finding means.
#[derive(Args, Debug)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Arguments {
    /// The endpoint: METHOD and path, a path, or the end of a handler's name; or the id of a finding.
    #[arg(value_name = "ENDPOINT")]
    what: String,
    #[command(flatten)]
    lock: lock_file::Choice,
}

pub(crate) fn run(arguments: &Arguments, output: &mut Output) -> Result<Outcome, Failure> {
    if let Some(page) = check::page(&arguments.what) {
        output.print(&page)?;
        return Ok(Outcome::Fine);
    }
    let (_, lock) = arguments.lock.read()?;
    let found = find::endpoints(&lock, &arguments.what)?;
    let paragraphs = found.into_iter().map(|(route, terms)| format!("{}\n", explain(route, terms, &lock.roles)));
    output.print(&paragraphs.collect::<Vec<_>>().join("\n"))?;
    Ok(Outcome::Fine)
}
