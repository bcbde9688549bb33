//! Takes the quickstart as it is, but for its `main`: its functions are private, and so is what uses them here.

use std::{env, error::Error, fs, path::PathBuf};

const SOURCE: &str = "../../examples/quickstart/src/main.rs";

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed={SOURCE}");
    let source = fs::read_to_string(SOURCE)?;
    let (_, items) = source.split_once("\n\n").ok_or("the quickstart begins with its attributes")?;
    let (items, _) = items.split_once("#[tokio::main]").ok_or("the quickstart has a `main`")?;
    let folder = PathBuf::from(env::var_os("OUT_DIR").ok_or("cargo sets OUT_DIR")?);
    Ok(fs::write(folder.join("quickstart.rs"), items)?)
}
