//! DROP: which production, by the words that follow.

use crate::syntax::lexer::{Keyword, TokenKind};
use crate::syntax::tree::Node;

use super::parser::{Parse, Parser};
use super::{foreign, object, replication, role, schema};

/// Any DROP statement.
pub(super) fn drop(p: &mut Parser) -> Parse<Node> {
    let start = p.start();
    p.bump();
    let TokenKind::Keyword(keyword) = p.kind() else {
        return Err(p.unexpected("the kind of object to drop, such as `TABLE`"));
    };
    match keyword {
        Keyword::User if p.nth(1) == TokenKind::Keyword(Keyword::Mapping) => foreign::drop_user_mapping(p, start),
        Keyword::Role | Keyword::User | Keyword::Group => role::drop_role(p, start),
        Keyword::Database => schema::drop_database(p, start),
        Keyword::Tablespace => schema::drop_tablespace(p, start),
        Keyword::Subscription => replication::drop_subscription(p, start),
        Keyword::Owned => role::drop_owned(p, start),
        _ => object::drop(p, start),
    }
}
