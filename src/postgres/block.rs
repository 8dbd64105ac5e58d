//! What a block of PL/pgSQL runs, statement by statement, and what stands around each: conditions, handlers, loops, and ways out.
//!
//! Whether a condition holds can't be told from a text. So this says only what may keep a statement from being run, or its error from being
//! seen; what that means is for whoever asks.

use crate::syntax::plpgsql::{
    Block, Branch, Branches, Condition, DeclarationKind, Dynamic, Handler, LoopKind, OpenSource, RaiseLevel, Sql, Statement, StatementKind,
};
use crate::syntax::tree::Expr;
use crate::syntax::{self, literal};

use super::facts::{is_caught_by, is_caught_by_name};

/// What a block runs.
#[derive(Debug, Clone, Copy)]
pub enum Run<'b> {
    /// A statement or query of SQL.
    Sql(&'b syntax::Statement),
    /// A text that is computed.
    Text(&'b Dynamic),
}

/// Something around a statement.
#[derive(Debug, Clone, Copy)]
pub enum Around<'b> {
    /// A branch that is taken if the condition of the last of these holds, and no other; of a CASE with its operand, if they are equal.
    Branch(Option<Expr>, &'b [Branch]),
    /// The branch that is taken if none of these hold.
    Otherwise(Option<Expr>, &'b [Branch]),
    /// A loop that goes on as long as this holds.
    While(Expr),
    /// A loop over what a query finds.
    QueryLoop,
    /// Any other loop.
    Loop,
    /// A block with these handlers for its errors.
    Handled(&'b [Handler]),
    /// A handler.
    Handler(&'b Handler),
    /// A `RETURN`, `EXIT` or `CONTINUE` before it that may be taken; with the branches of an IF that lead to it, if nothing else does.
    WayOut(Option<&'b [Branch]>),
}

/// Calls `see` with whatever `block`, which stands within `around`, runs, in the order of the text, and with what stands around that,
/// outermost first.
pub fn runs<'b>(block: &'b Block, around: &[Around<'b>], see: &mut dyn FnMut(Run<'b>, &[Around<'b>])) {
    Walk { see, around: around.to_vec() }.block(block);
}

/// The same with one statement of a block, whatever stands around it.
pub fn runs_of<'b>(statement: &'b Statement, see: &mut dyn FnMut(Run<'b>, &[Around<'b>])) {
    Walk { see, around: Vec::new() }.statement(&statement.kind);
}

/// Whether one of `handlers` catches errors of `sqlstate` (PostgreSQL 15, 43.6.8).
pub fn catches(text: &str, handlers: &[Handler], sqlstate: &str) -> bool {
    handlers.iter().flat_map(|handler| &handler.conditions).any(|caught| match caught {
        Condition::Name(name) => is_caught_by_name(&name.value(text).to_ascii_lowercase(), sqlstate),
        Condition::SqlState(state) => is_caught_by(&literal::value(text, *state), sqlstate),
    })
}

struct Walk<'b, 's> {
    see: &'s mut dyn FnMut(Run<'b>, &[Around<'b>]),
    around: Vec<Around<'b>>,
}

impl<'b> Walk<'b, '_> {
    fn block(&mut self, block: &'b Block) {
        for declaration in &block.declarations {
            if let DeclarationKind::Cursor(cursor) = &declaration.kind {
                self.sql(&cursor.query);
            }
        }
        if block.handlers.is_empty() {
            return self.statements(&block.statements);
        }
        self.within(Around::Handled(&block.handlers), &block.statements);
        for handler in &block.handlers {
            self.within(Around::Handler(handler), &handler.statements);
        }
    }

    fn within(&mut self, around: Around<'b>, statements: &'b [Statement]) {
        self.around.push(around);
        let depth = self.around.len();
        self.statements(statements);
        // A way out that was found inside stays for what follows.
        let left = self.around[depth..].iter().any(|around| matches!(around, Around::WayOut(_)));
        self.around.truncate(depth - 1);
        if left {
            self.around.push(Around::WayOut(None));
        }
    }

    fn statements(&mut self, statements: &'b [Statement]) {
        statements.iter().for_each(|statement| self.statement(&statement.kind));
    }

    fn statement(&mut self, kind: &'b StatementKind) {
        match kind {
            StatementKind::Block(block) => self.block(block),
            StatementKind::If(branches) => self.branches(None, branches),
            StatementKind::Case(operand, branches) => self.branches(*operand, branches),
            StatementKind::Loop(inner) => {
                let around = match &inner.kind {
                    LoopKind::Query(_, sql) => {
                        self.sql(sql);
                        Around::QueryLoop
                    }
                    LoopKind::Execute(_, dynamic) => {
                        self.text(dynamic);
                        Around::QueryLoop
                    }
                    LoopKind::Cursor(..) => Around::QueryLoop,
                    LoopKind::While(condition) => Around::While(*condition),
                    LoopKind::Forever | LoopKind::Integers { .. } | LoopKind::Array(..) => Around::Loop,
                };
                self.within(around, &inner.statements);
            }
            StatementKind::Return(_) | StatementKind::Exit(..) | StatementKind::Continue(..) => self.around.push(Around::WayOut(None)),
            StatementKind::ReturnQuery(sql) | StatementKind::Perform(sql) | StatementKind::Sql(sql) => self.sql(sql),
            StatementKind::ReturnExecute(dynamic) | StatementKind::Execute(dynamic) => self.text(dynamic),
            StatementKind::Open(open) => match &open.source {
                OpenSource::Query(_, sql) => self.sql(sql),
                OpenSource::Execute(_, dynamic) => self.text(dynamic),
                OpenSource::Bound(_) => {}
            },
            // What RAISE does not let pass fails, so that nothing after it is skipped in silence.
            StatementKind::Raise(raise) if raise.level == RaiseLevel::Exception => {}
            StatementKind::Assign(..)
            | StatementKind::ReturnNext(_)
            | StatementKind::Raise(_)
            | StatementKind::Assert(..)
            | StatementKind::GetDiagnostics(_)
            | StatementKind::Fetch(..)
            | StatementKind::Move(..)
            | StatementKind::Close(_)
            | StatementKind::Null
            | StatementKind::Commit(_)
            | StatementKind::Rollback(_) => {}
        }
    }

    fn branches(&mut self, operand: Option<Expr>, branches: &'b Branches) {
        let before = self.around.len();
        let mut ways_out = Vec::new();
        let all = &branches.branches;
        let inner = all.iter().enumerate().map(|(at, branch)| (Around::Branch(operand, &all[..=at]), &branch.statements));
        let inner = inner.chain(branches.otherwise.iter().map(|statements| (Around::Otherwise(operand, all), statements)));
        for (around, statements) in inner {
            self.within(around, statements);
            if self.around.len() > before {
                // Straight out of a branch; deeper in it other conditions stand before the way out.
                let is_straight = statements.iter().any(|statement| matches!(statement.kind, StatementKind::Return(_)));
                ways_out.push(match around {
                    Around::Branch(None, conditions) | Around::Otherwise(None, conditions) if is_straight => {
                        Around::WayOut(Some(conditions))
                    }
                    _ => Around::WayOut(None),
                });
            }
            self.around.truncate(before);
        }
        self.around.append(&mut ways_out);
    }

    fn sql(&mut self, sql: &'b Sql) {
        (self.see)(Run::Sql(&sql.statement), &self.around);
    }

    fn text(&mut self, dynamic: &'b Dynamic) {
        (self.see)(Run::Text(dynamic), &self.around);
    }
}
