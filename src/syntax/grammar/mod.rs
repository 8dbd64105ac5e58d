//! The grammar: the tokens of one statement to a tree, exactly as PostgreSQL's `gram.y` reads them.
//!
//! One file a theme, named as its file in `tree`. `create`, `alter` and `drop` choose the production by the words that follow; everything
//! else is chosen by its first word, here. The grammar is a recogniser of the whole language: expressions and queries are checked in full
//! (`expression`, `query`), even though the tree keeps only their span.

mod access;
mod alter;
mod alter_column;
mod alter_object;
mod alter_table;
mod argument;
mod call;
mod cast;
mod column;
mod comment;
mod constraint;
mod copy;
mod create;
mod cursor;
mod data_change;
mod database;
mod default_privileges;
mod define;
mod delete;
mod dialect;
mod domain;
mod drop;
mod error;
mod event_trigger;
mod explain;
mod expression;
mod extension;
mod foreign;
mod from_clause;
mod function;
mod function_call;
mod function_option;
mod index;
mod insert;
mod json;
mod language;
mod limit;
mod maintenance;
mod merge;
pub(super) mod name;
mod notify;
mod object;
mod operand;
mod operator;
mod ordering;
pub(super) mod parser;
mod partition;
mod policy;
mod prepared;
mod publication;
mod query;
mod role;
mod rule;
mod schema;
mod sequence;
mod session;
mod settings;
mod special_function;
mod statistics;
mod storage;
mod subscription;
mod table;
#[cfg(test)]
mod testing;
mod text_search;
mod transaction;
mod trigger;
pub(super) mod type_name;
mod types;
mod update;
mod utility_options;
mod view;
mod window;
mod with_clause;
mod xml;

pub use error::SyntaxError;

use super::lexer::{Keyword, Token, TokenKind};
use super::tree::{Copy, CopyDirection, CopyEndpoint, Expr, Node, TypeName};
use super::version::Need;
use parser::{Parse, Parser};

/// The tree of one statement, without its semicolon, and what of it not every version reads.
///
/// # Errors
/// What PostgreSQL would reject, at the token at which it would.
pub fn parse(text: &str, tokens: &[Token]) -> Result<(Node, Vec<Need>), Box<SyntaxError>> {
    whole(text, tokens, statement, "the end of the statement")
}

/// A type by itself, as PL/pgSQL declares variables of.
pub(super) fn parse_type(text: &str, tokens: &[Token]) -> Result<(TypeName, Vec<Need>), Box<SyntaxError>> {
    whole(text, tokens, type_name::type_name, "the end of the type")
}

/// An expression of PL/pgSQL: whatever may follow SELECT.
pub(super) fn parse_expression(text: &str, tokens: &[Token]) -> Result<(Expr, Vec<Need>), Box<SyntaxError>> {
    whole(text, tokens, query::without_select, "the end of the expression")
}

/// Runs a production that must read all tokens.
fn whole<T>(
    text: &str,
    tokens: &[Token],
    production: impl FnOnce(&mut Parser) -> Parse<T>,
    end: &str,
) -> Result<(T, Vec<Need>), Box<SyntaxError>> {
    let mut p = Parser::new(text, tokens);
    let result = production(&mut p).and_then(|value| match p.at_end() {
        true => Ok(value),
        false => Err(p.unexpected(end)),
    });
    match result {
        Ok(value) => Ok((value, p.into_needs())),
        // What the lexer could not read is the cause of whatever follows from it.
        Err(error) => Err(match p.lexical_error() {
            Some((span, cause)) if span.start <= error.span.start => Box::new(SyntaxError::lexical(span, cause)),
            _ => dialect::explain_slip(text, tokens, error),
        }),
    }
}

/// Whether these tokens are a COPY that reads rows from the client.
pub(super) fn reads_rows(text: &str, tokens: &[Token]) -> bool {
    let from_client = |copy: &Copy| matches!((copy.direction, copy.endpoint), (CopyDirection::From(_), CopyEndpoint::Client(_)));
    matches!(parse(text, tokens), Ok((Node::Copy(copy), _)) if from_client(&copy))
}

/// Any statement (stmt).
fn statement(p: &mut Parser) -> Parse<Node> {
    let TokenKind::Keyword(keyword) = p.kind() else {
        return match p.kind() {
            TokenKind::LeftParen => query::select_statement(p),
            _ => Err(dialect::no_statement(p)),
        };
    };
    match keyword {
        Keyword::Create => create::create(p),
        Keyword::Alter => alter::alter(p),
        Keyword::Drop => drop::drop(p),
        Keyword::Select | Keyword::Values | Keyword::Table => query::select_statement(p),
        Keyword::With | Keyword::Insert | Keyword::Update | Keyword::Delete | Keyword::Merge => data_change::statement(p),
        Keyword::Comment => comment::comment(p),
        Keyword::Security => comment::security_label(p),
        Keyword::Grant => access::grant(p),
        Keyword::Revoke => access::revoke(p),
        Keyword::Reassign => role::reassign_owned(p),
        Keyword::Do => call::do_block(p),
        Keyword::Call => call::call(p),
        Keyword::Import => foreign::import_foreign_schema(p),
        Keyword::Refresh => view::refresh(p),
        Keyword::Begin
        | Keyword::Start
        | Keyword::Commit
        | Keyword::End
        | Keyword::Rollback
        | Keyword::Abort
        | Keyword::Savepoint
        | Keyword::Release => transaction::transaction(p),
        Keyword::Prepare if p.nth(1) == TokenKind::Keyword(Keyword::Transaction) => transaction::transaction(p),
        Keyword::Set if p.nth(1) == TokenKind::Keyword(Keyword::Constraints) => session::set_constraints(p),
        Keyword::Set => session::set(p),
        Keyword::Reset => session::reset(p),
        Keyword::Show => session::show(p),
        Keyword::Discard => session::discard(p),
        Keyword::Listen | Keyword::Notify | Keyword::Unlisten => notify::notify(p),
        Keyword::Prepare => prepared::prepare(p),
        Keyword::Execute => prepared::execute(p),
        Keyword::Deallocate => prepared::deallocate(p),
        Keyword::Declare | Keyword::Fetch | Keyword::Move | Keyword::Close => cursor::cursor(p),
        Keyword::Load => session::load(p),
        Keyword::Checkpoint => maintenance::checkpoint(p),
        Keyword::Vacuum => maintenance::vacuum(p),
        Keyword::Analyze | Keyword::Analyse => maintenance::analyze(p),
        Keyword::Reindex => maintenance::reindex(p),
        Keyword::Cluster => maintenance::cluster(p),
        Keyword::Truncate => maintenance::truncate(p),
        Keyword::Lock => maintenance::lock(p),
        Keyword::Copy => copy::copy(p),
        Keyword::Explain => explain::explain(p),
        _ => Err(dialect::no_statement(p)),
    }
}
