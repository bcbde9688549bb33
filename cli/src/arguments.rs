//! The words of the command line: one variant for each command, and what every command understands.
//! Each command describes its own arguments, beside the code that they steer.

use crate::{Outcome, Output, check, completions, diff, explain, export, failure::Failure, init, lock, matrix, mutate, schema};
use clap::{Parser, Subcommand, ValueEnum};

const EXIT_CODES: &str = "\
Exit codes:
  0  fine
  1  findings: something that somebody has to look at
  2  broken input or wrong usage: the message says what to do";

/// What a reviewer asks about the security policies of a workspace, and what a pipeline holds them to.
#[derive(Debug, Parser)]
#[command(name = "cargo-portcullis", bin_name = "cargo portcullis", version, arg_required_else_help = true, after_help = EXIT_CODES)]
pub(crate) struct Cli {
    #[command(subcommand)]
    command: Command,
    /// Whether the output has colours; `auto` asks the terminal, NO_COLOR and CLICOLOR.
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto")]
    pub(crate) color: Color,
}

#[derive(Debug, Subcommand)]
enum Command {
    Check(check::Arguments),
    Init(init::Arguments),
    Lock(lock::Arguments),
    Diff(diff::Arguments),
    Explain(explain::Arguments),
    Export(export::Arguments),
    Matrix(matrix::Arguments),
    Mutate(mutate::Arguments),
    Schema(schema::Arguments),
    Completions(completions::Arguments),
}

/// Whether the output has colours.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum Color {
    Auto,
    Always,
    Never,
}

impl Cli {
    pub(crate) fn run(&self, output: &mut Output) -> Result<Outcome, Failure> {
        match &self.command {
            Command::Check(arguments) => check::run(arguments, output),
            Command::Init(arguments) => init::run(arguments, output),
            Command::Lock(arguments) => lock::run(arguments, output),
            Command::Diff(arguments) => diff::run(arguments, output),
            Command::Explain(arguments) => explain::run(arguments, output),
            Command::Export(arguments) => export::run(arguments, output),
            Command::Matrix(arguments) => matrix::run(arguments, output),
            Command::Mutate(arguments) => mutate::run(arguments, output),
            Command::Schema(arguments) => schema::run(arguments, output),
            Command::Completions(arguments) => completions::run(arguments, output),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Cli;
    use clap::CommandFactory;

    #[test]
    fn the_command_line_holds_together() {
        Cli::command().debug_assert();
    }

    #[test]
    fn every_command_has_examples_and_a_sentence() {
        for command in Cli::command().get_subcommands() {
            let help = command.get_after_help().map(ToString::to_string).unwrap_or_default();
            assert!(
                help.contains(&format!("cargo portcullis {}", command.get_name())),
                "{} shows no example",
                command.get_name()
            );
            assert!(command.get_about().is_some(), "{} says nothing about itself", command.get_name());
        }
    }
}
