//! CREATE PUBLICATION and ALTER PUBLICATION.
//!
//! `TABLE` and `TABLES IN SCHEMA` hold for the names behind them too, up to the next such words.

use crate::syntax::lexer::{Keyword, TokenKind};
use crate::syntax::tree::{
    AlterPublication, Clause, CreatePublication, Node, PublicationAction, PublicationObject, PublicationScope, PublishedTable,
};

use super::create::Head;
use super::parser::{Parse, Parser};
use super::{constraint, name, settings};

/// `CREATE PUBLICATION`.
pub(super) fn create_publication(p: &mut Parser, head: Head) -> Parse<Node> {
    p.bump();
    name::no_guard(p, "CREATE PUBLICATION")?;
    let name = name::column_name(p, "the name of a publication")?;
    let scope = if p.eat_kw(Keyword::For).is_some() { Some(scope(p)?) } else { None };
    let options = p.clause(&[Keyword::With], settings::definition)?;
    Ok(Node::CreatePublication(Box::new(CreatePublication { span: p.since(head.start), name, scope, options })))
}

/// `ALTER PUBLICATION`, but for what all objects have in common.
pub(super) fn alter_publication(p: &mut Parser, start: u32) -> Parse<Node> {
    p.bump();
    name::no_guard(p, "ALTER PUBLICATION")?;
    let name = name::column_name(p, "the name of a publication")?;
    let action = if p.eat_kw(Keyword::Add).is_some() {
        PublicationAction::Add(objects(p)?)
    } else if p.eat_kw(Keyword::Drop).is_some() {
        PublicationAction::Drop(objects(p)?)
    } else if p.eat_kw(Keyword::Set).is_none() {
        return Err(p.unexpected("`ADD`, `SET`, `DROP`, `RENAME TO` or `OWNER TO`"));
    } else if p.at(TokenKind::LeftParen) {
        PublicationAction::SetOptions(settings::definition(p)?)
    } else {
        PublicationAction::Set(objects(p)?)
    };
    Ok(Node::AlterPublication(Box::new(AlterPublication { span: p.since(start), name, action })))
}

fn scope(p: &mut Parser) -> Parse<PublicationScope> {
    let Some(span) = p.eat_kws(&[Keyword::All, Keyword::Tables]) else {
        return objects(p).map(PublicationScope::Objects);
    };
    match p.at_kw(Keyword::In) {
        true => Err(p.unexpected("the end of the statement").help("all tables of a schema are `FOR TABLES IN SCHEMA name`, without `ALL`")),
        false => Ok(PublicationScope::AllTables(span)),
    }
}

/// What the words in front of a name say that it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sort {
    Table,
    Schema,
}

/// Tables and schemas between commas (pub_obj_list).
fn objects(p: &mut Parser) -> Parse<Vec<PublicationObject>> {
    let mut sort = None;
    p.list(|p| {
        if p.at_kws(&[Keyword::Tables, Keyword::In]) {
            let words = p.expect_kws(&[Keyword::Tables, Keyword::In, Keyword::Schema])?;
            p.need(15, words, "`TABLES IN SCHEMA`");
            sort = Some(Sort::Schema);
        } else if let Some(table) = p.eat_kw(Keyword::Table) {
            if sort.is_some() {
                p.need(15, table, "`TABLE` more than once");
            }
            sort = Some(Sort::Table);
        }
        match sort {
            None => Err(p.unexpected("`TABLE`, `TABLES IN SCHEMA` or `ALL TABLES`")),
            Some(Sort::Table) => published_table(p).map(PublicationObject::Table),
            Some(Sort::Schema) => schema(p),
        }
    })
}

fn schema(p: &mut Parser) -> Parse<PublicationObject> {
    if let Some(span) = p.eat_kw(Keyword::CurrentSchema) {
        return Ok(PublicationObject::CurrentSchema(span));
    }
    let schema = name::column_name(p, "a schema name")?;
    match p.kind() {
        TokenKind::Dot => {
            Err(p.error("this must be a schema, whose name has one part").help("a table after schemas needs `TABLE` in front of it"))
        }
        TokenKind::LeftParen | TokenKind::Keyword(Keyword::Where) => {
            Err(p.error("columns and rows are chosen for a table, not for a schema"))
        }
        _ => Ok(PublicationObject::Schema(schema)),
    }
}

fn published_table(p: &mut Parser) -> Parse<PublishedTable> {
    let start = p.start();
    let table = name::relation(p)?;
    let columns = if p.at(TokenKind::LeftParen) {
        let list = p.start();
        let value = name::column_list(p)?;
        p.need(15, p.since(list), "a list of columns in a publication");
        Some(Clause { span: p.since(list), value })
    } else {
        None
    };
    let filter = p.clause(&[Keyword::Where], constraint::parenthesized)?;
    if let Some(filter) = filter {
        p.need(15, filter.span, "`WHERE` in a publication");
    }
    Ok(PublishedTable { span: p.since(start), table, columns, filter })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::syntax::grammar::testing::{error, node};

    #[test]
    fn a_name_is_what_the_words_before_it_say() {
        let Node::CreatePublication(create) = node("CREATE PUBLICATION p FOR TABLE a, b (x), TABLES IN SCHEMA s, CURRENT_SCHEMA") else {
            panic!("no CreatePublication")
        };
        let Some(PublicationScope::Objects(objects)) = create.scope else { panic!("{:?}", create.scope) };
        assert!(matches!(
            objects.as_slice(),
            [
                PublicationObject::Table(PublishedTable { columns: None, .. }),
                PublicationObject::Table(PublishedTable { columns: Some(_), .. }),
                PublicationObject::Schema(_),
                PublicationObject::CurrentSchema(_)
            ]
        ));
        assert!(error("CREATE PUBLICATION p FOR TABLES IN SCHEMA s, s.t").message.contains("must be a schema"));
    }
}
