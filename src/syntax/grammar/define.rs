//! CREATE AGGREGATE, OPERATOR, COLLATION and TEXT SEARCH …: a name, and a list of options that says the rest.

use crate::syntax::lexer::{Keyword, TokenKind};
use crate::syntax::tree::{AlterCollation, Arguments, Define, Defined, Node, Setting, TextSearchKind};

use super::create::Head;
use super::parser::{Parse, Parser};
use super::{argument, name, settings};

/// `CREATE AGGREGATE`, in today's syntax or in that from before PostgreSQL 8.2.
pub(super) fn create_aggregate(p: &mut Parser, head: Head) -> Parse<Node> {
    p.bump();
    name::no_guard(p, "CREATE AGGREGATE")?;
    let name = name::routine_name(p, "the name of an aggregate")?;
    let (arguments, options) = if at_old_definition(p) { (None, old_definition(p)?) } else { new_definition(p)? };
    let object = Defined::Aggregate { replace: head.replace, replace_at: head.replace_at, name, arguments };
    Ok(define(p, head, object, options))
}

/// `CREATE OPERATOR`.
pub(super) fn create_operator(p: &mut Parser, head: Head) -> Parse<Node> {
    p.bump();
    let name = name::operator_name(p)?;
    let options = settings::definition(p)?;
    Ok(define(p, head, Defined::Operator { name }, options))
}

/// `CREATE COLLATION`.
pub(super) fn create_collation(p: &mut Parser, head: Head) -> Parse<Node> {
    p.bump();
    let guard = name::if_not_exists(p);
    let name = name::name(p, "a collation name")?;
    let from = p.eat_kw(Keyword::From).map(|_| name::name(p, "a collation name")).transpose()?;
    let options = if from.is_some() { Vec::new() } else { settings::definition(p)? };
    Ok(define(p, head, Defined::Collation { guard, name, from }, options))
}

/// `ALTER COLLATION … REFRESH VERSION`.
pub(super) fn alter_collation(p: &mut Parser, start: u32) -> Parse<Node> {
    p.bump();
    let name = name::name(p, "a collation name")?;
    p.expect_kws(&[Keyword::Refresh, Keyword::Version])?;
    Ok(Node::AlterCollation(Box::new(AlterCollation { span: p.since(start), name })))
}

/// `CREATE TEXT SEARCH …`.
pub(super) fn create_text_search(p: &mut Parser, head: Head) -> Parse<Node> {
    p.expect_kws(&[Keyword::Text, Keyword::Search])?;
    let kind = match p.kind() {
        TokenKind::Keyword(Keyword::Parser) => TextSearchKind::Parser,
        TokenKind::Keyword(Keyword::Dictionary) => TextSearchKind::Dictionary,
        TokenKind::Keyword(Keyword::Template) => TextSearchKind::Template,
        TokenKind::Keyword(Keyword::Configuration) => TextSearchKind::Configuration,
        _ => return Err(p.unexpected("`CONFIGURATION`, `DICTIONARY`, `PARSER` or `TEMPLATE`")),
    };
    p.bump();
    name::no_guard(p, "CREATE TEXT SEARCH")?;
    let name = name::name(p, "the name of a text search object")?;
    let options = settings::definition(p)?;
    Ok(define(p, head, Defined::TextSearch { kind, name }, options))
}

fn define(p: &Parser, head: Head, object: Defined, options: Vec<Setting>) -> Node {
    Node::Define(Box::new(Define { span: p.since(head.start), object, options }))
}

/// Whether options follow the name at once: `(sfunc = …`. Only there does a `=` follow the first word.
fn at_old_definition(p: &Parser) -> bool {
    p.at(TokenKind::LeftParen) && p.nth(2) == TokenKind::Equals
}

fn new_definition(p: &mut Parser) -> Parse<(Option<Arguments>, Vec<Setting>)> {
    let arguments = argument::aggregate_arguments(p)?;
    Ok((Some(arguments), settings::definition(p)?))
}

/// Options that all have values, and are not called as keywords are (old_aggr_definition).
fn old_definition(p: &mut Parser) -> Parse<Vec<Setting>> {
    p.paren_list(|p| match p.kind() {
        TokenKind::Keyword(_) => Err(p.unexpected("the name of an option")),
        _ => {
            let option = settings::setting(p, None)?;
            if option.value.is_none() { Err(p.unexpected("`=`")) } else { Ok(option) }
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::syntax::grammar::testing::node;

    fn aggregate(text: &str) -> (Option<Arguments>, usize) {
        match node(text) {
            Node::Define(define) => match define.object {
                Defined::Aggregate { arguments, .. } => (arguments, define.options.len()),
                other => panic!("{other:?}"),
            },
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn an_aggregate_without_a_list_of_arguments_is_of_the_old_style() {
        assert_eq!(aggregate("CREATE AGGREGATE a (basetype = int, sfunc = f)"), (None, 2));
        let (arguments, options) = aggregate("CREATE AGGREGATE a (x int ORDER BY y int) (sfunc = f)");
        let arguments = arguments.expect("it has arguments");
        assert_eq!((arguments.direct.len(), arguments.ordered.len(), options), (1, 1, 1));
    }
}
