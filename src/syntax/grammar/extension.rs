//! CREATE EXTENSION and ALTER EXTENSION.

use crate::syntax::lexer::{Keyword, TokenKind};
use crate::syntax::tree::{AlterExtension, CreateExtension, ExtensionAction, ExtensionOption, Ident, Node, ObjectKind, ObjectRef};

use super::create::Head;
use super::parser::{Parse, Parser};
use super::{name, object};

/// `CREATE EXTENSION`.
pub(super) fn create_extension(p: &mut Parser, head: Head) -> Parse<Node> {
    p.bump();
    let guard = name::if_not_exists(p);
    let name = extension_name(p)?;
    p.eat_kw(Keyword::With);
    let mut options = Vec::new();
    while let Some(option) = option(p)? {
        options.push(option);
    }
    Ok(Node::CreateExtension(Box::new(CreateExtension { span: p.since(head.start), guard, name, options })))
}

/// `ALTER EXTENSION`, but for what all objects have in common.
pub(super) fn alter_extension(p: &mut Parser, start: u32) -> Parse<Node> {
    p.bump();
    name::no_guard(p, "ALTER EXTENSION")?;
    let name = extension_name(p)?;
    let action = match p.kind() {
        TokenKind::Keyword(Keyword::Update) => {
            p.bump();
            update(p)?
        }
        TokenKind::Keyword(Keyword::Add) => {
            p.bump();
            ExtensionAction::Add(member(p)?)
        }
        TokenKind::Keyword(Keyword::Drop) => {
            p.bump();
            ExtensionAction::Drop(member(p)?)
        }
        _ => return Err(p.unexpected("`UPDATE`, `ADD`, `DROP` or `SET SCHEMA`")),
    };
    Ok(Node::AlterExtension(Box::new(AlterExtension { span: p.since(start), name, action })))
}

fn extension_name(p: &mut Parser) -> Parse<Ident> {
    let name = name::column_name(p, "the name of an extension")?;
    if p.at(TokenKind::Minus) {
        return Err(p.unexpected("the end of the name").help("a name with `-` in it is written in double quotes: `\"uuid-ossp\"`"));
    }
    Ok(name)
}

/// One option, or nothing (create_extension_opt_item).
fn option(p: &mut Parser) -> Parse<Option<ExtensionOption>> {
    let option = match p.kind() {
        TokenKind::Keyword(Keyword::Schema) => {
            p.bump();
            ExtensionOption::Schema(name::column_name(p, "a schema name")?)
        }
        TokenKind::Keyword(Keyword::Version) => {
            p.bump();
            ExtensionOption::Version(name::word_or_string(p, "a version")?)
        }
        TokenKind::Keyword(Keyword::Cascade) => ExtensionOption::Cascade(p.bump()),
        TokenKind::Keyword(Keyword::From) => {
            return Err(p
                .error("`CREATE EXTENSION … FROM` went with PostgreSQL 13")
                .state("0A000")
                .help("it upgraded extensions of PostgreSQL 9.0: leave it out"));
        }
        _ => return Ok(None),
    };
    Ok(Some(option))
}

fn update(p: &mut Parser) -> Parse<ExtensionAction> {
    let mut versions = Vec::new();
    while p.eat_kw(Keyword::To).is_some() {
        versions.push(name::word_or_string(p, "a version")?);
    }
    Ok(ExtensionAction::Update(versions))
}

/// A kind and an object of that kind which can be a member of an extension.
fn member(p: &mut Parser) -> Parse<ObjectRef> {
    use ObjectKind::*;
    let member = object::reference_where(p, "can't be a member of an extension", |kind| {
        !matches!(kind, Column | DomainConstraint | LargeObject | Policy | Rule | TableConstraint | Trigger)
    })?;
    if matches!(member.kind, Database | Extension | Index | Publication | Role | Statistics | Subscription | Tablespace) {
        p.need(14, member.span, "a member of an extension of this kind");
    }
    Ok(member)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::syntax::grammar::testing::{error, node};

    #[test]
    fn an_extension_knows_its_schema_and_whether_it_takes_others_along() {
        let text = "CREATE EXTENSION IF NOT EXISTS postgis WITH SCHEMA gis VERSION '3.4' CASCADE";
        let Node::CreateExtension(create) = node(text) else { panic!("no CreateExtension") };
        assert!(create.guard.is_written());
        assert_eq!(create.schema().map(|schema| schema.text(text)), Some("gis"));
        assert_eq!(create.cascade().map(|span| &text[span]), Some("CASCADE"));
    }

    #[test]
    fn a_name_with_a_dash_needs_quotes() {
        assert!(error("CREATE EXTENSION uuid-ossp").help.is_some_and(|help| help.contains("\"uuid-ossp\"")));
    }
}
