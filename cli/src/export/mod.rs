//! `export`: what other tools read of a service, said by the program itself, through a test that can build it.
//! Nothing is guessed from the sources but which test to run.

use crate::{
    Outcome, Output,
    failure::Failure,
    lock::{
        find,
        run::{self, Errand},
    },
    workspace::{Selection, Workspace},
};
use clap::{Args, Subcommand, ValueEnum};
use std::{
    env, fs,
    path::{Path, PathBuf},
    process,
};

const EXAMPLES: &str = "\
Examples:
  cargo portcullis export openapi > openapi.json
  cargo portcullis export openapi --version 3.0 --output gateway.json
  cargo portcullis export openapi --package api -- --all-features --offline

Exit codes:
  0  the document is written
  2  no test or more than one calls `export_openapi!`, or it does not build or pass";

/// Writes what other tools read of a service.
#[derive(Args, Debug)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    Openapi(OpenApi),
}

/// The OpenAPI document: runs the test that calls `export_openapi!`.
#[derive(Args, Debug)]
#[command(after_help = EXAMPLES)]
struct OpenApi {
    #[command(flatten)]
    selection: Selection,
    /// The version of OpenAPI: 3.0 is for gateways that read nothing newer.
    #[arg(long, value_name = "VERSION", default_value = "3.1")]
    version: Version,
    /// The file to write, instead of standard output.
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
    /// What else to tell `cargo test`: features, `--offline`, `--release` …
    #[arg(last = true, value_name = "CARGO_ARGUMENTS")]
    cargo: Vec<String>,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Version {
    #[value(name = "3.1")]
    Newer,
    #[value(name = "3.0")]
    Older,
}

/// The macro that hands the document over.
const MACRO: &str = "export_openapi";

/// What to add where no test can hand it over.
const NO_TEST: &str = "\
no test calls `export_openapi!`, so nothing can build the document: add one where your router is made\n\n    \
    #[test]\n    fn the_service_is_described() {\n        portcullis::testing::export_openapi!(app(), security());\n    }\n\n\
with the features `testing` and `openapi` of `portcullis` in your `[dev-dependencies]`, and run this again";

pub(crate) fn run(arguments: &Arguments, output: &mut Output) -> Result<Outcome, Failure> {
    let What::Openapi(arguments) = &arguments.what;
    let workspace = Workspace::load(&arguments.selection)?;
    let found = find::tests(&workspace, MACRO);
    for warning in &found.warnings {
        output.warning(warning);
    }
    if found.tests.is_empty() {
        return Err(Failure::new(NO_TEST));
    }
    let folder = Folder::new()?;
    let version = match arguments.version {
        Version::Newer => "3.1",
        Version::Older => "3.0",
    };
    let errand = Errand {
        command: "export openapi",
        failure: "the document is not written",
        variables: &[("PORTCULLIS_OPENAPI", folder.0.as_os_str()), ("PORTCULLIS_OPENAPI_VERSION", version.as_ref())],
    };
    for run in run::plan(&found.tests) {
        run.carry_out(&workspace, &arguments.cargo, &errand, output)?;
    }
    let text = folder.only_document()?;
    match &arguments.output {
        Some(path) => {
            fs::write(path, text).map_err(|error| Failure::new(format!("`{}` cannot be written: {error}", path.display())))?;
        }
        None => output.print(&text)?,
    }
    Ok(Outcome::Fine)
}

/// A folder for the documents, gone with this value.
struct Folder(PathBuf);

impl Folder {
    fn new() -> Result<Self, Failure> {
        let path = env::temp_dir().join(format!("cargo-portcullis-export-{}", process::id()));
        // One that is there already is somebody else's.
        fs::create_dir(&path).map_err(|error| Failure::new(format!("`{}` cannot be made: {error}", path.display())))?;
        Ok(Self(path))
    }

    /// The one document that the tests wrote.
    fn only_document(&self) -> Result<String, Failure> {
        let unreadable = |path: &Path, error| Failure::new(format!("`{}` cannot be read: {error}", path.display()));
        let entries = fs::read_dir(&self.0).map_err(|error| unreadable(&self.0, error))?;
        let paths: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
        match paths.as_slice() {
            [path] => fs::read_to_string(path).map_err(|error| unreadable(path, error)),
            [] => {
                Err(Failure::new("the test passed and wrote no document: is its `portcullis` another version than this command?"))
            }
            many => Err(Failure::new(format!(
                "there are {} documents, of as many calls of `{MACRO}!`; name the package of the one you want with `--package`",
                many.len()
            ))),
        }
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        // What cannot be removed is left to the system, whose folder it is.
        let _ = fs::remove_dir_all(&self.0);
    }
}
