//! What stands in FROM (`parse_clause.c`).

use super::query::{Column, renamed};
use super::{Analyser, Item, Level};
use crate::catalog::expression::Used;
use crate::catalog::expression::analysis::Visibility;
use crate::catalog::object::{Class, Name};
use crate::catalog::typing::{Callee, ExprType, Mode, fact_type, resolve_routine};
use crate::catalog::{Oid, Result, Stop, types};
use crate::postgres::facts;
use crate::syntax::expression::{
    ColumnDefinition, Expression, ExpressionKind as Kind, FromItem, FromItemKind, FunctionInFrom, Join, JoinCondition, Lateral, Ordinality,
    RelationInFrom,
};
use crate::text::Span;

impl Analyser<'_, '_> {
    /// Brings what stands in FROM into scope.
    pub(super) fn from(&mut self, item: &FromItem) -> Result {
        let items = self.items_in_from(item)?;
        for item in items {
            self.bring(item)?;
        }
        Ok(())
    }

    /// Adds an item to the current query.
    pub(super) fn bring(&mut self, item: Item) -> Result {
        let Some(level) = self.levels.last_mut() else { return Ok(()) };
        if let Some(name) = &item.name
            && level.items.iter().any(|other| {
                other.name.as_ref() == Some(name) && (other.schema == item.schema || other.schema.is_none() || item.schema.is_none())
            })
        {
            return Err(Stop::fails("42712", format!("table name \"{name}\" specified more than once"), None));
        }
        level.items.push(item);
        Ok(())
    }

    fn items_in_from(&mut self, item: &FromItem) -> Result<Vec<Item>> {
        match &item.kind {
            FromItemKind::Relation(relation) => Ok(vec![self.relation_item(relation, item.span)?]),
            FromItemKind::Query { lateral, query, alias } => {
                let columns = self.beside(*lateral, |analyser| analyser.subquery(query))?;
                let name = alias.as_ref().map(|alias| Name::from(alias.name.as_str()));
                let names = alias.as_ref().map_or(&[][..], |alias| &alias.columns);
                let columns = renamed(columns, names, name.as_deref().unwrap_or_default(), item.span)?;
                Ok(vec![self.item_with(name, columns)])
            }
            FromItemKind::Function(function) => Ok(vec![self.function_item(function, item.span)?]),
            FromItemKind::Join(join) => self.join(join, item.span),
            FromItemKind::Special { special: _, alias, .. } => {
                self.partly();
                let name = alias.as_ref().map(|alias| Name::from(alias.name.as_str()));
                Ok(vec![self.item_with(name, None)])
            }
            FromItemKind::Unread => {
                self.partly();
                Ok(vec![self.item_with(None, None)])
            }
        }
    }

    /// Runs `work` without what stands before it in the same FROM, unless LATERAL shows it.
    fn beside<T>(&mut self, lateral: Lateral, work: impl FnOnce(&mut Self) -> Result<T>) -> Result<T> {
        let hidden = match (lateral, self.levels.last_mut()) {
            (Lateral::No, Some(level)) => std::mem::take(&mut level.items),
            _ => Vec::new(),
        };
        let result = work(self);
        if let (Lateral::No, Some(level)) = (lateral, self.levels.last_mut()) {
            level.items = hidden;
        }
        result
    }

    fn relation_item(&mut self, relation: &RelationInFrom, span: Span) -> Result<Item> {
        let (schema, name) = match &relation.name[..] {
            [name] => (None, name.as_str()),
            [.., schema, name] => (Some(schema.as_str()), name.as_str()),
            [] => return Err(Stop::unknown("a relation without a name", span)),
        };
        let alias = relation.alias.as_ref().map_or(name, |alias| alias.name.as_str());
        let names = relation.alias.as_ref().map_or(&[][..], |alias| &alias.columns);
        if schema.is_none()
            && let Some(columns) = self.common_table_named(name)
        {
            let columns = columns.map(|columns| columns.into_iter().map(|(name, ty)| (name, ty, None)).collect());
            let columns = renamed(columns, names, alias, span)?;
            return Ok(self.item_with(Some(Name::from(alias)), columns));
        }
        if let Some(item) = self.system_relation(schema, name, alias)? {
            return Ok(item);
        }
        let oid = self.relation_named(&relation.name, span)?;
        self.used(span, Used::Relation(oid));
        if let Some(found) = self.run.catalog.relation(oid)
            && matches!(found.kind, crate::catalog::model::RelationKind::Index(_) | crate::catalog::model::RelationKind::Composite)
        {
            let noun = if matches!(found.kind, crate::catalog::model::RelationKind::Composite) { "a composite type" } else { "an index" };
            return Err(Stop::fails("42809", format!("\"{name}\" is {noun}"), span));
        }
        let mut item = self.item_of(oid, Some(Name::from(alias)));
        if relation.alias.is_some() {
            item.schema = None;
        }
        if names.len() > item.columns.len() && item.columns_known {
            let message = format!("table \"{alias}\" has {} columns available but {} columns specified", item.columns.len(), names.len());
            return Err(Stop::fails("42P10", message, span));
        }
        for (column, name) in item.columns.iter_mut().zip(names) {
            column.name = Name::from(name.as_str());
        }
        Ok(item)
    }

    /// The relation that a name means in an expression; one that is assumed where no file makes it.
    pub(super) fn relation_named(&mut self, parts: &[String], span: Span) -> Result<Oid> {
        let (schema, name) = match parts {
            [name] => (None, name.as_str()),
            [.., schema, name] => (Some(schema.as_str()), name.as_str()),
            [] => return Err(Stop::unknown("a relation without a name", span)),
        };
        if let Some(found) = self.run.find_named(Class::Relation, schema, name).map_err(|stop| stop.or_at(span))? {
            return Ok(found);
        }
        if let Some(why) = self.run.catalog.may_be_computed(name) {
            return Err(Stop::unknown(&*why, span));
        }
        if self.run.may_assume(Class::Relation, name) {
            let home = match schema {
                Some(schema) => match self.run.find_schema(schema)? {
                    Some(found) => Some(found),
                    None if self.run.may_assume(Class::Schema, schema) => {
                        Some(self.run.assume(Class::Schema, Oid::NONE, schema, "3F000", span))
                    }
                    None => None,
                },
                None => Some(self.run.creation_schema(span)?),
            };
            if let Some(home) = home {
                return Ok(self.run.assume(Class::Relation, home, name, "42P01", span));
            }
        }
        Err(Stop::fails("42P01", format!("relation \"{}\" does not exist", parts.join(".")), span))
    }

    /// A relation of `pg_catalog` or `information_schema`.
    fn system_relation(&mut self, schema: Option<&str>, name: &str, alias: &str) -> Result<Option<Item>> {
        let version = self.run.world.target;
        let fact = match schema {
            Some("pg_catalog") => facts::system().relation(name, version),
            Some("information_schema") => facts::system().relation(&format!("information_schema.{name}"), version),
            Some(_) => return Ok(None),
            None => {
                let shadowed = !self.run.catalog.named(Class::Relation, Oid::PG_TEMP, name).is_empty();
                let on_path = self.run.path()?.contains(&Oid::INFORMATION_SCHEMA);
                let own = facts::system().relation(name, version).filter(|_| !shadowed);
                own.or_else(|| facts::system().relation(&format!("information_schema.{name}"), version).filter(|_| on_path))
            }
        };
        let Some(fact) = fact else { return Ok(None) };
        let columns: Vec<Column> =
            fact.columns(version).map(|column| (Name::from(column.name), ExprType::Known(fact_type(column.type_name)), None)).collect();
        Ok(Some(self.item_with(Some(Name::from(alias)), Some(columns))))
    }

    fn function_item(&mut self, function: &FunctionInFrom, span: Span) -> Result<Item> {
        let mut columns: Option<Vec<Column>> = Some(Vec::new());
        let mut own_name = None;
        for (call, definitions) in &function.calls {
            let definitions = if definitions.is_empty() { &function.columns } else { definitions };
            let found = self.call_in_from(call, definitions, span)?;
            if let Kind::Call(call) = &call.kind {
                own_name = own_name.or_else(|| call.name.last().cloned());
            }
            columns = columns.zip(found).map(|(mut columns, found)| {
                columns.extend(found);
                columns
            });
        }
        let alias = function.alias.as_ref();
        // A function that gives one value: its column is called as the alias.
        if let (Some(alias), Some([column])) = (alias, columns.as_deref_mut())
            && own_name.as_deref() == Some(&*column.0)
        {
            column.0 = Name::from(alias.name.as_str());
        }
        if function.ordinality == Ordinality::Yes
            && let Some(columns) = &mut columns
        {
            columns.push((Name::from("ordinality"), ExprType::built_in("int8"), None));
        }
        let name = alias.map(|alias| alias.name.clone()).or(own_name).map(Name::from);
        let names = alias.map_or(&[][..], |alias| &alias.columns);
        let columns = renamed(columns, names, name.as_deref().unwrap_or_default(), span)?;
        Ok(self.item_with(name, columns))
    }

    fn call_in_from(&mut self, expression: &Expression, definitions: &[ColumnDefinition], span: Span) -> Result<Option<Vec<Column>>> {
        if !definitions.is_empty() {
            self.queries += 1;
            let analysed = self.expression(expression);
            self.queries -= 1;
            analysed?;
            let mut columns = Vec::with_capacity(definitions.len());
            for definition in definitions {
                let ty = types::resolve(self.run, &definition.ty, span)?;
                self.used_type(span, &ty);
                columns.push((Name::from(definition.name.as_str()), ExprType::Known(ty), None));
            }
            return Ok(Some(columns));
        }
        let Kind::Call(call) = &expression.kind else {
            self.queries += 1;
            let ty = self.expression(expression);
            self.queries -= 1;
            let ty = ty?;
            let name = match &expression.kind {
                Kind::Value(function, _) => function.word(),
                _ => return Ok(None),
            };
            return Ok(Some(vec![(Name::from(name), ty, None)]));
        };
        self.queries += 1;
        let analysed = self.call(call, expression.span);
        self.queries -= 1;
        let result = analysed?;
        // Which function it is decides which columns there are.
        let mut types = Vec::new();
        for argument in &call.arguments {
            types.push(self.silently(|analyser| analyser.star_or_expression(&argument.value))?);
        }
        let named: Vec<Option<String>> = call.arguments.iter().map(|argument| argument.name.clone()).collect();
        let callee = match resolve_routine(self.run, &call.name, &types, &named, Mode::Plain, span) {
            Ok(used) => used.callee,
            Err(_) => Callee::Untold,
        };
        let columns = self.function_columns(call, callee, &result);
        if columns.is_none() {
            self.partly();
        }
        Ok(columns.map(|columns| columns.into_iter().map(|(name, ty)| (Name::from(name), ty, None)).collect()))
    }

    fn join(&mut self, join: &Join, span: Span) -> Result<Vec<Item>> {
        let left = self.items_in_from(&join.left)?;
        // The right side sees the left one where it is LATERAL.
        let outer = self.levels.last().map(|level| level.items.len()).unwrap_or_default();
        if let Some(level) = self.levels.last_mut() {
            level.items.extend(left.iter().cloned());
        }
        let right = self.items_in_from(&join.right);
        if let Some(level) = self.levels.last_mut() {
            level.items.truncate(outer);
        }
        let right = right?;
        let mut left = left;
        let mut right = right;
        let mut merged: Vec<Column> = Vec::new();
        match &join.condition {
            JoinCondition::Cross => {}
            JoinCondition::On(condition) => {
                // Only what is joined is seen, and the queries around.
                let hidden = match self.levels.last_mut() {
                    Some(level) => std::mem::replace(&mut level.items, left.iter().chain(&right).cloned().collect()),
                    None => Vec::new(),
                };
                let result = self.unaggregated("JOIN conditions", |analyser| analyser.condition(condition, "JOIN/ON"));
                if let Some(level) = self.levels.last_mut() {
                    level.items = hidden;
                }
                result?;
            }
            JoinCondition::Natural => {
                let names: Vec<String> =
                    columns_of(&left).filter(|name| columns_of(&right).any(|other| other == *name)).map(str::to_owned).collect();
                merged = self.merge(&mut left, &mut right, &names, span)?;
            }
            JoinCondition::Using(names, _) => merged = self.merge(&mut left, &mut right, names, span)?,
        }
        let mut items = Vec::new();
        if !merged.is_empty() {
            items.push(self.item_with(None, Some(merged)));
        }
        items.append(&mut left);
        items.append(&mut right);
        let Some(alias) = &join.alias else { return Ok(items) };
        // Under an alias the join is one table, and what it is made of is hidden.
        let known = items.iter().all(|item| item.columns_known);
        let columns: Vec<Column> = items
            .iter()
            .flat_map(|item| item.columns.iter().filter(|column| !column.merged))
            .map(|column| (Name::clone(&column.name), column.ty.clone(), None))
            .collect();
        let columns = renamed(known.then_some(columns), &alias.columns, &alias.name, span)?;
        Ok(vec![self.item_with(Some(Name::from(alias.name.as_str())), columns)])
    }

    /// The columns that both sides have in common become one.
    fn merge(&mut self, left: &mut [Item], right: &mut [Item], names: &[String], span: Span) -> Result<Vec<Column>> {
        let mut merged = Vec::with_capacity(names.len());
        for name in names {
            let one = self.side(left, name, "left", span)?;
            let other = self.side(right, name, "right", span)?;
            let ty = match (one, other) {
                (Some(one), Some(other)) => self.in_common(&[one, other], "JOIN/USING", span)?,
                _ => ExprType::Untold,
            };
            merged.push((Name::from(name.as_str()), ty, None));
        }
        Ok(merged)
    }

    fn side(&mut self, items: &mut [Item], name: &str, side: &str, span: Span) -> Result<Option<ExprType>> {
        let open = items.iter().any(|item| !item.columns_known);
        let mut source = None;
        let mut found = None;
        for item in items.iter_mut().filter(|item| item.visibility == Visibility::Unqualified) {
            for column in item.columns.iter_mut().filter(|column| *column.name == *name && !column.merged) {
                if found.is_some() {
                    let message = format!("common column name \"{name}\" appears more than once in {side} table");
                    return Err(Stop::fails("42702", message, span));
                }
                column.merged = true;
                source = column.source;
                found = Some(column.ty.clone());
            }
        }
        if let Some(source) = source {
            self.used(span, Used::Column(source));
        }
        match found {
            Some(ty) => Ok(Some(ty)),
            None if open => Ok(None),
            None => {
                let message = format!("column \"{name}\" specified in USING clause does not exist in {side} table");
                Err(Stop::fails("42703", message, span))
            }
        }
    }

    /// Runs `work` in a query of its own.
    pub(super) fn in_query<T>(&mut self, work: impl FnOnce(&mut Self) -> Result<T>) -> Result<T> {
        self.queries += 1;
        self.levels.push(Level::default());
        let result = work(self);
        self.levels.pop();
        self.queries -= 1;
        result
    }
}

fn columns_of(items: &[Item]) -> impl Iterator<Item = &str> {
    items.iter().flat_map(|item| &item.columns).filter(|column| !column.merged).map(|column| &*column.name)
}
