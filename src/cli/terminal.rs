//! What the terminal can show.

use std::io::IsTerminal;

use supports_color::Stream;

use crate::report::Style;

use super::args::ColorArg;

/// Where nothing is known of the width.
const DEFAULT_WIDTH: usize = 100;
/// Narrower than this, wrapping does more harm than a long line.
const MIN_WIDTH: usize = 40;
/// Wider than this, sentences are hard to read.
const MAX_WIDTH: usize = 140;

/// The style of standard output.
pub(super) fn stdout_style(color: ColorArg) -> Style {
    Style {
        color: match color {
            ColorArg::Always => true,
            ColorArg::Never => false,
            ColorArg::Auto => supports_color::on(Stream::Stdout).is_some(),
        },
        unicode: supports_unicode::on(supports_unicode::Stream::Stdout),
        width: width(),
        summary: true,
    }
}

/// The style of a file.
pub(super) fn file_style(color: ColorArg) -> Style {
    Style { color: color == ColorArg::Always, unicode: true, width: DEFAULT_WIDTH, summary: true }
}

fn width() -> usize {
    if !std::io::stdout().is_terminal() {
        return DEFAULT_WIDTH;
    }
    terminal_size::terminal_size().map_or(DEFAULT_WIDTH, |(width, _)| usize::from(width.0).clamp(MIN_WIDTH, MAX_WIDTH))
}
