//! How the statements of a down migration are written: as they are, behind `-- `, or within a block comment.
//!
//! What is added stands as what it stands beside does. Invariants: nothing that is written into a block comment ends it or opens another; and
//! uncommented, a text over several lines is what it was, so that no line of it but the first has a margin of blanks.

use std::collections::BTreeSet;

use crate::migration::{Brackets, Layout, Origin, Section};
use crate::rules::MigrationContext;
use crate::rules::lines::{line_end, line_start};
use crate::syntax::lexer::{Comment, CommentKind, Mode, Tokens, lex};
use crate::text::{Edit, Span};

/// Something that is written.
pub(super) enum Item {
    /// A comment.
    Remark(String),
    /// A statement without its semicolon.
    Statement(String),
}

/// How the statements of a down migration are written.
pub(super) enum Form {
    /// Each line behind these marks, as in `-- ` and `  --   `.
    Comments(String),
    /// In this block comment.
    Block(Comment),
    Statements,
    /// With these lines around a statement that holds a semicolon.
    Bracketed(Brackets),
}

impl Form {
    /// That of statements in a file of `layout`.
    pub(super) fn of_statements(layout: &dyn Layout) -> Form {
        layout.brackets().map_or(Form::Statements, Form::Bracketed)
    }

    /// Comments as they are written where nothing else says how.
    pub(super) fn of_comments() -> Form {
        Form::Comments("-- ".to_owned())
    }

    /// That of what is written at the end of `place` in a section, as what stands at its start is.
    pub(super) fn at(cx: &MigrationContext<'_>, section: &Section, place: Span) -> Form {
        let text = section.source.text();
        match section.origin {
            Origin::Statements => match cx.history.layout.brackets() {
                Some(brackets) if brackets.around(text, place.end).is_none() => Form::Bracketed(brackets),
                _ => Form::Statements,
            },
            Origin::Comments => match block_around(text, Span::empty(place.end)) {
                Some(block) => Form::Block(block),
                None => marks(text, place.start).map_or_else(Form::of_comments, Form::Comments),
            },
        }
    }

    /// That of all of a section, whose first statement stands at `first`; none where some of it stands in one comment, and some in another.
    pub(super) fn of_all(cx: &MigrationContext<'_>, section: &Section, first: Span) -> Option<Form> {
        let form = Form::at(cx, section, first);
        let text = section.source.text();
        let is_alike = |span: &Span| match &form {
            Form::Comments(_) => text[line_start(text, span.start) as usize..].trim_start().starts_with("--"),
            Form::Block(block) => block.span.encloses(*span),
            Form::Statements | Form::Bracketed(_) => true,
        };
        section.spans.iter().all(is_alike).then_some(form)
    }

    /// The lines of `items`, without the last line end.
    pub(super) fn lines(&self, items: &[Item]) -> String {
        items.iter().map(|item| self.item(item)).collect::<Vec<_>>().join("\n")
    }

    fn item(&self, item: &Item) -> String {
        match (self, item) {
            (Form::Comments(marks), Item::Remark(text)) => format!("{marks}{text}"),
            (_, Item::Remark(text)) => format!("-- {text}"),
            (Form::Comments(marks), Item::Statement(sql)) => format!("{};", commented(sql, marks)),
            (Form::Bracketed(Brackets { begin, end, .. }), Item::Statement(sql)) if sql.contains(';') => format!("{begin}\n{sql};\n{end}"),
            (_, Item::Statement(sql)) => format!("{sql};"),
        }
    }

    /// `items` above the statement at `span`; none where they can't stand there.
    pub(super) fn above(&self, text: &str, span: Span, items: &[Item]) -> Option<Edit> {
        let Form::Block(block) = self else {
            let stands_alone = begins_its_line(text, span.start);
            return stands_alone.then(|| Edit::insertion(line_start(text, span.start), self.lines(items) + "\n"));
        };
        let margin = margin(text, block, span.start);
        Some(Edit::insertion(span.start, format!("{}\n{margin}", within(items, &margin)?)))
    }

    /// `items` behind what stands at `span`.
    pub(super) fn behind(&self, text: &str, span: Span, items: &[Item]) -> Option<Edit> {
        let end = text[..span.end as usize].trim_end().len() as u32;
        let Form::Block(block) = self else {
            return Some(Edit::insertion(line_end(text, end), format!("\n{}", self.lines(items))));
        };
        let margin = margin(text, block, span.start);
        let is_more_than_heading = text[block.span].contains('\n') || text[Span::new(span.start, end)].contains(';');
        match within(items, &margin).filter(|_| is_more_than_heading) {
            Some(lines) => {
                let line = line_end(text, end);
                let at = if line < block.inner().end { line } else { end };
                Some(Edit::insertion(at, format!("\n{margin}{lines}")))
            }
            None => Some(Edit::insertion(line_end(text, block.span.end), format!("\n{}", Form::of_comments().lines(items)))),
        }
    }

    /// `items` in the place of all statements, which stand at `span`; none where they can't stand there, or something else goes with them.
    pub(super) fn instead(&self, text: &str, span: Span, items: &[Item]) -> Option<Edit> {
        let Form::Block(block) = self else {
            let lines = Span::new(line_start(text, span.start), line_end(text, span.end));
            let stand_alone = begins_its_line(text, span.start) && text[Span::new(span.end, lines.end)].trim().is_empty();
            return stand_alone.then(|| Edit::replacement(lines, self.lines(items)));
        };
        if let Some(lines) = within(items, &margin(text, block, span.start)) {
            return Some(Edit::replacement(span, lines));
        }
        // Where they would end the comment, they stand in its place, unless it says more.
        let (before, behind) = (Span::new(block.inner().start, span.start), Span::new(span.end, block.inner().end));
        let is_all = text[before].chars().chain(text[behind].chars()).all(|c| c.is_whitespace() || c == '*');
        let is_last = text[Span::new(block.span.end, line_end(text, block.span.end))].trim().is_empty();
        (is_all && is_last).then(|| Edit::replacement(block.span, Form::of_comments().lines(items)))
    }
}

/// Whether what stands at byte `at` is the first on its line, but for the marks that comment it out: a heading, or another statement, may be.
fn begins_its_line(text: &str, at: u32) -> bool {
    text[Span::new(line_start(text, at), at)].chars().all(|c| c.is_whitespace() || c == '-')
}

/// The blanks and marks before what a line comment says in which byte `at` stands.
fn marks(text: &str, at: u32) -> Option<String> {
    let line = &text[Span::new(line_start(text, at), line_end(text, at))];
    let indent = line.len() - line.trim_start().len();
    let said = line[indent..].strip_prefix("--")?;
    let blanks = said.len() - said.trim_start_matches([' ', '\t']).len();
    Some(line[..indent + 2 + blanks].to_owned()).filter(|_| blanks > 0)
}

/// `sql` with each of its lines commented out behind `marks`; uncommented, a text over several lines is what it was.
fn commented(sql: &str, marks: &str) -> String {
    let bare = marks.trim_end();
    let within = lines_within_texts(sql);
    let line = |(number, line): (usize, &str)| match line.trim().is_empty() {
        true => bare.to_owned(),
        false if within.contains(&number) => format!("{bare} {line}"),
        false => format!("{marks}{line}"),
    };
    sql.split('\n').enumerate().map(line).collect::<Vec<_>>().join("\n")
}

/// The numbers of the lines, from 0, that begin in a text or a comment.
fn lines_within_texts(sql: &str) -> BTreeSet<usize> {
    let Tokens { tokens, comments, .. } = lex(sql, Span::new(0, sql.len() as u32), Mode::Body);
    let spans = tokens.iter().map(|token| token.span).chain(comments.iter().map(|comment| comment.span));
    let number = |at: u32| sql[..at as usize].matches('\n').count();
    spans.filter(|span| sql[*span].contains('\n')).flat_map(|span| number(span.start) + 1..=number(span.end)).collect()
}

/// The block comment that a place stands in.
fn block_around(text: &str, place: Span) -> Option<Comment> {
    let comments = lex(text, Span::new(0, text.len() as u32), Mode::Script).comments;
    comments.into_iter().find(|comment| comment.kind == CommentKind::Block && comment.span.encloses(place))
}

/// What the lines of a block comment begin with: that of byte `at`, or of the next one where that stands behind the comment's mark.
fn margin(text: &str, block: &Comment, at: u32) -> String {
    let start = line_start(text, at);
    let start_of = |line: &str| {
        let blank = line.len() - line.trim_start_matches([' ', '\t']).len();
        let stars = blank + line[blank..].len() - line[blank..].trim_start_matches('*').len();
        let rest = &line[stars..];
        line[..stars + rest.len() - rest.trim_start_matches([' ', '\t']).len()].to_owned()
    };
    if start > block.span.start {
        return start_of(&text[Span::new(start, at)]);
    }
    match text[block.inner()].split_once('\n').filter(|(_, next)| next.trim_start().starts_with('*')) {
        Some((_, next)) => start_of(next),
        None => text[Span::new(start, at)].chars().map(|c| if c.is_whitespace() { c } else { ' ' }).collect(),
    }
}

/// `items` as they stand within a block comment, behind the margin of the first line; none where they would end it, or open another.
fn within(items: &[Item], margin: &str) -> Option<String> {
    let inner = margin.trim_end();
    let items: Vec<String> = items.iter().map(|item| Form::Statements.item(item).replace('\n', &format!("\n{inner}"))).collect();
    let text = items.join(&format!("\n{margin}"));
    (!format!("{margin}{text}").contains("*/") && !text.contains("/*")).then_some(text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::apply;

    fn behind(text: &str, sql: &str) -> String {
        let at = text.find("DROP").expect("it is there") as u32;
        let end = at + text[at as usize..].find(';').expect("it ends") as u32 + 1;
        let block = block_around(text, Span::new(at, end)).expect("it is commented out");
        let edit = Form::Block(block).behind(text, Span::new(at, end), &[Item::Statement(sql.to_owned())]).expect("it can stand there");
        apply(text, &[edit]).expect("one edit")
    }

    #[test]
    fn what_is_added_stands_as_the_lines_beside_it() {
        for (before, after) in [
            ("/*\nDROP TABLE a;\n*/", "/*\nDROP TABLE a;\nSELECT 1;\n*/"),
            ("/*\n * DROP TABLE a; -- all\n */", "/*\n * DROP TABLE a; -- all\n * SELECT 1;\n */"),
            ("/* DROP TABLE a; */\n", "/* DROP TABLE a;\n   SELECT 1; */\n"),
            ("/* DROP TABLE a;\n * */", "/* DROP TABLE a;\n * SELECT 1;\n * */"),
        ] {
            assert_eq!(behind(before, "SELECT 1"), after);
        }
    }

    #[test]
    fn a_text_over_several_lines_keeps_them() {
        assert_eq!(behind("/*\n  DROP TABLE a;\n*/", "SELECT 'a\n b'"), "/*\n  DROP TABLE a;\n  SELECT 'a\n b';\n*/");
        assert_eq!(behind("/*\n * DROP TABLE a;\n */", "SELECT 'a\nb'"), "/*\n * DROP TABLE a;\n * SELECT 'a\n *b';\n */");
    }

    #[test]
    fn line_comments_go_on_behind_the_marks_that_stand_there() {
        let text = "  --   DROP TABLE a;\n--DROP TABLE b;\n";
        assert_eq!((marks(text, 7).as_deref(), marks(text, 23)), (Some("  --   "), None));
        assert_eq!(commented("SELECT\n  'a\nb',\n\n  1", "  --   "), "  --   SELECT\n  --     'a\n  -- b',\n  --\n  --     1");
    }

    #[test]
    fn what_would_end_the_comment_stands_behind_it() {
        for sql in ["SELECT '*/'", "SELECT '/*'"] {
            assert_eq!(behind("/*\nDROP TABLE a;\n*/\n", sql), format!("/*\nDROP TABLE a;\n*/\n-- {sql};\n"));
        }
        assert_eq!(behind("/*\n * DROP TABLE a;\n */\n", "SELECT 4\n/ 2"), "/*\n * DROP TABLE a;\n */\n-- SELECT 4\n-- / 2;\n");
    }
}
