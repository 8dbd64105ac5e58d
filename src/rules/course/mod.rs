//! The course of a script: what it makes and takes away, one thing after another, DO blocks included.
//!
//! Whether a statement can be run again, and what a down migration has to take back, both follow from the order in which objects come and
//! go. Names decide which of them are the same; where a name leaves something open (its schema, a function's arguments) it may be the same,
//! and a rule that asks takes the answer that leads to no finding. So does what can't be read: [`Course::doubts`].

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

mod event;
mod index;
mod unread;

use crate::migration::{Sql, Transaction};
use crate::postgres::{Session, Step, StepKind, Subject, Turn, existences, moved_from, walk};
use crate::syntax::lexer::{Mode, Token, TokenKind, lex};
use crate::syntax::tree::{
    FunctionBody, Ident, Name, Node, ObjectKind, OwnedBy, SequenceOption, SequenceOptionKind, TableForm, TransactionAction,
};
use crate::syntax::{Statement, Version};
use crate::text::Span;

use index::Index;
use unread::{Names, Unread, Verb};

pub use event::{Certainty, Event, Touch};

/// What a script makes and takes away.
#[derive(Debug, Default)]
pub struct Course {
    /// In order.
    pub events: Vec<Event>,
    index: Index,
    unread: Vec<Unread>,
    /// The tables whose rows change.
    updated: BTreeSet<String>,
    /// The bodies of the functions that it creates.
    functions: BTreeMap<String, Span>,
    /// How many events stand before the transaction that is open; what it rolls back never was.
    open_from: Option<usize>,
}

impl Course {
    /// The course of `sql`, without the statements that `skip` names, on PostgreSQL `version`.
    pub fn read(sql: &Sql, transaction: Transaction, version: Version, skip: impl Fn(&Statement) -> bool) -> Course {
        let session = match transaction {
            Transaction::File => Session::new(),
            Transaction::Tool | Transaction::ToolWherePossible | Transaction::Message => Session::in_transaction(),
        };
        let mut course = Course::default();
        walk(&sql.text, &sql.script, session, &mut |step| {
            if !skip(step.outer) {
                course.step(&sql.text, &step, version);
            }
        });
        course.index = Index::new(&course.events);
        course
    }

    /// Whether what can't be read may make or take away what `event` is about.
    pub fn doubts(&self, event: &Event, turn: Turn) -> bool {
        self.unread.iter().any(|unread| unread.may_touch(event, turn))
    }

    fn step(&mut self, text: &str, step: &Step<'_>, version: Version) {
        let node = match step.kind {
            StepKind::Statement(node) => node,
            StepKind::Unread(span) => return self.unread.push(Unread::new(text, span, step)),
        };
        if let Node::Transaction(transaction) = node {
            match transaction.action {
                TransactionAction::Begin(_) | TransactionAction::Start(_) => self.open_from = Some(self.events.len()),
                TransactionAction::Rollback(_) => self.events.truncate(self.open_from.take().unwrap_or(usize::MAX)),
                TransactionAction::Commit(_) => self.open_from = None,
                _ => {}
            }
        }
        match node {
            Node::CreateFunction(create) => {
                if let Some(&FunctionBody::Text(body)) = create.body() {
                    self.functions.insert(create.name.object.value(text).into_owned(), body);
                }
            }
            Node::Select(_) | Node::Call(_) => self.calls(text, step.tokens),
            _ => {}
        }
        if let Node::Update(update) = node {
            self.updated.insert(update.target.name.object.value(text).into_owned());
        }
        if let Node::AlterSequence(alter) = node
            && let Some(table) = owner(text, &alter.options)
        {
            let name = alter.name.object.value(text);
            let own = self.events.iter_mut().filter(|event| event.kind == ObjectKind::Sequence && event.name() == Some(&*name));
            own.for_each(|event| event.with = Some(table.clone()));
        }
        let statement = match (step.tokens.first(), step.tokens.last()) {
            (Some(first), Some(last)) => first.span.to(last.span),
            _ => step.outer.span,
        };
        for existence in existences(text, node, step.tokens, version) {
            let mut event = Event::new(text, step, statement, &existence);
            event.with = companion(text, node);
            if let (Node::Insert(insert), Subject::Rows(_)) = (node, &event.subject) {
                event.moved_from = moved_from(text, insert, step.tokens);
                event.reads = insert.reads.iter().map(|table| table.object.value(text).into_owned()).collect();
            }
            self.events.push(event);
        }
    }

    /// What a function does that the script makes and calls is not followed.
    fn calls(&mut self, text: &str, tokens: &[Token]) {
        if self.functions.is_empty() {
            return;
        }
        let names = tokens.iter().filter(|token| matches!(token.kind, TokenKind::Ident | TokenKind::QuotedIdent));
        let called = names.filter_map(|token| self.functions.get(&*Ident { span: token.span }.value(text)));
        let unread: Vec<Unread> =
            called.map(|body| Unread { words: Some(text[*body].to_lowercase()), names: Names::Some, verb: Verb::Known }).collect();
        self.unread.extend(unread);
    }
}

/// What a new object goes with, though it is no part of it.
fn companion(text: &str, node: &Node) -> Option<String> {
    let name = |name: Name| name.object.value(text).into_owned();
    match node {
        Node::CreateTable(create) => match &create.form {
            TableForm::Partition(partition) => Some(name(partition.parent)),
            _ => None,
        },
        Node::CreateSequence(create) => owner(text, &create.options),
        _ => None,
    }
}

fn owner(text: &str, options: &[SequenceOption]) -> Option<String> {
    options.iter().find_map(|option| match option.kind {
        SequenceOptionKind::OwnedBy(OwnedBy::Column(Some(table), _)) => Some(table.object.value(text).into_owned()),
        _ => None,
    })
}

/// Every word and name in the bytes `span` of `text`, as PostgreSQL stores names.
pub fn words(text: &str, span: Span) -> impl Iterator<Item = Cow<'_, str>> {
    let tokens = lex(text, span, Mode::Body).tokens.into_iter();
    let named = tokens.filter(|token| matches!(token.kind, TokenKind::Ident | TokenKind::QuotedIdent | TokenKind::Keyword(_)));
    named.map(|token| Ident { span: token.span }.value(text))
}
