//! The tables that a history makes, as rules about tables see them.
//!
//! Left out is what no house rule means: temporary tables, partitions (the whole answers for them), tables that come with an extension, the
//! layout's own tracking table, and tables that are only assumed or that a statement may have changed which could not be followed. Where that may
//! have added something and no more, what is known of the table is so, and rules that ask for nothing else see it.

use globset::Glob;

use crate::catalog::model::{Column, Persistence, Relation, RelationKind};
use crate::catalog::{Class, Object, Oid, Origin, Standing};

use super::HistoryContext;

/// What the house calls the table in which it notes which migrations have run.
const HOUSE_TRACKING_TABLE: &str = "migration_history";

/// A table that a migration made, and that is there at the end of the history.
#[derive(Debug, Clone, Copy)]
pub struct OwnTable<'c> {
    /// Its number in the catalog at the end.
    pub oid: Oid,
    /// What it has in common with other objects: its name, the statement that made it.
    pub object: &'c Object,
    /// Its columns and what else makes it a table.
    pub relation: &'c Relation,
    /// The name of its schema.
    pub schema: &'c str,
}

impl<'c> OwnTable<'c> {
    fn of(cx: &HistoryContext<'c>, oid: Oid, object: &'c Object) -> Option<OwnTable<'c>> {
        let relation = object.relation()?;
        let is_meant = matches!(relation.kind, RelationKind::Table)
            && object.standing == Standing::Made
            && relation.columns_firm
            && object.origin.migration.is_some()
            && object.extension.is_none()
            && relation.persistence != Persistence::Temporary
            && relation.partition_bound.is_none();
        let schema = cx.end.get(object.schema?)?;
        let of_tool = cx.history.layout.tracking_table().map(|table| match table.split_once('.') {
            Some((own, table)) => (own == &*schema.name).then_some(table),
            None => Some(table),
        });
        let is_tracking = [Some(HOUSE_TRACKING_TABLE), of_tool.flatten()].contains(&Some(&*object.name));
        (is_meant && !is_tracking).then_some(OwnTable { oid, object, relation, schema: &schema.name })
    }

    /// The statement that brought a column to the table: its own, or the table's. What is older than the table was copied or inherited with it.
    pub fn brought_by(&self, column: &Column) -> Origin {
        let place = |origin: Origin| (origin.migration, origin.span.start);
        if place(column.origin) < place(self.object.origin) { self.object.origin } else { column.origin }
    }

    /// Where a column was first written, be it for another table.
    pub fn written_at(&self, column: &Column) -> Origin {
        if column.origin.migration.is_some() { column.origin } else { self.object.origin }
    }

    /// What gave a column of it the type that it has.
    pub fn place_of(&self, column: &Column) -> Origin {
        let known = |origin: &Origin| origin.migration.is_some();
        column.retyped.into_iter().chain([column.origin]).find(known).unwrap_or(self.object.origin)
    }

    /// Whether it lies in one of `database.schemas`; where none are configured, every schema is managed.
    pub fn is_managed(&self, cx: &HistoryContext<'_>) -> bool {
        let schemas = cx.config.house.schemas.as_ref();
        schemas.is_none_or(|schemas| schemas.iter().any(|(schema, _)| schema == self.schema))
    }

    /// Whether the option `exempt` of the rule that asks names it.
    pub fn is_exempt(&self, cx: &HistoryContext<'_>) -> bool {
        self.is_named_in(cx, "exempt")
    }

    /// Whether the option `name` of the rule that asks names it, with its schema or without; `*` stands for any letters.
    pub fn is_named_in(&self, cx: &HistoryContext<'_>, name: &str) -> bool {
        let whole = format!("{}.{}", self.schema, self.object.name);
        let is_meant = |glob: Glob| {
            let matcher = glob.compile_matcher();
            matcher.is_match(&*self.object.name) || matcher.is_match(&whole)
        };
        cx.option_at(self.object.origin, name).iter().any(|pattern| Glob::new(pattern).is_ok_and(is_meant))
    }

    /// Whether it is the table of `logging.database_logging`.
    pub fn is_log_table(&self, cx: &HistoryContext<'_>) -> bool {
        let Some((table, _)) = &cx.config.house.log_table else { return false };
        let (schema, name) = table.split_once('.').unwrap_or(("public", table));
        schema == self.schema && *name == *self.object.name
    }
}

/// The tables that the migrations of a history made and that are there at its end, in the order in which they were made; those of the objects that
/// are looked at.
pub fn own_tables<'c>(cx: &HistoryContext<'c>) -> impl Iterator<Item = OwnTable<'c>> + use<'c> {
    own_tables_as_known(cx).filter(|table| table.relation.columns_known)
}

/// The same, with those that may have got more than is known of them.
pub fn own_tables_as_known<'c>(cx: &HistoryContext<'c>) -> impl Iterator<Item = OwnTable<'c>> + use<'c> {
    let cx = *cx;
    let relations = cx.objects().filter(|(_, object)| object.body.class() == Class::Relation);
    relations.filter_map(move |(oid, object)| OwnTable::of(&cx, oid, object))
}
