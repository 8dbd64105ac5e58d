//! For people: each finding with the lines that it speaks of, and at the end what a user does next.

use std::fmt;
use std::io::{self, Write};

use miette::{
    GraphicalReportHandler, GraphicalTheme, LabeledSpan, MietteError, SourceCode, SourceSpan, SpanContents, ThemeCharacters, ThemeStyles,
};
use textwrap::WordSplitter;

use crate::diagnostic::{Applicability, Severity};
use crate::engine::{Finding, Outcome, Reading, Scope};
use crate::text::{SourceFile, Span};

use super::{count, one_line, severities};

/// The columns that line numbers and rulers take beside a line of code.
const GUTTER: usize = 10;

/// What the place that findings are written to can show.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Style {
    /// Colours, by ANSI escapes.
    pub color: bool,
    /// Box characters beyond ASCII.
    pub unicode: bool,
    /// Width in columns.
    pub width: usize,
    /// Whether the summary is written.
    pub summary: bool,
}

pub(super) fn write(out: &mut dyn Write, outcome: &Outcome, style: Style) -> io::Result<()> {
    let handler = GraphicalReportHandler::new_themed(theme(style)).with_width(style.width).with_context_lines(1).with_links(false);
    // A rule's name or a file's would no longer be one that is broken at a hyphen.
    let handler = handler.with_word_splitter(WordSplitter::NoHyphenation);
    let mut text = String::new();
    let mut source: Option<SourceFile> = None;
    for finding in &outcome.findings {
        text.clear();
        let path = &finding.diagnostic.primary.path;
        if source.as_ref().is_none_or(|source| source.path() != &**path) {
            source = outcome.sources.get(path).map(printable);
        }
        let shown = Shown::new(finding, source.as_ref(), style);
        handler.render_report(&mut text, &shown).map_err(io::Error::other)?;
        writeln!(out, "{}\n", text.trim_matches('\n'))?;
        for label in other_files(finding) {
            let place = outcome.sources.get(&label.path).map(|source| source.position(label.span.start).line).unwrap_or(1);
            writeln!(out, "  see {}:{place}: {}\n", label.path, one_line(&label.message))?;
        }
    }
    if style.summary { summary(out, outcome, style) } else { Ok(()) }
}

fn other_files(finding: &Finding) -> impl Iterator<Item = &crate::diagnostic::Label> {
    let here = &finding.diagnostic.primary.path;
    finding.diagnostic.related.iter().filter(move |label| label.path != *here)
}

fn theme(style: Style) -> GraphicalTheme {
    GraphicalTheme {
        characters: if style.unicode { ThemeCharacters::unicode() } else { ThemeCharacters::ascii() },
        styles: if style.color { ThemeStyles::ansi() } else { ThemeStyles::none() },
    }
}

/// How many files, and how many findings of each severity; and what a user does next.
pub(super) fn summary(out: &mut dyn Write, outcome: &Outcome, style: Style) -> io::Result<()> {
    let files = count(outcome.files, "migration file");
    let (files, none) = match &outcome.scope {
        Scope::All => (files, "no migration file was linted".to_owned()),
        Scope::ChangedSince(revision) => {
            let since = format!("changed since `{}`", one_line(revision));
            (format!("{files} {since}"), format!("no migration file has {since}"))
        }
        Scope::Staged => (format!("{files} staged"), "no migration file is staged".to_owned()),
    };
    let mut parts = severities(|severity| outcome.count(severity));
    if outcome.files == 0 && parts.is_empty() {
        writeln!(out, "{none}")?;
        return gap(out, outcome);
    }
    match (is_partial(outcome), parts.is_empty()) {
        (true, _) => parts.push("not complete".to_owned()),
        (false, true) => parts.push("no findings".to_owned()),
        (false, false) => {}
    }
    for (number, word) in [(outcome.suppressed, "suppressed"), (outcome.baselined, "in the baseline")] {
        if number > 0 {
            parts.push(format!("{number} {word}"));
        }
    }
    let line = format!("{files}: {}", parts.join(", "));
    let paint = match outcome.findings.iter().map(|finding| finding.diagnostic.severity).max() {
        Some(Severity::Error) => "31;1",
        Some(Severity::Warning) => "33;1",
        _ if is_partial(outcome) => "31;1",
        _ => "32;1",
    };
    if style.color {
        writeln!(out, "\x1b[{paint}m{line}\x1b[0m")?
    } else {
        writeln!(out, "{line}")?
    }
    gap(out, outcome)?;
    unknown(out, outcome)?;
    if let Some(first) = outcome.findings.first() {
        writeln!(out, "`migration-lint explain {}` says what a rule checks, why, and how to mend it", first.diagnostic.rule)?;
    }
    mendable(out, outcome)
}

/// That nothing found is no proof, where nobody knows what a migration does.
fn unknown(out: &mut dyn Write, outcome: &Outcome) -> io::Result<()> {
    match outcome.unknown {
        0 => Ok(()),
        1 => writeln!(out, "whether 1 migration applies is unknown: `replay` says why"),
        number => writeln!(out, "whether {number} migrations apply is unknown: `replay` says why"),
    }
}

/// How many findings the program can mend by itself.
fn mendable(out: &mut dyn Write, outcome: &Outcome) -> io::Result<()> {
    let (safe, risky) = (outcome.mendable(Applicability::Safe), outcome.mendable(Applicability::Unsafe));
    match (safe, risky) {
        (0, 0) => Ok(()),
        (safe, 0) => writeln!(out, "`--fix` mends {safe} of them, `--diff` shows how"),
        (0, risky) => writeln!(out, "`--fix --unsafe-fixes` mends {risky} of them, `--diff --unsafe-fixes` shows how"),
        (safe, risky) => writeln!(out, "`--fix` mends {safe} of them, `--unsafe-fixes` {risky} more; `--diff` shows how"),
    }
}

/// Whether rules that the configuration switches on may not have run over the files that are counted.
fn is_partial(outcome: &Outcome) -> bool {
    outcome.configuration == Reading::Part
}

/// Why there may be more to find.
fn gap(out: &mut dyn Write, outcome: &Outcome) -> io::Result<()> {
    if is_partial(outcome) {
        writeln!(out, "the configuration could not be read in full: rules that it switches on may not have run")?;
    }
    Ok(())
}

/// A finding as miette wants it.
struct Shown<'a> {
    finding: &'a Finding,
    /// None where the finding is about the file as a whole, whose first line says nothing.
    code: Option<Code<'a>>,
}

impl<'a> Shown<'a> {
    fn new(finding: &'a Finding, source: Option<&'a SourceFile>, style: Style) -> Self {
        let of_lines =
            |source: &&SourceFile| finding.diagnostic.primary.span != source.first_line() || !finding.diagnostic.primary.message.is_empty();
        Self { finding, code: source.filter(of_lines).map(|source| Code { source, columns: style.width.saturating_sub(GUTTER) as u32 }) }
    }
}

impl fmt::Debug for Shown<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.finding.diagnostic.message)
    }
}

impl fmt::Display for Shown<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let found = &self.finding.diagnostic;
        write!(f, "{}[{}] ", found.severity, found.rule)?;
        match &self.code {
            Some(_) => f.write_str(&one_line(&found.message)),
            None => write!(f, "{}: {}", found.primary.path, one_line(&found.message)),
        }
    }
}

impl std::error::Error for Shown<'_> {}

impl miette::Diagnostic for Shown<'_> {
    fn severity(&self) -> Option<miette::Severity> {
        Some(match self.finding.diagnostic.severity {
            Severity::Error => miette::Severity::Error,
            Severity::Warning => miette::Severity::Warning,
            Severity::Info => miette::Severity::Advice,
        })
    }

    fn help<'b>(&'b self) -> Option<Box<dyn fmt::Display + 'b>> {
        let found = &self.finding.diagnostic;
        found.help.as_ref().map(|help| Box::new(help.replace(|c: char| c.is_control() && c != '\n', " ")) as Box<dyn fmt::Display>)
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        self.code.as_ref().map(|code| code as &dyn SourceCode)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        let found = &self.finding.diagnostic;
        let code = self.code.as_ref()?;
        let primary = LabeledSpan::new_primary_with_span(words(&found.primary.message), code.marked(found.primary.span));
        let related = found
            .related
            .iter()
            .filter(|label| label.path == found.primary.path)
            .map(|label| LabeledSpan::new_with_span(words(&label.message), code.marked(label.span)));
        Some(Box::new(std::iter::once(primary).chain(related)))
    }
}

fn words(message: &str) -> Option<String> {
    (!message.is_empty()).then(|| one_line(message).into_owned())
}

/// `source` as a terminal may have it, of equal length: a file must not paint or move the cursor, and every line end is one that miette knows.
fn printable(source: &SourceFile) -> SourceFile {
    let text = source.text();
    let ends_line = |at: usize| text.as_bytes().get(at + 1) != Some(&b'\n');
    let is_plain = |(at, c): (usize, char)| !c.is_control() || matches!(c, '\n' | '\t') || (c == '\r' && !ends_line(at));
    if text.char_indices().all(is_plain) {
        return source.clone();
    }
    let mut out = String::with_capacity(text.len());
    for (at, c) in text.char_indices() {
        match c {
            _ if is_plain((at, c)) => out.push(c),
            '\r' => out.push('\n'),
            _ => out.extend(std::iter::repeat_n('?', c.len_utf8())),
        }
    }
    SourceFile::new(source.path(), out)
}

/// A file's text; miette's own reader scans from the file's first byte for each finding, this one asks the line index.
struct Code<'a> {
    source: &'a SourceFile,
    /// How many bytes of a line fit beside the ruler.
    columns: u32,
}

impl Code<'_> {
    /// A place as miette marks it: cut to what is shown of its first line, since a mark over twenty lines helps nobody.
    fn marked(&self, span: Span) -> SourceSpan {
        let line = self.visible(span.start);
        let end = span.end.min(line.end).max(span.start);
        SourceSpan::new((span.start as usize).into(), (end - span.start) as usize)
    }

    /// The line around byte `at`, or the part of it that fits the width.
    fn visible(&self, at: u32) -> Span {
        let (text, lines) = (self.source.text(), self.source.lines());
        let line = lines.line(text, lines.line_of(at));
        if line.len() <= self.columns {
            return line;
        }
        let start = line.start.max(at.saturating_sub(self.columns / 3).min(line.end.saturating_sub(self.columns)));
        let end = line.end.min(start + self.columns);
        Span::new(character_at(text, start), character_at(text, end).max(character_at(text, at)))
    }

    /// The lines from `before` above to `after` below the one at byte `at`, as far as they fit the width.
    fn around(&self, at: u32, before: usize, after: usize) -> Span {
        let (text, lines) = (self.source.text(), self.source.lines());
        let number = lines.line_of(at);
        let own = lines.line(text, number);
        if own.len() > self.columns {
            return self.visible(at);
        }
        let fits = |line: &usize| lines.line(text, *line).len() <= self.columns;
        let first = (number.saturating_sub(before)..number).rev().take_while(fits).last().unwrap_or(number);
        let last = (number + 1..(number + after + 1).min(lines.len())).take_while(fits).last().unwrap_or(number);
        lines.line(text, first).to(lines.line(text, last))
    }
}

/// The first character boundary at or before byte `at`.
fn character_at(text: &str, at: u32) -> u32 {
    let mut at = at as usize;
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at as u32
}

impl SourceCode for Code<'_> {
    fn read_span<'a>(&'a self, span: &SourceSpan, before: usize, after: usize) -> Result<Box<dyn SpanContents<'a> + 'a>, MietteError> {
        let (text, lines) = (self.source.text(), self.source.lines());
        if span.offset() + span.len() > text.len() {
            return Err(MietteError::OutOfBounds);
        }
        let (start, end) = (span.offset() as u32, (span.offset() + span.len()) as u32);
        // Without context miette asks only where the place is.
        let first = self.around(start, before, after);
        let shown = match before + after {
            0 => Span::new(start, end),
            // The part of a long line that is shown begins where it is asked for: two parts of one line are wider than either.
            _ if self.visible(start).encloses(Span::new(start, end)) => first,
            _ => first.to(self.around(end, 0, after)),
        };
        let position = self.source.position(shown.start);
        Ok(Box::new(Excerpt {
            file: self.source,
            span: (shown.start as usize, shown.len() as usize).into(),
            line: position.line as usize - 1,
            column: position.column as usize - 1,
            lines: lines.line_of(shown.end) - lines.line_of(shown.start) + 1,
        }))
    }
}

/// A piece of a file.
struct Excerpt<'a> {
    file: &'a SourceFile,
    span: SourceSpan,
    line: usize,
    column: usize,
    lines: usize,
}

impl<'a> SpanContents<'a> for Excerpt<'a> {
    fn data(&self) -> &'a [u8] {
        &self.file.text().as_bytes()[self.span.offset()..self.span.offset() + self.span.len()]
    }

    fn span(&self) -> &SourceSpan {
        &self.span
    }

    fn name(&self) -> Option<&str> {
        Some(self.file.path())
    }

    fn line(&self) -> usize {
        self.line
    }

    fn column(&self) -> usize {
        self.column
    }

    fn line_count(&self) -> usize {
        self.lines
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_can_not_paint_the_terminal() {
        let text = "a\x1b[31m\rb\r\nc\u{9b}d\te";
        let shown = printable(&SourceFile::new("a.sql", text));
        assert_eq!(shown.text(), "a?[31m\nb\r\nc??d\te");
        assert_eq!(shown.text().len(), text.len());
    }
}
