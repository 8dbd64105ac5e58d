//! CREATE SCHEMA, which may hold statements of its own.

use crate::syntax::lexer::{Keyword, TokenKind};
use crate::syntax::tree::{CreateSchema, Guard, Node};

use super::create::{self, Head};
use super::parser::{Parse, Parser};
use super::{access, name};

/// `CREATE SCHEMA`.
pub(super) fn create_schema(p: &mut Parser, head: Head) -> Parse<Node> {
    p.bump();
    let guard = name::if_not_exists(p);
    let name = if p.at_kw(Keyword::Authorization) { None } else { Some(name::column_name(p, "a schema name")?) };
    let authorization = p.clause(&[Keyword::Authorization], name::role)?;
    let mut elements = Vec::new();
    while let TokenKind::Keyword(Keyword::Create | Keyword::Grant) = p.kind() {
        if let Guard::Written(_) = guard {
            return Err(p
                .error("`CREATE SCHEMA IF NOT EXISTS` can't hold statements")
                .state("0A000")
                .help("end it with a semicolon, and create the objects by statements of their own"));
        }
        elements.push(p.nested(element)?);
    }
    Ok(Node::CreateSchema(Box::new(CreateSchema { span: p.since(head.start), guard, name, authorization, elements })))
}

/// A statement in a schema (schema_stmt).
fn element(p: &mut Parser) -> Parse<Node> {
    let before = p.mark();
    let node = if p.at_kw(Keyword::Grant) { access::grant(p)? } else { create::create(p)? };
    match node {
        Node::CreateTable(ref table) if table.foreign.is_none() => Ok(node),
        Node::CreateIndex(_) | Node::CreateSequence(_) | Node::CreateTrigger(_) | Node::CreateView(_) | Node::Grant(_) => Ok(node),
        _ => {
            p.rewind(before);
            Err(p
                .error("this can't stand inside `CREATE SCHEMA`, which holds tables, views, indexes, sequences, triggers and grants")
                .help("is a semicolon missing before it?"))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::syntax::grammar::testing::{error, node};

    #[test]
    fn a_schema_may_hold_statements() {
        let text = "CREATE SCHEMA s AUTHORIZATION bob CREATE TABLE t (a int) CREATE INDEX i ON t (a) GRANT SELECT ON t TO PUBLIC";
        let Node::CreateSchema(create) = node(text) else { panic!("no CreateSchema") };
        assert!(matches!(create.elements.as_slice(), [Node::CreateTable(_), Node::CreateIndex(_), Node::Grant(_)]));
    }

    #[test]
    fn what_a_schema_can_not_hold_is_refused() {
        assert!(error("CREATE SCHEMA a CREATE SCHEMA b").help.is_some_and(|help| help.contains("semicolon")));
        assert!(error("CREATE SCHEMA IF NOT EXISTS a CREATE TABLE t ()").message.contains("can't hold statements"));
    }
}
