//! `check`: what the compiler cannot see, found in the sources of a workspace, with file and line.
//! Reads everything, then looks: whether a handler is secured or routed may be written in another crate.

mod acceptance;
mod analysis;
mod attributes;
mod catalogue;
mod finding;
mod inspect;
pub(crate) mod names;
mod report;
pub(crate) mod rule_books;
mod rules;
#[cfg(test)]
mod tests;

use crate::{
    Outcome, Output,
    failure::Failure,
    workspace::{Selection, Workspace},
};
use analysis::Checked;
use catalogue::KINDS;
use clap::{Args, ValueEnum};
use finding::Severity;
use portcullis_policy::suggest;
use report::Report;
use rule_books::RuleBooks;
use std::{
    fmt::Write,
    path::{Path, PathBuf},
};

const HELP: &str = "\
Examples:
  cargo portcullis check                          the workspace
  cargo portcullis check src/admin                what is below a folder
  cargo portcullis check --severity medium        without what is worth a look only
  cargo portcullis check --format sarif > check.sarif
  cargo portcullis check --explain PC101          what it means, and what to do

A finding is accepted with a reason, on its line or the line above:
  // portcullis: allow(PC102) moves behind the guard in May

Exit codes: 0 nothing that is not accepted, 1 findings, 2 a source that cannot be read, or wrong usage.";

/// Reports what the compiler cannot see: unguarded handlers, doors past the guard, secrets in the source, weak settings.
#[derive(Args, Debug)]
#[command(after_help = HELP)]
pub(crate) struct Arguments {
    /// Report what is in these files and folders only. The whole workspace is read all the same.
    paths: Vec<PathBuf>,
    /// Report what is in this package only; may be said more than once.
    #[arg(short, long = "package", value_name = "PACKAGE")]
    packages: Vec<String>,
    /// The Cargo.toml of the workspace, or of a package in it.
    #[arg(long, value_name = "PATH")]
    manifest_path: Option<PathBuf>,
    /// How to print it.
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    format: Format,
    /// Leave out what matters less.
    #[arg(long, value_name = "SEVERITY", default_value = "low")]
    severity: Severity,
    /// Report what is in tests and benches too, as of low severity.
    #[arg(long)]
    tests: bool,
    /// List all kinds of findings.
    #[arg(long, conflicts_with_all = ["paths", "explain"])]
    list: bool,
    /// Tell what a finding means and what to do.
    #[arg(long, value_name = "ID", conflicts_with = "paths")]
    explain: Option<String>,
}

#[derive(Clone, Copy, Debug, Eq, PartialEq, ValueEnum)]
enum Format {
    /// A line for each finding, which editors and terminals make a link of.
    Human,
    /// One document, for programs.
    Json,
    /// SARIF 2.1.0, for code scanning.
    Sarif,
    /// Annotations of a workflow run on GitHub.
    Github,
}

pub(crate) fn run(arguments: &Arguments, output: &mut Output) -> Result<Outcome, Failure> {
    if arguments.list {
        output.print(&list(arguments.format)?)?;
        return Ok(Outcome::Fine);
    }
    if let Some(id) = &arguments.explain {
        let page = page(id).ok_or_else(|| unknown(id))?;
        output.print(&page)?;
        return Ok(Outcome::Fine);
    }
    let paths = canonical(&arguments.paths)?;
    let workspace = Workspace::load(&Selection { packages: Vec::new(), manifest_path: manifest(arguments, &paths) })?;
    let report = check(arguments, &workspace, &paths)?;
    output.print(&match arguments.format {
        Format::Human => report.human(),
        Format::Json => report.json()?,
        Format::Sarif => report.sarif()?,
        Format::Github => report.github(),
    })?;
    if !report.problems.is_empty() {
        return Err(Failure::Told(report.problems.iter().map(ToString::to_string).collect()));
    }
    Ok(if report.open().next().is_some() { Outcome::Findings } else { Outcome::Fine })
}

/// The page of a finding, in Markdown, if there is one of this id.
pub(crate) fn page(id: &str) -> Option<String> {
    catalogue::find(id).map(catalogue::Kind::page)
}

fn check(arguments: &Arguments, workspace: &Workspace, paths: &[PathBuf]) -> Result<Report, Failure> {
    let selected = |package: &str| arguments.packages.is_empty() || arguments.packages.iter().any(|name| name == package);
    let known = || workspace.packages.iter().map(|package| package.name.as_str());
    if let Some(unknown) = arguments.packages.iter().find(|name| !known().any(|known| known == *name)) {
        let near = suggest::closest(unknown, known()).map(|near| format!("did you mean `{near}`? ")).unwrap_or_default();
        return Err(Failure::new(format!("unknown package `{unknown}`: {near}the workspace has {}", suggest::list(known()))));
    }
    let mut books = RuleBooks::default();
    let (mut packages, mut problems, mut wanted) = (Vec::new(), Vec::new(), Vec::new());
    for package in &workspace.packages {
        let sources = package.sources();
        problems.extend(sources.problems.into_iter().map(|problem| report::Problem::of(problem, &workspace.root)));
        if selected(&package.name) {
            wanted.extend(sources.files.iter().map(|source| source.path.clone()));
        }
        packages.push(Checked { sources: sources.files, book: books.of(&package.folder) });
    }
    problems.extend(books.into_problems().map(|problem| report::Problem::of(problem, &workspace.root)));
    wanted
        .retain(|file| paths.is_empty() || paths.iter().any(|path| file.canonicalize().is_ok_and(|file| file.starts_with(path))));
    if let Some(path) =
        paths.iter().find(|path| !wanted.iter().any(|file| file.canonicalize().is_ok_and(|file| file.starts_with(path))))
    {
        return Err(Failure::new(format!("no source of the workspace is in `{}`", path.display())));
    }
    let wanted: Vec<&Path> = wanted.iter().map(|path| workspace.shown(path)).collect();
    let mut findings = analysis::analyse(&packages, &workspace.root);
    findings.retain(|finding| {
        (arguments.tests || !finding.in_test)
            && finding.severity() >= arguments.severity
            && wanted.contains(&finding.path.as_path())
    });
    Ok(Report { findings, problems, files: wanted.len() })
}

/// The Cargo.toml that was said, or the one nearest to the first path.
fn manifest(arguments: &Arguments, paths: &[PathBuf]) -> Option<PathBuf> {
    let nearest = || paths.first()?.ancestors().map(|folder| folder.join("Cargo.toml")).find(|file| file.is_file());
    arguments.manifest_path.clone().or_else(nearest)
}

fn canonical(paths: &[PathBuf]) -> Result<Vec<PathBuf>, Failure> {
    paths.iter().map(|path| path.canonicalize().map_err(|error| Failure::of_file("find", path, &error))).collect()
}

fn list(format: Format) -> Result<String, Failure> {
    if format == Format::Json {
        return report::kinds();
    }
    let mut table = String::new();
    for kind in KINDS {
        let _ = writeln!(table, "{}  {:<6}  {:<25}  {}", kind.id, kind.severity, kind.name, kind.summary);
    }
    Ok(table)
}

fn unknown(id: &str) -> Failure {
    let near =
        suggest::closest(id, KINDS.iter().map(|kind| kind.id)).map(|near| format!("did you mean `{near}`? ")).unwrap_or_default();
    Failure::new(format!("no finding is called `{id}`: {near}`cargo portcullis check --list` has them all"))
}
