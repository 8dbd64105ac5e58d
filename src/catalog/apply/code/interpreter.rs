//! The interpreter of PL/pgSQL: blocks, declarations, statements.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::super::data::scope;
use super::super::session::{commit_code, rollback_code};
use super::cursor::Opened;
use super::handler::Caught;
use crate::catalog::doubt::doubt_statement;
use crate::catalog::evaluate::{Cast, Evaluator, Variable, Variables, cast, is_true};
use crate::catalog::expression::analysis::{self, Place};
use crate::catalog::failure::{Result, Stop};
use crate::catalog::model::{TypeId, TypeUse};
use crate::catalog::object::{Class, Name};
use crate::catalog::replay::deed::{self, Deeds};
use crate::catalog::rows::Value;
use crate::catalog::run::Run;
use crate::catalog::session::Opener;
use crate::catalog::store::Catalog;
use crate::catalog::types;
use crate::syntax::expression::{Expression, read};
use crate::syntax::plpgsql::{Block, Body, BoundCursor, Branches, Declaration, DeclarationKind, Statement, StatementKind, VariableType};
use crate::syntax::tree::{Expr, Ident, Name as WrittenName};
use crate::text::Span;

/// A body that is run, and the text that its spans index.
#[derive(Debug, Clone, Copy)]
pub(super) struct Code<'b> {
    pub(super) text: &'b str,
    pub(super) body: &'b Body,
}

/// How a statement leaves the code behind it.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Flow {
    /// What follows is run.
    Next,
    /// A loop, or a block by its label, is left.
    Exit(Option<Name>),
    /// A loop goes on with its next turn.
    Continue(Option<Name>),
    /// The function ends.
    Return,
}

/// What runs code.
pub(super) struct Interpreter<'r, 'w, 'b> {
    pub(super) run: &'r mut Run<'w>,
    pub(super) code: Code<'b>,
    pub(super) variables: Variables,
    /// What RETURN gave.
    pub(super) returned: Option<Value>,
    /// The error that the innermost handler handles.
    pub(super) caught: Option<Caught>,
    /// How many rows the last statement changed or gave.
    pub(super) count: Option<usize>,
    /// How names are looked up in which a column and a variable may be meant.
    pub(super) place: Place,
    /// Cursors that were declared with their queries.
    pub(super) cursors: Vec<(Name, &'b BoundCursor)>,
    /// Cursors that are open.
    pub(super) opened: BTreeMap<Name, Opened>,
    /// The statements that could not be followed, where what comes after them is looked at all the same.
    pub(super) doubts: Vec<Stop>,
}

impl<'r, 'w, 'b> Interpreter<'r, 'w, 'b> {
    pub(super) fn new(run: &'r mut Run<'w>, code: Code<'b>, variables: Variables) -> Self {
        let directed = code.text[code.body.span].contains("#variable_conflict");
        let place = if directed { Place::Anywhere } else { Place::Code };
        let (cursors, opened) = (Vec::new(), BTreeMap::new());
        Interpreter { run, code, variables, returned: None, caught: None, count: Some(0), place, cursors, opened, doubts: Vec::new() }
    }

    /// Runs the outermost block.
    pub(super) fn run_body(&mut self, block: &'b Block) -> Result {
        if self.run.depth >= super::DEEPEST {
            self.run.budget = 0;
            return Err(Stop::unknown("code calls itself too deep", None));
        }
        self.run.depth += 1;
        let around = deed::enter(self.run);
        self.variables.open(None);
        self.variables.declare(Variable::new("found", Some(TypeUse::built_in("bool")), Value::Boolean(false)));
        let result = self.block(block);
        self.variables.close();
        self.run.depth -= 1;
        deed::leave(self.run, around);
        self.doubts.drain(..).next().map_or(result.map(drop), Err)
    }

    /// What a name is stored as.
    pub(super) fn name(&self, ident: Ident) -> Name {
        Name::from(ident.value(self.code.text).as_ref())
    }

    /// The text of an expression.
    pub(super) fn slice(&self, span: Span) -> &'b str {
        self.code.body.slice(self.code.text, span)
    }

    /// Runs a block, its handlers too.
    pub(super) fn block(&mut self, block: &'b Block) -> Result<Flow> {
        let label = block.label.map(|label| self.name(label));
        let depth = self.variables.depth();
        self.variables.open(label.clone());
        let result = self.declare(&block.declarations).and_then(|()| match block.handlers.is_empty() {
            true => self.statements(&block.statements),
            false => self.handled(block),
        });
        self.variables.close_to(depth);
        match result? {
            Flow::Exit(Some(name)) if label.as_ref() == Some(&name) => Ok(Flow::Next),
            flow => Ok(flow),
        }
    }

    fn declare(&mut self, declarations: &'b [Declaration]) -> Result {
        for declaration in declarations {
            let name = self.name(declaration.name);
            match &declaration.kind {
                DeclarationKind::Variable(variable) => {
                    let ty = self.variable_type(&variable.ty)?;
                    let value = match variable.default {
                        Some(default) => self.evaluate(default)?,
                        None => Value::Null,
                    };
                    let value = self.coerce(value, ty.as_ref()).map_err(|stop| stop.or_at(declaration.span))?;
                    if variable.not_null.is_some() && value == Value::Null {
                        let message = format!("null value cannot be assigned to variable \"{name}\" declared NOT NULL");
                        return Err(Stop::fails("22004", message, declaration.span));
                    }
                    let (not_null, constant) = (variable.not_null.is_some(), variable.constant.is_some());
                    self.variables.declare(Variable { not_null, constant, ..Variable::new(name, ty, value) });
                }
                DeclarationKind::Alias(of) => {
                    let of = read(self.slice(*of));
                    let found = of.as_column().and_then(|parts| self.variables.find(parts)).cloned();
                    let value = Evaluator::with_variables(self.run, &self.variables).value(&of)?;
                    let ty = found.and_then(|variable| variable.ty);
                    self.variables.declare(Variable::new(name, ty, value));
                }
                DeclarationKind::Cursor(cursor) => {
                    self.cursors.push((Name::clone(&name), cursor));
                    self.variables.declare(Variable::new(name, None, Value::NotNull));
                }
            }
        }
        Ok(())
    }

    /// The type of a variable; none of a record.
    pub(super) fn variable_type(&mut self, ty: &VariableType) -> Result<Option<TypeUse>> {
        let found = match ty {
            VariableType::Type(written) => {
                let text = self.code.text;
                let found = types::type_use(self.run, text, written)?;
                (found.id != TypeId::BuiltIn("record")).then_some(found)
            }
            VariableType::TypeOf(name, arrays) => {
                let found = self.type_of(*name)?;
                found.map(|ty| if *arrays > 0 { ty.array() } else { ty })
            }
            VariableType::RowOf(name, arrays) => {
                let text = self.code.text;
                let relation = self.run.relation(text, *name)?;
                let row = TypeUse::user(relation);
                Some(if *arrays > 0 { row.array() } else { row })
            }
        };
        Ok(found)
    }

    /// `table.column%TYPE`, `variable%TYPE`
    fn type_of(&mut self, name: WrittenName) -> Result<Option<TypeUse>> {
        let text = self.code.text;
        let parts: Vec<String> =
            [name.database, name.schema, Some(name.object)].into_iter().flatten().map(|part| part.value(text).into_owned()).collect();
        if let Some(variable) = self.variables.find(&parts) {
            return Ok(variable.ty.clone());
        }
        let (column, table) = match parts.split_last() {
            Some((column, table)) if !table.is_empty() => (column, table),
            _ => return Err(Stop::fails("42601", format!("variable \"{}\" does not exist", parts.join(".")), name.span())),
        };
        let (schema, relation) = match table {
            [relation] => (None, relation),
            [.., schema, relation] => (Some(schema.as_str()), relation),
            [] => return Ok(None),
        };
        let Some(oid) = self.run.find_named(Class::Relation, schema, relation)? else {
            if self.run.may_assume(Class::Relation, relation) {
                return Ok(None);
            }
            return Err(Stop::fails("42P01", format!("relation \"{}\" does not exist", table.join(".")), name.span()));
        };
        match self.run.find_column(oid, column, name.span())? {
            Some(address) => Ok(self.run.catalog.column(address).and_then(|column| column.ty.as_ref()).map(TypeUse::bare)),
            None => Err(Stop::fails("42703", format!("column \"{column}\" of relation \"{relation}\" does not exist"), name.span())),
        }
    }

    /// A value as one of a variable's type.
    pub(super) fn coerce(&mut self, value: Value, ty: Option<&TypeUse>) -> Result<Value> {
        match ty {
            Some(ty) => cast(self.run, value, ty, Cast::Assignment),
            None => Ok(value),
        }
    }

    /// Runs statements in order.
    pub(super) fn statements(&mut self, statements: &'b [Statement]) -> Result<Flow> {
        for statement in statements {
            let before = self.is_wary().then(|| deed::begin_step(self.run));
            let flow = match (self.statement(statement).map_err(|stop| stop.or_at(statement.span)), before) {
                (Err(stop), Some(before)) => self.pass_over(statement, stop, before)?,
                (Err(Stop::Unknown(doubt)), None) => {
                    deed::stop(self.run);
                    return Err(Stop::Unknown(doubt));
                }
                (result, _) => result?,
            };
            if flow != Flow::Next {
                return Ok(flow);
            }
        }
        Ok(Flow::Next)
    }

    /// Whether somebody asks for every statement that may be run, and not for what the code comes to.
    pub(super) fn is_wary(&self) -> bool {
        self.run.deeds.as_ref().is_some_and(Deeds::are_wary)
    }

    /// Goes on behind a statement that could not be followed, or that fails after one: what it may have done is in doubt from then on.
    fn pass_over(&mut self, statement: &'b Statement, stop: Stop, before: Catalog) -> Result<Flow> {
        let reason = match &stop {
            Stop::Unknown(doubt) => doubt.reason.clone(),
            Stop::Fails(failure) if !self.doubts.is_empty() => failure.message.clone(),
            Stop::Fails(_) => return Err(stop),
        };
        self.run.catalog = self.run.deeds.as_mut().and_then(Deeds::take_reached).unwrap_or(before);
        deed::pass(self.run);
        doubt_statement(self.run, self.code.text, self.code.body, statement, &reason);
        self.doubts.push(stop);
        Ok(Flow::Next)
    }

    /// Runs statements of which nobody knows whether they are run, for the sake of what they do if they are.
    pub(super) fn look_into(&mut self, statements: &'b [Statement]) {
        let before = (self.run.clone(), self.variables.clone(), self.returned.clone());
        self.run.deeds.iter_mut().for_each(Deeds::begin_untold);
        // Whatever it comes to, it may be passed over.
        let _ = self.statements(statements);
        deed::end_untold(self.run);
        let after = std::mem::replace(self.run, before.0);
        (self.run.budget, self.run.deeds) = (after.budget, after.deeds);
        (self.variables, self.returned) = (before.1, before.2);
    }

    /// Counts a statement, so that what goes on for ever ends.
    pub(super) fn step(&mut self, span: Span) -> Result {
        match self.run.budget.checked_sub(1) {
            Some(rest) => {
                self.run.budget = rest;
                Ok(())
            }
            None => Err(Stop::unknown("it would run too long", span)),
        }
    }

    fn statement(&mut self, statement: &'b Statement) -> Result<Flow> {
        let span = statement.span;
        self.step(span)?;
        match &statement.kind {
            StatementKind::Block(block) => return self.block(block),
            StatementKind::Assign(target, value) => {
                let value = self.evaluate(*value)?;
                self.assign(*target, value, span)?;
            }
            StatementKind::If(branches) => return self.branches(None, branches, span),
            StatementKind::Case(operand, branches) => return self.branches(Some(*operand), branches, span),
            StatementKind::Loop(inner) => return self.looped(inner, span),
            StatementKind::Exit(label, condition) => {
                let label = label.map(|label| self.name(label));
                return self.leave(*condition, Flow::Exit(label), span);
            }
            StatementKind::Continue(label, condition) => {
                let label = label.map(|label| self.name(label));
                return self.leave(*condition, Flow::Continue(label), span);
            }
            StatementKind::Return(value) => {
                if let Some(value) = value {
                    self.returned = Some(self.evaluate(*value)?);
                }
                return Ok(Flow::Return);
            }
            StatementKind::ReturnNext(value) => {
                if let Some(value) = value {
                    self.evaluate(*value)?;
                }
            }
            StatementKind::ReturnQuery(sql) => drop(self.sql(sql, span)?),
            StatementKind::ReturnExecute(dynamic) | StatementKind::Execute(dynamic) => self.execute(dynamic, span)?,
            StatementKind::Raise(raise) => self.raise(raise, span)?,
            StatementKind::Assert(condition, message) => {
                let holds = self.evaluate(*condition)?;
                match is_true(&holds) {
                    Some(true) => {}
                    Some(false) => {
                        let message = message.map(|message| self.evaluate(message)).transpose()?;
                        let message = match message {
                            Some(Value::Text(message)) => message.to_string(),
                            _ => "assertion failed".to_owned(),
                        };
                        return Err(Stop::fails("P0004", message, span));
                    }
                    None => return Err(Stop::unknown("whether the assertion holds can't be told", span)),
                }
            }
            StatementKind::Perform(sql) => {
                let outcome = self.sql(sql, span)?;
                self.set_found(outcome.map(|outcome| outcome.table.has_rows()).unwrap_or(None));
            }
            StatementKind::Sql(sql) => self.statement_of_sql(sql, span)?,
            StatementKind::GetDiagnostics(items) => self.diagnostics(items, span)?,
            StatementKind::Null => {}
            StatementKind::Commit(_) | StatementKind::Rollback(_) => {
                // Only what DO and CALL begin may be ended, and not what a query runs (PostgreSQL 15, 43.8).
                let session = &self.run.session;
                if session.atomic > 0 || session.block.as_ref().is_none_or(|block| block.opener != Opener::Code) {
                    return Err(Stop::fails("2D000", "invalid transaction termination", span));
                }
                if session.subtransactions > 0 {
                    return Err(Stop::fails("2D000", "cannot end a transaction while a subtransaction is active", span));
                }
                if session.changing_loops > 0 {
                    let message = "cannot perform transaction commands inside a cursor loop that is not read-only";
                    return Err(Stop::fails("55000", message, span));
                }
                self.opened.clear();
                match statement.kind {
                    StatementKind::Rollback(_) => rollback_code(self.run),
                    _ => commit_code(self.run).map_err(|stop| stop.at(span))?,
                }
            }
            StatementKind::Open(open) => self.open(open, span)?,
            StatementKind::Fetch(direction, cursor, targets) => self.fetch(*direction, *cursor, targets, span)?,
            StatementKind::Close(cursor) => self.close(*cursor, span)?,
            StatementKind::Move(..) => return Err(Stop::unknown("what a cursor stands on is not followed", span)),
        }
        Ok(Flow::Next)
    }

    pub(super) fn set_found(&mut self, found: Option<bool>) {
        let value = found.map_or(Value::NotNull, Value::Boolean);
        if let Some(variable) = self.variables.find_mut(&["found".to_owned()]) {
            variable.value = value;
        }
    }

    /// The value of an expression.
    pub(super) fn evaluate(&mut self, expression: Expr) -> Result<Value> {
        let source = self.slice(expression.span);
        let tree = read(source);
        self.evaluate_tree(source, &tree).map_err(|stop| stop.at(expression.span))
    }

    /// The same; one that can't be told is a value, where every branch is looked into.
    fn told_or_untold(&mut self, expression: Expr) -> Result<Value> {
        match self.evaluate(expression) {
            Err(Stop::Unknown(_)) if self.is_wary() => Ok(Value::Unknown),
            told => told,
        }
    }

    pub(super) fn evaluate_tree(&mut self, source: &str, tree: &Expression) -> Result<Value> {
        let scope = scope(&self.variables, self.place);
        analysis::expression(self.run, source, Span::new(0, source.len() as u32), &scope)?;
        Evaluator::with_variables(self.run, &self.variables).value(tree)
    }

    fn leave(&mut self, condition: Option<Expr>, flow: Flow, span: Span) -> Result<Flow> {
        let Some(condition) = condition else { return Ok(flow) };
        match is_true(&self.evaluate(condition)?) {
            Some(true) => Ok(flow),
            Some(false) => Ok(Flow::Next),
            None => Err(Stop::unknown("whether a loop is left can't be told", span)),
        }
    }

    /// IF and CASE.
    fn branches(&mut self, case: Option<Option<Expr>>, branches: &'b Branches, span: Span) -> Result<Flow> {
        let operand = match case {
            Some(Some(operand)) => Some(self.told_or_untold(operand)?),
            _ => None,
        };
        let mut possible: Vec<&'b [Statement]> = Vec::new();
        let mut in_doubt: Option<Span> = None;
        for branch in &branches.branches {
            let holds = match &operand {
                Some(operand) => self.is_one_of(operand, branch.condition),
                None => self.told_or_untold(branch.condition).map(|value| is_true(&value)),
            };
            let holds = match holds {
                Err(Stop::Fails(failure)) if in_doubt.is_some() => {
                    return Err(Stop::unknown(format!("a condition that may be asked fails: {}", failure.message), branch.condition.span));
                }
                other => other?,
            };
            match holds {
                Some(true) => {
                    possible.push(&branch.statements);
                    return self.one_of(&possible, in_doubt.unwrap_or(span));
                }
                Some(false) => {}
                None => {
                    in_doubt = in_doubt.or(Some(branch.condition.span));
                    possible.push(&branch.statements);
                }
            }
        }
        match &branches.otherwise {
            Some(otherwise) => possible.push(otherwise),
            None if case.is_some() && possible.is_empty() => return Err(Stop::fails("20000", "case not found", span)),
            None if case.is_some() && !self.is_wary() => return Err(Stop::unknown("which branch of a CASE is taken can't be told", span)),
            None => possible.push(&[]),
        }
        self.one_of(&possible, in_doubt.unwrap_or(span))
    }

    /// Whether the operand of a CASE is one of the values of a WHEN.
    fn is_one_of(&mut self, operand: &Value, values: Expr) -> Result<Option<bool>> {
        let source = self.slice(values.span);
        let list = format!("ARRAY[{source}]");
        let tree = read(&list);
        let Value::Array(items) = Evaluator::with_variables(self.run, &self.variables).value(&tree)? else { return Ok(None) };
        let mut result = Some(false);
        for item in &items {
            match crate::catalog::evaluate::compare(self.run, operand, item) {
                crate::catalog::evaluate::Compared::Is(order) if order.is_eq() => return Ok(Some(true)),
                crate::catalog::evaluate::Compared::Unknown => result = None,
                _ => {}
            }
        }
        Ok(result)
    }

    /// The columns of a row type, for a variable that holds a row.
    pub(super) fn row_columns(&self, ty: Option<&TypeUse>) -> Option<Vec<Name>> {
        let TypeId::User(oid) = ty?.id else { return None };
        let relation = self.run.catalog.relation(oid)?;
        Some(relation.columns.iter().map(|column| Arc::clone(&column.name)).collect())
    }
}
