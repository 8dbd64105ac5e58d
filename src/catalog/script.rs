//! Running a script, as the tool that runs migrations does: statement by statement up to the first that fails, in whatever transaction the
//! tool or the script itself opens.
//!
//! A statement of which nobody can tell what it does is not the end: what it may have made or changed is in doubt from then on, and the rest
//! is run with that.

use super::apply::session::{commit, end_session, is_barred, open, rollback, save};
use super::apply::{self, Statement};
use super::doubt::doubt_effects;
use super::failure::{Result, Stop};
use super::replay::deed;
use super::run::Run;
use super::session::{Opener, Session};
use crate::postgres::barred_in_transaction;
use crate::syntax::lexer::Token;
use crate::syntax::tree::Node;
use crate::syntax::{Content, Script, Statement as ScriptStatement};
use crate::text::Span;

/// The SQL of one direction of a migration.
#[derive(Debug, Clone, Copy)]
pub struct Direction<'s> {
    /// The text that the script's spans index.
    pub text: &'s str,
    /// Its statements.
    pub script: &'s Script,
    /// Who opens the transaction.
    pub around: Around<'s>,
    /// Where its tool does not send what is written.
    pub refused: Option<Refused>,
}

/// Who opens the transaction that a script runs in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Around<'s> {
    /// The tool, around the whole script.
    Tool,
    /// The server: the script is sent as one message.
    Message,
    /// The server, around each message that holds several statements: for each statement the message, if it shares that.
    Messages(&'s [Option<u32>]),
    /// Nobody but the script itself.
    Nobody,
}

/// Where a tool does not send what is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Refused {
    /// How many statements of the script are run before.
    pub after: usize,
    /// What it does instead.
    pub reason: &'static str,
    /// Where that is written.
    pub span: Span,
}

impl<'s> Direction<'s> {
    /// A script that is sent as it is written, statement by statement.
    pub fn plain(text: &'s str, script: &'s Script) -> Self {
        Self { text, script, around: Around::Nobody, refused: None }
    }
}

impl Around<'_> {
    /// Which of the messages that several statements share holds the one at `index` of `script`.
    fn message(self, script: &Script, index: usize) -> Option<u32> {
        match self {
            Around::Message if script.statements.len() > 1 && index < script.statements.len() => Some(0),
            Around::Messages(messages) => messages.get(index).copied().flatten(),
            _ => None,
        }
    }
}

/// How a script ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ended {
    /// The first statement that did not simply succeed, and how. Its span is in the script's text.
    pub stop: Option<Stop>,
    /// The statement that failed, by its place in the script; all after it were not run.
    pub failed_at: Option<usize>,
}

/// Runs a script.
pub fn run_script(run: &mut Run<'_>, direction: Direction<'_>) -> Ended {
    run_script_watched(run, direction, &mut |_, _| {})
}

/// The same, with a look at the session before each statement, which goes by its place in the script.
pub fn run_script_watched(run: &mut Run<'_>, direction: Direction<'_>, watch: &mut dyn FnMut(&Run<'_>, usize)) -> Ended {
    let Direction { text, script, around, refused } = direction;
    let mut ended = Ended { stop: None, failed_at: None };
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
        watch(run, index);
        let message = around.message(script, index);
        if message.is_some() && !run.session.in_block() {
            let before = save(run);
            open(run, Opener::Message, before);
        }
        let outcome = match refused.filter(|refused| refused.after == index) {
            Some(refused) => Err(refused.stop()),
            None => run_statement(run, text, statement, script.tokens_of(statement)),
        };
        let is_last = message.is_some() && around.message(script, index + 1) != message;
        let outcome = outcome.and_then(|()| if is_last { end_message(run) } else { Ok(()) });
        match outcome {
            Ok(()) => {}
            Err(stop @ Stop::Unknown(_)) => {
                deed::doubt(run);
                let first = ended.stop.get_or_insert(stop);
                let reason = match first {
                    Stop::Unknown(doubt) => doubt.reason.clone(),
                    Stop::Fails(_) => String::new(),
                };
                doubt_effects(run, text, statement, script.tokens_of(statement), &reason);
            }
            // Something before that nobody can tell may have seen to it that this does not fail.
            Err(Stop::Fails(failure)) if ended.stop.is_some() => {
                doubt_effects(run, text, statement, script.tokens_of(statement), &failure.message)
            }
            Err(stop) => {
                ended.stop = Some(stop);
                ended.failed_at = Some(index);
                rollback(run);
                doubt_rest(run, text, script, undone_from);
                return ended;
            }
        }
    }
    if let Some(refused) = refused.filter(|refused| refused.after >= script.statements.len()) {
        ended.stop.get_or_insert(refused.stop());
        rollback(run);
        doubt_rest(run, text, script, undone_from);
        return ended;
    }
    finish(run, &mut ended);
    ended
}

impl Refused {
    /// No SQLSTATE: it is the tool that fails, or the server at a part of a statement.
    fn stop(self) -> Stop {
        Stop::fails("", self.reason, self.span)
    }
}

/// Commits what the server has opened around a message.
fn end_message(run: &mut Run<'_>) -> Result {
    match run.session.block.as_ref().map(|block| block.opener) {
        Some(Opener::Message) => commit(run),
        _ => Ok(()),
    }
}

/// Runs a script that makes what is there to begin with, as psql restores a dump: what comes after a statement that fails is run too. Gives what
/// did not simply succeed, in order.
pub fn restore_script(run: &mut Run<'_>, text: &str, script: &Script) -> Vec<Stop> {
    let mut stops = Vec::new();
    for statement in &script.statements {
        if matches!(statement.content, Content::MetaCommand) && ["c", "connect"].contains(&command_word(text, statement.span)) {
            end_session(run);
            run.session = Session::new();
            continue;
        }
        let Err(stop) = run_statement(run, text, statement, script.tokens_of(statement)) else { continue };
        // What is there already need not be made: a server brings the schema `public`, and the configuration may name others.
        if stop.sqlstate() == Some("42P06") {
            continue;
        }
        doubt_effects(run, text, statement, script.tokens_of(statement), "what is there before the first migration is known only in part");
        stops.push(stop.or_at(statement.span));
    }
    end_session(run);
    stops
}

/// Ends what is still open: the tool commits what it opened; what the script opened and never ended is undone with the session.
fn finish(run: &mut Run<'_>, ended: &mut Ended) {
    match run.session.block.as_ref().map(|block| block.opener) {
        Some(Opener::Statement) => rollback(run),
        Some(Opener::Tool | Opener::Message | Opener::Code) => {
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
        Content::Rejected(error) => return Err(Stop::rejected(error, run.world.target)),
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
        && is_barred(run, text, node, barred)?
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
    let word = command_word(text, span);
    if HARMLESS.contains(&word) || word.starts_with('d') || word.starts_with('l') {
        return Ok(());
    }
    Err(Stop::unknown(format!("what psql's `\\{word}` does is not followed"), span))
}

/// The name of psql's command at `span`.
fn command_word(text: &str, span: Span) -> &str {
    text[span].trim_start_matches('\\').split(|c: char| c.is_whitespace()).next().unwrap_or_default()
}

/// What the statements that were not run, or were rolled back, would have made is not known from now on, so that one mistake is one finding and
/// not fifty.
fn doubt_rest(run: &mut Run<'_>, text: &str, script: &Script, from: usize) {
    for statement in &script.statements[from..] {
        doubt_effects(run, text, statement, script.tokens_of(statement), "a statement that fails would have made it");
    }
}
