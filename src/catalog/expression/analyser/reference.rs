//! Names of columns: which one is meant (`parse_relation.c`, `transformColumnRef`).

use super::{Analyser, Item};
use crate::catalog::expression::Used;
use crate::catalog::expression::analysis::{Place, Visibility};
use crate::catalog::model::{RelationKind, TypeUse};
use crate::catalog::object::{Class, Name};
use crate::catalog::typing::ExprType;
use crate::catalog::{Address, Oid, Result, Stop};
use crate::text::Span;

/// Columns that every table has (manual, 5.5).
const SYSTEM: [(&str, &str); 6] =
    [("ctid", "tid"), ("xmin", "xid"), ("xmax", "xid"), ("cmin", "cid"), ("cmax", "cid"), ("tableoid", "oid")];

/// A column that a name means.
struct Found {
    ty: ExprType,
    source: Option<Address>,
}

impl Analyser<'_, '_> {
    /// The type of the column that `parts` name.
    pub(super) fn column(&mut self, parts: &[String], span: Span) -> Result<ExprType> {
        if self.queries == 0
            && matches!(self.place, Place::ColumnDefault | Place::FunctionDefault | Place::PartitionBound)
            && self.value_of(parts).is_none()
        {
            return Err(match self.place {
                Place::ColumnDefault => Stop::fails("0A000", "cannot use column reference in DEFAULT expression", span),
                Place::PartitionBound => Stop::fails("0A000", "cannot use column reference in partition bound expression", span),
                _ => Stop::fails("42703", format!("column \"{}\" does not exist", parts.join(".")), span),
            });
        }
        let found = match parts {
            [name] => self.unqualified(name, span)?,
            [table, name] => self.qualified(None, table, name, span)?,
            [schema, table, name] => self.qualified(Some(schema), table, name, span)?,
            _ => None,
        };
        match found {
            Some(found) => {
                if let Some(source) = found.source {
                    self.used(span, Used::Column(source));
                }
                if found.ty == ExprType::Untold {
                    self.partly();
                }
                Ok(found.ty)
            }
            None => Ok(self.partly()),
        }
    }

    /// A value that is called so: VALUE, an argument, a variable.
    fn value_of(&self, parts: &[String]) -> Option<ExprType> {
        let [name] = parts else { return None };
        self.values.iter().find(|(value, _)| **value == **name).map(|(_, ty)| ty.clone().into())
    }

    /// None if it can't be told whether there is one.
    fn unqualified(&mut self, name: &str, span: Span) -> Result<Option<Found>> {
        let mut open = false;
        for at in (0..self.levels.len()).rev() {
            let mut found: Vec<Found> = Vec::new();
            for item in self.levels[at].items.iter().filter(|item| item.visibility == Visibility::Unqualified) {
                let columns = item.columns.iter().filter(|column| *column.name == *name && !column.merged);
                found.extend(columns.map(|column| Found { ty: column.ty.clone(), source: column.source }));
                open |= !item.columns_known;
            }
            if found.len() > 1 {
                return match open {
                    true => Ok(None),
                    false => Err(Stop::fails("42702", format!("column reference \"{name}\" is ambiguous"), span)),
                };
            }
            if let Some(found) = found.pop() {
                if self.place == Place::Code && self.value_of(&[name.to_owned()]).is_some() {
                    return Err(Stop::fails("42702", format!("column reference \"{name}\" is ambiguous"), span));
                }
                return Ok(Some(found));
            }
            if let Some((_, ty)) = SYSTEM.iter().find(|(system, _)| *system == name)
                && self.levels[at].items.iter().any(|item| item.relation.is_some())
            {
                return Ok(Some(Found { ty: ExprType::built_in(ty), source: None }));
            }
        }
        if let Some(ty) = self.value_of(&[name.to_owned()]) {
            return Ok(Some(Found { ty, source: None }));
        }
        // The name of a row, which stands for all of it.
        if let Some(item) = self.item(None, name) {
            let row = item.relation;
            self.expect_row_type(row, name, span)?;
            let ty = row.map_or(ExprType::Untold, |relation| ExprType::Known(TypeUse::user(relation)));
            if let Some(relation) = row {
                self.used(span, Used::Relation(relation));
            }
            return Ok(Some(Found { ty, source: None }));
        }
        if open {
            return Ok(None);
        }
        Err(Stop::fails("42703", format!("column \"{name}\" does not exist"), span))
    }

    fn qualified(&mut self, schema: Option<&String>, table: &str, name: &str, span: Span) -> Result<Option<Found>> {
        let schema_oid = match schema {
            Some(schema) => match self.run.find_schema(schema)? {
                Some(oid) => Some(oid),
                None => return self.no_table(table, span),
            },
            None => None,
        };
        let Some(item) = self.item(schema_oid, table) else {
            if schema.is_none() && self.values.iter().any(|(value, _)| **value == *table) {
                // A field of a variable.
                return Ok(None);
            }
            return self.no_table(table, span);
        };
        let mut columns = item.columns.iter().filter(|column| *column.name == *name);
        if let Some(column) = columns.next() {
            if columns.next().is_some() {
                return Err(Stop::fails("42702", format!("column reference \"{name}\" is ambiguous"), span));
            }
            return Ok(Some(Found { ty: column.ty.clone(), source: column.source }));
        }
        if let Some((_, ty)) = SYSTEM.iter().find(|(system, _)| *system == name) {
            return Ok(Some(Found { ty: ExprType::built_in(ty), source: None }));
        }
        // `t.f` is `f(t)` where there is such a function.
        self.expect_row_type(item.relation, table, span)?;
        let function = self.run.catalog.schema_with(Class::Routine, name);
        if !item.columns_known || function {
            return Ok(None);
        }
        Err(Stop::fails("42703", format!("column {table}.{name} does not exist"), span))
    }

    /// Refuses the row of a sequence as a whole, which has no type.
    fn expect_row_type(&self, relation: Option<Oid>, table: &str, span: Span) -> Result {
        match relation.and_then(|relation| self.run.catalog.relation(relation)).map(|relation| &relation.kind) {
            Some(RelationKind::Sequence(_)) => {
                Err(Stop::fails("42809", format!("relation \"{table}\" does not have a composite type"), span))
            }
            _ => Ok(()),
        }
    }

    fn no_table(&self, table: &str, span: Span) -> Result<Option<Found>> {
        Err(Stop::fails("42P01", format!("missing FROM-clause entry for table \"{table}\""), span))
    }

    /// The innermost item that is called so.
    pub(super) fn item(&self, schema: Option<Oid>, name: &str) -> Option<&Item> {
        self.levels.iter().rev().find_map(|level| {
            level.items.iter().find(|item| match schema {
                None => item.name.as_deref() == Some(name),
                Some(schema) => item.schema == Some(schema) && item.name.as_deref() == Some(name),
            })
        })
    }

    /// `t.*` where a value is wanted: the row itself.
    pub(super) fn whole_row(&mut self, parts: &[String], span: Span) -> Result<ExprType> {
        let Some(table) = parts.last() else { return Ok(self.partly()) };
        let schema = match parts {
            [schema, _] | [_, schema, _] => self.run.find_schema(schema)?,
            _ => None,
        };
        let Some(item) = self.item(schema, table) else {
            if self.values.iter().any(|(value, _)| **value == **table) {
                return Ok(self.partly());
            }
            return Err(Stop::fails("42P01", format!("missing FROM-clause entry for table \"{table}\""), span));
        };
        match item.relation {
            Some(relation) => {
                self.expect_row_type(Some(relation), table, span)?;
                self.used(span, Used::Relation(relation));
                Ok(ExprType::Known(TypeUse::user(relation)))
            }
            None => Ok(ExprType::Untold),
        }
    }

    /// What a star stands for: each column, with its name, type and source; none if that can't be told.
    #[allow(clippy::type_complexity)]
    pub(super) fn star(&mut self, parts: &[String], span: Span) -> Result<Option<Vec<(Name, ExprType, Option<Address>)>>> {
        let of_item = |item: &Item| -> Vec<(Name, ExprType, Option<Address>)> {
            let columns = item.columns.iter().filter(|column| !column.merged);
            columns.map(|column| (Name::clone(&column.name), column.ty.clone(), column.source)).collect()
        };
        let (columns, known, relations) = match parts {
            [] => {
                let Some(level) = self.levels.last() else { return Ok(None) };
                let items: Vec<&Item> = level.items.iter().filter(|item| item.visibility == Visibility::Unqualified).collect();
                if items.is_empty() {
                    return Err(Stop::fails("42601", "SELECT * with no tables specified is not valid", span));
                }
                let known = items.iter().all(|item| item.columns_known);
                let relations: Vec<Oid> = items.iter().filter_map(|item| item.relation).collect();
                (items.into_iter().flat_map(of_item).collect::<Vec<_>>(), known, relations)
            }
            [.., table] => {
                let schema = match parts {
                    [schema, _] | [_, schema, _] => self.run.find_schema(schema)?,
                    _ => None,
                };
                let Some(item) = self.item(schema, table) else {
                    if self.values.iter().any(|(value, _)| **value == **table) {
                        return Ok(None);
                    }
                    return Err(Stop::fails("42P01", format!("missing FROM-clause entry for table \"{table}\""), span));
                };
                let all = item.columns.iter().map(|column| (Name::clone(&column.name), column.ty.clone(), column.source)).collect();
                (all, item.columns_known, item.relation.into_iter().collect())
            }
        };
        for (_, _, source) in &columns {
            if let Some(source) = source {
                self.used(span, Used::Column(*source));
            }
        }
        if !known {
            relations.into_iter().for_each(|relation| self.used(span, Used::Relation(relation)));
            self.partly();
            return Ok(None);
        }
        Ok(Some(columns))
    }
}
