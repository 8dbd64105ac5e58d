//! CREATE LANGUAGE and CREATE TRANSFORM.

use crate::syntax::lexer::{Keyword, TokenKind};
use crate::syntax::tree::{CreateLanguage, CreateTransform, LanguageHandlers, Name, Node, RoutineRef};

use super::create::Head;
use super::parser::{Parse, Parser};
use super::{argument, name, type_name};

/// `CREATE LANGUAGE`.
pub(super) fn create_language(p: &mut Parser, head: Head) -> Parse<Node> {
    let Head { start, replace, replace_at } = head;
    let trusted = p.eat_kw(Keyword::Trusted);
    p.eat_kw(Keyword::Procedural);
    p.expect_kw(Keyword::Language)?;
    name::no_guard(p, "CREATE LANGUAGE")?;
    let name = name::column_name(p, "the name of a language")?;
    let handlers = if p.at_kw(Keyword::Handler) { Some(handlers(p)?) } else { None };
    Ok(Node::CreateLanguage(Box::new(CreateLanguage { span: p.since(start), replace, replace_at, trusted, name, handlers })))
}

/// `CREATE TRANSFORM`.
pub(super) fn create_transform(p: &mut Parser, head: Head) -> Parse<Node> {
    let Head { start, replace, replace_at } = head;
    p.expect_kws(&[Keyword::Transform, Keyword::For])?;
    let ty = type_name::type_name(p)?;
    p.expect_kw(Keyword::Language)?;
    let language = name::column_name(p, "the name of a language")?;
    p.left_paren()?;
    let (from_sql, to_sql) = if p.at_kw(Keyword::From) {
        let from_sql = direction(p, Keyword::From)?;
        let to_sql = another_direction(p, Keyword::To)?;
        (Some(from_sql), to_sql)
    } else if p.at_kw(Keyword::To) {
        let to_sql = direction(p, Keyword::To)?;
        (another_direction(p, Keyword::From)?, Some(to_sql))
    } else {
        return Err(p.unexpected("`FROM SQL` or `TO SQL`"));
    };
    p.right_paren()?;
    Ok(Node::CreateTransform(Box::new(CreateTransform { span: p.since(start), replace, replace_at, ty, language, from_sql, to_sql })))
}

fn handlers(p: &mut Parser) -> Parse<LanguageHandlers> {
    p.expect_kw(Keyword::Handler)?;
    let call = function_name(p)?;
    let inline = p.eat_kw(Keyword::Inline).map(|_| function_name(p)).transpose()?;
    let validator = if p.eat_kw(Keyword::Validator).is_some() {
        Some(function_name(p)?)
    } else {
        p.eat_kws(&[Keyword::No, Keyword::Validator]);
        None
    };
    Ok(LanguageHandlers { call, inline, validator })
}

fn function_name(p: &mut Parser) -> Parse<Name> {
    name::name(p, "the name of a function")
}

fn another_direction(p: &mut Parser, word: Keyword) -> Parse<Option<RoutineRef>> {
    if p.eat(TokenKind::Comma).is_some() { direction(p, word).map(Some) } else { Ok(None) }
}

/// `FROM SQL WITH FUNCTION function`, or the same with TO.
fn direction(p: &mut Parser, word: Keyword) -> Parse<RoutineRef> {
    p.expect_kws(&[word, Keyword::Sql, Keyword::With, Keyword::Function])?;
    argument::routine(p)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::syntax::grammar::testing::node;

    #[test]
    fn a_language_without_handlers_is_an_extension() {
        let handlers = |text: &str| match node(text) {
            Node::CreateLanguage(create) => create.handlers,
            other => panic!("{other:?}"),
        };
        assert_eq!(handlers("CREATE OR REPLACE TRUSTED PROCEDURAL LANGUAGE plpython3u"), None);
        let with = handlers("CREATE LANGUAGE l HANDLER f INLINE s.g NO VALIDATOR").expect("it has handlers");
        assert!(with.inline.is_some() && with.validator.is_none());
    }

    #[test]
    fn a_transform_has_one_direction_at_least() {
        let Node::CreateTransform(create) = node("CREATE TRANSFORM FOR hstore LANGUAGE l (TO SQL WITH FUNCTION f(internal))") else {
            panic!("no CreateTransform")
        };
        assert!(create.from_sql.is_none() && create.to_sql.is_some());
    }
}
