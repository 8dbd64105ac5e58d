//! CREATE, ALTER and DROP SUBSCRIPTION.

use crate::syntax::lexer::{Keyword, TokenKind};
use crate::syntax::tree::{AlterSubscription, CreateSubscription, DropSubscription, Ident, Node, PublicationsChange, SubscriptionAction};
use crate::text::Span;

use super::SyntaxError;
use super::create::Head;
use super::parser::{Parse, Parser};
use super::{name, settings};

/// `CREATE SUBSCRIPTION`.
pub(super) fn create_subscription(p: &mut Parser, head: Head) -> Parse<Node> {
    p.bump();
    name::no_guard(p, "CREATE SUBSCRIPTION")?;
    let name = subscription_name(p)?;
    p.expect_kw(Keyword::Connection)?;
    let connection = connection(p)?;
    p.expect_kw(Keyword::Publication)?;
    let publications = publications(p)?;
    let options = p.clause(&[Keyword::With], settings::definition)?;
    let span = p.since(head.start);
    Ok(Node::CreateSubscription(Box::new(CreateSubscription { span, name, connection, publications, options })))
}

/// `ALTER SUBSCRIPTION`, but for what all objects have in common.
pub(super) fn alter_subscription(p: &mut Parser, start: u32) -> Parse<Node> {
    p.bump();
    name::no_guard(p, "ALTER SUBSCRIPTION")?;
    let name = subscription_name(p)?;
    let action = action(p)?;
    Ok(Node::AlterSubscription(Box::new(AlterSubscription { span: p.since(start), name, action })))
}

/// `DROP SUBSCRIPTION`.
pub(super) fn drop_subscription(p: &mut Parser, start: u32) -> Parse<Node> {
    p.bump();
    let guard = name::if_exists(p);
    let name = subscription_name(p)?;
    let behavior = name::behavior(p);
    Ok(Node::DropSubscription(Box::new(DropSubscription { span: p.since(start), guard, name, behavior })))
}

fn action(p: &mut Parser) -> Parse<SubscriptionAction> {
    let TokenKind::Keyword(keyword) = p.kind() else {
        return Err(no_action(p));
    };
    match keyword {
        Keyword::Set if p.nth(1) == TokenKind::LeftParen => {
            p.bump();
            settings::definition(p).map(SubscriptionAction::SetOptions)
        }
        Keyword::Set => changed_publications(p, PublicationsChange::Set),
        Keyword::Add => changed_publications(p, PublicationsChange::Add),
        Keyword::Drop => changed_publications(p, PublicationsChange::Drop),
        Keyword::Connection => {
            p.bump();
            connection(p).map(SubscriptionAction::Connection)
        }
        Keyword::Refresh => {
            p.expect_kws(&[Keyword::Refresh, Keyword::Publication])?;
            p.clause(&[Keyword::With], settings::definition).map(SubscriptionAction::Refresh)
        }
        Keyword::Enable => Ok(SubscriptionAction::Enable(p.bump())),
        Keyword::Disable => Ok(SubscriptionAction::Disable(p.bump())),
        Keyword::Skip => {
            let skip = p.bump();
            p.need(15, skip, "`ALTER SUBSCRIPTION … SKIP`");
            settings::definition(p).map(SubscriptionAction::Skip)
        }
        _ => Err(no_action(p)),
    }
}

fn no_action(p: &Parser) -> Box<SyntaxError> {
    p.unexpected("what to do to the subscription, such as `REFRESH PUBLICATION` or `DISABLE`")
}

/// `SET`, `ADD` or `DROP PUBLICATION …`.
fn changed_publications(p: &mut Parser, change: PublicationsChange) -> Parse<SubscriptionAction> {
    let verb = p.bump();
    let words = verb.to(p.expect_kw(Keyword::Publication)?);
    if change != PublicationsChange::Set {
        p.need(14, words, "`ADD PUBLICATION` and `DROP PUBLICATION`");
    }
    let publications = publications(p)?;
    let options = p.clause(&[Keyword::With], settings::definition)?;
    Ok(SubscriptionAction::Publications { change, publications, options })
}

fn subscription_name(p: &mut Parser) -> Parse<Ident> {
    name::column_name(p, "the name of a subscription")
}

fn connection(p: &mut Parser) -> Parse<Span> {
    name::string(p, "a connection string in quotes")
}

fn publications(p: &mut Parser) -> Parse<Vec<Ident>> {
    p.list(|p| name::column_name(p, "the name of a publication"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::syntax::grammar::testing::node;

    #[test]
    fn set_changes_options_or_publications() {
        let action = |text: &str| match node(text) {
            Node::AlterSubscription(alter) => alter.action,
            other => panic!("{other:?}"),
        };
        assert!(matches!(action("ALTER SUBSCRIPTION s SET (slot_name = NONE)"), SubscriptionAction::SetOptions(_)));
        assert!(matches!(
            action("ALTER SUBSCRIPTION s SET PUBLICATION a, b WITH (refresh = false)"),
            SubscriptionAction::Publications { change: PublicationsChange::Set, publications, options: Some(_) } if publications.len() == 2
        ));
    }
}
