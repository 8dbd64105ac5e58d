//! SQL/XML: the functions of the standard, and XMLTABLE.

use crate::syntax::lexer::{Keyword, TokenKind};
use crate::text::Span;

use super::parser::{Parse, Parser};
use super::special_function::Production;
use super::{expression, name, operand, type_name};

/// What reads a call of the function `keyword`, if it is one of these.
pub(super) fn function(keyword: Keyword) -> Option<Production> {
    Some(match keyword {
        Keyword::Xmlconcat => concat,
        Keyword::Xmlelement => element,
        Keyword::Xmlexists => exists,
        Keyword::Xmlforest => forest,
        Keyword::Xmlparse => parse,
        Keyword::Xmlpi => processing_instruction,
        Keyword::Xmlroot => root,
        Keyword::Xmlserialize => serialize,
        _ => return None,
    })
}

/// `XMLTABLE(XMLNAMESPACES (…), '/row' PASSING x COLUMNS …)` in FROM (xmltable).
pub(super) fn table(p: &mut Parser) -> Parse<()> {
    p.expect_kw(Keyword::Xmltable)?;
    p.left_paren()?;
    if p.at_kw(Keyword::Xmlnamespaces) && p.nth(1) == TokenKind::LeftParen {
        p.bump();
        p.left_paren()?;
        namespace(p)?;
        while p.eat(TokenKind::Comma).is_some() {
            namespace(p)?;
        }
        p.right_paren()?;
        p.expect(TokenKind::Comma, "`,`")?;
    }
    operand::operand(p)?;
    passing(p)?;
    p.expect_kw(Keyword::Columns)?;
    column(p)?;
    while p.eat(TokenKind::Comma).is_some() {
        column(p)?;
    }
    p.expect(TokenKind::RightParen, "`,` or `)`").map(drop)
}

fn concat(p: &mut Parser) -> Parse<()> {
    p.bump();
    expression::parenthesised_expressions(p).map(drop)
}

/// `XMLELEMENT(NAME x, XMLATTRIBUTES(…), content, …)`.
fn element(p: &mut Parser) -> Parse<()> {
    p.bump();
    p.left_paren()?;
    p.expect_kw(Keyword::Name)?;
    name::label(p, "the name of the element")?;
    let mut content = p.eat(TokenKind::Comma).is_some();
    if content && p.at_kw(Keyword::Xmlattributes) && p.nth(1) == TokenKind::LeftParen {
        p.bump();
        attributes(p)?;
        content = p.eat(TokenKind::Comma).is_some();
    }
    if content {
        expression::expressions(p)?;
    }
    p.expect(TokenKind::RightParen, "`,` or `)`").map(drop)
}

fn exists(p: &mut Parser) -> Parse<()> {
    p.bump();
    p.left_paren()?;
    operand::operand(p)?;
    passing(p)?;
    p.right_paren().map(drop)
}

fn forest(p: &mut Parser) -> Parse<()> {
    p.bump();
    attributes(p)
}

/// `XMLPARSE(DOCUMENT x PRESERVE WHITESPACE)`.
fn parse(p: &mut Parser) -> Parse<()> {
    p.bump();
    p.left_paren()?;
    document_or_content(p)?;
    expression::expression(p)?;
    if matches!(p.kind(), TokenKind::Keyword(Keyword::Preserve | Keyword::Strip)) {
        p.bump();
        p.expect_kw(Keyword::Whitespace)?;
    }
    p.right_paren().map(drop)
}

fn processing_instruction(p: &mut Parser) -> Parse<()> {
    p.bump();
    p.left_paren()?;
    p.expect_kw(Keyword::Name)?;
    name::label(p, "the name of the instruction")?;
    if p.eat(TokenKind::Comma).is_some() {
        expression::expression(p)?;
    }
    p.right_paren().map(drop)
}

/// `XMLROOT(x, VERSION NO VALUE, STANDALONE YES)`.
fn root(p: &mut Parser) -> Parse<()> {
    p.bump();
    p.left_paren()?;
    expression::expression(p)?;
    p.expect(TokenKind::Comma, "`,`")?;
    p.expect_kw(Keyword::Version)?;
    if p.eat_kws(&[Keyword::No, Keyword::Value]).is_none() {
        expression::expression(p)?;
    }
    if p.eat(TokenKind::Comma).is_some() {
        p.expect_kw(Keyword::Standalone)?;
        if p.eat_kw(Keyword::Yes).is_none() {
            p.expect_kw(Keyword::No)?;
            p.eat_kw(Keyword::Value);
        }
    }
    p.right_paren().map(drop)
}

/// `XMLSERIALIZE(CONTENT x AS text INDENT)`.
fn serialize(p: &mut Parser) -> Parse<()> {
    p.bump();
    p.left_paren()?;
    document_or_content(p)?;
    expression::expression(p)?;
    p.expect_kw(Keyword::As)?;
    type_name::simple_type(p)?;
    let start = p.start();
    if p.eat_kw(Keyword::Indent).is_some() || p.eat_kws(&[Keyword::No, Keyword::Indent]).is_some() {
        let span = p.since(start);
        p.need(16, span, "`INDENT` in `XMLSERIALIZE`");
    }
    p.right_paren().map(drop)
}

fn document_or_content(p: &mut Parser) -> Parse<Span> {
    match p.kind() {
        TokenKind::Keyword(Keyword::Document | Keyword::Content) => Ok(p.bump()),
        _ => Err(p.unexpected("`DOCUMENT` or `CONTENT`")),
    }
}

/// `(a, b AS c)` (xml_attribute_list).
fn attributes(p: &mut Parser) -> Parse<()> {
    p.left_paren()?;
    loop {
        expression::expression(p)?;
        if p.eat_kw(Keyword::As).is_some() {
            name::label(p, "a name")?;
        }
        if p.eat(TokenKind::Comma).is_none() {
            return p.expect(TokenKind::RightParen, "`,` or `)`").map(drop);
        }
    }
}

/// `PASSING BY REF x BY REF` (xmlexists_argument).
fn passing(p: &mut Parser) -> Parse<()> {
    p.expect_kw(Keyword::Passing)?;
    mechanism(p)?;
    operand::operand(p)?;
    mechanism(p)
}

fn mechanism(p: &mut Parser) -> Parse<()> {
    if p.eat_kw(Keyword::By).is_some() && p.eat_kw(Keyword::Ref).is_none() {
        p.expect_kw(Keyword::Value)?;
    }
    Ok(())
}

/// `'uri' AS x`, `DEFAULT 'uri'`.
fn namespace(p: &mut Parser) -> Parse<()> {
    if p.eat_kw(Keyword::Default).is_some() {
        return expression::restricted(p).map(drop);
    }
    expression::restricted(p)?;
    p.expect_kw(Keyword::As)?;
    name::label(p, "the name of the namespace").map(drop)
}

/// `a FOR ORDINALITY`, `a text PATH 'x' DEFAULT 'y' NOT NULL` (xmltable_column_el).
fn column(p: &mut Parser) -> Parse<()> {
    name::column_name(p, "a column name")?;
    if p.eat_kws(&[Keyword::For, Keyword::Ordinality]).is_some() {
        return Ok(());
    }
    type_name::type_name(p)?;
    let (mut path, mut default, mut nullability) = (false, false, false);
    loop {
        let start = p.start();
        let (seen, what) = match p.kind() {
            TokenKind::Keyword(Keyword::Path) => (&mut path, "`PATH`"),
            TokenKind::Keyword(Keyword::Default) => (&mut default, "`DEFAULT`"),
            TokenKind::Keyword(Keyword::Null | Keyword::Not) => (&mut nullability, "`NULL` or `NOT NULL`"),
            _ => return Ok(()),
        };
        let word = p.kind();
        p.bump();
        match word {
            TokenKind::Keyword(Keyword::Null) => {}
            TokenKind::Keyword(Keyword::Not) => {
                p.expect_kw(Keyword::Null)?;
            }
            _ => {
                expression::restricted(p)?;
            }
        }
        if std::mem::replace(seen, true) {
            return Err(p.error_at(p.since(start), format!("{what} is written twice for this column")));
        }
    }
}
