//! ALTER: which production, by the words that follow.

use crate::syntax::lexer::{Keyword, TokenKind};
use crate::syntax::tree::Node;

use super::parser::{Parse, Parser};
use super::{
    alter_object, alter_table, database, default_privileges, define, domain, event_trigger, extension, foreign, function, object, operator,
    policy, publication, role, sequence, statistics, subscription, text_search, types,
};

/// Any ALTER statement.
///
/// `RENAME`, `SET SCHEMA`, `OWNER TO` and `DEPENDS ON EXTENSION` are the same for every kind of object: `alter_object` reads them wherever
/// they follow the object's name, and hands back `None`, with the cursor where it was, for every other action.
pub(super) fn alter(p: &mut Parser) -> Parse<Node> {
    let start = p.start();
    p.bump();
    if let Some(node) = alter_object::alter(p, start)? {
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
        Keyword::User if object::at_user_mapping(p) => foreign::alter_user_mapping(p, start),
        Keyword::Role | Keyword::User | Keyword::Group => role::alter_role(p, start),
        Keyword::Type => types::alter_type(p, start),
        Keyword::Domain => domain::alter_domain(p, start),
        Keyword::Function | Keyword::Procedure | Keyword::Routine => function::alter_function(p, start),
        Keyword::Default => default_privileges::alter_default_privileges(p, start),
        Keyword::Extension => extension::alter_extension(p, start),
        Keyword::Database => database::alter_database(p, start),
        Keyword::Tablespace => database::alter_tablespace(p, start),
        Keyword::Statistics => statistics::alter_statistics(p, start),
        Keyword::System => database::alter_system(p, start),
        Keyword::Operator => operator::alter(p, start),
        Keyword::Collation => define::alter_collation(p, start),
        Keyword::Text => text_search::alter(p, start),
        Keyword::Event => event_trigger::alter_event_trigger(p, start),
        Keyword::Policy => policy::alter_policy(p, start),
        Keyword::Publication => publication::alter_publication(p, start),
        Keyword::Subscription => subscription::alter_subscription(p, start),
        _ => Err(p.unexpected("the kind of object to alter, such as `TABLE`")),
    }
}
