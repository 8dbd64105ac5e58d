//! Partitioned tables: PARTITION BY, and the bounds of partitions.

use crate::syntax::lexer::{Category, Keyword, TokenKind};
use crate::syntax::tree::{Clause, HashBound, PartitionBound, PartitionBoundKind, PartitionBy, PartitionKey, PartitionStrategy};
use crate::text::Span;

use super::parser::{Parse, Parser};
use super::{column, expression, index, name};

/// `PARTITION BY strategy (keys)`, or nothing (OptPartitionSpec).
pub(super) fn partition_by(p: &mut Parser) -> Parse<Option<PartitionBy>> {
    let start = p.start();
    if p.eat_kw(Keyword::Partition).is_none() {
        return Ok(None);
    }
    p.expect_kw(Keyword::By)?;
    let strategy = strategy(p)?;
    let keys = p.paren_list(key)?;
    Ok(Some(PartitionBy { span: p.since(start), strategy, keys }))
}

/// `FOR VALUES …` or `DEFAULT` (PartitionBoundSpec).
pub(super) fn bound(p: &mut Parser) -> Parse<PartitionBound> {
    let start = p.start();
    if let Some(span) = p.eat_kw(Keyword::Default) {
        return Ok(PartitionBound { span, kind: PartitionBoundKind::Default });
    }
    if !p.at_kw(Keyword::For) {
        return Err(p.unexpected("`FOR VALUES` or `DEFAULT`"));
    }
    p.expect_kws(&[Keyword::For, Keyword::Values])?;
    let kind = match p.kind() {
        TokenKind::Keyword(Keyword::In) => {
            p.bump();
            PartitionBoundKind::List(p.paren_list(expression::expression)?)
        }
        TokenKind::Keyword(Keyword::From) => {
            p.bump();
            let from = p.paren_list(expression::expression)?;
            p.expect_kw(Keyword::To)?;
            PartitionBoundKind::Range(from, p.paren_list(expression::expression)?)
        }
        TokenKind::Keyword(Keyword::With) => {
            p.bump();
            PartitionBoundKind::Hash(hash_bound(p)?)
        }
        _ => return Err(p.unexpected("`IN`, `FROM` or `WITH`")),
    };
    Ok(PartitionBound { span: p.since(start), kind })
}

fn strategy(p: &mut Parser) -> Parse<Clause<PartitionStrategy>> {
    let before = p.mark();
    let name = name::column_name(p, "`LIST`, `RANGE` or `HASH`")?;
    let strategies = [("list", PartitionStrategy::List), ("range", PartitionStrategy::Range), ("hash", PartitionStrategy::Hash)];
    match strategies.into_iter().find(|(word, _)| name.value(p.text).eq_ignore_ascii_case(word)) {
        Some((_, value)) => Ok(Clause { span: name.span, value }),
        None => {
            p.rewind(before);
            Err(p.unexpected("`LIST`, `RANGE` or `HASH`").state("22023"))
        }
    }
}

/// One key (part_elem).
fn key(p: &mut Parser) -> Parse<PartitionKey> {
    let start = p.start();
    let subject = index::subject(p)?;
    let collation = column::collation(p)?;
    let class = p.at_column_name().then(|| name::name(p, "an operator class")).transpose()?;
    Ok(PartitionKey { span: p.since(start), subject, collation, class })
}

/// `(MODULUS 4, REMAINDER 1)`, in any order.
fn hash_bound(p: &mut Parser) -> Parse<HashBound> {
    let start = p.start();
    let [mut modulus, mut remainder] = [None, None];
    p.paren_list(|p| hash_number(p, &mut modulus, &mut remainder))?;
    match (modulus, remainder) {
        (Some(modulus), Some(remainder)) => Ok(HashBound { modulus, remainder }),
        (None, _) => Err(p.error_at(p.since(start), "a hash partition needs a `MODULUS`")),
        (_, None) => Err(p.error_at(p.since(start), "a hash partition needs a `REMAINDER`")),
    }
}

fn hash_number(p: &mut Parser, modulus: &mut Option<Span>, remainder: &mut Option<Span>) -> Parse<()> {
    let before = p.mark();
    if !p.is_name(p.kind(), |category| category != Category::Reserved) {
        return Err(p.unexpected("`MODULUS` or `REMAINDER`"));
    }
    let word = name::label(p, "`MODULUS` or `REMAINDER`")?;
    let number = name::integer(p, "an integer")?;
    let slot = match &*word.value(p.text) {
        "modulus" => modulus,
        "remainder" => remainder,
        _ => {
            p.rewind(before);
            return Err(p.unexpected("`MODULUS` or `REMAINDER`"));
        }
    };
    if slot.is_some() {
        p.rewind(before);
        return Err(p.error(format!("`{}` is written twice", word.text(p.text).to_uppercase())).state("42710"));
    }
    *slot = Some(number);
    Ok(())
}
