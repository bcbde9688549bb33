//! `cargo portcullis`: what a reviewer asks about the policies of a workspace, and what a pipeline holds them to.
//! Each command is a module with its `Arguments` and its `run`; what all of them share is in `output`, `failure` and `workspace`.
#![cfg_attr(
    test,
    allow(
        clippy::unwrap_used,
        clippy::expect_used,
        clippy::panic,
        clippy::indexing_slicing,
        clippy::string_slice,
        reason = "a test that panics has failed, which is what it is for"
    )
)]
mod arguments;
mod check;
mod completions;
mod diff;
mod explain;
mod export;
mod failure;
mod git;
mod init;
mod lock;
mod lock_file;
mod matrix;
mod mutate;
mod output;
mod policy_attribute;
mod schema;
mod workspace;

use arguments::Cli;
use clap::Parser;
use failure::Failure;
use output::Output;
use std::{env, ffi::OsString, process::ExitCode, thread};

/// How a command ended that could do its work.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Outcome {
    /// Exit code 0: nothing to object to.
    Fine,
    /// Exit code 1: somebody has to look.
    Findings,
}

/// Sources nest as deep as their authors like and the parser follows them down: room that is taken only when it is used.
const STACK: usize = 1 << 30;

fn main() -> ExitCode {
    let thread = thread::Builder::new().stack_size(STACK).spawn(program);
    match thread.map(thread::JoinHandle::join) {
        Ok(Ok(code)) => code,
        _ => ExitCode::from(failure::EXIT_CODE),
    }
}

fn program() -> ExitCode {
    let cli = Cli::parse_from(words(env::args_os()));
    let mut output = Output::new(cli.color);
    match cli.run(&mut output) {
        Ok(Outcome::Fine) => ExitCode::SUCCESS,
        Ok(Outcome::Findings) => ExitCode::from(1),
        // Who closed the pipe has read enough.
        Err(Failure::PipeClosed) => ExitCode::SUCCESS,
        Err(Failure::Told(messages)) => {
            messages.iter().for_each(|message| output.error(message));
            ExitCode::from(failure::EXIT_CODE)
        }
    }
}

/// The arguments as if the program had been called by itself: `cargo portcullis lock` arrives as `cargo-portcullis portcullis lock`.
fn words(mut words: impl Iterator<Item = OsString>) -> impl Iterator<Item = OsString> {
    let program = words.next();
    let mut words = words.peekable();
    words.next_if(|word| word == "portcullis");
    program.into_iter().chain(words)
}
