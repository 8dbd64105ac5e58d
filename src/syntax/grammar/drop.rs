//! DROP: of whatever is dropped in the same way, and which production for everything else.

use crate::syntax::lexer::{Keyword, TokenKind};
use crate::syntax::tree::{Drop, Guard, Node, ObjectKind, ObjectRef};

use super::parser::{Parse, Parser};
use super::{database, foreign, name, object, role, subscription};

/// Any DROP statement.
pub(super) fn drop(p: &mut Parser) -> Parse<Node> {
    let start = p.start();
    p.bump();
    match p.kind() {
        TokenKind::Keyword(Keyword::User) if object::at_user_mapping(p) => foreign::drop_user_mapping(p, start),
        TokenKind::Keyword(Keyword::Role | Keyword::User | Keyword::Group) => role::drop_role(p, start),
        TokenKind::Keyword(Keyword::Database) => database::drop_database(p, start),
        TokenKind::Keyword(Keyword::Tablespace) => database::drop_tablespace(p, start),
        TokenKind::Keyword(Keyword::Subscription) => subscription::drop_subscription(p, start),
        TokenKind::Keyword(Keyword::Owned) => role::drop_owned(p, start),
        _ => drop_objects(p, start),
    }
}

/// DROP of objects that only differ by their kind (DropStmt and its siblings).
fn drop_objects(p: &mut Parser, start: u32) -> Parse<Node> {
    let kind = droppable(p)?;
    let concurrently = if kind == ObjectKind::Index { p.eat_kw(Keyword::Concurrently) } else { None };
    let guard = name::if_exists(p);
    if p.at_kw(Keyword::Concurrently) {
        return Err(p
            .unexpected(&object::name_of(kind))
            .help("`CONCURRENTLY` stands behind `DROP INDEX`, before `IF EXISTS`; only indexes have it"));
    }
    let objects = if is_dropped_alone(kind) { vec![object::object(p, kind)?] } else { p.list(|p| object::object(p, kind))? };
    reject_misplaced(p, kind, guard, &objects)?;
    if let (ObjectKind::Language, [_, second, ..]) = (kind, &*objects) {
        p.need(14, second.span, "more than one language in `DROP LANGUAGE`");
    }
    let behavior = name::behavior(p);
    Ok(Node::Drop(Box::new(Drop { span: p.since(start), kind, concurrently, guard, objects, behavior })))
}

/// The words for a kind of object that DROP takes.
fn droppable(p: &mut Parser) -> Parse<ObjectKind> {
    let before = p.mark();
    match object::kind(p) {
        Some(kind @ (ObjectKind::Column | ObjectKind::TableConstraint)) => {
            p.rewind(before);
            let words = kind.sql();
            Err(p.unexpected("the kind of object to drop, such as `TABLE`").help(format!("use `ALTER TABLE table DROP {words} name`")))
        }
        Some(kind) if kind != ObjectKind::LargeObject => Ok(kind),
        _ => {
            p.rewind(before);
            Err(p.unexpected("the kind of object to drop, such as `TABLE`"))
        }
    }
}

/// Whether one statement drops only one of them.
const fn is_dropped_alone(kind: ObjectKind) -> bool {
    use ObjectKind::*;
    matches!(kind, Cast | OperatorClass | OperatorFamily | Policy | Rule | Transform | Trigger)
}

/// What other databases write behind the name of what they drop.
fn reject_misplaced(p: &Parser, kind: ObjectKind, guard: Guard, objects: &[ObjectRef]) -> Parse<()> {
    let help = match p.kind() {
        TokenKind::Keyword(Keyword::On) if kind == ObjectKind::Index => "an index is dropped by its own name alone: `DROP INDEX name`",
        TokenKind::Keyword(Keyword::If) if !guard.is_written() => "`IF EXISTS` stands in front of the name",
        TokenKind::Comma if objects.len() == 1 => "one statement drops one object of this kind",
        _ => return Ok(()),
    };
    Err(p.unexpected("the end of the statement").help(help))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::syntax::grammar::testing::{error, node};
    use crate::syntax::tree::{Behavior, ObjectName};

    fn dropped(text: &str) -> Drop {
        match node(text) {
            Node::Drop(drop) => *drop,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_drop_holds_its_guard_its_objects_and_its_behavior() {
        let text = "DROP INDEX CONCURRENTLY IF EXISTS a, s.b CASCADE";
        let drop = dropped(text);
        assert!(drop.concurrently.is_some() && drop.guard.is_written() && matches!(drop.behavior, Some(Behavior::Cascade(_))));
        let names: Vec<_> = drop.objects.iter().filter_map(|object| object.name()).map(|name| name.display(text)).collect();
        assert_eq!(names, ["a", "s.b"]);
        assert_eq!(dropped("DROP TABLE t").guard, Guard::Absent(11));
    }

    #[test]
    fn functions_are_told_apart_by_the_types_that_go_in() {
        let drop = dropped("DROP FUNCTION f, g(a integer, OUT text, double precision)");
        let [f, g] = drop.objects.as_slice() else { panic!("{drop:?}") };
        assert!(matches!(&f.name, ObjectName::Routine(f) if f.arguments.is_none()));
        let ObjectName::Routine(g) = &g.name else { panic!("{g:?}") };
        let named: Vec<_> = g.arguments.iter().flat_map(|arguments| arguments.inputs()).map(|argument| argument.name.is_some()).collect();
        assert_eq!(named, [true, false]);
    }

    #[test]
    fn habits_of_other_databases_get_advice() {
        assert!(error("DROP INDEX i ON t").help.is_some_and(|help| help.contains("its own name")));
        assert!(error("DROP TABLE t IF EXISTS").help.is_some_and(|help| help.contains("in front")));
        assert!(error("DROP TRIGGER t").help.is_some_and(|help| help.contains("`TRIGGER name ON table`")));
        assert!(error("DROP COLUMN a").help.is_some_and(|help| help.contains("ALTER TABLE")));
    }
}
