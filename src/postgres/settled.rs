//! Conditions that say the same however often a migration ran: `true`, who runs it, which server runs it.
//!
//! Such a condition around a statement keeps nothing from being done twice. Every other one may: it asks the catalogs, rows, or a variable that
//! does. Invariant: what can't be told is not settled.

use crate::syntax::expression::{self, Constant, Expression, ExpressionKind, Node, ValueFunction};
use crate::syntax::plpgsql::Branch;
use crate::syntax::tree::Expr;

use super::block::Around;

/// Whether it is settled which of `branches` is taken, each a condition, or a value of the CASE's `operand`.
pub fn is_settled(text: &str, operand: Option<Expr>, branches: &[Branch]) -> bool {
    let conditions = branches.iter().map(|branch| branch.condition);
    operand.into_iter().chain(conditions).all(|condition| holds_still(&expression::read(&text[condition.span])))
}

/// Whether nothing ever runs there, as behind `IF false`: constants alone say so.
pub fn is_never_taken(text: &str, around: &Around<'_>) -> bool {
    let says = |branch: &Branch, answer| constant(&expression::read(&text[branch.condition.span])) == Some(answer);
    let any_holds = |branches: &[Branch]| branches.iter().any(|branch| says(branch, true));
    match around {
        Around::Branch(None, [before @ .., taken]) => says(taken, false) || any_holds(before),
        Around::Otherwise(None, branches) => any_holds(branches),
        _ => false,
    }
}

/// What a condition of constants alone comes to.
fn constant(condition: &Expression) -> Option<bool> {
    match &condition.kind {
        ExpressionKind::Constant(Constant::Boolean(value)) => Some(*value),
        ExpressionKind::Not(inner) => constant(inner).map(|value| !value),
        ExpressionKind::And(parts) if parts.iter().any(|part| constant(part) == Some(false)) => Some(false),
        ExpressionKind::And(parts) => parts.iter().all(|part| constant(part) == Some(true)).then_some(true),
        ExpressionKind::Or(parts) if parts.iter().any(|part| constant(part) == Some(true)) => Some(true),
        ExpressionKind::Or(parts) => parts.iter().all(|part| constant(part) == Some(false)).then_some(false),
        ExpressionKind::Operator(operator) => {
            let (left, right) = (integer(operator.left.as_ref()?)?, integer(&operator.right)?);
            match operator.sign() {
                "=" => Some(left == right),
                "<>" => Some(left != right),
                _ => None,
            }
        }
        _ => None,
    }
}

fn integer(expression: &Expression) -> Option<i64> {
    match &expression.kind {
        ExpressionKind::Constant(Constant::Number(digits)) => digits.parse().ok(),
        _ => None,
    }
}

fn holds_still(expression: &Expression) -> bool {
    let mut still = true;
    expression.walk(&mut |node| {
        still &= match node {
            Node::Expression(part) => is_still(part),
            Node::Type(_) | Node::Query(_) => true,
            Node::Change(_) | Node::CommonTable(_) | Node::From(_) => false,
        };
    });
    still
}

/// Whether it says the same however often it is asked, as far as its parts do.
fn is_still(expression: &Expression) -> bool {
    match &expression.kind {
        // A name may be a variable, and a variable may hold an answer.
        ExpressionKind::Column(_) | ExpressionKind::Star(_) | ExpressionKind::Parameter(_) => false,
        ExpressionKind::Value(function, _) => !matches!(
            function,
            ValueFunction::CurrentDate
                | ValueFunction::CurrentSchema
                | ValueFunction::CurrentTime
                | ValueFunction::CurrentTimestamp
                | ValueFunction::LocalTime
                | ValueFunction::LocalTimestamp
        ),
        ExpressionKind::Call(call) => {
            let arguments: Vec<&Expression> = call.arguments.iter().map(|argument| &argument.value).collect();
            call.plain_arguments().is_some() && says_the_same(&call.name, &arguments)
        }
        ExpressionKind::Special(_) | ExpressionKind::Unread => false,
        _ => true,
    }
}

/// Whether a function of the server gives what no migration changes (PostgreSQL 15, 9.26 “System Information Functions and Operators”).
fn says_the_same(name: &[String], arguments: &[&Expression]) -> bool {
    const SESSION: [&str; 11] = [
        "current_catalog",
        "current_database",
        "current_role",
        "current_user",
        "inet_client_addr",
        "inet_server_addr",
        "inet_server_port",
        "pg_is_in_recovery",
        "session_user",
        "user",
        "version",
    ];
    const PURE: [&str; 12] =
        ["coalesce", "left", "length", "lower", "replace", "right", "split_part", "strpos", "substr", "substring", "trim", "upper"];
    let function = match name {
        [function] => function.as_str(),
        [schema, function] if schema == "pg_catalog" => function.as_str(),
        _ => return false,
    };
    match function {
        "current_setting" => arguments.first().and_then(|argument| argument.as_string()).is_some_and(is_of_the_server),
        _ => SESSION.contains(&function) || PURE.contains(&function),
    }
}

/// Settings that a migration does not set to remember something by.
fn is_of_the_server(setting: &str) -> bool {
    let names = ["server_version", "server_version_num", "is_superuser", "server_encoding", "data_directory", "cluster_name", "port"];
    names.iter().any(|name| setting.eq_ignore_ascii_case(name))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Span;

    fn settled(condition: &str) -> bool {
        is_settled(condition, Some(Expr { span: Span::new(0, condition.len() as u32) }), &[])
    }

    #[test]
    fn what_no_migration_changes_is_settled() {
        for condition in [
            "true",
            "1 = 1 AND NOT false",
            "current_user = 'app'",
            "session_user <> 'postgres' OR current_database() IN ('a', 'b')",
            "current_setting('server_version_num')::int >= 140000",
            "pg_catalog.version() LIKE '%15%'",
            "(SELECT current_user) = 'app'",
            "lower(current_user) IS NULL",
            "CASE WHEN true THEN current_user LIKE 'a%' END",
        ] {
            assert!(settled(condition), "{condition}");
        }
    }

    #[test]
    fn what_constants_rule_out_is_never_taken() {
        let condition = |text: &str| constant(&expression::read(text));
        for text in ["false", "NOT true", "1 = 2", "false AND found", "NOT (true OR found)", "false OR 1 <> 1"] {
            assert_eq!(condition(text), Some(false), "{text}");
        }
        for text in ["true", "1 = 1", "found OR true", "true AND 0 = 0"] {
            assert_eq!(condition(text), Some(true), "{text}");
        }
        for text in ["found", "current_user = 'a'", "found AND true", "NULL", "1 < 2", "a = 1", "1.0 = 1"] {
            assert_eq!(condition(text), None, "{text}");
        }
    }

    #[test]
    fn what_asks_or_may_ask_is_not() {
        for condition in [
            "NOT EXISTS (SELECT 1 FROM pg_type WHERE typname = 'k')",
            "to_regclass('a.b') IS NULL",
            "current_user = 'app' AND to_regclass('a.b') IS NULL",
            "NOT found",
            "v_version >= 14",
            "(SELECT count(*) FROM a.b) = 0",
            "a.is_done()",
            "current_setting('app.migrated', true) IS NULL",
            "current_schema() = 'a'",
            "now() < '2020-01-01'",
            "has_table_privilege('a', 'a.b', 'SELECT')",
            "CASE WHEN true THEN found END",
        ] {
            assert!(!settled(condition), "{condition}");
        }
    }
}
