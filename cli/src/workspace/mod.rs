//! The workspace as cargo knows it, and its Rust sources as the compiler would find them.
//! Whatever reads sources goes through here, so that all commands look at the same files.

mod metadata;
mod module_tree;
mod nesting;
pub(crate) mod secured;
mod source;

pub(crate) use metadata::{Package, Target, Workspace, cargo};
pub(crate) use source::{Problem, Source, Sources};

use clap::Args;
use std::path::PathBuf;

/// Which packages a command looks at.
#[derive(Args, Clone, Debug)]
pub(crate) struct Selection {
    /// Only this package; may be said more than once.
    #[arg(short, long = "package", value_name = "PACKAGE")]
    pub(crate) packages: Vec<String>,
    /// The Cargo.toml of the workspace, or of a package in it.
    #[arg(long, value_name = "PATH")]
    pub(crate) manifest_path: Option<PathBuf>,
}
