//! COPY, with the options of both styles.

use crate::syntax::lexer::{Category, Keyword, TokenKind};
use crate::syntax::tree::{Copy, CopyDirection, CopyEndpoint, CopyKeyword, CopyOption, CopyOptionName, CopySource, CopyValue, Ident, Node};

use super::parser::{Parse, Parser};
use super::{expression, name, query};

/// `COPY table FROM|TO …`, `COPY (query) TO …` (CopyStmt).
pub(super) fn copy(p: &mut Parser) -> Parse<Node> {
    let start = p.start();
    p.bump();
    let mut options = Vec::new();
    let (source, direction) = if p.eat(TokenKind::LeftParen).is_some() {
        let query = query::preparable(p)?;
        p.right_paren()?;
        let to = p.eat_kw(Keyword::To).ok_or_else(|| p.unexpected("`TO`"))?;
        (CopySource::Query(Box::new(query)), CopyDirection::To(to))
    } else {
        options.extend(flag(p, Keyword::Binary, CopyKeyword::Binary));
        let table = name::name(p, "a table name")?;
        let columns = if p.at(TokenKind::LeftParen) { name::column_list(p)? } else { Vec::new() };
        (CopySource::Table(table, columns), table_direction(p)?)
    };
    let endpoint = endpoint(p)?;
    if matches!(source, CopySource::Table(..)) {
        options.extend(old_delimiters(p)?);
    }
    p.eat_kw(Keyword::With);
    if p.at(TokenKind::LeftParen) {
        options.extend(p.paren_list(listed_option)?);
    } else {
        while let Some(option) = keyword_option(p)? {
            options.push(option);
        }
    }
    let condition = match (p.at_kw(Keyword::Where), direction) {
        (false, _) => None,
        (true, CopyDirection::To(_)) => {
            return Err(p.error("`COPY … TO` takes no `WHERE`").help("copy a query: `COPY (SELECT … WHERE …) TO …`"));
        }
        (true, CopyDirection::From(_)) => {
            p.bump();
            Some(expression::expression(p)?)
        }
    };
    Ok(Node::Copy(Box::new(Copy { span: p.since(start), source, direction, endpoint, options, condition })))
}

fn table_direction(p: &mut Parser) -> Parse<CopyDirection> {
    match p.kind() {
        TokenKind::Keyword(Keyword::From) => Ok(CopyDirection::From(p.bump())),
        TokenKind::Keyword(Keyword::To) => Ok(CopyDirection::To(p.bump())),
        _ => Err(p.unexpected("`FROM` or `TO`")),
    }
}

fn endpoint(p: &mut Parser) -> Parse<CopyEndpoint> {
    if p.eat_kw(Keyword::Program).is_some() {
        return name::string(p, "a command in quotes").map(CopyEndpoint::Program);
    }
    match p.kind() {
        TokenKind::Keyword(Keyword::Stdin | Keyword::Stdout) => Ok(CopyEndpoint::Client(p.bump())),
        _ => name::string(p, "a file name in quotes, `PROGRAM`, `STDIN` or `STDOUT`").map(CopyEndpoint::File),
    }
}

/// `[USING] DELIMITERS ','`, as before PostgreSQL 7.3.
fn old_delimiters(p: &mut Parser) -> Parse<Option<CopyOption>> {
    let start = p.start();
    let using = p.eat_kw(Keyword::Using);
    if p.eat_kw(Keyword::Delimiters).is_none() {
        return match using {
            Some(_) => Err(p.unexpected("`DELIMITERS`")),
            None => Ok(None),
        };
    }
    let value = CopyValue::String(name::string(p, "a delimiter in quotes")?);
    Ok(Some(CopyOption { span: p.since(start), name: CopyOptionName::Keyword(CopyKeyword::Delimiter), value }))
}

/// A keyword that is an option by itself.
fn flag(p: &mut Parser, keyword: Keyword, option: CopyKeyword) -> Option<CopyOption> {
    let span = p.eat_kw(keyword)?;
    let value = match option {
        CopyKeyword::Binary | CopyKeyword::Csv => CopyValue::Word(Ident { span }),
        _ => CopyValue::Unwritten,
    };
    Some(CopyOption { span, name: CopyOptionName::Keyword(option), value })
}

/// An option of the old style (copy_opt_item).
fn keyword_option(p: &mut Parser) -> Parse<Option<CopyOption>> {
    let TokenKind::Keyword(keyword) = p.kind() else { return Ok(None) };
    let start = p.start();
    let (name, value) = match keyword {
        Keyword::Binary => return Ok(flag(p, keyword, CopyKeyword::Binary)),
        Keyword::Csv => return Ok(flag(p, keyword, CopyKeyword::Csv)),
        Keyword::Freeze => return Ok(flag(p, keyword, CopyKeyword::Freeze)),
        Keyword::Header => return Ok(flag(p, keyword, CopyKeyword::Header)),
        Keyword::Delimiter => (CopyKeyword::Delimiter, string_after_as(p)?),
        Keyword::Null => (CopyKeyword::Null, string_after_as(p)?),
        Keyword::Quote => (CopyKeyword::Quote, string_after_as(p)?),
        Keyword::Escape => (CopyKeyword::Escape, string_after_as(p)?),
        Keyword::Encoding => {
            p.bump();
            (CopyKeyword::Encoding, CopyValue::String(name::string(p, "an encoding in quotes")?))
        }
        Keyword::Force => {
            p.bump();
            force(p)?
        }
        _ => return Ok(None),
    };
    Ok(Some(CopyOption { span: p.since(start), name: CopyOptionName::Keyword(name), value }))
}

fn string_after_as(p: &mut Parser) -> Parse<CopyValue> {
    p.bump();
    p.eat_kw(Keyword::As);
    name::string(p, "a string").map(CopyValue::String)
}

/// What follows FORCE: which columns are always quoted, or never null, or null also where quoted.
fn force(p: &mut Parser) -> Parse<(CopyKeyword, CopyValue)> {
    let name = if p.eat_kw(Keyword::Quote).is_some() {
        CopyKeyword::ForceQuote
    } else if p.eat_kw(Keyword::Null).is_some() {
        CopyKeyword::ForceNull
    } else if p.eat_kws(&[Keyword::Not, Keyword::Null]).is_some() {
        CopyKeyword::ForceNotNull
    } else {
        return Err(p.unexpected("`QUOTE`, `NULL` or `NOT NULL`"));
    };
    let Some(star) = p.eat(TokenKind::Star) else {
        return Ok((name, CopyValue::Columns(p.list(|p| name::column_name(p, "a column name"))?)));
    };
    if name != CopyKeyword::ForceQuote {
        p.need(17, star, "`*` after `FORCE NULL` or `FORCE NOT NULL`");
    }
    Ok((name, CopyValue::Star(star)))
}

/// An option in a list in parentheses (copy_generic_opt_elem).
fn listed_option(p: &mut Parser) -> Parse<CopyOption> {
    let start = p.start();
    let name = CopyOptionName::Listed(name::label(p, "the name of an option")?);
    let value = match p.kind() {
        TokenKind::Star => CopyValue::Star(p.bump()),
        TokenKind::Keyword(Keyword::Default) => {
            let span = p.bump();
            p.need(16, span, "`DEFAULT` as the value of an option of `COPY`");
            CopyValue::Word(Ident { span })
        }
        TokenKind::LeftParen => CopyValue::List(p.paren_list(|p| match word(p) {
            Some(ident) => Ok(ident.span),
            None => name::string(p, "a column name"),
        })?),
        TokenKind::Integer | TokenKind::Decimal | TokenKind::Plus | TokenKind::Minus => CopyValue::Number(name::number(p, "a number")?),
        TokenKind::Comma | TokenKind::RightParen => CopyValue::Unwritten,
        TokenKind::Equals => {
            return Err(p.unexpected("the option's value").help("options of `COPY` have no `=`: `(FORMAT csv, HEADER true)`"));
        }
        _ => match word(p) {
            Some(ident) => CopyValue::Word(ident),
            None => CopyValue::String(name::string(p, "the option's value")?),
        },
    };
    Ok(CopyOption { span: p.since(start), name, value })
}

/// `TRUE`, `FALSE`, `ON` or a word that is not reserved.
fn word(p: &mut Parser) -> Option<Ident> {
    let boolean = matches!(p.kind(), TokenKind::Keyword(Keyword::True | Keyword::False | Keyword::On));
    (boolean || p.is_name(p.kind(), |category| category != Category::Reserved)).then(|| Ident { span: p.bump() })
}

#[cfg(test)]
mod tests {
    use super::super::testing::{error, node};
    use super::*;

    fn copy(text: &str) -> Copy {
        match node(text) {
            Node::Copy(copy) => *copy,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn both_styles_of_options_have_the_same_names() {
        let old = "COPY BINARY t (a) FROM STDIN USING DELIMITERS ',' WITH CSV HEADER FORCE NOT NULL a WHERE a > 1";
        let new = "COPY t FROM PROGRAM 'x' (format csv, delimiter ',', header, force_not_null (a), force_null *)";
        let names = |text: &str| copy(text).options.iter().map(|option| option.name.value(text).into_owned()).collect::<Vec<_>>();
        assert_eq!(names(old), ["format", "delimiter", "format", "header", "force_not_null"]);
        assert_eq!(names(new), ["format", "delimiter", "header", "force_not_null", "force_null"]);
        assert!(matches!(copy(old).endpoint, CopyEndpoint::Client(_)));
        assert!(copy(old).condition.is_some());
        assert!(matches!(copy(new).endpoint, CopyEndpoint::Program(_)));
    }

    #[test]
    fn a_query_goes_out_only() {
        assert!(matches!(copy("COPY (SELECT 1) TO STDOUT").source, CopySource::Query(_)));
        assert_eq!(error("COPY (SELECT 1) FROM STDIN").message, "expected `TO`, found `FROM`");
        assert!(error("COPY t TO STDOUT WHERE a").help.is_some());
    }
}
