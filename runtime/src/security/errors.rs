//! What is wrong with a service, found before a socket opens: every problem, not the first.

use std::fmt;

/// Every problem that was found while putting a service together.
///
/// Shown and debugged alike, as a list, so that `main() -> Result<(), Box<dyn Error>>` prints something to act on.
#[derive(Clone, Eq, PartialEq)]
pub struct StartupErrors(Vec<String>);

impl StartupErrors {
    /// `Ok` where there is no problem.
    pub(crate) fn check(problems: Vec<String>) -> Result<(), Self> {
        if problems.is_empty() { Ok(()) } else { Err(Self(problems)) }
    }

    /// One problem.
    #[cfg(feature = "openapi")]
    pub(crate) fn of(problem: &str) -> Self {
        Self(vec![problem.to_owned()])
    }

    /// The problems, each a sentence with its remedy.
    pub fn problems(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(String::as_str)
    }
}

impl fmt::Display for StartupErrors {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let noun = if self.0.len() == 1 { "problem keeps" } else { "problems keep" };
        write!(f, "{} {noun} the service from starting:", self.0.len())?;
        self.0.iter().try_for_each(|problem| write!(f, "\n- {problem}"))
    }
}

impl fmt::Debug for StartupErrors {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl std::error::Error for StartupErrors {}
