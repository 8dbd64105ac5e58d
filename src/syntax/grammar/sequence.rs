//! Sequences, and the options that identity columns share with them.

use crate::syntax::lexer::{Keyword, TokenKind};
use crate::syntax::tree::{
    AlterSequence, AlteredKind, CreateSequence, Ident, Name, Node, OwnedBy, Relation, SequenceOption, SequenceOptionKind,
};
use crate::text::Span;

use super::create::Head;
use super::parser::{Parse, Parser};
use super::{alter_table, name, storage, type_name};

/// `CREATE SEQUENCE` (CreateSeqStmt).
pub(super) fn create_sequence(p: &mut Parser, head: Head) -> Parse<Node> {
    let persistence = storage::persistence(p)?;
    p.expect_kw(Keyword::Sequence)?;
    let guard = name::if_not_exists(p);
    let name = name::name(p, "a sequence name")?;
    let options = if at_option(p) { options(p)? } else { Vec::new() };
    Ok(Node::CreateSequence(Box::new(CreateSequence { span: p.since(head.start), persistence, guard, name, options })))
}

/// `ALTER SEQUENCE`: with options it is a statement of its own (AlterSeqStmt), else it shares ALTER TABLE's actions.
pub(super) fn alter(p: &mut Parser, start: u32) -> Parse<Node> {
    p.expect_kw(Keyword::Sequence)?;
    let guard = name::if_exists(p);
    let name = name::name(p, "a sequence name")?;
    if !at_option(p) {
        return alter_table::actions_of(p, start, AlteredKind::Sequence, guard, Relation { only: None, name });
    }
    let options = options(p)?;
    Ok(Node::AlterSequence(Box::new(AlterSequence { span: p.since(start), guard, name, options })))
}

/// `(START WITH 5 INCREMENT BY 2)`, or nothing (OptParenthesizedSeqOptList).
pub(super) fn parenthesized_options(p: &mut Parser) -> Parse<Vec<SequenceOption>> {
    if p.eat(TokenKind::LeftParen).is_none() {
        return Ok(Vec::new());
    }
    let options = options(p)?;
    p.expect(TokenKind::RightParen, "another option of the sequence or `)`")?;
    Ok(options)
}

/// Whether an option of a sequence comes next.
pub(super) fn at_option(p: &Parser) -> bool {
    is_option(p.kind(), p.nth(1))
}

/// Whether these two tokens begin an option of a sequence: `NO INHERIT` is something else.
pub(super) fn is_option(first: TokenKind, second: TokenKind) -> bool {
    use Keyword::*;
    match first {
        TokenKind::Keyword(No) => matches!(second, TokenKind::Keyword(Cycle | Maxvalue | Minvalue)),
        TokenKind::Keyword(keyword) => {
            matches!(keyword, As | Cache | Cycle | Increment | Maxvalue | Minvalue | Owned | Sequence | Start | Restart | Logged | Unlogged)
        }
        _ => false,
    }
}

/// One option (SeqOptElem).
pub(super) fn option(p: &mut Parser) -> Parse<SequenceOption> {
    let start = p.start();
    let TokenKind::Keyword(keyword) = p.kind() else {
        return Err(p.unexpected("an option of the sequence, such as `START WITH 1`"));
    };
    p.bump();
    let kind = match keyword {
        Keyword::As => SequenceOptionKind::As(Box::new(type_name::simple_type(p)?)),
        Keyword::Cache => SequenceOptionKind::Cache(number(p)?),
        Keyword::Cycle => SequenceOptionKind::Cycle,
        Keyword::Increment => {
            p.eat_kw(Keyword::By);
            SequenceOptionKind::Increment(number(p)?)
        }
        Keyword::Minvalue => SequenceOptionKind::MinValue(number(p)?),
        Keyword::Maxvalue => SequenceOptionKind::MaxValue(number(p)?),
        Keyword::No => no_option(p)?,
        Keyword::Owned => {
            p.expect_kw(Keyword::By)?;
            SequenceOptionKind::OwnedBy(owner(p)?)
        }
        Keyword::Sequence => {
            p.expect_kw(Keyword::Name)?;
            SequenceOptionKind::SequenceName(name::name(p, "a sequence name")?)
        }
        Keyword::Start => {
            p.eat_kw(Keyword::With);
            SequenceOptionKind::Start(number(p)?)
        }
        Keyword::Restart => SequenceOptionKind::Restart(restart_value(p)?),
        Keyword::Logged | Keyword::Unlogged => {
            // Of 15 and 16 their later releases: 15.9 and 16.5.
            p.need(15, p.since(start), "`LOGGED` or `UNLOGGED` as an option of a sequence");
            if keyword == Keyword::Logged { SequenceOptionKind::Logged } else { SequenceOptionKind::Unlogged }
        }
        _ => return Err(p.unexpected("an option of the sequence, such as `START WITH 1`")),
    };
    Ok(SequenceOption { span: p.since(start), kind })
}

fn options(p: &mut Parser) -> Parse<Vec<SequenceOption>> {
    let mut options = vec![option(p)?];
    while at_option(p) {
        options.push(option(p)?);
    }
    Ok(options)
}

fn no_option(p: &mut Parser) -> Parse<SequenceOptionKind> {
    let kind = match p.kind() {
        TokenKind::Keyword(Keyword::Cycle) => SequenceOptionKind::NoCycle,
        TokenKind::Keyword(Keyword::Minvalue) => SequenceOptionKind::NoMinValue,
        TokenKind::Keyword(Keyword::Maxvalue) => SequenceOptionKind::NoMaxValue,
        _ => return Err(p.unexpected("`CYCLE`, `MINVALUE` or `MAXVALUE`")),
    };
    p.bump();
    Ok(kind)
}

/// `5`, `WITH 5` or nothing.
fn restart_value(p: &mut Parser) -> Parse<Option<Span>> {
    let written = p.eat_kw(Keyword::With).is_some()
        || matches!(p.kind(), TokenKind::Integer | TokenKind::Decimal | TokenKind::Plus | TokenKind::Minus | TokenKind::Placeholder);
    written.then(|| number(p)).transpose()
}

fn number(p: &mut Parser) -> Parse<Span> {
    name::number(p, "a number")
}

/// `NONE`, or a column's name with at most a database, a schema and a table in front (any_name).
fn owner(p: &mut Parser) -> Parse<OwnedBy> {
    if p.at_kw(Keyword::None) && p.nth(1) != TokenKind::Dot {
        return Ok(OwnedBy::None(p.bump()));
    }
    let mut table: Option<Name> = None;
    let mut column = name::column_name(p, "a column, written as `table.column`, or `NONE`")?;
    while p.eat(TokenKind::Dot).is_some() {
        let qualifier: Ident = std::mem::replace(&mut column, name::label(p, "a name after the point")?);
        table = Some(match table {
            None => Name::unqualified(qualifier),
            Some(outer) if outer.database.is_some() => {
                return Err(p.error("a column's name has at most four parts: database, schema, table and column"));
            }
            Some(outer) => Name { database: outer.schema, schema: Some(outer.object), object: qualifier },
        });
    }
    Ok(OwnedBy::Column(table, column))
}
