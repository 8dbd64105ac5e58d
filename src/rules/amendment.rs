//! What is added to the migration that made something: statements below the one that did, columns in a new table, and what a down migration
//! has to drop then.
//!
//! Such fixes change the schema, and say so; none is safe. A name is written as it is at that place of the history, so that an object that gets
//! another name later has none.

mod columns;

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::sync::Arc;

use crate::catalog::{Oid, Origin, describe};
use crate::diagnostic::{Applicability, FileEdit, Fix, Stage};
use crate::migration::{Brackets, Migration, Sql, Transaction};
use crate::syntax::Statement;
use crate::syntax::lexer::Comment;
use crate::syntax::tree::{
    AlterActionKind, Column, ColumnChange, ColumnConstraintKind, ColumnRef, CreateTable, Name, Node, TableForm, WithData,
};
use crate::text::{Edit, SourceFile, Span};

use super::course::words;
use super::kept::ReadMigration;
use super::lines::{indent, line_end, line_start, statement_end, with_allowances, with_comments};
use super::{HistoryContext, OwnTable};

/// A statement of an up section, which made something.
pub(super) struct Maker<'h> {
    migration: &'h Migration,
    read: Arc<ReadMigration>,
    index: usize,
}

impl<'h> Maker<'h> {
    /// The statement that `origin` names; none where no migration made the thing.
    pub(super) fn of(cx: &HistoryContext<'h>, origin: Origin) -> Option<Maker<'h>> {
        let migration = cx.history.migrations.get(origin.migration? as usize)?;
        let read = cx.kept.read(migration);
        let place = migration.place(origin.span);
        let index = read.up.script.statements.iter().position(|statement| statement.span.encloses(place))?;
        Some(Maker { migration, read, index })
    }

    /// The statement.
    pub(super) fn statement(&self) -> &Statement {
        &self.read.up.script.statements[self.index]
    }

    /// What `CREATE TABLE` says, if the statement is one that lists columns.
    pub(super) fn create_table(&self) -> Option<&CreateTable> {
        match self.statement().node()? {
            Node::CreateTable(create) if matches!(create.form, TableForm::Plain) && create.elements.is_some() => Some(create),
            _ => None,
        }
    }

    /// Whether nothing but the file itself opens its transactions.
    pub(super) fn opens_own_transactions(&self) -> bool {
        self.read.sections.up.transaction == Transaction::File
    }

    /// Whether the statement makes the table that is called `table`.
    pub(super) fn makes(&self, table: &str) -> bool {
        self.create_table().is_some_and(|create| create.name.object.value(&self.read.up.text) == table)
    }

    /// Whether the statement names all of `names`, as they are called at the end of the history.
    pub(super) fn names<'n>(&self, mut names: impl Iterator<Item = &'n str>) -> bool {
        let words: BTreeSet<Cow<'_, str>> = words(&self.read.up.text, self.statement().span).collect();
        names.all(|name| words.contains(name))
    }

    /// The table as the statement writes its name; with its schema where it stands in a block.
    pub(super) fn written(&self, cx: &HistoryContext<'_>, table: Oid) -> String {
        let name: Option<Name> = match self.statement().node() {
            Some(Node::CreateTable(create)) => Some(create.name),
            Some(Node::AlterTable(alter)) => Some(alter.relation.name),
            Some(Node::CreateTableAs(create)) => Some(create.name),
            _ => None,
        };
        name.map_or_else(|| describe::qualified(cx.end, table), |name| self.read.up.text[name.span()].to_owned())
    }

    fn edit(&self, edit: Edit) -> FileEdit {
        FileEdit { path: Arc::from(self.migration.up.path()), edit }
    }

    /// `lines` below the statement.
    pub(super) fn below(&self, lines: &[String]) -> Option<FileEdit> {
        self.below_statement(self.index, lines)
    }

    /// `lines` below the statement, and below the indexes of the table called `table` that follow it with nothing but indexes and comments between.
    pub(super) fn below_indexes(&self, table: &str, lines: &[String]) -> Option<FileEdit> {
        let behind = &self.read.up.script.statements[self.index + 1..];
        let is_beside = |statement: &&Statement| matches!(statement.node(), Some(Node::CreateIndex(_) | Node::CommentOn(_)));
        let is_own = |statement: &Statement| matches!(statement.node(), Some(Node::CreateIndex(create)) if create.table.name.object.value(&self.read.up.text) == table);
        let run = &behind[..behind.iter().take_while(is_beside).count()];
        self.below_statement(self.index + run.iter().rposition(is_own).map_or(0, |last| last + 1), lines)
    }

    fn below_statement(&self, index: usize, lines: &[String]) -> Option<FileEdit> {
        let (text, statement) = (&self.read.up.text, self.read.up.script.statements.get(index)?);
        let terminator = statement.terminator.filter(|end| &text[*end] == ";")?;
        let end = statement_end(text, &self.read.up.script, terminator.end);
        let indent = indent(text, statement.span.start);
        let lines: String = lines.iter().map(|line| format!("\n{indent}{line}")).collect();
        // What goes on behind it on its line goes on below.
        let rest = &text[Span::new(end, line_end(text, end))];
        let gap = rest.len() - rest.trim_start().len();
        match rest.trim().is_empty() {
            true => Some(self.edit(Edit::insertion(end, lines))),
            false => Some(self.edit(Edit::replacement(Span::new(end, end + gap as u32), format!("{lines}\n{indent}")))),
        }
    }

    /// `lines`, and an empty one, above the first statement that makes a table, and above what is said of it.
    pub(super) fn above_tables(&self, cx: &HistoryContext<'_>, lines: &[String]) -> FileEdit {
        let Sql { text, script, .. } = &self.read.up;
        let first = script.statements.iter().position(|statement| matches!(statement.node(), Some(Node::CreateTable(_))));
        let first = first.unwrap_or(self.index).min(self.index);
        let at = script.statements[first].span.start;
        let indent = indent(text, at);
        let lines: String = lines.iter().map(|line| format!("{indent}{line}\n")).collect();
        // What stands above the very first statement is the file's header.
        let brackets = cx.history.layout.brackets();
        let is_own = |comment: &Comment| !brackets.is_some_and(|brackets| brackets.is_directive(&text[comment.span]));
        let top = if first == 0 { with_allowances(text, script, at) } else { with_comments(text, script, at, is_own) };
        let brackets = brackets.filter(|brackets| brackets.around(text, top).is_none());
        let lines = brackets.map_or_else(|| lines.clone(), |Brackets { begin, end, .. }| format!("{begin}\n{lines}{end}\n"));
        self.edit(Edit::insertion(line_start(text, top), lines + "\n"))
    }

    /// Columns behind the last one of a new table.
    pub(super) fn columns(&self, definitions: &[String]) -> Option<Vec<FileEdit>> {
        let edits = columns::behind_last(&self.read.up.text, self.create_table()?, definitions)?;
        Some(edits.into_iter().map(|edit| self.edit(edit)).collect())
    }

    /// The column called `name` of the table called `table`, where the statement makes it.
    pub(super) fn column(&self, table: &str, name: &str) -> Option<&Column> {
        let text = &self.read.up.text;
        let is_meant = |column: &&Column| column.name.value(text) == name;
        match self.statement().node()? {
            Node::CreateTable(_) if self.makes(table) => self.create_table()?.columns().find(is_meant),
            Node::AlterTable(alter) if alter.relation.name.object.value(text) == table => {
                let added = alter.actions.iter().filter_map(|action| match &action.kind {
                    AlterActionKind::AddColumn(add) => Some(&add.column),
                    _ => None,
                });
                added.into_iter().find(is_meant)
            }
            _ => None,
        }
    }

    /// The default that the statement gives to the column called `name` of the table called `table`.
    pub(super) fn default(&self, table: &str, name: &str) -> Option<Span> {
        let text = &self.read.up.text;
        let written =
            self.column(table, name).into_iter().flat_map(|column| &column.constraints).find_map(|constraint| match &constraint.kind {
                ColumnConstraintKind::Default(default) => Some(default.span),
                _ => None,
            });
        let set = || match self.statement().node()? {
            Node::AlterTable(alter) if alter.relation.name.object.value(text) == table => {
                alter.actions.iter().find_map(|action| match &action.kind {
                    AlterActionKind::AlterColumn(ColumnRef::Name(column), ColumnChange::SetDefault(default)) if column.is(text, name) => {
                        Some(default.span)
                    }
                    _ => None,
                })
            }
            _ => None,
        };
        written.or_else(set)
    }

    /// `ALTER TABLE … ADD COLUMN` for each definition below the statement, which makes the table called `table` otherwise than by a list of columns.
    fn columns_below(&self, cx: &HistoryContext<'_>, table: &OwnTable<'_>, definitions: &[String]) -> Option<Vec<FileEdit>> {
        let (guard, name) = match self.statement().node()? {
            Node::CreateTableAs(create) if create.name.object.is(&self.read.up.text, &table.object.name) => {
                ("", self.read.up.text[create.name.span()].to_owned())
            }
            // A block may make it or not.
            Node::Do(_) => ("IF EXISTS ", describe::qualified(cx.end, table.oid)),
            _ => return None,
        };
        let actions: Vec<String> = definitions.iter().map(|definition| format!("  ADD COLUMN IF NOT EXISTS {definition}")).collect();
        let lines: Vec<String> = format!("ALTER TABLE {guard}{name}\n{};", actions.join(",\n")).split('\n').map(str::to_owned).collect();
        Some(vec![self.below(&lines)?])
    }

    /// Whether the statement fills the table that it makes with the rows of a query.
    fn fills(&self) -> bool {
        matches!(self.statement().node(), Some(Node::CreateTableAs(create)) if !create.data.as_ref().is_some_and(|data| data.value == WithData::NoData))
    }

    /// `words` behind a place in the statement.
    pub(super) fn behind(&self, at: u32, words: &str) -> FileEdit {
        self.edit(Edit::insertion(at, format!(" {words}")))
    }

    /// Other words in the place of `span`.
    pub(super) fn instead(&self, span: Span, words: &str) -> FileEdit {
        self.edit(Edit::replacement(span, words))
    }

    /// `drop` as the first statement of the down migration, if that has any: one edit, or none. Nothing where it can't be put there.
    pub(super) fn dropped(&self, drop: &str) -> Option<Option<FileEdit>> {
        let Some(down) = Down::of(self) else { return Some(None) };
        let (start, margin) = down.line(down.first)?;
        Some(Some(down.insertion(start, format!("{margin}{drop};\n"))))
    }

    /// `drop` as its last statement, likewise.
    pub(super) fn dropped_last(&self, drop: &str) -> Option<Option<FileEdit>> {
        let Some(down) = Down::of(self) else { return Some(None) };
        let (_, margin) = down.line(down.last)?;
        let end = down.end?;
        // A comment may end behind the statement that ends the down section: what is added stays within it.
        let at = if margin.contains("--") { line_end(down.source.text(), end) } else { end };
        Some(Some(down.insertion(at, format!("\n{margin}{drop};"))))
    }
}

/// The down section of a migration, and where the first and the last of its statements stand that are no BEGIN, COMMIT or SET.
struct Down<'m> {
    source: &'m SourceFile,
    first: Span,
    last: Span,
    /// Behind the last one's semicolon.
    end: Option<u32>,
}

impl<'m> Down<'m> {
    fn of(maker: &'m Maker<'_>) -> Option<Self> {
        let (section, sql) = maker.read.down()?;
        let is_control = |statement: &&Statement| matches!(statement.node(), Some(Node::Transaction(_) | Node::SetVariable(_)));
        let mut statements = sql.script.statements.iter().filter(|statement| !is_control(statement));
        let first = statements.next()?;
        let last = statements.next_back().unwrap_or(first);
        Some(Self { source: &section.source, first: first.span, last: last.span, end: last.terminator.map(|semicolon| semicolon.end) })
    }

    /// Where the line begins on which a statement does, and what stands before it there: blanks, and where each line is a comment of its own its
    /// marks. With anything else there nothing can be added.
    fn line(&self, statement: Span) -> Option<(u32, &'m str)> {
        let file = self.source.text();
        let start = line_start(file, statement.start);
        let margin = &file[Span::new(start, statement.start)];
        margin.chars().all(|c| c.is_whitespace() || matches!(c, '-' | '*')).then_some((start, margin))
    }

    fn insertion(&self, at: u32, text: String) -> FileEdit {
        FileEdit { path: Arc::from(self.source.path()), edit: Edit::insertion(at, text) }
    }
}

/// A fix that adds to the schema what `title` says.
pub(super) fn addition(title: impl Into<String>, edits: Vec<FileEdit>) -> Option<Fix> {
    (!edits.is_empty()).then(|| Fix::new(title, Applicability::Unsafe, edits))
}

/// New columns of a table, in the statement that makes it, or below it where that does not list its columns; none where rows would have no value for
/// them, as `filled` says, or a statement fills the table by the places of its columns and would fill others then.
pub(super) fn new_columns(cx: &HistoryContext<'_>, table: &OwnTable<'_>, definitions: &[String], filled: Filled) -> Option<Fix> {
    let maker = Maker::of(cx, table.object.origin)?;
    let names: Vec<&str> = definitions.iter().filter_map(|definition| definition.split(' ').next()).collect();
    if filled == Filled::ByRows && (cx.end.rows.contains_key(&table.oid) || maker.fills()) {
        return None;
    }
    if shifts_values(cx, table) {
        return None;
    }
    let stage = if maker.makes(&table.object.name) { Stage::Text } else { Stage::Columns };
    let edits = match maker.makes(&table.object.name) {
        // What is there and goes again later would only come twice.
        true if names.iter().any(|name| maker.column(&table.object.name, name).is_some()) => None,
        true => maker.columns(definitions),
        false => maker.columns_below(cx, table, definitions),
    };
    // A table that is made of another's rows may have the columns when that has them.
    addition(format!("add {}", super::places::listed(names)), edits?).map(|fix| fix.at(stage))
}

/// Whether values that a statement writes by their places would go to other columns, or be too few, with new ones behind those that the table was
/// made with.
fn shifts_values(cx: &HistoryContext<'_>, table: &OwnTable<'_>) -> bool {
    let Some(last) = cx.end.last_filled(table.oid) else { return false };
    let own = table.object.origin;
    let is_own = |origin: Origin| origin.migration == own.migration && own.span.encloses(origin.span);
    last == i16::MAX || table.relation.columns.iter().any(|column| column.number <= last && !is_own(table.brought_by(column)))
}

/// Where rows that are there already get the value of a new column from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Filled {
    /// From its default.
    ByDefault,
    /// From nowhere but whoever writes them.
    ByRows,
}
