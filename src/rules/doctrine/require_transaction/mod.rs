//! `require-transaction`: one transaction around everything that can run in one, and nothing in it that can't.

mod mend;

use std::sync::Arc;

use crate::diagnostic::{Diagnostic, Severity};
use crate::migration::{Transaction, up_headings};
use crate::postgres::{Barred, Ending, TransactionBlock, TransactionBlocks, When, barred_in_transaction};
use crate::rules::{About, Findings, Group, Meta, MigrationContext, On, Rule};
use crate::syntax::tree::{AlterEnum, EnumAction, Node};
use crate::syntax::{Content, Statement};
use crate::text::Span;

/// The rule.
#[derive(Debug)]
pub struct RequireTransaction;

static META: Meta = Meta {
    id: "require-transaction",
    group: Group::Doctrine,
    severity: Severity::Error,
    on: On::House,
    about: About::Text,
    aliases: &[],
    options: &[],
    page: include_str!("../../../../rules/require-transaction.md"),
};

const MARKER: &str = "-- UP MIGRATION";

impl Rule for RequireTransaction {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check_migration(&self, cx: &MigrationContext<'_>, out: &mut Findings) {
        // Where a tool opens the transaction, a BEGIN of the file's own has no place.
        if cx.sections.up.transaction != Transaction::File {
            return;
        }
        let Some(blocks) = TransactionBlocks::of(&cx.up.script) else { return };
        let check = Check { cx, blocks: &blocks };
        if blocks.blocks.is_empty() {
            match check.first_outside() {
                Some(first) => out.push(check.no_begin(first)),
                None => out.extend(check.marker()),
            }
            return;
        }
        out.extend(check.marker());
        out.extend(check.outside());
        out.extend(check.inside());
        out.extend(check.endings());
        out.extend(check.further_blocks());
        out.extend(check.without_effect());
    }
}

/// What a statement has to do with transactions.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Need {
    /// It belongs into one.
    Inside,
    /// It can't run in one.
    Outside,
    /// It may stand anywhere: settings, psql's commands, what can't be read, the control of transactions itself.
    Neither,
}

struct Check<'c> {
    cx: &'c MigrationContext<'c>,
    blocks: &'c TransactionBlocks,
}

impl<'c> Check<'c> {
    /// The statements that this rule judges: those that stand uncommented below the down marker are another rule's business.
    fn statements(&self) -> impl Iterator<Item = (usize, &'c Statement)> {
        let below = self.cx.sections.after_marker;
        let statements = self.cx.up.script.statements.iter().enumerate();
        statements.filter(move |(_, statement)| below.is_none_or(|below| !below.encloses(statement.span)))
    }

    fn barred(&self, statement: &Statement) -> Option<Barred> {
        barred_in_transaction(self.cx.text(), statement.node()?, self.cx.target)
    }

    fn need(&self, statement: &Statement) -> Need {
        match &statement.content {
            Content::Parsed(Node::Transaction(_) | Node::SetVariable(_)) => Need::Neither,
            // A new label can be used only once its transaction has been committed (PostgreSQL 15, ALTER TYPE): it may have to stand before.
            Content::Parsed(Node::AlterEnum(_)) => Need::Neither,
            // A procedure may end the transaction that it runs in, and fails where that is not its own.
            Content::Parsed(Node::Call(_)) if !self.cx.replayed.succeeds_up_to(statement.span.end) => Need::Neither,
            Content::Parsed(_) => match self.barred(statement).map(|barred| barred.when) {
                Some(When::Always) => Need::Outside,
                Some(When::If(_)) => Need::Neither,
                None => Need::Inside,
            },
            Content::Rejected(_) | Content::Template | Content::Opaque | Content::MetaCommand => Need::Neither,
        }
    }

    /// The statements that belong into a transaction and stand in none.
    fn outsiders(&self) -> impl Iterator<Item = (usize, &'c Statement)> {
        self.statements().filter(|(index, statement)| self.need(statement) == Need::Inside && self.blocks.around(*index).is_none())
    }

    fn first_outside(&self) -> Option<&'c Statement> {
        self.outsiders().next().map(|(_, statement)| statement)
    }

    fn statement(&self, index: usize) -> &'c Statement {
        &self.cx.up.script.statements[index]
    }

    /// A statement's first words, as far as they stand on one line.
    fn words(&self, statement: &Statement) -> Span {
        let tokens = self.cx.up.script.tokens_of(statement);
        match tokens {
            [first, second, ..] if !self.cx.text()[first.span.to(second.span)].contains('\n') => first.span.to(second.span),
            [first, ..] => first.span,
            [] => statement.span,
        }
    }

    fn path(&self) -> Arc<str> {
        Arc::from(self.cx.source().path())
    }

    /// Whether the layout has the house's marker: files that no tool reads.
    fn wants_marker(&self) -> bool {
        self.cx.history.layout.is_named_by_people()
    }

    fn no_begin(&self, first: &Statement) -> Diagnostic {
        let finding = self.cx.finding(self.words(first), "no `BEGIN` opens a transaction around the migration");
        let finding = finding.labelled("committed by itself, as is every statement below");
        let finding = self
            .blocks
            .stray
            .iter()
            .fold(finding, |finding, &index| finding.related(self.path(), self.statement(index).span, "ends no transaction"));
        let unmarked = self.wants_marker() && up_headings(self.cx.text(), &self.cx.up.script).is_empty();
        let above = if unmarked { format!("`{MARKER}` and `BEGIN;`") } else { "`BEGIN;`".to_owned() };
        let help = format!("write {above} above the first statement, and `COMMIT;` below the last that can run in a transaction");
        finding.help(help).fix(self.around())
    }

    /// What is wrong with the marker, if there is a statement that it should stand above.
    fn marker(&self) -> Option<Diagnostic> {
        let governed = |statement: &Statement| match &statement.content {
            Content::Parsed(Node::Transaction(_)) => true,
            _ => self.need(statement) != Need::Neither,
        };
        let (_, first) = self.statements().find(|(_, statement)| self.wants_marker() && governed(statement))?;
        let headings = up_headings(self.cx.text(), &self.cx.up.script);
        match headings.first() {
            None => {
                let finding = self.cx.finding(self.words(first), format!("no `{MARKER}` stands above the first statement"));
                Some(finding.help(format!("write `{MARKER}` on a line of its own above it")).fix(self.marked(first)))
            }
            Some(&marker) if marker.start > first.span.start => {
                let finding = self.cx.finding(marker, format!("`{MARKER}` stands below the first statement"));
                let finding = finding.related(self.path(), self.words(first), "the first statement");
                Some(finding.help("move it above that statement"))
            }
            Some(_) => None,
        }
    }

    /// One finding for the statements before the first transaction, one for those after each.
    fn outside(&self) -> Vec<Diagnostic> {
        let gap = |index: usize| self.blocks.blocks.partition_point(|block| block.begin < index);
        let mut gaps: Vec<(usize, Vec<usize>)> = Vec::new();
        for (index, _) in self.outsiders() {
            match gaps.last_mut() {
                Some((last, statements)) if *last == gap(index) => statements.push(index),
                _ => gaps.push((gap(index), vec![index])),
            }
        }
        gaps.into_iter().map(|(gap, statements)| self.outside_at(gap, &statements)).collect()
    }

    fn outside_at(&self, gap: usize, statements: &[usize]) -> Diagnostic {
        let (noun, verb) = if statements.len() == 1 { ("this statement", "stands") } else { ("statements", "stand") };
        let count = if statements.len() == 1 { String::new() } else { format!("{} ", statements.len()) };
        let (place, near) = match gap.checked_sub(1).and_then(|before| self.blocks.blocks[before].end) {
            Some((end, ending)) => (format!("after `{}`", word(ending)), self.statement(end)),
            None => ("before `BEGIN`".to_owned(), self.statement(self.blocks.blocks[0].begin)),
        };
        let finding =
            self.cx.finding(self.words(self.statement(statements[0])), format!("{count}{noun} {verb} {place}, outside the transaction"));
        let finding = finding.related(self.path(), near.span, "the transaction's edge");
        let finding = finding.help("move it into the transaction, so that a failure leaves nothing half done");
        finding.labelled("committed by itself").fix(self.moved(statements))
    }

    /// The statements in a transaction that can't run in one.
    fn inside(&self) -> Vec<Diagnostic> {
        let inside = self.statements().filter_map(|(index, statement)| Some((self.blocks.around(index)?, self.barred(statement)?)));
        let finding = |(block, barred): (&TransactionBlock, Barred)| {
            let message = format!("`{}` can't run in a transaction (SQLSTATE {})", barred.what, barred.sqlstate);
            let finding = self.cx.finding(barred.span, message).labelled(barred.reason);
            let finding = finding.related(self.path(), self.statement(block.begin).span, "the transaction begins here");
            finding.help("move it below `COMMIT;`, or into a migration of its own")
        };
        inside.filter(|(_, barred)| barred.when == When::Always).map(finding).collect()
    }

    /// Transactions that don't end with COMMIT.
    fn endings(&self) -> Vec<Diagnostic> {
        let finding = |block: &TransactionBlock| match block.end {
            Some((_, Ending::Commit)) => None,
            Some((end, ending)) => {
                let what = match ending {
                    Ending::Prepare => "is left open for somebody else to end",
                    Ending::Commit | Ending::Rollback => "takes back all that the migration has done",
                };
                let finding = self.cx.finding(self.statement(end).span, format!("the transaction ends with `{}`: it {what}", word(ending)));
                Some(finding.help("end it with `COMMIT;`"))
            }
            None => {
                let finding = self.cx.finding(self.statement(block.begin).span, "this transaction never ends: no `COMMIT` follows");
                let help = "what stands in it is rolled back when the session ends: write `COMMIT;` below its last statement";
                Some(finding.help(help).fix(self.ended(block)))
            }
        };
        self.blocks.blocks.iter().filter_map(finding).collect()
    }

    /// Transactions after the first that nothing makes necessary.
    fn further_blocks(&self) -> Vec<Diagnostic> {
        let pairs = self.blocks.blocks.windows(2).filter(|pair| !self.must_be_two(&pair[0], &pair[1]));
        let finding = |pair: &[TransactionBlock]| {
            let begin = self.statement(pair[1].begin);
            let finding = self.cx.finding(begin.span, "the migration has another transaction here: if it fails, the one above stays");
            let finding = finding.related(self.path(), self.statement(pair[0].begin).span, "the one above");
            finding.help("make one transaction of them, or two migrations")
        };
        pairs.map(finding).collect()
    }

    /// Whether the second transaction needs what only a commit gives: a statement between them that runs in none, or a new label of an enum,
    /// which can't be used before it is committed (PostgreSQL 15, ALTER TYPE).
    fn must_be_two(&self, first: &TransactionBlock, second: &TransactionBlock) -> bool {
        let adds_label = |statement: &Statement| match statement.node() {
            Some(Node::AlterEnum(alter)) => matches!(**alter, AlterEnum { action: EnumAction::Add { .. }, .. }),
            _ => false,
        };
        self.statements().any(|(index, statement)| {
            let between = first.end.is_some_and(|(end, _)| end < index && index < second.begin);
            between && self.need(statement) == Need::Outside || first.contains(index) && adds_label(statement)
        })
    }

    /// BEGIN in a transaction, and COMMIT in none.
    fn without_effect(&self) -> Vec<Diagnostic> {
        let judged: Vec<usize> = self.statements().map(|(index, _)| index).collect();
        let judged = |index: &&usize| judged.contains(index);
        let nested = self.blocks.nested.iter().filter(judged).map(|&index| {
            let finding = self.cx.finding(self.statement(index).span, "this `BEGIN` does nothing: a transaction is open already");
            finding.help("take it out; part of a transaction can be undone with `SAVEPOINT`")
        });
        let stray = self.blocks.stray.iter().filter(judged).map(|&index| {
            let finding = self.cx.finding(self.statement(index).span, "this ends no transaction: none is open");
            finding.help("take it out, or write `BEGIN;` where its transaction is to begin")
        });
        nested.chain(stray).collect()
    }
}

/// What ends a transaction, in SQL.
const fn word(ending: Ending) -> &'static str {
    match ending {
        Ending::Commit => "COMMIT",
        Ending::Rollback => "ROLLBACK",
        Ending::Prepare => "PREPARE TRANSACTION",
    }
}
