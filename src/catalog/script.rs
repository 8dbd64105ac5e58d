//! Running a script, as the tool that runs migrations does: statement by statement up to the first that fails, in whatever transaction the
//! tool or the script itself opens.
//!
//! A statement of which nobody can tell what it does is not the end: what it may have made or changed is in doubt from then on, and the rest
//! is run with that.

use std::collections::BTreeSet;

use super::Oid;
use super::apply::session::{commit, open, rollback, save};
use super::apply::{self, Statement};
use super::failure::{Result, Stop};
use super::model::RoutineBody;
use super::object::{Class, Name};
use super::rows::Contents;
use super::run::Run;
use super::session::Opener;
use crate::postgres::{self, Action, When, barred_in_transaction, effects};
use crate::syntax::lexer::{Keyword, Mode, Token, TokenKind, lex};
use crate::syntax::tree::{Do, Ident, Node, ObjectKind};
use crate::syntax::{Content, Script, Statement as ScriptStatement, plpgsql};
use crate::text::Span;

/// Who opens the transaction that a script runs in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Around {
    /// The tool, around the whole script.
    Tool,
    /// The server: the script is sent as one message.
    Message,
    /// Nobody but the script itself.
    Nobody,
}

/// How a script ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ended {
    /// The first statement that did not simply succeed, and how. Its span is in the script's text.
    pub stop: Option<Stop>,
    /// The statement that failed, by its place in the script; all after it were not run.
    pub failed_at: Option<usize>,
}

/// Runs the statements of `script`, a script of `text`.
pub fn run_script(run: &mut Run<'_>, text: &str, script: &Script, around: Around) -> Ended {
    run_script_watched(run, text, script, around, &mut |_, _| {})
}

/// The same, with a look at the session before each statement, which goes by its place in the script.
pub fn run_script_watched(run: &mut Run<'_>, text: &str, script: &Script, around: Around, watch: &mut dyn FnMut(&Run<'_>, usize)) -> Ended {
    let mut ended = Ended { stop: None, failed_at: None };
    let several = script.statements.len() > 1;
    if around == Around::Tool {
        let before = save(run);
        open(run, Opener::Tool, before);
    }
    // Where what a failure rolls back begins.
    let mut undone_from = 0;
    for (index, statement) in script.statements.iter().enumerate() {
        if !run.session.in_block() {
            undone_from = index;
        }
        if run.origin.migration.is_some() {
            run.origin.span = statement.span;
        }
        if around == Around::Message && several && !run.session.in_block() {
            let before = save(run);
            open(run, Opener::Message, before);
        }
        watch(run, index);
        match run_statement(run, text, statement, script.tokens_of(statement)) {
            Ok(()) => {}
            Err(stop @ Stop::Unknown(_)) => {
                let first = ended.stop.get_or_insert(stop);
                let reason = match first {
                    Stop::Unknown(doubt) => doubt.reason.clone(),
                    Stop::Fails(_) => String::new(),
                };
                doubt_effects(run, text, statement, &reason);
            }
            // Something before that nobody can tell may have seen to it that this does not fail.
            Err(Stop::Fails(failure)) if ended.stop.is_some() => doubt_effects(run, text, statement, &failure.message),
            Err(stop) => {
                ended.stop = Some(stop);
                ended.failed_at = Some(index);
                rollback(run);
                doubt_rest(run, text, &script.statements[undone_from..]);
                return ended;
            }
        }
    }
    finish(run, &mut ended);
    ended
}

/// Ends what is still open: the tool commits what it opened; what the script opened and never ended is undone with the session.
fn finish(run: &mut Run<'_>, ended: &mut Ended) {
    match run.session.block.as_ref().map(|block| block.opener) {
        Some(Opener::Statement) => rollback(run),
        Some(Opener::Tool | Opener::Message) => {
            if let Err(stop) = commit(run) {
                ended.stop.get_or_insert(stop);
            }
        }
        None => {}
    }
}

/// Runs one statement of a script, with the transaction of its own that it has outside a block.
///
/// # Errors
/// What PostgreSQL raises, or that nobody can tell. Inside a block the caller decides whether that aborts it.
pub fn run_statement(run: &mut Run<'_>, text: &str, statement: &ScriptStatement, tokens: &[Token]) -> Result {
    let whole = statement.span;
    let node = match &statement.content {
        Content::Parsed(node) => node,
        Content::Rejected(error) => return Err(Stop::fails("42601", error.message.clone(), error.span)),
        Content::Template => return Err(Stop::unknown("the tool that runs it fills in a part of the statement", whole)),
        Content::Opaque => return Err(Stop::unknown("its quoting spells it otherwise than it reads", whole)),
        Content::MetaCommand => return meta_command(text, whole),
    };
    if let Some(need) = statement.needs.iter().find(|need| need.since > run.world.target) {
        let message = format!("{} needs PostgreSQL {}", need.what, need.since);
        return Err(Stop::fails("42601", message, need.span));
    }
    if run.session.block.as_ref().is_some_and(|block| block.aborted) && !ends_block(node) {
        let message = "current transaction is aborted, commands ignored until end of transaction block";
        return Err(Stop::fails("25P02", message, whole));
    }
    if run.session.in_block()
        && let Some(barred) = barred_in_transaction(text, node, run.world.target)
        && barred.when == When::Always
    {
        let message = format!("{} cannot run inside a transaction block", barred.what);
        return Err(Stop::fails(barred.sqlstate, message, barred.span));
    }
    run.budget = run.budget.saturating_sub(1);
    let own = !run.session.in_block();
    apply::apply(run, Statement { text, node, tokens, data: statement.data }).map_err(|stop| stop.or_at(whole))?;
    if own && !run.session.in_block() {
        commit(run).map_err(|stop| stop.or_at(whole))?;
    }
    Ok(())
}

fn ends_block(node: &Node) -> bool {
    use crate::syntax::tree::TransactionAction::{Commit, Rollback, RollbackTo};
    matches!(node, Node::Transaction(transaction) if matches!(transaction.action, Commit(_) | Rollback(_) | RollbackTo(_)))
}

/// psql's own commands: those that only print or set psql's variables change nothing.
fn meta_command(text: &str, span: Span) -> Result {
    const HARMLESS: &[&str] = &[
        "echo",
        "qecho",
        "warn",
        "set",
        "unset",
        "pset",
        "timing",
        "prompt",
        "encoding",
        "errverbose",
        "x",
        "a",
        "t",
        "f",
        "H",
        "T",
        "C",
        "o",
        "p",
        "r",
        "s",
        "w",
        "q",
        "restrict",
        "unrestrict",
        "h",
        "?",
        "conninfo",
        "password",
        "cd",
        "!",
    ];
    let word = text[span].trim_start_matches('\\');
    let word = word.split(|c: char| c.is_whitespace()).next().unwrap_or_default();
    if HARMLESS.contains(&word) || word.starts_with('d') || word.starts_with('l') {
        return Ok(());
    }
    Err(Stop::unknown(format!("what psql's `\\{word}` does is not followed"), span))
}

/// What the statements that were not run, or were rolled back, would have made is not known from now on, so that one mistake is one finding and
/// not fifty.
fn doubt_rest(run: &mut Run<'_>, text: &str, statements: &[ScriptStatement]) {
    for statement in statements {
        doubt_effects(run, text, statement, "a statement that fails would have made it");
    }
}

/// What a statement may have done is not known from now on.
pub(super) fn doubt_effects(run: &mut Run<'_>, text: &str, statement: &ScriptStatement, reason: &str) {
    let Some(node) = statement.node() else { return };
    if let Node::Do(code) = node {
        return doubt_code(run, text, code, reason);
    }
    if matches!(node, Node::Select(_) | Node::Call(_)) {
        doubt_called(run, &text[statement.span], reason);
    }
    for effect in effects(text, node) {
        let object = effect.object;
        let name = object.name.map(|name| name.object.value(text));
        match effect.action {
            Action::Create | Action::Replace => {
                if let (Some(name), Some(class)) = (&name, class_of(object.kind)) {
                    run.catalog.doubt(class, Name::from(&**name), reason);
                }
                if let Some(of) = object.of {
                    blur(run, text, of);
                }
            }
            Action::Rename(to) => {
                if let Some(class) = class_of(object.kind) {
                    run.catalog.doubt(class, Name::from(crate::syntax::tree::Ident { span: to }.value(text).as_ref()), reason);
                }
            }
            Action::Alter | Action::Drop => {
                if let Some(of) = object.of.or(object.name) {
                    blur(run, text, of);
                }
            }
            Action::Write => {
                if let Some(Ok(Some(table))) = object.name.map(|name| run.find(Class::Relation, text, name)) {
                    run.catalog.rows.insert(table, Contents::Unknown(reason.into()));
                }
            }
            _ => {}
        }
    }
}

/// How deep calls are followed for what they may have done.
const MOST_CALLS: u32 = 4;

/// What the functions that `text` calls may have done is not known from now on: whatever their bodies name.
fn doubt_called(run: &mut Run<'_>, text: &str, reason: &str) {
    let mut seen: BTreeSet<Oid> = BTreeSet::new();
    let mut texts = vec![text.to_owned()];
    for _ in 0..MOST_CALLS {
        let mut bodies = Vec::new();
        for text in std::mem::take(&mut texts) {
            for word in names(&text) {
                let Ok(Some(oid)) = run.find_named(Class::Routine, None, &word) else { continue };
                let body = run.catalog.get(oid).and_then(|object| object.routine()).map(|routine| &routine.body);
                if let Some(RoutineBody::Text(body)) = body
                    && seen.insert(oid)
                {
                    bodies.push(body.to_string());
                }
            }
        }
        for word in bodies.iter().flat_map(|body| names(body)) {
            for class in [Class::Relation, Class::Type, Class::Routine, Class::Schema] {
                run.catalog.doubt(class, Name::from(word.as_str()), reason);
            }
        }
        texts = bodies;
    }
}

/// The names in a text of SQL, as PostgreSQL stores them.
fn names(text: &str) -> BTreeSet<String> {
    let tokens = lex(text, Span::new(0, text.len() as u32), Mode::Body).tokens;
    let named = tokens.iter().filter(|token| matches!(token.kind, TokenKind::Ident | TokenKind::QuotedIdent));
    named.map(|token| Ident { span: token.span }.value(text).into_owned()).collect()
}

/// What code may have done is not known from now on: what its statements make or change, and whatever its computed texts name.
fn doubt_code(run: &mut Run<'_>, text: &str, code: &Do, reason: &str) {
    let bodies = code.bodies.iter().filter_map(|body| plpgsql::parse(text, *body).ok());
    for body in bodies {
        let Some(block) = body.block() else { continue };
        let mut statements = Vec::new();
        let mut words: BTreeSet<String> = BTreeSet::new();
        postgres::runs(block, &[], &mut |ran, _| match ran {
            postgres::Run::Sql(statement) => statements.push(statement),
            postgres::Run::Text(dynamic) => {
                let named = body.slice(text, dynamic.text.span).split(|c: char| !c.is_alphanumeric() && c != '_');
                words.extend(named.filter(|word| word.len() > 1).map(str::to_owned));
            }
        });
        for statement in statements {
            doubt_effects(run, text, statement, reason);
        }
        for word in words {
            if Keyword::lookup(word.as_bytes()).is_some() {
                continue;
            }
            for class in [Class::Relation, Class::Type, Class::Routine, Class::Schema, Class::Role] {
                run.catalog.doubt(class, Name::from(word.as_str()), reason);
            }
            if let Ok(Some(oid)) = run.find_named(Class::Relation, None, &word) {
                run.catalog.update_relation(oid, |relation| relation.columns_known = false);
            }
        }
    }
}

/// What columns a relation has is not known from now on.
fn blur(run: &mut Run<'_>, text: &str, name: crate::syntax::tree::Name) {
    if let Ok(Some(oid)) = run.find(Class::Relation, text, name) {
        run.catalog.update_relation(oid, |relation| relation.columns_known = false);
    }
}

fn class_of(kind: postgres::Kind) -> Option<Class> {
    use ObjectKind::*;
    let postgres::Kind::Object(kind) = kind else { return None };
    Some(match kind {
        Table | View | MaterializedView | Sequence | Index | ForeignTable => Class::Relation,
        Type | Domain => Class::Type,
        Function | Procedure | Routine | Aggregate => Class::Routine,
        Schema => Class::Schema,
        Extension => Class::Extension,
        Role => Class::Role,
        Publication => Class::Publication,
        Statistics => Class::Statistics,
        Collation => Class::Collation,
        _ => return None,
    })
}
