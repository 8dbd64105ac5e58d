//! Two catalogs that are one but for where the statements of a migration stand in its file.
//!
//! Who types above a statement, or a comment into it, moves what stands below and changes nothing in the schema. Whatever was worked out on the
//! catalog from before still holds then, if it is known where each place is now.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::model::Relation;
use super::object::{Body, Object, Origin};
use super::store::Catalog;
use crate::text::Span;

/// Where places of a migration's file are now, by where they were. A place that is not in it is where it was.
pub type Moves = BTreeMap<Span, Span>;

impl Catalog {
    /// Where the places of the `index`th migration's file are in `fresh`, by where they are in this catalog; none where the two are different
    /// otherwise. Both must be made of the same catalog: it costs what was changed since, not what is there.
    pub fn moves(&self, fresh: &Catalog, index: u32) -> Option<Moves> {
        let is_alike_beside_objects = self.next == fresh.next
            && self.past.is_same(&fresh.past)
            && self.default_privileges == fresh.default_privileges
            && self.doubts.diff(&fresh.doubts).next().is_none()
            && self.computed.diff(&fresh.computed).next().is_none()
            && self.dependencies.diff(&fresh.dependencies).next().is_none()
            && self.rows.diff(&fresh.rows).next().is_none();
        if !is_alike_beside_objects {
            return None;
        }
        let mut moves = Moves::new();
        // Also what is equal counts, if it was touched: what stood at one place and now stands at two is no move.
        for oid in self.objects.changed(&fresh.objects) {
            let (old, mut new) = (self.get(oid)?, fresh.get(oid)?.clone());
            for (old, new) in origins(old).into_iter().zip(origins_mut(&mut new)) {
                if old.migration == Some(index) && new.migration == Some(index) {
                    if *moves.entry(old.span).or_insert(new.span) != new.span {
                        return None;
                    }
                    *new = old;
                }
            }
            if *old != new {
                return None;
            }
        }
        moves.retain(|old, new| old != new);
        Some(moves)
    }
}

/// What made an object, its columns and their types, and what took its key or changed its security, in a fixed order.
fn origins(object: &Object) -> Vec<Origin> {
    let mut found = vec![object.origin];
    match &object.body {
        Body::Relation(relation) => {
            found.extend(relation.columns.iter().flat_map(|column| std::iter::once(column.origin).chain(column.retyped)));
            let security = &relation.row_security;
            found.extend(relation.unkeyed.into_iter().chain(security.switched).chain(security.unpoliced));
        }
        Body::Routine(routine) => found.extend(routine.secured),
        _ => {}
    }
    found
}

/// The same, to be changed.
fn origins_mut(object: &mut Object) -> Vec<&mut Origin> {
    let Object { origin, body, .. } = object;
    let mut found = vec![origin];
    match body {
        Body::Relation(relation) => {
            let Relation { columns, unkeyed, row_security, .. } = Arc::make_mut(relation);
            found.extend(columns.iter_mut().flat_map(|column| std::iter::once(&mut column.origin).chain(&mut column.retyped)));
            found.extend(unkeyed.iter_mut().chain(&mut row_security.switched).chain(&mut row_security.unpoliced));
        }
        Body::Routine(routine) => found.extend(&mut Arc::make_mut(routine).secured),
        _ => {}
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::replay::{Direction, apply};
    use crate::catalog::{Knowledge, World};
    use crate::syntax::{Script, Version};

    /// What the second migration of a history leaves, the first being always the same.
    fn after(text: &str) -> Catalog {
        let world = World { target: Version::DEFAULT_TARGET, knowledge: Knowledge::Complete, creates: &|_, _| false, user: "a".into() };
        let run = |before: &Catalog, text: &str, index| {
            let script = Script::parse(text, Span::new(0, text.len() as u32));
            apply(&world, before, Direction::plain(text, &script), index).after
        };
        thread_local!(static FIRST: std::cell::OnceCell<Catalog> = const { std::cell::OnceCell::new() });
        let first = FIRST.with(|first| first.get_or_init(|| run(&Catalog::new(), "CREATE TABLE a (x int);", 0)).clone());
        run(&first, text, 1)
    }

    const TEXT: &str = "CREATE TABLE b (y serial PRIMARY KEY); ALTER TABLE a ALTER x TYPE text;";

    #[test]
    fn what_changed_security_moves_with_its_statement() {
        let text = "CREATE POLICY p ON a; CREATE POLICY q ON a; ALTER TABLE a ENABLE ROW LEVEL SECURITY; DROP POLICY q ON a;
            CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1'; ALTER FUNCTION f() SECURITY DEFINER;";
        assert_eq!(after(text).moves(&after(&format!("-- c\n{text}")), 1).map(|moves| moves.len()), Some(5));
    }

    #[test]
    fn what_only_moved_is_told_with_its_places() {
        let (old, fresh) = (after(TEXT), after(&format!("-- c\n{TEXT}")));
        let moves = old.moves(&fresh, 1).expect("only places differ");
        assert!(!moves.is_empty() && moves.iter().all(|(old, new)| *new == Span::new(old.start + 5, old.end + 5)));
        assert_eq!(old.moves(&after(TEXT), 1), Some(Moves::new()));
    }

    #[test]
    fn what_differs_otherwise_is_no_move() {
        let old = after(TEXT);
        for text in [
            "CREATE TABLE b (y bigserial PRIMARY KEY); ALTER TABLE a ALTER x TYPE text;",
            "CREATE TABLE b (y serial PRIMARY KEY); ALTER TABLE a ALTER x TYPE text; INSERT INTO b VALUES (1);",
            "CREATE TABLE b (y serial PRIMARY KEY); ALTER TABLE a ALTER x TYPE text; CREATE TABLE c (); DROP TABLE c;",
            "CREATE TABLE b (y serial PRIMARY KEY);",
            "",
        ] {
            assert_eq!(old.moves(&after(text), 1), None, "{text}");
        }
        assert_eq!(old.moves(&after(&format!("-- c\n{TEXT}")), 0), None);
    }
}
