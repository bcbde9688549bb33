//! What a test does with the lock, as the environment says: `PORTCULLIS_LOCK`.

use std::{env, ffi::OsStr};

/// The name of the variable.
const VARIABLE: &str = "PORTCULLIS_LOCK";

/// What to do with the lock.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Mode {
    /// Compare the file with the program. What a test does unless told otherwise.
    Compare,
    /// Write the file: `cargo portcullis lock`.
    Write,
    /// Pass: `cargo portcullis mutate` wants to know what the other tests notice.
    Skip,
}

impl Mode {
    /// What the environment says.
    pub(super) fn from_env() -> Result<Self, String> {
        Self::of(env::var_os(VARIABLE).as_deref())
    }

    /// What a value of the variable means.
    pub(super) fn of(value: Option<&OsStr>) -> Result<Self, String> {
        let Some(value) = value else { return Ok(Self::Compare) };
        match value.to_str() {
            Some("write") => Ok(Self::Write),
            Some("skip") => Ok(Self::Skip),
            _ => Err(format!(
                "`{VARIABLE}` is `{}`: it may be `write`, to write the lock, or `skip`, to pass without looking at it; \
                 unset it to compare",
                value.display()
            )),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Mode;

    #[test]
    fn two_words_and_nothing_else() {
        assert_eq!(Mode::of(None), Ok(Mode::Compare));
        assert_eq!(Mode::of(Some("write".as_ref())), Ok(Mode::Write));
        assert_eq!(Mode::of(Some("skip".as_ref())), Ok(Mode::Skip));
        for other in ["", "1", "Write", "write ", "overwrite", "\u{1b}[31m"] {
            let error = Mode::of(Some(other.as_ref())).unwrap_err();
            assert!(error.contains("`write`") && error.contains("`skip`"), "{error}");
        }
    }
}
