//! The colours, by what they mean.

use anstyle::{AnsiColor, Style};
use std::fmt;

pub(crate) const ERROR: Style = AnsiColor::BrightRed.on_default().bold();
pub(crate) const WARNING: Style = AnsiColor::Yellow.on_default().bold();
pub(crate) const NOTE: Style = AnsiColor::Cyan.on_default().bold();

/// What lets more through than before.
pub(crate) const WIDENED: Style = AnsiColor::BrightRed.on_default().bold();
/// What is as it should be.
pub(crate) const FINE: Style = AnsiColor::Green.on_default();
/// What a reader looks for.
pub(crate) const EMPHASIS: Style = Style::new().bold();
/// What a reader may skip.
pub(crate) const QUIET: Style = Style::new().dimmed();

/// Text in a style: what [`Output`](super::Output) prints with colours, or without.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Painted<T>(pub(crate) Style, pub(crate) T);

impl<T: fmt::Display> fmt::Display for Painted<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self(style, text) = self;
        write!(f, "{style}{text}{style:#}")
    }
}
