//! Expressions, queries and data changes of our own statements: each is read, and its canonical text says the same, to us and to PostgreSQL.

use std::collections::BTreeMap;
use std::io::Write;
use std::process::{Command, Stdio};
use std::{env, fs};

use migration_lint::syntax::expression::{self, Node as Part};
use migration_lint::syntax::tree::Node;
use migration_lint::syntax::{Content, Script};
use migration_lint::text::Span;

use super::recorder;

/// What may follow SELECT, or a statement, and its canonical text.
struct Pair {
    place: String,
    written: String,
    canonical: String,
}

/// Every pair in the statements below `folder`; and what is not read, or not as it is written.
fn pairs(folder: &std::path::Path) -> (Vec<Pair>, Vec<String>) {
    let (mut pairs, mut wrong) = (Vec::new(), Vec::new());
    let entries = fs::read_dir(folder).expect("statements").map(|entry| entry.expect("an entry that can be read").path());
    let files: BTreeMap<_, _> = entries.map(|path| (path.file_name().expect("a file").to_string_lossy().into_owned(), path)).collect();
    for (file, path) in files.iter().filter(|(file, _)| file.ends_with(".sql")) {
        let Ok(text) = String::from_utf8(fs::read(path).expect("a file that can be read")) else { continue };
        let script = Script::parse(&text, Span::new(0, text.len() as u32));
        for statement in &script.statements {
            let Content::Parsed(node) = &statement.content else { continue };
            for (kind, span) in parts_of(node, statement.span) {
                let written = &text[span.range()];
                let place = format!("{file}:{}", text[..span.start as usize].lines().count().max(1));
                match canonical(kind, written) {
                    Ok(canonical) => pairs.push(Pair { place, written: kind.statement(written), canonical: kind.statement(&canonical) }),
                    Err(_) if holds_placeholder(written) => {}
                    Err(reason) => wrong.push(format!("{place}: {reason}: {written}")),
                }
            }
        }
    }
    (pairs, wrong)
}

/// Whether it holds what psql or a migration tool fills in, the one thing that is never read.
fn holds_placeholder(written: &str) -> bool {
    let variable = |at: usize| {
        let before = written[..at].ends_with(':');
        !before && written[at + 1..].starts_with(|next: char| next.is_alphabetic() || "'\"_{".contains(next))
    };
    written.contains("{{") || written.contains("${") || written.contains('\\') || written.match_indices(':').any(|(at, _)| variable(at))
}

#[derive(Clone, Copy)]
enum Kind {
    Expression,
    Query,
    Change,
}

impl Kind {
    fn statement(self, text: &str) -> String {
        match self {
            Kind::Expression => format!("SELECT {text}"),
            Kind::Query | Kind::Change => text.to_owned(),
        }
    }
}

/// The expressions and queries of a statement. They are found in what `Debug` writes, so that no kind of node is forgotten.
fn parts_of(node: &Node, span: Span) -> Vec<(Kind, Span)> {
    match node {
        Node::Select(_) => return vec![(Kind::Query, span)],
        // The source of a MERGE is no expression; it is read with all of it.
        Node::Insert(_) | Node::Update(_) | Node::Delete(_) | Node::Merge(_) => return vec![(Kind::Change, span)],
        _ => {}
    }
    let debug = format!("{node:?}");
    let spans = |name: &'static str| {
        debug.match_indices(name).filter_map(|(at, _)| {
            let rest = &debug[at + name.len()..];
            let (start, end) = rest[..rest.find([' ', ',', '}'])?].split_once("..")?;
            Some(Span::new(start.parse().ok()?, end.parse().ok()?))
        })
    };
    let is_merge_source = |span: &Span| debug.contains(&format!("source: Expr {{ span: {span:?} }}"));
    let expressions = spans("Expr { span: ").filter(|span| !is_merge_source(span)).map(|span| (Kind::Expression, span));
    expressions.chain(spans("Query { span: ").map(|span| (Kind::Query, span))).collect()
}

fn canonical(kind: Kind, written: &str) -> Result<String, &'static str> {
    const UNREAD: &str = "not read";
    const DIFFERENT: &str = "not read as it is written";
    match kind {
        Kind::Expression => {
            let tree = expression::read(written);
            if tree.is_unread() && expression::read_query(written).is_some() {
                return canonical(Kind::Query, written).map(|query| format!("({query})"));
            }
            let text = tree.to_string();
            match tree.has_unread() {
                true => Err(UNREAD),
                false if expression::read(&text) != tree => Err(DIFFERENT),
                false => Ok(text),
            }
        }
        Kind::Query => {
            let tree = expression::read_query(written).filter(|tree| !Part::Query(tree).has_unread()).ok_or(UNREAD)?;
            let text = tree.to_string();
            if expression::read_query(&text).as_ref() == Some(&tree) { Ok(text) } else { Err(DIFFERENT) }
        }
        Kind::Change => {
            let tree = expression::read_data_change(written).filter(|tree| !Part::Change(tree).has_unread()).ok_or(UNREAD)?;
            let text = tree.to_string();
            if expression::read_data_change(&text).as_ref() == Some(&tree) { Ok(text) } else { Err(DIFFERENT) }
        }
    }
}

#[test]
fn everything_is_read_and_reads_as_it_is_written() {
    let (pairs, wrong) = pairs(&recorder::folder().join("statements"));
    assert!(wrong.is_empty(), "{} are wrong:\n{}", wrong.len(), wrong.join("\n"));
    assert!(pairs.len() > 500, "only {} expressions and queries", pairs.len());
}

#[test]
fn the_canonical_text_says_the_same_to_postgresql() {
    let Ok(python) = env::var("MIGRATION_LINT_PYTHON") else {
        panic!(
            "MIGRATION_LINT_PYTHON names no Python to ask PostgreSQL's parser with: `tests/run` finds or installs one and runs every test"
        );
    };
    let mut all = pairs(&recorder::folder().join("statements")).0;
    if let Ok(folder) = env::var("MIGRATION_LINT_CANONICAL_CORPUS") {
        all.extend(pairs(folder.as_ref()).0);
    }
    let lines = all.iter().map(|pair| serde_json::json!([pair.place, pair.written, pair.canonical]).to_string() + "\n");
    let mut child = Command::new(python)
        .arg(recorder::folder().join("canonical.py"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("Python starts");
    let mut input = child.stdin.take().expect("a pipe");
    let lines: String = lines.collect();
    let feeder = std::thread::spawn(move || input.write_all(lines.as_bytes()).expect("Python reads"));
    let output = child.wait_with_output().expect("Python ends");
    feeder.join().expect("everything is handed over");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
}
