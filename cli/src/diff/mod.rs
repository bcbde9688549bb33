//! `diff`: who gained access between two locks, who lost it, and what only reads differently.
//! Files or git revisions go in; text for people, JSON or annotations come out; what nobody answers for is exit code 1.

mod acknowledge;
mod github;
mod human;
mod json;
mod lines;
mod sides;

use crate::{Outcome, Output, failure::Failure};
use acknowledge::{Acknowledged, TRAILER};
use clap::{Args, ValueEnum};
use portcullis_policy::{Lock, diff};
use std::path::PathBuf;

const EXAMPLES: &str = "\
Examples:
  cargo portcullis diff                        HEAD and the working tree
  cargo portcullis diff main                   main and the working tree
  cargo portcullis diff main HEAD --format github
  cargo portcullis diff v1.2:api/security.lock api/security.lock
  cargo portcullis diff old.lock new.lock --acknowledge \"GET /users/{id}\"

A change is also acknowledged by a trailer in the message of a commit between the two revisions:
  Widens: GET /users/{id}

Exit codes:
  0  nothing widened, or all that widened is acknowledged
  1  something widened that nobody acknowledged
  2  there is no lock to compare, or one is broken";

/// Says of every change between two locks whether it tightened, widened, or is equivalent.
#[derive(Args, Debug)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Arguments {
    /// The older lock: a file, a git revision, or REVISION:PATH; by default HEAD.
    old: Option<String>,
    /// The newer lock; by default the one in the working tree.
    new: Option<String>,
    /// Which lock of a revision: by default the only one, or the nearest above this folder.
    #[arg(long, value_name = "PATH")]
    lock: Option<PathBuf>,
    /// An endpoint that is meant to be widened, as the diff names it; may be said more than once.
    #[arg(long, value_name = "ENDPOINT")]
    acknowledge: Vec<String>,
    /// Text for people, one JSON document, or annotations of a GitHub workflow.
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    format: Format,
}

#[derive(Clone, Copy, Debug, Eq, PartialEq, ValueEnum)]
enum Format {
    Human,
    Json,
    Github,
}

pub(crate) fn run(arguments: &Arguments, output: &mut Output) -> Result<Outcome, Failure> {
    let sides = sides::load(arguments.old.as_deref(), arguments.new.as_deref(), arguments.lock.as_deref())?;
    let mut names = arguments.acknowledge.clone();
    if let Some((repository, old, new)) = &sides.between {
        names.extend(repository.trailers(TRAILER, old, new)?);
    }
    let acknowledged = Acknowledged::new(names);
    let diff = diff::diff(&sides.old.lock, &sides.new.lock);
    sides.notes.iter().for_each(|note| output.note(note));
    let text = match arguments.format {
        Format::Human => human::report(&diff, &acknowledged),
        Format::Json => json::document(&diff, &sides, &acknowledged),
        Format::Github => github::annotations(&diff, &sides, &acknowledged),
    };
    output.print(&text)?;
    acknowledged.needless(&diff).iter().for_each(|(_, why)| output.warning(why));
    let open = acknowledged.open(&diff);
    if open.is_empty() {
        return Ok(Outcome::Fine);
    }
    if arguments.format == Format::Human {
        let subjects: Vec<String> = open.iter().map(|change| format!("`{TRAILER}: {}`", change.subject)).collect();
        output.note(&format!("if that is meant, say so at the end of a commit's message: {}", subjects.join(", ")));
    }
    Ok(Outcome::Findings)
}

/// The changes between two locks, and how many there are of each class, for people.
pub(crate) fn summary(old: &Lock, new: &Lock) -> String {
    human::report(&diff::diff(old, new), &Acknowledged::new([]))
}
