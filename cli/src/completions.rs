//! `completions`: what a shell needs to complete our words.

use crate::{Outcome, Output, arguments::Cli, failure::Failure};
use clap::{Args, CommandFactory};
use clap_complete::Shell;

const EXAMPLES: &str = "\
Examples:
  cargo portcullis completions bash > ~/.local/share/bash-completion/completions/cargo-portcullis
  cargo portcullis completions fish > ~/.config/fish/completions/cargo-portcullis.fish";

/// Prints what a shell needs to complete the words of `cargo-portcullis`.
#[derive(Args, Debug)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Arguments {
    /// The shell.
    shell: Shell,
}

pub(crate) fn run(arguments: &Arguments, output: &mut Output) -> Result<Outcome, Failure> {
    let mut script = Vec::new();
    clap_complete::generate(arguments.shell, &mut Cli::command().bin_name("cargo-portcullis"), "cargo-portcullis", &mut script);
    output.print(&String::from_utf8_lossy(&script))?;
    Ok(Outcome::Fine)
}
