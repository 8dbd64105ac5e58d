//! Blocks and statements of a body, in the order of the text.

use super::names::{Found, Kind, Names, kind_of};
use super::target::parts;
use super::{Frame, Gives};
use crate::catalog::failure::{Result, Stop};
use crate::catalog::model::{TypeId, TypeUse};
use crate::catalog::object::Class;
use crate::catalog::run::Run;
use crate::catalog::types::type_use;
use crate::postgres::facts::{self, TypeKind};
use crate::syntax::Content;
use crate::syntax::plpgsql::{
    Block, Body, Branches, Condition, Declaration, DeclarationKind, Dynamic, Into, Loop, LoopKind, OpenSource, Sql, Statement,
    StatementKind, Variable, VariableType,
};
use crate::syntax::tree::Name;
use crate::text::Span;

pub(super) struct Compiler<'c, 'w> {
    pub(super) run: &'c mut Run<'w>,
    pub(super) text: &'c str,
    pub(super) body: &'c Body,
    pub(super) names: Names,
    pub(super) frame: Frame,
}

impl Compiler<'_, '_> {
    pub(super) fn block(&mut self, block: &Block) -> Result {
        let label = block.label.map(|label| label.value(self.text).into_owned());
        self.names.push(label);
        for declaration in &block.declarations {
            self.declaration(declaration)?;
        }
        self.statements(&block.statements)?;
        if block.exception.is_some() {
            self.names.push(None);
            self.names.declare_constant("sqlstate", Kind::Scalar);
            self.names.declare_constant("sqlerrm", Kind::Scalar);
            for handler in &block.handlers {
                for condition in &handler.conditions {
                    self.condition(*condition, Others::Allowed)?;
                }
                self.statements(&handler.statements)?;
            }
            self.names.pop();
        }
        self.names.pop();
        Ok(())
    }

    fn declaration(&mut self, declaration: &Declaration) -> Result {
        let name = declaration.name.value(self.text).into_owned();
        match &declaration.kind {
            DeclarationKind::Variable(variable) => self.variable(&name, variable, declaration),
            DeclarationKind::Alias(of) => {
                let written = self.body.slice(self.text, *of).to_owned();
                match self.names.find(&parts(&written)) {
                    Some(found) if found.constant => self.names.declare_constant(&name, found.kind),
                    Some(found) => self.names.declare(&name, found.kind),
                    None => return Err(Stop::fails("42704", format!("variable \"{written}\" does not exist"), *of)),
                }
                Ok(())
            }
            DeclarationKind::Cursor(cursor) => {
                for (_, ty) in &cursor.arguments {
                    self.kind(ty, &name, declaration.span)?;
                }
                self.sql(&cursor.query)?;
                self.names.declare(&name, Kind::Cursor);
                Ok(())
            }
        }
    }

    fn variable(&mut self, name: &str, variable: &Variable, declaration: &Declaration) -> Result {
        let kind = self.kind(&variable.ty, name, declaration.span)?;
        match variable.constant {
            Some(_) => self.names.declare_constant(name, kind),
            None => self.names.declare(name, kind),
        }
        Ok(())
    }

    /// What a variable of a written type is.
    fn kind(&mut self, ty: &VariableType, name: &str, span: Span) -> Result<Kind> {
        match ty {
            VariableType::Type(written) => {
                let found = type_use(self.run, self.text, written)?;
                if is_pseudo(self.run, &found) {
                    let shown = crate::catalog::types::format_type(&self.run.catalog, &found);
                    return Err(Stop::fails("0A000", format!("variable \"{name}\" has pseudo-type {shown}"), span));
                }
                Ok(kind_of(self.run, &found))
            }
            VariableType::TypeOf(of, dimensions) => {
                let kind = self.kind_of_other(*of)?;
                Ok(if *dimensions > 0 { Kind::Scalar } else { kind })
            }
            VariableType::RowOf(of, dimensions) => {
                // The row of a relation; that of another variable was never built.
                self.run.relation(self.text, *of)?;
                Ok(if *dimensions > 0 { Kind::Scalar } else { Kind::Record })
            }
        }
    }

    /// `variable%TYPE`, `table.column%TYPE`. What is neither is read as a type's name, in which `%` is an error.
    fn kind_of_other(&mut self, of: Name) -> Result<Kind> {
        let written = self.body.slice(self.text, of.span()).to_owned();
        if let Some(found) = self.names.find(&parts(&written)) {
            return Ok(if found.field { Kind::Untold } else { found.kind });
        }
        // Before version 17 what is not found is read as a type.
        let names_it = self.run.world.target.major() >= 17;
        let missing = |sqlstate, message: String| match names_it {
            true => Stop::fails(sqlstate, message, of.span()),
            false => Stop::fails("42601", "syntax error at or near \"%\"", of.span()),
        };
        let column = of.object.value(self.text).into_owned();
        let (schema, table) = match (of.database, of.schema) {
            (Some(schema), Some(table)) => (Some(schema), table),
            (None, Some(table)) => (None, table),
            _ => return Err(missing("42704", format!("variable \"{column}\" does not exist"))),
        };
        let relation = Name { database: None, schema, object: table };
        if let Some(schema) = schema
            && self.run.find_schema(&schema.value(self.text))?.is_none()
            && !self.run.may_assume(Class::Schema, &schema.value(self.text))
        {
            return Err(missing("3F000", format!("schema \"{}\" does not exist", schema.value(self.text))));
        }
        let Some(oid) = self.run.find_relation(self.text, relation)? else {
            let is_system = facts::system().relation(&table.value(self.text), self.run.world.target).is_some();
            let message = format!("relation \"{}\" does not exist", relation.display(self.text));
            return if is_system { Ok(Kind::Untold) } else { Err(missing("42P01", message)) };
        };
        match self.run.find_column(oid, &column, of.span())? {
            Some(address) => {
                let ty = self.run.catalog.column(address).and_then(|column| column.ty.clone());
                Ok(ty.map_or(Kind::Untold, |ty| kind_of(self.run, &ty)))
            }
            None => {
                let message = format!("column \"{column}\" of relation \"{}\" does not exist", table.value(self.text));
                Err(missing("42703", message))
            }
        }
    }

    fn statements(&mut self, statements: &[Statement]) -> Result {
        statements.iter().try_for_each(|statement| self.statement(statement))
    }

    fn statement(&mut self, statement: &Statement) -> Result {
        let span = statement.span;
        match &statement.kind {
            StatementKind::Block(block) => self.block(block),
            StatementKind::Assign(target, _) => self.assignable(*target).map(drop),
            StatementKind::If(branches) | StatementKind::Case(_, branches) => self.branches(branches),
            StatementKind::Loop(inner) => self.run_loop(inner),
            StatementKind::Return(value) => self.give_back(value.map(|value| value.span), span),
            StatementKind::ReturnNext(value) => self.give_next(value.map(|value| value.span), span),
            StatementKind::ReturnQuery(sql) => {
                self.expect_set("RETURN QUERY", span)?;
                self.sql(sql)
            }
            StatementKind::ReturnExecute(_) => self.expect_set("RETURN QUERY", span),
            StatementKind::Raise(raise) => raise.condition.map_or(Ok(()), |condition| self.condition(condition, Others::Unknown)),
            StatementKind::Perform(sql) | StatementKind::Sql(sql) => self.sql(sql),
            StatementKind::Execute(dynamic) => self.dynamic(dynamic),
            StatementKind::GetDiagnostics(items) => items.iter().try_for_each(|item| self.assignable(item.target).map(drop)),
            StatementKind::Open(open) => {
                self.cursor(open.cursor)?;
                match &open.source {
                    OpenSource::Query(_, sql) => self.sql(sql),
                    OpenSource::Execute(..) | OpenSource::Bound(_) => Ok(()),
                }
            }
            StatementKind::Fetch(_, cursor, targets) => {
                self.cursor(*cursor)?;
                self.targets(targets)
            }
            StatementKind::Move(_, cursor) | StatementKind::Close(cursor) => self.cursor(*cursor),
            StatementKind::Exit(..)
            | StatementKind::Continue(..)
            | StatementKind::Assert(..)
            | StatementKind::Null
            | StatementKind::Commit(_)
            | StatementKind::Rollback(_) => Ok(()),
        }
    }

    fn branches(&mut self, branches: &Branches) -> Result {
        for branch in &branches.branches {
            self.statements(&branch.statements)?;
        }
        branches.otherwise.iter().try_for_each(|statements| self.statements(statements))
    }

    fn run_loop(&mut self, inner: &Loop) -> Result {
        self.names.push(inner.label.map(|label| label.value(self.text).into_owned()));
        match &inner.kind {
            LoopKind::Forever | LoopKind::While(_) => {}
            LoopKind::Integers { variable, .. } => self.names.declare(&variable.value(self.text), Kind::Scalar),
            LoopKind::Query(targets, sql) => {
                self.loop_targets(targets)?;
                self.sql(sql)?;
            }
            LoopKind::Execute(targets, _) => self.loop_targets(targets)?,
            LoopKind::Cursor(record, cursor, _) => {
                self.cursor(*cursor)?;
                let name = self.body.slice(self.text, *record).to_owned();
                if let Some(part) = parts(&name).first() {
                    self.names.declare(part, Kind::Record);
                }
            }
            LoopKind::Array(targets, ..) => {
                for target in targets {
                    if self.find(*target).is_none() {
                        let message = "loop variable of FOREACH must be a known variable or list of variables";
                        return Err(Stop::fails("42601", message, *target));
                    }
                }
            }
        }
        self.statements(&inner.statements)?;
        self.names.pop();
        Ok(())
    }

    fn loop_targets(&mut self, targets: &[Span]) -> Result {
        for target in targets {
            if self.find(*target).is_none() {
                let message = match targets.len() {
                    1 => "loop variable of loop over rows must be a record variable or list of scalar variables".to_owned(),
                    _ => self.unknown_variable(*target),
                };
                return Err(Stop::fails("42601", message, *target));
            }
        }
        Ok(())
    }

    fn give_back(&mut self, value: Option<Span>, span: Span) -> Result {
        let refused =
            |sqlstate, what: &str| Err(Stop::fails(sqlstate, format!("RETURN cannot have a parameter in {what}"), value.unwrap_or(span)));
        match (self.frame.gives, value) {
            (Gives::Set, Some(_)) => refused("42804", "function returning set"),
            (Gives::Procedure, Some(_)) => refused("42601", "a procedure"),
            (Gives::Nothing, Some(_)) => refused("42804", "function returning void"),
            (Gives::Value, Some(_)) if self.frame.outputs => refused("42804", "function with OUT parameters"),
            (Gives::Value, None) if !self.frame.outputs => Err(Stop::fails("42601", "missing expression at or near \";\"", span)),
            _ => Ok(()),
        }
    }

    fn give_next(&mut self, value: Option<Span>, span: Span) -> Result {
        self.expect_set("RETURN NEXT", span)?;
        match value {
            Some(value) if self.frame.outputs => {
                Err(Stop::fails("42804", "RETURN NEXT cannot have a parameter in function with OUT parameters", value))
            }
            None if !self.frame.outputs => Err(Stop::fails("42601", "missing expression at or near \";\"", span)),
            _ => Ok(()),
        }
    }

    fn expect_set(&self, what: &str, span: Span) -> Result {
        match self.frame.gives {
            Gives::Set => Ok(()),
            _ => Err(Stop::fails("42804", format!("cannot use {what} in a non-SETOF function"), span)),
        }
    }

    fn condition(&self, condition: Condition, others: Others) -> Result {
        let Condition::Name(name) = condition else { return Ok(()) };
        let value = name.value(self.text);
        let known = (others == Others::Allowed && value == "others") || facts::condition(&value, self.run.world.target).is_some();
        match known {
            true => Ok(()),
            false => Err(Stop::fails("42704", format!("unrecognized exception condition \"{value}\""), name.span)),
        }
    }

    fn sql(&mut self, sql: &Sql) -> Result {
        if let Some(into) = &sql.into {
            self.into(into)?;
        }
        if let Content::Rejected(error) = &sql.statement.content {
            return Err(Stop::rejected(error, self.run.world.target));
        }
        match sql.statement.needs.iter().find(|need| need.since > self.run.world.target) {
            Some(need) => Err(Stop::fails("42601", format!("{} needs PostgreSQL {}", need.what, need.since), need.span)),
            None => Ok(()),
        }
    }

    fn dynamic(&mut self, dynamic: &Dynamic) -> Result {
        dynamic.into.iter().try_for_each(|into| self.into(into))
    }

    fn into(&mut self, into: &Into) -> Result {
        self.targets(&into.targets)
    }

    fn targets(&mut self, targets: &[Span]) -> Result {
        targets.iter().try_for_each(|target| self.assignable(*target).map(drop))
    }

    fn find(&self, target: Span) -> Option<Found> {
        self.names.find(&parts(self.body.slice(self.text, target)))
    }

    fn unknown_variable(&self, target: Span) -> String {
        format!("\"{}\" is not a known variable", parts(self.body.slice(self.text, target)).join("."))
    }

    fn assignable(&mut self, target: Span) -> Result<Found> {
        match self.find(target) {
            None => Err(Stop::fails("42601", self.unknown_variable(target), target)),
            Some(found) if found.constant => {
                let name = parts(self.body.slice(self.text, target)).join(".");
                Err(Stop::fails("22005", format!("variable \"{name}\" is declared CONSTANT"), target))
            }
            Some(found) => Ok(found),
        }
    }

    fn cursor(&mut self, cursor: Span) -> Result {
        match self.find(cursor) {
            None => Err(Stop::fails("42601", self.unknown_variable(cursor), cursor)),
            Some(found) if matches!(found.kind, Kind::Scalar | Kind::Record) && !found.field => {
                let name = parts(self.body.slice(self.text, cursor)).join(".");
                Err(Stop::fails("42804", format!("variable \"{name}\" must be of type cursor or refcursor"), cursor))
            }
            Some(_) => Ok(()),
        }
    }
}

/// Whether a condition may be called `others`.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Others {
    Allowed,
    Unknown,
}

/// Whether no variable can be of that type.
fn is_pseudo(run: &Run<'_>, ty: &TypeUse) -> bool {
    let TypeId::BuiltIn(name) = ty.id else { return false };
    let is_variable = name == "record" || name.starts_with("any");
    !ty.array && !is_variable && facts::system().type_named(name, run.world.target).is_some_and(|fact| fact.kind == TypeKind::Pseudo)
}
