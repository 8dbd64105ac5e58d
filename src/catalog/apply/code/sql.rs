//! Statements of SQL in code: queries and data changes with variables in them, and all others as they are.

use super::super::data::{self, Outcome};
use super::super::session;
use super::super::{self as apply};
use super::atomically;
use super::interpreter::Interpreter;
use super::routine;
use crate::catalog::evaluate::{Variables, shown};
use crate::catalog::failure::{Result, Stop};
use crate::catalog::replay::deed;
use crate::catalog::rows::Value;
use crate::catalog::run::Run;
use crate::catalog::types::format_type;
use crate::catalog::{Class, Contents};
use crate::postgres::barred_in_transaction;
use crate::syntax::lexer::{Keyword, Mode, Token, TokenKind, lex};
use crate::syntax::plpgsql::Sql;
use crate::syntax::tree::{CreateTableAs, Ident, Node, TableAsKind};
use crate::syntax::{Content, Script, Statement};
use crate::text::Span;

impl<'b> Interpreter<'_, '_, 'b> {
    /// A statement by itself, with INTO if it has one.
    pub(super) fn statement_of_sql(&mut self, sql: &'b Sql, span: Span) -> Result {
        let outcome = self.sql(sql, span)?;
        match (&sql.into, outcome) {
            (Some(into), Some(outcome)) => {
                let changes = !matches!(sql.statement.node(), Some(Node::Select(_)));
                if changes && outcome.table.rows.len() > 1 && outcome.table.is_certain() {
                    return Err(Stop::fails("P0003", "query returned more than one row", span));
                }
                self.count = outcome.table.is_certain().then(|| outcome.table.rows.len().min(1));
                self.into(into, &outcome.table, span)?;
            }
            (None, Some(_)) if matches!(sql.statement.node(), Some(Node::Select(_))) => {
                return Err(Stop::fails("42601", "query has no destination for result data", span));
            }
            (None, Some(outcome)) => {
                self.count = outcome.count;
                self.set_found(outcome.count.map(|count| count > 0));
            }
            (_, None) => {}
        }
        Ok(())
    }

    /// Runs a statement; what it gives, if it is a query or a data change.
    pub(super) fn sql(&mut self, sql: &'b Sql, span: Span) -> Result<Option<Outcome>> {
        let statement = &sql.statement;
        let node = parsed(self.run, statement)?;
        if is_data(node) {
            let source = self.source(sql);
            // INTO takes the first row; what it takes with STRICT must have no second.
            let most = sql.into.as_ref().filter(|_| matches!(node, Node::Select(_))).map(|into| 1 + usize::from(into.strict.is_some()));
            let body = self.code.body;
            let tokens = &body.tokens[statement.tokens.start as usize..statement.tokens.end as usize];
            let change = apply::Statement { text: self.code.text, node, tokens, data: None };
            let (variables, place) = (&self.variables, self.place);
            let work = |run: &mut Run<'_>| data::execute_for(run, &source, variables, place, most).map_err(|stop| stop.at(span));
            return deed::noted(self.run, change, work).map(Some);
        }
        let body = self.code.body;
        let tokens = &body.tokens[statement.tokens.start as usize..statement.tokens.end as usize];
        match node {
            Node::Call(call) => routine::call_procedure(self.run, self.code.text, call, &self.variables)?,
            // A name that a variable has too may be a column's; where it is none, nobody knows what the query gives.
            Node::CreateTableAs(create) if create.kind == TableAsKind::Table && self.names_variable(tokens) => {
                match utility(self.run, self.code.text, node, tokens, span) {
                    Err(Stop::Fails(_)) if self.run_with_values(tokens, span).is_err() => self.table_of_any(sql, create, span)?,
                    Err(Stop::Fails(_)) => {}
                    other => other?,
                }
            }
            Node::CreateTableAs(_) | Node::RefreshMaterializedView(_) | Node::Explain(_) | Node::Cursor(_)
                if self.names_variable(tokens) =>
            {
                self.run_with_values(tokens, span)?;
            }
            node => {
                let text = self.code.text;
                atomically(self.run, |run| utility(run, text, node, tokens, span))?;
            }
        }
        Ok(None)
    }

    /// Makes the table of a query with variables, whatever they hold: its columns are known then, and its rows are not.
    fn table_of_any(&mut self, sql: &Sql, create: &CreateTableAs, span: Span) -> Result {
        let unknown = || Stop::unknown("what a query with variables gives", span);
        let source = self.of_any(&self.source(sql));
        let script = Script::parse(&source, Span::new(0, source.len() as u32));
        let [statement] = &script.statements[..] else { return Err(unknown()) };
        let node = parsed(self.run, statement)?;
        utility(self.run, &source, node, script.tokens_of(statement), span).map_err(|stop| match stop {
            Stop::Fails(_) => unknown(),
            stop => stop.at(span),
        })?;
        if let Some(table) = self.run.find(Class::Relation, self.code.text, create.name)? {
            self.run.catalog.rows.insert(table, Contents::Unknown("what a query with variables gave can't be told".into()));
        }
        Ok(())
    }

    /// A text in which variables are nulls of their types.
    fn of_any(&self, source: &str) -> String {
        let tokens = lex(source, Span::new(0, source.len() as u32), Mode::Body).tokens;
        let mut out = String::with_capacity(source.len());
        let mut at = 0;
        for (index, token) in tokens.iter().enumerate() {
            let kind = |index: Option<usize>| index.and_then(|index| tokens.get(index)).map(|token| token.kind);
            let (before, behind) = (kind(index.checked_sub(1)), kind(Some(index + 1)));
            // Part of a longer name, or a label.
            let is_other = matches!(before, Some(TokenKind::Dot | TokenKind::Keyword(Keyword::As)))
                || matches!(behind, Some(TokenKind::Dot | TokenKind::LeftParen));
            if !matches!(token.kind, TokenKind::Ident | TokenKind::QuotedIdent) || is_other {
                continue;
            }
            let name = Ident { span: token.span }.value(source);
            let Some(ty) = self.variables.all().find(|variable| *variable.name == *name).and_then(|variable| variable.ty.as_ref()) else {
                continue;
            };
            out.push_str(&source[at..token.span.start as usize]);
            out.push_str(&format!("(NULL::{})", format_type(&self.run.catalog, ty)));
            at = token.span.end as usize;
        }
        out.push_str(&source[at..]);
        out
    }

    /// Runs a statement in which each variable is what it holds.
    fn run_with_values(&mut self, tokens: &[Token], span: Span) -> Result {
        let text = self.with_values(tokens, span)?;
        let script = Script::parse(&text, Span::new(0, text.len() as u32));
        let [statement] = &script.statements[..] else { return Err(Stop::unknown("a query with variables is kept", span)) };
        let node = parsed(self.run, statement).map_err(|_| Stop::unknown("a query with variables is kept", span))?;
        utility(self.run, &text, node, script.tokens_of(statement), span).map_err(|stop| stop.at(span))
    }

    /// A statement in which each variable is what it holds.
    fn with_values(&self, tokens: &[Token], span: Span) -> Result<String> {
        let mut text = String::new();
        for (at, token) in tokens.iter().enumerate() {
            let written = self.slice(token.span);
            let kind = |at: Option<usize>| at.and_then(|at| tokens.get(at)).map(|token| token.kind);
            let before = kind(at.checked_sub(1));
            let is_name = matches!(token.kind, TokenKind::Ident | TokenKind::QuotedIdent | TokenKind::Keyword(_))
                && !matches!(
                    before,
                    Some(TokenKind::Dot | TokenKind::Keyword(Keyword::As | Keyword::Table | Keyword::From | Keyword::Join))
                )
                && !matches!(kind(Some(at + 1)), Some(TokenKind::Dot | TokenKind::LeftParen));
            let name = Ident { span: token.span }.value(self.code.text);
            let variable = self.variables.find(&[name.into_owned()]).filter(|_| is_name);
            match variable {
                None => text.push_str(written),
                Some(variable) => {
                    let value = match &variable.value {
                        Value::Null => Some("NULL".to_owned()),
                        value => shown(self.run, value).map(|value| format!("'{}'", value.replace('\'', "''"))),
                    };
                    let (Some(value), Some(ty)) = (value, &variable.ty) else {
                        return Err(Stop::unknown("a query with variables is kept", span));
                    };
                    text.push_str(&format!("({value}::{})", format_type(&self.run.catalog, ty)));
                }
            }
            text.push(' ');
        }
        Ok(text)
    }

    fn names_variable(&self, tokens: &[Token]) -> bool {
        tokens.iter().filter(|token| matches!(token.kind, TokenKind::Ident | TokenKind::QuotedIdent | TokenKind::Keyword(_))).any(|token| {
            let name = Ident { span: token.span }.value(self.code.text);
            self.variables.all().any(|variable| *variable.name == *name)
        })
    }

    /// The statement as it reads, without INTO; PERFORM is SELECT.
    pub(super) fn source(&self, sql: &Sql) -> String {
        let span = sql.statement.span;
        let mut source = match sql.into.as_ref().filter(|into| into.span.start >= span.start && into.span.end <= span.end) {
            Some(into) => format!("{} {}", self.slice_or_empty(span.start, into.span.start), self.slice_or_empty(into.span.end, span.end)),
            None => self.slice(span).to_owned(),
        };
        if source.get(..7).is_some_and(|word| word.eq_ignore_ascii_case("perform")) {
            source.replace_range(..7, "SELECT ");
        }
        source
    }

    fn slice_or_empty(&self, start: u32, end: u32) -> &'b str {
        if start < end { self.slice(Span::new(start, end)) } else { "" }
    }
}

/// Whether a statement is a query or a data change.
pub(super) fn is_data(node: &Node) -> bool {
    match node {
        Node::Select(select) => select.into.is_none(),
        Node::Insert(_) | Node::Update(_) | Node::Delete(_) | Node::Merge(_) => true,
        _ => false,
    }
}

/// The tree of a statement, if it has one that the target reads.
pub(super) fn parsed<'s>(run: &Run<'_>, statement: &'s Statement) -> Result<&'s Node> {
    let span = statement.span;
    let node = match &statement.content {
        Content::Parsed(node) => node,
        Content::Rejected(error) => return Err(Stop::rejected(error, run.world.target)),
        Content::Template => return Err(Stop::unknown("the tool that runs it fills in a part of the statement", span)),
        Content::Opaque => return Err(Stop::unknown("its quoting spells it otherwise than it reads", span)),
        Content::MetaCommand => return Err(Stop::fails("42601", "syntax error at or near \"\\\"", span)),
    };
    match statement.needs.iter().find(|need| need.since > run.world.target) {
        Some(need) => Err(Stop::fails("42601", format!("{} needs PostgreSQL {}", need.what, need.since), need.span)),
        None => Ok(node),
    }
}

/// Runs a statement that is neither query nor data change.
pub(super) fn utility(run: &mut Run<'_>, text: &str, node: &Node, tokens: &[Token], span: Span) -> Result {
    if matches!(node, Node::Transaction(_)) {
        return Err(Stop::fails("0A000", "unsupported transaction command in PL/pgSQL", span));
    }
    if let Some(barred) = barred_in_transaction(text, node, run.world.target)
        && session::is_barred(run, text, node, barred)?
    {
        return Err(Stop::fails(barred.sqlstate, format!("{} cannot be executed from a function", barred.what), span));
    }
    if let Node::Call(call) = node {
        return routine::call_procedure(run, text, call, &Variables::default());
    }
    apply::apply(run, apply::Statement { text, node, tokens, data: None })
}
