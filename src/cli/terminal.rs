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
    stream_style(color, Stream::Stdout, supports_unicode::Stream::Stdout, std::io::stdout().is_terminal())
}

/// The style of standard error.
pub(super) fn stderr_style(color: ColorArg) -> Style {
    stream_style(color, Stream::Stderr, supports_unicode::Stream::Stderr, std::io::stderr().is_terminal())
}

fn stream_style(color: ColorArg, colors: Stream, characters: supports_unicode::Stream, is_terminal: bool) -> Style {
    Style {
        color: match color {
            ColorArg::Always => true,
            ColorArg::Never => false,
            ColorArg::Auto => supports_color::on(colors).is_some(),
        },
        unicode: supports_unicode::on(characters),
        width: if is_terminal { width() } else { DEFAULT_WIDTH },
        summary: true,
    }
}

/// The style of a file.
pub(super) fn file_style(color: ColorArg) -> Style {
    Style { color: color == ColorArg::Always, unicode: true, width: DEFAULT_WIDTH, summary: true }
}

fn width() -> usize {
    terminal_size::terminal_size().map_or(DEFAULT_WIDTH, |(width, _)| usize::from(width.0).clamp(MIN_WIDTH, MAX_WIDTH))
}
