//! `init`: a first `security.toml`, from what the code already says.
//! What holds today is written down; what would be good is proposed in comments, so that nothing changes until somebody decides.

mod survey;
mod write;

use crate::{
    Outcome, Output,
    failure::Failure,
    workspace::{Selection, Workspace, secured},
};
use clap::Args;
use portcullis_policy::RuleBookFile;
use std::fs;
use survey::Survey;

/// What the file is called.
const NAME: &str = "security.toml";

const EXAMPLES: &str = "\
Examples:
  cargo portcullis init
  cargo portcullis init --dry-run
  cargo portcullis init --package api --force

Exit codes:
  0  it is written, or printed
  2  there is a security.toml already, or the workspace cannot be read";

/// Writes a first security.toml from what the code already uses.
#[derive(Args, Debug)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Arguments {
    #[command(flatten)]
    selection: Selection,
    /// Prints the file instead of writing it.
    #[arg(long)]
    dry_run: bool,
    /// Writes over the file that is there.
    #[arg(long)]
    force: bool,
}

pub(crate) fn run(arguments: &Arguments, output: &mut Output) -> Result<Outcome, Failure> {
    let workspace = Workspace::load(&arguments.selection)?;
    // One package that was asked for gets its own rule book; a workspace shares one.
    let folder = match (arguments.selection.packages.as_slice(), workspace.packages.as_slice()) {
        ([_], [package]) => &package.folder,
        _ => &workspace.root,
    };
    let path = folder.join(NAME);
    if !arguments.dry_run && !arguments.force && path.exists() {
        let shown = path.display();
        return Err(Failure::new(format!(
            "`{shown}` is there already: print a new one with `--dry-run`, or write over it with `--force`"
        )));
    }
    let mut survey = Survey::default();
    for package in &workspace.packages {
        let (functions, problems) = secured::of_package(package);
        for problem in problems {
            let path = workspace.shown(&problem.path).display();
            output.warning(&format!("{path}:{}:{}: {}", problem.line, problem.column, problem.message));
        }
        functions.iter().for_each(|function| survey.add(function));
    }
    let text = write::rule_book(&survey);
    if let Err(errors) = RuleBookFile::parse(&text) {
        // A name that the code uses and no rule book can have.
        return Err(Failure::in_file("the new security.toml", &errors));
    }
    if arguments.dry_run {
        output.print(&text)?;
        return Ok(Outcome::Fine);
    }
    fs::write(&path, text).map_err(|error| Failure::of_file("write", &path, &error))?;
    output.print(&format!("wrote {}: {}\n", workspace.shown(&path).display(), survey.summary()))?;
    if survey.endpoints == 0 {
        output.note("no function has `#[secure(…)]` yet: name your roles and scopes in the file, then use them");
    }
    Ok(Outcome::Fine)
}
