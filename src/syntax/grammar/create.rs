//! CREATE: which production, by the words that follow.

use crate::syntax::lexer::{Keyword, TokenKind};
use crate::syntax::tree::{Node, ObjectKind};
use crate::text::Span;

use super::parser::{Parse, Parser};
use super::{
    cast, database, define, domain, event_trigger, extension, foreign, function, index, language, object, operator, policy, publication,
    role, rule, schema, sequence, statistics, subscription, table, trigger, types, view,
};

/// What stands between CREATE and the kind of object.
#[derive(Debug, Clone, Copy)]
pub(super) struct Head {
    /// First byte of the statement.
    pub(super) start: u32,
    /// `OR REPLACE`.
    pub(super) replace: Option<Span>,
    /// The byte before which `OR REPLACE` would stand.
    pub(super) replace_at: u32,
}

/// Any CREATE statement.
pub(super) fn create(p: &mut Parser) -> Parse<Node> {
    let start = p.start();
    p.bump();
    let replace_at = p.start();
    let replace = p.eat_kws(&[Keyword::Or, Keyword::Replace]);
    let head = Head { start, replace, replace_at };
    if let Some(span) = replace {
        return replaceable(p, head, span);
    }
    let TokenKind::Keyword(keyword) = p.kind() else {
        return Err(p.unexpected("the kind of object to create, such as `TABLE`"));
    };
    match keyword {
        Keyword::Temporary | Keyword::Temp | Keyword::Local | Keyword::Global | Keyword::Unlogged => after_persistence(p, head),
        Keyword::Table => table::create_table(p, head),
        Keyword::Sequence => sequence::create_sequence(p, head),
        Keyword::View | Keyword::Recursive => view::create_view(p, head),
        Keyword::Materialized => view::create_materialized_view(p, head),
        Keyword::Unique | Keyword::Index => index::create_index(p, head),
        Keyword::Schema => schema::create_schema(p, head),
        Keyword::Extension => extension::create_extension(p, head),
        Keyword::Database => database::create_database(p, head),
        Keyword::Tablespace => database::create_tablespace(p, head),
        Keyword::Statistics => statistics::create_statistics(p, head),
        Keyword::Type => types::create_type(p, head),
        Keyword::Domain => domain::create_domain(p, head),
        Keyword::Function | Keyword::Procedure => function::create_function(p, head),
        Keyword::Trusted | Keyword::Procedural | Keyword::Language => language::create_language(p, head),
        Keyword::Aggregate => define::create_aggregate(p, head),
        Keyword::Operator => operator::create(p, head),
        Keyword::Collation => define::create_collation(p, head),
        Keyword::Cast => cast::create_cast(p, head),
        Keyword::Transform => language::create_transform(p, head),
        Keyword::Default | Keyword::Conversion => cast::create_conversion(p, head),
        Keyword::Access => operator::create_access_method(p, head),
        Keyword::Text => define::create_text_search(p, head),
        Keyword::Constraint | Keyword::Trigger => trigger::create_trigger(p, head),
        Keyword::Event => event_trigger::create_event_trigger(p, head),
        Keyword::Policy => policy::create_policy(p, head),
        Keyword::Rule => rule::create_rule(p, head),
        Keyword::User if object::at_user_mapping(p) => foreign::create_user_mapping(p, head),
        Keyword::Role | Keyword::User | Keyword::Group => role::create_role(p, head),
        Keyword::Foreign if p.nth(1) == TokenKind::Keyword(Keyword::Table) => table::create_foreign_table(p, head),
        Keyword::Foreign => foreign::create_wrapper(p, head),
        Keyword::Server => foreign::create_server(p, head),
        Keyword::Publication => publication::create_publication(p, head),
        Keyword::Subscription => subscription::create_subscription(p, head),
        Keyword::Assertion => Err(p.error("PostgreSQL has no assertions").state("0A000")),
        _ => Err(p.unexpected("the kind of object to create, such as `TABLE`")),
    }
}

/// The error that `IF NOT EXISTS` is written where PostgreSQL has none; `instead` says what to do.
pub(super) fn reject_guard(p: &Parser, kind: ObjectKind, instead: &str) -> Parse<()> {
    if p.at_kws(&[Keyword::If, Keyword::Not, Keyword::Exists]) {
        let message = format!("`CREATE {}` has no `IF NOT EXISTS` in PostgreSQL", kind.sql());
        return Err(p.error(message).help(instead));
    }
    Ok(())
}

fn after_persistence(p: &mut Parser, head: Head) -> Parse<Node> {
    let ahead = if matches!(p.kind(), TokenKind::Keyword(Keyword::Local | Keyword::Global)) { 2 } else { 1 };
    match p.nth(ahead) {
        TokenKind::Keyword(Keyword::Table) => table::create_table(p, head),
        TokenKind::Keyword(Keyword::Sequence) => sequence::create_sequence(p, head),
        TokenKind::Keyword(Keyword::View | Keyword::Recursive) => view::create_view(p, head),
        TokenKind::Keyword(Keyword::Materialized) => view::create_materialized_view(p, head),
        _ => {
            for _ in 0..ahead {
                p.bump();
            }
            Err(p.unexpected("`TABLE`, `SEQUENCE` or `VIEW`"))
        }
    }
}

fn replaceable(p: &mut Parser, head: Head, replace: Span) -> Parse<Node> {
    let TokenKind::Keyword(keyword) = p.kind() else {
        return Err(p.unexpected("an object that can be replaced, such as `VIEW` or `FUNCTION`"));
    };
    match keyword {
        Keyword::Temporary | Keyword::Temp | Keyword::Local | Keyword::Global | Keyword::Unlogged | Keyword::View | Keyword::Recursive => {
            view::create_view(p, head)
        }
        Keyword::Function | Keyword::Procedure => function::create_function(p, head),
        Keyword::Trusted | Keyword::Procedural | Keyword::Language => language::create_language(p, head),
        Keyword::Transform => language::create_transform(p, head),
        Keyword::Rule => rule::create_rule(p, head),
        Keyword::Aggregate => define::create_aggregate(p, head),
        Keyword::Constraint | Keyword::Trigger => {
            p.need(14, replace, "`CREATE OR REPLACE TRIGGER`");
            trigger::create_trigger(p, head)
        }
        _ => Err(p
            .unexpected("an object that can be replaced: a view, function, procedure, aggregate, trigger, rule, language or transform")
            .help("PostgreSQL has no `OR REPLACE` for this kind of object")),
    }
}
