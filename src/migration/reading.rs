//! What goose and sql-migrate make of a file: the messages that they send, and why they run none of it.
//!
//! Both collect lines until one ends a statement, and send what they have collected as one message: a line may hold several statements, and so may
//! what stands between the lines of `StatementBegin` and `StatementEnd`. What is no whole statement is sent all the same.
//!
//! * goose (`internal/sqlparser/parser.go`, `ParseSQLMigration`) reads the whole file before it runs any of it, in both directions, and stops at
//!   the first line that it can't make out. Above a statement it passes over comments in `--` and empty lines, but not over comments in `/* */`.
//! * sql-migrate (`sqlparse/sqlparse.go`, `ParseMigration`) passes over everything before the first `Up` or `Down`, over each line that begins
//!   with `-- `, and over a `StatementEnd` that ends nothing.
//!
//! Invariant: what is collected here is what they collect; `ends_with_semicolon` is theirs.

use super::brackets::{Brackets, Spelling, ends_with_semicolon};
use super::comment::lines;
use super::layout::Side;
use super::section::all;
use crate::syntax::Script;
use crate::text::Span;

/// What a tool makes of a file that it reads line by line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    /// The tool's two lines.
    pub brackets: Brackets,
    /// What it sends, in order, each from its first line to the end of its last.
    pub messages: Vec<Span>,
    /// Why it does not run the file as it is written, if it does not; what follows is not read then.
    pub refusal: Option<Refusal>,
}

/// Why a tool does not run a file as it is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Refusal {
    /// The line, or the lines, that it stumbles over.
    pub span: Span,
    /// What is wrong with them.
    pub fault: Fault,
}

/// What is wrong with a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// A word of the tool that it does not know.
    Unknown,
    /// A word of the tool with white space before it.
    Indented,
    /// Nothing says which way the file goes.
    Directionless,
    /// It stands above the line that says which way it goes.
    Early,
    /// `Up` or `Down` once more, or `Down` before `Up`.
    Misplaced,
    /// A beginning without an end.
    Unended,
    /// An end without a beginning.
    Unbegun,
    /// A beginning after another one that has not ended.
    Nested,
    /// No semicolon ends the last statement, or something else than `--` follows that.
    Unfinished,
    /// It follows two lines with nothing between them, and is not sent.
    Lost,
}

impl Fault {
    /// What the tool does then, as a sentence.
    pub const fn reason(self) -> &'static str {
        match self {
            Fault::Unknown => "the tool runs nothing of a file with a line that it can't make out",
            Fault::Indented => "the tool runs nothing of a file in which a line for it is indented",
            Fault::Directionless => "the tool runs nothing of a file that does not say which way it goes",
            Fault::Early => "the tool runs nothing of a file with something else above the line that says which way it goes",
            Fault::Misplaced => "the tool runs nothing of a file with a line for it out of place",
            Fault::Unended => "the tool runs nothing of a file with a `StatementBegin` that has no `StatementEnd`",
            Fault::Unbegun => "the tool runs nothing of a file with a `StatementEnd` that has no `StatementBegin`",
            Fault::Nested => "the tool runs nothing of a file with a `StatementBegin` after another",
            Fault::Unfinished => "the tool runs nothing of a file in which no line ends the last statement",
            Fault::Lost => "the tool leaves this line out, since nothing stands between `StatementBegin` and `StatementEnd` above it",
        }
    }
}

impl Reading {
    /// For each statement of `script` the message that it shares with others, if it does.
    pub fn shared(&self, script: &Script) -> Vec<Option<u32>> {
        let of = |at: u32| {
            let next = self.messages.partition_point(|message| message.end <= at);
            self.messages.get(next).filter(|message| message.start <= at).map(|_| next as u32)
        };
        let own: Vec<Option<u32>> = script.statements.iter().map(|statement| of(statement.span.start)).collect();
        let others = |at: usize| [at.checked_sub(1), Some(at + 1)].into_iter().flatten().filter_map(|other| own.get(other));
        own.iter().enumerate().map(|(at, message)| message.filter(|_| others(at).any(|other| other == message))).collect()
    }

    fn refused(mut self, span: Span, fault: Fault) -> Self {
        self.refusal = Some(Refusal { span, fault });
        self
    }
}

impl Brackets {
    /// What the tool makes of a file.
    pub fn read(self, text: &str) -> Reading {
        match self.spelling {
            Spelling::Free => goose(text, self.unread()),
            Spelling::Exact => sql_migrate(text, self.unread()),
        }
    }

    const fn unread(self) -> Reading {
        Reading { brackets: self, messages: Vec::new(), refusal: None }
    }
}

/// Where goose stands between the two lines.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Pair {
    None,
    /// It began on this line.
    Begun(Span),
    /// It has ended, and nothing has been sent since.
    Ended,
}

fn goose(text: &str, mut reading: Reading) -> Reading {
    let (mut side, mut pair, mut open) = (None, Pair::None, Collected::default());
    for line in lines(text, all(text)) {
        let words = &text[line];
        if side.is_none() && words.trim().is_empty() {
            continue;
        }
        let is_comment = words.trim_start().starts_with("--");
        if is_comment && words.contains("+goose") {
            match (annotation(words), side, pair) {
                (Err(fault), ..) => return reading.refused(line, fault),
                (Ok("up"), None, _) => side = Some(Side::Up),
                (Ok("down"), _, Pair::Begun(begin)) => return reading.refused(begin, Fault::Unended),
                (Ok("down"), Some(Side::Up), _) => match open.said {
                    Some(rest) => return reading.refused(rest, Fault::Unfinished),
                    None => (side, pair) = (Some(Side::Down), Pair::None),
                },
                (Ok("up" | "down"), ..) | (Ok("statementbegin"), None, _) => return reading.refused(line, Fault::Misplaced),
                (Ok("statementbegin"), _, Pair::Begun(_)) => return reading.refused(line, Fault::Nested),
                (Ok("statementbegin"), ..) => pair = Pair::Begun(line),
                (Ok("statementend"), _, Pair::Begun(_)) => pair = Pair::Ended,
                (Ok("statementend"), ..) => return reading.refused(line, Fault::Unbegun),
                (Ok(_), ..) => {}
            }
            if pair != Pair::Ended || annotation(words) != Ok("statementend") {
                continue;
            }
        }
        if !open.any && (is_comment || words.is_empty()) {
            continue;
        }
        if side.is_none() {
            return reading.refused(line, Fault::Early);
        }
        match pair {
            Pair::Ended => {
                if !open.any && !words.trim().is_empty() {
                    return reading.refused(line, Fault::Lost);
                }
                reading.messages.extend(std::mem::take(&mut open).said);
                pair = Pair::None;
            }
            Pair::Begun(_) => open.add(text, line),
            Pair::None => {
                open.add(text, line);
                if ends_with_semicolon(words) {
                    reading.messages.extend(std::mem::take(&mut open).said);
                }
            }
        }
    }
    match (side, pair, open.said) {
        (None, ..) => reading.refused(Span::empty(0), Fault::Directionless),
        (_, Pair::Begun(begin), _) => reading.refused(begin, Fault::Unended),
        (.., Some(rest)) => reading.refused(rest, Fault::Unfinished),
        _ => reading,
    }
}

/// What a line says to goose, in small letters.
fn annotation(line: &str) -> Result<&'static str, Fault> {
    const KNOWN: [&str; 7] = ["up", "down", "statementbegin", "statementend", "no transaction", "envsub on", "envsub off"];
    if line.starts_with([' ', '\t']) {
        return Err(Fault::Indented);
    }
    let said = line.replace("--", "").replacen("+goose", "", 1);
    KNOWN.into_iter().find(|known| said.trim().eq_ignore_ascii_case(known)).ok_or(Fault::Unknown)
}

fn sql_migrate(text: &str, mut reading: Reading) -> Reading {
    let (mut side, mut begun, mut open) = (None, None, Collected::default());
    for line in lines(text, all(text)) {
        let words = &text[line];
        let mut ended = false;
        if words.starts_with("-- ") && !words.starts_with("-- +") {
            continue;
        }
        if let Some(command) = words.strip_prefix("-- +migrate ") {
            match command.split_whitespace().next() {
                None => return reading.refused(line, Fault::Unknown),
                Some(way @ ("Up" | "Down")) => match (begun, open.said) {
                    (Some(begin), Some(_)) => return reading.refused(begin, Fault::Unended),
                    (None, Some(rest)) => return reading.refused(rest, Fault::Unfinished),
                    (_, None) => side = Some(if way == "Up" { Side::Up } else { Side::Down }),
                },
                Some("StatementBegin") if side.is_some() => begun = Some(line),
                Some("StatementEnd") => ended = begun.take().is_some(),
                Some(_) => {}
            }
        }
        if side.is_none() {
            continue;
        }
        if !words.starts_with("-- +") {
            open.add(text, line);
        }
        if ended || (begun.is_none() && ends_with_semicolon(words)) {
            reading.messages.extend(std::mem::take(&mut open).said);
        }
    }
    match (side, begun, open.said) {
        (_, Some(begin), _) => reading.refused(begin, Fault::Unended),
        (None, ..) => reading.refused(Span::empty(0), Fault::Directionless),
        (.., Some(rest)) => reading.refused(rest, Fault::Unfinished),
        _ => reading,
    }
}

/// The lines that have been collected.
#[derive(Default)]
struct Collected {
    any: bool,
    /// From the first to the last that is not blank.
    said: Option<Span>,
}

impl Collected {
    fn add(&mut self, text: &str, line: Span) {
        self.any = true;
        let words = text[line].trim();
        if !words.is_empty() {
            let start = line.start + (text[line].len() - text[line].trim_start().len()) as u32;
            let own = Span::new(start, start + words.len() as u32);
            self.said = Some(self.said.map_or(own, |said| said.to(own)));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The texts of messages, and what is refused.
    type Read = (Vec<String>, Option<(String, Fault)>);

    /// What both tools make of `text`, in which `+tool` is the mark of each.
    fn read(text: &str) -> [Read; 2] {
        let both = [("+goose", Spelling::Free), ("+migrate", Spelling::Exact)];
        both.map(|(mark, spelling)| {
            let text: &str = &text.replace("+tool", mark);
            let reading = Brackets { begin: "", end: "", spelling }.read(text);
            let refusal = reading.refusal.map(|refusal| (text[refusal.span].replace(mark, "+tool"), refusal.fault));
            (reading.messages.iter().map(|message| text[*message].replace(mark, "+tool").replace('\n', "|")).collect(), refusal)
        })
    }

    fn alike(text: &str) -> Read {
        let [goose, sql_migrate] = read(text);
        assert_eq!(goose, sql_migrate, "{text}");
        goose
    }

    #[test]
    fn lines_are_collected_until_one_ends_with_a_semicolon() {
        let text = "-- +tool Up\nSELECT 1; SELECT 2;\nSELECT 3; /* a */\nSELECT 4;-- b\nSELECT 5; -- c\n-- d\n-- +tool Down\n\
                    /* e;\nf */\nSELECT 6\n;\n";
        let messages = ["SELECT 1; SELECT 2;", "SELECT 3; /* a */|SELECT 4;-- b|SELECT 5; -- c", "/* e;", "f */|SELECT 6|;"];
        assert_eq!(alike(text), (messages.map(str::to_owned).to_vec(), None));
    }

    #[test]
    fn what_stands_between_the_two_lines_is_one_message() {
        let text = "-- +tool Up\nSELECT 1\n-- +tool StatementBegin\n, 2;\nSELECT 3;\n-- +tool StatementEnd\n\
                    -- +tool Down\n-- +tool StatementBegin\nSELECT 4\n-- +tool StatementEnd\n-- nothing more\n";
        let [(goose, none), (sql_migrate, nothing)] = read(text);
        assert_eq!((goose.len(), none, nothing), (2, None, None));
        assert_eq!((&goose[1], &sql_migrate), (&"SELECT 4".to_owned(), &goose));
    }

    #[test]
    fn what_is_not_ended_is_refused() {
        for (text, rest) in [
            ("-- +tool Up\nSELECT 1", "SELECT 1"),
            ("-- +tool Up\nSELECT 1; /* a */\n-- +tool Down\nSELECT 1;", "SELECT 1; /* a */"),
            ("-- +tool Up\nSELECT 1;-- a\n", "SELECT 1;-- a"),
            ("-- +tool Up\nSELECT 1;\n/* a */\n", "/* a */"),
        ] {
            assert_eq!(alike(text).1, Some((rest.to_owned(), Fault::Unfinished)), "{text}");
        }
        // Behind a line of blanks goose keeps a comment, and sql-migrate keeps one without a blank behind its marks.
        assert_eq!(read("-- +tool Up\n  \n-- a\n")[0].1, Some(("-- a".to_owned(), Fault::Unfinished)));
        assert_eq!(read("-- +tool Up\n--a\n")[1].1, Some(("--a".to_owned(), Fault::Unfinished)));
    }

    #[test]
    fn a_line_without_its_partner_is_refused() {
        let begin = "-- +tool StatementBegin";
        for text in ["SELECT 1;\n", "SELECT 1;\n-- +tool Down\n"] {
            assert_eq!(alike(&format!("-- +tool Up\n{begin}\n{text}")).1, Some((begin.to_owned(), Fault::Unended)), "{text}");
        }
        let [goose, sql_migrate] = read("-- +tool Up\nSELECT 1;\n-- +tool StatementEnd\nSELECT 2;\n");
        assert_eq!(goose.1, Some(("-- +tool StatementEnd".to_owned(), Fault::Unbegun)));
        assert_eq!(sql_migrate, (vec!["SELECT 1;".to_owned(), "SELECT 2;".to_owned()], None));
        let [goose, sql_migrate] = read(&format!("-- +tool Up\n{begin}\n{begin}\nSELECT 1;\n-- +tool StatementEnd\n"));
        assert_eq!((goose.1, sql_migrate), (Some((begin.to_owned(), Fault::Nested)), (vec!["SELECT 1;".to_owned()], None)));
    }

    #[test]
    fn goose_knows_its_words_and_no_others() {
        let fault = |text: &str| read(text)[0].1.as_ref().map(|(line, fault)| (line.clone(), *fault));
        for (line, wrong) in [
            (" -- +tool Down", Fault::Indented),
            ("-- +tool Dwon", Fault::Unknown),
            ("-- +tool", Fault::Unknown),
            ("-- see +tool", Fault::Unknown),
            ("-- +tool up", Fault::Misplaced),
        ] {
            assert_eq!(fault(&format!("-- +tool Up\nSELECT 1;\n{line}\n")), Some((line.to_owned(), wrong)));
        }
        assert_eq!(fault("-- +tool UP\n--  +TOOL\n"), None);
        assert_eq!(fault("/* a */\n-- +tool Up\n"), Some(("/* a */".to_owned(), Fault::Early)));
        assert_eq!(fault("-- +tool Down\n"), Some(("-- +tool Down".to_owned(), Fault::Misplaced)));
        assert_eq!(
            read("SELECT 1;\n").map(|(_, refusal)| refusal.map(|(_, fault)| fault)),
            [Some(Fault::Early), Some(Fault::Directionless)]
        );
        // Nothing between the two lines, and the next one is gone.
        let text = "-- +tool Up\n-- +tool StatementBegin\n-- +tool StatementEnd\n-- a\nSELECT 1;\n";
        assert_eq!((fault(text), read(text)[1].1.is_none()), (Some(("SELECT 1;".to_owned(), Fault::Lost)), true));
    }

    #[test]
    fn statements_share_a_message() {
        let text = "-- +goose Up\nSELECT 1; SELECT 2;\nSELECT 3;\n";
        let script = Script::parse(text, all(text));
        let reading = Brackets { begin: "", end: "", spelling: Spelling::Free }.read(text);
        assert_eq!(reading.shared(&script), [Some(0), Some(0), None]);
    }
}
