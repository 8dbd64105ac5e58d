//! LISTEN, NOTIFY, UNLISTEN.

use crate::syntax::lexer::{Keyword, TokenKind};
use crate::syntax::tree::{Ident, Node, Notify, NotifyAction};

use super::name;
use super::parser::{Parse, Parser};

/// Any of the three.
pub(super) fn notify(p: &mut Parser) -> Parse<Node> {
    let start = p.start();
    let verb = p.kind();
    p.bump();
    let action = match verb {
        TokenKind::Keyword(Keyword::Listen) => NotifyAction::Listen(channel(p)?),
        TokenKind::Keyword(Keyword::Unlisten) => match p.eat(TokenKind::Star) {
            Some(star) => NotifyAction::UnlistenAll(star),
            None => NotifyAction::Unlisten(channel(p)?),
        },
        _ => {
            let channel = channel(p)?;
            let payload = p.eat(TokenKind::Comma).map(|_| name::string(p, "the message in quotes")).transpose()?;
            NotifyAction::Notify(channel, payload)
        }
    };
    Ok(Node::Notify(Box::new(Notify { span: p.since(start), action })))
}

fn channel(p: &mut Parser) -> Parse<Ident> {
    name::column_name(p, "the name of a channel")
}
