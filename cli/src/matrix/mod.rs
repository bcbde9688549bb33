//! `matrix`: who reaches what and under which limits, at a glance.
//! The lock becomes a model, and the model a page, a Markdown table or a picture.

mod escape;
mod html;
mod html_row;
mod kind;
mod mark;
mod markdown;
mod model;
mod reach;
mod svg;

use crate::{Outcome, Output, failure::Failure, lock_file};
use clap::{Args, ValueEnum};
use model::Matrix;
use std::{fs, path::PathBuf};

const EXAMPLES: &str = "\
Examples:
  cargo portcullis matrix --output matrix.html
  cargo portcullis matrix --format markdown >> pull-request.md
  cargo portcullis matrix --format svg --lock api/security.lock --title \"Public API\" --output api.svg

The page filters from its address: matrix.html#q=admin&who=role:user&only=public

Exit codes:
  0  it is drawn
  2  there is no lock, or it is broken";

/// Draws who reaches what: callers across, endpoints down, from security.lock.
#[derive(Args, Debug)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Arguments {
    #[command(flatten)]
    lock: lock_file::Choice,
    /// A page, a table for a pull request, or a picture.
    #[arg(long, value_name = "FORMAT", default_value = "html")]
    format: Format,
    /// Where to write it, instead of to standard output.
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// What the matrix is of; by default the name of the folder that the lock is in.
    #[arg(long, value_name = "TITLE")]
    title: Option<String>,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Format {
    Html,
    Markdown,
    Svg,
}

pub(crate) fn run(arguments: &Arguments, output: &mut Output) -> Result<Outcome, Failure> {
    let (path, lock) = arguments.lock.read()?;
    let folder = || Some(fs::canonicalize(&path).ok()?.parent()?.file_name()?.to_string_lossy().into_owned());
    let title = arguments.title.clone().or_else(folder).unwrap_or_else(|| "security.lock".to_owned());
    let matrix = Matrix::of(&lock, title);
    let text = match arguments.format {
        Format::Html => html::page(&matrix),
        Format::Markdown => markdown::document(&matrix),
        Format::Svg => svg::picture(&matrix),
    };
    match &arguments.output {
        Some(file) => fs::write(file, text).map_err(|error| Failure::of_file("write", file, &error))?,
        None => output.print(&text)?,
    }
    Ok(Outcome::Fine)
}
