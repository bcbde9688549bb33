//! What became of the mutants, for people and for programs.

use super::{Format, Mutant, Verdict};
use crate::{
    failure::Failure,
    output::{Painted, style},
};
use serde_json::{Value, json};
use std::fmt::Write;

/// A mutant on one line.
pub(super) fn line(mutant: &Mutant) -> String {
    format!("{}:{}: {}: {}", mutant.path.display(), mutant.line, mutant.handler, mutant.change)
}

/// What would be tried.
pub(super) fn list(mutants: &[Mutant], format: Format) -> Result<String, Failure> {
    match format {
        Format::Human => Ok(mutants.iter().map(|mutant| format!("{}\n", line(mutant))).collect()),
        Format::Json => print(&json!({ "version": 1, "mutants": mutants.iter().map(value).collect::<Vec<_>>() })),
    }
}

/// What became of them.
pub(super) fn results(results: &[(Mutant, Verdict)], format: Format) -> Result<String, Failure> {
    let count = |wanted: &[Verdict]| results.iter().filter(|(_, verdict)| wanted.contains(verdict)).count();
    let stopped = count(&[Verdict::Stopped]);
    let noticed = count(&[Verdict::Noticed, Verdict::TimedOut]);
    let survived = count(&[Verdict::Survived]);
    if format == Format::Json {
        let mutants = results.iter().map(|(mutant, verdict)| {
            let mut value = value(mutant);
            if let Some(object) = value.as_object_mut() {
                object.insert("verdict".to_owned(), json!(verdict_name(*verdict)));
            }
            value
        });
        let mutants: Vec<Value> = mutants.collect();
        return print(&json!({ "version": 1, "stopped": stopped, "noticed": noticed, "survived": survived, "mutants": mutants }));
    }
    let mut text = String::new();
    for (mutant, verdict) in results {
        let style = match verdict {
            Verdict::Survived => style::ERROR,
            Verdict::Stopped | Verdict::Noticed | Verdict::TimedOut => style::NOTE,
        };
        let _ = writeln!(text, "{}  {}", Painted(style, format_args!("{:<23}", verdict.name())), line(mutant));
    }
    let _ =
        writeln!(text, "{} mutants: {stopped} stopped by the compiler, {noticed} noticed, {survived} survived", results.len());
    Ok(text)
}

const fn verdict_name(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Stopped => "stopped",
        Verdict::Noticed => "noticed",
        Verdict::TimedOut => "timed out",
        Verdict::Survived => "survived",
    }
}

fn value(mutant: &Mutant) -> Value {
    json!({ "file": mutant.path, "line": mutant.line, "handler": mutant.handler, "change": mutant.change })
}

fn print(value: &Value) -> Result<String, Failure> {
    let text = serde_json::to_string_pretty(value).map_err(|error| Failure::new(format!("cannot write the report: {error}")))?;
    Ok(format!("{text}\n"))
}
