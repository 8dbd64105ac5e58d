//! ALTER TABLE … ALTER COLUMN: what becomes of one column.

use crate::syntax::lexer::{Keyword, TokenKind};
use crate::syntax::tree::{ColumnChange, Identity, IdentityChange, SequenceOptionKind, SetType};
use crate::text::Span;

use super::parser::{Parse, Parser};
use super::{column, constraint, expression, name, sequence, settings, type_name};

/// What follows the column's name.
pub(super) fn change(p: &mut Parser) -> Parse<ColumnChange> {
    match p.kind() {
        TokenKind::Keyword(Keyword::Set) if at_identity_change(p) => identity_changes(p),
        TokenKind::Keyword(Keyword::Restart) => identity_changes(p),
        TokenKind::Keyword(Keyword::Set) => set(p),
        TokenKind::Keyword(Keyword::Drop) => drop_part(p),
        TokenKind::Keyword(Keyword::Reset) => {
            p.bump();
            settings::storage_parameters(p).map(ColumnChange::ResetOptions)
        }
        TokenKind::Keyword(Keyword::Add) => add_identity(p),
        TokenKind::Keyword(Keyword::Type) => set_type(p),
        TokenKind::Keyword(Keyword::Options) => settings::changed_generic_options(p).map(ColumnChange::Options),
        TokenKind::Keyword(Keyword::Not) => Err(no_change(p).help("PostgreSQL says `SET NOT NULL`")),
        TokenKind::Keyword(Keyword::Default) => Err(no_change(p).help("PostgreSQL says `SET DEFAULT`")),
        _ if p.at_column_name() => Err(no_change(p).help("a column's type is changed by `ALTER COLUMN … TYPE …`")),
        _ => Err(no_change(p)),
    }
}

/// `2 SET STATISTICS 1000`: the number of an index's column, and all that may become of it.
pub(super) fn change_by_number(p: &mut Parser) -> Parse<(Span, ColumnChange)> {
    let before = p.mark();
    let number = name::integer(p, "a column number")?;
    if !p.text[number].replace('_', "").parse::<i16>().is_ok_and(|number| number > 0) {
        p.rewind(before);
        return Err(p.error("a column number is between 1 and 32767"));
    }
    p.expect_kws(&[Keyword::Set, Keyword::Statistics])?;
    Ok((number, statistics(p)?))
}

/// `SET DATA TYPE type COLLATE name CASCADE` of an attribute of a composite type.
pub(super) fn attribute_type(p: &mut Parser) -> Parse<ColumnChange> {
    p.eat_kws(&[Keyword::Set, Keyword::Data]);
    p.expect_kw(Keyword::Type)?;
    let ty = type_name::type_name(p)?;
    let collation = column::collation(p)?;
    let behavior = name::behavior(p);
    Ok(ColumnChange::SetType(Box::new(SetType { ty, collation, using: None, behavior })))
}

fn no_change(p: &Parser) -> Box<super::SyntaxError> {
    p.unexpected("what to change, such as `TYPE`, `SET NOT NULL` or `DROP DEFAULT`")
}

fn set(p: &mut Parser) -> Parse<ColumnChange> {
    p.expect_kw(Keyword::Set)?;
    let start = p.start();
    match p.kind() {
        TokenKind::LeftParen => settings::storage_parameters(p).map(ColumnChange::SetOptions),
        TokenKind::Keyword(Keyword::Default) => {
            p.bump();
            expression::expression(p).map(ColumnChange::SetDefault)
        }
        TokenKind::Keyword(Keyword::Not) => p.expect_kws(&[Keyword::Not, Keyword::Null]).map(|_| ColumnChange::SetNotNull),
        TokenKind::Keyword(Keyword::Data) => {
            p.bump();
            set_type(p)
        }
        TokenKind::Keyword(Keyword::Expression) => {
            p.expect_kws(&[Keyword::Expression, Keyword::As])?;
            p.need(17, p.since(start), "`SET EXPRESSION`");
            constraint::parenthesized(p).map(ColumnChange::SetExpression)
        }
        TokenKind::Keyword(Keyword::Statistics) => {
            p.bump();
            statistics(p)
        }
        TokenKind::Keyword(Keyword::Storage) => {
            p.bump();
            let word = column::word_or_default(p)?;
            if word.is(p.text, "default") {
                p.need(16, word.span, "`SET STORAGE DEFAULT`");
            }
            Ok(ColumnChange::SetStorage(word))
        }
        TokenKind::Keyword(Keyword::Compression) => {
            p.bump();
            p.need(14, p.since(start), "`SET COMPRESSION`");
            column::word_or_default(p).map(ColumnChange::SetCompression)
        }
        TokenKind::Keyword(Keyword::Type) => Err(p.unexpected("`DATA TYPE`").help("PostgreSQL says `TYPE` or `SET DATA TYPE`")),
        _ => Err(p.unexpected("what to set, such as `DEFAULT`, `NOT NULL` or `DATA TYPE`")),
    }
}

/// The value of SET STATISTICS; DEFAULT is -1.
fn statistics(p: &mut Parser) -> Parse<ColumnChange> {
    if let Some(span) = p.eat_kw(Keyword::Default) {
        p.need(17, span, "`SET STATISTICS DEFAULT`");
        return Ok(ColumnChange::SetStatistics(span));
    }
    name::signed_integer(p, "an integer or `DEFAULT`").map(ColumnChange::SetStatistics)
}

fn drop_part(p: &mut Parser) -> Parse<ColumnChange> {
    p.expect_kw(Keyword::Drop)?;
    match p.kind() {
        TokenKind::Keyword(Keyword::Default) => {
            p.bump();
            Ok(ColumnChange::DropDefault)
        }
        TokenKind::Keyword(Keyword::Not) => p.expect_kws(&[Keyword::Not, Keyword::Null]).map(|_| ColumnChange::DropNotNull),
        TokenKind::Keyword(Keyword::Expression) => {
            let span = p.bump();
            p.need(13, span, "`DROP EXPRESSION`");
            Ok(ColumnChange::DropExpression(name::if_exists(p)))
        }
        TokenKind::Keyword(Keyword::Identity) => {
            p.bump();
            Ok(ColumnChange::DropIdentity(name::if_exists(p)))
        }
        _ => Err(p.unexpected("`DEFAULT`, `NOT NULL`, `EXPRESSION` or `IDENTITY`")),
    }
}

/// `TYPE type COLLATE name USING expression`.
fn set_type(p: &mut Parser) -> Parse<ColumnChange> {
    p.expect_kw(Keyword::Type)?;
    let ty = type_name::type_name(p)?;
    let collation = column::collation(p)?;
    let using = p.clause(&[Keyword::Using], expression::expression)?;
    Ok(ColumnChange::SetType(Box::new(SetType { ty, collation, using, behavior: None })))
}

fn add_identity(p: &mut Parser) -> Parse<ColumnChange> {
    p.expect_kws(&[Keyword::Add, Keyword::Generated])?;
    let generation = column::generation(p)?;
    p.expect_kws(&[Keyword::As, Keyword::Identity])?;
    let options = sequence::parenthesized_options(p)?;
    Ok(ColumnChange::AddIdentity(Identity { generation, options }))
}

/// Whether SET begins a change of the identity, and nothing else that can be set.
fn at_identity_change(p: &Parser) -> bool {
    p.at_kw(Keyword::Set) && (p.nth(1) == TokenKind::Keyword(Keyword::Generated) || sequence::is_option(p.nth(1), p.nth(2)))
}

/// One or more of `SET GENERATED ALWAYS`, `SET INCREMENT BY 2`, `RESTART WITH 5` (alter_identity_column_option_list).
fn identity_changes(p: &mut Parser) -> Parse<ColumnChange> {
    let mut changes = Vec::new();
    while p.at_kw(Keyword::Restart) || at_identity_change(p) {
        changes.push(identity_change(p)?);
    }
    Ok(ColumnChange::SetIdentity(changes))
}

fn identity_change(p: &mut Parser) -> Parse<IdentityChange> {
    if p.eat_kw(Keyword::Set).is_none() {
        return sequence::option(p).map(IdentityChange::Option);
    }
    if p.eat_kw(Keyword::Generated).is_some() {
        return column::generation(p).map(IdentityChange::Generation);
    }
    let before = p.mark();
    let option = sequence::option(p)?;
    if matches!(option.kind, SequenceOptionKind::As(_) | SequenceOptionKind::Restart(_) | SequenceOptionKind::OwnedBy(_)) {
        p.rewind(before);
        return Err(p.unexpected("an option of the sequence that an identity column can set"));
    }
    Ok(IdentityChange::Option(option))
}
