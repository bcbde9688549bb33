//! The one way out: standard output for what was asked for, standard error for everything else.
//! Commands write styled text; the styles are taken out where nobody would see them.

pub(crate) mod style;

pub(crate) use style::{EMPHASIS, FINE, Painted, QUIET, WIDENED};

use crate::arguments::Color;
use anstream::{AutoStream, ColorChoice};
use std::io::{self, Stderr, Stdout, Write};

/// Where the program prints.
#[derive(Debug)]
pub(crate) struct Output {
    out: AutoStream<Stdout>,
    err: AutoStream<Stderr>,
}

impl Output {
    pub(crate) fn new(color: Color) -> Self {
        let choice = match color {
            Color::Auto => ColorChoice::Auto,
            Color::Always => ColorChoice::Always,
            Color::Never => ColorChoice::Never,
        };
        Self { out: AutoStream::new(io::stdout(), choice), err: AutoStream::new(io::stderr(), choice) }
    }

    /// Prints what was asked for, as it is: the text ends its own lines.
    pub(crate) fn print(&mut self, text: &str) -> io::Result<()> {
        self.out.write_all(text.as_bytes())?;
        self.out.flush()
    }

    /// Tells what else is good to know: one line, without being asked.
    pub(crate) fn note(&mut self, message: &str) {
        self.tell(&style::NOTE, "note", message);
    }

    /// Tells what may be wrong and keeps nothing from its work.
    pub(crate) fn warning(&mut self, message: &str) {
        self.tell(&style::WARNING, "warning", message);
    }

    /// Tells what kept the command from its work.
    pub(crate) fn error(&mut self, message: &str) {
        self.tell(&style::ERROR, "error", message);
    }

    /// Passes on what another program said.
    pub(crate) fn aside(&mut self, said: &str) {
        let _ = self.err.write_all(said.as_bytes());
    }

    fn tell(&mut self, style: &anstyle::Style, kind: &str, message: &str) {
        // There is nowhere left to say that standard error is closed.
        let _ = writeln!(self.err, "{style}{kind}{style:#}: {message}");
    }
}
