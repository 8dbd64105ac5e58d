//! SQL/XML and SQL/JSON: what is an expression in their functions is read, what is a word stays a word.
//!
//! The grammar has seen to it that the words stand where they may, so they are taken here as they come.

use crate::syntax::grammar::parser::Parse;
use crate::syntax::grammar::type_name;
use crate::syntax::lexer::{Keyword, TokenKind};

use super::super::tree::*;
use super::super::write;
use super::operator::{self, Content, expression};
use super::special::{self, Production, mechanism};
use super::{Reader, call, operand, window};

type Parts = Vec<SpecialPart>;

/// What reads a call of the function `keyword`, if it is one of these.
pub(super) fn function(keyword: Keyword) -> Option<Production> {
    Some(match keyword {
        Keyword::JsonObject => json_object,
        Keyword::Json
        | Keyword::JsonArray
        | Keyword::JsonScalar
        | Keyword::JsonSerialize
        | Keyword::JsonQuery
        | Keyword::JsonValue
        | Keyword::JsonExists
        | Keyword::MergeAction => |r, start| special(r, start, json_values),
        Keyword::Xmlconcat => |r, start| special(r, start, expressions),
        Keyword::Xmlelement | Keyword::Xmlpi => |r, start| special(r, start, xml_element),
        Keyword::Xmlforest => |r, start| special(r, start, attributes),
        Keyword::Xmlparse | Keyword::Xmlserialize => |r, start| special(r, start, xml_document),
        Keyword::Xmlroot => |r, start| special(r, start, xml_root),
        _ => return None,
    })
}

/// What reads the aggregate call that stands here, if it is one of these (json_aggregate_func).
pub(super) fn aggregate(r: &Reader) -> Option<Production> {
    if r.nth(1) != TokenKind::LeftParen {
        return None;
    }
    match r.kind() {
        TokenKind::Keyword(Keyword::JsonObjectagg) => Some(|r, start| special(r, start, json_pair)),
        TokenKind::Keyword(Keyword::JsonArrayagg) => Some(|r, start| special(r, start, json_values)),
        _ => None,
    }
}

/// An aggregate with FILTER and OVER.
pub(super) fn decorated_aggregate(r: &mut Reader, start: u32) -> Parse<Expression> {
    let Some(production) = aggregate(r) else { return Err(r.unexpected("an aggregate")) };
    let aggregate = production(r, start)?;
    let ExpressionKind::Special(mut special) = aggregate.kind else { return Ok(aggregate) };
    if let Some(condition) = call::filter(r)? {
        let parts = [word("filter (where"), SpecialPart::Expression(condition), word(")")];
        special.parts.extend(parts);
    }
    special.parts.extend(window::over(r)?.map(SpecialPart::Over));
    Ok(r.node(start, ExpressionKind::Special(special)))
}

/// `XMLTABLE(XMLNAMESPACES (…), '/row' PASSING x COLUMNS …)`
pub(super) fn xml_table(r: &mut Reader) -> Parse<Special> {
    call_of(r, |r, out| {
        if r.at_kw(Keyword::Xmlnamespaces) && r.nth(1) == TokenKind::LeftParen {
            take(r, out);
            take(r, out);
            loop {
                if r.at_kw(Keyword::Default) {
                    take(r, out);
                    out.push(SpecialPart::Expression(operator::restricted(r)?));
                } else {
                    out.push(SpecialPart::Expression(operator::restricted(r)?));
                    named(r, out)?;
                }
                if !comma(r, out) {
                    break;
                }
            }
            sign(r, out, TokenKind::RightParen)?;
            sign(r, out, TokenKind::Comma)?;
        }
        out.push(SpecialPart::Expression(operand::operand(r)?));
        r.expect_kw(Keyword::Passing)?;
        out.push(word("passing"));
        mechanism(r)?;
        out.push(SpecialPart::Expression(operand::operand(r)?));
        mechanism(r)?;
        r.expect_kw(Keyword::Columns)?;
        out.push(word("columns"));
        loop {
            xml_column(r, out)?;
            if !comma(r, out) {
                return Ok(());
            }
        }
    })
}

/// `JSON_TABLE(x, '$' COLUMNS (…))`
pub(super) fn json_table(r: &mut Reader) -> Parse<Special> {
    call_of(r, |r, out| {
        json_values(r, out)?;
        if r.at_kw(Keyword::Columns) {
            take(r, out);
            json_columns(r, out)?;
        }
        json_clauses(r, out)
    })
}

/// A function as an expression.
fn special(r: &mut Reader, start: u32, inside: fn(&mut Reader, &mut Parts) -> Parse<()>) -> Parse<Expression> {
    let special = call_of(r, inside)?;
    Ok(r.node(start, ExpressionKind::Special(Box::new(special))))
}

fn call_of(r: &mut Reader, inside: impl FnOnce(&mut Reader, &mut Parts) -> Parse<()>) -> Parse<Special> {
    let word = r.bump_text().to_ascii_lowercase();
    r.left_paren()?;
    let mut parts = vec![self::word("(")];
    if !r.at(TokenKind::RightParen) {
        r.enter(2)?;
        inside(r, &mut parts)?;
        r.leave(2);
    }
    r.right_paren()?;
    parts.push(self::word(")"));
    Ok(Special { word, parts })
}

fn word(text: &str) -> SpecialPart {
    SpecialPart::Word(text.to_owned())
}

/// Takes a keyword or sign.
fn take(r: &mut Reader, out: &mut Parts) {
    out.push(SpecialPart::Word(r.bump_text().to_ascii_lowercase()));
}

fn sign(r: &mut Reader, out: &mut Parts, kind: TokenKind) -> Parse<()> {
    match r.at(kind) {
        true => take(r, out),
        false => return Err(r.unexpected("a sign")),
    }
    Ok(())
}

fn comma(r: &mut Reader, out: &mut Parts) -> bool {
    let found = r.at(TokenKind::Comma);
    if found {
        take(r, out);
    }
    found
}

fn name(r: &mut Reader, out: &mut Parts) -> Parse<()> {
    let name = r.label()?;
    out.push(SpecialPart::Word(write::identifier(&name)));
    Ok(())
}

/// `AS name`
fn named(r: &mut Reader, out: &mut Parts) -> Parse<()> {
    r.expect_kw(Keyword::As)?;
    out.push(word("as"));
    name(r, out)
}

fn string(r: &mut Reader, out: &mut Parts) -> Parse<()> {
    let text = r.string()?;
    out.push(SpecialPart::Word(write::string(&text)));
    Ok(())
}

fn one(r: &mut Reader, out: &mut Parts) -> Parse<()> {
    out.push(SpecialPart::Expression(expression(r)?));
    Ok(())
}

fn expressions(r: &mut Reader, out: &mut Parts) -> Parse<()> {
    loop {
        one(r, out)?;
        if !comma(r, out) {
            return Ok(());
        }
    }
}

/// `a, b AS c` (xml_attribute_list)
fn attributes(r: &mut Reader, out: &mut Parts) -> Parse<()> {
    loop {
        one(r, out)?;
        if r.at_kw(Keyword::As) {
            named(r, out)?;
        }
        if !comma(r, out) {
            return Ok(());
        }
    }
}

/// `NAME x, XMLATTRIBUTES(…), content, …`
fn xml_element(r: &mut Reader, out: &mut Parts) -> Parse<()> {
    r.expect_kw(Keyword::Name)?;
    out.push(word("name"));
    name(r, out)?;
    if !comma(r, out) {
        return Ok(());
    }
    if r.at_kw(Keyword::Xmlattributes) && r.nth(1) == TokenKind::LeftParen {
        take(r, out);
        take(r, out);
        attributes(r, out)?;
        sign(r, out, TokenKind::RightParen)?;
        if !comma(r, out) {
            return Ok(());
        }
    }
    expressions(r, out)
}

/// `DOCUMENT x PRESERVE WHITESPACE`, `CONTENT x AS text INDENT`
fn xml_document(r: &mut Reader, out: &mut Parts) -> Parse<()> {
    take(r, out);
    one(r, out)?;
    if r.at_kw(Keyword::As) {
        take(r, out);
        let ty = type_name::simple_type(r)?;
        out.push(SpecialPart::Type(r.known_type(&ty)?));
    }
    keywords(r, out);
    Ok(())
}

/// `x, VERSION NO VALUE, STANDALONE YES`
fn xml_root(r: &mut Reader, out: &mut Parts) -> Parse<()> {
    one(r, out)?;
    sign(r, out, TokenKind::Comma)?;
    take(r, out);
    match (r.kind(), r.nth(1)) {
        (TokenKind::Keyword(Keyword::No), TokenKind::Keyword(Keyword::Value)) => {
            take(r, out);
            take(r, out);
        }
        _ => one(r, out)?,
    }
    if comma(r, out) {
        keywords(r, out);
    }
    Ok(())
}

/// Takes keywords as long as there are any.
fn keywords(r: &mut Reader, out: &mut Parts) {
    while matches!(r.kind(), TokenKind::Keyword(_)) {
        take(r, out);
    }
}

/// `a FOR ORDINALITY`, `a text PATH 'x' DEFAULT 'y' NOT NULL` (xmltable_column_el)
fn xml_column(r: &mut Reader, out: &mut Parts) -> Parse<()> {
    name(r, out)?;
    if r.at_kws(&[Keyword::For, Keyword::Ordinality]) {
        take(r, out);
        take(r, out);
        return Ok(());
    }
    out.push(SpecialPart::Type(r.type_ref()?));
    loop {
        match r.kind() {
            TokenKind::Keyword(Keyword::Path | Keyword::Default) => {
                take(r, out);
                out.push(SpecialPart::Expression(operator::restricted(r)?));
            }
            TokenKind::Keyword(_) => take(r, out),
            _ => return Ok(()),
        }
    }
}

/// Values between commas, each with clauses behind it, or a query.
fn json_values(r: &mut Reader, out: &mut Parts) -> Parse<()> {
    loop {
        if !r.at_kw(Keyword::Returning) {
            match operator::expression_or_query(r)? {
                Content::Query(query) => out.push(SpecialPart::Query(query)),
                Content::Expression(value) => out.push(SpecialPart::Expression(value)),
            }
        }
        json_clauses(r, out)?;
        if !comma(r, out) {
            return Ok(());
        }
    }
}

/// `JSON_OBJECT('a': 1, 'b' VALUE 2 ABSENT ON NULL)`, or the plain arguments that the older function of that name takes.
fn json_object(r: &mut Reader, start: u32) -> Parse<Expression> {
    if matches!(r.nth(3), TokenKind::Arrow | TokenKind::ColonEquals) {
        r.bump();
        let call = call::arguments(r, older_json_object())?;
        return Ok(r.node(start, ExpressionKind::Call(Box::new(call))));
    }
    if matches!(r.nth(2), TokenKind::RightParen | TokenKind::Keyword(Keyword::Returning)) {
        return special(r, start, json_clauses);
    }
    r.bump();
    r.left_paren()?;
    r.enter(2)?;
    let key = json_key(r)?;
    r.leave(2);
    if !at_pair(r) {
        return special::plain_call(r, start, older_json_object(), vec![Argument { name: None, value: key }]);
    }
    let mut parts = vec![word("(")];
    json_value_of(r, &mut parts, key)?;
    while comma(r, &mut parts) {
        json_pair(r, &mut parts)?;
    }
    r.right_paren()?;
    parts.push(word(")"));
    Ok(r.node(start, ExpressionKind::Special(Box::new(Special { word: "json_object".to_owned(), parts }))))
}

fn older_json_object() -> Vec<String> {
    vec!["pg_catalog".to_owned(), "json_object".to_owned()]
}

/// `key: value`, `key VALUE value`, with clauses behind it.
fn json_pair(r: &mut Reader, out: &mut Parts) -> Parse<()> {
    let key = json_key(r)?;
    json_value_of(r, out, key)
}

fn json_key(r: &mut Reader) -> Parse<Expression> {
    let start = r.start();
    if operator::at_prefix(r) {
        return expression(r);
    }
    let first = operand::operand(r)?;
    if r.at_kw(Keyword::Value) { Ok(first) } else { operator::after_first_operand(r, start, first) }
}

fn at_pair(r: &Reader) -> bool {
    r.at_kw(Keyword::Value) || r.at(TokenKind::Colon)
}

fn json_value_of(r: &mut Reader, out: &mut Parts, key: Expression) -> Parse<()> {
    if !at_pair(r) {
        return Err(r.unexpected("`:` or `VALUE`"));
    }
    r.bump();
    out.extend([SpecialPart::Expression(key), word(":")]);
    one(r, out)?;
    json_clauses(r, out)
}

/// The clauses that follow a value, up to the next comma or parenthesis.
fn json_clauses(r: &mut Reader, out: &mut Parts) -> Parse<()> {
    loop {
        match r.kind() {
            TokenKind::Keyword(Keyword::Columns) => return Ok(()),
            TokenKind::Keyword(Keyword::Order) => out.push(SpecialPart::OrderBy(call::order_by(r)?)),
            TokenKind::Keyword(Keyword::Returning) => {
                take(r, out);
                out.push(SpecialPart::Type(r.type_ref()?));
            }
            TokenKind::Keyword(Keyword::Default) => {
                take(r, out);
                one(r, out)?;
            }
            TokenKind::Keyword(Keyword::As) => named(r, out)?,
            TokenKind::Keyword(Keyword::Passing) => {
                take(r, out);
                passed(r, out)?;
            }
            TokenKind::Keyword(Keyword::Encoding) => {
                take(r, out);
                name(r, out)?;
            }
            TokenKind::Keyword(Keyword::Path) if r.nth(1).is_string() => {
                take(r, out);
                string(r, out)?;
            }
            TokenKind::Keyword(_) => take(r, out),
            _ => return Ok(()),
        }
    }
}

/// `a AS x, b AS y`
fn passed(r: &mut Reader, out: &mut Parts) -> Parse<()> {
    loop {
        one(r, out)?;
        while !r.at_kw(Keyword::As) && matches!(r.kind(), TokenKind::Keyword(_) | TokenKind::Ident) {
            take(r, out);
        }
        named(r, out)?;
        if !comma(r, out) {
            return Ok(());
        }
    }
}

/// `(a int PATH '$.a', NESTED '$.b' COLUMNS (…))`
fn json_columns(r: &mut Reader, out: &mut Parts) -> Parse<()> {
    r.enter(2)?;
    sign(r, out, TokenKind::LeftParen)?;
    loop {
        json_column(r, out)?;
        if !comma(r, out) {
            break;
        }
    }
    sign(r, out, TokenKind::RightParen)?;
    r.leave(2);
    Ok(())
}

fn json_column(r: &mut Reader, out: &mut Parts) -> Parse<()> {
    let nested = r.at_kw(Keyword::Nested) && (r.nth(1) == TokenKind::Keyword(Keyword::Path) || r.nth(1).is_string());
    if nested {
        take(r, out);
        r.eat_kw(Keyword::Path);
        string(r, out)?;
        if r.at_kw(Keyword::As) {
            named(r, out)?;
        }
        r.expect_kw(Keyword::Columns)?;
        out.push(word("columns"));
        return json_columns(r, out);
    }
    name(r, out)?;
    if r.at_kws(&[Keyword::For, Keyword::Ordinality]) {
        take(r, out);
        take(r, out);
        return Ok(());
    }
    out.push(SpecialPart::Type(r.type_ref()?));
    json_clauses(r, out)
}
