//! `schema`: what an editor needs to complete and check a `security.toml`.

use crate::{Outcome, Output, failure::Failure};
use clap::Args;

const EXAMPLES: &str = "\
Examples:
  cargo portcullis schema > security.schema.json

Editors that read TOML find it by the first line of security.toml:
  #:schema ./security.schema.json";

/// Prints the JSON schema of security.toml.
#[derive(Args, Debug)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Arguments {}

pub(crate) fn run(_: &Arguments, output: &mut Output) -> Result<Outcome, Failure> {
    output.print(&format!("{}\n", portcullis_policy::schema().trim_end()))?;
    Ok(Outcome::Fine)
}
