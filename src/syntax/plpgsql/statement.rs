//! Statements: which one it is, and the ones that hold other statements or expressions only.
//!
//! A variable may be called like a word that begins a statement: what follows the word decides. Every other word begins a statement of SQL.

use crate::syntax::lexer::TokenKind;
use crate::syntax::tree::{Chain, Expr};

use super::reader::{COMMA, Read, Reader, SEMICOLON, Stop};
use super::tree::{Branch, Branches, Statement, StatementKind};
use super::{block, cursor, loops, raise, sql};

/// PL/pgSQL's unreserved keywords that begin no statement, so that a statement of SQL can't begin with them either.
const NO_STATEMENT: [&str; 62] = [
    "absolute",
    "alias",
    "and",
    "array",
    "backward",
    "chain",
    "collate",
    "column",
    "column_name",
    "constant",
    "constraint",
    "constraint_name",
    "current",
    "cursor",
    "datatype",
    "debug",
    "default",
    "detail",
    "diagnostics",
    "dump",
    "errcode",
    "error",
    "first",
    "forward",
    "hint",
    "info",
    "is",
    "last",
    "log",
    "message",
    "message_text",
    "next",
    "no",
    "notice",
    "option",
    "pg_context",
    "pg_datatype_name",
    "pg_exception_context",
    "pg_exception_detail",
    "pg_exception_hint",
    "pg_routine_oid",
    "print_strict_params",
    "prior",
    "query",
    "relative",
    "returned_sqlstate",
    "reverse",
    "row_count",
    "rowtype",
    "schema",
    "schema_name",
    "scroll",
    "slice",
    "sqlstate",
    "stacked",
    "table",
    "table_name",
    "type",
    "use_column",
    "use_variable",
    "variable_conflict",
    "warning",
];

/// Zero or more statements with their semicolons, up to a word that ends them (proc_sect).
pub(super) fn statements(r: &mut Reader) -> Read<Vec<Statement>> {
    let mut statements = Vec::new();
    while !at_end(r) {
        statements.push(r.nested(statement)?);
    }
    Ok(statements)
}

fn at_end(r: &Reader) -> bool {
    const ENDS: [&str; 6] = ["end", "else", "elsif", "elseif", "when", "exception"];
    r.kind() == TokenKind::End || ENDS.iter().any(|word| r.at_word(word)) && !assigns(r)
}

/// Whether the next token is a variable that is assigned to.
fn assigns(r: &Reader) -> bool {
    match r.nth(1) {
        TokenKind::ColonEquals | TokenKind::Equals | TokenKind::LeftBracket => r.is_name(0) || r.kind() == TokenKind::Param,
        TokenKind::Dot => r.is_name(0) || r.kind() == TokenKind::Param,
        _ => false,
    }
}

/// The words that end a statement with a body: `END IF`.
pub(super) fn expect_end(r: &mut Reader, words: &[&str]) -> Read<()> {
    for (ahead, word) in words.iter().enumerate() {
        if !r.is_word(ahead, word) {
            let expected = format!("a statement or `{}`", words.join(" ").to_uppercase());
            let error = r.unexpected(&expected);
            let open = words.get(1).map_or("block", |word| word);
            return Err(match r.at_word("end") {
                true => error.help(format!("the innermost statement that is still open here is a `{}`", open.to_uppercase())),
                false => error,
            });
        }
    }
    for _ in words {
        r.bump();
    }
    Ok(())
}

/// One statement with its semicolon (proc_stmt).
fn statement(r: &mut Reader) -> Read<Statement> {
    let start = r.start();
    let kind = kind(r)?;
    let span = r.since(start);
    r.semicolon()?;
    Ok(Statement { span, kind })
}

/// What a statement does; the cursor then stands at its semicolon.
fn kind(r: &mut Reader) -> Read<StatementKind> {
    if r.at_operator("<<") {
        let label = block::label(r)?;
        return match r.at_word("declare") || r.at_word("begin") {
            true => block::block(r, label).map(|block| StatementKind::Block(Box::new(block))),
            false => loops::statement(r, label.map(|(_, name)| name)),
        };
    }
    if assigns(r) {
        return assignment(r);
    }
    let Some(word) = r.nth_word(0) else {
        return match r.kind() {
            TokenKind::QuotedIdent | TokenKind::UnicodeIdent | TokenKind::Placeholder => sql::statement(r),
            TokenKind::Semicolon => Err(r.unexpected("a statement").help("a statement that does nothing is written `NULL;`")),
            _ => Err(r.unexpected("a statement")),
        };
    };
    match word.to_ascii_lowercase().as_str() {
        "declare" | "begin" => block::block(r, None).map(|block| StatementKind::Block(Box::new(block))),
        "if" => branch(r),
        "case" => case(r),
        "loop" | "while" | "for" | "foreach" => loops::statement(r, None),
        "exit" => {
            r.bump();
            let (label, condition) = loops::exit(r, loops::Leave::Exit)?;
            Ok(StatementKind::Exit(label, condition))
        }
        "continue" => {
            r.bump();
            let (label, condition) = loops::exit(r, loops::Leave::Continue)?;
            Ok(StatementKind::Continue(label, condition))
        }
        "return" => returns(r),
        "raise" => raise::raise(r),
        "assert" => assert(r),
        "execute" => {
            r.bump();
            sql::execute(r).map(|dynamic| StatementKind::Execute(Box::new(dynamic)))
        }
        "perform" => sql::perform(r),
        "call" | "do" => sql::until(r, &[SEMICOLON]).map(|sql| StatementKind::Sql(Box::new(sql))),
        "get" => raise::get_diagnostics(r),
        "open" => cursor::open(r),
        "fetch" => cursor::fetch(r),
        "move" => cursor::moves(r),
        "close" => {
            r.bump();
            cursor::variable(r).map(StatementKind::Close)
        }
        "null" => {
            r.bump();
            Ok(StatementKind::Null)
        }
        "commit" => {
            r.bump();
            chain(r).map(StatementKind::Commit)
        }
        "rollback" => {
            r.bump();
            chain(r).map(StatementKind::Rollback)
        }
        word if !r.is_name(0) || NO_STATEMENT.contains(&word) => Err(r.unexpected("a statement")),
        _ => sql::statement(r),
    }
}

/// `target := value`, `target = value` (stmt_assign). The target may have subscripts and fields.
fn assignment(r: &mut Reader) -> Read<StatementKind> {
    let target = r.until(&[Stop::Token(TokenKind::ColonEquals), Stop::Token(TokenKind::Equals), SEMICOLON], "a variable")?;
    if r.kind() == TokenKind::Semicolon {
        let error = r.unexpected("`:=`");
        return Err(error.help("to call a function and forget its result, write `PERFORM` before it"));
    }
    let span = r.expression_of(target)?.span;
    r.bump();
    Ok(StatementKind::Assign(span, r.expression(&[SEMICOLON])?))
}

/// `IF … END IF` (stmt_if).
fn branch(r: &mut Reader) -> Read<StatementKind> {
    let mut branches = Vec::new();
    while branches.is_empty() || r.at_word("elsif") || r.at_word("elseif") {
        r.bump();
        branches.push(conditional(r)?);
    }
    let otherwise = otherwise(r)?;
    expect_end(r, &["end", "if"])?;
    Ok(StatementKind::If(Branches { branches, otherwise }))
}

/// `CASE … END CASE` (stmt_case).
fn case(r: &mut Reader) -> Read<StatementKind> {
    r.bump();
    let operand = match r.at_word("when") {
        true => None,
        false => Some(r.expression(&[Stop::Word("when")])?),
    };
    let mut branches = Vec::new();
    while r.eat_word("when").is_some() {
        branches.push(conditional(r)?);
    }
    let otherwise = otherwise(r)?;
    expect_end(r, &["end", "case"])?;
    Ok(StatementKind::Case(operand, Branches { branches, otherwise }))
}

/// What follows IF, ELSIF or WHEN.
fn conditional(r: &mut Reader) -> Read<Branch> {
    let condition = r.expression(&[Stop::Word("then")])?;
    r.bump();
    Ok(Branch { condition, statements: statements(r)? })
}

fn otherwise(r: &mut Reader) -> Read<Option<Vec<Statement>>> {
    match r.eat_word("else") {
        Some(_) => statements(r).map(Some),
        None => Ok(None),
    }
}

/// `RETURN …` (stmt_return).
fn returns(r: &mut Reader) -> Read<StatementKind> {
    r.bump();
    if r.eat_word("next").is_some() {
        return optional(r).map(StatementKind::ReturnNext);
    }
    if r.eat_word("query").is_none() {
        return optional(r).map(StatementKind::Return);
    }
    match r.eat_word("execute") {
        None => sql::until(r, &[SEMICOLON]).map(|sql| StatementKind::ReturnQuery(Box::new(sql))),
        Some(_) => sql::dynamic(r, SEMICOLON).map(|dynamic| StatementKind::ReturnExecute(Box::new(dynamic))),
    }
}

/// An expression, unless the statement ends here.
fn optional(r: &mut Reader) -> Read<Option<Expr>> {
    match r.kind() {
        TokenKind::Semicolon => Ok(None),
        _ => r.expression(&[SEMICOLON]).map(Some),
    }
}

/// `ASSERT condition, message` (stmt_assert).
fn assert(r: &mut Reader) -> Read<StatementKind> {
    r.bump();
    let condition = r.expression(&[COMMA, SEMICOLON])?;
    let message = match r.eat(TokenKind::Comma) {
        Some(_) => Some(r.expression(&[SEMICOLON])?),
        None => None,
    };
    Ok(StatementKind::Assert(condition, message))
}

/// `AND CHAIN`, `AND NO CHAIN` (opt_transaction_chain).
fn chain(r: &mut Reader) -> Read<Option<Chain>> {
    let start = r.start();
    if r.eat_word("and").is_none() {
        return Ok(None);
    }
    let no = r.eat_word("no");
    r.expect_word("chain")?;
    let span = r.since(start);
    Ok(Some(if no.is_some() { Chain::NoChain(span) } else { Chain::Chain(span) }))
}
