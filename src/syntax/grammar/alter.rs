//! ALTER: which production, by the words that follow.

use crate::syntax::lexer::{Keyword, TokenKind};
use crate::syntax::tree::Node;

use super::parser::{Parse, Parser};
use super::{access, alter_table, foreign, function, object, operator, policy, replication, role, schema, sequence, text_search, trigger, types};

/// Any ALTER statement.
///
/// `RENAME`, `SET SCHEMA`, `OWNER TO` and `DEPENDS ON EXTENSION` are the same for every kind of object: `object::alter` reads them wherever
/// they follow the object's name, and hands back `None`, with the cursor where it was, for every other action.
pub(super) fn alter(p: &mut Parser) -> Parse<Node> {
    let start = p.start();
    p.bump();
    if let Some(node) = object::alter(p, start)? {
        return Ok(node);
    }
    let TokenKind::Keyword(keyword) = p.kind() else {
        return Err(p.unexpected("the kind of object to alter, such as `TABLE`"));
    };
    match keyword {
        Keyword::Table | Keyword::Index | Keyword::View | Keyword::Materialized => alter_table::alter(p, start),
        Keyword::Sequence => sequence::alter(p, start),
        Keyword::Foreign if p.nth(1) == TokenKind::Keyword(Keyword::Table) => alter_table::alter(p, start),
        Keyword::Foreign => foreign::alter_wrapper(p, start),
        Keyword::Server => foreign::alter_server(p, start),
        Keyword::User if p.nth(1) == TokenKind::Keyword(Keyword::Mapping) => foreign::alter_user_mapping(p, start),
        Keyword::Role | Keyword::User | Keyword::Group => role::alter_role(p, start),
        Keyword::Type => types::alter_type(p, start),
        Keyword::Domain => types::alter_domain(p, start),
        Keyword::Function | Keyword::Procedure | Keyword::Routine => function::alter_function(p, start),
        Keyword::Default => access::alter_default_privileges(p, start),
        Keyword::Extension => schema::alter_extension(p, start),
        Keyword::Database => schema::alter_database(p, start),
        Keyword::Tablespace => schema::alter_tablespace(p, start),
        Keyword::Statistics => schema::alter_statistics(p, start),
        Keyword::System => schema::alter_system(p, start),
        Keyword::Operator => operator::alter_operator(p, start),
        Keyword::Collation => operator::alter_collation(p, start),
        Keyword::Text => text_search::alter(p, start),
        Keyword::Event => trigger::alter_event_trigger(p, start),
        Keyword::Policy => policy::alter_policy(p, start),
        Keyword::Publication => replication::alter_publication(p, start),
        Keyword::Subscription => replication::alter_subscription(p, start),
        _ => Err(p.unexpected("the kind of object to alter, such as `TABLE`")),
    }
}
