//! CREATE TYPE and ALTER TYPE.
//!
//! What follows the name tells the five kinds of type apart. Actions on a composite type's attributes are read where ALTER TABLE's are.

use crate::syntax::lexer::{Keyword, TokenKind};
use crate::syntax::tree::{AlterEnum, AlterTypeOptions, Clause, CreateType, EnumAction, EnumPlace, Name, Node, TypeDefinition};
use crate::text::Span;

use super::create::Head;
use super::parser::{Parse, Parser};
use super::{alter_table, column, name, settings};

/// `CREATE TYPE` of any kind.
pub(super) fn create_type(p: &mut Parser, head: Head) -> Parse<Node> {
    p.bump();
    name::no_guard(p, "CREATE TYPE")?;
    let name = name::name(p, "a type name")?;
    let definition = match p.kind() {
        TokenKind::LeftParen => TypeDefinition::Base(settings::definition(p)?),
        TokenKind::Keyword(Keyword::As) => {
            p.bump();
            definition_after_as(p)?
        }
        TokenKind::Keyword(Keyword::Enum | Keyword::Range) => return Err(p.unexpected("`AS`")),
        _ => TypeDefinition::Shell,
    };
    Ok(Node::CreateType(Box::new(CreateType { span: p.since(head.start), name, definition })))
}

/// `ALTER TYPE`, but for what all objects have in common.
pub(super) fn alter_type(p: &mut Parser, start: u32) -> Parse<Node> {
    let before = p.mark();
    p.bump();
    name::no_guard(p, "ALTER TYPE")?;
    let name = name::name(p, "a type name")?;
    match (p.kind(), p.nth(1)) {
        (TokenKind::Keyword(Keyword::Add), TokenKind::Keyword(Keyword::Value)) => {
            let action = add_value(p)?;
            Ok(Node::AlterEnum(Box::new(AlterEnum { span: p.since(start), name, action })))
        }
        (TokenKind::Keyword(Keyword::Rename), TokenKind::Keyword(Keyword::Value)) => {
            let action = rename_value(p)?;
            Ok(Node::AlterEnum(Box::new(AlterEnum { span: p.since(start), name, action })))
        }
        (TokenKind::Keyword(Keyword::Set), TokenKind::LeftParen) => set_options(p, start, name),
        (TokenKind::Keyword(Keyword::Drop), TokenKind::Keyword(Keyword::Value)) => {
            p.bump();
            Err(p
                .error("PostgreSQL can't drop a value of an enum")
                .help("create a new type without it, change the columns to that, and drop this one"))
        }
        (TokenKind::Keyword(Keyword::Add), kind) if name::at_string(kind) => {
            p.bump();
            Err(p.unexpected("`VALUE` or `ATTRIBUTE`"))
        }
        (TokenKind::Keyword(Keyword::Add | Keyword::Drop | Keyword::Alter), _) => {
            p.rewind(before);
            alter_table::alter_type_attributes(p, start)
        }
        _ => Err(p.unexpected("what to do to the type, such as `ADD VALUE` or `RENAME TO`")),
    }
}

fn definition_after_as(p: &mut Parser) -> Parse<TypeDefinition> {
    match p.kind() {
        TokenKind::LeftParen => composite(p),
        TokenKind::Keyword(Keyword::Enum) => {
            p.bump();
            labels(p)
        }
        TokenKind::Keyword(Keyword::Range) => {
            p.bump();
            settings::definition(p).map(TypeDefinition::Range)
        }
        _ => Err(p
            .unexpected("`ENUM`, `RANGE`, or attributes in parentheses")
            .help("a type that is another one under a new name is a domain: `CREATE DOMAIN name AS type`")),
    }
}

fn composite(p: &mut Parser) -> Parse<TypeDefinition> {
    p.left_paren()?;
    let attributes = if p.at(TokenKind::RightParen) { Vec::new() } else { p.list(column::attribute_definition)? };
    match p.kind() {
        TokenKind::Keyword(Keyword::Not | Keyword::Null | Keyword::Default | Keyword::Check | Keyword::Primary | Keyword::Unique) => Err(p
            .unexpected("`,` or `)`")
            .help("attributes of a type have no constraints and no defaults: a domain or a table's columns have")),
        _ => {
            p.expect(TokenKind::RightParen, "`,` or `)`")?;
            Ok(TypeDefinition::Composite(attributes))
        }
    }
}

fn labels(p: &mut Parser) -> Parse<TypeDefinition> {
    p.left_paren()?;
    let labels = if p.at(TokenKind::RightParen) { Vec::new() } else { p.list(label)? };
    p.expect(TokenKind::RightParen, "`,` or `)`")?;
    Ok(TypeDefinition::Enum(labels))
}

fn label(p: &mut Parser) -> Parse<Span> {
    name::string(p, "a label in quotes").map_err(|error| match p.kind() {
        TokenKind::QuotedIdent => error.help("a label is a string, in single quotes; double quotes make a name"),
        _ => error,
    })
}

fn add_value(p: &mut Parser) -> Parse<EnumAction> {
    p.expect_kws(&[Keyword::Add, Keyword::Value])?;
    let guard = name::if_not_exists(p);
    let label = self::label(p)?;
    let start = p.start();
    let place = if p.eat_kw(Keyword::Before).is_some() {
        Some(EnumPlace::Before(self::label(p)?))
    } else if p.eat_kw(Keyword::After).is_some() {
        Some(EnumPlace::After(self::label(p)?))
    } else {
        None
    };
    Ok(EnumAction::Add { guard, label, place: place.map(|value| Clause { span: p.since(start), value }) })
}

fn rename_value(p: &mut Parser) -> Parse<EnumAction> {
    p.expect_kws(&[Keyword::Rename, Keyword::Value])?;
    let label = self::label(p)?;
    p.expect_kw(Keyword::To)?;
    Ok(EnumAction::Rename { label, to: self::label(p)? })
}

fn set_options(p: &mut Parser, start: u32, name: Name) -> Parse<Node> {
    let set = p.bump();
    let options = settings::changed_definition(p)?;
    p.need(13, p.since(set.start), "`ALTER TYPE … SET`");
    Ok(Node::AlterTypeOptions(Box::new(AlterTypeOptions { span: p.since(start), name, options })))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::syntax::grammar::testing::{error, node};

    #[test]
    fn what_follows_the_name_tells_the_kinds_of_type_apart() {
        let definition = |text: &str| match node(text) {
            Node::CreateType(create) => create.definition,
            other => panic!("{other:?}"),
        };
        assert!(matches!(definition("CREATE TYPE t"), TypeDefinition::Shell));
        assert!(matches!(definition("CREATE TYPE t AS ()"), TypeDefinition::Composite(attributes) if attributes.is_empty()));
        assert!(matches!(definition("CREATE TYPE t AS ENUM ('a', 'b')"), TypeDefinition::Enum(labels) if labels.len() == 2));
    }

    #[test]
    fn a_new_label_knows_its_neighbour() {
        let text = "ALTER TYPE s.t ADD VALUE IF NOT EXISTS 'new' BEFORE 'old'";
        let Node::AlterEnum(alter) = node(text) else { panic!("no AlterEnum") };
        let EnumAction::Add { guard, label, place: Some(Clause { value: EnumPlace::Before(old), .. }) } = alter.action else {
            panic!("{:?}", alter.action)
        };
        assert!(guard.is_written());
        assert_eq!((&text[label], &text[old]), ("'new'", "'old'"));
    }

    #[test]
    fn well_known_mistakes_get_advice() {
        assert!(error("CREATE TYPE IF NOT EXISTS t AS ENUM ('a')").message.contains("no `IF NOT EXISTS`"));
        assert!(error("CREATE TYPE t AS ENUM (\"a\")").help.is_some_and(|help| help.contains("single quotes")));
        assert!(error("ALTER TYPE t DROP VALUE 'a'").message.contains("can't drop a value"));
    }
}
