//! `assert_locked!`: the policies of a program are those of the `security.lock` that was reviewed and committed.
//! Fails with what changed, in lines and in meaning, and with the command that writes the file.

use super::{Listed, lock_of, mode::Mode};
use portcullis_policy::{Lock, RuleBook, diff::diff};
use similar::TextDiff;
use std::{
    fs::{self, File},
    io::{self, Write as _},
    path::Path,
    process,
    sync::atomic::{AtomicU64, Ordering},
};

/// Asserts that the endpoints of a router are those of `security.lock`, the file beside the `Cargo.toml` of the crate.
///
/// Takes a [`SecureRouter`](crate::SecureRouter), with its state or without, or a [`Manifest`](crate::Manifest), or a reference; and
/// if need be another path, relative to the crate's folder. One line in a test:
///
/// ```no_run
/// # use portcullis::prelude::*;
/// # fn app() -> SecureRouter { SecureRouter::new() }
/// portcullis::testing::assert_locked!(app());
/// portcullis::testing::assert_locked!(app(), "locks/public.lock");
/// ```
///
/// With the environment variable `PORTCULLIS_LOCK=write` it writes the file instead, which is what `cargo portcullis lock` does; with
/// `PORTCULLIS_LOCK=skip` it passes.
///
/// # Panics
///
/// Where the file says something else than the program, with the difference; where there is no file or a broken one; and where the
/// router could not route all that it was given.
#[doc(hidden)]
#[macro_export]
macro_rules! __assert_locked {
    ($listed:expr $(,)?) => {
        $crate::testing::assert_locked!($listed, "security.lock")
    };
    ($listed:expr, $path:expr $(,)?) => {
        $crate::testing::assert_lock_file(&$listed, $crate::rule_book!(crate = $crate), ::core::env!("CARGO_MANIFEST_DIR"), $path)
    };
}

/// What to do about a lock that is not as it should be.
const REMEDY: &str = "`cargo portcullis lock` writes it, as does this test with `PORTCULLIS_LOCK=write`";

/// What [`assert_locked!`](super::assert_locked) does, with the folder of the crate that it is written in.
#[track_caller]
#[expect(clippy::panic, reason = "an assertion that does not hold panics, which is what it is for")]
pub fn assert_lock_file(listed: impl Listed, book: &RuleBook, folder: &str, path: impl AsRef<Path>) {
    let path = Path::new(folder).join(path);
    let outcome = Mode::from_env().and_then(|mode| carry_out(mode, listed, book, &path));
    if let Err(failure) = outcome {
        panic!("{failure}");
    }
}

fn carry_out(mode: Mode, listed: impl Listed, book: &RuleBook, path: &Path) -> Result<(), String> {
    if mode == Mode::Skip {
        return Ok(());
    }
    let lock = lock_of(listed, book).map_err(|errors| format!("the router cannot be locked: {errors}"))?;
    match mode {
        Mode::Write => write(path, &lock.to_string()).map_err(|error| format!("`{}` cannot be written: {error}", path.display())),
        Mode::Compare | Mode::Skip => compare(path, &lock),
    }
}

/// Compares the file with the lock of the program, byte for byte but for the ends of the lines, which git may have changed.
fn compare(path: &Path, lock: &Lock) -> Result<(), String> {
    let name = path.display();
    let bytes = fs::read(path).map_err(|error| match error.kind() {
        io::ErrorKind::NotFound => format!("there is no `{name}`: {REMEDY}; read it, and commit it"),
        _ => format!("`{name}` cannot be read: {error}"),
    })?;
    let Ok(text) = String::from_utf8(bytes) else {
        return Err(format!("`{name}` is not UTF-8: {REMEDY}"));
    };
    let committed = text.replace("\r\n", "\n");
    let current = lock.to_string();
    if committed == current {
        return Ok(());
    }
    let reviewed = Lock::parse(&text).map_err(|errors| {
        let errors: String = errors.iter().map(|error| format!("\n- {error}")).collect();
        format!("`{name}` cannot be read:{errors}\n\n{REMEDY}; read what changed, and commit it")
    })?;
    let meaning = diff(&reviewed, lock);
    let meaning = if meaning.is_empty() { "nothing that it means has changed".to_owned() } else { meaning.to_string() };
    let lines = TextDiff::from_lines(&committed, &current);
    let lines = lines.unified_diff().context_radius(3).header("security.lock", "the program").to_string();
    Err(format!(
        "`{name}` says something else than the program:\n\n{lines}\n{meaning}\n\n{REMEDY}; read what changed, and commit it"
    ))
}

/// Writes the file whole or not at all: beside it, and then in its place.
fn write(path: &Path, text: &str) -> io::Result<()> {
    static COUNT: AtomicU64 = AtomicU64::new(0);
    let unique = format!("{}-{}", process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
    let draft = path.with_extension(format!("lock-{unique}"));
    let written = File::create_new(&draft).and_then(|mut file| {
        file.write_all(text.as_bytes())?;
        file.sync_all()
    });
    let placed = written.and_then(|()| fs::rename(&draft, path));
    if placed.is_err() {
        let _ = fs::remove_file(&draft);
    }
    placed
}

#[cfg(test)]
mod tests;
