//! Functions and procedures: CREATE and ALTER.

use crate::syntax::lexer::{Keyword, LexError, TokenKind};
use crate::syntax::tree::{AlterFunction, ArgumentMode, Arguments, BodyStatement, BodyStatementKind, CreateFunction};
use crate::syntax::tree::{FunctionBody, FunctionOption, FunctionOptionKind, Node, ObjectKind, Returns};
use crate::text::Span;

use super::create::{self, Head};
use super::parser::{Parse, Parser};
use super::{SyntaxError, argument, expression, function_option, name, object, type_name};

/// `CREATE FUNCTION`, `CREATE PROCEDURE` (CreateFunctionStmt).
pub(super) fn create_function(p: &mut Parser, head: Head) -> Parse<Node> {
    let kind = if p.at_kw(Keyword::Procedure) { ObjectKind::Procedure } else { ObjectKind::Function };
    p.bump();
    create::reject_guard(p, kind, "write `CREATE OR REPLACE`")?;
    let name = name::routine_name(p, &object::name_of(kind))?;
    let arguments = argument::declared_arguments(p)?;
    let returns = if kind == ObjectKind::Function { returns(p, &arguments)? } else { None };
    let mut options = Vec::new();
    while let Some(option) = function_option::for_new(p)? {
        options.push(option);
    }
    options.extend(sql_body(p)?);
    if !p.at_statement_end() {
        return Err(no_option(p, kind));
    }
    let Head { start, replace, replace_at } = head;
    let span = p.since(start);
    if options.is_empty() {
        p.need(14, span, "a function or procedure without any option");
    }
    Ok(Node::CreateFunction(Box::new(CreateFunction { span, replace, replace_at, kind, name, arguments, returns, options })))
}

/// `ALTER FUNCTION`, `ALTER PROCEDURE`, `ALTER ROUTINE` with options (AlterFunctionStmt).
pub(super) fn alter_function(p: &mut Parser, start: u32) -> Parse<Node> {
    let object = object::reference(p)?;
    let mut options = Vec::new();
    while let Some(option) = function_option::for_any(p)? {
        options.push(option);
    }
    if options.is_empty() {
        return Err(p.unexpected("an option, `RENAME TO`, `OWNER TO`, `SET SCHEMA` or `DEPENDS ON EXTENSION`"));
    }
    let restrict = p.eat_kw(Keyword::Restrict);
    Ok(Node::AlterFunction(Box::new(AlterFunction { span: p.since(start), object, options, restrict })))
}

/// `AS` and `DO` before this: code in quotes.
pub(super) fn quoted_code(p: &mut Parser, what: &str) -> Parse<Span> {
    if p.at(TokenKind::Error(LexError::UnexpectedCharacter)) && &p.text[p.span()] == "$" {
        let quote = p.bump();
        return Err(p
            .error_at(quote, "a single `$` is no quote")
            .help("put the code between `$$` and `$$`, or between `$name$` and `$name$`"));
    }
    name::string(p, what).map_err(|error| match p.kind() {
        TokenKind::Keyword(Keyword::Begin | Keyword::Declare) => {
            error.help("PostgreSQL reads code as a string: put it between `$$` and `$$`")
        }
        _ => error,
    })
}

/// `RETURNS type`, `RETURNS TABLE (…)`; but `RETURNS NULL ON NULL INPUT` is an option.
fn returns(p: &mut Parser, arguments: &Arguments) -> Parse<Option<Returns>> {
    if !p.at_kw(Keyword::Returns) || p.nth(1) == TokenKind::Keyword(Keyword::Null) {
        return Ok(None);
    }
    let start = p.start();
    p.bump();
    if p.eat_kw(Keyword::Table).is_none() {
        return type_name::type_or_set(p).map(Returns::Type).map(Some);
    }
    let columns = argument::table_columns(p)?;
    let output = arguments.direct.iter().find(|argument| matches!(argument.mode, ArgumentMode::Out | ArgumentMode::InOut));
    match output {
        Some(output) => Err(p.error_at(output.span, "a function that returns a table has no OUT or INOUT arguments")),
        None => Ok(Some(Returns::Table(p.since(start), columns))),
    }
}

/// `RETURN expression`, `BEGIN ATOMIC … END`, or nothing (opt_routine_body).
fn sql_body(p: &mut Parser) -> Parse<Option<FunctionOption>> {
    let start = p.start();
    let body = if p.eat_kw(Keyword::Return).is_some() {
        FunctionBody::Return(expression::expression(p)?)
    } else if p.eat_kws(&[Keyword::Begin, Keyword::Atomic]).is_some() {
        FunctionBody::Atomic(p.nested(atomic_body)?)
    } else {
        return Ok(None);
    };
    let span = p.since(start);
    p.need(14, span, "a function body of SQL without quotes");
    Ok(Some(FunctionOption { span, kind: FunctionOptionKind::Body(body) }))
}

/// Statements, each with its semicolon, and END (routine_body_stmt_list).
fn atomic_body(p: &mut Parser) -> Parse<Vec<BodyStatement>> {
    let mut statements = Vec::new();
    while p.eat_kw(Keyword::End).is_none() {
        if p.eat(TokenKind::Semicolon).is_some() {
            continue;
        }
        let start = p.start();
        let kind = match p.kind() {
            TokenKind::Keyword(Keyword::Return) => {
                p.bump();
                BodyStatementKind::Return(expression::expression(p)?)
            }
            TokenKind::Keyword(Keyword::Begin) => return Err(p.error("a body of SQL can't begin a transaction or another block")),
            _ => BodyStatementKind::Statement(p.nested(super::statement)?),
        };
        statements.push(BodyStatement { span: p.since(start), kind });
        p.expect(TokenKind::Semicolon, "`;`")?;
    }
    Ok(statements)
}

/// The error that something follows which is no option.
fn no_option(p: &Parser, kind: ObjectKind) -> Box<SyntaxError> {
    let error = p.unexpected(&format!("an option of the {}, such as `LANGUAGE` or `AS`", kind.sql().to_lowercase()));
    match p.kind() {
        TokenKind::Keyword(Keyword::Begin | Keyword::Declare | Keyword::Is) => {
            error.help("PostgreSQL reads the body as a string: write `AS $$ … $$`, or `BEGIN ATOMIC … END` for plain SQL")
        }
        TokenKind::Keyword(Keyword::Returns) if kind == ObjectKind::Procedure => {
            error.help("a procedure returns nothing: give it an OUT argument, or create a function")
        }
        token if name::at_string(token) => error.help("`AS` stands in front of the body"),
        _ => error,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::syntax::grammar::testing::{error, node};
    use crate::syntax::tree::WordOrString;

    fn function(text: &str) -> CreateFunction {
        match node(text) {
            Node::CreateFunction(function) => *function,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_function_holds_its_arguments_its_body_and_its_language() {
        let text =
            "CREATE OR REPLACE FUNCTION s.f(a integer, INOUT b text DEFAULT 'x') RETURNS SETOF t AS $$body$$ LANGUAGE plpgsql STABLE";
        let function = function(text);
        assert!(function.replace.is_some() && function.name.display(text) == "s.f");
        let modes: Vec<_> = function.arguments.direct.iter().map(|argument| (argument.mode, argument.default.is_some())).collect();
        assert_eq!(modes, [(ArgumentMode::In, false), (ArgumentMode::InOut, true)]);
        assert!(matches!(&function.returns, Some(Returns::Type(ty)) if ty.setof.is_some()));
        assert!(matches!(function.body(), Some(FunctionBody::Text(span)) if &text[*span] == "$$body$$"));
        assert!(matches!(function.language(), Some(WordOrString::Word(language)) if language.is(text, "plpgsql")));
    }

    #[test]
    fn a_returned_table_has_columns() {
        let function = function("CREATE FUNCTION f() RETURNS TABLE (a integer, b text) RETURN 1");
        let Some(Returns::Table(_, columns)) = &function.returns else { panic!("{function:?}") };
        assert!(columns.iter().all(|column| column.mode == ArgumentMode::Table && column.name.is_some()));
        assert!(matches!(function.body(), Some(FunctionBody::Return(_))));
    }

    #[test]
    fn an_atomic_body_is_read_statement_by_statement() {
        let text = "CREATE PROCEDURE p() BEGIN ATOMIC INSERT INTO t VALUES (1);; DELETE FROM t; END";
        let procedure = function(text);
        let Some(FunctionBody::Atomic(statements)) = procedure.body() else { panic!("{procedure:?}") };
        let texts: Vec<_> = statements.iter().map(|statement| &text[statement.span]).collect();
        assert_eq!(texts, ["INSERT INTO t VALUES (1)", "DELETE FROM t"]);
        assert!(matches!(statements[1].kind, BodyStatementKind::Statement(Node::Delete(_))));
    }

    #[test]
    fn bodies_without_quotes_get_advice() {
        assert!(
            error("CREATE FUNCTION f() RETURNS trigger AS $ BEGIN END $ LANGUAGE plpgsql").help.is_some_and(|help| help.contains("`$$`"))
        );
        assert!(error("CREATE FUNCTION f() RETURNS trigger AS BEGIN RETURN NEW").help.is_some_and(|help| help.contains("`$$`")));
        assert!(error("CREATE FUNCTION IF NOT EXISTS f() RETURNS trigger").help.is_some_and(|help| help.contains("OR REPLACE")));
    }
}
