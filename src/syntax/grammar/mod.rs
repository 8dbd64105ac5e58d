//! The grammar: the tokens of one statement to a tree, exactly as PostgreSQL's `gram.y` reads them.
//!
//! One file a theme, named as its file in `tree`. `create`, `alter` and `drop` choose the production by the words that follow; everything
//! else is chosen by its first word, here. The grammar is a recogniser of the whole language: expressions and queries are checked in full
//! (`expression`, `query`), even though the tree keeps only their span.

mod access;
mod alter;
mod alter_table;
mod constraint;
mod create;
mod data_change;
mod drop;
mod error;
mod expression;
mod foreign;
mod function;
mod index;
mod maintenance;
mod name;
mod object;
mod operator;
mod parser;
mod policy;
mod query;
mod replication;
mod role;
mod schema;
mod sequence;
mod session;
mod settings;
mod table;
mod text_search;
mod transaction;
mod trigger;
mod type_name;
mod types;
mod view;

pub use error::SyntaxError;

use super::lexer::{Keyword, Token, TokenKind};
use super::tree::Node;
use super::version::Need;
use parser::{Parse, Parser};

/// The tree of one statement, without its semicolon, and what of it not every version reads.
///
/// # Errors
/// What PostgreSQL would reject, at the token at which it would.
pub fn parse(text: &str, tokens: &[Token]) -> Result<(Node, Vec<Need>), Box<SyntaxError>> {
    let mut p = Parser::new(text, tokens);
    let result = statement(&mut p).and_then(|node| match p.at_end() {
        true => Ok(node),
        false => Err(p.unexpected("the end of the statement")),
    });
    match result {
        Ok(node) => Ok((node, p.into_needs())),
        // What the lexer could not read is the cause of whatever follows from it.
        Err(error) => Err(match p.lexical_error() {
            Some((span, cause)) if span.start <= error.span.start => Box::new(SyntaxError::lexical(span, cause)),
            _ => error,
        }),
    }
}

/// Any statement (stmt).
fn statement(p: &mut Parser) -> Parse<Node> {
    let TokenKind::Keyword(keyword) = p.kind() else {
        return match p.kind() {
            TokenKind::LeftParen => query::select_statement(p),
            _ => Err(p.unexpected("a statement")),
        };
    };
    match keyword {
        Keyword::Create => create::create(p),
        Keyword::Alter => alter::alter(p),
        Keyword::Drop => drop::drop(p),
        Keyword::Select | Keyword::Values | Keyword::Table => query::select_statement(p),
        Keyword::With | Keyword::Insert | Keyword::Update | Keyword::Delete | Keyword::Merge => data_change::statement(p),
        Keyword::Comment => object::comment(p),
        Keyword::Security => object::security_label(p),
        Keyword::Grant => access::grant(p),
        Keyword::Revoke => access::revoke(p),
        Keyword::Reassign => role::reassign_owned(p),
        Keyword::Do => function::do_block(p),
        Keyword::Call => function::call(p),
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
        Keyword::Listen | Keyword::Notify | Keyword::Unlisten => session::notify(p),
        Keyword::Prepare => session::prepare(p),
        Keyword::Execute => session::execute(p),
        Keyword::Deallocate => session::deallocate(p),
        Keyword::Declare | Keyword::Fetch | Keyword::Move | Keyword::Close => session::cursor(p),
        Keyword::Load => session::load(p),
        Keyword::Checkpoint => session::checkpoint(p),
        Keyword::Vacuum => maintenance::vacuum(p),
        Keyword::Analyze | Keyword::Analyse => maintenance::analyze(p),
        Keyword::Reindex => maintenance::reindex(p),
        Keyword::Cluster => maintenance::cluster(p),
        Keyword::Truncate => maintenance::truncate(p),
        Keyword::Lock => maintenance::lock(p),
        Keyword::Copy => maintenance::copy(p),
        Keyword::Explain => maintenance::explain(p),
        _ => Err(p.unexpected("a statement")),
    }
}
