//! CREATE DOMAIN and ALTER DOMAIN.

use crate::syntax::lexer::{Keyword, TokenKind};
use crate::syntax::tree::{AlterDomain, CreateDomain, DomainAction, Node};

use super::column::{self, Qualifiers};
use super::create::Head;
use super::parser::{Parse, Parser};
use super::{constraint, expression, name, type_name};

/// `CREATE DOMAIN`.
pub(super) fn create_domain(p: &mut Parser, head: Head) -> Parse<Node> {
    p.bump();
    name::no_guard(p, "CREATE DOMAIN")?;
    let name = name::name(p, "a domain name")?;
    p.eat_kw(Keyword::As);
    let ty = type_name::type_name(p)?;
    let Qualifiers { collation, constraints } = column::qualifiers(p)?;
    Ok(Node::CreateDomain(Box::new(CreateDomain { span: p.since(head.start), name, ty, collation, constraints })))
}

/// `ALTER DOMAIN`, but for what all objects have in common.
pub(super) fn alter_domain(p: &mut Parser, start: u32) -> Parse<Node> {
    p.bump();
    name::no_guard(p, "ALTER DOMAIN")?;
    let name = name::name(p, "a domain name")?;
    let action = action(p)?;
    Ok(Node::AlterDomain(Box::new(AlterDomain { span: p.since(start), name, action })))
}

fn action(p: &mut Parser) -> Parse<DomainAction> {
    if p.eat_kws(&[Keyword::Set, Keyword::Default]).is_some() {
        return expression::expression(p).map(DomainAction::SetDefault);
    }
    if let Some(span) = p.eat_kws(&[Keyword::Drop, Keyword::Default]) {
        return Ok(DomainAction::DropDefault(span));
    }
    if let Some(span) = p.eat_kws(&[Keyword::Set, Keyword::Not, Keyword::Null]) {
        return Ok(DomainAction::SetNotNull(span));
    }
    if let Some(span) = p.eat_kws(&[Keyword::Drop, Keyword::Not, Keyword::Null]) {
        return Ok(DomainAction::DropNotNull(span));
    }
    match p.kind() {
        TokenKind::Keyword(Keyword::Add) => {
            p.bump();
            constraint::domain_constraint(p).map(DomainAction::AddConstraint)
        }
        TokenKind::Keyword(Keyword::Drop) => {
            p.expect_kws(&[Keyword::Drop, Keyword::Constraint])?;
            let guard = name::if_exists(p);
            let name = name::column_name(p, "a constraint name")?;
            Ok(DomainAction::DropConstraint { guard, name, behavior: name::behavior(p) })
        }
        TokenKind::Keyword(Keyword::Validate) => {
            p.expect_kws(&[Keyword::Validate, Keyword::Constraint])?;
            name::column_name(p, "a constraint name").map(DomainAction::ValidateConstraint)
        }
        TokenKind::Keyword(Keyword::Type | Keyword::Alter) => {
            Err(p.error("the type of a domain can't change").help("create another domain and change the columns to that"))
        }
        _ => Err(p.unexpected("what to do to the domain, such as `ADD CONSTRAINT` or `SET DEFAULT`")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::syntax::grammar::testing::{error, node};
    use crate::syntax::tree::ColumnConstraintKind;

    #[test]
    fn a_domain_has_the_constraints_of_a_column() {
        let text = "CREATE DOMAIN d AS text COLLATE \"C\" DEFAULT 'x' NOT NULL CONSTRAINT c CHECK (value <> '')";
        let Node::CreateDomain(create) = node(text) else { panic!("no CreateDomain") };
        let kinds: Vec<_> = create.constraints.iter().map(|constraint| &constraint.kind).collect();
        assert!(matches!(
            kinds.as_slice(),
            [ColumnConstraintKind::Default(_), ColumnConstraintKind::NotNull, ColumnConstraintKind::Check(_)]
        ));
        assert_eq!(create.collation.map(|collation| &text[collation.span]), Some("COLLATE \"C\""));
    }

    #[test]
    fn the_type_of_a_domain_stays() {
        assert!(error("ALTER DOMAIN d TYPE bigint").message.contains("can't change"));
    }
}
